//! Imports from other programs: tables with any separator, as spreadsheets, Anki and Quizlet write them, and question
//! files in Markdown.
//!
//! There are two steps, so that the user can check before anything is created: [`sniff()`] guesses the format and
//! content of a file, and [`read()`] creates questions with these guesses, or with the options that the user chose
//! instead.
//!
//! The stages for a table are `source` (bytes to text), `anki` (header lines), `table` (rows and cells), `columns`
//! (roles of the columns) and `rows` (questions), with `html` and `gaps` for the content of cells. `cards` reads
//! Markdown files. `collect` gives every question a unique id.

mod anki;
mod collect;
mod columns;
mod entities;
mod gaps;
mod hashcards;
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
pub use sniff::{ImportAs, ImportLayout, ImportOptions, PreviewRow, SniffedFile, sniff};

/// Why a file cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The file has no content.
    #[error("This file is empty.")]
    Empty,
    /// A deck package or collection of Anki.
    #[error(
        "This is a packed file of Anki. In Anki choose File, Export, and as format “Notes in Plain Text (.txt)”; \
         then import that file."
    )]
    AnkiPackage,
    /// A workbook of a spreadsheet program.
    #[error("This is a spreadsheet. Save its sheet as CSV (in Excel: “CSV UTF-8”); then import that file.")]
    Spreadsheet,
    /// An archive.
    #[error("This is a packed file. Unpack it, and import the text file or the table inside.")]
    Archive,
    /// JSON. Programs write it in too many different structures to read it.
    #[error("This is JSON. Export a table (CSV, or text with tabs) from the program that it is from.")]
    Json,
    /// A web page.
    #[error("This is a web page. Copy its table into a spreadsheet and save that as CSV.")]
    WebPage,
    /// A word-processor document or a PDF.
    #[error("This is a document with pages. Save it as plain text, a question and its answer on each line.")]
    Document,
    /// A deck file of this program.
    #[error("This is a deck already. Put it into your folder of decks as it is.")]
    Deck,
    /// Bytes that are not valid UTF-8 or UTF-16, with their position in the file.
    #[error(
        "Line {line}, column {column}: this is not text in UTF-8. Save the file again with the encoding UTF-8 \
         (in Excel: “CSV UTF-8”; in Notepad: File, Save as, Encoding)."
    )]
    NotText {
        /// The line, from 1.
        line: u32,
        /// The column in characters, from 1.
        column: u32,
    },
    /// Larger than a deck file may be.
    #[error("This file is larger than 64 MB. Split it into several files.")]
    TooLarge,
    /// The user cancelled the import.
    #[error("The import was cancelled; nothing was written.")]
    Cancelled,
}

/// The questions of an imported file.
#[derive(Clone, Debug)]
pub struct ImportedQuestions {
    /// The title given in the file, or else the file's name without its extension.
    pub title: String,
    /// In the order of the file; their ids are unique.
    pub questions: Vec<Question>,
    /// Topic key to topic name, in order of first use.
    pub topics: IndexMap<String, String>,
    /// The rows that became no question, and why.
    pub skipped: SkippedRows,
    /// Notes for the user about the import, one sentence each.
    pub remarks: Vec<String>,
}

impl ImportedQuestions {
    /// The text of a deck file with these questions. It equals what [`ron_deck::write::deck`] writes for
    /// [`ImportedQuestions::into_deck`], in half the time, because no indexes for studying are built.
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

    /// A deck with these questions. `id` must be unique among the user's decks, without spaces and slashes.
    pub fn into_deck(self, id: &str, title: &str, language: Option<&str>) -> Deck {
        Deck::new(id, title.to_owned(), None, language.map(str::to_owned), None, self.topics, self.questions)
    }
}

/// Creates questions from a file. `progress` is called with the finished share, from 0 to 1, and returns whether to
/// go on.
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
/// [`ImportError::Cancelled`] if `progress` returned `false`.
pub fn read(
    sniffed: &SniffedFile,
    options: &ImportOptions,
    progress: &mut dyn FnMut(f32) -> bool,
) -> Result<ImportedQuestions, ImportError> {
    match options.layout {
        ImportLayout::Table => rows::read(sniffed, options, progress),
        ImportLayout::Hashcards => hashcards::read(sniffed, options, progress),
    }
}
