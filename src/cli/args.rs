//! The command line arguments. The doc comments of arguments and values are their help texts.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};

use crate::app::scores::columns;
use crate::domain::score::Period;
use crate::text;

/// The documentation of the deck format, as `linchpin help deck-format` prints it.
pub const DECK_FORMAT: &str = include_str!("../../docs/deck-format.md");

/// A quiz and flashcard application: read it once, keep it.
///
/// Without a command, it opens the window.
#[derive(Debug, Parser)]
#[command(name = "linchpin", bin_name = "linchpin", version, max_term_width = 100)]
pub struct Arguments {
    /// Keep progress, settings and decks in this folder [env: LINCHPIN_DATA_DIR]
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Pretend that it is this time: 2026-11-23, 2026-11-23T08:30, or with a time zone
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
    #[command(after_long_help = text::terminal::help::STUDY)]
    Study(StudyArguments),
    /// Take a test in the terminal, or look at earlier ones
    #[command(after_long_help = text::terminal::help::TEST)]
    Test(TestArguments),
    /// Check deck files for errors
    #[command(after_long_help = text::terminal::help::CHECK)]
    Check {
        /// Deck files, or folders of them; your own decks if none is given
        files: Vec<PathBuf>,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Fix what is certain, in the files themselves
        #[arg(long)]
        fix: bool,
    },
    /// Show how to write a deck file
    #[command(override_help = DECK_FORMAT)]
    DeckFormat,
    /// Show scores by topic
    #[command(after_long_help = text::terminal::help::stats(&columns::json_keys()))]
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
    #[command(after_long_help = text::terminal::help::DECKS)]
    Decks {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Make decks from lists of other programs
    #[command(after_long_help = text::terminal::help::IMPORT)]
    Import(ImportArguments),
    /// Write a deck as a table or as a printable quiz, reviews or scores as a table, or everything
    #[command(after_long_help = text::terminal::help::export(&columns::csv_columns()))]
    Export(ExportArguments),
    /// Add the progress of another data folder, such as that of another computer
    #[command(after_long_help = text::terminal::help::MERGE)]
    Merge(MergeArguments),
    /// Write a verified copy of your progress and print its path; list these copies; go back to one
    Backup {
        /// Without a command, write a copy.
        #[command(subcommand)]
        action: Option<BackupCommand>,
    },
    /// Show where your files are, and whether they are intact
    Doctor,
    /// Print the licences of everything that the program is built from
    #[command(alias = "licenses")]
    Licences,
}

/// What to do with backups.
#[derive(Debug, Subcommand)]
pub enum BackupCommand {
    /// List the backups, those with the newest answers first
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Go back to a backup; what is there now is kept
    Restore {
        /// A backup, by its name in the list or its path; by default the one with the newest answers
        file: Option<PathBuf>,
        /// Restore without asking
        #[arg(long)]
        yes: bool,
    },
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
    /// The id of a deck; all decks if none is given
    pub deck: Option<String>,
    /// Only this topic, by its key in the deck file
    #[arg(long, value_name = "KEY")]
    pub topic: Option<String>,
    /// Only this many new cards, on top of the daily number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=999))]
    pub new: Option<u16>,
}

/// What the test is like, or which test to look at.
#[derive(Debug, Args)]
pub struct TestArguments {
    /// Ids of decks; all decks if none is given
    #[arg(value_name = "DECK")]
    pub decks: Vec<String>,
    /// Only this topic, by its key in the deck file; may be repeated
    #[arg(long, value_name = "KEY")]
    pub topic: Vec<String>,
    /// How many questions
    #[arg(long, short, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub number: u32,
    /// Time limit for the whole test, in minutes; none by default
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=600))]
    pub minutes: Option<u32>,
    /// Which questions to take
    #[arg(long, value_enum, default_value_t = MixArgument::Balanced)]
    pub mix: MixArgument,
    /// Only these kinds, such as Choice,Typed
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub kinds: Vec<String>,
    /// Take the same test as someone else, by its code
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// Let the answers affect the schedule
    #[arg(long)]
    pub counts: bool,
    /// Discard the unfinished test
    #[arg(long, conflicts_with_all = ["list", "report", "html", "csv"])]
    pub give_up: bool,
    /// List earlier tests
    #[arg(long, conflicts_with_all = ["report", "html", "csv"])]
    pub list: bool,
    /// Show the report of a test, by its number in the list
    #[arg(long, value_name = "N")]
    pub report: Option<usize>,
    /// Question of a report that was almost right: you meant the right answer, so it counts as right; for several, 3,5
    #[arg(long, value_name = "QUESTION", value_delimiter = ',', conflicts_with_all = ["list", "give_up", "not_known"])]
    pub meant: Vec<usize>,
    /// Question of a report that was almost right: you did not know it, so it counts as wrong
    #[arg(long, value_name = "QUESTION", value_delimiter = ',', conflicts_with_all = ["list", "give_up"])]
    pub not_known: Vec<usize>,
    /// Write the report as a page to this file; without --report, that of the newest test
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Write the report as a table to this file; without --report, that of the newest test
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
}

/// Which questions a test takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MixArgument {
    /// The same number from each topic where possible
    Balanced,
    /// Those that you are least likely to know
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
    /// The title of the new deck; by default the name in the file, or of the file
    #[arg(long)]
    pub title: Option<String>,
    /// The id of the new deck; by default made from its title
    #[arg(long)]
    pub id: Option<String>,
    /// The language of the new deck, such as en or ko; none by default
    #[arg(long, value_name = "LANG")]
    pub language: Option<String>,
    /// The topic of questions that have none
    #[arg(long, value_name = "NAME")]
    pub topic: Option<String>,
    /// What separates columns: tab, comma, semicolon, pipe, or the characters themselves (" - ")
    #[arg(long, value_name = "S")]
    pub separator: Option<String>,
    /// What separates rows, if not the end of a line; \n stands for the end of a line
    #[arg(long, value_name = "S")]
    pub row_end: Option<String>,
    /// What the columns contain: prompt,answer,topic,tags,explanation,hint,id,kind,ignore
    #[arg(long, value_name = "ROLES", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Whether the first row names the columns
    #[arg(long)]
    pub headings: Option<YesNo>,
    /// Whether the columns contain HTML
    #[arg(long)]
    pub html: Option<YesNo>,
    /// What answers become; by default, short ones are typed and long ones recalled
    #[arg(long)]
    pub kind: Option<ImportAsArgument>,
    /// Show the result, and write nothing
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
    /// All are recalled, and asked in both directions
    Both,
}

/// Whose progress to add.
#[derive(Debug, Args)]
pub struct MergeArguments {
    /// The other data folder, or a backup of it
    pub other: PathBuf,
    /// Show what it would add, and change nothing
    #[arg(long)]
    pub preview: bool,
    /// Add it without asking
    #[arg(long, conflicts_with = "preview")]
    pub yes: bool,
}

/// What to export, and as what.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).args(["csv", "html", "reviews", "scores", "everything"])))]
pub struct ExportArguments {
    /// The id of a deck, or a deck file; without one, reviews and scores of all decks
    #[arg(required_unless_present_any = ["reviews", "scores", "everything"], conflicts_with = "everything")]
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
    /// Write your decks, answers, tests and settings into this new folder
    #[arg(long, value_name = "FOLDER", conflicts_with = "output")]
    pub everything: Option<PathBuf>,
    /// Write to this file; to standard output by default
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Shuffle the options of the quiz in a different way
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with_all = ["csv", "reviews", "scores", "everything"])]
    pub seed: u64,
}
