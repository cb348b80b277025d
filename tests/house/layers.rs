//! Which layer may know which: `domain <- formats <- library`, `domain <- store`, all of these `<- app <- ui <-
//! cli/window.rs`, `app <- cli <- main`. `atomic_file` knows none of them, and whoever writes files knows it.

use std::fmt::Write;

use crate::source::{self, SourceFile};

/// A folder of `src`, and what it may know beside itself.
struct Layer {
    name: &'static str,
    /// Other layers.
    knows: &'static [&'static str],
    /// Crates and parts of the standard library that are not for it.
    never: &'static [&'static str],
}

/// What only the window may know.
const TOOLKIT: [&str; 4] = ["eframe", "egui", "egui_plot", "winit"];

const LAYERS: [Layer; 9] = [
    // Pure: the same answers on every machine, at every time.
    Layer { name: "domain", knows: &[], never: &PURE },
    Layer { name: "formats", knows: &["domain"], never: &PURE },
    // Only the standard library: what it does to files can be read in one place.
    Layer { name: "atomic_file", knows: &[], never: &NO_CRATES },
    Layer { name: "store", knows: &["domain", "atomic_file"], never: &TOOLKIT },
    Layer { name: "library", knows: &["domain", "formats", "atomic_file"], never: &TOOLKIT },
    Layer { name: "app", knows: &["domain", "formats", "store", "library", "atomic_file"], never: &TOOLKIT },
    Layer { name: "ui", knows: &["domain", "formats", "store", "library", "app"], never: &["clap"] },
    Layer {
        name: "cli",
        knows: &["domain", "formats", "store", "library", "app", "atomic_file"],
        never: &TOOLKIT,
    },
    Layer { name: "main", knows: &["cli"], never: &TOOLKIT },
];

/// No window, no database, no files, no logs.
const PURE: [&str; 11] = [
    "eframe",
    "egui",
    "egui_plot",
    "winit",
    "rusqlite",
    "notify",
    "tracing",
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
];

/// No window, no database, no logs.
const NO_CRATES: [&str; 7] = ["eframe", "egui", "egui_plot", "winit", "rusqlite", "notify", "tracing"];

/// The one file that breaks the rule: without a command the command line opens the window.
const EXCEPTIONS: [(&str, &str); 1] = [("cli/window.rs", "ui")];

#[test]
fn a_layer_knows_only_the_layers_below_it() {
    let mut faults = String::new();
    let mut excepted = std::collections::BTreeSet::new();
    for file in source::files() {
        // `lib.rs` only names the layers.
        if file.path == "lib.rs" {
            continue;
        }
        let layer = LAYERS.iter().find(|layer| layer.name == file.layer()).unwrap_or_else(|| {
            panic!("src/{} is in no layer: give it a line in tests/house/layers.rs", file.path)
        });
        for (line, known) in known_layers(&file) {
            if known == layer.name || layer.knows.contains(&known.as_str()) {
                continue;
            }
            if EXCEPTIONS.contains(&(&file.path, &known)) {
                excepted.insert((file.path.clone(), known.clone()));
                continue;
            }
            let (place, import) = (file.place(line), file.lines[line].trim());
            let _ = writeln!(faults, "{place}: {} must not know {known}: {import}", layer.name);
        }
    }
    assert!(faults.is_empty(), "{faults}");
    assert!(excepted.len() == EXCEPTIONS.len(), "an exception that nothing needs any more");
}

