//! What a file holds, as far as one can guess; every guess can be replaced.

use std::sync::Arc;

use super::anki::ImportHeader;
use super::columns::{self, ColumnRole};
use super::table::RowReader;
use super::{ImportError, cards, html, separator, source};

/// Rows that guesses are made from.
const SAMPLE_ROWS: usize = 50;
/// More columns than this make no sense in a list of questions.
const MAX_COLUMNS: usize = 64;

/// How a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportLayout {
    /// Rows and columns.
    Table,
    /// Markdown with `Q:`, `A:` and `C:`.
    Cards,
}

/// The kind of answer that rows become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ImportAs {
    /// Short answers are typed, long ones recalled.
    #[default]
    ByLength,
    /// All are typed.
    Typed,
    /// All are recalled.
    Recall,
    /// All are recalled, and asked the other way round as well.
    Both,
}

/// How a file is read.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportOptions {
    /// How it is laid out.
    pub layout: ImportLayout,
    /// Between the cells of a row; one or more characters.
    pub separator: String,
    /// Between rows; the end of a line when there is none.
    pub row_end: Option<String>,
    /// Whether the first row names the columns.
    pub has_headings: bool,
    /// What each column holds. The last one takes what is left of a row.
    pub roles: Vec<ColumnRole>,
    /// Whether cells are HTML, to be turned into Markdown.
    pub is_html: bool,
    /// The kind of answer where the row does not say it.
    pub import_as: ImportAs,
    /// The topic of rows that name none; "All questions" when it is `None`.
    pub topic: Option<String>,
}

/// A file, and guesses about it.
#[derive(Clone, Debug)]
pub struct Sniffed {
    /// Named in the file, or made from its name; perhaps empty.
    pub title: String,
    /// The guesses.
    pub options: ImportOptions,
    pub(super) text: Arc<str>,
    pub(super) header: ImportHeader,
}

/// A row as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewRow {
    /// Where it begins, from 1.
    pub line: u32,
    /// As written, without quotation marks; empty when one of those is never closed.
    pub cells: Vec<String>,
}

/// Looks at a file, or at a text that was pasted (its name is empty then).
///
/// ```
/// use linchpin::formats::import::{Role, sniff};
///
/// let sniffed = sniff("words.txt", "동맹 - alliance\n조약 - treaty\n".as_bytes())?;
/// assert_eq!(sniffed.options.separator, " - ");
/// assert_eq!(sniffed.options.roles, [Role::Prompt, Role::Answer]);
/// # Ok::<(), linchpin::formats::import::ImportError>(())
/// ```
///
/// # Errors
/// When it is no text, or a file of a kind that holds no list.
pub fn sniff(name: &str, bytes: &[u8]) -> Result<Sniffed, ImportError> {
    let text = source::decode_text(name, bytes)?;
    let head = ImportHeader::read(&text);
    let extension = source::extension(name);
    let file_name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem).trim();
    let is_cards = !head.is_present() && cards::is_likely(&text, &extension);
    let named =
        if is_cards { cards::title(&text) } else { head.deck.as_deref().map(super::rows::deck_title) };
    let mut sniffed = Sniffed {
        title: named.unwrap_or_else(|| stem.to_owned()),
        options: ImportOptions {
            layout: if is_cards { ImportLayout::Cards } else { ImportLayout::Table },
            separator: String::new(),
            row_end: None,
            has_headings: false,
            roles: Vec::new(),
            is_html: false,
            import_as: ImportAs::default(),
            topic: None,
        },
        text: text.into(),
        header: head,
    };
    let separator = match &sniffed.header.separator {
        Some(separator) => separator.clone(),
        None => separator::guess(&sniffed.text[sniffed.header.byte_len..], &extension).to_owned(),
    };
    sniffed.options = sniffed.with_separator(&sniffed.options, &separator, None);
    Ok(sniffed)
}

impl Sniffed {
    /// The same options with another separator, and with everything that follows from it guessed anew.
    pub fn with_separator(
        &self,
        options: &ImportOptions,
        separator: &str,
        row_end: Option<&str>,
    ) -> ImportOptions {
        let body = &self.text[self.header.byte_len..];
        let cut = separator::split_stats(body, separator, row_end);
        // A tab stands in no text, so every one of them parts cells; a longer separator may be a dash in a sentence.
        let count = if separator == "\t" { cut.max_cells } else { cut.usual_cells };
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

    /// The first rows, cut by these options.
    pub fn preview_rows(&self, options: &ImportOptions, most: usize) -> Vec<PreviewRow> {
        let mut rows = self.row_reader(options);
        let mut cells = Vec::new();
        let mut samples = Vec::new();
        while samples.len() < most
            && let Some(row) = rows.next(&mut cells)
        {
            let cells = cells.iter().map(|cell| cell.to_string()).collect();
            samples.push(PreviewRow { line: row.line, cells });
        }
        samples
    }

    /// What the columns are called in the file; empty when nothing says it.
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
