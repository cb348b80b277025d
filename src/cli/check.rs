//! `linchpin check`: every fault of deck files, with its place and what to do.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::fix::{self, FixedFile};
use super::snippet::{line_and_column, render};
use super::terminal::columns;
use super::{Failure, print_message};
use crate::app::Dirs;
use crate::domain::diagnostic::{Diagnostic, Fix, Severity};
use crate::domain::edit::Splice;
use crate::formats::ron_deck::{
    self,
    tree::{StructBody, Value},
};
use crate::library::{SHIPPED, image_lints};

/// What `check --json` prints.
#[derive(Debug, Serialize)]
struct CheckReport {
    /// In the order checked.
    files: Vec<FileReport>,
    /// Faults that keep questions, or whole decks, from being used.
    errors: usize,
    /// What works and would be better otherwise.
    lints: usize,
}

/// One file of [`CheckReport`].
#[derive(Debug, Serialize)]
struct FileReport {
    /// As given.
    path: String,
    /// The deck's id; null when no deck could be read.
    deck: Option<String>,
    /// Sound questions.
    questions: usize,
    /// In the order of the file, after it was mended.
    diagnostics: Vec<DiagnosticReport>,
    /// What `--fix` did; null without it.
    fixed: Option<FixedFile>,
}

/// One fault or lint. Lines and columns count from 1, columns in characters; bytes from 0.
#[derive(Debug, Serialize)]
struct DiagnosticReport {
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
    related: Option<RelatedReport>,
    fix: Option<SuggestedFixReport>,
}

/// What mends a fault for certain.
#[derive(Debug, Serialize)]
struct SuggestedFixReport {
    title: String,
    /// Bytes of the text that become others, in order.
    changes: Vec<SpliceReport>,
}

/// One of them.
#[derive(Debug, Serialize)]
struct SpliceReport {
    start_byte: usize,
    end_byte: usize,
    with: String,
}

/// A second place in the same file.
#[derive(Debug, Serialize)]
struct RelatedReport {
    line: u32,
    message: String,
}

/// A file with what was found in it.
struct CheckedFile {
    path: String,
    /// `None` when it could not be read as text.
    text: Option<String>,
    deck: Option<String>,
    questions: usize,
    diagnostics: Vec<Diagnostic>,
    fixed: Option<FixedFile>,
}

/// How to check.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckOptions {
    /// Print JSON.
    pub json: bool,
    /// Mend what is certain, in the files.
    pub fix: bool,
}

