//! Screenshots of confidence: the prompt, the remarks, and the list of high-confidence errors.

use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linchpin::app::scores::ScoresPage;
use linchpin::domain::question::Kind;
use linchpin::domain::task::TaskForm;

use crate::Gallery;
use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

/// Turns on the prompt for confidence on every question.
fn ask_confidence(window: &mut WindowFixture) {
    window.press_with(Modifiers::COMMAND, Key::Num5);
    window.harness.get_by_label("On").scroll_to_me();
    window.settle();
    window.click("On");
    window.press_with(Modifiers::COMMAND, Key::Num1);
}

fn open_list(window: &mut WindowFixture) {
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.press(Key::W);
    assert_eq!(*window.app().scores().page(), ScoresPage::HighConfidenceErrors);
    window.harness.event(egui::Event::PointerGone);
    window.settle();
}

/// A few days of study with many high-confidence errors.
fn studied_with_confidence(folder: &DataFolder) {
    for (day, cards) in [(19, 7), (21, 6), (22, 5)] {
        let at = format!("2026-11-{day}T09:00:00+09:00[Asia/Seoul]");
        let mut window = WindowOptions { at: &at, ..WindowOptions::new(folder) }.open();
        window.press(Key::Space);
        for card in 0..cards {
            window.press_with(Modifiers::ALT, if card % 3 == 2 { Key::M } else { Key::Y });
            let is_recalled = matches!(window.active_card().task.form, TaskForm::Recall { .. });
            window.answer(false);
            window.press(if is_recalled { Key::Num1 } else { Key::Space });
        }
    }
}

/// Draws every screen with confidence.
pub fn draw(gallery: &mut Gallery, dark: bool, theme: &str) {
    let folder = DataFolder::new();
    let mut window = WindowOptions { dark, renders: true, ..WindowOptions::new(&folder) }.open();
    window.press(Key::Space);
    window.answer(true);
    open_list(&mut window);
    gallery.screenshot(&mut window, &format!("sure-empty-{theme}"));
    ask_confidence(&mut window);
    window.bury_until_kind(Kind::Choice);
    gallery.screenshot(&mut window, &format!("confidence-choice-{theme}"));
    window.press(Key::Y);
    gallery.screenshot(&mut window, &format!("confidence-chosen-{theme}"));
    window.answer(false);
    gallery.screenshot(&mut window, &format!("confidence-surprise-{theme}"));
    window.bury_until(|card| card.task.prompt.contains("mutual defence treaty"));
    window.press_with(Modifiers::ALT, Key::G);
    gallery.screenshot(&mut window, &format!("confidence-typed-{theme}"));
    window.answer(true);
    gallery.screenshot(&mut window, &format!("confidence-guess-{theme}"));
    drop(window);

    let folder = DataFolder::new();
    studied_with_confidence(&folder);
    let opening = || WindowOptions { dark, renders: true, ..WindowOptions::new(&folder) };
    let mut window = opening().open();
    open_list(&mut window);
    gallery.screenshot(&mut window, &format!("sure-{theme}"));
    drop(window);
    for (percent, name) in [(100, "small"), (200, "200-percent")] {
        let size = egui::vec2(640.0, 480.0);
        let mut window = WindowOptions { size, text_percent: percent, ..opening() }.open();
        open_list(&mut window);
        gallery.screenshot(&mut window, &format!("sure-{name}-{theme}"));
        for _ in 0..percent / 100 {
            window.press(Key::PageDown);
        }
        gallery.screenshot(&mut window, &format!("sure-{name}-below-{theme}"));
        ask_confidence(&mut window);
        window.bury_until_kind(Kind::Typed);
        window.press_with(Modifiers::ALT, Key::M);
        window.press(Key::PageDown);
        gallery.screenshot(&mut window, &format!("confidence-{name}-{theme}"));
    }
}
