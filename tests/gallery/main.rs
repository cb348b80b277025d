//! Pictures of every screen, light and dark, kept in `assets/screenshots/`.
//!
//! `UPDATE_SCREENSHOTS=1 cargo test --test gallery` draws them anew; without it the test tells when
//! a kept picture no longer shows what the window does.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where it cannot go on, and says so"
)]

mod about;
mod confidence;
mod decks;
mod goal;
mod scores;
#[path = "../fixtures/simulated/mod.rs"]
mod simulated;
mod tests;
#[path = "../fixtures/util.rs"]
mod util;
mod verdicts;

use std::path::{Path, PathBuf};

use eframe::egui::{self, Key, Modifiers};
use image::RgbaImage;
use linchpin::domain::question::Kind;
use util::{Bench, Opening, answer, can_draw_pictures};

/// Share of pixels that may differ: drivers round differently, a moved line is far more.
const TOLERATED: f64 = 0.01;

struct Gallery {
    wrong: Vec<String>,
}

impl Gallery {
    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screenshots")
    }

    /// Fails where a kept picture shows something else.
    fn told(&self) {
        assert!(self.wrong.is_empty(), "draw the gallery anew and look at it:\n{}", self.wrong.join("\n"));
    }

    fn picture(&mut self, bench: &mut Bench<'_>, name: &str) {
        let drawn = bench.harness.render().expect("the window can be drawn");
        let path = Self::folder().join(format!("{name}.png"));
        if std::env::var_os("UPDATE_SCREENSHOTS").is_some() {
            drawn.save(&path).expect("the picture can be written");
            return;
        }
        match image::open(&path) {
            Ok(kept) => {
                let share = difference(&kept.to_rgba8(), &drawn);
                if share > TOLERATED {
                    self.wrong.push(format!("{name}: {:.1} % of it differs", share * 100.0));
                }
            }
            Err(error) => self.wrong.push(format!("{name}: {error}")),
        }
    }
}

fn difference(a: &RgbaImage, b: &RgbaImage) -> f64 {
    if a.dimensions() != b.dimensions() {
        return 1.0;
    }
    let differs =
        |(a, b): (&image::Rgba<u8>, &image::Rgba<u8>)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 24);
    let different = a.pixels().zip(b.pixels()).filter(|pair| differs(*pair)).count();
    different as f64 / f64::from(a.width() * a.height())
}

/// A folder with a few days of study behind it.
fn studied(folder: &Path) {
    for (day, at) in
        [19, 20, 21, 22].iter().map(|day| (*day, format!("2026-11-{day}T09:00:00+09:00[Asia/Seoul]")))
    {
        let mut bench = Opening { at: &at, ..Opening::new(folder) }.open();
        bench.key(Key::Space);
        for card in 0..16u32 {
            if bench.app().study().and_then(|study| study.asked()).is_none() {
                break;
            }
            answer(&mut bench, !(card + day).is_multiple_of(4));
            if bench.app().study().and_then(|study| study.asked()).is_some() {
                bench.key(Key::Space);
            }
        }
    }
}

#[test]
fn the_page_about_looks_as_the_gallery_shows_it() {
    if !can_draw_pictures() {
        return;
    }
    let mut gallery = Gallery { wrong: Vec::new() };
    std::fs::create_dir_all(Gallery::folder()).expect("the folder of pictures");
    for (dark, theme) in [(false, "light"), (true, "dark")] {
        about::draw(&mut gallery, dark, theme);
    }
    gallery.told();
}

#[test]
fn tests_look_as_the_gallery_shows_them() {
    if !can_draw_pictures() {
        return;
    }
    let mut gallery = Gallery { wrong: Vec::new() };
    std::fs::create_dir_all(Gallery::folder()).expect("the folder of pictures");
    for (dark, theme) in [(false, "light"), (true, "dark")] {
        tests::draw(&mut gallery, dark, theme);
    }
    gallery.told();
}

#[test]
fn verdicts_look_as_the_gallery_shows_them() {
    if !can_draw_pictures() {
        return;
    }
    let mut gallery = Gallery { wrong: Vec::new() };
    std::fs::create_dir_all(Gallery::folder()).expect("the folder of pictures");
    for (dark, theme) in [(false, "light"), (true, "dark")] {
        verdicts::draw(&mut gallery, dark, theme);
        verdicts::draw_report(&mut gallery, dark, theme);
    }
    gallery.told();
}

#[test]
fn confidence_looks_as_the_gallery_shows_it() {
    if !can_draw_pictures() {
        return;
    }
    let mut gallery = Gallery { wrong: Vec::new() };
    std::fs::create_dir_all(Gallery::folder()).expect("the folder of pictures");
    for (dark, theme) in [(false, "light"), (true, "dark")] {
        confidence::draw(&mut gallery, dark, theme);
    }
    gallery.told();
}

