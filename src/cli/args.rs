//! The command line arguments. The doc comments of arguments and values are their help texts.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};

use crate::domain::score::Period;

/// How answers and commands of a session are typed.
pub const STUDY_HELP: &str = "\
Answers are lines, so that a script can give them: the number of an option, several numbers, t or f, \
words, a number, a date. Gaps take a line each. An order is the numbers in order (3 1 2); pairs are 1-3 2-1 \
or the partners in turn (3 1); sorting is a group's number for each item in turn. A card to recall takes \
Enter, then 1 to 4. After a verdict Enter goes on, 1 to 4 grades it otherwise, g says that it was a guess, a \
accepts a typed answer that was marked wrong, here and in your own deck.

A line that begins with a colon is a command: :u undo, :r redo, :h hint, :x I don't know, :sure, :think or :guess \
says before the answer how sure you are (the same again takes it back; a right guess comes back soon), :s suspend, \
:b tomorrow, :w why this interval, :? help, :q quit. An answer that begins with a colon is typed with two.

Only the line with a verdict begins with ✓, ≈ or ✗ at the left edge; it is printed once the answer is saved.";

/// How answers and commands of a test are typed.
pub const TEST_HELP: &str = "\
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

const CHECK_HELP: &str = "\
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

const STATS_HELP: &str = "\
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

const DECKS_HELP: &str = "\
JSON: { decks: [{ id, title, language, path, questions, cards, due, new, seen, known, being_learned, problems }], \
problems: [{ path, message }] }. path is null for a deck inside the program, language for one that names none. seen, \
known and being_learned are those of linchpin stats.";

const IMPORT_HELP: &str = "\
Tables with any separator, as spreadsheets, Anki (File, Export, Notes in Plain Text) and Quizlet write them; \
Markdown files with Q:, A: and C: as hashcards reads them. UTF-8, or UTF-16 with its mark. What a file holds is \
guessed; see it with --preview, and say it where the guess is wrong.

The new deck goes into your folder of decks under a name that no file has; no file is ever changed. Rows that make \
no question are left out and listed; they are no failure. Each file becomes a deck. Pictures are named and not copied.

Columns: prompt, answer, topic, tags, explanation, hint, id (progress is kept under it), kind (as \
in tables of linchpin export) and ignore. The last column takes what is left of its row.";

const EXPORT_HELP: &str = "\
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

/// The documentation of the deck format, as `linchpin help deck-format` prints it.
pub const DECK_FORMAT: &str = include_str!("../../docs/deck-format.md");

/// A quiz and flashcard application: read it once, keep it.
///
/// Without a command it opens its window.
#[derive(Debug, Parser)]
#[command(name = "linchpin", version, max_term_width = 100)]
pub struct Arguments {
    /// Keep progress, settings and decks in this folder [env: LINCHPIN_DATA_DIR]
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Act as if it were this time: 2026-11-23, 2026-11-23T08:30 or with a zone
    #[arg(long, global = true, value_name = "TIME")]
    pub at: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<CliCommand>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum CliCommand {
    /// Study in the terminal, line by line
    #[command(after_long_help = STUDY_HELP)]
    Study(StudyArguments),
    /// Sit a test in the terminal, or look at earlier ones
    #[command(after_long_help = TEST_HELP)]
    Test(TestArguments),
    /// Check deck files for faults
    #[command(after_long_help = CHECK_HELP)]
    Check {
        /// Deck files, or folders of them; your own decks when there is none
        files: Vec<PathBuf>,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Mend in the files what can be mended for certain
        #[arg(long)]
        fix: bool,
    },
    /// Show how a deck file is written
    #[command(override_help = DECK_FORMAT)]
    DeckFormat,
    /// Show scores by topic
    #[command(after_long_help = STATS_HELP)]
    Stats {
        /// Only the deck with this id
        #[arg(long, value_name = "ID")]
        deck: Option<String>,
        /// How far to look back
        #[arg(long, value_name = "DAYS", default_value = "all")]
        period: PeriodArgument,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the decks
    #[command(after_long_help = DECKS_HELP)]
    Decks {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Make decks of lists from other programs
    #[command(after_long_help = IMPORT_HELP)]
    Import(ImportArguments),
    /// Write a deck as a table or as a quiz on paper; write reviews or scores as a table
    #[command(after_long_help = EXPORT_HELP)]
    Export(ExportArguments),
    /// Write a checked copy of the progress and print its path
    Backup,
    /// Show where things are and whether they are sound
    Doctor,
    /// Print the licences of everything that the program is built from
    #[command(alias = "licenses")]
    Licences,
}

/// How many study days to look back, including today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PeriodArgument {
    /// A week
    #[value(name = "7")]
    Week,
    /// A month
    #[value(name = "30")]
    Month,
    /// A year
    #[value(name = "365")]
    Year,
    /// Everything
    All,
}

impl From<PeriodArgument> for Period {
    fn from(period: PeriodArgument) -> Self {
        match period {
            PeriodArgument::Week => Period::Week,
            PeriodArgument::Month => Period::Month,
            PeriodArgument::Year => Period::Year,
            PeriodArgument::All => Period::All,
        }
    }
}

/// What to study.
#[derive(Debug, Default, Args)]
pub struct StudyArguments {
    /// The id of a deck; all decks when there is none
    pub deck: Option<String>,
    /// Only this topic, by its key in the deck file
    #[arg(long, value_name = "KEY")]
    pub topic: Option<String>,
    /// Only so many new cards, beyond the day's number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=999))]
    pub new: Option<u16>,
}

/// What the test is like, or which test to look at.
#[derive(Debug, Args)]
pub struct TestArguments {
    /// Ids of decks; all decks when there is none
    #[arg(value_name = "DECK")]
    pub decks: Vec<String>,
    /// Only this topic, by its key in the deck file; may be given several times
    #[arg(long, value_name = "KEY")]
    pub topic: Vec<String>,
    /// How many questions
    #[arg(long, short, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub number: u32,
    /// Time for all of it; without a limit when it is not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=600))]
    pub minutes: Option<u32>,
    /// Which questions are taken
    #[arg(long, value_enum, default_value_t = MixArgument::Balanced)]
    pub mix: MixArgument,
    /// Only these kinds, such as Choice,Typed
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub kinds: Vec<String>,
    /// The same test as somebody else's
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// Let the answers move the schedule
    #[arg(long)]
    pub counts: bool,
    /// Give up the test that was left
    #[arg(long, conflicts_with_all = ["list", "report", "html", "csv"])]
    pub give_up: bool,
    /// List earlier tests
    #[arg(long, conflicts_with_all = ["report", "html", "csv"])]
    pub list: bool,
    /// Show the report of a test, by its number in the list
    #[arg(long, value_name = "N")]
    pub report: Option<usize>,
    /// Question of a report that was almost right: you meant the right answer, so it counts as right; several as 3,5
    #[arg(long, value_name = "QUESTION", value_delimiter = ',', conflicts_with_all = ["list", "give_up", "not_known"])]
    pub meant: Vec<usize>,
    /// Question of a report that was almost right: you did not know it, so it counts as wrong
    #[arg(long, value_name = "QUESTION", value_delimiter = ',', conflicts_with_all = ["list", "give_up"])]
    pub not_known: Vec<usize>,
    /// Write the report as a page to this file; of the newest test without --report
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Write the report as a table to this file; of the newest test without --report
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
}

/// Which questions a test takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MixArgument {
    /// As many of every topic, as far as they go
    Balanced,
    /// What is recalled least first
    Weakest,
    /// Any
    Random,
}

impl TestArguments {
    /// Whether the command only shows completed tests.
    pub fn is_read_only(&self) -> bool {
        let reads = self.list || self.report.is_some() || self.html.is_some() || self.csv.is_some();
        reads && !self.has_slip_decisions()
    }

