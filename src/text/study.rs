//! Texts of studying: the card, its verdict, sessions.

use std::fmt::Display;

use super::words::{count, interval, one_decimal, ordinal, percent};
use crate::domain::day::Moment;
use crate::domain::deck::Source;
use crate::domain::event::Confidence;
use crate::domain::grade::date::format_date;
use crate::domain::grade::number::format_number;
use crate::domain::ids::Facet;
use crate::domain::question::{Answer, Question, TypedAnswer};
use crate::domain::schedule::{IntervalReason, RatingOutcome};
use crate::domain::task::{DateTask, NumberTask};

/// What to do with a card in a few words, such as "type the Korean"; `fallback` if there is nothing special
/// to say.
pub fn instruction(question: &Question, facet: &Facet, language: Option<&str>, fallback: &str) -> String {
    match (&question.answer, language.unwrap_or(""), facet) {
        (Answer::Typed(TypedAnswer { also_reverse, .. }), "ko", Facet::Front) if !also_reverse.is_empty() => {
            "type the Korean".to_owned()
        }
        (Answer::Typed { .. }, "ko", Facet::Reverse) => "type the English".to_owned(),
        _ => fallback.to_owned(),
    }
}

/// The right number with its unit.
pub fn right_number(task: &NumberTask) -> String {
    let unit = task.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
    format!("{}{unit}", format_number(task.value))
}

/// The right date.
pub fn right_date(task: &DateTask) -> String {
    format_date(task.value)
}

/// "right within 2"; `None` if the number has to be exact.
pub fn number_tolerance(task: &NumberTask) -> Option<String> {
    (task.within > 0.0).then(|| format!("right within {}", format_number(task.within)))
}

/// "right within 2 days"; `None` if the date has to be exact.
pub fn date_tolerance(task: &DateTask) -> Option<String> {
    (task.within_days > 0).then(|| format!("right within {}", count(task.within_days as usize, "day")))
}

/// "sure", "think so", "guess".
pub fn confidence_name(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Sure => "sure",
        Confidence::ThinkSo => "think so",
        Confidence::Guess => "guess",
    }
}

/// A remark on the learner's confidence, after the verdict.
pub fn confidence_remark(confidence: Confidence, is_right: bool) -> &'static str {
    match (confidence, is_right) {
        (Confidence::Sure, true) => "You were sure.",
        (Confidence::Sure, false) => "You were sure. Surprises like this are what you learn most from.",
        (Confidence::ThinkSo, _) => "You thought so.",
        (Confidence::Guess, true) => "Right, but a guess, so it comes back soon.",
        (Confidence::Guess, false) => "You guessed.",
    }
}

/// Why a card comes back when it does, in sentences.
pub fn explain_interval(reason: &IntervalReason, outcome: &RatingOutcome, now: &Moment) -> Vec<String> {
    let mut lines = Vec::new();
    match (reason.recall_before, reason.stability_before) {
        (Some(recall), Some(stability)) => lines.push(format!(
            "Before this answer you had a {} chance of knowing it; its stability was {}.",
            percent(recall),
            stability_text(stability)
        )),
        (None, Some(stability)) => lines.push(format!(
            "Before this answer you were still learning it; its stability was {}.",
            stability_text(stability)
        )),
        _ => lines.push("This was your first answer to this card.".to_owned()),
    }
    lines.push(format!(
        "After “{}” its stability is {}: that is how long until your recall falls to 90\u{a0}%. Its difficulty is {} of 10.",
        outcome.rating,
        stability_text(reason.stability_after),
        one_decimal(reason.difficulty_after)
    ));
    let interval = interval(outcome.due, now);
    match reason.exact_days {
        Some(days) => {
            let spread = reason.fuzz_days.map_or(String::new(), |(low, high)| {
                format!(", varied between {low} and {high} so that cards learned together drift apart")
            });
            let review = if reason.is_pre_exam_review { ", with a last review before the exam" } else { "" };
            lines.push(format!(
                "Your target recall of {} gives {} days{spread}{review}. It comes back in {interval}.",
                percent(f64::from(reason.desired_retention)),
                one_decimal(days)
            ));
        }
        None => lines
            .push(format!("You are still learning it: it comes back in {interval}, and later after days.")),
    }
    lines
}

/// "20 min", "5 h", "2.3 days": a stability in days, in a unit that does not round it to nothing.
fn stability_text(days: f32) -> String {
    let hours = days * 24.0;
    match hours {
        hours if hours < 1.0 => format!("{:.0}\u{a0}min", (hours * 60.0).max(1.0)),
        hours if hours < 24.0 => format!("{hours:.0}\u{a0}h"),
        _ => format!("{} days", one_decimal(days)),
    }
}

