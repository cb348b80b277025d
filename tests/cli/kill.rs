//! An acknowledged answer is saved, whenever the program is killed.

#![cfg(unix)]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;

use linchpin::domain::event::{Change, EventId};
use linchpin::store::Store;

use crate::fixtures::{CliFixture, MONDAY, total, verdicts};

const ROUNDS: usize = 20;
const QUESTIONS: usize = 120;
/// More cards than are answered before the program is killed.
const ANSWERS: usize = 400;

fn deck() -> String {
    let mut questions = String::new();
    for nth in 0..QUESTIONS {
        write!(questions, "(topic: \"a\", prompt: \"Statement number {nth}.\", answer: Bool(false)),")
            .unwrap();
    }
    format!(
        "Deck(format: 1, id: \"kill\", title: \"Kill\", topics: {{\"a\": \"All\"}}, questions: [{questions}])"
    )
}

/// The scores of all logged answers that are not in `known` yet, oldest first.
fn answers(cli: &CliFixture, known: &mut Vec<EventId>) -> Vec<f64> {
    let store = Store::open_read_only(cli.path()).unwrap();
    store.check().unwrap();
    let mut scores = Vec::new();
    for event in store.events().unwrap() {
        if let Change::Answer(review) = event.change
            && !known.contains(&event.id)
        {
            assert!(store.answer_record(event.id).unwrap().is_some(), "what was answered is there too");
            known.push(event.id);
            scores.push(review.score);
        }
    }
    scores
}

#[test]
fn a_session_killed_while_answering_has_saved_every_answer_with_a_verdict() {
    let cli = CliFixture::with_deck("kill.ron", &deck());
    cli.write("settings.ron", "(new_cards_a_day: 999)");
    // Wrong, right, and wrong but overruled, so that events of two kinds can be cut short.
    let lines: String = (0..ANSWERS).map(|nth| ["t\n\n", "f\n\n", "t\n2\n"][nth % 3]).collect();
    let mut known = Vec::new();
    let mut acknowledged = 0;
    for round in 0..ROUNDS {
        let mut child = cli
            .command(&["study", "kill", "--at", MONDAY])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(lines.as_bytes()).unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());

        // Reads some verdicts and a few lines more, so that each run is killed at another step of an answer.
        let (after_verdicts, and_lines) = (1 + round * 7 % 23, round % 5);
        let mut read = String::new();
        while verdicts(&read) < after_verdicts {
            assert_ne!(output.read_line(&mut read).unwrap(), 0, "it ended by itself: {read}");
        }
        for _ in 0..and_lines {
            output.read_line(&mut read).unwrap();
        }
        child.kill().unwrap();
        // Output printed before the kill counts as well. Its last line may be cut short, even inside a character.
        let mut rest = Vec::new();
        output.read_to_end(&mut rest).unwrap();
        read.push_str(&String::from_utf8_lossy(&rest));
        assert_eq!(child.wait().unwrap().signal(), Some(9));
        drop(input);

        let shown: Vec<f64> = read
            .lines()
            .filter(|line| verdicts(line) == 1)
            .map(|line| if line.starts_with('✓') { 1.0 } else { 0.0 })
            .collect();
        let saved = answers(&cli, &mut known);
        assert!(saved.starts_with(&shown), "round {round}: {shown:?} was shown, {saved:?} is saved");
        assert!(saved.len() <= shown.len() + 1, "round {round}: an answer is saved just before it is shown");
        acknowledged += shown.len();

        let stats = cli.json(&["stats", "--json", "--at", MONDAY]);
        assert_eq!(total(&stats, "kill")["answers"], known.len());
    }
    assert!(acknowledged > ROUNDS * 5);
    let mut session = cli.study(&["kill", "--at", MONDAY]);
    assert!(session.is_asking());
    assert!(session.send("f").contains("✓ Right"));
    assert_eq!(session.end().code, 0);
    assert_eq!(answers(&cli, &mut known), [1.0]);
}
