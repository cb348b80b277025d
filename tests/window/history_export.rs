//! Reviews and scores as tables, from the Scores screen.

use egui_kittest::kittest::Queryable;

use crate::util::{Opening, answer};

#[test]
fn in_the_window_a_table_is_written_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Opening::new(folder.path()).open();
    bench.key(eframe::egui::Key::Space);
    answer(&mut bench, true);
    bench.chord(eframe::egui::Modifiers::COMMAND, eframe::egui::Key::Num3);
    bench.harness.get_by_label("Export reviews").focus();
    bench.settle();
    // A file in the place of the folder: told, and nothing is lost.
    std::fs::write(folder.path().join("exports"), "not a folder").expect("a file");
    bench.key(eframe::egui::Key::Enter);
    assert!(bench.app().notice().is_some_and(|notice| notice.is_problem));
}