// The session

/// What the top bar counts, for screen readers.
pub const CARD: &str = "Card";

/// While the session of a large library is planned.
pub const PREPARING: &str = "Preparing your session…";

/// "4 of 20".
pub fn position(at: usize, total: usize) -> String {
    format!("{at} of {total}")
}

/// "12 of 20 right in this session".
pub fn session_score(right: usize, answers: usize) -> String {
    format!("{right} of {answers} right in this session")
}

/// What the bar of a topic shows, for screen readers.
pub fn right_in_topic(name: &str) -> String {
    format!("{name}, right")
}

/// The title while only cards in learning steps are left; `when` is such as "in 8 min".
pub fn next_card(when: &str) -> String {
    format!("Next card {when}")
}

/// Below [`next_card`].
pub const NEXT_CARD_HELP: &str =
    "A card you are still learning comes back then. This page continues by itself.";
/// Ends the session.
pub const STOP_HERE: &str = "Stop here";
/// The title of a session that had no card.
pub const NOTHING_TO_STUDY: &str = "Nothing to study here now";
/// The title at the end of a practice.
pub const PRACTICE_DONE: &str = "Practice done";
/// The title at the end of any other session.
pub const DONE: &str = "Done";
/// Leaves the session.
pub const BACK_TO_EXAM: &str = "Back to the exam";
/// Leaves the session.
pub const BACK_TO_TODAY: &str = "Back to Today";

// The card

/// Above the prompt: the deck, and what to do.
pub fn caption(deck: &str, instruction: &str) -> String {
    format!("{deck} · {instruction}")
}

/// The instruction of a Recall card in a test.
pub const OWN_WORDS: &str = "answer in your own words";
/// The question for confidence.
pub const HOW_SURE: &str = "How sure are you?";
/// Opens the command palette.
pub const ALL_KEYS: &str = "All keys";
/// An option of a Bool.
pub const TRUE: &str = "True";
/// An option of a Bool.
pub const FALSE: &str = "False";
/// In the empty field of a Date.
pub const DATE_EXAMPLE: &str = "such as 1999-12-31";

// The keys of kinds whose keys are not obvious

/// Choices.
pub const CHOICES_KEYS: &str = "Press a number to tick or untick.";
/// Cloze.
pub const CLOZE_KEYS: &str = "Press Tab for the next gap.";
/// Order.
pub const ORDER_KEYS: &str = "Press an item’s number, then its new place. Shift with ↑ ↓ moves it. Or drag.";
/// Match.
pub const MATCH_KEYS: &str = "Press an item’s number, then its match’s. Backspace undoes. Or drag.";
/// Sort.
pub const SORT_KEYS: &str = "Press an item’s number, then a group’s. Backspace undoes. Or drag.";

// Beside and below the parts of an answer

/// An option of a test.
pub const PICKED: &str = "picked";
/// A right option of a Choices.
pub const NOT_PICKED: &str = "not picked";
/// The same, for screen readers.
pub const RIGHT_NOT_PICKED: &str = "right answer, not picked";
/// An option.
pub const YOURS: &str = "your answer";
/// The same, for screen readers.
pub const YOURS_RIGHT: &str = "your answer, right answer";
/// The same, for screen readers.
pub const YOURS_WRONG: &str = "your answer, wrong";
/// An option, for screen readers.
pub const RIGHT_ANSWER: &str = "right answer";
/// A pair or an item, for screen readers.
pub const RIGHT: &str = "right";
/// A pair or an item, for screen readers.
pub const WRONG: &str = "wrong";
/// A pair or an item, for screen readers.
pub const NOT_ANSWERED: &str = "not answered";
/// Match: the right side of a pair.
pub const PAIRED: &str = "paired";
/// Order: an item that was taken up.
pub const PRESS_NEW_PLACE: &str = "press its new place";
/// Order, for screen readers.
pub const RIGHT_PLACE: &str = "right place";
/// Sort: an item in a group.
pub const TAKE_OUT: &str = "Click to take it out";
/// Sort: nothing is left to do.
pub const ALL_SORTED: &str = "Every item is in a group. Check, or click an item to take it out.";
/// A typed answer.
pub const YOU_TYPED: &str = "you typed";
/// The accepted answer that is most like what was typed.
pub const CLOSEST: &str = "closest";
/// Recall: above what was written.
pub const YOUR_ANSWER: &str = "Your answer";
/// Recall: above the right answer.
pub const THE_RIGHT_ANSWER: &str = "Right answer";

