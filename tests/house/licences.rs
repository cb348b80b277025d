//! Every linked crate has an allowed licence, which the page About shows.

use std::collections::BTreeSet;
use std::process::Command;

use linchpin::app::licences::Licences;

use crate::source::root;

/// A crate that is linked: name, version, licence.
type Linked = (String, String, String);

/// The crates linked on this system; nothing has to be downloaded, because they were just built.
fn linked() -> BTreeSet<Linked> {
    let done = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--edges", "normal,no-proc-macro"])
        .args(["--prefix", "none", "--no-dedupe", "--format", "{p}\t{l}"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = String::from_utf8(done.stdout).expect("cargo prints text");
    let crates: BTreeSet<Linked> = text.lines().filter_map(linked_crate).collect();
    assert!(crates.len() > 100, "dependencies are found");
    crates
}

/// The crate in a line of the tree; `None` for this program, whose line has a folder.
fn linked_crate(line: &str) -> Option<Linked> {
    let (package, licence) = line.split_once('\t')?;
    let (name, version) = package.split_once(" v")?;
    let own = |text: &str| text.to_owned();
    (!version.contains(' ')).then(|| (own(name), own(version), own(licence)))
}

#[test]
fn every_linked_crate_has_a_licence_that_deny_toml_allows() {
    let deny = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let (_, list) = deny.split_once("\nallow = [").expect("a list of licences");
    let (list, _) = list.split_once(']').expect("its end");
    let allowed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    let refused: Vec<Linked> =
        linked().into_iter().filter(|(_, _, licence)| !is_allowed(licence, &allowed)).collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn the_licences_inside_the_program_are_those_of_the_linked_crates() {
    let listed: BTreeSet<(&str, &str)> =
        Licences::embedded().parts().iter().map(|part| (part.name, part.version)).collect();
    let linked = linked();
    let missing: Vec<&Linked> = linked
        .iter()
        .filter(|(name, version, _)| !listed.contains(&(name.as_str(), version.as_str())))
        .collect();
    assert!(missing.is_empty(), "run `cargo run --example licences`: {missing:#?}");

    // Crates of other systems are not known here, but the list must not have any that is not in Cargo.lock.
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let crates: BTreeSet<(&str, &str)> = lock
        .split("[[package]]")
        .filter_map(|entry| {
            let value = |key: &str| entry.lines().find_map(|line| line.strip_prefix(key)?.strip_suffix('"'));
            Some((value("name = \"")?, value("version = \"")?))
        })
        .collect();
    // Parts that are no crates, as in examples/licences.rs.
    const OTHERS: [&str; 7] = [
        "Hanja dictionary of libhangul",
        "Linchpin",
        "Lucide",
        "Pretendard",
        "Rust standard library",
        "SCOWL",
        "SQLite",
    ];
    let old: Vec<_> = listed
        .iter()
        .filter(|(name, _)| !OTHERS.contains(name))
        .filter(|part| !crates.contains(part))
        .collect();
    assert!(old.is_empty(), "run `cargo run --example licences`: {old:?}");
}

#[test]
fn every_part_has_licence_texts_and_the_assets_are_included() {
    let licences = Licences::embedded();
    for part in licences.parts() {
        assert!(licences.texts(part).next().is_some_and(|text| text.len() > 20), "{part:?}");
        assert!(!part.licence.is_empty(), "{part:?}");
    }
    for (name, words) in [
        ("Pretendard", "SIL OPEN FONT LICENSE"),
        ("Lucide", "ISC License"),
        ("SCOWL", "Kevin Atkinson"),
        ("Hanja dictionary of libhangul", "Choe Hwanjin"),
        ("egui", "Apache License"),
    ] {
        let part = licences.parts().iter().find(|part| part.name == name);
        let part = part.unwrap_or_else(|| panic!("no part {name}"));
        assert!(licences.texts(part).any(|text| text.contains(words)), "{name}: {words}");
    }
}

/// Whether the allowed licences satisfy an SPDX expression: `OR` needs one side, `AND` needs both.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    let result = any_of(&mut words, allowed);
    result && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    let mut result = all_of(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        result |= all_of(words, allowed);
    }
    result
}

fn all_of(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    let mut result = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        result &= one(words, allowed);
    }
    result
}

fn one(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    match words.next() {
        Some("(") => {
            let result = any_of(words, allowed);
            result && words.next() == Some(")")
        }
        Some(name) => {
            let exception = words.next_if_eq(&"WITH").and_then(|_| words.next());
            let name = exception.map_or(name.to_owned(), |exception| format!("{name} WITH {exception}"));
            allowed.contains(&name.as_str())
        }
        None => false,
    }
}

#[test]
fn licence_expressions_are_evaluated() {
    let allowed = ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"];
    for expression in [
        "MIT",
        "GPL-3.0 OR MIT",
        "Apache-2.0/MIT",
        "(MIT OR GPL-3.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(is_allowed(expression, &allowed), "{expression}");
    }
    for expression in ["GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0", "(MIT OR GPL-3.0) AND GPL-3.0", ""] {
        assert!(!is_allowed(expression, &allowed), "{expression}");
    }
}
