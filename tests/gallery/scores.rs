//! Screenshots of the Scores screen.

use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::Gallery;
use crate::fixtures::{DataFolder, WindowFixture, WindowOptions, study_both_shipped};

fn key(window: &mut WindowFixture, key: Key) {
    window.press(key);
    window.wait_for_scores();
}

fn open(opening: WindowOptions<'_>) -> WindowFixture {
    let mut window = opening.open();
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.wait_for_scores();
    window
}

/// Draws every page of the screen.
pub fn draw(gallery: &mut Gallery, dark: bool, theme: &str) {
    let folder = DataFolder::new();
    study_both_shipped(folder.path());
    let opening = || WindowOptions { dark, renders: true, ..WindowOptions::new(&folder) };

    let mut window = open(opening());
    gallery.screenshot(&mut window, &format!("scores-all-{theme}"));
    key(&mut window, Key::D);
    gallery.screenshot(&mut window, &format!("scores-choose-deck-{theme}"));
    key(&mut window, Key::ArrowDown);
    key(&mut window, Key::Enter);
    window.harness.get_by_label("Sort by recall now").click();
    window.wait_for_scores();
    gallery.screenshot(&mut window, &format!("scores-deck-{theme}"));
    key(&mut window, Key::ArrowDown);
    key(&mut window, Key::Enter);
    gallery.screenshot(&mut window, &format!("scores-topic-{theme}"));
    key(&mut window, Key::Escape);
    key(&mut window, Key::P);
    gallery.screenshot(&mut window, &format!("scores-passages-{theme}"));
    drop(window);

    let size = egui::vec2(1280.0, 2560.0);
    let mut window = open(WindowOptions { size, ..opening() });
    gallery.screenshot(&mut window, &format!("scores-charts-{theme}"));
    if !dark {
        draw_long(gallery, &mut window);
    }
    drop(window);

    for (size, percent, name) in [
        ((640.0, 480.0), 100, "small"),
        ((640.0, 480.0), 200, "200-percent"),
        ((1920.0, 1080.0), 100, "large"),
    ] {
        let size = egui::vec2(size.0, size.1);
        let mut window = open(WindowOptions { size, text_percent: percent, ..opening() });
        gallery.screenshot(&mut window, &format!("scores-all-{name}-{theme}"));
        if name == "large" {
            continue;
        }
        for _ in 0..5 {
            window.press(Key::ArrowDown);
        }
        key(&mut window, Key::Enter);
        gallery.screenshot(&mut window, &format!("scores-topic-{name}-{theme}"));
        key(&mut window, Key::Escape);
        key(&mut window, Key::P);
        gallery.screenshot(&mut window, &format!("scores-passages-{name}-{theme}"));
    }

    if !dark {
        let size = egui::vec2(640.0, 3600.0);
        let mut window = open(WindowOptions { size, ..opening() });
        gallery.screenshot(&mut window, "scores-charts-small-light");
        drop(window);
        let mut window = open(WindowOptions { size, text_percent: 200, ..opening() });
        gallery.screenshot(&mut window, "scores-charts-200-percent-light");
        drop(window);
    }

    let folder = DataFolder::new();
    let mut window = open(WindowOptions { dark, renders: true, ..WindowOptions::new(&folder) });
    gallery.screenshot(&mut window, &format!("scores-empty-{theme}"));
    key(&mut window, Key::P);
    gallery.screenshot(&mut window, &format!("scores-passages-empty-{theme}"));
}

/// Long pages, in one theme only: the other screenshots show all that the theme changes.
fn draw_long(gallery: &mut Gallery, window: &mut WindowFixture) {
    let due = window.harness.get_by_label_contains("Due in the next days. ").rect();
    window.harness.hover_at(due.center());
    window.settle();
    gallery.screenshot(window, "scores-charts-hover-light");
    window.harness.hover_at(egui::pos2(4.0, 4.0));
    key(window, Key::Num1);
    gallery.screenshot(window, "scores-charts-week-light");
    key(window, Key::Num4);
    gallery.screenshot(window, "scores-charts-all-light");
    window.harness.get_by_label_contains("Origins: war, armistice, treaty (").click();
    window.wait_for_scores();
    gallery.screenshot(window, "scores-topic-whole-light");
    key(window, Key::Escape);
    window.harness.get_by_label_contains("Treaty and alliance (").click();
    window.wait_for_scores();
    gallery.screenshot(window, "scores-topic-hangul-light");
}
