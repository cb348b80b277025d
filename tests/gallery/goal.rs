//! Pictures of an exam date: what is entered, what to expect, and what Today says of it.

use std::path::Path;

use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::Gallery;
use crate::simulated::kept;
use crate::util::{Bench, Opening};

/// Draws until the forecast is there.
fn settle(bench: &mut Bench<'_>) {
    for _ in 0..1_000 {
        bench.settle();
        if !bench.app().goals().is_forecasting() {
            bench.settle();
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("the forecast was not worked out");
}

fn open(opening: Opening<'_>) -> Bench<'static> {
    let mut bench = opening.open();
    settle(&mut bench);
    bench
}

/// Types into a field, over what is in it.
fn into(bench: &mut Bench<'_>, name: &str, text: &str) {
    bench.harness.get_by_label(name).focus();
    bench.settle();
    bench.chord(Modifiers::COMMAND, Key::A);
    bench.text(text);
}

/// Draws them.
pub fn draw(gallery: &mut Gallery, dark: bool, theme: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    kept::both_shipped(folder.path());
    let opening = || Opening { dark, pictures: true, ..Opening::new(folder.path()) };

    let mut bench = open(Opening { size: egui::vec2(1280.0, 900.0), ..opening() });
    bench.chord(Modifiers::COMMAND, Key::Num3);
    bench.key(Key::G);
    gallery.picture(&mut bench, &format!("goal-form-{theme}"));
    into(&mut bench, "Day of the exam", "soon");
    gallery.picture(&mut bench, &format!("goal-form-fault-{theme}"));
    into(&mut bench, "Name of the exam", "Finals");
    into(&mut bench, "Day of the exam", "2026-12-18");
    bench.key(Key::Enter);
    settle(&mut bench);
    gallery.picture(&mut bench, &format!("goal-{theme}"));
    bench.chord(Modifiers::COMMAND, Key::Num1);
    settle(&mut bench);
    gallery.picture(&mut bench, &format!("goal-today-{theme}"));
    drop(bench);
    // Opening a dark window writes settings of its own.
    let settings = std::fs::read(folder.path().join("settings.ron")).expect("settings");
    let reopened = |opening: Opening<'_>| {
        let mut bench = open(Opening { dark: false, ..opening });
        bench.key(Key::G);
        settle(&mut bench);
        bench
    };

    let mut bench = reopened(Opening { size: egui::vec2(1280.0, 1500.0), ..opening() });
    gallery.picture(&mut bench, &format!("goal-whole-{theme}"));
    let curve = bench.harness.get_by_label_contains("Expected score until the exam, target").rect();
    bench.harness.hover_at(curve.center());
    bench.settle();
    gallery.picture(&mut bench, &format!("goal-hover-{theme}"));
    drop(bench);

    for (percent, name) in [(100, "small"), (200, "200-percent")] {
        let size = egui::vec2(640.0, 480.0);
        let mut bench = reopened(Opening { size, text_percent: percent, ..opening() });
        gallery.picture(&mut bench, &format!("goal-{name}-{theme}"));
        let total = bench.harness.get_by_label_contains("All topics, ");
        total.scroll_to_me();
        bench.settle();
        gallery.picture(&mut bench, &format!("goal-table-{name}-{theme}"));
        bench.key(Key::PageDown);
        gallery.picture(&mut bench, &format!("goal-curve-{name}-{theme}"));
        bench.key(Key::E);
        gallery.picture(&mut bench, &format!("goal-form-{name}-{theme}"));
    }

    let mut bench = reopened(opening());
    bench.key(Key::E);
    bench.harness.get_by_label("At most").click();
    bench.settle();
    for _ in 0..3 {
        bench.harness.get_by_label("Minutes a day: less").click();
        bench.settle();
    }
    for _ in 0..9 {
        bench.harness.get_by_label("Target: more").click();
        bench.settle();
    }
    bench.key(Key::Enter);
    settle(&mut bench);
    gallery.picture(&mut bench, &format!("goal-out-of-reach-{theme}"));
    drop(bench);

    std::fs::write(folder.path().join("settings.ron"), settings).expect("settings can be written");
    soon(gallery, folder.path(), dark, theme);
    let mut bench = reopened(Opening { at: "2026-12-20T10:00:00+09:00[Asia/Seoul]", ..opening() });
    gallery.picture(&mut bench, &format!("goal-over-{theme}"));
}

/// The evening before the exam and its morning, on Today and on the exam's page.
fn soon(gallery: &mut Gallery, folder: &Path, dark: bool, theme: &str) {
    // A dark window would write settings over the exam.
    let path = folder.join("settings.ron");
    let look = if dark { "theme: Dark" } else { "theme: Light" };
    let settings = std::fs::read_to_string(&path).expect("settings");
    let dressed: String =
        settings
            .lines()
            .map(|line| {
                if line.trim_start().starts_with("theme:") { format!("    {look},") } else { line.to_owned() }
            })
            .map(|line| line + "\n")
            .collect();
    assert!(dressed.contains(look), "{dressed}");
    std::fs::write(&path, dressed).expect("settings can be written");
    let opened = |at: &'static str, width: f32, height: f32, text_percent: u16| {
        let size = egui::vec2(width, height);
        open(Opening { at, size, text_percent, pictures: true, ..Opening::new(folder) })
    };
    let (evening, morning) =
        ("2026-12-17T18:00:00+09:00[Asia/Seoul]", "2026-12-18T07:00:00+09:00[Asia/Seoul]");
    for (at, name) in [(evening, "tonight"), (morning, "day")] {
        for (width, height, percent, suffix) in
            [(1280.0, 800.0, 100, ""), (640.0, 480.0, 100, "-small"), (640.0, 480.0, 200, "-200-percent")]
        {
            let mut bench = opened(at, width, height, percent);
            gallery.picture(&mut bench, &format!("goal-{name}{suffix}-{theme}"));
            if percent == 100 && at == evening {
                bench.key(Key::T);
                gallery.picture(&mut bench, &format!("goal-less-time{suffix}-{theme}"));
                bench.key(Key::T);
            }
            bench.key(Key::PageDown);
            gallery.picture(&mut bench, &format!("goal-{name}-below{suffix}-{theme}"));
            bench.key(Key::G);
            settle(&mut bench);
            gallery.picture(&mut bench, &format!("goal-{name}-page{suffix}-{theme}"));
        }
    }
    std::fs::write(&path, settings).expect("settings can be written");
}
