//! `linchpin import`: makes decks of lists from other programs.

use std::io::Write;
use std::path::Path;

use super::CliError;
use super::args::{ImportArguments, ImportAsArgument, YesNo};
use super::layout::{fit, safe_text};
use super::output::print_message;
use crate::app::core::deck_folders;
use crate::app::import::{self, ImportTarget, NewDeck};
use crate::app::{Dirs, Settings};
use crate::domain::question::{Answer, Question};
use crate::formats::export;
use crate::formats::import::{
    ColumnRole, ImportAs, ImportLayout, ImportOptions, ImportedQuestions, SniffedFile, read,
};
use crate::formats::markdown;
use crate::text;

/// Number of rows and of questions that a preview shows.
const PREVIEW_ROWS: usize = 5;
/// Most skipped rows that are listed one by one.
const MAX_LISTED_ROWS: usize = 20;

/// Imports the files, or previews the decks that they would become. Returns whether all could be imported.
///
/// # Errors
/// When the arguments do not fit together, or nothing can be printed.
pub fn run(dirs: &Dirs, arguments: &ImportArguments, out: &mut impl Write) -> Result<bool, CliError> {
    let several = arguments.files.len() > 1;
    if several && (arguments.title.is_some() || arguments.id.is_some()) {
        return Err(CliError::Usage(text::terminal::IMPORT_ONE_AT_A_TIME.to_owned()));
    }
    let roles = parse_roles(&arguments.columns)?;
    let folders = deck_folders(dirs, &Settings::load(&dirs.config).0);
    let mut target = match arguments.preview {
        true => ImportTarget::for_preview(&folders),
        false => ImportTarget::open(&folders),
    };
    if let Some(id) = &arguments.id {
        if !import::is_valid_id(id) {
            return Err(CliError::Usage(text::terminal::invalid_id(id)));
        }
        if target.is_taken(id) {
            return Err(CliError::Usage(text::terminal::id_taken(id)));
        }
    }
    let mut all_well = true;
    for path in &arguments.files {
        let result = import_file(&mut target, path, arguments, &roles, out);
        match result {
            Ok(()) => {}
            Err(CliError::Failed(message)) => {
                print_message(&format!("{}: {message}", path.display()));
                all_well = false;
            }
            Err(other) => return Err(other),
        }
    }
    Ok(all_well)
}

/// Imports or previews one file.
fn import_file(
    target: &mut ImportTarget,
    path: &Path,
    arguments: &ImportArguments,
    roles: &[ColumnRole],
    out: &mut impl Write,
) -> Result<(), CliError> {
    let sniffed = import::open(path).map_err(|error| CliError::Failed(error.to_string()))?;
    let options = options(&sniffed, arguments, roles);
    let imported =
        read(&sniffed, &options, &mut |_| true).map_err(|error| CliError::Failed(error.to_string()))?;
    let new = NewDeck {
        title: arguments.title.clone().unwrap_or_default(),
        id: arguments.id.clone(),
        language: arguments.language.clone(),
    };
    if arguments.preview {
        let (title, id) = target.reserve(&imported, &new);
        writeln!(out, "{}", safe_text(&path.display().to_string()))?;
        writeln!(out, "  {} ({})", safe_text(&title), safe_text(&id))?;
        print_layout(&sniffed, &options, out)?;
        print_questions(&imported, out)?;
        report_skipped(&imported, |line| writeln!(out, "  {line}"))?;
        return Ok(());
    }
    report_skipped(&imported, |line| {
        print_message(&format!("{}: {line}", path.display()));
        Ok(())
    })?;
    let written = target.write(imported, &new).map_err(|error| CliError::Failed(error.to_string()))?;
    let line = text::terminal::imported(written.questions, written.path.display(), &safe_text(&written.id));
    writeln!(out, "{line}")?;
    Ok(())
}

fn parse_roles(names: &[String]) -> Result<Vec<ColumnRole>, CliError> {
    let read = |name: &String| {
        ColumnRole::from_name(name.trim()).ok_or_else(|| {
            let known: Vec<&str> = ColumnRole::ALL.into_iter().map(ColumnRole::name).collect();
            CliError::Usage(text::terminal::unknown_column_role(name, &known.join(", ")))
        })
    };
    names.iter().map(read).collect()
}

