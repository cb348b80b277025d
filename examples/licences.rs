//! Writes `assets/licences.txt`, the licences of everything that is linked into the program: `cargo run --example
//! licences`. Run it when a dependency was added, removed or updated; a test in tests/house fails until then.
//!
//! The list comes from `cargo tree` for every supported system, the texts from the source folders of the
//! crates. The same sources give the same file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The supported systems, which CI builds and tests, see .github/workflows/ci.yml.
const TARGETS: [&str; 3] = ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc", "aarch64-apple-darwin"];

const HEAD: &str = "\
# What Linchpin is built from, and its licences. Made by `cargo run --example licences`; not to be edited.
# A line for each part: name, version, licence as its authors call it, where its source is, its texts by number.
";

/// Parts that are no crates: name, version, licence, source, file of the licence text.
const OTHERS: [[&str; 5]; 7] = [
    [
        "Hanja dictionary of libhangul",
        "",
        "BSD-3-Clause",
        "https://github.com/libhangul/libhangul",
        "assets/words/LICENSE-hanja.txt",
    ],
    ["Lucide", "1.62", "ISC", "https://lucide.dev", "assets/icons/lucide-LICENSE.txt"],
    [
        "Pretendard",
        "",
        "OFL-1.1",
        "https://github.com/orioncactus/pretendard",
        "assets/fonts/Pretendard-LICENSE.txt",
    ],
    [
        "Rust standard library",
        env!("CARGO_PKG_RUST_VERSION"),
        "MIT OR Apache-2.0",
        "https://github.com/rust-lang/rust",
        "LICENSE-APACHE",
    ],
    ["SCOWL", "2020.12.07", "SCOWL", "http://wordlist.aspell.net", "assets/words/LICENSE-SCOWL.txt"],
    ["SQLite", "", "public domain", "https://sqlite.org", ""],
    ["Linchpin", "", "MIT OR Apache-2.0", "", "LICENSE-MIT"],
];

/// Phrases that identify the text of a licence.
const MARKS: [(&str, &str); 14] = [
    ("LGPL", "GNU Lesser General Public License"),
    ("GPL", "GNU GENERAL PUBLIC LICENSE"),
    ("MPL-2.0", "Mozilla Public License"),
    ("OFL-1.1", "SIL OPEN FONT LICENSE"),
    ("Ubuntu-font-1.0", "UBUNTU FONT LICENCE"),
    ("Apache-2.0", "Apache License"),
    ("MIT", "Permission is hereby granted, free of charge, to any person obtaining"),
    ("Unicode-3.0", "UNICODE LICENSE"),
    ("BSL-1.0", "Boost Software License"),
    ("Unlicense", "This is free and unencumbered software"),
    ("Zlib", "provided 'as-is', without any express or implied"),
    ("BSD", "Redistribution and use in source and binary forms"),
    ("ISC", "Permission to use, copy, modify, and"),
    ("CC0-1.0", "CC0 1.0 Universal"),
];

/// Licences in order of preference where a crate offers a choice: first those that name the authors.
const PREFERRED: [&str; 6] = ["MIT", "BSD", "Zlib", "Apache-2.0", "MPL-2.0", "Unlicense"];

type Failure = Box<dyn std::error::Error>;

/// A part of the program.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    name: String,
    version: String,
    licence: String,
    source: String,
}

fn main() -> Result<(), Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = folders_of_crates()?;
    let mut parts: BTreeMap<Part, Vec<String>> = BTreeMap::new();
    let mut without: Vec<Part> = Vec::new();
    for part in linked_crates()? {
        let folder =
            folders.get(&(part.name.clone(), part.version.clone())).ok_or("a crate without a folder")?;
        let texts = texts_in(folder, &part.licence)?;
        match texts.is_empty() {
            true => without.push(part),
            false => drop(parts.insert(part, texts)),
        }
    }
    for part in without {
        let text = standard_text(&part, root, &parts)?;
        parts.insert(part, vec![text]);
    }
    for [name, version, licence, source, file] in OTHERS {
        let texts = match file {
            "" => vec![format!("{name} is in the public domain.")],
            file => vec![tidied(&std::fs::read_to_string(root.join(file))?)],
        };
        let [name, version, licence, source] = [name, version, licence, source].map(str::to_owned);
        parts.insert(Part { name, version, licence, source }, texts);
    }
    let text = written(&parts)?;
    std::fs::write(root.join("assets/licences.txt"), text)?;
    Ok(())
}

