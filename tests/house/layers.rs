//! Which layer may use which: `domain <- formats <- library`, `domain <- store`, all of these `<- app`,
//! `app <- ui <- main`, `app <- cli <- main`. `atomic_file` uses none of them, and whoever writes files uses it.
//! `plain_file` uses none of them either, and whoever reads files uses it; nor does `background`, and whoever starts
//! threads uses it. `text` uses `domain` alone, and whoever shows texts uses it.

use std::fmt::Write;

use crate::source::{self, SourceFile};

/// A folder of `src`, and what it may use besides itself.
struct Layer {
    name: &'static str,
    /// Other layers.
    knows: &'static [&'static str],
    /// Crates and parts of the standard library that it must not use.
    never: &'static [&'static str],
}

/// Crates that only the window may use.
const TOOLKIT: [&str; 4] = ["eframe", "egui", "egui_plot", "winit"];

const LAYERS: [Layer; 12] = [
    // Pure: the same results on every machine and at every time.
    Layer { name: "domain", knows: &[], never: &PURE },
    Layer { name: "text", knows: &["domain"], never: &PURE },
    Layer { name: "formats", knows: &["domain", "text"], never: &PURE },
    // Only the standard library: what it does to files can be read in one place.
    Layer { name: "atomic_file", knows: &[], never: &NO_CRATES },
    // So it is with what it reads.
    Layer { name: "plain_file", knows: &[], never: &NO_CRATES },
    // It knows nothing of what it runs.
    Layer { name: "background", knows: &[], never: &NO_CRATES },
    Layer { name: "store", knows: &["domain", "atomic_file", "plain_file"], never: &TOOLKIT },
    Layer {
        name: "library",
        knows: &["domain", "text", "formats", "atomic_file", "plain_file", "background"],
        never: &TOOLKIT,
    },
    Layer {
        name: "app",
        knows: &["domain", "text", "formats", "store", "library", "atomic_file", "plain_file", "background"],
        never: &TOOLKIT,
    },
    Layer {
        name: "ui",
        knows: &["domain", "text", "formats", "store", "library", "app", "plain_file", "background"],
        never: &["clap"],
    },
    Layer {
        name: "cli",
        knows: &["domain", "text", "formats", "store", "library", "app", "atomic_file", "plain_file"],
        never: &TOOLKIT,
    },
    Layer { name: "main", knows: &["cli", "ui"], never: &TOOLKIT },
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

#[test]
fn a_layer_uses_only_the_layers_below_it() {
    let mut violations = String::new();
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
            let (place, import) = (file.place(line), file.lines[line].trim());
            let _ = writeln!(violations, "{place}: {} must not know {known}: {import}", layer.name);
        }
    }
    assert!(violations.is_empty(), "{violations}");
}

#[test]
fn only_the_window_uses_the_toolkit_and_pure_layers_touch_nothing_outside() {
    let mut violations = String::new();
    for file in source::files() {
        let Some(layer) = LAYERS.iter().find(|layer| layer.name == file.layer()) else { continue };
        for (index, line) in file.lines.iter().enumerate() {
            for never in layer.never.iter().filter(|never| names(line, never) || is_used(&file, index, never))
            {
                let _ = writeln!(
                    violations,
                    "{}: {never} is not for {}: {}",
                    file.place(index),
                    layer.name,
                    line.trim()
                );
            }
        }
    }
    assert!(violations.is_empty(), "{violations}");
}

#[test]
fn colours_are_defined_only_in_the_themes() {
    // Not colours of the design: fully transparent, "set later", and an image without a tint.
    const FREE: [&str; 3] = ["TRANSPARENT", "PLACEHOLDER", "WHITE"];
    let mut violations = String::new();
    for file in source::files().iter().filter(|file| file.path != "ui/theme.rs") {
        for (index, line) in file.lines.iter().enumerate() {
            for (at, found) in line.match_indices("Color32::") {
                let name: String = line[at + found.len()..].chars().take_while(|c| is_of_name(*c)).collect();
                // Clippy forbids the functions, see clippy.toml.
                let is_constant = name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
                if is_constant && !name.is_empty() && !FREE.contains(&name.as_str()) {
                    let _ = writeln!(
                        violations,
                        "{}: use a colour of ui::theme::Tokens: {}",
                        file.place(index),
                        line.trim()
                    );
                }
            }
        }
    }
    assert!(violations.is_empty(), "{violations}");
}

/// The layers that a file names, each with the index of its line.
fn known_layers(file: &SourceFile) -> Vec<(usize, String)> {
    let is_layer = |name: &str| LAYERS.iter().any(|layer| layer.name == name);
    // `super` in src/a/b.rs is the module a, and `super::super` is the crate.
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

/// The first name of each path in the braces at the beginning of a text.
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

/// Whether a `use` that begins in this line imports a crate or module in braces or under another name:
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

/// Where it is written nevertheless: moving what cannot be read out of the way.
const WRITES_ITSELF: [(&str, &str); 3] = [
    ("app/ron_file.rs", "fs::rename("),
    ("store/backup.rs", "fs::rename("),
    ("store/restore.rs", "fs::rename("),
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

/// What opens a file for reading, as the standard library spells it.
const READING: [&str; 3] = ["fs::read(", "fs::read_to_string(", "File::open("];

/// Where it is read nevertheless: a folder that is synced.
const READS_ITSELF: [&str; 2] = ["atomic_file.rs", "plain_file.rs"];

#[test]
fn one_module_reads_files() {
    let mut faults = String::new();
    let is_excepted = |path: &str| READS_ITSELF.iter().any(|start| path.starts_with(start));
    for file in source::files().iter().filter(|file| !is_excepted(&file.path)) {
        for (index, line) in file.lines.iter().enumerate() {
            if READING.iter().any(|call| line.contains(call)) {
                let _ = writeln!(faults, "{}: use plain_file: {}", file.place(index), line.trim());
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

/// Where what is printed for people goes through; `cli/terminal.rs` prints what it has wrapped, which makes it safe.
const PRINTS: [&str; 2] = ["cli/output.rs", "cli/terminal.rs"];

#[test]
fn one_module_prints() {
    let mut faults = String::new();
    for file in source::files().iter().filter(|file| !PRINTS.contains(&file.path.as_str())) {
        for (index, line) in file.lines.iter().enumerate() {
            // Whether it is a terminal may be asked anywhere.
            let code = line.replace("stdout().is_terminal()", "").replace("stderr().is_terminal()", "");
            if ["io::stdout()", "io::stderr()", "print!(", "println!("].iter().any(|call| code.contains(call))
            {
                let _ = writeln!(faults, "{}: use cli::output: {}", file.place(index), line.trim());
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn one_module_starts_threads() {
    let mut faults = String::new();
    for file in source::files().iter().filter(|file| file.path != "background.rs") {
        for (index, line) in file.lines.iter().enumerate() {
            if ["thread::spawn", "thread::Builder"].iter().any(|call| line.contains(call)) {
                let _ = writeln!(
                    faults,
                    "{}: use background::BackgroundTask: {}",
                    file.place(index),
                    line.trim()
                );
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}
