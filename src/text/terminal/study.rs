//! Texts of `linchpin study`, and of what `linchpin test` shares with it: questions, answers and verdicts.

use crate::domain::rating::Rating;
use crate::text::words::count;

// The session

/// The first line.
pub const COMMANDS_AND_QUIT: &str = "Type :? for all commands, :q to quit. Every answer is saved.";
/// Below a question, if the setting says so.
pub const HOW_SURE: &str = "How sure are you? You can type :sure, :think or :guess before you answer.";
/// Below the question of a Recall card.
pub const ENTER_SHOWS_ANSWER: &str = "Press Enter to show the answer.";
/// Below the back of a Recall card.
pub const HOW_WELL: &str = "How well did you know it, 1 to 4?";
/// A line that is no rating of a Recall card.
pub const RATE_FROM_1_TO_4: &str =
    "Type 1 (forgotten), 2 (recalled with difficulty), 3 (recalled) or 4 (recalled at once).";
/// Every gap of a Cloze was left empty.
pub const FILL_A_GAP: &str = "Fill in at least one gap, or type :x if you do not know any.";
/// Marked as a guess a second time.
pub const GUESS_NOTED: &str = "It is already marked as a guess. Press Enter to go on.";
/// Marked as a guess, but wrong anyway.
pub const WRONG_COMES_BACK: &str = "It was wrong, so it comes back soon anyway.";
/// Cards in learning steps are left.
pub const ENTER_WAITS: &str = "Press Enter to wait for it, or type :q to quit.";
/// While the program waits for a card.
pub const WAITING: &str = "Waiting. Press Ctrl+C to quit; every answer is saved.";
/// Before [`ENTER_WAITS`]; `when` is such as "in 8 min".
pub fn next_card(when: &str) -> String {
    format!("Only cards that you are still learning are left; the next one comes back {when}.")
}
/// The end of a session without an answer; what comes next follows.
pub const NOTHING_TO_ASK: &str = "There is nothing to study here now.";
/// The end of a session; what comes next follows.
pub const DONE: &str = "Done.";
/// Below the end of a session.
pub const ENTER_ENDS: &str = "Press Enter to quit, or type :u to undo the last answer.";

/// What can be typed after a verdict.
pub fn after_verdict(may_be_guess: bool, may_be_accepted: bool, is_slip: bool) -> String {
    let guess = if may_be_guess { ", g says that you guessed" } else { "" };
    let accept = if may_be_accepted { ", a accepts your answer" } else { "" };
    let decide =
        if is_slip { ", a says that you meant the right answer, x that you did not know it" } else { "" };
    format!("Enter goes on, 1 to 4 changes the grade{guess}{accept}{decide}.")
}

/// After a rating; `interval` is such as "10 min".
pub fn back_in(rating: Rating, interval: &str) -> String {
    format!("{rating}: back in {interval}.")
}

/// The score of a topic in a session.
pub fn topic_score(name: &str, right: usize, answers: usize) -> String {
    format!("{name}: {right} of {answers}")
}

// Commands that begin with a colon

/// A line that begins with a colon and is no command.
pub fn unknown_command(line: &str) -> String {
    format!("{line} is not a command (:? lists them). Begin an answer with two colons.")
}

/// `:today`
pub fn counted_as_today(answers: usize) -> String {
    format!("{} counted as given today. :u to undo.", count(answers, "answer"))
}

/// The name of `:?`.
pub const HELP: &str = "Help";
/// What `:?` does.
pub const LIST_COMMANDS: &str = "Lists the commands.";
/// The last line of the help.
pub const COLON_IN_ANSWER: &str = "To begin an answer with a colon, type two.";
/// `:s`
pub const SUSPENDED: &str = "Suspended until you resume it. :u to undo.";
/// `:b`
pub const BURIED: &str = "Buried until tomorrow. :u to undo.";
/// `:x` after the answer.
pub const ANSWERED_ALREADY: &str = "You have answered already; 1 to 4 changes the grade.";
/// `:w` before the answer.
pub const NO_INTERVAL_YET: &str = "There is no interval before you answer.";
/// `:sure`, `:think` or `:guess` after the verdict.
pub const CONFIDENCE_TOO_LATE: &str = "You can only say this before you answer.";
/// `:sure`
pub const MARKED_SURE: &str = "You are sure. Type it again to take it back.";
/// `:think`
pub const MARKED_THINK_SO: &str = "You think so. Type it again to take it back.";
/// `:guess`
pub const MARKED_GUESS: &str = "You are guessing. Type it again to take it back.";
/// `:sure`, `:think` or `:guess` a second time.
pub const CONFIDENCE_REMOVED: &str = "Taken back.";
/// `:h` after the answer.
pub const HINT_TOO_LATE: &str = "The hint is only shown before you answer.";
/// `:h` without a hint.
pub const NO_HINT: &str = "This question has no hint.";
/// `:u`
pub const UNDONE: &str = "Undone; :r redoes it.";
/// `:r`
pub const REDONE: &str = "Redone.";

