//! Screenshots of an exam date: its form, its forecast, and Today.

use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::Gallery;
use crate::fixtures::{DataFolder, WindowFixture, WindowOptions, study_both_shipped};

fn open(opening: WindowOptions<'_>) -> WindowFixture {
    let mut window = opening.open();
    window.wait_for_forecasts();
    window
}

/// Draws the screenshots of an exam weeks ahead.
pub fn draw(gallery: &mut Gallery, dark: bool, theme: &str) {
    let folder = DataFolder::new();
    study_both_shipped(folder.path());
    let opening = || WindowOptions { dark, renders: true, ..WindowOptions::new(&folder) };

    let mut window = open(WindowOptions { size: egui::vec2(1280.0, 900.0), ..opening() });
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.press(Key::G);
    gallery.screenshot(&mut window, &format!("goal-form-{theme}"));
    window.fill_in("Day of the exam", "soon");
    gallery.screenshot(&mut window, &format!("goal-form-fault-{theme}"));
    window.fill_in("Name of the exam", "Finals");
    window.fill_in("Day of the exam", "2026-12-18");
    window.press(Key::Enter);
    window.wait_for_forecasts();
    gallery.screenshot(&mut window, &format!("goal-{theme}"));
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.wait_for_forecasts();
    gallery.screenshot(&mut window, &format!("goal-today-{theme}"));
    // Opening a dark window overwrites the settings.
    let settings = std::fs::read_to_string(window.folder.path().join("settings.ron")).expect("settings");
    drop(window);
    let reopened = |opening: WindowOptions<'_>| {
        let mut window = open(WindowOptions { dark: false, ..opening });
        window.press(Key::G);
        window.wait_for_forecasts();
        window
    };

    let mut window = reopened(WindowOptions { size: egui::vec2(1280.0, 1500.0), ..opening() });
    gallery.screenshot(&mut window, &format!("goal-whole-{theme}"));
    let curve = window.harness.get_by_label_contains("Expected score until the exam, target").rect();
    window.harness.hover_at(curve.center());
    window.settle();
    gallery.screenshot(&mut window, &format!("goal-hover-{theme}"));
    drop(window);

    for (percent, name) in [(100, "small"), (200, "200-percent")] {
        let size = egui::vec2(640.0, 480.0);
        let mut window = reopened(WindowOptions { size, text_percent: percent, ..opening() });
        gallery.screenshot(&mut window, &format!("goal-{name}-{theme}"));
        let total = window.harness.get_by_label_contains("All topics, ");
        total.scroll_to_me();
        window.settle();
        gallery.screenshot(&mut window, &format!("goal-table-{name}-{theme}"));
        window.press(Key::PageDown);
        gallery.screenshot(&mut window, &format!("goal-curve-{name}-{theme}"));
        window.press(Key::E);
        gallery.screenshot(&mut window, &format!("goal-form-{name}-{theme}"));
    }

    let mut window = reopened(opening());
    window.press(Key::E);
    window.click("At most");
    for _ in 0..3 {
        window.click("Minutes a day: less");
    }
    for _ in 0..9 {
        window.click("Target: more");
    }
    window.press(Key::Enter);
    window.wait_for_forecasts();
    gallery.screenshot(&mut window, &format!("goal-out-of-reach-{theme}"));
    drop(window);

    folder.write("settings.ron", &settings);
    soon(gallery, &folder, dark, theme);
    let mut window = reopened(WindowOptions { at: "2026-12-20T10:00:00+09:00[Asia/Seoul]", ..opening() });
    gallery.screenshot(&mut window, &format!("goal-over-{theme}"));
}

/// The evening before the exam and its morning, on Today and on the exam's page.
fn soon(gallery: &mut Gallery, folder: &DataFolder, dark: bool, theme: &str) {
    // A dark window would overwrite the settings with the exam.
    let path = folder.path().join("settings.ron");
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
        open(WindowOptions { at, size, text_percent, renders: true, ..WindowOptions::new(folder) })
    };
    let (evening, morning) =
        ("2026-12-17T18:00:00+09:00[Asia/Seoul]", "2026-12-18T07:00:00+09:00[Asia/Seoul]");
    for (at, name) in [(evening, "tonight"), (morning, "day")] {
        for (width, height, percent, suffix) in
            [(1280.0, 800.0, 100, ""), (640.0, 480.0, 100, "-small"), (640.0, 480.0, 200, "-200-percent")]
        {
            let mut window = opened(at, width, height, percent);
            gallery.screenshot(&mut window, &format!("goal-{name}{suffix}-{theme}"));
            if percent == 100 && at == evening {
                window.press(Key::T);
                gallery.screenshot(&mut window, &format!("goal-less-time{suffix}-{theme}"));
                window.press(Key::T);
            }
            window.press(Key::PageDown);
            gallery.screenshot(&mut window, &format!("goal-{name}-below{suffix}-{theme}"));
            window.press(Key::G);
            window.wait_for_forecasts();
            gallery.screenshot(&mut window, &format!("goal-{name}-page{suffix}-{theme}"));
        }
    }
    std::fs::write(&path, settings).expect("settings can be written");
}
