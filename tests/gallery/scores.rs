//! Pictures of the Scores screen.

use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::Gallery;
use crate::simulated::kept;
use crate::util::{Bench, Opening};

/// Draws until what is computed beside the window is there.
fn settle(bench: &mut Bench<'_>) {
    for _ in 0..400 {
        bench.settle();
        let scores = bench.app().scores();
        if !scores.is_computing() && scores.table().is_some() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("the scores were not computed");
}

fn key(bench: &mut Bench<'_>, key: Key) {
    bench.key(key);
    settle(bench);
}

fn open(opening: Opening<'_>) -> Bench<'static> {
    let mut bench = opening.open();
    bench.chord(Modifiers::COMMAND, Key::Num3);
    settle(&mut bench);
    bench
}

/// Draws every page of the screen.
pub fn draw(gallery: &mut Gallery, dark: bool, theme: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    kept::both_shipped(folder.path());
    let opening = || Opening { dark, pictures: true, ..Opening::new(folder.path()) };

    let mut bench = open(opening());
    gallery.picture(&mut bench, &format!("scores-all-{theme}"));
    key(&mut bench, Key::D);
    gallery.picture(&mut bench, &format!("scores-choose-deck-{theme}"));
    key(&mut bench, Key::ArrowDown);
    key(&mut bench, Key::Enter);
    bench.harness.get_by_label("Sort by recall now").click();
    settle(&mut bench);
    gallery.picture(&mut bench, &format!("scores-deck-{theme}"));
    key(&mut bench, Key::ArrowDown);
    key(&mut bench, Key::Enter);
    gallery.picture(&mut bench, &format!("scores-topic-{theme}"));
    key(&mut bench, Key::Escape);
    key(&mut bench, Key::P);
    gallery.picture(&mut bench, &format!("scores-passages-{theme}"));
    drop(bench);

    let size = egui::vec2(1280.0, 2560.0);
    let mut bench = open(Opening { size, ..opening() });
    gallery.picture(&mut bench, &format!("scores-charts-{theme}"));
    if !dark {
        draw_long(gallery, &mut bench);
    }
    drop(bench);

    for (size, percent, name) in [
        ((640.0, 480.0), 100, "small"),
        ((640.0, 480.0), 200, "200-percent"),
        ((1920.0, 1080.0), 100, "large"),
    ] {
        let size = egui::vec2(size.0, size.1);
        let mut bench = open(Opening { size, text_percent: percent, ..opening() });
        gallery.picture(&mut bench, &format!("scores-all-{name}-{theme}"));
        if name == "large" {
            continue;
        }
        for _ in 0..5 {
            bench.key(Key::ArrowDown);
        }
        key(&mut bench, Key::Enter);
        gallery.picture(&mut bench, &format!("scores-topic-{name}-{theme}"));
        key(&mut bench, Key::Escape);
        key(&mut bench, Key::P);
        gallery.picture(&mut bench, &format!("scores-passages-{name}-{theme}"));
    }

    if !dark {
        let size = egui::vec2(640.0, 3600.0);
        let mut bench = open(Opening { size, ..opening() });
        gallery.picture(&mut bench, "scores-charts-small-light");
        drop(bench);
        let mut bench = open(Opening { size, text_percent: 200, ..opening() });
        gallery.picture(&mut bench, "scores-charts-200-percent-light");
        drop(bench);
    }

    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = open(Opening { dark, pictures: true, ..Opening::new(folder.path()) });
    gallery.picture(&mut bench, &format!("scores-empty-{theme}"));
    key(&mut bench, Key::P);
    gallery.picture(&mut bench, &format!("scores-passages-empty-{theme}"));
}

/// What needs a long page, once: the theme changes nothing in it that the other pictures do not show.
fn draw_long(gallery: &mut Gallery, bench: &mut Bench<'_>) {
    let due = bench.harness.get_by_label_contains("Due in the next days. ").rect();
    bench.harness.hover_at(due.center());
    bench.settle();
    gallery.picture(bench, "scores-charts-hover-light");
    bench.harness.hover_at(egui::pos2(4.0, 4.0));
    key(bench, Key::Num1);
    gallery.picture(bench, "scores-charts-week-light");
    key(bench, Key::Num4);
    gallery.picture(bench, "scores-charts-all-light");
    bench.harness.get_by_label_contains("Origins: war, armistice, treaty (").click();
    settle(bench);
    gallery.picture(bench, "scores-topic-whole-light");
    key(bench, Key::Escape);
    bench.harness.get_by_label_contains("Treaty and alliance (").click();
    settle(bench);
    gallery.picture(bench, "scores-topic-hangul-light");
}
