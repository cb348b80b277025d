//! The help of the terminal’s commands, as `linchpin help COMMAND` prints it below their arguments. What an argument is
//! for stands with it in `cli/args.rs`.

/// `linchpin study`
pub const STUDY: &str = "\
Answers are lines, so that a script can give them: the number of an option, several numbers, t or f, \
words, a number, a date. Gaps take a line each. An order is the numbers in order (3 1 2); pairs are 1-3 2-1 \
or the partners in turn (3 1); sorting is a group's number for each item in turn. A card to recall takes \
Enter, then 1 to 4. After a verdict Enter goes on, 1 to 4 grades it otherwise, g says that it was a guess, a \
accepts a typed answer that was marked wrong, here and in your own deck.

A line that begins with a colon is a command: :u undo, :r redo, :h hint, :x I don't know, :sure, :think or :guess \
says before the answer how sure you are (the same again takes it back; a right guess comes back soon), :s suspend, \
:b tomorrow, :w why this interval, :? help, :q quit. An answer that begins with a colon is typed with two.

Only the line with a verdict begins with ✓, ≈ or ✗ at the left edge; it is printed once the answer is saved.";

/// `linchpin test`
pub const TEST: &str = "\
A test is sat line by line; answers are typed as in linchpin study, and nothing is told about them before the end. \
Enter alone goes on and leaves the answer as it is. A line that begins with a colon is a command: :n next, :p the \
question before, :7 question 7, :l flag, :c clear the answer, :sure, :think or :guess how sure you are, :o what is open, :i hand in, :q leave, :? help.

Every answer is kept as it is given. A test that was left, or whose program was ended, goes on with linchpin test; \
its time stands still meanwhile, and while the computer sleeps. When the time is over the test hands itself in.

The same code, decks and options give the same test on every computer, whatever was studied there; only \
--mix weakest depends on the learner. A test does not move the schedule unless --counts says so.

What is to be recalled is answered in own words and judged by oneself after handing in: 1 wrong, 2 partly, 3 right.

--csv has the columns number, deck, topic, id, kind, question, answer, right_answer, score, expected, seconds, state, confidence; \
score and expected are fractions from 0 to 1. No file is ever replaced.";

/// `linchpin check`
pub const CHECK: &str = "\
The exit code is 1 when there are errors; lints alone do not count.

--fix mends what is certain, in the files themselves: quotation marks, commas, colons and brackets of the wrong \
kind, misspelt names of fields and kinds, numbers in quotation marks, and the like; it writes an id into every \
question that has none (the one that it has now, so that progress stays with it), and saves UTF-16 as UTF-8. Never \
what a question says. A fix counts only when there are fewer errors after it and no sound question is lost. The \
file as it was is kept beside it, as NAME.ron.before-fix. What is told afterwards is what is left.

JSON: { files: [{ path, deck, questions, diagnostics: [{ severity, code, message, help, line, column, \
end_line, end_column, start_byte, end_byte, related: { line, message }, fix: { title, changes: [{ start_byte, \
end_byte, with }] } }], fixed: { mended: [{ line, code, message, title }], ids, encoding, kept } }], errors, lints }. \
severity is \"error\" or \"lint\"; code is a stable name. Lines and columns count from 1, columns in \
characters; the end is the first place after the fault. deck, help, related and fix may be null; fixed is there \
with --fix where something was mended: ids counts the ids written, encoding names the old one where that changed, \
kept is where the old file is.";

/// `linchpin stats`
pub const STATS: &str = "\
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

FIGURES are cards, suspended, seen, new, due, mastery, coverage, recall_now, known, being_learned, EXPECTED, \
ACCURACY, median_ms and last_studied. A card is being learned while it comes back within minutes, or when its last \
answer was Again; recall_now, recall and trend count it as 0. known is the sum of the recall of the others, rounded. EXPECTED are expected, expected_low and expected_high: how many of the cards a test today would find \
right. ACCURACY are answers, right, accuracy, accuracy_low, accuracy_high and mean_score, in which partial credit \
counts. A LINE is { topic, cards, unseen, stop, pace, plan, morning }, the last four { expected, low, high } in shares: if \
nothing is studied any more, at the pace of the last two weeks, with the plan, with the plan and the weakest once more \
on the day. A BIN is { low, high, cards }: recall from 0 to 1, stability in days.

