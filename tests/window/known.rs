//! What the window says, read as a screen reader reads it.

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::util::{Bench, Opening};

/// The first six cards given up: Alt X, and Space goes on.
fn six_failures(bench: &mut Bench<'_>) {
    bench.key(Key::Space);
    for _ in 0..6 {
        bench.chord(Modifiers::ALT, Key::X);
        bench.key(Key::Space);
    }
    bench.key(Key::Escape);
}

fn says(bench: &Bench<'_>, words: &str) -> bool {
    bench.harness.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn after_six_failures_of_six_no_page_says_that_anything_is_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Opening::new(folder.path()).open();
    six_failures(&mut bench);
    assert_eq!(bench.app().figures().answers_today, 6);
    let pages = [
        ("Today", Key::Num1, None),
        ("Decks", Key::Num2, None),
        ("Scores", Key::Num3, None),
        ("By passage", Key::Num3, Some(Key::P)),
    ];
    for (page, screen, then) in pages {
        bench.chord(Modifiers::COMMAND, screen);
        if let Some(key) = then {
            bench.key(key);
        }
        let told = if page == "By passage" { "being learned" } else { "being learned, of " };
        assert!(says(&bench, told), "{page}");
        for claim in ["You know", "recall now 100", "recall 100", "known well", "just learned", "slipping"] {
            assert!(!says(&bench, claim), "{page}: {claim}");
        }
    }
}
