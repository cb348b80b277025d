//! Pictures of tests: set up, sat, handed in, reported.

use std::path::Path;

use eframe::egui::{self, Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable;
use linchpin::domain::grade::right_answer;
use linchpin::domain::task::{Form, Response};

use crate::Gallery;
use crate::util::{Bench, Opening};

const FULL: Vec2 = egui::vec2(1280.0, 800.0);
const SMALL: Vec2 = egui::vec2(640.0, 480.0);

fn open(folder: &Path, dark: bool, size: Vec2, text_percent: u16, at: &str) -> Bench<'static> {
    let mut bench = Opening { dark, size, text_percent, at, pictures: true, ..Opening::new(folder) }.open();
    bench.chord(Modifiers::COMMAND, Key::Num4);
    bench.write_code("K7Q-F2M");
    bench.key(Key::PageUp);
    bench.key(Key::PageUp);
    bench
}

/// Answers the question before the learner by keys; wrongly where `right` says so.
pub fn answer(bench: &mut Bench<'_>, right: bool) {
    const DIGITS: [Key; 8] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8];
    let asked = bench.app().tests().asked().expect("a question");
    let form = asked.task.form.clone();
    let wanted = right_answer(&asked.task);
    match (&form, wanted) {
        (Form::Reveal { back }, _) => bench.text(back.clone().get(..12).unwrap_or("something")),
        (Form::Date { .. }, Response::Text(text)) => bench.text(if right { &text } else { "1 January 1949" }),
        (_, Response::Text(text)) => bench.text(if right { &text } else { "1949" }),
        (_, Response::Bool(value)) => bench.key(if value == right { Key::Num1 } else { Key::Num2 }),
        (Form::Pick { options, many: false }, _) => {
            let at = options.iter().position(|option| option.right == right).expect("such an option");
            bench.key(DIGITS[at]);
        }
        (_, Response::Picks(picks)) => {
            for pick in picks.iter().skip(usize::from(!right)) {
                bench.key(DIGITS[*pick]);
            }
        }
        (_, Response::Gaps(texts)) => {
            for text in texts {
                bench.text(&text);
                bench.key(Key::Tab);
            }
        }
        (_, Response::Arrangement(_)) => bench.chord(Modifiers::SHIFT, Key::ArrowDown),
        (_, Response::Pairs(of) | Response::Bins(of)) => {
            for place in of.into_iter().flatten() {
                bench.key(Key::Num1);
                bench.key(DIGITS[place]);
            }
        }
        _ => {}
    }
}

/// Sits a test to its end; every fourth answer is wrong and one is left open.
fn sit(bench: &mut Bench<'_>) {
    bench.key(Key::Space);
    let items = bench.app().tests().running().expect("a test").paper.items.len();
    for item in 0..items {
        if item != 5 {
            answer(bench, item % 4 != 1);
        }
        if item == 9 || item == 2 {
            bench.chord(Modifiers::ALT, Key::Y);
        }
        bench.key(Key::PageDown);
    }
    bench.chord(Modifiers::COMMAND, Key::Enter);
    while bench.app().is_judging() {
        bench.key(Key::Num2);
    }
}

pub fn draw(gallery: &mut Gallery, dark: bool, theme: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = open(folder.path(), dark, FULL, 100, "2026-11-22T10:00:00+09:00[Asia/Seoul]");
    gallery.picture(&mut bench, &format!("test-setup-{theme}"));
    sit(&mut bench);
    bench.wait_for_tests(1);
    gallery.picture(&mut bench, &format!("test-report-{theme}"));
    bench.harness.get_by_label("Sure, but wrong").scroll_to_me();
    bench.settle();
    gallery.picture(&mut bench, &format!("test-report-lower-{theme}"));
    drop(bench);

    let mut bench = open(folder.path(), dark, FULL, 100, crate::util::NOW);
    bench.write_code("2ND-T0T");
    bench.key(Key::Space);
    for item in 0..9 {
        if item % 4 != 2 {
            answer(&mut bench, item % 3 != 1);
        } else {
            bench.chord(Modifiers::ALT, Key::L);
        }
        bench.key(Key::PageDown);
    }
    while !bench.app().tests().asked().is_some_and(|asked| matches!(asked.task.form, Form::Pick { .. })) {
        bench.key(Key::PageDown);
    }
    answer(&mut bench, true);
    gallery.picture(&mut bench, &format!("test-question-{theme}"));
    bench.key(Key::O);
    gallery.picture(&mut bench, &format!("test-overview-{theme}"));
    bench.key(Key::O);
    bench.key(Key::Escape);
    gallery.picture(&mut bench, &format!("test-left-{theme}"));
    bench.key(Key::Space);
    bench.chord(Modifiers::COMMAND, Key::Enter);
    bench.chord(Modifiers::COMMAND, Key::Enter);
    while bench.app().is_judging() {
        gallery.picture(&mut bench, &format!("test-judging-{theme}"));
        bench.key(Key::Num3);
    }
    bench.wait_for_tests(2);
    gallery.picture(&mut bench, &format!("test-report-second-{theme}"));
    let wrong = bench.app().tests().report().expect("a report");
    let at = wrong.past.report.items.iter().position(|item| item.answered && item.is_mistake()).expect("one");
    let line = format!("Question {}, ", at + 1);
    bench.harness.get_by_label_contains(&line).scroll_to_me();
    bench.settle();
    bench.harness.get_by_label_contains(&line).click();
    bench.settle();
    gallery.picture(&mut bench, &format!("test-answer-{theme}"));
    bench.key(Key::Escape);
    bench.wait_for_tests(2);
    gallery.picture(&mut bench, &format!("test-history-{theme}"));
    drop(bench);

    for (size, percent, name) in [(SMALL, 100, "small"), (SMALL, 200, "200-percent")] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut bench = open(folder.path(), dark, size, percent, crate::util::NOW);
        gallery.picture(&mut bench, &format!("test-setup-{name}-{theme}"));
        bench.key(Key::Space);
        answer(&mut bench, true);
        gallery.picture(&mut bench, &format!("test-question-{name}-{theme}"));
        bench.chord(Modifiers::COMMAND, Key::Enter);
        gallery.picture(&mut bench, &format!("test-overview-{name}-{theme}"));
        bench.chord(Modifiers::COMMAND, Key::Enter);
        while bench.app().is_judging() {
            bench.key(Key::Num2);
        }
        gallery.picture(&mut bench, &format!("test-report-{name}-{theme}"));
    }
}
