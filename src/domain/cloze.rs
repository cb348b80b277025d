//! The notation for gaps in a prompt: `{{answer}}`, `{{answer|also accepted}}`, `{{answer::hint}}`,
//! `{{group:answer::hint}}`. `\:` and `\|` are a literal colon and bar. A group name is one word that begins
//! with a letter.

use std::sync::Arc;

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use super::grade::is_blank;
use super::ids::Facet;

/// A cloze prompt, split into text and gaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cloze {
    /// In reading order.
    pub pieces: Vec<ClozePiece>,
    /// Whether the gaps of a card may be filled in any order, as in "the two Koreas".
    #[serde(default)]
    pub any_order: bool,
}

/// One part of a cloze prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClozePiece {
    /// CommonMark between gaps.
    Text(String),
    /// A gap to fill in.
    Gap(Gap),
}

/// One gap of a cloze.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Gaps with the same group name form one card; all gaps without one form one card together.
    pub group: Option<Arc<str>>,
    /// Accepted answers, never empty; the first is the one to show.
    pub accepted: Vec<String>,
    /// Shown inside the empty gap.
    pub hint: Option<String>,
}

impl Gap {
    /// The facet whose card has this gap blank.
    pub fn facet(&self) -> Facet {
        self.group.clone().map_or(Facet::Front, Facet::Gap)
    }
}

/// Why a prompt cannot be parsed as a cloze.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClozeError {
    /// There is no gap.
    #[error("the prompt has no gap: write the answer into it as {{{{answer}}}}")]
    NoGap,
    /// A `{{` without `}}`, at this byte offset in the prompt.
    #[error("a gap opens with {{{{ and never closes")]
    Unclosed(usize),
    /// A gap without an answer, at this byte offset in the prompt.
    #[error("a gap is empty: write the answer between {{{{ and }}}}")]
    Empty(usize),
}

impl Cloze {
    /// Parses a prompt.
    ///
    /// # Errors
    /// When there is no gap, a gap is not closed, or a gap has no answer.
    pub fn parse(prompt: &str) -> Result<Self, ClozeError> {
        let mut pieces = Vec::new();
        let mut rest = prompt;
        while let Some(start) = rest.find("{{") {
            let offset = prompt.len() - rest.len() + start;
            let inside = &rest[start + 2..];
            let end = inside.find("}}").ok_or(ClozeError::Unclosed(offset))?;
            if start > 0 {
                pieces.push(ClozePiece::Text(rest[..start].to_owned()));
            }
            pieces.push(ClozePiece::Gap(parse_gap(&inside[..end]).ok_or(ClozeError::Empty(offset))?));
            rest = &inside[end + 2..];
        }
        if !rest.is_empty() {
            pieces.push(ClozePiece::Text(rest.to_owned()));
        }
        let cloze = Self { pieces, any_order: false };
        if cloze.gaps().next().is_none() { Err(ClozeError::NoGap) } else { Ok(cloze) }
    }

    /// The prompt with one more accepted answer in the gap with this index (from 0); nothing else changes.
    /// `None` when there is no such gap, or when the answer cannot be written into one.
    pub fn with_accepted(prompt: &str, gap: usize, answer: &str) -> Option<String> {
        let mut from = 0;
        for _ in 0..gap {
            from += prompt[from..].find("{{")? + 2;
            from += prompt[from..].find("}}")? + 2;
        }
        let open = from + prompt[from..].find("{{")? + 2;
        let inside = &prompt[open..open + prompt[open..].find("}}")?];
        let at = open + split_unescaped(inside, "::").map_or(inside.len(), |(body, _)| body.len());
        let escaped = answer.trim().replace(':', "\\:").replace('|', "\\|");
        // An answer that ends with a brace or a backslash must not touch the syntax that follows it.
        let gap_end = if escaped.ends_with(['}', '\\']) { " " } else { "" };
        let new = format!("{}|{escaped}{gap_end}{}", &prompt[..at], &prompt[at..]);
        let mut expected: Vec<Gap> = Cloze::parse(prompt).ok()?.gaps().cloned().collect();
        expected.get_mut(gap)?.accepted.push(answer.trim().to_owned());
        let read = Cloze::parse(&new).ok()?;
        read.gaps().eq(&expected).then_some(new)
    }

    /// The gaps in reading order.
    pub fn gaps(&self) -> impl Iterator<Item = &Gap> {
        self.pieces.iter().filter_map(|piece| match piece {
            ClozePiece::Gap(gap) => Some(gap),
            ClozePiece::Text(_) => None,
        })
    }

    /// One facet for the gaps without a group, one for each group, in order of first appearance.
    pub fn facets(&self) -> Vec<Facet> {
        let facets: IndexSet<Facet, foldhash::fast::RandomState> = self.gaps().map(Gap::facet).collect();
        facets.into_iter().collect()
    }

    /// The prompt with empty gaps. It identifies the question while its answers are edited.
    pub fn without_answers(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| match piece {
                ClozePiece::Text(text) => text.as_str(),
                ClozePiece::Gap(_) => "{{}}",
            })
            .collect()
    }
}

fn parse_gap(inside: &str) -> Option<Gap> {
    let (body, hint) = match split_unescaped(inside, "::") {
        Some((body, hint)) => (body, Some(unescape(hint).trim().to_owned())),
        None => (inside, None),
    };
    let (group, answers) = match split_unescaped(body, ":") {
        Some((group, answers)) if is_group_name(group.trim()) => (Some(group.trim().into()), answers),
        _ => (None, body),
    };
    let mut accepted = Vec::new();
    let mut rest = answers;
    loop {
        let (answer, tail) = match split_unescaped(rest, "|") {
            Some((answer, tail)) => (answer, Some(tail)),
            None => (rest, None),
        };
        let answer = unescape(answer).trim().to_owned();
        // What nobody can see nobody can type.
        if !answer.chars().all(is_blank) {
            accepted.push(answer);
        }
        match tail {
            Some(tail) => rest = tail,
            None => break,
        }
    }
    (!accepted.is_empty()).then(|| Gap { group, accepted, hint: hint.filter(|hint| !hint.is_empty()) })
}

/// Group names begin with a letter and contain no spaces: `{{10:30}}` is a time, not a group.
fn is_group_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
}

/// Splits at the first `separator` that has no backslash before it.
fn split_unescaped<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    text.match_indices(separator)
        .find(|(at, _)| !text[..*at].ends_with('\\'))
        .map(|(at, _)| (&text[..at], &text[at + separator.len()..]))
}

fn unescape(text: &str) -> String {
    text.replace("\\:", ":").replace("\\|", "|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_after_anything_but_a_name_belongs_to_the_answer() {
        for (prompt, group, answer) in [
            ("{{10:30}}", None, "10:30"),
            ("{{:a}}", None, ":a"),
            ("{{war:1950}}", Some("war"), "1950"),
            ("{{a\\:b}}", None, "a:b"),
        ] {
            let cloze = Cloze::parse(prompt).expect("a cloze");
            let gap = cloze.gaps().next().expect("a gap");
            assert_eq!((gap.group.as_deref(), gap.accepted[0].as_str()), (group, answer), "{prompt}");
        }
    }
}
