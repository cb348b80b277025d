//! `linchpin check`: every fault of deck files, with its place and what to do.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::fix::{self, Fixed};
use super::snippet::{place, render};
use super::terminal::width;
use super::{Failure, tell};
use crate::app::Dirs;
use crate::domain::diagnostic::{Diagnostic, Fix, Severity};
use crate::domain::edit::Splice;
use crate::formats::ron_deck::{
    self,
    tree::{Body, Value},
};
use crate::library::{SHIPPED, picture_lints};

/// What `check --json` prints.
#[derive(Debug, Serialize)]
struct Report {
    /// In the order checked.
    files: Vec<FileReport>,
    /// Faults that keep questions, or whole decks, from being used.
    errors: usize,
    /// What works and would be better otherwise.
    lints: usize,
}

/// One file of [`Report`].
#[derive(Debug, Serialize)]
struct FileReport {
    /// As given.
    path: String,
    /// The deck's id; null when no deck could be read.
    deck: Option<String>,
    /// Sound questions.
    questions: usize,
    /// In the order of the file, after it was mended.
    diagnostics: Vec<Entry>,
    /// What `--fix` did; null without it.
    fixed: Option<Fixed>,
}

/// One fault or lint. Lines and columns count from 1, columns in characters; bytes from 0.
#[derive(Debug, Serialize)]
struct Entry {
    /// `error` or `lint`.
    severity: &'static str,
    /// A stable name.
    code: &'static str,
    message: String,
    help: Option<String>,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start_byte: usize,
    end_byte: usize,
    related: Option<Related>,
    fix: Option<FixEntry>,
}

/// What mends a fault for certain.
#[derive(Debug, Serialize)]
struct FixEntry {
    title: String,
    /// Bytes of the text that become others, in order.
    changes: Vec<Change>,
}

/// One of them.
#[derive(Debug, Serialize)]
struct Change {
    start_byte: usize,
    end_byte: usize,
    with: String,
}

/// A second place in the same file.
#[derive(Debug, Serialize)]
struct Related {
    line: u32,
    message: String,
}

/// A file with what was found in it.
struct Checked {
    path: String,
    /// `None` when it could not be read as text.
    text: Option<String>,
    deck: Option<String>,
    questions: usize,
    faults: Vec<Diagnostic>,
    fixed: Option<Fixed>,
}

/// How to check.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner {
    /// Print JSON.
    pub json: bool,
    /// Mend what is certain, in the files.
    pub fix: bool,
}

/// Checks the files, or the learner's own decks; whether all of them can be used.
///
/// # Errors
/// When nothing can be printed, or a folder cannot be read.
pub fn run(dirs: &Dirs, given: &[PathBuf], manner: Manner, out: &mut impl Write) -> Result<bool, Failure> {
    let own = [dirs.decks()];
    let only_own = given.is_empty();
    let files = if !only_own {
        deck_files(given)?
    } else if own[0].is_dir() {
        deck_files(&own)?
    } else {
        Vec::new()
    };
    if files.is_empty() {
        tell(&match only_own {
            true => format!("no decks of your own yet: put *.ron files into {}", own[0].display()),
            false => "there are no *.ron files there".to_owned(),
        });
    }
    let mut checked: Vec<Checked> = files.iter().map(|path| check(path, manner.fix)).collect();
    let mut seen: Vec<(String, String)> = Vec::new();
    if only_own {
        // The decks inside the program come first, so a deck of one's own with such an id is left out.
        for (name, text) in SHIPPED {
            let deck = ron_deck::parse(text).deck;
            seen.extend(deck.map(|deck| (deck.id.to_string(), format!("{name} (inside the program)"))));
        }
    }
    for file in &mut checked {
        same_id(file, &mut seen);
    }

    let count = |severity: Severity| {
        let faults = checked.iter().flat_map(|file| &file.faults);
        faults.filter(|fault| fault.severity == severity).count()
    };
    let (errors, lints) = (count(Severity::Error), count(Severity::Lint));
    if manner.json {
        let report = Report { files: checked.iter().map(report).collect(), errors, lints };
        super::print_json(out, &report)?;
    } else {
        let columns = width();
        for file in &checked {
            if let Some(fixed) = &file.fixed {
                fixed.print(&file.path, out)?;
            }
            for fault in &file.faults {
                writeln!(out, "{}", render(&file.path, file.text.as_deref(), fault, columns))?;
            }
        }
        let questions: usize = checked.iter().map(|file| file.questions).sum();
        let counted = [
            super::counted(checked.len(), "file"),
            super::counted(questions, "sound question"),
            super::counted(errors, "error"),
            super::counted(lints, "lint"),
        ];
        writeln!(out, "{}", counted.join(", "))?;
    }
    Ok(errors == 0)
}