/// Checks the files, or the learner's own decks; whether all of them can be used.
///
/// # Errors
/// When nothing can be printed, or a folder cannot be read.
pub fn run(
    dirs: &Dirs,
    given: &[PathBuf],
    manner: CheckOptions,
    out: &mut impl Write,
) -> Result<bool, Failure> {
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
        print_message(&match only_own {
            true => format!("no decks of your own yet: put *.ron files into {}", own[0].display()),
            false => "there are no *.ron files there".to_owned(),
        });
    }
    let mut checked: Vec<CheckedFile> = files.iter().map(|path| check_file(path, manner.fix)).collect();
    let mut seen: Vec<(String, String)> = Vec::new();
    if only_own {
        // The decks inside the program come first, so a deck of one's own with such an id is left out.
        for (name, text) in SHIPPED {
            let deck = ron_deck::parse(text).deck;
            seen.extend(deck.map(|deck| (deck.id.to_string(), format!("{name} (inside the program)"))));
        }
    }
    for file in &mut checked {
        report_duplicate_id(file, &mut seen);
    }

    let count = |severity: Severity| {
        let faults = checked.iter().flat_map(|file| &file.diagnostics);
        faults.filter(|fault| fault.severity == severity).count()
    };
    let (errors, lints) = (count(Severity::Error), count(Severity::Lint));
    if manner.json {
        let report = CheckReport { files: checked.iter().map(file_report).collect(), errors, lints };
        super::print_json(out, &report)?;
    } else {
        let columns = columns();
        for file in &checked {
            if let Some(fixed) = &file.fixed {
                fixed.print(&file.path, out)?;
            }
            for fault in &file.diagnostics {
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

fn check_file(path: &Path, fix: bool) -> CheckedFile {
    let shown = path.display().to_string();
    let failed = |fault: Diagnostic| CheckedFile {
        path: shown.clone(),
        text: None,
        deck: None,
        questions: 0,
        diagnostics: vec![fault],
        fixed: None,
    };
    let fixed = fix.then(|| fix::fix_file(path));
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let help = "check the name and the rights of the file";
            let message = format!("this file cannot be read: {error}");
            return failed(error_diagnostic("unreadable", message, help.to_owned(), "", 0..0));
        }
    };
    let text = match ron_deck::decode(&bytes) {
        Ok(text) => text.into_owned(),
        Err(fault) => return failed(fault),
    };
    let mut parsed = ron_deck::parse(&text);
    if let Some(deck) = &parsed.deck {
        image_lints::merge(&mut parsed.diagnostics, image_lints::lint(path, &text, deck, true));
    }
    let mut faults = parsed.diagnostics;
    let (fixed, unsaved) = match fixed {
        Some(Ok(fixed)) => (fixed, None),
        Some(Err(problem)) => (None, Some(problem)),
        None => (None, None),
    };
    if let Some(problem) = unsaved {
        let help = "check the rights of the file and of its folder".to_owned();
        faults.insert(0, error_diagnostic("not-saved", problem, help, &text, 0..0));
    }
    CheckedFile {
        path: shown,
        deck: parsed.deck.as_ref().map(|deck| deck.id.to_string()),
        questions: parsed.deck.map_or(0, |deck| deck.questions.len()),
        text: Some(text),
        diagnostics: faults,
        fixed,
    }
}

/// Two decks with one id: the later one is left out, as by the library.
fn report_duplicate_id(file: &mut CheckedFile, seen: &mut Vec<(String, String)>) {
    let Some(id) = &file.deck else { return };
    match seen.iter().find(|(other, _)| other == id) {
        Some((_, first)) => {
            let text = file.text.as_deref().unwrap_or_default();
            let message = format!("this deck is left out: its id {id:?} is that of {first}");
            let help = "give one of them another id".to_owned();
            file.diagnostics.insert(0, error_diagnostic("same-deck-id", message, help, text, id_span(text)));
        }
        None => seen.push((id.clone(), file.path.clone())),
    }
}

fn error_diagnostic(
    code: &'static str,
    message: String,
    help: String,
    text: &str,
    span: std::ops::Range<usize>,
) -> Diagnostic {
    let (line, column) = line_and_column(text, span.start);
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
    while let Value::Recovered(node) | Value::Partial(node) = value {
        value = &node.value;
    }
    let Value::Struct(_, StructBody::Fields(fields)) = value else { return 0..0 };
    fields.iter().find(|field| field.name == "id").map_or(0..0, |field| field.value.span.range())
}

fn file_report(file: &CheckedFile) -> FileReport {
    let entry = |fault: &Diagnostic| {
        let text = file.text.as_deref();
        let (end_line, end_column) =
            text.map_or((fault.line, fault.column), |text| line_and_column(text, fault.span.end));
        DiagnosticReport {
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
            related: fault.related.clone().map(|(line, message)| RelatedReport { line, message }),
            fix: fault.fix.as_ref().map(suggested_fix),
        }
    };
    FileReport {
        path: file.path.clone(),
        deck: file.deck.clone(),
        questions: file.questions,
        diagnostics: file.diagnostics.iter().map(entry).collect(),
        fixed: file.fixed.clone(),
    }
}

fn suggested_fix(fix: &Fix) -> SuggestedFixReport {
    let change = |splice: &Splice| SpliceReport {
        start_byte: splice.range.start,
        end_byte: splice.range.end,
        with: splice.replacement.clone(),
    };
    SuggestedFixReport { title: fix.title.clone(), changes: fix.edit.splices.iter().map(change).collect() }
}
