//! What is measured, group by group. Every value is that of a whole process.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use linchpin::domain::seed::{rng, seed_of};

use crate::home::{self, Size};
use crate::process::{Conversation, Usage, linchpin, peak_bytes, run, written_bytes};
use crate::screen::{Screen, Window};
use crate::table::{Table, Unit, quantile};
use crate::words::Words;

/// Answers of a terminal session.
const ANSWERS: usize = 300;
/// Answers in a window that is opened once.
const ANSWERS_IN_WINDOW: usize = 12;
/// Where the first of the learner's decks is on the page of decks, in pixels.
const FIRST_DECK: (u32, u32) = (400, 232);
/// Rows of the imported table.
const ROWS: usize = 100_000;

/// A program over its own copy of a home.
pub struct Subject<'a> {
    /// The program.
    pub program: &'a Path,
    /// Its data folder.
    pub home: PathBuf,
    /// What is in it.
    pub size: Size,
    /// The column of the table.
    pub column: usize,
    /// How often each command is run.
    pub runs: usize,
}

impl Subject<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = linchpin(self.program, &self.home);
        command.args(arguments);
        command
    }

    fn time(&self, table: &mut Table, row: &str, time: Duration) {
        table.add(row, self.column, Unit::Time, time.as_secs_f64());
    }

    fn bytes(&self, table: &mut Table, row: &str, bytes: Option<u64>) {
        if let Some(bytes) = bytes {
            table.add(row, self.column, Unit::Bytes, bytes as f64);
        }
    }

    /// Measures a group of rows; if that fails, a row says why.
    pub fn group(
        &self,
        table: &mut Table,
        name: &str,
        measure: impl FnOnce(&Self, &mut Table) -> io::Result<()>,
    ) {
        if let Err(error) = measure(self, table) {
            table.note(&format!("{name}: not measured"), self.column, error);
        }
    }

    /// The first start in a folder without an index of its decks and without a backup of today. It may also have to
    /// bring the log of an earlier version into the form of this one.
    pub fn first_start(&self, table: &mut Table) -> io::Result<()> {
        let (session, took) = Conversation::start(&mut self.command(&["study"]))?;
        self.time(table, "first start of a folder → first question, terminal", took);
        self.bytes(table, "the same: peak of memory", peak_bytes(session.id()));
        session.finish().map(drop)
    }

    /// Commands from their start to their end.
    pub fn commands(&self, table: &mut Table) -> io::Result<()> {
        for _ in 0..self.runs {
            let (session, took) = Conversation::start(&mut self.command(&["study"]))?;
            self.time(table, "new process → first question, terminal", took);
            self.bytes(table, "peak of memory at the first question, terminal", peak_bytes(session.id()));
            let end = session.finish()?;
            self.time(table, "end of input → end of process, terminal", end.wall);
            self.time(table, "processor time of the two", end.cpu);
            self.whole(table, "`decks --json`", &["decks", "--json"])?;
            self.whole(table, "`stats --json`", &["stats", "--json"])?;
        }
        let file = self.home.join("export.csv");
        for _ in 0..self.runs.min(3) {
            self.whole(
                table,
                "`export --reviews`",
                &["export", "--reviews", "-o", &file.display().to_string()],
            )?;
            let _ = fs::remove_file(&file);
            self.whole(table, "`doctor`", &["doctor"])?;
        }
        Ok(())
    }

    fn whole(&self, table: &mut Table, name: &str, arguments: &[&str]) -> io::Result<()> {
        let Usage { wall, cpu, peak } = run(&mut self.command(arguments))?;
        self.time(table, name, wall);
        self.time(table, &format!("{name}, processor time"), cpu);
        self.bytes(table, &format!("{name}, peak of memory"), Some(peak));
        Ok(())
    }

    /// Answers in the terminal, to the next question: in memory, then on the disk, with what is written there.
    pub fn answers(&self, table: &mut Table) -> io::Result<()> {
        let in_memory = Path::new("/dev/shm").join(format!("linchpin-scale-home-{}", std::process::id()));
        home::copy(&self.home, &in_memory)?;
        let fast = answer_times(&mut linchpin(self.program, &in_memory), ANSWERS);
        fs::remove_dir_all(&in_memory)?;
        let (times, _) = fast?;
        table.add(
            "answer → next card, without the disk, p50",
            self.column,
            Unit::Time,
            quantile(&times, 0.5),
        );
        table.add(
            "answer → next card, without the disk, p99",
            self.column,
            Unit::Time,
            quantile(&times, 0.99),
        );
        let (times, written) = answer_times(&mut linchpin(self.program, &self.home), ANSWERS)?;
        table.add("answer → next card, on the disk, p50", self.column, Unit::Time, quantile(&times, 0.5));
        table.add("answer → next card, on the disk, p99", self.column, Unit::Time, quantile(&times, 0.99));
        self.bytes(table, "written an answer", written.map(|bytes| bytes / times.len() as u64));
        match self.syncs(20).and_then(|with| Ok(with - self.syncs(0)?)) {
            Ok(syncs) => table.add("fsyncs an answer", self.column, Unit::Count, syncs as f64 / 20.0),
            Err(error) => table.note("fsyncs an answer", self.column, format!("strace: {error}")),
        }
        Ok(())
    }

    /// How often a session with so many answers has the disk sync.
    fn syncs(&self, answers: usize) -> io::Result<i64> {
        let report = self.home.join("strace.txt");
        let mut command = Command::new("strace");
        command.args(["-f", "-o"]).arg(&report).args(["-e", "trace=fsync,fdatasync"]).arg(self.program);
        let plain = linchpin(self.program, &self.home);
        command.args(plain.get_args()).arg("study").stderr(Stdio::null());
        for (name, value) in plain.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let (mut session, _) = Conversation::start(&mut command)?;
        for _ in 0..answers {
            session.answer()?;
        }
        session.finish()?;
        let text = fs::read_to_string(&report)?;
        fs::remove_file(&report)?;
        Ok(text.lines().filter(|line| line.contains("sync(") && !line.contains("resumed")).count() as i64)
    }

    /// The window, opened again and again.
    pub fn window(&self, table: &mut Table) -> io::Result<()> {
        let mut screen = Screen::start()?;
        // The display and the program are read from the disk once, outside of what counts.
        Window::open(&mut screen, self.program, &self.home)?.0.close()?;
        let (mut verdicts, mut nexts) = (Vec::new(), Vec::new());
        for _ in 0..self.runs {
            let (mut window, changes) = Window::open(&mut screen, self.program, &self.home)?;
            self.time(table, "start → first pixels of the window", changes.first);
            self.time(table, "start → Today, whole", changes.last);
            self.time(table, "the same, processor time until it rests", window.cpu_until_rest());
            self.bytes(table, "memory of the window at rest (PSS)", window.pss_bytes());
            let Some(changes) = window.press("space")? else {
                table.note("Space → first question, whole", self.column, "no session to start");
                window.close()?;
                continue;
            };
            self.time(table, "Space → first change", changes.first);
            self.time(table, "Space → first question, whole", changes.last);
            for _ in 0..ANSWERS_IN_WINDOW {
                // Gives up, whatever the kind.
                let (Some(verdict), Some(next)) = (window.press("alt+x")?, window.press("space")?) else {
                    break;
                };
                verdicts.push(verdict.last.as_secs_f64());
                nexts.push(next.last.as_secs_f64());
            }
            self.time(table, "Ctrl Q → end of process", window.close()?);
        }
        for (row, times) in [("answer → verdict, whole", &verdicts), ("Space → next card, whole", &nexts)]
        {
            if times.is_empty() {
                table.note(row, self.column, "no answers");
                continue;
            }
            for (name, share) in [("p50", 0.5), ("p95", 0.95)] {
                table.add(&format!("{row}, {name}"), self.column, Unit::Time, quantile(times, share));
            }
        }
        Ok(())
    }

    /// Letters typed into the search of the first deck, and taken back.
    pub fn search(&self, table: &mut Table) -> io::Result<()> {
        let mut screen = Screen::start()?;
        let (mut window, _) = Window::open(&mut screen, self.program, &self.home)?;
        window.press("ctrl+2")?;
        let deck = window.click(FIRST_DECK.0, FIRST_DECK.1)?;
        self.time(table, "click → page of the first deck, whole", deck.unwrap_or_default().last);
        window.press("slash")?;
        let mut times = Vec::new();
        for key in
            ["s", "t", "e", "a", "BackSpace", "i", "BackSpace", "BackSpace", "a", "BackSpace", "BackSpace"]
        {
            let changes = window.press(key)?.ok_or_else(|| io::Error::other("there is no search field"))?;
            times.push(changes.last.as_secs_f64());
        }
        for (name, share) in [("p50", 0.5), ("p95", 0.95)] {
            let row = format!("letter in the search of a deck → list, {name}");
            table.add(&row, self.column, Unit::Time, quantile(&times, share));
        }
        window.close().map(drop)
    }

    /// What the folder takes on the disk.
    pub fn disk(&self, table: &mut Table) -> io::Result<()> {
        let progress =
            ["progress.db", "progress.db-wal"].iter().map(|name| home::bytes(&self.home.join(name)));
        self.bytes(table, "bytes on the disk: progress", Some(progress.sum()));
        self.bytes(table, "bytes on the disk: decks", Some(home::bytes(&self.home.join("decks"))));
        self.bytes(table, "bytes on the disk: caches", Some(home::bytes(&self.home.join("cache"))));
        let backups = fs::read_dir(self.home.join("backups")).into_iter().flatten().flatten();
        let newest = backups.max_by_key(|entry| entry.metadata().and_then(|data| data.modified()).ok());
        self.bytes(table, "bytes on the disk: newest backup", newest.map(|entry| home::bytes(&entry.path())));
        Ok(())
    }

    /// An import into a folder without decks.
    pub fn import(&self, table: &mut Table) -> io::Result<()> {
        let folder = self.home.join("import");
        let file = self.home.join("table.csv");
        let mut chance = rng(seed_of("scale import"));
        fs::write(&file, Words::new(&mut chance).table(ROWS, &mut chance))?;
        for _ in 0..self.runs {
            let mut command = linchpin(self.program, &folder);
            let Usage { wall, cpu, peak } = run(command.arg("import").arg(&file))?;
            self.time(table, "`import` of 100,000 rows", wall);
            self.time(table, "`import` of 100,000 rows, processor time", cpu);
            self.bytes(table, "`import` of 100,000 rows, peak of memory", Some(peak));
            fs::remove_dir_all(&folder)?;
        }
        fs::remove_file(&file)
    }
}

/// Answers up to `count` cards; the times in seconds, and the bytes that were written meanwhile.
fn answer_times(command: &mut Command, count: usize) -> io::Result<(Vec<f64>, Option<u64>)> {
    let (mut session, _) = Conversation::start(command.arg("study"))?;
    let before = written_bytes(session.id());
    let mut times = Vec::new();
    for _ in 0..count {
        // A session may have fewer cards.
        let Ok(time) = session.answer() else { break };
        times.push(time.as_secs_f64());
    }
    if times.is_empty() {
        return Err(io::Error::other("no card to answer"));
    }
    let written = written_bytes(session.id()).zip(before).map(|(after, before)| after - before);
    session.finish()?;
    Ok((times, written))
}
