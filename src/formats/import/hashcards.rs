//! Question files in Markdown in the notation of the program hashcards: `Q:` and `A:`, or `C:` with `[gaps]`, each
//! over as many lines as needed. `---` ends a card. Front matter between two `---` may give a `name`.

use crate::domain::cloze::Cloze;
use crate::domain::question::Answer;

use super::collect::{Collector, RawQuestion};
use super::skipped::SkipReason;
use super::{ImportError, ImportOptions, ImportedQuestions, SniffedFile, gaps};

/// How many lines are examined to tell such a file from a table.
const SAMPLE_LINES: usize = 400;
/// The number of lines between two calls of the progress callback.
const LINES_PER_REPORT: u32 = 1024;

/// A card as written in the file, before anything in it is interpreted.
#[derive(Debug)]
enum RawCard {
    QuestionOnly(String),
    QuestionAndAnswer(String, String),
    Cloze(String),
    /// An answer that follows no question.
    AnswerOnly(String),
}

/// Whether a text is probably such a file. `extension` is the file's extension in lower case.
pub(super) fn is_likely(text: &str, extension: &str) -> bool {
    let (head, _) = front_matter(text);
    let has = |mark: &str| lines(&text[head..]).take(SAMPLE_LINES).any(|(line, _)| line.starts_with(mark));
    let has_gaps = || {
        let mut first = lines(&text[head..]).take(SAMPLE_LINES).map(|(line, _)| line);
        first.any(|line| line.starts_with("C:") && line.contains('[') && !line.contains('\t'))
    };
    let is_markdown = matches!(extension, "md" | "markdown");
    (has("Q:") && has("A:")) || (is_markdown && has("C:")) || has_gaps()
}

/// The `name` in the front matter.
pub(super) fn title(text: &str) -> Option<String> {
    let (length, _) = front_matter(text);
    let head = &text[..length];
    lines(head).find_map(|(line, _)| {
        let value = line.trim().strip_prefix("name")?.trim_start().strip_prefix('=')?.trim();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let inside = &value[1..];
        let end = inside.match_indices(quote).find(|(at, _)| quote == '\'' || !inside[..*at].ends_with('\\'));
        let name = &inside[..end?.0];
        let name =
            if quote == '"' { name.replace("\\\"", "\"").replace("\\\\", "\\") } else { name.to_owned() };
        Some(name.trim().to_owned()).filter(|name| !name.is_empty())
    })
}

/// Length of the front matter in bytes and lines, both `---` included; zero if there is none.
fn front_matter(text: &str) -> (usize, u32) {
    let mut length = 0;
    for (number, (line, byte_len)) in (1..).zip(lines(text)) {
        length += byte_len;
        match (number, line.trim_end()) {
            (1, "---") => {}
            (1, _) => return (0, 0),
            (_, "---") => return (length, number),
            (_, line) => {
                let is_toml = line.is_empty() || line.starts_with(['#', '[']) || line.contains('=');
                if !is_toml {
                    return (0, 0);
                }
            }
        }
    }
    (0, 0)
}

/// The lines without their line ends, each with its length in bytes including the line end.
fn lines(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let byte_len = match &rest.as_bytes()[end..] {
            [b'\r', b'\n', ..] => end + 2,
            [] => end,
            _ => end + 1,
        };
        let line = &rest[..end];
        rest = &rest[byte_len..];
        Some((line, byte_len))
    })
}

/// Reads such a file. See [`super::read`] for `progress` and errors.
pub(super) fn read(
    sniffed: &SniffedFile,
    options: &ImportOptions,
    progress: &mut dyn FnMut(f32) -> bool,
) -> Result<ImportedQuestions, ImportError> {
    let text = &*sniffed.text;
    let (head, head_lines) = front_matter(text);
    let mut collector = Collector::new(options);
    let mut card: Option<(u32, RawCard)> = None;
    let mut at = head;
    for (number, (line, byte_len)) in (head_lines + 1..).zip(lines(&text[head..])) {
        at += byte_len;
        if number.is_multiple_of(LINES_PER_REPORT) && !progress(at as f32 / text.len() as f32) {
            return Err(ImportError::Cancelled);
        }
        let started = if let Some(rest) = line.strip_prefix("Q:") {
            Some(RawCard::QuestionOnly(rest.to_owned()))
        } else if let Some(rest) = line.strip_prefix("C:") {
            Some(RawCard::Cloze(rest.to_owned()))
        } else if let Some(rest) = line.strip_prefix("A:") {
            match card.take() {
                Some((begin, RawCard::QuestionOnly(question))) => {
                    card = Some((begin, RawCard::QuestionAndAnswer(question, rest.to_owned())));
                    None
                }
                other => {
                    card = other;
                    Some(RawCard::AnswerOnly(rest.to_owned()))
                }
            }
        } else {
            if line.trim_end() == "---" {
                finish_card(&mut collector, card.take(), options);
            } else if let Some((_, open_card)) = &mut card {
                let text = match open_card {
                    RawCard::QuestionOnly(text)
                    | RawCard::QuestionAndAnswer(_, text)
                    | RawCard::Cloze(text)
                    | RawCard::AnswerOnly(text) => text,
                };
                text.push('\n');
                text.push_str(line);
            }
            None
        };
        if let Some(started) = started {
            finish_card(&mut collector, card.take(), options);
            card = Some((number, started));
        }
    }
    finish_card(&mut collector, card, options);
    Ok(collector.finish(sniffed.title.clone(), Vec::new()))
}

