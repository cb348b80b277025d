//! `linchpin export`: a deck as a table, or as a quiz on paper.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use super::args::ExportArguments;
use super::{Failure, counted, tell};
use crate::app::Dirs;
use crate::domain::deck::Deck;
use crate::domain::diagnostic::Severity;
use crate::formats::export;
use crate::formats::ron_deck;
use crate::library::Library;
use crate::library::file::{self, Encoding};

/// Writes a deck.
///
/// # Errors
/// When there is no such deck, it cannot be read, or the file is there already or cannot be written.
pub fn run(dirs: &Dirs, arguments: &ExportArguments, out: &mut impl Write) -> Result<(), Failure> {
    let deck = find(dirs, &arguments.deck)?;
    let text = match arguments.csv {
        true => export::csv::table(&deck),
        false => export::html(&deck, arguments.seed),
    };
    let Some(path) = &arguments.output else {
        out.write_all(text.as_bytes())?;
        return Ok(());
    };
    let encoding = if arguments.csv { Encoding::Utf8WithMark } else { Encoding::Utf8 };
    match file::create(path, &text, encoding) {
        Ok(true) => {
            writeln!(out, "{}", path.display())?;
            Ok(())
        }
        Ok(false) => Err(Failure::Failed(format!("{} is there already: name another file", path.display()))),
        Err(error) => Err(Failure::Failed(format!("{} cannot be written: {error}", path.display()))),
    }
}

/// A deck by its id, or else by its file.
fn find(dirs: &Dirs, wanted: &str) -> Result<Arc<Deck>, Failure> {
    let library = Library::load(&dirs.data);
    if let Some(loaded) = library.deck(wanted) {
        return Ok(loaded.deck.clone());
    }
    let path = Path::new(wanted);
    if !path.exists() {
        let ids: Vec<&str> = library.decks().iter().map(|it| &*it.deck.id).collect();
        let message = format!("there is no deck and no file {wanted:?}; there are {}", ids.join(", "));
        return Err(Failure::Usage(message));
    }
    let failed = |why: String| Failure::Failed(format!("{wanted} cannot be read: {why}"));
    let (text, _) = file::read(path).map_err(|error| failed(error.to_string()))?;
    let parsed = ron_deck::parse(&text);
    let errors = parsed.diagnostics.iter().filter(|fault| fault.severity == Severity::Error).count();
    if errors > 0 {
        let faults = counted(errors, "fault");
        tell(&format!(
            "{wanted} has {faults}: only its sound questions are written. See linchpin check {wanted}"
        ));
    }
    parsed
        .deck
        .map(Arc::new)
        .ok_or_else(|| failed(format!("it holds no sound deck; see linchpin check {wanted}")))
}