#[test]
fn every_screen_looks_as_the_gallery_shows_it() {
    if !can_draw_pictures() {
        return;
    }
    let mut gallery = Gallery { wrong: Vec::new() };
    std::fs::create_dir_all(Gallery::folder()).expect("the folder of pictures");

    for dark in [false, true] {
        let theme = if dark { "dark" } else { "light" };
        for kind in Kind::ALL {
            let folder = tempfile::tempdir().expect("a folder");
            let mut bench = Opening { dark, pictures: true, ..Opening::new(folder.path()) }.open();
            if kind == Kind::Recall {
                gallery.picture(&mut bench, &format!("today-first-{theme}"));
            }
            let name = kind.name().to_lowercase();
            bench.key(Key::Space);
            bench.bury_until(|asked| {
                let wanted = kind != Kind::Typed || asked.task.prompt.contains("mutual defence treaty");
                asked.task.kind == kind && wanted
            });
            gallery.picture(&mut bench, &format!("study-{name}-{theme}"));
            answer(&mut bench, false);
            gallery.picture(&mut bench, &format!("study-{name}-answered-{theme}"));
            if kind == Kind::Choice {
                bench.key(Key::W);
                gallery.picture(&mut bench, &format!("study-reason-{theme}"));
                bench.chord(Modifiers::COMMAND, Key::K);
                gallery.picture(&mut bench, &format!("keys-{theme}"));
            }
        }

        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("progress.db"), "no database, and longer than a header would be")
            .expect("a file");
        let mut bench = Opening { dark, pictures: true, ..Opening::new(folder.path()) }.open();
        gallery.picture(&mut bench, &format!("failed-{theme}"));

        decks::draw(&mut gallery, dark, theme);
        decks::draw_moves(&mut gallery, dark, theme);

        let folder = tempfile::tempdir().expect("a folder");
        studied(folder.path());
        let opening = || Opening { dark, pictures: true, ..Opening::new(folder.path()) };
        let mut bench = opening().open();
        gallery.picture(&mut bench, &format!("today-{theme}"));
        bench.chord(Modifiers::COMMAND, Key::Num3);
        gallery.picture(&mut bench, &format!("scores-{theme}"));
        bench.chord(Modifiers::COMMAND, Key::Num5);
        gallery.picture(&mut bench, &format!("settings-{theme}"));
        bench.chord(Modifiers::COMMAND, Key::Num1);
        drop(bench);

        let mut bench = Opening { at: "2027-06-23T10:00:00+09:00[Asia/Seoul]", ..opening() }.open();
        gallery.picture(&mut bench, &format!("today-later-{theme}"));
        bench.key(Key::Space);
        while bench.app().study().is_some_and(|study| !study.is_at_rest()) {
            answer(&mut bench, true);
            bench.key(Key::Num4);
        }
        gallery.picture(&mut bench, &format!("summary-{theme}"));
        drop(bench);

        for (size, name) in [(egui::vec2(640.0, 480.0), "small"), (egui::vec2(1920.0, 1080.0), "large")] {
            let mut bench = Opening { size, ..opening() }.open();
            gallery.picture(&mut bench, &format!("today-{name}-{theme}"));
            bench.key(Key::Space);
            gallery.picture(&mut bench, &format!("study-{name}-{theme}"));
            answer(&mut bench, false);
            gallery.picture(&mut bench, &format!("study-{name}-answered-{theme}"));
        }

        let folder = tempfile::tempdir().expect("a folder");
        let size = egui::vec2(640.0, 480.0);
        let mut bench =
            Opening { dark, size, text_percent: 200, pictures: true, ..Opening::new(folder.path()) }.open();
        gallery.picture(&mut bench, &format!("today-200-percent-{theme}"));
        bench.key(Key::Space);
        bench.bury_until_kind(Kind::Choice);
        gallery.picture(&mut bench, &format!("study-200-percent-{theme}"));
        answer(&mut bench, false);
        gallery.picture(&mut bench, &format!("study-200-percent-answered-{theme}"));
    }
    gallery.told();
}

#[test]
fn the_scores_look_as_the_gallery_shows_them() {
    if !can_draw_pictures() {
        return;
    }
    let mut gallery = Gallery { wrong: Vec::new() };
    std::fs::create_dir_all(Gallery::folder()).expect("the folder of pictures");
    for (dark, theme) in [(false, "light"), (true, "dark")] {
        scores::draw(&mut gallery, dark, theme);
    }
    gallery.told();
}

#[test]
fn exam_dates_look_as_the_gallery_shows_them() {
    if !can_draw_pictures() {
        return;
    }
    let mut gallery = Gallery { wrong: Vec::new() };
    std::fs::create_dir_all(Gallery::folder()).expect("the folder of pictures");
    for (dark, theme) in [(false, "light"), (true, "dark")] {
        goal::draw(&mut gallery, dark, theme);
    }
    gallery.told();
}
