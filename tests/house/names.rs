//! Every name of a type stands for one type.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::source;

#[test]
fn no_two_files_define_a_type_of_the_same_name() {
    let mut places: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for file in source::files() {
        for (index, line) in file.lines.iter().enumerate() {
            if let Some(name) = defined_type(line) {
                places.entry(name.to_owned()).or_default().push((file.path.clone(), file.place(index)));
            }
        }
    }
    assert!(places.len() > 300, "types are found");
    let mut violations = String::new();
    for (name, found) in places {
        if found.iter().any(|(path, _)| *path != found[0].0) {
            let places: Vec<&str> = found.iter().map(|(_, place)| place.as_str()).collect();
            let _ = writeln!(violations, "{name}: {}", places.join(", "));
        }
    }
    assert!(violations.is_empty(), "these names stand for two types:\n{violations}");
}

/// The type whose definition begins in a line; associated types, which are indented, do not count.
fn defined_type(line: &str) -> Option<&str> {
    let code = line.trim_start();
    let code = match code.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest.split_once(") ")?.1,
        Some(rest) => rest.trim_start(),
        None => code,
    };
    let is_outermost = !line.starts_with(' ');
    let (keyword, rest) = code.split_once(' ')?;
    let defines =
        matches!(keyword, "struct" | "enum" | "union" | "trait") || (keyword == "type" && is_outermost);
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    defines.then_some(&rest[..end]).filter(|name| name.starts_with(char::is_uppercase))
}

#[test]
fn type_definitions_are_found_with_any_visibility() {
    assert_eq!(defined_type("pub(in crate::app) struct Sheet<'a> {"), Some("Sheet"));
    assert_eq!(defined_type("    enum Part {"), Some("Part"));
    assert_eq!(defined_type("pub type Questions = HashMap<A, B>;"), Some("Questions"));
    assert_eq!(defined_type("    type Item = u8;"), None);
    assert_eq!(defined_type("let structure = 1;"), None);
}

/// A rename of types by a tool must not rename words on the screen.
#[test]
fn no_text_for_people_contains_the_name_of_a_type() {
    // `Debug` implementations contain the names of their types.
    const DEBUG: [&str; 2] = ["background.rs", "library/fingerprint.rs"];
    let files = source::files();
    let types: BTreeSet<&str> = files
        .iter()
        .flat_map(|file| &file.lines)
        .filter_map(|line| defined_type(line))
        .filter(|name| name.chars().skip(1).any(char::is_uppercase))
        .collect();
    let mut violations = String::new();
    for file in files.iter().filter(|file| !DEBUG.contains(&file.path.as_str())) {
        for (index, line) in file.lines.iter().enumerate() {
            // Every second piece is between quotation marks.
            for text in line.split('"').skip(1).step_by(2) {
                if text.split(|c: char| !c.is_alphanumeric()).any(|word| types.contains(word)) {
                    let _ = writeln!(violations, "{}: {text}", file.place(index));
                }
            }
        }
    }
    assert!(violations.is_empty(), "{violations}");
}
