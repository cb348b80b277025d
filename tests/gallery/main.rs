//! Screenshots of every screen, light and dark.
//!
//! `cargo test --test gallery` compares those in `assets/screenshots/` with what the window shows now.
//! `UPDATE_SCREENSHOTS=1` updates these; `UPDATE_SCREENSHOTS=all` draws every screenshot into `target/gallery/`.
//! To add one to the repository, copy it from there; to remove one, delete its file.

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
mod album;
mod confidence;
mod decks;
mod fixtures;
mod goal;
mod scores;
mod tests;
mod verdicts;
mod vulkan;

use crate::fixtures::{DataFolder, WindowOptions};
use crate::vulkan::can_draw_screenshots;
use album::Gallery;
use eframe::egui::{self, Key, Modifiers};
use linchpin::domain::question::Kind;

/// Writes a few days of study into the folder.
fn studied(folder: &DataFolder) {
    for (day, at) in
        [19, 20, 21, 22].iter().map(|day| (*day, format!("2026-11-{day}T09:00:00+09:00[Asia/Seoul]")))
    {
        let mut window = WindowOptions { at: &at, ..WindowOptions::new(folder) }.open();
        window.press(Key::Space);
        for card in 0..16u32 {
            if window.app().active_session().and_then(|study| study.active_card()).is_none() {
                break;
            }
            window.answer(!(card + day).is_multiple_of(4));
            if window.app().active_session().and_then(|study| study.active_card()).is_some() {
                window.press(Key::Space);
            }
        }
    }
}

/// Takes the screenshots whose names begin with one of the prefixes, in light and in dark, and compares them.
fn in_both_themes(prefixes: &[&str], draw: impl Fn(&mut Gallery, bool, &str)) {
    if !can_draw_screenshots() {
        return;
    }
    let mut gallery = Gallery::new(prefixes);
    for (dark, theme) in [(false, "light"), (true, "dark")] {
        draw(&mut gallery, dark, theme);
    }
    gallery.finish();
}

#[test]
fn the_page_about_looks_as_in_its_screenshots() {
    in_both_themes(&["about-"], about::draw);
}

#[test]
fn the_gallery_stays_small_and_has_every_screenshot_that_the_docs_show() {
    let weight: u64 = Gallery::kept()
        .iter()
        .map(|name| std::fs::metadata(Gallery::folder().join(name)).expect("a file").len())
        .sum();
    assert!(weight <= album::MOST_BYTES, "the screenshots have {weight} bytes: keep fewer");
    let readme = include_str!("../../README.md");
    let named: Vec<&str> =
        readme.split("assets/screenshots/").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(named.iter().any(|name| name.ends_with(".png")), "the README shows a screenshot");
    for name in named.into_iter().filter(|name| name.ends_with(".png")) {
        assert!(Gallery::kept().contains(name), "{name} is not there");
    }
}

#[test]
fn tests_look_as_in_their_screenshots() {
    in_both_themes(&["test-"], tests::draw);
}

#[test]
fn verdicts_look_as_in_their_screenshots() {
    in_both_themes(&["verdict-"], |gallery, dark, theme| {
        verdicts::draw(gallery, dark, theme);
        verdicts::draw_report(gallery, dark, theme);
    });
}

#[test]
fn confidence_looks_as_in_its_screenshots() {
    in_both_themes(&["confidence-", "sure-"], confidence::draw);
}