/// The detected options, changed as far as the arguments say.
fn options(sniffed: &SniffedFile, arguments: &ImportArguments, roles: &[ColumnRole]) -> ImportOptions {
    let mut options = sniffed.options.clone();
    if arguments.separator.is_some() || arguments.row_end.is_some() {
        let separator = arguments.separator.as_deref().map_or(options.separator.clone(), parse_separator);
        let row_end = arguments.row_end.as_deref().map(parse_separator);
        options.layout = ImportLayout::Table;
        options = sniffed.with_separator(&options, &separator, row_end.as_deref());
    }
    if !roles.is_empty() {
        options.layout = ImportLayout::Table;
        let columns = options.roles.len().max(roles.len());
        options.roles = roles.to_vec();
        options.roles.resize(columns, ColumnRole::Ignore);
    }
    if let Some(headings) = arguments.headings {
        options.has_headings = headings == YesNo::Yes;
    }
    if let Some(html) = arguments.html {
        options.is_html = html == YesNo::Yes;
    }
    options.import_as = match arguments.kind {
        None => ImportAs::ByLength,
        Some(ImportAsArgument::Typed) => ImportAs::Typed,
        Some(ImportAsArgument::Recall) => ImportAs::Recall,
        Some(ImportAsArgument::Both) => ImportAs::Both,
    };
    options.topic = arguments.topic.clone();
    options
}

/// A separator given by its name, or the characters themselves with `\t` and `\n` replaced.
fn parse_separator(text: &str) -> String {
    match text.to_lowercase().as_str() {
        "tab" => "\t".to_owned(),
        "comma" => ",".to_owned(),
        "semicolon" => ";".to_owned(),
        "pipe" => "|".to_owned(),
        _ => text.replace("\\t", "\t").replace("\\n", "\n"),
    }
}

/// Prints how the columns are read, with samples.
fn print_layout(
    sniffed: &SniffedFile,
    options: &ImportOptions,
    out: &mut impl Write,
) -> Result<(), CliError> {
    if options.layout == ImportLayout::Hashcards {
        writeln!(out, "  {}", text::terminal::MARKDOWN_QUESTIONS)?;
        return Ok(());
    }
    let separator = Some(options.separator.as_str()).filter(|separator| *separator != "\t");
    writeln!(out, "  {}", text::terminal::table_layout(options.roles.len(), separator, options.is_html))?;
    let headings = sniffed.headings(options);
    let rows = sniffed.preview_rows(options, PREVIEW_ROWS + usize::from(options.has_headings));
    let rows = rows.get(usize::from(options.has_headings)..).unwrap_or(&[]);
    for (column, role) in options.roles.iter().enumerate() {
        let cells: Vec<&str> =
            rows.iter().filter_map(|row| row.cells.get(column)).map(|it| it.trim()).collect();
        let heading = headings.get(column).map_or(String::new(), |heading| format!("{heading}: "));
        let sample = fit(&format!("{heading}{}", cells.join(" · ")), 70);
        writeln!(out, "  {:>2} {}  {}", column + 1, fit(role.name(), 11), sample.trim_end())?;
    }
    Ok(())
}

fn print_questions(imported: &ImportedQuestions, out: &mut impl Write) -> Result<(), CliError> {
    writeln!(out, "  {}", text::decks::questions_in_topics(imported.questions.len(), imported.topics.len()))?;
    for question in imported.questions.iter().take(PREVIEW_ROWS) {
        let kind = fit(kind(question), 6);
        writeln!(out, "  {kind}  {}", fit(&one_line(question), 90).trim_end())?;
    }
    Ok(())
}

fn kind(question: &Question) -> &'static str {
    export::csv::kind_name(&question.answer)
}

fn one_line(question: &Question) -> String {
    let prompt = markdown::plain(&question.prompt);
    // The answers of a cloze are in its prompt.
    if let Answer::Cloze(_) = &question.answer {
        return prompt;
    }
    format!("{prompt} → {}", export::csv::answer_cell(&question.answer))
}

/// Passes lines about skipped rows, and the remarks of the import, to `print`.
fn report_skipped(
    imported: &ImportedQuestions,
    mut print: impl FnMut(&str) -> std::io::Result<()>,
) -> Result<(), CliError> {
    for row in imported.skipped.rows.iter().take(MAX_LISTED_ROWS) {
        print(&safe_text(&text::terminal::row_skipped(row, &row.excerpt)))?;
    }
    let more = imported.skipped.total.saturating_sub(MAX_LISTED_ROWS);
    if more > 0 {
        print(&text::terminal::more_rows_skipped(more))?;
    }
    for remark in &imported.remarks {
        print(remark)?;
    }
    Ok(())
}
