//! The help of the terminal’s commands, as `linchpin help COMMAND` prints it below their arguments. What an argument is
//! for is said where it is defined, in `cli/args.rs`.

/// `linchpin study`
pub const STUDY: &str = "\
Answers are lines, so that a script can give them: the number of an option, several numbers, t or f, \
words, a number, a date. Gaps take one line each. To put items in order, type their numbers in order (3 1 2); \
to match pairs, 1-3 2-1 or the matches in turn (3 1); to sort, the number of each item's group in turn. On a card to \
recall, press Enter, then 1 to 4. After a verdict, Enter goes on, 1 to 4 changes the grade, g says that it was a guess, \
and a accepts a typed answer that was marked wrong, and adds it to a deck of your own.

A line that begins with a colon is a command: :u undo, :r redo, :h hint, :x I don't know, :sure, :think or :guess \
to say before the answer how sure you are (again to take it back; a right guess comes back soon), :s suspend, \
:b bury until tomorrow, :w why this interval, :today counts answers that carry a date in the future as given today, \
:? help, :q quit. To begin an answer with a colon, type two.

Only lines with a verdict begin with ✓, ≈ or ✗ at the left edge; each is printed once its answer is saved.";
/// `linchpin test`
pub const TEST: &str = "\
You take a test line by line. Answers are typed as in linchpin study, and nothing is said about them before the end. \
Enter alone goes on and leaves the answer as it is. A line that begins with a colon is a command: :n next question, \
:p previous question, :7 question 7, :l flag, :c clear the answer, :sure, :think or :guess how sure you are, \
:o what is not answered, :i hand in, :q leave, :? help.

Every answer is saved at once. If you leave a test, or the program is killed, linchpin test continues it; the clock stops \
in the meantime, and while the computer sleeps. When the time is up, the test is handed in.

The same code, decks and options give the same test on every computer, whatever was studied there; only \
--mix weakest depends on the learner. A test does not affect the schedule without --counts.

Recall questions are answered in your own words. After handing in, you grade these answers yourself: 1 wrong, \
2 partly right, 3 right.

--csv writes the columns number, deck, topic, id, kind, question, answer, right_answer, score, expected, seconds, state, \
confidence, note; score and expected are fractions from 0 to 1. No file is ever replaced.";
/// `linchpin check`
pub const CHECK: &str = "\
The exit code is 1 if there are errors; lints alone do not count.

--fix corrects what is certain, in the files themselves: quotation marks, commas, colons and brackets of the wrong \
kind, misspelt names of fields and kinds, numbers in quotation marks, and the like. It writes an id into every \
question that has none (the one that it has now, so that it keeps its progress), and saves UTF-16 as UTF-8. It never \
changes what a question says. A fix is only made if there are fewer errors afterwards and no question without errors is \
lost. The original is kept next to the file, as NAME.ron.before-fix. What is reported is what is left.

JSON: { files: [{ path, deck, questions, diagnostics: [{ severity, code, message, help, line, column, \
end_line, end_column, start_byte, end_byte, related: { line, message }, fix: { title, changes: [{ start_byte, \
end_byte, with }] } }], fixed: { mended: [{ line, code, message, title }], ids, encoding, kept } }], errors, lints }. \
severity is \"error\" or \"lint\"; code is a stable name. Lines and columns count from 1, columns in \
characters; the end is the first position after the error. deck, help, related and fix may be null; fixed is null \
unless --fix changed the file: ids is the number of ids written, encoding the old encoding if that changed, \
kept the path of the original.";

/// `linchpin merge`
pub const MERGE: &str = "\
Answers, tests and everything else that was done to cards are added as they were: the result is the same whichever of \
two folders is added to which, and adding one twice changes nothing. What is already here stays. The other folder is only \
read; it may be in use, or of an earlier version. For the same progress on both computers, add each to the other.

First it says what would be added, and asks. Before it adds anything it makes a backup and prints its path: to undo it, \
run linchpin backup restore with that path.

If both folders have different content for the same entry, which no two copies of one history have, nothing is added.

Decks and settings are not added. Decks that only the other folder has are listed, each with the command that copies it.";

/// `linchpin stats`. `figures` are the names of a topic's figures.
pub fn stats(figures: &str) -> String {
    STATS.replace("{FIGURES}", figures)
}

const STATS: &str = "\
JSON: { study_day, period_days, longest_answer_seconds, decks: [{ id, title, total: FIGURES, topics: [{ topic, name, FIGURES…, trend, \
trend_change }], passages: [{ passage, gist, cards, seen, due, mastery, recall_now, known, being_learned, EXPECTED… }], confusions: [{ question, topic, \
part, right, taken, times }] }], due: { backlog, \
days, later }, days: [{ day, answers, right, mean_score, seconds, reviewed, recalled }], retention: { target, \
months: [{ month, reviewed, recalled, retention, retention_low, retention_high }] }, recall: [BIN], stability: [BIN], \
kinds: [{ kind, ACCURACY… }], calibration: [{ predicted, actual, actual_low, actual_high, answers }], \
confidence: [{ confidence, ACCURACY… }], sure_but_wrong: [{ card, topic, day, score }], exams: [{ name, deck, topics, \
day, target, minutes_a_day, forecast: { reaches_target, plan_minutes_a_day, plan_new_cards_a_day, plan_retention, \
total: LINE, topics: [LINE] } }], tests: [{ day, questions, points, share, share_low, share_high, predicted, \
predicted_low, predicted_high, seconds, topics: [{ deck, topic, questions, points }] }] }.

