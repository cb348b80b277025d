//! `linchpin check`: prints every error and lint of deck files, with its position and what to do.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::CliError;
use super::fix::{self, FixedFile};
use super::output::print_message;
use super::snippet::{line_and_column, render};
use super::terminal::columns;
use crate::app::Dirs;
use crate::domain::diagnostic::{Diagnostic, Fix, Severity};
use crate::domain::edit::Splice;
use crate::formats::ron_deck::{
    self,
    tree::{StructBody, Value},
};
use crate::library::file::{self, DeckReadError};
use crate::library::{SHIPPED, image_lints};
use crate::text;

/// What `check --json` prints.
#[derive(Debug, Serialize)]
struct CheckReport {
    /// The files in the order in which they were checked.
    files: Vec<FileReport>,
    /// Number of errors, which keep questions or whole decks from being used.
    errors: usize,
    /// Number of lints: what works but should be improved.
    lints: usize,
}

/// One file of [`CheckReport`].
#[derive(Debug, Serialize)]
struct FileReport {
    /// The path as given.
    path: String,
    /// The deck's id; null when no deck could be read.
    deck: Option<String>,
    /// Number of questions without errors.
    questions: usize,
    /// In the order of the file, as it is after `--fix`.
    diagnostics: Vec<DiagnosticReport>,
    /// What `--fix` changed; null without `--fix`, or when nothing was changed.
    fixed: Option<FixedFile>,
}

/// One error or lint. Lines and columns count from 1, columns in characters; bytes count from 0. The end is the first
/// position after the error.
#[derive(Debug, Serialize)]
struct DiagnosticReport {
    /// `error` or `lint`.
    severity: &'static str,
    /// A stable name for scripts.
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

/// A fix that is certain to be right.
#[derive(Debug, Serialize)]
struct SuggestedFixReport {
    title: String,
    /// The replacements to make, in the order of the text.
    changes: Vec<SpliceReport>,
}

/// The replacement of a range of bytes by a text.
#[derive(Debug, Serialize)]
struct SpliceReport {
    start_byte: usize,
    end_byte: usize,
    with: String,
}

/// A second position in the same file that explains the error.
#[derive(Debug, Serialize)]
struct RelatedReport {
    line: u32,
    message: String,
}

/// A file that was checked.
struct CheckedFile {
    path: String,
    /// `None` when it could not be read as text.
    text: Option<String>,
    deck: Option<String>,
    questions: usize,
    diagnostics: Vec<Diagnostic>,
    fixed: Option<FixedFile>,
}

/// The options of the command.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckOptions {
    /// Print JSON.
    pub json: bool,
    /// Apply certain fixes to the files.
    pub fix: bool,
}

/// Checks the files given, or the user's own decks when none are given. Returns whether there are no errors.
///
/// # Errors
/// When nothing can be printed, or a folder cannot be read.
pub fn run(
    dirs: &Dirs,
    paths: &[PathBuf],
    options: CheckOptions,
    out: &mut impl Write,
) -> Result<bool, CliError> {
    let own_folder = [dirs.decks()];
    let only_own = paths.is_empty();
    let files = if !only_own {
        deck_files(paths)?
    } else if own_folder[0].is_dir() {
        deck_files(&own_folder)?
    } else {
        Vec::new()
    };
    if files.is_empty() {
        print_message(&match only_own {
            true => text::terminal::no_own_decks(own_folder[0].display()),
            false => text::terminal::NO_DECK_FILES.to_owned(),
        });
    }
    let mut checked: Vec<CheckedFile> = files.iter().map(|path| check_file(path, options.fix)).collect();
    let mut seen: Vec<(String, String)> = Vec::new();
    if only_own {
        // The library loads the decks inside the program first, so a user's deck with the same id is left out.
        for (name, text) in SHIPPED {
            let deck = ron_deck::parse(text).deck;
            seen.extend(deck.map(|deck| (deck.id.to_string(), format!("{name} (inside the program)"))));
        }
    }
    for file in &mut checked {
        report_duplicate_id(file, &mut seen);
    }

    let count = |severity: Severity| {
        let diagnostics = checked.iter().flat_map(|file| &file.diagnostics);
        diagnostics.filter(|diagnostic| diagnostic.severity == severity).count()
    };
    let (errors, lints) = (count(Severity::Error), count(Severity::Lint));
    if options.json {
        let report = CheckReport { files: checked.iter().map(file_report).collect(), errors, lints };
        super::print_json(out, &report)?;
    } else {
        let columns = columns();
        for file in &checked {
            if let Some(fixed) = &file.fixed {
                fixed.print(&file.path, out)?;
            }
            for diagnostic in &file.diagnostics {
                writeln!(out, "{}", render(&file.path, file.text.as_deref(), diagnostic, columns))?;
            }
        }
        let questions: usize = checked.iter().map(|file| file.questions).sum();
        writeln!(out, "{}", text::terminal::check_total(checked.len(), questions, errors, lints))?;
    }
    Ok(errors == 0)
}

