//! `linchpin export`: writes a deck as a table or as a printable quiz, or reviews and scores as tables.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use super::CliError;
use super::args::ExportArguments;
use super::output::print_message;
use crate::app::clock::Clock;
use crate::app::history_export::everything::FullExport;
use crate::app::{Dirs, history_export};
use crate::domain::deck::Deck;
use crate::domain::diagnostic::Severity;
use crate::formats::export;
use crate::formats::ron_deck;
use crate::library::Library;
use crate::library::file;
use crate::text;

/// Writes a deck, the reviews or scores, or everything.
///
/// # Errors
/// When there is no such deck, something cannot be read, or the file exists already or cannot be written.
pub fn run(
    dirs: &Dirs,
    clock: &Clock,
    arguments: &ExportArguments,
    out: &mut impl Write,
) -> Result<(), CliError> {
    if let Some(folder) = &arguments.everything {
        let export = FullExport::read(dirs.clone(), &clock.now(super::rollover_hour(dirs)));
        export.write(folder, &mut |_| true).map_err(|error| CliError::Failed(error.to_string()))?;
        writeln!(out, "{}", folder.display())?;
        return Ok(());
    }
    let deck = arguments.deck.as_deref();
    if arguments.reviews || arguments.scores {
        let (app, now) = super::open_read_only(dirs.clone(), clock)?;
        // Answers stay in the log when their deck is deleted.
        let is_in_the_log =
            |id: &str| arguments.reviews && app.progress().cards().any(|(key, _)| *key.deck == *id);
        if let Some(id) = deck.filter(|id| !is_in_the_log(id)) {
            super::known_deck(&app, id)?;
        }
        let (decks, progress, model) = (app.library().decks(), app.progress(), &app.scheduler().model);
        return write(arguments, out, true, |out| match arguments.reviews {
            true => history_export::write_reviews(out, decks, progress, model, deck),
            false => history_export::write_scores(out, decks, progress, model, now.day(), deck),
        });
    }
    let deck = find_deck(dirs, deck.unwrap_or_default())?;
    write(arguments, out, arguments.csv, |out| match arguments.csv {
        true => out.write_all(export::csv::table(&deck).as_bytes()),
        false => out.write_all(export::quiz_html(&deck, arguments.seed).as_bytes()),
    })
}

/// Writes to the output file, or to standard output when none is named. A file that is a table begins with a byte order
/// mark, by which spreadsheets recognise UTF-8.
fn write(
    arguments: &ExportArguments,
    out: &mut impl Write,
    is_table: bool,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), CliError> {
    let Some(path) = &arguments.output else {
        let mut buffer = BufWriter::new(out);
        content(&mut buffer)?;
        buffer.flush()?;
        return Ok(());
    };
    let written = file::create(path, |out| {
        if is_table {
            out.write_all(history_export::UTF8_BOM)?;
        }
        content(out)
    });
    match written {
        Ok(true) => {
            writeln!(out, "{}", path.display())?;
            Ok(())
        }
        Ok(false) => Err(CliError::Failed(text::terminal::file_exists(path.display()))),
        Err(error) => Err(CliError::Failed(text::terminal::file_not_written(path.display(), error))),
    }
}

/// A deck by its id, or by the path of its file.
fn find_deck(dirs: &Dirs, id_or_path: &str) -> Result<Arc<Deck>, CliError> {
    let library = Library::load(&dirs.data);
    if let Some(loaded) = library.deck(id_or_path) {
        return Ok(loaded.deck.clone());
    }
    let path = Path::new(id_or_path);
    if !path.exists() {
        let ids: Vec<&str> = library.decks().iter().map(|it| &*it.deck.id).collect();
        return Err(CliError::Usage(text::terminal::unknown_deck_or_file(id_or_path, &ids.join(", "))));
    }
    let failed = |why: String| CliError::Failed(text::terminal::not_readable(id_or_path, why));
    let (text, _) = file::read(path).map_err(|error| failed(error.to_string()))?;
    let parsed = ron_deck::parse(&text);
    let errors =
        parsed.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    if errors > 0 {
        print_message(&text::terminal::only_sound_questions(id_or_path, errors));
    }
    parsed.deck.map(Arc::new).ok_or_else(|| failed(text::terminal::no_sound_deck(id_or_path)))
}
