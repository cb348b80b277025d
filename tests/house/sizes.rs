//! What stays small: `App`, which only connects the features, and every function.

use std::fmt::Write;

use crate::source::{self, SourceFile};

/// Functions in `impl App`, in all files together.
const MAX_FUNCTIONS_OF_APP: usize = 60;
/// Fields of `App`.
const MAX_FIELDS_OF_APP: usize = 12;
/// Lines of a function, without comments and empty lines.
const MAX_LINES: usize = 100;

#[test]
fn app_only_connects_the_features() {
    let (mut functions, mut fields) = (0, 0);
    for file in source::files().iter().filter(|file| file.layer() == "app") {
        functions += inside(file, "impl App {").filter(|line| defined_function(line).is_some()).count();
        let is_field = |line: &&str| line.starts_with("    ") && line.contains(": ");
        fields += inside(file, "pub struct App {").filter(is_field).count();
    }
    assert!(functions > 10 && fields > 5, "App is found");
    assert!(
        functions < MAX_FUNCTIONS_OF_APP,
        "App has {functions} functions: give one to a feature or to Core"
    );
    assert!(
        fields <= MAX_FIELDS_OF_APP,
        "App has {fields} fields: put them together with what they belong to"
    );
}

/// The lines of the items of a file that begin with this line.
fn inside<'a>(file: &'a SourceFile, begin: &'a str) -> impl Iterator<Item = &'a str> {
    let mut is_inside = false;
    file.lines.iter().map(String::as_str).filter(move |line| {
        let was_inside = is_inside;
        is_inside = *line == begin || (is_inside && *line != "}");
        was_inside && is_inside
    })
}

#[test]
fn no_function_is_long() {
    let mut faults = String::new();
    let mut longest = 0;
    for file in source::files() {
        for (begin, line) in file.lines.iter().enumerate() {
            let Some(name) = defined_function(line) else { continue };
            let indent = &line[..line.len() - line.trim_start().len()];
            let Some(length) = file.lines[begin..].iter().position(|line| *line == format!("{indent}}}"))
            else {
                continue;
            };
            let lines = file.lines[begin..=begin + length].iter().filter(|line| !line.is_empty()).count();
            longest = longest.max(lines);
            if lines > MAX_LINES {
                let _ = writeln!(faults, "{}: {name} has {lines} lines", file.place(begin));
            }
        }
    }
    assert!(longest > MAX_LINES / 2, "functions are found");
    assert!(faults.is_empty(), "at most {MAX_LINES}:\n{faults}");
}

/// The name of the function that begins in a line and has a body below it.
fn defined_function(line: &str) -> Option<&str> {
    let code = line.trim_start();
    let code = match code.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest.split_once(") ")?.1,
        Some(rest) => rest.trim_start(),
        None => code,
    };
    let name = code.strip_prefix("const ").unwrap_or(code).strip_prefix("fn ")?;
    let ends_here = line.ends_with(';') || (line.ends_with('}') && line.contains('{'));
    let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(name.len());
    (!ends_here).then_some(&name[..end])
}

#[test]
fn functions_are_found_with_any_visibility() {
    assert_eq!(defined_function("    pub(in crate::app) fn apply(&mut self) {"), Some("apply"));
    assert_eq!(defined_function("const fn size<T>("), Some("size"));
    assert_eq!(defined_function("    fn info(&self) -> u8;"), None);
    assert_eq!(defined_function("fn f() {}"), None);
}
