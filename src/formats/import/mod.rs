//! Lists from other programs: tables with any separator, as spreadsheets, Anki and Quizlet write them, and
//! question files in Markdown.
//!
//! In two steps, so that a person can look before anything is made: [`sniff`] guesses what a file holds, and
//! [`read`] makes questions of it by those guesses, or by what was chosen instead. The way of a table: `source`
//! from bytes to text, `anki` its header lines, `table` to rows, `columns` what they mean, `rows` to questions,
//! `html` and `gaps` for what stands in them; `cards` reads Markdown files; `collect` keeps every key apart.

mod anki;
mod cards;
mod collect;
mod columns;
mod entities;
mod gaps;
mod html;
mod kinds;
mod names;
mod rows;
mod separator;
mod skipped;
mod sniff;
mod source;
mod table;

use indexmap::IndexMap;

use crate::domain::deck::Deck;
use crate::domain::question::Question;
use crate::formats::ron_deck;

pub use columns::ColumnRole;
pub use names::{slug, unique_name};
pub use skipped::{SkipReason, SkippedRow, SkippedRows};
pub use sniff::{ImportAs, ImportLayout, ImportOptions, PreviewRow, Sniffed, sniff};

/// Why a file cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Nothing in it.
    #[error("This file is empty.")]
    Empty,
    /// A deck package, or the whole collection, of Anki.
    #[error(
        "This is a packed file of Anki. In Anki choose File, Export, and as format “Notes in Plain Text (.txt)”; \
         then import that file."
    )]
    AnkiPackage,
    /// A workbook.
    #[error("This is a spreadsheet. Save its sheet as CSV (in Excel: “CSV UTF-8”); then import that file.")]
    Spreadsheet,
    /// An archive.
    #[error("This is a packed file. Unpack it, and import the text file or the table inside.")]
    Archive,
    /// JSON, which programs write in too many shapes.
    #[error("This is JSON. Export a table (CSV, or text with tabs) from the program that it is from.")]
    Json,
    /// A web page.
    #[error("This is a web page. Copy its table into a spreadsheet and save that as CSV.")]
    WebPage,
    /// A text with pages and typefaces.
    #[error("This is a document with pages. Save it as plain text, a question and its answer on each line.")]
    Document,
    /// A deck already.
    #[error("This is a deck already. Put it into your folder of decks as it is.")]
    Deck,
    /// Bytes that are no text; the place is of the file.
    #[error(
        "Line {line}, column {column}: this is not text in UTF-8. Save the file again with the encoding UTF-8 \
         (in Excel: “CSV UTF-8”; in Notepad: File, Save as, Encoding)."
    )]
    NotText {
        /// From 1.
        line: u32,
        /// In characters, from 1.
        column: u32,
    },
    /// Larger than a deck may be.
    #[error("This file is larger than 64 MB. Split it into several files.")]
    TooLarge,
    /// The learner has thought better of it.
    #[error("The import was cancelled; nothing was written.")]
    Cancelled,
}

/// What a file holds, as questions.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Named in the file, or made from its name.
    pub title: String,
    /// In the order of the file; no two have one key.
    pub questions: Vec<Question>,
    /// Key to name, in the order in which they came.
    pub topics: IndexMap<String, String>,
    /// What was left out, and why.
    pub skipped: SkippedRows,
    /// What a person should know, a sentence each.
    pub remarks: Vec<String>,
}

impl Imported {
    /// The text of the deck file of these questions: what [`ron_deck::write::deck`] makes of the deck, in half the
    /// time, since a deck that is asked from knows more than one that is only written.
    pub fn to_text(&self, id: &str, title: &str, language: Option<&str>) -> String {
        let (topics, language) = (self.topics.clone(), language.map(str::to_owned));
        let frame = Deck::new(id, title.to_owned(), None, language, None, topics, Vec::new());
        let frame = ron_deck::write::deck(&frame);
        let (head, foot) = frame.split_at(frame.rfind("    ],").unwrap_or(frame.len()));
        let mut text = String::with_capacity(frame.len() + self.questions.len() * 256);
        text.push_str(head);
        for question in &self.questions {
            text.push_str("        ");
            text.push_str(&ron_deck::write::question(question, 2));
            text.push_str(",\n");
        }
        text.push_str(foot);
        text
    }

    /// The deck of these questions. `id` must be one that no other deck has, without spaces and slashes.
    pub fn into_deck(self, id: &str, title: &str, language: Option<&str>) -> Deck {
        Deck::new(id, title.to_owned(), None, language.map(str::to_owned), None, self.topics, self.questions)
    }
}

/// Makes questions of a file. `progress` is told the share that is done, from 0 to 1, and answers whether to go on.
///
/// ```
/// use linchpin::formats::import::{read, sniff};
///
/// let sniffed = sniff("capitals.csv", "question,answer\nKorea?,Seoul\nFrance?,\n".as_bytes())?;
/// let imported = read(&sniffed, &sniffed.options, &mut |_| true)?;
/// assert_eq!(imported.questions[0].prompt, "Korea?");
/// assert_eq!(imported.skipped.rows[0].to_string(), "line 3: the answer is empty");
/// # Ok::<(), linchpin::formats::import::ImportError>(())
/// ```
///
/// # Errors
/// When `progress` said no.
pub fn read(
    sniffed: &Sniffed,
    options: &ImportOptions,
    progress: &mut dyn FnMut(f32) -> bool,
) -> Result<Imported, ImportError> {
    match options.layout {
        ImportLayout::Table => rows::read(sniffed, options, progress),
        ImportLayout::Cards => cards::read(sniffed, options, progress),
    }
}
