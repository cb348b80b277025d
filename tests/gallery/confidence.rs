//! Pictures of how sure one is: asked, told, and gathered.

use std::path::Path;

use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linchpin::app::scores::Page;
use linchpin::domain::question::Kind;
use linchpin::domain::task::Form;

use crate::Gallery;
use crate::util::{Bench, Opening, answer};

/// Asks on every question from now on.
fn ask(bench: &mut Bench<'_>) {
    bench.chord(Modifiers::COMMAND, Key::Num5);
    bench.harness.get_by_label("On").scroll_to_me();
    bench.settle();
    bench.harness.get_by_label("On").click();
    bench.settle();
    bench.chord(Modifiers::COMMAND, Key::Num1);
}

fn list(bench: &mut Bench<'_>) {
    bench.chord(Modifiers::COMMAND, Key::Num3);
    bench.key(Key::W);
    assert_eq!(*bench.app().scores().page(), Page::SureButWrong);
    bench.harness.event(egui::Event::PointerGone);
    bench.settle();
}

/// A few days on which the learner was sure of much that was wrong.
fn surprised(folder: &Path) {
    for (day, cards) in [(19, 7), (21, 6), (22, 5)] {
        let at = format!("2026-11-{day}T09:00:00+09:00[Asia/Seoul]");
        let mut bench = Opening { at: &at, ..Opening::new(folder) }.open();
        bench.key(Key::Space);
        for card in 0..cards {
            bench.chord(Modifiers::ALT, if card % 3 == 2 { Key::M } else { Key::Y });
            let is_recalled = matches!(bench.asked().task.form, Form::Reveal { .. });
            answer(&mut bench, false);
            bench.key(if is_recalled { Key::Num1 } else { Key::Space });
        }
    }
}

/// Draws everything that has to do with it.
pub fn draw(gallery: &mut Gallery, dark: bool, theme: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Opening { dark, pictures: true, ..Opening::new(folder.path()) }.open();
    bench.key(Key::Space);
    answer(&mut bench, true);
    list(&mut bench);
    gallery.picture(&mut bench, &format!("sure-empty-{theme}"));
    ask(&mut bench);
    bench.bury_until_kind(Kind::Choice);
    gallery.picture(&mut bench, &format!("confidence-choice-{theme}"));
    bench.key(Key::Y);
    gallery.picture(&mut bench, &format!("confidence-chosen-{theme}"));
    answer(&mut bench, false);
    gallery.picture(&mut bench, &format!("confidence-surprise-{theme}"));
    bench.bury_until(|asked| asked.task.prompt.contains("mutual defence treaty"));
    bench.chord(Modifiers::ALT, Key::G);
    gallery.picture(&mut bench, &format!("confidence-typed-{theme}"));
    answer(&mut bench, true);
    gallery.picture(&mut bench, &format!("confidence-guess-{theme}"));
    drop(bench);

    let folder = tempfile::tempdir().expect("a folder");
    surprised(folder.path());
    let opening = || Opening { dark, pictures: true, ..Opening::new(folder.path()) };
    let mut bench = opening().open();
    list(&mut bench);
    gallery.picture(&mut bench, &format!("sure-{theme}"));
    drop(bench);
    for (percent, name) in [(100, "small"), (200, "200-percent")] {
        let size = egui::vec2(640.0, 480.0);
        let mut bench = Opening { size, text_percent: percent, ..opening() }.open();
        list(&mut bench);
        gallery.picture(&mut bench, &format!("sure-{name}-{theme}"));
        for _ in 0..percent / 100 {
            bench.key(Key::PageDown);
        }
        gallery.picture(&mut bench, &format!("sure-{name}-below-{theme}"));
        ask(&mut bench);
        bench.bury_until_kind(Kind::Typed);
        bench.chord(Modifiers::ALT, Key::M);
        bench.key(Key::PageDown);
        gallery.picture(&mut bench, &format!("confidence-{name}-{theme}"));
    }
}
