//! Question files in Markdown, as the program hashcards reads them: `Q:` and `A:`, or `C:` with `[gaps]`,
//! each over as many lines as it takes; `---` ends a card; a head between two `---` may give a `name`.

use crate::domain::cloze::Cloze;
use crate::domain::question::Answer;

use super::collect::{Collector, Draft};
use super::skipped::Reason;
use super::{ImportError, Imported, Options, Sniffed, gaps};

/// Lines that are looked at to tell such a file from a table.
const SAMPLE: usize = 400;
/// Lines between two reports of progress.
const STEP: u32 = 1024;

/// A card as it stands in the file.
#[derive(Debug)]
enum Block {
    Question(String),
    Answered(String, String),
    Gaps(String),
    /// An answer without a question.
    Stray(String),
}

/// Whether a text is such a file.
pub(super) fn is_likely(text: &str, extension: &str) -> bool {
    let (head, _) = front_matter(text);
    let has = |mark: &str| lines(&text[head..]).take(SAMPLE).any(|(line, _)| line.starts_with(mark));
    let has_gaps = || {
        let mut first = lines(&text[head..]).take(SAMPLE).map(|(line, _)| line);
        first.any(|line| line.starts_with("C:") && line.contains('[') && !line.contains('\t'))
    };
    let is_markdown = matches!(extension, "md" | "markdown");
    (has("Q:") && has("A:")) || (is_markdown && has("C:")) || has_gaps()
}

/// The name that the head gives.
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

/// Bytes and lines of the head between two `---`; none where the first of them only ends nothing.
fn front_matter(text: &str) -> (usize, u32) {
    let mut length = 0;
    for (number, (line, whole)) in (1..).zip(lines(text)) {
        length += whole;
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

/// Lines without their ends, and how many bytes they take with them.
fn lines(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let whole = match &rest.as_bytes()[end..] {
            [b'\r', b'\n', ..] => end + 2,
            [] => end,
            _ => end + 1,
        };
        let line = &rest[..end];
        rest = &rest[whole..];
        Some((line, whole))
    })
}

/// Reads such a file.
pub(super) fn read(
    sniffed: &Sniffed,
    options: &Options,
    progress: &mut dyn FnMut(f32) -> bool,
) -> Result<Imported, ImportError> {
    let text = &*sniffed.text;
    let (head, head_lines) = front_matter(text);
    let mut collector = Collector::new(options);
    let mut block: Option<(u32, Block)> = None;
    let mut at = head;
    for (number, (line, whole)) in (head_lines + 1..).zip(lines(&text[head..])) {
        at += whole;
        if number.is_multiple_of(STEP) && !progress(at as f32 / text.len() as f32) {
            return Err(ImportError::Cancelled);
        }
        let begun = if let Some(rest) = line.strip_prefix("Q:") {
            Some(Block::Question(rest.to_owned()))
        } else if let Some(rest) = line.strip_prefix("C:") {
            Some(Block::Gaps(rest.to_owned()))
        } else if let Some(rest) = line.strip_prefix("A:") {
            match block.take() {
                Some((begin, Block::Question(question))) => {
                    block = Some((begin, Block::Answered(question, rest.to_owned())));
                    None
                }
                other => {
                    block = other;
                    Some(Block::Stray(rest.to_owned()))
                }
            }
        } else {
            if line.trim_end() == "---" {
                end(&mut collector, block.take(), options);
            } else if let Some((_, open)) = &mut block {
                let text = match open {
                    Block::Question(text)
                    | Block::Answered(_, text)
                    | Block::Gaps(text)
                    | Block::Stray(text) => text,
                };
                text.push('\n');
                text.push_str(line);
            }
            None
        };
        if let Some(begun) = begun {
            end(&mut collector, block.take(), options);
            block = Some((number, begun));
        }
    }
    end(&mut collector, block, options);
    Ok(collector.finish(sniffed.title.clone(), Vec::new()))
}

/// Makes a question of a card that is complete.
fn end(collector: &mut Collector, block: Option<(u32, Block)>, options: &Options) {
    let Some((line, block)) = block else { return };
    let made = match &block {
        Block::Question(_) => Err(Reason::NoAnswer),
        Block::Stray(_) => Err(Reason::NoQuestion),
        Block::Answered(question, answer) => answered(question, answer, options),
        Block::Gaps(text) => with_gaps(text),
    };
    let (Block::Question(text) | Block::Answered(text, _) | Block::Gaps(text) | Block::Stray(text)) = &block;
    match made {
        Ok((prompt, answer)) => collector.add(Draft {
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

fn answered(question: &str, answer: &str, options: &Options) -> Result<(String, Answer), Reason> {
    let prompt = super::rows::clean(question).into_owned();
    let back = super::rows::clean(answer);
    if prompt.is_empty() {
        return Err(Reason::NoPrompt);
    }
    if back.is_empty() {
        return Err(Reason::NoAnswer);
    }
    // Such files are made for recalling: what is to be typed there is only known when someone chose it.
    let target = match options.target {
        super::Target::ByLength => super::Target::Recall,
        target => target,
    };
    Ok((prompt, super::rows::aimed(target, &back, &back)))
}

/// `[answer]`s as gaps; several are a card each, as there.
fn with_gaps(text: &str) -> Result<(String, Answer), Reason> {
    let text = super::rows::clean(text);
    if text.is_empty() {
        return Err(Reason::NoPrompt);
    }
    let places = brackets(&text);
    let is_single = places.len() == 1;
    let mut prompt = String::with_capacity(text.len() + 8 * places.len());
    let mut at = 0;
    for (number, (start, end)) in (1..).zip(places) {
        gaps::outside(&mut prompt, &text[at..start]);
        let group = (!is_single).then(|| format!("g{number}"));
        gaps::gap(&mut prompt, group.as_deref(), &text[start + 1..end], None)?;
        at = end + 1;
    }
    gaps::outside(&mut prompt, &text[at..]);
    let cloze = Cloze::parse(&prompt).map_err(|_| Reason::NoGap)?;
    Ok((prompt, Answer::Cloze(cloze)))
}

/// Where the brackets of gaps stand: not escaped, and neither a picture's nor a link's.
fn brackets(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // Each with whether it is a picture's.
    let mut open: Option<(usize, bool)> = None;
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], open) {
            (b'\\', _) => at += 1,
            (b'[', None) => open = Some((at, at > 0 && bytes[at - 1] == b'!')),
            // A pair inside belongs to the answer.
            (b'[', Some(_)) => depth += 1,
            (b']', Some(_)) if depth > 0 => depth -= 1,
            (b']', Some((start, is_picture))) => {
                let is_link = bytes.get(at + 1) == Some(&b'(');
                if !is_link && !is_picture {
                    found.push((start, at));
                }
                open = None;
            }
            _ => {}
        }
        at += 1;
    }
    found
}