FIGURES are {FIGURES}. A card is being learned while it comes back within minutes, or if its last \
answer was Again; recall_now, recall and trend count it as 0. known is the sum of the recall of the others, rounded. \
EXPECTED are expected, expected_low and expected_high: how many of the cards would be right in a test today. \
ACCURACY are answers, right, accuracy, accuracy_low, accuracy_high and mean_score, which includes partial credit. \
A LINE is { topic, cards, unseen, stop, pace, plan, morning }, the last four { expected, low, high } as shares: if \
you stop studying, at the pace of the last two weeks, with the plan, and with the plan and the weakest cards once more \
on the day. A BIN is { low, high, cards }: recall from 0 to 1, stability in days.

Shares are fractions from 0 to 1, days are YYYY-MM-DD, months YYYY-MM; null if there is no value. low and high are the \
ends of 95 % intervals (Wilson). mastery is the share of cards that would still be recalled with 0.8 or more after \
30 days without study. trend is the mean recall on every third of the last 30 days, ending today. due.days begins \
today; backlog was due before. reviewed counts answers to cards that had waited for days, recalled those that were \
not forgotten. predicted is the expected score just before the answers, actual their mean score.

No answer counts for more than longest_answer_seconds (a setting) in days.seconds; median_ms is the median of full times.

The period applies to accuracy, answers, times, days, retention, kinds, calibration, confidence and confusions.";

/// `linchpin decks`
pub const DECKS: &str = "\
JSON: { decks: [{ id, title, language, path, questions, cards, due, new, seen, known, being_learned, problems }], \
problems: [{ path, message }] }. path is null for a built-in deck, language for a deck that names none. seen, \
known and being_learned mean the same as in linchpin stats.";
/// `linchpin import`
pub const IMPORT: &str = "\
Reads tables with any separator, as spreadsheets, Anki (File, Export, Notes in Plain Text) and Quizlet write them, and \
Markdown files with Q:, A: and C:, as hashcards reads them; in UTF-8, or in UTF-16 with a byte order mark. The layout of \
a file is guessed: --preview shows it, and options correct it.

The new deck goes into the folder of your decks under a name that is not taken; no file is ever changed. Rows that \
cannot become a question are skipped and listed, which is not a failure. Each file becomes a deck. Pictures are named, \
but not copied.

Columns: prompt, answer, topic, tags, explanation, hint, id (progress is kept under it), kind (as \
in tables from linchpin export) and ignore. The last column takes the rest of its row.";

/// `linchpin export`. `figures` are the columns of the scores that hold a topic's figures, with their meanings.
pub fn export(figures: &str) -> String {
    EXPORT.replace("{FIGURES}", figures)
}

const EXPORT: &str = "\
CSV: the columns prompt, answer, topic, tags, explanation, hint, kind, id, which linchpin import reads. Recall, \
Number, Date, Bool, Cloze and the accepted answers of Typed come back unchanged; Choice, Choices, Order, \
Match and Sort are written for people to read, and come back as Recall. A file begins with the byte order mark of UTF-8, \
so that spreadsheets read all letters.

HTML: one page that needs no other file; print it from a browser. The answers are on a page of their own. The same \
seed shuffles the options in the same way.

Reviews: CSV, a row for every answer that counts (not those that were undone), card by card in the order of the \
decks, oldest first for each card; after them, cards that are in no deck any more. The columns: deck and question, their \
ids; facet: empty, reverse or gap:NAME; topic, its key; prompt, its beginning; study_day, YYYY-MM-DD; time_utc, \
RFC 3339; offset_minutes, local time minus UTC; source: study, test (one that counts for the schedule), \
test-unscheduled (one that does not) or practice; kind; rating, the one that counts, and \
proposed, the one that the score led to, 1 Again to 4 Easy; score, 0 to 1; blind_chance, the chance that a blind answer \
is right; hint_used, true or false; confidence: sure, think-so, guess or empty; latency_ms, from question to \
answer; next_due, the study day on which the card was due next, or the time of a learning step, empty if \
the source does not affect the schedule (test-unscheduled, practice); recall_before, as the scheduler \
predicts it now, empty for a first answer.

Scores: CSV, a row for every topic. The columns: study_day, the day of the figures; deck, its id, and title; topic, \
its key, and name; {FIGURES}. What is not explained here is as in linchpin stats, over all time. Shares are fractions \
from 0 to 1; a value that does not exist is empty.

Everything: a new folder of plain files: your decks with their pictures, answers.csv, cards.csv, scores.csv, tests and \
settings; README.txt in it says what is what. answers.csv has the columns of the reviews, and answer, what was answered \
in words, and answer_json, the same as it is stored. cards.csv: deck, question, facet; due, a study day or the time of a \
learning step; interval_days; stability_days and difficulty (FSRS-6); answers; lapses; last_study_day; suspended.

In every table, a text that a spreadsheet would take for a formula has an apostrophe before it; linchpin import takes it \
away from a deck. No file is ever replaced.";
