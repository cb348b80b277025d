//! Exports a deck for other programs and for paper.

use super::Decks;
use crate::app::core::Core;
use crate::app::effect::Effect;
use crate::domain::day::Moment;
use crate::domain::seed::seed_of;
use crate::formats::export;
use crate::formats::import::slug;
use crate::library::file::{self, Encoding};
use crate::text::general;

/// The file format of an exported deck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeckExportFormat {
    /// A table that Linchpin and other programs can import.
    Csv,
    /// A page that prints as a quiz with an answer key.
    Quiz,
}

impl Decks {
    /// Writes the deck of the page and shows it: a quiz in the browser, a table as a file in its folder.
    pub(super) fn export_deck(
        &self,
        core: &mut Core,
        format: DeckExportFormat,
        now: &Moment,
    ) -> Option<Effect> {
        let deck = self.page_deck(core)?.clone();
        let (text, extension) = match format {
            DeckExportFormat::Csv => (export::csv::table(&deck), "csv"),
            // The shuffle is stable within a day.
            DeckExportFormat::Quiz => {
                let seed = seed_of(&format!("quiz {} {}", deck.id, now.day().0));
                (export::quiz_html(&deck, seed), "html")
            }
        };
        let stem = slug(&deck.title);
        let stem = if stem.is_empty() { "deck" } else { &stem };
        let folder = core.export_folder();
        // Spreadsheets only recognize UTF-8 by its byte order mark.
        let encoding = if format == DeckExportFormat::Csv { Encoding::Utf8WithBom } else { Encoding::Utf8 };
        match file::create_numbered(&folder, stem, extension, |out| {
            out.write_all(&file::encode(&text, encoding))
        }) {
            Ok(path) => {
                tracing::info!(questions = deck.questions.len(), "deck exported");
                core.notify(general::written_to(path.display()));
                Some(Effect::ShowWritten { file: path, in_folder: format == DeckExportFormat::Csv })
            }
            Err(error) => {
                let path = folder.join(format!("{stem}.{extension}"));
                core.notify_error(general::cannot_be_written(path.display(), error));
                None
            }
        }
    }
}
