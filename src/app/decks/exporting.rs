//! A deck written for other programs, and for paper.

use std::path::PathBuf;

use crate::app::{App, Effect};
use crate::domain::day::Moment;
use crate::domain::seed::seed_of;
use crate::formats::export;
use crate::formats::import::{slug, unlike};
use crate::library::file::{self, Encoding};

/// What a deck is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportAs {
    /// A table that other programs and Linchpin read.
    Csv,
    /// A page that prints as a quiz with an answer key.
    Quiz,
}

impl App {
    /// Where exports go.
    pub(in crate::app) fn exports(&self) -> PathBuf {
        self.dirs.data.join("exports")
    }

    /// Writes the deck of the page; a quiz is opened for printing, of a table the folder is.
    pub(super) fn export_deck(&mut self, format: ExportAs, now: &Moment) -> Option<Effect> {
        let deck = self.page_deck()?.clone();
        let (text, extension) = match format {
            ExportAs::Csv => (export::csv::table(&deck), "csv"),
            // Another day shuffles otherwise, the same day alike.
            ExportAs::Quiz => {
                let seed = seed_of(&format!("quiz {} {}", deck.id, now.day().0));
                (export::html(&deck, seed), "html")
            }
        };
        let stem = slug(&deck.title);
        let stem = if stem.is_empty() { "deck" } else { &stem };
        let folder = self.exports();
        let is_there = |stem: &str| folder.join(format!("{stem}.{extension}")).symlink_metadata().is_ok();
        let path = folder.join(format!("{}.{extension}", unlike(stem, is_there)));
        // Spreadsheets take a table for UTF-8 only when it begins with the mark.
        let encoding = if format == ExportAs::Csv { Encoding::Utf8WithMark } else { Encoding::Utf8 };
        let written = std::fs::create_dir_all(&folder).and_then(|()| file::create(&path, &text, encoding));
        match written {
            Ok(false) => {
                self.tell_problem(format!(
                    "{} was made by another program just now: try again.",
                    path.display()
                ));
                None
            }
            Ok(true) => {
                tracing::info!(questions = deck.questions.len(), "deck exported");
                self.tell(format!("Written to {}", path.display()));
                Some(Effect::ShowWritten { file: path, in_folder: format == ExportAs::Csv })
            }
            Err(error) => {
                self.tell_problem(format!("{} cannot be written ({error}).", path.display()));
                None
            }
        }
    }
}
