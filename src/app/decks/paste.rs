//! A pasted list: a line a question. Pure.

use crate::domain::cloze::Cloze;
use crate::domain::question::{Answer, Kind, Question};
use crate::formats::ron_deck::question_id_from_prompt;

/// What a pasted text holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pasted {
    /// In the order of the lines.
    pub questions: Vec<Question>,
    /// Lines (from 1) that are no question, and why.
    pub left_out: Vec<(usize, &'static str)>,
}

/// What parts the question from its answer, the first one that every line has.
const SEPARATORS: [&str; 8] = ["\t", " = ", " — ", " – ", " - ", ": ", ";", ","];

/// Reads a list. `kind` is that of the answers ([`Kind::Typed`] or [`Kind::Recall`]); a line with `{{gaps}}` needs
/// no answer. Prompts that `is_taken` says are there already, or that come twice, are left out.
pub fn questions(text: &str, kind: Kind, topic: &str, is_taken: impl Fn(&str) -> bool) -> Pasted {
    let lines: Vec<(usize, &str)> =
        (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty()).collect();
    let separator = separator_of(&lines);
    let mut pasted = Pasted::default();
    let mut ids = std::collections::HashSet::new();
    for (number, line) in lines {
        match question(line, separator, kind, topic) {
            Ok(question) if is_taken(&question.id) || !ids.insert(question.id.clone()) => {
                pasted.left_out.push((number, "the same question is there already"));
            }
            Ok(question) => pasted.questions.push(question),
            Err(why) => pasted.left_out.push((number, why)),
        }
    }
    pasted
}

fn separator_of(lines: &[(usize, &str)]) -> &'static str {
    let parted = |separator: &str| {
        lines
            .iter()
            .filter(|(_, line)| line.split_once(separator).is_some_and(|(a, b)| is_pair(a, b)))
            .count()
    };
    // The first of the best: a tab in every line says more than a comma in every line.
    SEPARATORS.iter().copied().rev().max_by_key(|separator| parted(separator)).unwrap_or("\t")
}

fn is_pair(a: &str, b: &str) -> bool {
    !a.trim().is_empty() && !b.trim().is_empty()
}

fn question(line: &str, separator: &str, kind: Kind, topic: &str) -> Result<Question, &'static str> {
    let (prompt, answer) = match Cloze::parse(line) {
        Ok(cloze) => (line, Answer::Cloze(cloze)),
        Err(_) => {
            let (prompt, answer) =
                line.split_once(separator).ok_or("there is no answer behind the question")?;
            let (prompt, answer) = (prompt.trim(), answer.trim());
            if prompt.is_empty() {
                return Err("the question is empty");
            }
            if answer.is_empty() {
                return Err("the answer is empty");
            }
            let answer = answer.to_owned();
            let answer = if kind == Kind::Recall {
                Answer::Recall { back: answer, reverse: false, reverse_prompt: None }
            } else {
                Answer::Typed {
                    accepted: vec![answer],
                    strict: false,
                    reading: None,
                    also_reverse: Vec::new(),
                }
            };
            (prompt, answer)
        }
    };
    Ok(Question {
        id: question_id_from_prompt(prompt).into(),
        id_is_written: false,
        topic: topic.to_owned(),
        prompt: prompt.to_owned(),
        answer,
        hint: None,
        explain: None,
        cite: Vec::new(),
        tags: Vec::new(),
        image: None,
        typed: Vec::new(),
        formerly: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let pasted = questions(text, Kind::Recall, "t", |_| false);
        let pair = |question: Question| match question.answer {
            Answer::Recall { back, .. } => (question.prompt, back),
            _ => (question.prompt, String::new()),
        };
        pasted.questions.into_iter().map(pair).collect()
    }

    #[test]
    fn the_separator_is_the_one_that_parts_every_line() {
        for separator in SEPARATORS {
            let text = format!("a well, known{separator}b\n\n  c{separator}d, e  \n");
            // A comma in the texts is no separator where another one parts them.
            let expected = if separator == "," {
                vec![("a well".to_owned(), "known,b".to_owned()), ("c".to_owned(), "d, e".to_owned())]
            } else {
                vec![("a well, known".to_owned(), "b".to_owned()), ("c".to_owned(), "d, e".to_owned())]
            };
            assert_eq!(pairs(&text), expected, "{separator:?}");
        }
    }

    #[test]
    fn lines_that_are_no_question_are_told() {
        let pasted = questions("a\tb\nlonely\na\tc\n\td\n{{gap}} in a line", Kind::Typed, "t", |_| false);
        assert_eq!(pasted.questions.len(), 2);
        assert!(matches!(pasted.questions[1].answer, Answer::Cloze(_)));
        let lines: Vec<usize> = pasted.left_out.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 3, 4]);
    }
}
