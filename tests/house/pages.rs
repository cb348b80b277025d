//! The pages for developers name only what exists, because a page that uses old names misleads.

use std::collections::BTreeSet;

use crate::source::{self, SourceFile, root};

const PAGES: [&str; 3] = ["README.md", "CONTRIBUTING.md", "docs/ARCHITECTURE.md"];

/// Folders with which a path in backticks begins.
const TOPS: [&str; 9] =
    ["src/", "tests/", "docs/", "assets/", "benches/", "examples/", "fuzz/", "decks/", ".github/"];

/// The texts in backticks outside of code blocks.
fn quoted(text: &str) -> Vec<String> {
    let prose = text.split("```").step_by(2).collect::<Vec<_>>().join("\n");
    prose.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn page(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_path_in_the_pages_exists() {
    let mut missing = Vec::new();
    for name in PAGES {
        for path in quoted(&page(name)) {
            let is_path =
                TOPS.iter().any(|top| path.starts_with(top)) && !path.contains([' ', '*', '<', '…']);
            // A data folder has a folder of the same name.
            if is_path && path != "decks/" && !root().join(&path).exists() {
                missing.push(format!("{name}: {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Whether a file of `src` that defines or implements the type (or is its trait) has a function or a public field of that
/// name.
fn has_member(files: &[SourceFile], owner: &str, member: &str) -> bool {
    let names = |line: &str, name: &str| {
        line.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == name)
    };
    let defines = ["impl", "pub struct ", "pub trait "];
    let is_of_owner = |line: &str| defines.iter().any(|begin| line.starts_with(begin)) && names(line, owner);
    let field = format!("pub {member}:");
    let is_member =
        |line: &str| (line.contains("fn ") && names(line, member)) || line.trim_start().starts_with(&field);
    files.iter().any(|file| {
        file.lines.iter().any(|line| is_of_owner(line)) && file.lines.iter().any(|line| is_member(line))
    })
}

#[test]
fn every_type_and_function_in_the_pages_is_defined() {
    let files = source::files();
    let words: BTreeSet<&str> = files
        .iter()
        .flat_map(|file| &file.lines)
        .flat_map(|line| line.split(|c: char| !(c.is_alphanumeric() || c == '_')))
        .collect();
    let functions: BTreeSet<&str> = files
        .iter()
        .flat_map(|file| &file.lines)
        .filter_map(|line| line.split_once("fn ")?.1.split(['(', '<']).next())
        .collect();
    // Names in SQL, which are no functions.
    let tables = ["test_step"];
    let is_of_path = |c: char| c.is_alphanumeric() || c == ':' || c == '_';
    let mut missing = Vec::new();
    for name in PAGES {
        for quoted in quoted(&page(name)) {
            let path = quoted.split(['(', '<', ' ']).next().unwrap_or_default().trim_start_matches('&');
            // `Change::Rekey`, `TestAttempt`: an upper-case letter, then a lower-case one.
            let is_type = path.starts_with(char::is_uppercase)
                && path.chars().nth(1).is_some_and(char::is_lowercase)
                && path.chars().all(is_of_path);
            // `App::commit`, `apply_study`: the last part is the name of a function.
            let last = path.rsplit("::").next().unwrap_or_default();
            let is_function = (path.contains("::") || path.contains('_'))
                && !quoted.contains(' ')
                && path.chars().all(is_of_path)
                && last.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            let is_known = path.split("::").all(|word| words.contains(word));
            // `App::commit`: not what has moved to another type meanwhile.
            let owner = path.rsplit("::").nth(1).filter(|owner| owner.starts_with(char::is_uppercase));
            let is_defined = !is_function
                || tables.contains(&last)
                || owner.map_or(functions.contains(last), |owner| has_member(&files, owner, last));
            if (is_type || is_function) && !path.starts_with("Ctrl") && !(is_known && is_defined) {
                missing.push(format!("{name}: {quoted}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The cells of the table of features are paths below the layer at the head of their column.
#[test]
fn every_cell_of_the_table_of_features_is_a_file() {
    let text = page("docs/ARCHITECTURE.md");
    let (_, table) =
        text.split_once("| feature | domain | app | ui | cli |\n").expect("the table of features");
    let mut missing = Vec::new();
    let mut rows = 0;
    for row in table.lines().skip(1).take_while(|line| line.starts_with('|')) {
        rows += 1;
        for (layer, cell) in ["domain", "app", "ui", "cli"].iter().zip(row.split('|').skip(2)) {
            for path in quoted(cell) {
                if !root().join("src").join(layer).join(&path).exists() {
                    missing.push(format!("src/{layer}/{path}"));
                }
            }
        }
    }
    assert!(rows > 5 && missing.is_empty(), "{missing:#?}");
}
