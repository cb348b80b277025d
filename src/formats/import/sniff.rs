//! What a file holds, as far as one can guess; every guess can be replaced.

use std::sync::Arc;

use super::anki::Head;
use super::columns::{self, Role};
use super::table::Rows;
use super::{ImportError, cards, html, separator, source};

/// Rows that guesses are made from.
const SAMPLE: usize = 50;
/// More columns than this make no sense in a list of questions.
const MOST_COLUMNS: usize = 64;

/// How a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Rows and columns.
    Table,
    /// Markdown with `Q:`, `A:` and `C:`.
    Cards,
}

/// The kind of answer that rows become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target {
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
pub struct Options {
    /// How it is laid out.
    pub layout: Layout,
    /// Between the cells of a row; one or more characters.
    pub separator: String,
    /// Between rows; the end of a line when there is none.
    pub row_end: Option<String>,
    /// Whether the first row names the columns.
    pub has_headings: bool,
    /// What each column holds. The last one takes what is left of a row.
    pub roles: Vec<Role>,
    /// Whether cells are HTML, to be turned into Markdown.
    pub html: bool,
    /// The kind of answer where the row does not say it.
    pub target: Target,
    /// The topic of rows that name none; "All questions" when it is `None`.
    pub topic: Option<String>,
}

/// A file, and guesses about it.
#[derive(Clone, Debug)]
pub struct Sniffed {
    /// Named in the file, or made from its name; perhaps empty.
    pub title: String,
    /// The guesses.
    pub options: Options,
    pub(super) text: Arc<str>,
    pub(super) head: Head,
}

/// A row as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
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
    let text = source::text(name, bytes)?;
    let head = Head::read(&text);
    let extension = source::extension(name);
    let file_name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem).trim();
    let is_cards = !head.is_there() && cards::is_likely(&text, &extension);
    let named =
        if is_cards { cards::title(&text) } else { head.deck.as_deref().map(super::rows::deck_title) };
    let mut sniffed = Sniffed {
        title: named.unwrap_or_else(|| stem.to_owned()),
        options: Options {
            layout: if is_cards { Layout::Cards } else { Layout::Table },
            separator: String::new(),
            row_end: None,
            has_headings: false,
            roles: Vec::new(),
            html: false,
            target: Target::default(),
            topic: None,
        },
        text: text.into(),
        head,
    };
    let separator = match &sniffed.head.separator {
        Some(separator) => separator.clone(),
        None => separator::guess(&sniffed.text[sniffed.head.length..], &extension).to_owned(),
    };
    sniffed.options = sniffed.cut_at(&sniffed.options, &separator, None);
    Ok(sniffed)
}

impl Sniffed {
    /// The same options with another separator, and with everything that follows from it guessed anew.
    pub fn cut_at(&self, options: &Options, separator: &str, row_end: Option<&str>) -> Options {
        let body = &self.text[self.head.length..];
        let cut = separator::cut(body, separator, row_end);
        // A tab stands in no text, so every one of them parts cells; a longer separator may be a dash in a sentence.
        let count = if separator == "\t" { cut.most } else { cut.usual };
        let mut guessed = Options {
            separator: separator.to_owned(),
            row_end: row_end.map(str::to_owned),
            has_headings: false,
            roles: Vec::new(),
            ..options.clone()
        };
        let mut rows: Vec<Vec<String>> =
            self.rows(&guessed, SAMPLE).into_iter().map(|row| row.cells).collect();
        let headings = match rows.first() {
            _ if !self.head.names.is_empty() => self.head.names.clone(),
            Some(first) if columns::is_heading(first) => {
                guessed.has_headings = true;
                rows.remove(0)
            }
            _ => Vec::new(),
        };
        let count = count.max(headings.len()).min(MOST_COLUMNS);
        guessed.roles = columns::guess(&self.head, &headings, &rows, count);
        guessed.html =
            self.head.html.unwrap_or_else(|| rows.iter().flatten().any(|cell| html::is_likely(cell)));
        guessed
    }

    /// The first rows, cut by these options.
    pub fn rows(&self, options: &Options, most: usize) -> Vec<Sample> {
        let mut rows = self.table(options);
        let mut cells = Vec::new();
        let mut samples = Vec::new();
        while samples.len() < most
            && let Some(row) = rows.next(&mut cells)
        {
            let cells = cells.iter().map(|cell| cell.to_string()).collect();
            samples.push(Sample { line: row.line, cells });
        }
        samples
    }

    /// What the columns are called in the file; empty when nothing says it.
    pub fn headings(&self, options: &Options) -> Vec<String> {
        if !options.has_headings {
            return self.head.names.clone();
        }
        self.rows(options, 1).into_iter().next().map(|row| row.cells).unwrap_or_default()
    }

    pub(super) fn table<'a>(&'a self, options: &'a Options) -> Rows<'a> {
        let start = (self.head.length, self.head.lines + 1);
        Rows::new(&self.text, start, &options.separator, options.row_end.as_deref(), options.roles.len())
    }
}
