//! Processes and what they cost, as Linux tells it in `/proc`.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::home::NOW;

/// How often a process is looked at.
const POLL: Duration = Duration::from_millis(1);

/// The program over a data folder, at the time at which the homes are looked at.
pub fn linchpin(program: &Path, home: &Path) -> Command {
    let mut command = Command::new(program);
    for name in ["LINCHPIN_DATA_DIR", "DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "COLUMNS", "RUST_LOG"] {
        command.env_remove(name);
    }
    command.arg("--data-dir").arg(home).args(["--at", NOW]).stderr(Stdio::null()).stdin(Stdio::null());
    command
}

/// What a process took from start to end.
pub struct Usage {
    /// Wall-clock time.
    pub wall: Duration,
    /// Processor time of all threads, in steps of 10 ms.
    pub cpu: Duration,
    /// Peak of its resident memory, in bytes.
    pub peak: u64,
}

/// Runs a command to its end. An error if it fails.
pub fn run(command: &mut Command) -> io::Result<Usage> {
    let begin = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn()?;
    let usage = until_end(&child, begin);
    let status = child.wait()?;
    if status.success() { usage } else { Err(io::Error::other(format!("{command:?}: {status}"))) }
}

/// Waits until a process has ended; its parent must not have asked for the end yet.
fn until_end(child: &Child, begin: Instant) -> io::Result<Usage> {
    let mut peak = 0;
    loop {
        peak = peak_bytes(child.id()).unwrap_or(peak);
        let stat = Stat::of(&format!("/proc/{}/stat", child.id()))?;
        if stat.state == 'Z' {
            return Ok(Usage { wall: begin.elapsed(), cpu: stat.cpu, peak });
        }
        sleep(POLL);
    }
}

/// A line of `/proc/PID/stat`.
pub struct Stat {
    /// `R` runs, `S` sleeps, `D` waits for the disk, `Z` has ended.
    pub state: char,
    /// Time in user mode and in the kernel.
    pub cpu: Duration,
}

impl Stat {
    /// Reads it for a process or a thread.
    pub fn of(path: &str) -> io::Result<Self> {
        let text = fs::read_to_string(path)?;
        let odd = || io::Error::other(text.clone());
        // The name stands in brackets and may contain anything.
        let (_, fields) = text.rsplit_once(')').ok_or_else(odd)?;
        let fields: Vec<&str> = fields.split_whitespace().collect();
        let ticks = |nth: usize| fields.get(nth).and_then(|field| field.parse::<u64>().ok()).ok_or_else(odd);
        // A tick is 10 ms on every Linux that is built today.
        let cpu = Duration::from_millis((ticks(11)? + ticks(12)?) * 10);
        Ok(Self { state: fields.first().and_then(|field| field.chars().next()).ok_or_else(odd)?, cpu })
    }
}

/// A field such as `VmHWM:` in a file of `/proc/PID`, as it is written.
fn field(process: u32, file: &str, name: &str) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/{file}")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Peak of the resident memory until now.
pub fn peak_bytes(process: u32) -> Option<u64> {
    field(process, "status", "VmHWM:").map(|kib| kib * 1024)
}

/// Memory of a process, with its share of what it has in common with others.
pub fn pss_bytes(process: u32) -> Option<u64> {
    field(process, "smaps_rollup", "Pss:").map(|kib| kib * 1024)
}

/// Bytes that a process had written to disks.
pub fn written_bytes(process: u32) -> Option<u64> {
    field(process, "io", "write_bytes:")
}

/// Ends the process when it is no longer used.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A study session in the terminal, through pipes.
pub struct Conversation {
    child: Running,
    input: Option<ChildStdin>,
    output: ChildStdout,
}

impl Conversation {
    /// Starts `command` and waits for its first prompt. Also returns the time until then.
    pub fn start(command: &mut Command) -> io::Result<(Self, Duration)> {
        let begin = Instant::now();
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let input = child.stdin.take();
        let output = child.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
        let mut this = Self { child: Running(child), input, output };
        this.until_prompt()?;
        Ok((this, begin.elapsed()))
    }

    /// Reads until the program waits for a line: only a prompt is printed without the end of a line.
    fn until_prompt(&mut self) -> io::Result<String> {
        let (mut text, mut buffer) = (Vec::new(), [0; 64 * 1024]);
        while !text.ends_with(b"> ") {
            match self.output.read(&mut buffer)? {
                0 => return Err(io::Error::other("the session has ended")),
                count => text.extend_from_slice(&buffer[..count]),
            }
        }
        String::from_utf8(text).map_err(io::Error::other)
    }

    /// Sends a line; returns what is printed until the next prompt, and how long that took.
    pub fn say(&mut self, line: &str) -> io::Result<(String, Duration)> {
        let begin = Instant::now();
        let input = self.input.as_mut().ok_or_else(|| io::Error::other("no input"))?;
        input.write_all(format!("{line}\n").as_bytes())?;
        let text = self.until_prompt()?;
        Ok((text, begin.elapsed()))
    }

    /// Answers the card and goes on to the next one. Returns the time of the line that was the answer and of the
    /// one that went on.
    pub fn answer(&mut self) -> io::Result<Duration> {
        // Some kinds ask for more than "1"; every kind takes ":x", which gives up.
        let (text, took) = self.say("1")?;
        let took = if has_verdict(&text) { took } else { self.say(":x")?.1 };
        Ok(took + self.say("")?.1)
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.child.0.id()
    }

    /// Ends the input; returns the time until the process has ended.
    pub fn finish(mut self) -> io::Result<Usage> {
        let begin = Instant::now();
        self.input = None;
        io::copy(&mut self.output, &mut io::sink())?;
        until_end(&self.child.0, begin)
    }
}

/// Only lines with a verdict begin with one of these.
fn has_verdict(text: &str) -> bool {
    text.lines().any(|line| line.starts_with(['✓', '≈', '✗']))
}