    /// Whether the command resolves slips of a completed test.
    pub fn has_slip_decisions(&self) -> bool {
        !self.meant.is_empty() || !self.not_known.is_empty()
    }

    /// Whether any option of a new test differs from its default.
    pub fn has_setup_options(&self) -> bool {
        let plain = self.decks.is_empty() && self.topic.is_empty() && self.kinds.is_empty();
        !plain
            || self.code.is_some()
            || self.minutes.is_some()
            || self.counts
            || self.number != 20
            || self.mix != MixArgument::Balanced
    }
}

/// What to import, and how.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// Tables, lists, question files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The title of the new deck; the name in the file, or of the file, when there is none
    #[arg(long)]
    pub title: Option<String>,
    /// The id of the new deck; made from its title when there is none
    #[arg(long)]
    pub id: Option<String>,
    /// The language of the new deck, such as en or ko; none when it is not given
    #[arg(long, value_name = "LANG")]
    pub language: Option<String>,
    /// The topic of questions that name none
    #[arg(long, value_name = "NAME")]
    pub topic: Option<String>,
    /// Between columns: tab, comma, semicolon, pipe, or the characters themselves (" - ")
    #[arg(long, value_name = "S")]
    pub separator: Option<String>,
    /// Between rows, where it is not the end of a line; \n stands for one
    #[arg(long, value_name = "S")]
    pub row_end: Option<String>,
    /// What the columns hold: prompt,answer,topic,tags,explanation,hint,id,kind,ignore
    #[arg(long, value_name = "ROLES", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Whether the first row names the columns
    #[arg(long)]
    pub headings: Option<YesNo>,
    /// Whether the columns hold HTML
    #[arg(long)]
    pub html: Option<YesNo>,
    /// What answers become; by default short ones are typed and long ones recalled
    #[arg(long)]
    pub kind: Option<ImportAsArgument>,
    /// Show what would be made, and write nothing
    #[arg(long)]
    pub preview: bool,
}

/// A choice that is guessed when it is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum YesNo {
    /// It does.
    Yes,
    /// It does not.
    No,
}

/// What imported answers become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportAsArgument {
    /// All are typed
    Typed,
    /// All are recalled
    Recall,
    /// All are recalled, and asked the other way round as well
    Both,
}

/// What to export, and as what.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).args(["csv", "html", "reviews", "scores"])))]
pub struct ExportArguments {
    /// The id of a deck, or a deck file; reviews and scores are of all decks without one
    #[arg(required_unless_present_any = ["reviews", "scores"])]
    pub deck: Option<String>,
    /// Write the deck as a table
    #[arg(long)]
    pub csv: bool,
    /// Write the deck as a quiz for printing
    #[arg(long)]
    pub html: bool,
    /// Write a table of your answers
    #[arg(long)]
    pub reviews: bool,
    /// Write a table of your scores by topic
    #[arg(long)]
    pub scores: bool,
    /// Write to this file; to standard output when there is none
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Shuffle the options of the quiz in another way
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with_all = ["csv", "reviews", "scores"])]
    pub seed: u64,
}