/// Order: "should be third"; `place` counts from 0.
pub fn should_be(place: usize) -> String {
    format!("should be {}", ordinal(place))
}

/// [`should_be`], for screen readers.
pub fn wrong_place(place: usize) -> String {
    format!("wrong place, {}", should_be(place))
}

/// Sort: the group that a wrong item was put in.
pub fn chosen(name: &str) -> String {
    format!("you chose: {name}")
}

/// Match: the right partner, and the one that was chosen.
pub fn match_chosen(right: &str, name: &str) -> String {
    format!("{right} ({})", chosen(name))
}

/// Sort: a group, for screen readers; `number` counts from 1.
pub fn group(number: usize, name: &str) -> String {
    format!("Group {number}: {name}")
}

/// Cloze: the field of a gap, for screen readers; `number` counts from 1.
pub fn gap(number: usize, hint: &str) -> String {
    if hint.is_empty() { format!("Gap {number}") } else { format!("Gap {number}: {hint}") }
}

/// Other answers that are accepted; `gap` is the number of one of several gaps, from 1.
pub fn also_accepted(gap: Option<usize>, answers: &str) -> String {
    match gap {
        Some(number) => format!("Gap {number}, also accepted: {answers}"),
        None => format!("Also accepted: {answers}"),
    }
}

// The verdict

/// "Passage 4 · What it says".
pub fn passage(number: usize, gist: &str) -> String {
    format!("Passage {number} · {gist}")
}

/// "Passage 4 · What it says · Author, 2023".
pub fn citation(source: &Source, number: usize, gist: &str) -> String {
    let author = source.author.as_ref().map_or(String::new(), |author| format!(" · {author}"));
    let year = source.year().filter(|_| !author.is_empty()).map_or(String::new(), |year| format!(", {year}"));
    format!("{}{author}{year}", passage(number, gist))
}

/// A rating button, for screen readers; `interval` is such as "10 min".
pub fn rating(name: &str, interval: &str) -> String {
    format!("{name}, {interval}")
}

/// Instead of an interval, where nothing is scheduled.
pub const PRACTICE: &str = "practice";
/// Hides the figures behind an interval.
pub const HIDE_REASON: &str = "Hide the reason";

// Notices.

/// A card was suspended.
pub const SUSPENDED: &str = "Suspended. Ctrl Z to undo.";
/// A card was buried.
pub const BURIED: &str = "Buried until tomorrow. Ctrl Z to undo.";
/// An answer was accepted, and the learner's own deck accepts it from now on.
pub const ACCEPTED_IN_DECK: &str = "Accepted, and added to the deck. Ctrl Z to undo.";
/// An answer was accepted, and the deck is built in.
pub const ACCEPTED_ONCE: &str =
    "Counted as right this time. Built-in decks can’t be changed; make a copy to accept it for good.";

/// An answer could not be written; `error` is a sentence.
pub fn not_saved(error: impl Display) -> String {
    format!("This answer is not saved yet. {error}")
}

/// A file cannot be imported now.
pub const END_SESSION_TO_IMPORT: &str = "End the session first (Esc), then import the file.";

/// Below the end of a session: how many due cards were put off; empty for none.
pub fn due_cards_can_wait(cards: usize) -> String {
    match cards {
        0 => String::new(),
        1 => "1 due card can wait.".to_owned(),
        cards => format!("{cards} due cards can wait."),
    }
}

// Steps that can be undone.

/// An answer to the question with that prompt.
pub fn answer_to(prompt: &str) -> String {
    format!("the answer to “{prompt}”")
}

/// A card that was suspended or buried.
pub fn setting_aside(prompt: &str) -> String {
    format!("setting “{prompt}” aside")
}

/// Answers that were accepted.
pub fn accepting(answers: &[&str]) -> String {
    format!("accepting “{}”", answers.join("”, “"))
}

/// The commands, as buttons, the command palette and the terminal call them.
#[expect(missing_docs, reason = "the help of a command says what it does")]
pub mod commands {
    use crate::text::CommandText;