/// The files given; for a folder its `*.ron`, by name.
fn deck_files(given: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in given {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let unreadable = |error| Failure::Failed(format!("{} cannot be read: {error}", path.display()));
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(path).map_err(unreadable)? {
            inside.push(entry.map_err(unreadable)?.path());
        }
        inside.retain(|path| path.extension().is_some_and(|extension| extension == "ron"));
        inside.sort();
        files.extend(inside);
    }
    Ok(files)
}

fn check(path: &Path, fix: bool) -> Checked {
    let shown = path.display().to_string();
    let failed = |fault: Diagnostic| Checked {
        path: shown.clone(),
        text: None,
        deck: None,
        questions: 0,
        faults: vec![fault],
        fixed: None,
    };
    let fixed = fix.then(|| fix::mend(path));
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let help = "check the name and the rights of the file";
            let message = format!("this file cannot be read: {error}");
            return failed(fault("unreadable", message, help.to_owned(), "", 0..0));
        }
    };
    let text = match ron_deck::decode(&bytes) {
        Ok(text) => text.into_owned(),
        Err(fault) => return failed(fault),
    };
    let mut parsed = ron_deck::parse(&text);
    if let Some(deck) = &parsed.deck {
        picture_lints::merge(&mut parsed.diagnostics, picture_lints::lint(path, &text, deck, true));
    }
    let mut faults = parsed.diagnostics;
    let (fixed, unsaved) = match fixed {
        Some(Ok(fixed)) => (fixed, None),
        Some(Err(problem)) => (None, Some(problem)),
        None => (None, None),
    };
    if let Some(problem) = unsaved {
        let help = "check the rights of the file and of its folder".to_owned();
        faults.insert(0, fault("not-saved", problem, help, &text, 0..0));
    }
    Checked {
        path: shown,
        deck: parsed.deck.as_ref().map(|deck| deck.id.to_string()),
        questions: parsed.deck.map_or(0, |deck| deck.questions.len()),
        text: Some(text),
        faults,
        fixed,
    }
}

/// Two decks with one id: the later one is left out, as by the library.
fn same_id(file: &mut Checked, seen: &mut Vec<(String, String)>) {
    let Some(id) = &file.deck else { return };
    match seen.iter().find(|(other, _)| other == id) {
        Some((_, first)) => {
            let text = file.text.as_deref().unwrap_or_default();
            let message = format!("this deck is left out: its id {id:?} is that of {first}");
            let help = "give one of them another id".to_owned();
            file.faults.insert(0, fault("same-deck-id", message, help, text, id_span(text)));
        }
        None => seen.push((id.clone(), file.path.clone())),
    }
}

fn fault(
    code: &'static str,
    message: String,
    help: String,
    text: &str,
    span: std::ops::Range<usize>,
) -> Diagnostic {
    let (line, column) = place(text, span.start);
    Diagnostic {
        severity: Severity::Error,
        code,
        message,
        help: Some(help),
        span,
        line,
        column,
        related: None,
        fix: None,
    }
}

/// Where the deck's id stands.
fn id_span(text: &str) -> std::ops::Range<usize> {
    let tree = ron_deck::parse_tree(text);
    let Some(root) = tree.root else { return 0..0 };
    let mut value = &root.value;
    while let Value::Faulty(node) | Value::Partial(node) = value {
        value = &node.value;
    }
    let Value::Struct(_, Body::Fields(fields)) = value else { return 0..0 };
    fields.iter().find(|field| field.name == "id").map_or(0..0, |field| field.value.span.range())
}

fn report(file: &Checked) -> FileReport {
    let entry = |fault: &Diagnostic| {
        let text = file.text.as_deref();
        let (end_line, end_column) =
            text.map_or((fault.line, fault.column), |text| place(text, fault.span.end));
        Entry {
            severity: fault.severity.name(),
            code: fault.code,
            message: fault.message.clone(),
            help: fault.help.clone(),
            line: fault.line,
            column: fault.column,
            end_line,
            end_column,
            start_byte: fault.span.start,
            end_byte: fault.span.end,
            related: fault.related.clone().map(|(line, message)| Related { line, message }),
            fix: fault.fix.as_ref().map(fix_entry),
        }
    };
    FileReport {
        path: file.path.clone(),
        deck: file.deck.clone(),
        questions: file.questions,
        diagnostics: file.faults.iter().map(entry).collect(),
        fixed: file.fixed.clone(),
    }
}

fn fix_entry(fix: &Fix) -> FixEntry {
    let change = |splice: &Splice| Change {
        start_byte: splice.range.start,
        end_byte: splice.range.end,
        with: splice.with.clone(),
    };
    FixEntry { title: fix.title.clone(), changes: fix.edit.splices.iter().map(change).collect() }
}
