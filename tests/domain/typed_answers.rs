//! Verdicts on typed answers, compared with those of a fair teacher in a table (`tests/data/typed-answers.tsv`): kind,
//! accepted (several separated by `|`; a number as value;within;unit), typed, wanted verdict, class.

use std::collections::BTreeMap;

use linchpin::domain::grade::{Correctness, grade, unreadable_reason};
use linchpin::domain::ids::Facet;
use linchpin::domain::task::{Response, Task, TaskForm};
use linchpin::formats::ron_deck;

/// The verdict of the program.
fn verdict_on(kind: &str, accepted: &str, given: &str) -> &'static str {
    let text = |text: &str| format!("{text:?}");
    let several: Vec<String> = match accepted.starts_with('|') {
        true => vec![text(accepted)],
        false => accepted.split('|').map(text).collect(),
    };
    let parts: Vec<&str> = accepted.split(';').collect();
    let (prompt, answer) = match kind {
        "typed" => ("Q".to_owned(), format!("Typed([{}])", several.join(", "))),
        "typed-strict" => {
            ("Q".to_owned(), format!("Typed(accepted: [{}], strict: true)", several.join(", ")))
        }
        "number" => {
            let value: f64 = parts[0].parse().expect("a number");
            let unit =
                if parts[2].is_empty() { String::new() } else { format!(", unit: {}", text(parts[2])) };
            ("Q".to_owned(), format!("Number(value: {value:?}, within: {}{unit})", parts[1]))
        }
        "date" => ("Q".to_owned(), format!("Date(value: {}, within_days: {})", text(parts[0]), parts[1])),
        "gap" => (format!("It is {{{{{accepted}}}}} here."), "Cloze".to_owned()),
        other => panic!("no kind {other}"),
    };
    let file = format!(
        "Deck(format: 1, id: \"d\", title: \"D\", topics: {{\"t\": \"T\"}}, questions: [(id: \"q\", topic: \"t\", prompt: {}, answer: {answer})])",
        text(&prompt)
    );
    let deck = ron_deck::parse(&file).deck.unwrap_or_else(|| panic!("a deck: {file}"));
    let task = Task::new(&deck, &deck.questions[0], &Facet::Front, 0, false);
    let response = match &task.form {
        TaskForm::Cloze { .. } => Response::Cloze(vec![given.to_owned()]),
        _ => Response::Typed(given.to_owned()),
    };
    if unreadable_reason(&task, &response).is_some() {
        return "unreadable";
    }
    match grade(&task, &response).correctness() {
        Correctness::Right => "right",
        Correctness::Almost => "almost",
        Correctness::Partly => "partly",
        Correctness::Wrong => "wrong",
    }
}

/// Whether a fair teacher could give this verdict.
fn is_fair(want: &str, verdict: &str) -> bool {
    match want {
        "right" => verdict == "right",
        "wrong" => verdict == "wrong",
        "slip" => matches!(verdict, "almost" | "right"),
        "either" => matches!(verdict, "right" | "almost" | "wrong"),
        "readable" => matches!(verdict, "right" | "unreadable"),
        "unreadable" => matches!(verdict, "unreadable" | "wrong"),
        other => panic!("no verdict {other}"),
    }
}

/// At least 95 % of every class and 98.5 % of all verdicts must be fair; a failure lists the unfair ones.
#[test]
fn verdicts_are_those_of_a_fair_teacher() {
    let mut classes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut unfair = Vec::new();
    for line in include_str!("../data/typed-answers.tsv").lines().skip(1) {
        let [kind, accepted, given, want, class] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("five columns: {line}");
        };
        let verdict = verdict_on(kind, accepted, given);
        let (all, fair) = classes.entry(class).or_default();
        *all += 1;
        if is_fair(want, verdict) {
            *fair += 1;
        } else {
            unfair.push(format!("{class}: {kind} {accepted} <- {given}: want {want}, found {verdict}"));
        }
    }
    for (class, (all, fair)) in &classes {
        println!("{class}: {fair} of {all}");
    }
    let count: usize = classes.values().map(|(all, _)| all).sum();
    let fair = count - unfair.len();
    assert!(fair * 1_000 >= count * 985, "{fair} of {count}\n{}", unfair.join("\n"));
    for (class, (all, fair)) in classes {
        assert!(fair * 100 >= all * 95, "{class}: {fair} of {all}\n{}", unfair.join("\n"));
    }
}
