//! The right answer of a question as plain text, for one cell of a table.

use crate::domain::grade::number::format_number;
use crate::domain::question::{Answer, WrongOption};

/// The kind as the column `kind` names it: the deck file's name, or `Both` for a Recall with a reverse card.
pub fn kind_name(answer: &Answer) -> &'static str {
    match answer {
        Answer::Recall { reverse: true, .. } => "Both",
        answer => answer.kind().name(),
    }
}

/// The right answer as text; for Choice and Choices also the wrong options. See [`super::csv::table`] for the
/// notation.
pub fn answer_cell(answer: &Answer) -> String {
    let with_note = |text: &str, note: Option<&str>| match note {
        Some(note) => format!("{text} ({note})"),
        None => text.to_owned(),
    };
    match answer {
        Answer::Recall { back, .. } => back.clone(),
        Answer::Typed { accepted, .. } => accepted.join(" | "),
        Answer::Number { value, within, unit } => {
            let mut words = format_number(*value);
            if *within != 0.0 {
                words.push_str(&format!(" ± {}", format_number(*within)));
            }
            words.extend(unit.iter().flat_map(|unit| [" ", unit]));
            words
        }
        Answer::Date { value, within_days: 0 } => value.to_string(),
        Answer::Date { value, within_days } => format!("{value} ± {within_days}"),
        Answer::Bool(value) => value.to_string(),
        Answer::Choice { right, wrong } => options(std::slice::from_ref(right), wrong),
        Answer::Choices { right, wrong } => options(right, wrong),
        Answer::Cloze(cloze) => {
            cloze.gaps().filter_map(|gap| gap.accepted.first()).cloned().collect::<Vec<_>>().join("; ")
        }
        Answer::Order(items) => (1..)
            .zip(items)
            .map(|(number, item)| format!("{number}. {}", with_note(&item.text, item.note.as_deref())))
            .collect::<Vec<_>>()
            .join("\n"),
        Answer::Match(pairs) => {
            pairs.iter().map(|(left, right)| format!("- {left} = {right}")).collect::<Vec<_>>().join("\n")
        }
        Answer::Sort(bins) => bins
            .iter()
            .map(|bin| format!("- {}: {}", bin.name, bin.items.join("; ")))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

fn options(right: &[String], wrong: &[WrongOption]) -> String {
    let right = right.iter().map(|text| format!("- ✓ {text}"));
    let wrong = wrong.iter().map(|option| format!("- ✗ {}", option.text));
    right.chain(wrong).collect::<Vec<_>>().join("\n")
}
