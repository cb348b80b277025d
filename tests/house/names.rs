//! One name, one type.

use std::collections::BTreeMap;
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
    let mut faults = String::new();
    for (name, found) in places {
        if found.iter().any(|(path, _)| *path != found[0].0) {
            let places: Vec<&str> = found.iter().map(|(_, place)| place.as_str()).collect();
            let _ = writeln!(faults, "{name}: {}", places.join(", "));
        }
    }
    assert!(faults.is_empty(), "whoever reads or searches for these finds two things:\n{faults}");
}

/// The type that a line begins to define; associated types, which are indented, are none.
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
fn types_are_found_however_visible() {
    assert_eq!(defined_type("pub(in crate::app) struct Sheet<'a> {"), Some("Sheet"));
    assert_eq!(defined_type("    enum Part {"), Some("Part"));
    assert_eq!(defined_type("pub type Questions = HashMap<A, B>;"), Some("Questions"));
    assert_eq!(defined_type("    type Item = u8;"), None);
    assert_eq!(defined_type("let structure = 1;"), None);
}