Shares are fractions from 0 to 1, days are YYYY-MM-DD, months YYYY-MM; null where there is none. low and high are the \
ends of 95 % intervals (Wilson). mastery is the share of cards that would still be recalled with 0.8 or more after \
30 days without study. trend is the mean recall on every third of the last 30 days, today last. due.days begins \
today; backlog was due before. reviewed counts answers to cards that had waited for days, recalled those that were \
not forgotten. predicted is the expected score just before the answers, actual their mean score.

No answer counts for more than longest_answer_seconds (a setting) in days.seconds; median_ms is of whole times.

The period is that of accuracy, answers, times, days, retention, kinds, calibration, confidence and confusions.";

/// `linchpin decks`
pub const DECKS: &str = "\
JSON: { decks: [{ id, title, language, path, questions, cards, due, new, seen, known, being_learned, problems }], \
problems: [{ path, message }] }. path is null for a deck inside the program, language for one that names none. seen, \
known and being_learned are those of linchpin stats.";

/// `linchpin import`
pub const IMPORT: &str = "\
Tables with any separator, as spreadsheets, Anki (File, Export, Notes in Plain Text) and Quizlet write them; \
Markdown files with Q:, A: and C: as hashcards reads them. UTF-8, or UTF-16 with its mark. What a file holds is \
guessed; see it with --preview, and say it where the guess is wrong.

The new deck goes into your folder of decks under a name that no file has; no file is ever changed. Rows that make \
no question are left out and listed; they are no failure. Each file becomes a deck. Pictures are named and not copied.

Columns: prompt, answer, topic, tags, explanation, hint, id (progress is kept under it), kind (as \
in tables of linchpin export) and ignore. The last column takes what is left of its row.";

/// `linchpin export`
pub const EXPORT: &str = "\
CSV: the columns prompt, answer, topic, tags, explanation, hint, kind, id, which linchpin import reads. Recall, \
Number, Date, Bool, Cloze and the accepted answers of Typed come back as they were; Choice, Choices, Order, \
Match and Sort are written to be read and come back as Recall. A file gets a mark of UTF-8 at its beginning, so that \
spreadsheets read all letters.

HTML: one page that needs nothing else; print it from a browser. The answers are on a page of their own. The same \
seed shuffles the options in the same way.

Reviews: CSV, a row for every answer that counts (what was undone is left out), card by card in the order of the \
decks, each card's oldest first; behind them cards that no deck has any more. The columns: deck and question, their \
ids; facet, empty, reverse or gap:NAME; topic, its key; prompt, its beginning; study_day, YYYY-MM-DD; time_utc, \
RFC 3339; offset_minutes, local time minus UTC; source, study, test (one that counts for the schedule), \
test-unscheduled (one that does not) or practice; kind; rating, the one in force, and \
proposed, the one that the score led to, 1 Again to 4 Easy; score, 0 to 1; blind_chance, that a blind answer would \
have been right; hint_used, true or false; confidence, sure, think-so, guess or empty; latency_ms, from question to \
answer; next_due, the study day that it was put off to, or the time of a step, empty where \
the source moves nothing (test-unscheduled, practice); recall_before, predicted by the \
scheduler as it is now, empty for a first answer.

Scores: CSV, a row for every topic. The columns: study_day, that the figures are of; deck, its id, and title; topic, \
its key, and name; cards, without the suspended; suspended; seen; new; due; mastered; mastery, coverage, \
recall_now, known and being_learned as in linchpin stats; expected with expected_low and expected_high, the score that a test of all its cards would give \
today; answers and right, of all time; accuracy with accuracy_low and accuracy_high, the ends of its 95 % interval \
(Wilson); mean_score, partial credit counted; median_ms, of the time to an answer; last_studied. Shares are fractions from 0 to 1; what there is not is empty.

In reviews and scores a text that a spreadsheet would take for a formula has an apostrophe before it. No file is ever \
replaced.";