#[test]
fn only_the_window_knows_the_toolkit_and_the_rules_touch_nothing_outside() {
    let mut faults = String::new();
    for file in source::files() {
        let Some(layer) = LAYERS.iter().find(|layer| layer.name == file.layer()) else { continue };
        for (index, line) in file.lines.iter().enumerate() {
            for never in layer.never.iter().filter(|never| names(line, never) || is_used(&file, index, never))
            {
                let _ = writeln!(
                    faults,
                    "{}: {never} is not for {}: {}",
                    file.place(index),
                    layer.name,
                    line.trim()
                );
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn colours_stand_in_the_themes() {
    // No colours of their own: nothing at all, "whatever is set later", and a picture as it is.
    const FREE: [&str; 3] = ["TRANSPARENT", "PLACEHOLDER", "WHITE"];
    let mut faults = String::new();
    for file in source::files().iter().filter(|file| file.path != "ui/theme.rs") {
        for (index, line) in file.lines.iter().enumerate() {
            for (at, found) in line.match_indices("Color32::") {
                let name: String = line[at + found.len()..].chars().take_while(|c| is_of_name(*c)).collect();
                // Functions are Clippy's, see clippy.toml.
                let is_constant = name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
                if is_constant && !name.is_empty() && !FREE.contains(&name.as_str()) {
                    let _ = writeln!(
                        faults,
                        "{}: use a colour of ui::theme::Tokens: {}",
                        file.place(index),
                        line.trim()
                    );
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

/// The layers that a file names, each with the index of its line.
fn known_layers(file: &SourceFile) -> Vec<(usize, String)> {
    let is_layer = |name: &str| LAYERS.iter().any(|layer| layer.name == name);
    // `super` from a file in src/a/b.rs leads to a, once more to the crate.
    let depth = file.path.trim_end_matches("/mod.rs").split('/').count();
    let from_the_crate = "super::".repeat(depth);
    let mut found = Vec::new();
    for (index, line) in file.lines.iter().enumerate() {
        let code = line.trim();
        if code == "use crate::*;" || code.starts_with("use crate as ") {
            found.push((index, "main".to_owned()));
        }
        for root in ["crate::", "linchpin::", &from_the_crate] {
            for (at, _) in line.match_indices(root) {
                if line[..at].chars().next_back().is_some_and(|before| is_of_name(before) || before == ':') {
                    continue;
                }
                let rest = &file.lines[index][at + root.len()..];
                if rest.starts_with('{') {
                    // `use crate::{a::B, c::D}`, over one line or several.
                    let text = file.lines[index..].join("\n")[at + root.len()..].to_owned();
                    found.extend(first_names(&text).into_iter().map(|name| (index, name)));
                } else {
                    found.push((index, rest.chars().take_while(|c| is_of_name(*c)).collect()));
                }
            }
        }
    }
    found.retain(|(_, name)| is_layer(name));
    found
}

/// The first names of the paths in the braces that a text begins with.
fn first_names(text: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0;
    let mut is_first = true;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => break,
            '}' => depth -= 1,
            ',' if depth == 1 => {
                names.push(String::new());
                is_first = true;
            }
            ':' => is_first = false,
            c if depth == 1 && is_first && is_of_name(c) => names.last_mut().expect("one").push(c),
            _ => {}
        }
    }
    names
}

/// Whether a `use` that begins in this line brings a crate or module in by braces or by another name:
/// `use std::{env, fs};`, `use std::fs as files;`.
fn is_used(file: &SourceFile, index: usize, path: &str) -> bool {
    let line = file.lines[index].trim_start();
    if !(line.starts_with("use ") || line.starts_with("pub use ")) {
        return false;
    }
    let all = file.lines[index..].join(" ");
    let statement = all.split_once(';').map_or(&*all, |(statement, _)| statement);
    let (root, name) = path.split_once("::").unwrap_or(("", path));
    let words: Vec<&str> = statement.split(|c| !is_of_name(c)).filter(|word| !word.is_empty()).collect();
    let first = words.iter().position(|word| !matches!(*word, "pub" | "use" | "crate" | "super" | "in"));
    let Some(first) = first else { return false };
    match root {
        "" => words[first] == name,
        root => words[first] == root && words[first + 1..].contains(&name),
    }
}

/// Whether a line names a crate or a module, as a whole path of its own.
fn names(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let rest = &line[at + path.len()..];
        let after_use = line[..at].trim_end().ends_with("use");
        before.is_none_or(|c| !is_of_name(c) && c != ':' && c != '"')
            && (rest.starts_with("::") || (after_use && rest.starts_with(';')))
    })
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[test]
fn imports_are_found_in_every_form() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    let file = SourceFile {
        path: "domain/score/mod.rs".to_owned(),
        lines: lines(
            "use crate::{\n    app::{self, ui},\n    store::Store,\n};\nlet a = super::super::ui::run();\nuse crate::domain;\n::std::x",
        ),
    };
    let found: Vec<String> =
        known_layers(&file).into_iter().map(|(line, name)| format!("{line} {name}")).collect();
    assert_eq!(found, ["0 app", "0 store", "4 ui", "5 domain"]);
    assert!(names("use eframe::egui;", "eframe") && names("    std::fs::read(x)", "std::fs"));
    assert!(!names("let egui = 1;", "egui") && !names("self::egui::x", "egui"));
}

/// What writes, renames or syncs a file, as the standard library spells it.
const WRITING: [&str; 7] =
    ["fs::write(", "fs::rename(", "fs::copy(", "hard_link(", "File::create", ".create_new(", "sync_all("];

/// Where it is written nevertheless: moving what cannot be read out of the way, and an empty file that SQLite fills.
const WRITES_ITSELF: [(&str, &str); 3] = [
    ("app/settings.rs", "fs::rename("),
    ("store/backup.rs", "fs::rename("),
    ("store/open.rs", "File::create"),
];

#[test]
fn one_module_writes_files() {
    let mut faults = String::new();
    let mut excepted = std::collections::BTreeSet::new();
    for file in source::files().iter().filter(|file| file.path != "atomic_file.rs") {
        for (index, line) in file.lines.iter().enumerate() {
            for call in WRITING.iter().filter(|call| line.contains(**call)) {
                if WRITES_ITSELF.contains(&(&file.path, call)) {
                    excepted.insert((file.path.clone(), *call));
                } else {
                    let _ = writeln!(faults, "{}: use atomic_file: {}", file.place(index), line.trim());
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
    assert!(excepted.len() == WRITES_ITSELF.len(), "an exception that nothing needs any more");
}