/// The files given, and for a folder its `*.ron` files, sorted by name.
fn deck_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let unreadable = |error| CliError::Failed(text::terminal::not_readable(path.display(), error));
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

/// Checks a file, after applying certain fixes if `fix` is set. A file that cannot be read becomes an error too.
fn check_file(path: &Path, fix: bool) -> CheckedFile {
    let path_text = path.display().to_string();
    let failed = |diagnostic: Diagnostic| CheckedFile {
        path: path_text.clone(),
        text: None,
        deck: None,
        questions: 0,
        diagnostics: vec![diagnostic],
        fixed: None,
    };
    let fixed = fix.then(|| fix::fix_file(path));
    let text = match file::read(path) {
        Ok((text, _)) => text,
        Err(DeckReadError::NotText(diagnostic)) => return failed(*diagnostic),
        Err(DeckReadError::Io(error)) => {
            let help = "check the name and the rights of the file";
            let message = format!("this file cannot be read: {error}");
            return failed(error_diagnostic("unreadable", message, help.to_owned(), "", 0..0));
        }
    };
    let mut parsed = ron_deck::parse(&text);
    if let Some(deck) = &parsed.deck {
        image_lints::merge(&mut parsed.diagnostics, image_lints::lint(path, &text, deck, true));
    }
    let mut diagnostics = parsed.diagnostics;
    let (fixed, unsaved) = match fixed {
        Some(Ok(fixed)) => (fixed, None),
        Some(Err(problem)) => (None, Some(problem)),
        None => (None, None),
    };
    if let Some(problem) = unsaved {
        let help = "check the rights of the file and of its folder".to_owned();
        diagnostics.insert(0, error_diagnostic("not-saved", problem, help, &text, 0..0));
    }
    CheckedFile {
        path: path_text,
        deck: parsed.deck.as_ref().map(|deck| deck.id.to_string()),
        questions: parsed.deck.map_or(0, |deck| deck.questions.len()),
        text: Some(text),
        diagnostics,
        fixed,
    }
}

/// Reports a deck whose id one of the decks before has: the library leaves the later one out. `seen` holds the id of
/// each deck so far with its file.
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

/// An error that the parser does not know of.
fn error_diagnostic(
    code: &'static str,
    message: String,
    help: String,
    text: &str,
    span: std::ops::Range<usize>,
) -> Diagnostic {
    let (line, column) = line_and_column(text, (0, 1, 1), span.start);
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

/// The range of the deck's id in the text; empty when it cannot be found.
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
    let entry = |diagnostic: &Diagnostic| {
        let text = file.text.as_deref();
        let start = (diagnostic.span.start, diagnostic.line, diagnostic.column);
        let (end_line, end_column) = text.map_or((diagnostic.line, diagnostic.column), |text| {
            line_and_column(text, start, diagnostic.span.end)
        });
        DiagnosticReport {
            severity: diagnostic.severity.name(),
            code: diagnostic.code,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            line: diagnostic.line,
            column: diagnostic.column,
            end_line,
            end_column,
            start_byte: diagnostic.span.start,
            end_byte: diagnostic.span.end,
            related: diagnostic.related.clone().map(|(line, message)| RelatedReport { line, message }),
            fix: diagnostic.fix.as_ref().map(suggested_fix),
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