/// Runs a cargo command and returns its output.
fn cargo(arguments: &[&str]) -> Result<String, Failure> {
    let done =
        Command::new(env!("CARGO")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output()?;
    if done.status.success() {
        Ok(String::from_utf8(done.stdout)?)
    } else {
        Err(String::from_utf8(done.stderr)?.into())
    }
}

/// The crates linked on any of the systems, without build dependencies and procedural macros.
fn linked_crates() -> Result<BTreeSet<Part>, Failure> {
    let mut parts = BTreeSet::new();
    for target in TARGETS {
        let tree = cargo(&[
            "tree",
            "--locked",
            "--edges",
            "normal,no-proc-macro",
            "--target",
            target,
            "--prefix",
            "none",
            "--no-dedupe",
            "--format",
            "{p}\t{l}\t{r}",
        ])?;
        for line in tree.lines() {
            let [package, licence, source] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
            let Some((name, version)) = package.split_once(" v") else { continue };
            // The line of this program itself has a path.
            if version.contains(' ') {
                continue;
            }
            let licence = licence.replace(" / ", " OR ").replace('/', " OR ");
            let source = source.strip_suffix(".git").unwrap_or(source);
            let [name, version, source] = [name, version, source].map(str::to_owned);
            parts.insert(Part { name, version, licence, source });
        }
    }
    Ok(parts)
}

/// The source folder of every crate in the lock file, by name and version.
fn folders_of_crates() -> Result<BTreeMap<(String, String), PathBuf>, Failure> {
    let metadata: serde_json::Value =
        serde_json::from_str(&cargo(&["metadata", "--locked", "--format-version", "1"])?)?;
    let text = |package: &serde_json::Value, key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let packages = metadata["packages"].as_array().ok_or("no packages")?;
    Ok(packages
        .iter()
        .map(|package| {
            let manifest = PathBuf::from(text(package, "manifest_path"));
            let folder = manifest.parent().unwrap_or(Path::new("")).to_owned();
            ((text(package, "name"), text(package, "version")), folder)
        })
        .collect())
}

/// The licence texts in the source folder of a crate; where the authors offer a choice, only the preferred one.
fn texts_in(folder: &Path, licence: &str) -> Result<Vec<String>, Failure> {
    let mut files = Vec::new();
    collect(folder, 1, &mut files)?;
    files.sort();
    let mut texts = Vec::new();
    for file in files {
        let text = tidied(&String::from_utf8_lossy(&std::fs::read(file)?));
        if !text.is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    let kinds: Vec<Option<&str>> = texts.iter().map(|text| kind_of(text)).collect();
    let is_choice = licence.contains(" OR ") && !licence.contains(" AND ");
    let taken = PREFERRED.into_iter().find(|kind| is_choice && kinds.contains(&Some(kind)));
    // Files that are no licence, such as notices, are always included.
    let is_wanted = |kind: &Option<&str>| taken.is_none_or(|taken| kind.is_none_or(|kind| kind == taken));
    Ok(texts.into_iter().zip(&kinds).filter(|(_, kind)| is_wanted(kind)).map(|(text, _)| text).collect())
}

/// The licence files in a folder and its subfolders, down to a depth.
fn collect(folder: &Path, depth: u8, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    const BEGINNINGS: [&str; 8] =
        ["license", "licence", "copying", "copyright", "notice", "unlicense", "ofl", "ufl"];
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let is_text =
            !matches!(path.extension().and_then(|end| end.to_str()), Some("rs" | "html" | "json" | "toml"));
        let is_licence = BEGINNINGS.iter().any(|beginning| name.starts_with(beginning));
        // Licence files of fonts are named after the font.
        let is_of_font = folder.ends_with("fonts") && name.ends_with(".txt");
        if path.is_dir() && depth > 0 && (is_licence || name == "fonts") {
            collect(&path, depth - 1, files)?;
        } else if path.is_file() && is_text && (is_licence || is_of_font) {
            files.push(path);
        }
    }
    Ok(())
}

/// Which licence a text is; `None` for anything else.
fn kind_of(text: &str) -> Option<&'static str> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    // The first match counts: licences name others further down.
    let found = MARKS.iter().filter_map(|(kind, mark)| Some((words.find(&mark.to_lowercase())?, *kind)));
    found.min().map(|(_, kind)| kind)
}

/// The standard text of a licence, for a crate without a licence file.
fn standard_text(part: &Part, root: &Path, parts: &BTreeMap<Part, Vec<String>>) -> Result<String, Failure> {
    let names = |kind: &str| part.licence.split([' ', '(', ')']).any(|word| word == kind);
    if names("Apache-2.0") {
        return Ok(tidied(&std::fs::read_to_string(root.join("LICENSE-APACHE"))?));
    }
    if names("MIT") {
        let own = tidied(&std::fs::read_to_string(root.join("LICENSE-MIT"))?);
        let (_, terms) = own.split_once("\n\nPermission").ok_or("LICENSE-MIT is not as it was")?;
        return Ok(format!("MIT License\n\nCopyright (c) the authors of {}\n\nPermission{terms}", part.name));
    }
    let of_kind = |text: &&String| kind_of(text).is_some_and(names);
    let found = parts.values().flatten().find(of_kind);
    found.cloned().ok_or_else(|| format!("no text of {} for {}", part.licence, part.name).into())
}

/// The text with uniform line ends, without trailing blanks and surrounding empty lines.
fn tidied(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').replace('\r', "").replace(['\t', '\u{c}'], "    ");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The whole file. Texts that differ only in layout are included once.
fn written(parts: &BTreeMap<Part, Vec<String>>) -> Result<String, Failure> {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut texts: Vec<&str> = Vec::new();
    let mut list = String::new();
    for (part, own) in parts {
        let mut of_part: Vec<String> = Vec::new();
        for text in own {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let number = *numbers.entry(words).or_insert_with(|| {
                texts.push(text);
                texts.len()
            });
            of_part.push(number.to_string());
        }
        let Part { name, version, licence, source } = part;
        writeln!(list, "{name}\t{version}\t{licence}\t{source}\t{}", of_part.join(" "))?;
    }
    let mut file = format!("{HEAD}{list}");
    for (index, text) in texts.into_iter().enumerate() {
        writeln!(file, "\n== {}\n{text}", index + 1)?;
    }
    Ok(file)
}
