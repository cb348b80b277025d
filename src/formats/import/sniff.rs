//! Guesses how a file is to be imported. Every guess can be replaced by a choice of the user.

use std::sync::Arc;

use super::anki::ImportHeader;
use super::columns::{self, ColumnRole};
use super::table::RowReader;
use super::{ImportError, hashcards, html, separator, source};

/// How many rows the guesses are based on.
const SAMPLE_ROWS: usize = 50;
/// More columns make no sense in a list of questions.
const MAX_COLUMNS: usize = 64;

/// The overall format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportLayout {
    /// Rows and columns.
    Table,
    /// Markdown with `Q:`, `A:` and `C:`, as for hashcards.
    Hashcards,
}

/// The answer kind of imported questions, unless a row names its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ImportAs {
    /// Short answers become Typed, long ones Recall.
    #[default]
    ByLength,
    /// All become Typed.
    Typed,
    /// All become Recall.
    Recall,
    /// All become Recall with a reverse card.
    Both,
}

/// How a file is to be imported.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportOptions {
    /// The format of the file.
    pub layout: ImportLayout,
    /// The separator between the cells of a row; one or more characters.
    pub separator: String,
    /// The separator between rows; `None` means line ends.
    pub row_end: Option<String>,
    /// Whether the first row contains column headings.
    pub has_headings: bool,
    /// The role of each column. The last column takes the rest of a row.
    pub roles: Vec<ColumnRole>,
    /// Whether cells are HTML, to be converted to Markdown.
    pub is_html: bool,
    /// The answer kind of rows that do not name one.
    pub import_as: ImportAs,
    /// The topic of rows that name none; "All questions" if it is `None`.
    pub topic: Option<String>,
}

/// A file with guesses about it.
#[derive(Clone, Debug)]
pub struct SniffedFile {
    /// The title given in the file, or else the file's name without its extension; may be empty.
    pub title: String,
    /// The guessed options.
    pub options: ImportOptions,
    pub(super) text: Arc<str>,
    pub(super) header: ImportHeader,
}

/// A row of the file, for a preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewRow {
    /// The line in which it begins, from 1.
    pub line: u32,
    /// The cells as written, without quotation marks. Empty if a quotation mark is never closed.
    pub cells: Vec<String>,
}

/// Guesses how to import a file. `name` is the file's name with its extension; empty for pasted text.
///
/// ```
/// use linchpin::formats::import::{ColumnRole, sniff};
///
/// let sniffed = sniff("words.txt", "동맹 - alliance\n조약 - treaty\n".as_bytes())?;
/// assert_eq!(sniffed.options.separator, " - ");
/// assert_eq!(sniffed.options.roles, [ColumnRole::Prompt, ColumnRole::Answer]);
/// # Ok::<(), linchpin::formats::import::ImportError>(())
/// ```
///
/// # Errors
/// If the bytes are not text, or a format that cannot be imported.
pub fn sniff(name: &str, bytes: &[u8]) -> Result<SniffedFile, ImportError> {
    let text = source::decode_text(name, bytes)?;
    let header = ImportHeader::read(&text);
    let extension = source::extension(name);
    let file_name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem).trim();
    let is_cards = !header.is_present() && hashcards::is_likely(&text, &extension);
    let title =
        if is_cards { hashcards::title(&text) } else { header.deck.as_deref().map(super::rows::deck_title) };
    let mut sniffed = SniffedFile {
        title: title.unwrap_or_else(|| stem.to_owned()),
        options: ImportOptions {
            layout: if is_cards { ImportLayout::Hashcards } else { ImportLayout::Table },
            separator: String::new(),
            row_end: None,
            has_headings: false,
            roles: Vec::new(),
            is_html: false,
            import_as: ImportAs::default(),
            topic: None,
        },
        text: text.into(),
        header,
    };
    let separator = match &sniffed.header.separator {
        Some(separator) => separator.clone(),
        None => separator::guess(&sniffed.text[sniffed.header.byte_len..], &extension).to_owned(),
    };
    sniffed.options = sniffed.with_separator(&sniffed.options, &separator, None);
    Ok(sniffed)
}

impl SniffedFile {
    /// Replaces the separators of `options`, and guesses everything again that depends on them: headings, column
    /// roles and HTML.
    pub fn with_separator(
        &self,
        options: &ImportOptions,
        separator: &str,
        row_end: Option<&str>,
    ) -> ImportOptions {
        let body = &self.text[self.header.byte_len..];
        let stats = separator::split_stats(body, separator, row_end);
        // Texts contain no tabs, so every tab separates cells. Other separators may also occur inside a cell.
        let count = if separator == "\t" { stats.max_cells } else { stats.usual_cells };
        let mut guessed = ImportOptions {
            separator: separator.to_owned(),
            row_end: row_end.map(str::to_owned),
            has_headings: false,
            roles: Vec::new(),
            ..options.clone()
        };
        let mut rows: Vec<Vec<String>> =
            self.preview_rows(&guessed, SAMPLE_ROWS).into_iter().map(|row| row.cells).collect();
        let headings = match rows.first() {
            _ if !self.header.column_names.is_empty() => self.header.column_names.clone(),
            Some(first) if columns::is_heading_row(first) => {
                guessed.has_headings = true;
                rows.remove(0)
            }
            _ => Vec::new(),
        };
        let count = count.max(headings.len()).min(MAX_COLUMNS);
        guessed.roles = columns::guess_roles(&self.header, &headings, &rows, count);
        guessed.is_html =
            self.header.is_html.unwrap_or_else(|| rows.iter().flatten().any(|cell| html::is_likely(cell)));
        guessed
    }

    /// The first rows, at most `max`, split with these options. Includes the row of headings, if there is one.
    pub fn preview_rows(&self, options: &ImportOptions, max: usize) -> Vec<PreviewRow> {
        let mut rows = self.row_reader(options);
        let mut cells = Vec::new();
        let mut samples = Vec::new();
        while samples.len() < max
            && let Some(row) = rows.next(&mut cells)
        {
            let cells = cells.iter().map(|cell| cell.to_string()).collect();
            samples.push(PreviewRow { line: row.line, cells });
        }
        samples
    }

    /// The column headings of the file; empty if it has none.
    pub fn headings(&self, options: &ImportOptions) -> Vec<String> {
        if !options.has_headings {
            return self.header.column_names.clone();
        }
        self.preview_rows(options, 1).into_iter().next().map(|row| row.cells).unwrap_or_default()
    }

    pub(super) fn row_reader<'a>(&'a self, options: &'a ImportOptions) -> RowReader<'a> {
        let start = (self.header.byte_len, self.header.line_count + 1);
        RowReader::new(&self.text, start, &options.separator, options.row_end.as_deref(), options.roles.len())
    }
}