#[test]
fn every_screen_looks_as_in_its_screenshots() {
    let prefixes = ["today-", "study-", "summary-", "keys-", "settings-", "failed-", "decks-"];
    in_both_themes(&prefixes, |gallery, dark, theme| {
        for kind in Kind::ALL {
            let folder = DataFolder::new();
            let mut window = WindowOptions { dark, renders: true, ..WindowOptions::new(&folder) }.open();
            if kind == Kind::Recall {
                gallery.screenshot(&mut window, &format!("today-first-{theme}"));
            }
            let name = kind.name().to_lowercase();
            window.press(Key::Space);
            window.bury_until(|card| {
                let wanted = kind != Kind::Typed || card.task.prompt.contains("mutual defence treaty");
                card.task.kind == kind && wanted
            });
            gallery.screenshot(&mut window, &format!("study-{name}-{theme}"));
            window.answer(false);
            gallery.screenshot(&mut window, &format!("study-{name}-answered-{theme}"));
            if kind == Kind::Choice {
                window.press(Key::W);
                gallery.screenshot(&mut window, &format!("study-reason-{theme}"));
                window.press_with(Modifiers::COMMAND, Key::K);
                gallery.screenshot(&mut window, &format!("keys-{theme}"));
            }
        }

        let folder = DataFolder::new();
        std::fs::write(folder.path().join("progress.db"), "no database, and longer than a header would be")
            .expect("a file");
        let mut window = WindowOptions { dark, renders: true, ..WindowOptions::new(&folder) }.open();
        gallery.screenshot(&mut window, &format!("failed-{theme}"));

        decks::draw(gallery, dark, theme);
        decks::draw_moves(gallery, dark, theme);

        let folder = DataFolder::new();
        studied(&folder);
        let opening = || WindowOptions { dark, renders: true, ..WindowOptions::new(&folder) };
        let mut window = opening().open();
        gallery.screenshot(&mut window, &format!("today-{theme}"));
        window.press_with(Modifiers::COMMAND, Key::Num3);
        gallery.screenshot(&mut window, &format!("scores-{theme}"));
        window.press_with(Modifiers::COMMAND, Key::Num5);
        gallery.screenshot(&mut window, &format!("settings-{theme}"));
        window.press_with(Modifiers::COMMAND, Key::Num1);
        drop(window);

        for (size, name) in [(egui::vec2(640.0, 480.0), "small"), (egui::vec2(1920.0, 1080.0), "large")] {
            let mut window = WindowOptions { size, ..opening() }.open();
            gallery.screenshot(&mut window, &format!("today-{name}-{theme}"));
            window.press(Key::Space);
            gallery.screenshot(&mut window, &format!("study-{name}-{theme}"));
            window.answer(false);
            gallery.screenshot(&mut window, &format!("study-{name}-answered-{theme}"));
        }

        let mut window = WindowOptions { at: "2027-06-23T10:00:00+09:00[Asia/Seoul]", ..opening() }.open();
        gallery.screenshot(&mut window, &format!("today-later-{theme}"));
        window.press(Key::Space);
        while window.app().active_session().is_some_and(|study| !study.has_no_card()) {
            window.answer(true);
            window.press(Key::Num4);
        }
        gallery.screenshot(&mut window, &format!("summary-{theme}"));
        drop(window);

        // The clock is set back after that.
        let mut window = WindowOptions { size: egui::vec2(640.0, 480.0), ..opening() }.open();
        gallery.screenshot(&mut window, &format!("today-future-answers-small-{theme}"));
        drop(window);

        let folder = DataFolder::new();
        let size = egui::vec2(640.0, 480.0);
        let mut window =
            WindowOptions { dark, size, text_percent: 200, renders: true, ..WindowOptions::new(&folder) }
                .open();
        gallery.screenshot(&mut window, &format!("today-200-percent-{theme}"));
        window.press(Key::Space);
        window.bury_until_kind(Kind::Choice);
        gallery.screenshot(&mut window, &format!("study-200-percent-{theme}"));
        window.answer(false);
        gallery.screenshot(&mut window, &format!("study-200-percent-answered-{theme}"));
    });
}

#[test]
fn the_scores_look_as_in_their_screenshots() {
    in_both_themes(&["scores-"], scores::draw);
}

#[test]
fn exam_dates_look_as_in_their_screenshots() {
    in_both_themes(&["goal-"], goal::draw);
}
