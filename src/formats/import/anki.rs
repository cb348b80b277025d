//! The lines at the head of Anki's text export, such as `#separator:tab` and `#guid column:1`, and the one line
//! `sep=;` that spreadsheets write.

use super::columns::ColumnRole;

/// What the head says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ImportHeader {
    /// Between cells.
    pub separator: Option<String>,
    /// Whether cells are HTML.
    pub is_html: Option<bool>,
    /// The deck of all rows.
    pub deck: Option<String>,
    /// Tags of all rows.
    pub tags: Vec<String>,
    /// Names of the columns.
    pub column_names: Vec<String>,
    /// Columns, from 0, that hold no field of a note.
    pub roles: Vec<(usize, ColumnRole)>,
    /// Bytes that the head takes.
    pub byte_len: usize,
    /// Lines that it takes.
    pub line_count: u32,
}

impl ImportHeader {
    /// Whether there is one.
    pub(super) fn is_present(&self) -> bool {
        self.byte_len > 0
    }

    /// Reads the head of a text; nothing where there is none.
    pub(super) fn read(text: &str) -> Self {
        if let Some(head) = Self::from_sep_line(text) {
            return head;
        }
        let mut head = Self::default();
        let mut names = None;
        let mut at = 0;
        let mut is_known = false;
        while text[at..].starts_with('#') {
            let rest = &text[at..];
            let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
            let line = &rest[1..end];
            // Comments are written the same way: they belong to the head when something else of it is known. A row may
            // begin so as well.
            let is_of_head = head.read_line(line, &mut names);
            if !is_of_head && line.contains('\t') {
                break;
            }
            is_known |= is_of_head;
            let end = match &rest.as_bytes()[end..] {
                [b'\r', b'\n', ..] => end + 2,
                [] => end,
                _ => end + 1,
            };
            at += end;
            head.line_count += 1;
        }
        if !is_known {
            return Self::default();
        }
        head.byte_len = at;
        // Their separator may be named in a later line.
        let separator = head.separator.as_deref().unwrap_or("\t");
        if let Some(names) = names {
            head.column_names = names.split(separator).map(|name| name.trim().to_owned()).collect();
        }
        head
    }

    fn from_sep_line(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("sep=")?;
        let end = rest.find(['\n', '\r'])?;
        let separator = rest[..end].to_owned();
        let ends = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        let is_one = separator.chars().count() == 1;
        let length = text.len() - rest.len() + end + ends;
        is_one.then(|| Self {
            separator: Some(separator),
            byte_len: length,
            line_count: 1,
            ..Self::default()
        })
    }

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

/// A separator by its name, or as it stands.
fn separator(value: &str) -> String {
    match value.trim().to_lowercase().as_str() {
        "tab" | "\\t" => "\t",
        "comma" => ",",
        "semicolon" => ";",
        "pipe" => "|",
        "colon" => ":",
        "space" => " ",
        // Written as itself, it may be a space or a tab.
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
    fn the_head_is_read_in_any_order_with_comments() {
        let text = "#columns:Front;Back\r\n# a remark\r\n#separator:Semicolon\r\n#html:true\r\n#tags column:3\r\na;b;c";
        let head = ImportHeader::read(text);
        assert_eq!((head.separator.as_deref(), head.is_html), (Some(";"), Some(true)));
        assert_eq!(head.column_names, ["Front", "Back"]);
        assert_eq!(head.roles, [(2, ColumnRole::Tags)]);
        assert_eq!((&text[head.byte_len..], head.line_count), ("a;b;c", 5));
    }

    #[test]
    fn a_spreadsheet_names_its_separator() {
        let head = ImportHeader::read("sep=;\r\na;b\r\n");
        assert_eq!((head.separator.as_deref(), head.byte_len, head.line_count), (Some(";"), 7, 1));
        assert!(!ImportHeader::read("sep=a thing\tx\n").is_present());
    }

    #[test]
    fn headings_are_no_head() {
        assert_eq!(ImportHeader::read("# Chapter: one\na\tb"), ImportHeader::default());
    }
}