    pub const START: CommandText =
        CommandText::new("Start studying", "Due cards and today’s new ones, from every deck.")
            .synonyms(&["review", "learn", "session"]);
    pub const START_SOME: CommandText = CommandText::new("Study", "Due cards and today’s new ones.")
        .synonyms(&["review", "learn", "session"]);
    pub const START_MOST_VALUABLE: CommandText =
        CommandText::new("Start with what matters most", "The due cards that you gain most from.")
            .synonyms(&["study", "review", "backlog"]);
    pub const START_WEAKEST: CommandText = CommandText::new(
        "Go through the weakest once more",
        "The exam’s cards that you know least, due or not.",
    )
    .synonyms(&["study", "cram"]);
    pub const START_AHEAD: CommandText =
        CommandText::new("Study these", "These cards, due or not.").synonyms(&["review", "cram", "ahead"]);
    pub const START_EXTRA_NEW: CommandText =
        CommandText::new("Learn 10 more", "New cards on top of today’s.").synonyms(&["new cards", "extra"]);
    pub const START_PRACTICE: CommandText = CommandText::new(
        "Practise without scheduling",
        "Anything you have seen; your schedule stays as it is.",
    )
    .synonyms(&["practice", "cram"]);
    pub const END_SESSION: CommandText = CommandText::new("End session", "Every answer is kept.")
        .synonyms(&["stop", "leave", "quit"])
        .in_terminal("So does Ctrl+D; every answer is kept.");
    pub const CHECK: CommandText =
        CommandText::new("Check", "Submits your answer.").synonyms(&["submit", "answer"]);
    pub const SHOW_ANSWER: CommandText =
        CommandText::new("Show answer", "Shows the right answer.").synonyms(&["reveal", "flip"]);
    pub const GIVE_UP: CommandText =
        CommandText::new("I don’t know", "Shows the answer; the card comes back soon.").synonyms(&[
            "give up",
            "i don't know",
            "skip",
        ]);
    pub const CONTINUE: CommandText =
        CommandText::new("Continue", "Goes to the next card.").synonyms(&["next", "go on"]);
    pub const AGAIN: CommandText =
        CommandText::new("Again", "Forgotten: it comes back soon.").synonyms(&["rate", "forgot", "wrong"]);
    pub const HARD: CommandText = CommandText::new("Hard", "Recalled with difficulty.").synonyms(&["rate"]);
    pub const GOOD: CommandText = CommandText::new("Good", "Recalled.").synonyms(&["rate"]);
    pub const EASY: CommandText = CommandText::new("Easy", "Recalled at once.").synonyms(&["rate"]);
    pub const SURE: CommandText =
        CommandText::new("Sure", "Records how sure you are, before you answer.").synonyms(&["confidence"]);
    pub const THINK_SO: CommandText =
        CommandText::new("Think so", "Records how sure you are, before you answer.")
            .synonyms(&["confidence"]);
    pub const GUESS: CommandText =
        CommandText::new("Guess", "Records that you are guessing; a right guess comes back soon.")
            .synonyms(&["confidence"]);
    pub const MARK_GUESSED: CommandText =
        CommandText::new("I guessed", "A right answer that was a guess comes back soon.");
    pub const ACCEPT_ANSWER: CommandText =
        CommandText::new("Accept my answer", "It counts as right, and your deck accepts it from now on.")
            .synonyms(&["right", "also correct"]);
    pub const ACCEPT_SLIP: CommandText =
        CommandText::new("I meant it", "A typing slip: it counts as right.").synonyms(&["typo", "right"]);
    pub const REJECT_SLIP: CommandText =
        CommandText::new("I didn’t know it", "It counts as wrong, and the card comes back soon.")
            .synonyms(&["i didn't know it", "wrong"]);
    pub const SHOW_HINT: CommandText =
        CommandText::new("Hint", "Shows the hint.").synonyms(&["help", "clue"]);
    pub const TOGGLE_REASON: CommandText =
        CommandText::new("Why this interval?", "The figures behind the next date.")
            .synonyms(&["schedule", "explain"]);
    pub const SUSPEND: CommandText =
        CommandText::new("Suspend", "Stops asking this card until you resume it.").synonyms(&[
            "hide",
            "disable",
            "never ask",
        ]);
    pub const BURY: CommandText = CommandText::new("Bury", "Puts this card off until tomorrow.")
        .synonyms(&["postpone", "tomorrow", "skip"]);
    pub const RESUME_ALL: CommandText =
        CommandText::new("Resume them", "Asks the suspended cards of this deck again.")
            .synonyms(&["unsuspend"]);
    pub const SUSPEND_CARDS: CommandText =
        CommandText::new("Suspend", "Stops asking these cards until you resume them.")
            .synonyms(&["hide", "disable"]);
    pub const RESUME_CARDS: CommandText =
        CommandText::new("Resume", "Asks these cards again.").synonyms(&["unsuspend"]);
    pub const RESET_CARDS: CommandText =
        CommandText::new("Reset progress", "Makes these cards new again; every answer is kept.")
            .synonyms(&["forget"]);
}
