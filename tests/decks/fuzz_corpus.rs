//! The laws of `fuzz/`, over its corpus and mutations of it, the same every time. `LINCHPIN_FUZZ_ROUNDS` asks for more of
//! them, where no fuzzer can be installed.

#[path = "../../fuzz/import_laws.rs"]
pub mod import_laws;
#[path = "../fixtures/mutate.rs"]
mod mutate;
#[allow(dead_code, reason = "what runs the program is used by the tests of the terminal")]
#[path = "../../fuzz/program_laws.rs"]
mod program_laws;

use mutate::each_mutation;

const ROUNDS: u64 = 300;

/// As a target of text is given its input.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn any_list_is_imported_or_refused() {
    each_mutation("list", ROUNDS, import_laws::list);
}

#[test]
fn any_html_becomes_markdown() {
    each_mutation("html", ROUNDS, |bytes| import_laws::html_cells(&text(bytes)));
}

#[test]
fn any_question_file_is_read() {
    each_mutation("markdown", ROUNDS, |bytes| import_laws::markdown_questions(&text(bytes)));
}

#[test]
fn any_settings_are_read_or_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    each_mutation("settings", ROUNDS, |bytes| program_laws::settings(folder.path(), bytes));
}
