//! The built program, run as a person or a script would run it.
#![allow(dead_code, reason = "not every test needs all of it")]

pub mod every_kind;

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A Monday morning.
pub const MONDAY: &str = "2026-11-23T10:00";

/// A data directory of its own.
pub struct Home {
    folder: TempDir,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a deck among the learner's own.
    pub fn add_deck(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join("decks").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    pub fn set(&self, settings: &str) {
        fs::write(self.path().join("settings.ron"), settings).unwrap();
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = linchpin();
        command.arg("--data-dir").arg(self.path()).args(args);
        command
    }

    /// Runs to the end, without input.
    pub fn run(&self, args: &[&str]) -> Run {
        Run::from(self.command(args).stdin(Stdio::null()).output().unwrap())
    }

    /// Runs and reads what it prints as JSON.
    pub fn json(&self, args: &[&str]) -> Value {
        let run = self.run(args);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        serde_json::from_str(&run.out).unwrap()
    }

    /// Starts a session that is talked to line by line.
    pub fn study(&self, args: &[&str]) -> Talk {
        let mut all = vec!["study"];
        all.extend(args);
        Talk::start(self.command(&all))
    }
}

/// The program, without anything that the environment might tell it.
pub fn linchpin() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    for name in ["LINCHPIN_DATA_DIR", "DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(name);
    }
    command.env("TZ", "UTC");
    command
}

/// A run that is over.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A running session: a line goes in, everything up to the next prompt comes out.
pub struct Talk {
    pub child: Child,
    input: Option<ChildStdin>,
    output: ChildStdout,
    /// Everything up to the prompt that waits now.
    pub screen: String,
    pub is_over: bool,
}

impl Talk {
    pub fn start(mut command: Command) -> Self {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take(), child.stdout.take().unwrap());
        let mut talk = Self { child, input, output, screen: String::new(), is_over: false };
        talk.read();
        talk
    }

    /// Reads until the program waits for a line, or ends.
    fn read(&mut self) {
        let mut bytes = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            match self.output.read(&mut buffer).unwrap() {
                0 => {
                    self.is_over = true;
                    break;
                }
                count => bytes.extend_from_slice(&buffer[..count]),
            }
            if bytes.ends_with(b"> ") {
                break;
            }
        }
        self.screen = String::from_utf8(bytes).unwrap();
        assert!(!self.screen.contains('\u{1b}'), "no colours into a pipe: {}", self.screen);
    }

    /// Types a line and gives back what comes, its echo included.
    pub fn say(&mut self, line: &str) -> &str {
        assert!(!self.is_over, "the session is over: {}", self.screen);
        writeln!(self.input.as_mut().unwrap(), "{line}").unwrap();
        self.read();
        &self.screen
    }

    /// Whether nothing is left to ask, and the session only offers to take the last answer back.
    pub fn is_at_its_end(&self) -> bool {
        self.screen.contains("Enter ends the session")
    }

    /// Whether a question waits, and not a verdict.
    pub fn is_asking(&self) -> bool {
        !self.is_over && self.screen.contains(" of ") && !self.screen.contains("Enter goes on")
    }

    /// The number before an option on the screen.
    pub fn number_of(&self, option: &str) -> usize {
        let line = self.screen.lines().find(|line| line.trim_start().ends_with(&format!("  {option}")));
        let line = line.unwrap_or_else(|| panic!("no {option} in {}", self.screen));
        line.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Ends the input, and waits for the program's end.
    pub fn end(mut self) -> Run {
        self.input = None;
        let mut out = std::mem::take(&mut self.screen);
        self.output.read_to_string(&mut out).unwrap();
        let output = self.child.wait_with_output().unwrap();
        Run { out, ..Run::from(output) }
    }
}

/// The figures of a deck in what `stats --json` printed.
pub fn total<'a>(stats: &'a Value, deck: &str) -> &'a Value {
    let decks = stats["decks"].as_array().unwrap();
    &decks.iter().find(|it| it["id"] == deck).unwrap()["total"]
}

/// Lines with a verdict: each stands for an answer that is saved.
pub fn verdicts(out: &str) -> usize {
    out.lines().filter(|line| ["✓ ", "≈ ", "✗ "].iter().any(|mark| line.starts_with(mark))).count()
}
