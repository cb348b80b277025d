//! Reviews and scores as tables, from the Scores screen.

use crate::fixtures::{DataFolder, WindowOptions};

#[test]
fn the_window_writes_a_table_in_the_background() {
    let folder = DataFolder::new();
    let mut window = WindowOptions::new(&folder).open();
    window.press(eframe::egui::Key::Space);
    window.answer(true);
    window.press_with(eframe::egui::Modifiers::COMMAND, eframe::egui::Key::Num3);
    window.focus("Export reviews");
    // A file in the place of the folder gives an error, and nothing is lost.
    std::fs::write(folder.path().join("exports"), "not a folder").expect("a file");
    window.press(eframe::egui::Key::Enter);
    assert!(window.app().notice().is_some_and(|notice| notice.is_error));
}
