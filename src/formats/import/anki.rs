//! The header lines of Anki's text export, such as `#separator:tab` and `#guid column:1`, and the single line `sep=;`
//! that some spreadsheets write.

use super::columns::ColumnRole;

/// What the header lines say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ImportHeader {
    /// The separator between cells.
    pub separator: Option<String>,
    /// Whether cells are HTML; `None` if the header does not say.
    pub is_html: Option<bool>,
    /// The deck that all rows belong to.
    pub deck: Option<String>,
    /// Tags that all rows have.
    pub tags: Vec<String>,
    /// Names of the columns; empty if the header gives none.
    pub column_names: Vec<String>,
    /// Columns (from 0) that the header assigns a role: tags, deck, guid or note type.
    pub roles: Vec<(usize, ColumnRole)>,
    /// Length of the header in bytes; 0 if there is none.
    pub byte_len: usize,
    /// Length of the header in lines.
    pub line_count: u32,
}

impl ImportHeader {
    /// Whether the text has a header.
    pub(super) fn is_present(&self) -> bool {
        self.byte_len > 0
    }

    /// Reads the header of a text; the default value if there is none.
    pub(super) fn read(text: &str) -> Self {
        if let Some(header) = Self::from_sep_line(text) {
            return header;
        }
        let mut header = Self::default();
        let mut names = None;
        let mut at = 0;
        let mut has_known_line = false;
        while text[at..].starts_with('#') {
            let rest = &text[at..];
            let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
            let line = &rest[1..end];
            // Comments begin with `#` too. They belong to the header if it has at least one known line. But a row may
            // also begin with `#`: then it has a tab.
            let is_header_line = header.read_line(line, &mut names);
            if !is_header_line && line.contains('\t') {
                break;
            }
            has_known_line |= is_header_line;
            let end = match &rest.as_bytes()[end..] {
                [b'\r', b'\n', ..] => end + 2,
                [] => end,
                _ => end + 1,
            };
            at += end;
            header.line_count += 1;
        }
        if !has_known_line {
            return Self::default();
        }
        header.byte_len = at;
        // The line with the column names may come before the line that names their separator.
        let separator = header.separator.as_deref().unwrap_or("\t");
        if let Some(names) = names {
            header.column_names = names.split(separator).map(|name| name.trim().to_owned()).collect();
        }
        header
    }

    /// Reads a line such as `sep=;`. The separator must be a single character.
    fn from_sep_line(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("sep=")?;
        let end = rest.find(['\n', '\r'])?;
        let separator = rest[..end].to_owned();
        let line_end_len = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        let is_single_char = separator.chars().count() == 1;
        let byte_len = text.len() - rest.len() + end + line_end_len;
        is_single_char.then(|| Self {
            separator: Some(separator),
            byte_len,
            line_count: 1,
            ..Self::default()
        })
    }

    /// Reads a line without its `#`. Returns whether it is a known header line. `names` receives the unsplit column
    /// names.
    fn read_line<'a>(&mut self, line: &'a str, names: &mut Option<&'a str>) -> bool {
        let Some((key, value)) = line.split_once(':') else { return false };
        let text = value.trim();
        let mut column = |role| {
            let number = text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            self.roles.extend(number.map(|at| (at, role)));
        };
        match key.trim().to_lowercase().as_str() {
            "separator" => self.separator = Some(separator(value)),
            "html" => self.is_html = Some(text.eq_ignore_ascii_case("true")),
            "deck" => self.deck = Some(text.to_owned()).filter(|deck| !deck.is_empty()),
            "tags" => self.tags = text.split_whitespace().map(str::to_owned).collect(),
            "columns" => *names = Some(value),
            "tags column" => column(ColumnRole::Tags),
            "deck column" => column(ColumnRole::Topic),
            "guid column" => column(ColumnRole::Id),
            "notetype column" => column(ColumnRole::Kind),
            "notetype" | "if matches" => {}
            _ => return false,
        }
        true
    }
}

/// A separator by its name in Anki, or the character itself.
fn separator(value: &str) -> String {
    match value.trim().to_lowercase().as_str() {
        "tab" | "\\t" => "\t",
        "comma" => ",",
        "semicolon" => ";",
        "pipe" => "|",
        "colon" => ":",
        "space" => " ",
        // The separator is written as itself and is white space: a space or a tab.
        "" if !value.is_empty() => value,
        "" => "\t",
        _ => value.trim(),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_lines_are_read_in_any_order_with_comments() {
        let text = "#columns:Front;Back\r\n# a remark\r\n#separator:Semicolon\r\n#html:true\r\n#tags column:3\r\na;b;c";
        let header = ImportHeader::read(text);
        assert_eq!((header.separator.as_deref(), header.is_html), (Some(";"), Some(true)));
        assert_eq!(header.column_names, ["Front", "Back"]);
        assert_eq!(header.roles, [(2, ColumnRole::Tags)]);
        assert_eq!((&text[header.byte_len..], header.line_count), ("a;b;c", 5));
    }

    #[test]
    fn sep_line_gives_the_separator() {
        let header = ImportHeader::read("sep=;\r\na;b\r\n");
        assert_eq!((header.separator.as_deref(), header.byte_len, header.line_count), (Some(";"), 7, 1));
        assert!(!ImportHeader::read("sep=a thing\tx\n").is_present());
    }

    #[test]
    fn a_markdown_heading_is_not_a_header() {
        assert_eq!(ImportHeader::read("# Chapter: one\na\tb"), ImportHeader::default());
    }
}