/// Adds a completed card to the collector, as a question or as a skipped row.
fn finish_card(collector: &mut Collector, card: Option<(u32, RawCard)>, options: &ImportOptions) {
    let Some((line, card)) = card else { return };
    let converted = match &card {
        RawCard::QuestionOnly(_) => Err(SkipReason::NoAnswer),
        RawCard::AnswerOnly(_) => Err(SkipReason::NoQuestion),
        RawCard::QuestionAndAnswer(question, answer) => basic_card(question, answer, options),
        RawCard::Cloze(text) => cloze_card(text),
    };
    let (RawCard::QuestionOnly(text)
    | RawCard::QuestionAndAnswer(text, _)
    | RawCard::Cloze(text)
    | RawCard::AnswerOnly(text)) = &card;
    match converted {
        Ok((prompt, answer)) => collector.add(RawQuestion {
            line,
            prompt,
            answer,
            id: None,
            topic: "",
            tags: Vec::new(),
            explain: None,
            hint: None,
        }),
        Err(reason) => collector.skipped.add(line, reason, super::rows::clean(text).trim()),
    }
}

/// The prompt and answer of a card with `Q:` and `A:`.
fn basic_card(question: &str, answer: &str, options: &ImportOptions) -> Result<(String, Answer), SkipReason> {
    let prompt = super::rows::clean(question).into_owned();
    let back = super::rows::clean(answer);
    if prompt.is_empty() {
        return Err(SkipReason::NoPrompt);
    }
    if back.is_empty() {
        return Err(SkipReason::NoAnswer);
    }
    // These files are written for self-graded recall, so answers are typed only if the user chose so.
    let import_as = match options.import_as {
        super::ImportAs::ByLength => super::ImportAs::Recall,
        import_as => import_as,
    };
    Ok((prompt, super::rows::answer_as(import_as, &back, &back)))
}

/// Turns each `[answer]` into a gap. As in hashcards, several gaps become a card each, so each gets its own group.
fn cloze_card(text: &str) -> Result<(String, Answer), SkipReason> {
    let text = super::rows::clean(text);
    if text.is_empty() {
        return Err(SkipReason::NoPrompt);
    }
    let brackets = gap_brackets(&text);
    let is_single = brackets.len() == 1;
    let mut prompt = String::with_capacity(text.len() + 8 * brackets.len());
    let mut at = 0;
    for (number, (start, end)) in (1..).zip(brackets) {
        gaps::push_text(&mut prompt, &text[at..start]);
        let group = (!is_single).then(|| format!("g{number}"));
        gaps::push_gap(&mut prompt, group.as_deref(), &text[start + 1..end], None)?;
        at = end + 1;
    }
    gaps::push_text(&mut prompt, &text[at..]);
    let cloze = Cloze::parse(&prompt).map_err(|_| SkipReason::NoGap)?;
    Ok((prompt, Answer::Cloze(cloze)))
}

/// Byte offsets of the opening and closing bracket of each gap: not escaped, and not those of an image or a link.
fn gap_brackets(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // The offset of the open bracket, and whether it belongs to an image.
    let mut open_bracket: Option<(usize, bool)> = None;
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], open_bracket) {
            (b'\\', _) => at += 1,
            (b'[', None) => open_bracket = Some((at, at > 0 && bytes[at - 1] == b'!')),
            // A nested pair is part of the answer.
            (b'[', Some(_)) => depth += 1,
            (b']', Some(_)) if depth > 0 => depth -= 1,
            (b']', Some((start, is_picture))) => {
                let is_link = bytes.get(at + 1) == Some(&b'(');
                if !is_link && !is_picture {
                    found.push((start, at));
                }
                open_bracket = None;
            }
            _ => {}
        }
        at += 1;
    }
    found
}