// Questions

/// The line above a question.
pub fn question_header(at: usize, total: usize, topic: &str, instruction: &str) -> String {
    format!("{at} of {total} · {topic} · {instruction}")
}

/// Option 1 of a Bool.
pub const TRUE: &str = "true";
/// Option 2 of a Bool.
pub const FALSE: &str = "false";
/// Between the two sides of a Match.
pub const MATCH_WITH: &str = "match with";
/// Between the groups and the items of a Sort.
pub const SORT_THESE: &str = "type the group of each of these, in turn";

// Lines that are no answer

/// Recall: something was typed.
pub const NOTHING_TO_TYPE: &str = "Press Enter to see the answer. There is nothing to type here.";
/// Typed: nothing was typed.
pub const TYPE_ANSWER: &str = "Type the answer, or :x if you do not know it.";
/// Number: something else was typed.
pub const TYPE_NUMBER: &str = "Type a number, such as 1953 or 2.5, or :x if you do not know it.";
/// Date: something else was typed.
pub const TYPE_DATE: &str = "Type a date, such as 2023-04-26 or 26 April 2023, or :x if you do not know it.";
/// Bool: something else was typed.
pub const TYPE_TRUE_OR_FALSE: &str = "Type t or 1 for true, f or 2 for false.";
/// Cloze: all gaps were typed in one line.
pub const ONE_GAP_PER_LINE: &str = "Type one gap per line.";

/// Number: what is wrong with it, as a sentence without its end.
pub fn unread_number(why: &str) -> String {
    format!("{why}, or type :x if you do not know it.")
}

/// Choice.
pub fn type_option(options: usize) -> String {
    format!("Type the number of one option, 1 to {options}.")
}

/// Choices.
pub fn type_options(options: usize) -> String {
    format!("Type the numbers of all options that apply, 1 to {options}, such as 1 3.")
}

/// Order.
pub fn type_order(items: usize) -> String {
    format!("Type all {items} numbers in the right order, the first one first.")
}

/// Match.
pub fn type_pairs(lefts: usize) -> String {
    format!(
        "Type pairs such as 1-3 2-1, or for each of the {lefts} the number of its match in turn, such as 3 1."
    )
}

/// Sort.
pub fn type_groups(groups: usize, items: usize) -> String {
    format!("Type the number of the group (1 to {groups}) for each of the {items} items, in their order.")
}

/// A number was typed twice; `usage` says what to type.
pub fn twice(number: usize, usage: &str) -> String {
    format!("{number} appears twice. {usage}")
}

/// Match: a number of the left side was typed twice; `usage` says what to type.
pub fn twice_on_the_left(number: usize, usage: &str) -> String {
    format!("{number} on the left appears twice. {usage}")
}

/// Match: a number of the right side was typed twice; `usage` says what to type.
pub fn twice_on_the_right(number: usize, usage: &str) -> String {
    format!("{number} on the right appears twice. {usage}")
}

/// Match: a number of the left side is missing; `usage` says what to type.
pub fn without_partner(number: usize, usage: &str) -> String {
    format!("{number} on the left has no match yet. {usage}")
}

/// Sort: too few or too many numbers were typed; `usage` says what to type.
pub fn groups_typed(typed: usize, items: usize, usage: &str) -> String {
    format!("That is {typed} of {items}. {usage}")
}

// Verdicts

/// Before the answer that was given.
pub const YOUR_ANSWER: &str = "Your answer: ";
/// Before the right answer.
pub const RIGHT_ANSWER: &str = "Right answer: ";
/// Before what was typed, with the letters that differ in brackets.
pub const YOU_TYPED: &str = "You typed: ";
/// Before the accepted answer that what was typed comes nearest to.
pub const COMES_NEAREST: &str = "Closest: ";
/// Before other answers that are accepted.
pub const ALSO_ACCEPTED: &str = "Also accepted: ";
/// Before the prompt with its reading.
pub const ASKED: &str = "Asked: ";
/// Before the hint.
pub const HINT: &str = "Hint: ";
/// Above the items of an Order.
pub const RIGHT_ORDER: &str = "The right order:";
/// Above the pairs of a Match.
pub const RIGHT_PAIRS: &str = "What belongs together:";
/// Above the items of a Sort.
pub const RIGHT_GROUPS: &str = "Where they belong:";
/// Above the gaps of a Cloze.
pub const RIGHT_GAPS: &str = "What belongs in the gaps:";
/// Behind a right option that was picked.
pub const OPTION_RIGHT_PICKED: &str = "right, picked";

/// Behind a gap: what was typed.
pub fn gap_typed(text: &str) -> String {
    format!("typed: {text}")
}

/// Behind a gap: the accepted answer that what was typed comes nearest to.
pub fn gap_comes_nearest(text: &str) -> String {
    format!("closest: {text}")
}

/// Behind a gap: other answers that are accepted.
pub fn gap_also_accepted(texts: &str) -> String {
    format!("also accepted: {texts}")
}
