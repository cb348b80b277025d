//! Texts of `linchpin study`, and of what `linchpin test` shares with it: questions, answers and verdicts.

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
pub const GUESS_NOTED: &str = "It is marked as a guess already. Press Enter to go on.";
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
pub fn back_in(rating: &str, interval: &str) -> String {
    format!("{rating}: back in {interval}.")
}

/// The score of a session; [`topic_score`] follows for each topic.
pub fn session_score(right: usize, answers: usize) -> String {
    format!("{right} of {answers} right in this session")
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

/// The last line of the help.
pub const COLON_IN_ANSWER: &str = "To begin an answer with a colon, type two.";
/// `:s`
pub const SUSPENDED: &str = "Suspended: it is not asked again. :u brings it back.";
/// `:b`
pub const BURIED: &str = "Buried until tomorrow. :u brings it back.";
/// `:x` after the answer.
pub const ANSWERED_ALREADY: &str = "You have answered already; 1 to 4 changes the grade.";
/// `:w` before the answer.
pub const NO_INTERVAL_YET: &str = "There is no interval before you answer.";
/// `:sure`, `:think` or `:guess` after the verdict.
pub const CONFIDENCE_TOO_LATE: &str = "You can only say this before the verdict.";
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
/// `:u` without an answer.
pub const NOTHING_TO_UNDO: &str = "Nothing to undo.";
/// `:r` without an undone answer.
pub const NOTHING_TO_REDO: &str = "Nothing to redo.";
/// `:u`
pub const UNDONE: &str = "Undone; :r redoes it.";
/// `:r`
pub const REDONE: &str = "Redone.";
