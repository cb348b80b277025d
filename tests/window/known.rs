//! No screen counts a card that is still being learned as known.

use eframe::egui::{Key, Modifiers};

use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

/// Gives up the first six cards: Alt+X, then Space to go on.
fn fail_six_cards(window: &mut WindowFixture) {
    window.press(Key::Space);
    for _ in 0..6 {
        window.press_with(Modifiers::ALT, Key::X);
        window.press(Key::Space);
    }
    window.press(Key::Escape);
}

#[test]
fn after_six_failures_out_of_six_no_page_counts_anything_as_known() {
    let folder = DataFolder::new();
    let mut window = WindowOptions::new(&folder).open();
    fail_six_cards(&mut window);
    assert_eq!(window.app().figures().answers_today, 6);
    let pages = [
        ("Today", Key::Num1, None),
        ("Decks", Key::Num2, None),
        ("Scores", Key::Num3, None),
        ("By passage", Key::Num3, Some(Key::P)),
    ];
    for (page, screen, then) in pages {
        window.press_with(Modifiers::COMMAND, screen);
        if let Some(key) = then {
            window.press(key);
        }
        let label = if page == "By passage" { "being learned" } else { "being learned, of " };
        assert!(window.shows(label), "{page}");
        for claim in ["You know", "recall now 100", "recall 100", "known well", "just learned", "fading"] {
            assert!(!window.shows(claim), "{page}: {claim}");
        }
    }
}
