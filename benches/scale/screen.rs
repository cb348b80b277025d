//! A display of its own, the window on it, and what can be seen there. What counts is pixels: Xvfb keeps its screen in a
//! file, which is read without asking the display server or the program.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use twox_hash::XxHash3_128;

use crate::process::{Running, Stat, linchpin, pss_bytes};

/// Between two looks at the screen. A look reads 4 MB, which takes about a millisecond.
const POLL: Duration = Duration::from_millis(2);
/// Between two looks at whether the program works.
const LOOK_AT_WORK: Duration = Duration::from_millis(100);
/// Processor time within [`LOOK_AT_WORK`] that still counts as rest: a blinking cursor needs some.
const REST: Duration = Duration::from_millis(20);
/// Longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(300);

/// A virtual display.
pub struct Screen {
    name: String,
    file: File,
    pixels: Vec<u8>,
    folder: PathBuf,
    _server: Running,
}

impl Screen {
    /// Starts a display of 1280 by 800, if there are Xvfb and xdotool.
    pub fn start() -> io::Result<Self> {
        // In memory, so that no disk is busy with pixels.
        let folder = Path::new("/dev/shm").join(format!("linchpin-scale-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x800x24",
                "-nolisten",
                "tcp",
                "-noreset",
                "-fbdir",
            ])
            .arg(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| io::Error::other(format!("Xvfb: {error}")))?;
        let mut number = String::new();
        let output = server.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
        let server = Running(server);
        BufReader::new(output).read_line(&mut number)?;
        let file = File::open(folder.join("Xvfb_screen0"))?;
        let pixels = vec![0; usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?];
        Ok(Self { name: format!(":{}", number.trim()), file, pixels, folder, _server: server })
    }

    /// A number that is another one when a pixel is.
    fn look(&mut self) -> io::Result<u128> {
        self.file.rewind()?;
        self.file.read_exact(&mut self.pixels)?;
        Ok(XxHash3_128::oneshot(&self.pixels))
    }

    fn xdotool(&self, arguments: &[&str]) -> io::Result<String> {
        let output = Command::new("xdotool").env("DISPLAY", &self.name).args(arguments).output()?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// When the pixels changed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Changes {
    /// For the first time.
    pub first: Duration,
    /// For the last time before they stood still and the program was at rest.
    pub last: Duration,
}

/// The open window.
pub struct Window<'a> {
    screen: &'a mut Screen,
    child: Running,
    /// Of xdotool, which does what each line says.
    input: ChildStdin,
    cpu_until_rest: Duration,
    _xdotool: Running,
}

impl<'a> Window<'a> {
    /// Opens the window over a data folder. Returns it when it stands still, with the time from the start of the process.
    pub fn open(screen: &'a mut Screen, program: &Path, home: &Path) -> io::Result<(Self, Changes)> {
        let mut typist = Command::new("xdotool")
            .arg("-")
            .env("DISPLAY", &screen.name)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| io::Error::other(format!("xdotool: {error}")))?;
        let input = typist.stdin.take().ok_or_else(|| io::Error::other("no input"))?;
        let before = screen.look()?;
        let begin = Instant::now();
        let mut command = linchpin(program, home);
        command.env("DISPLAY", &screen.name).env("LIBGL_ALWAYS_SOFTWARE", "1").stdout(Stdio::null());
        let child = Running(command.spawn()?);
        let mut window =
            Self { screen, child, input, cpu_until_rest: Duration::ZERO, _xdotool: Running(typist) };
        let changes = window.watch(begin, before, Duration::from_secs(1), PATIENCE)?;
        window.cpu_until_rest = window.cpu()?;
        let id = window.screen.xdotool(&["search", "--onlyvisible", "--name", "^Linchpin$"])?;
        window.screen.xdotool(&["windowfocus", "--sync", id.lines().next().unwrap_or_default()])?;
        window.settle()?;
        Ok((window, changes.ok_or_else(|| io::Error::other("nothing was drawn"))?))
    }

    /// Presses a key, or several at once ("ctrl+q"). `None` if no pixel changes within two seconds.
    pub fn press(&mut self, key: &str) -> io::Result<Option<Changes>> {
        // Without a delay: xdotool would hold the key for 12 ms.
        self.act(&format!("key --delay 0 {key}"))
    }

    /// Clicks at a place of the screen, in pixels. `None` as for [`Window::press`].
    pub fn click(&mut self, x: u32, y: u32) -> io::Result<Option<Changes>> {
        self.act(&format!("mousemove {x} {y} click 1"))
    }

    fn act(&mut self, line: &str) -> io::Result<Option<Changes>> {
        let before = self.screen.look()?;
        let begin = Instant::now();
        writeln!(self.input, "{line}")?;
        self.watch(begin, before, Duration::from_millis(300), Duration::from_secs(2))
    }

    /// Waits until nothing moves.
    fn settle(&mut self) -> io::Result<()> {
        let before = self.screen.look()?;
        self.watch(Instant::now(), before, Duration::from_millis(300), Duration::ZERO).map(drop)
    }

    /// Watches until no pixel has changed for `quiet` and the program has been at rest for as long. `None` if nothing
    /// changes within `patience` although it rests.
    fn watch(
        &mut self,
        begin: Instant,
        before: u128,
        quiet: Duration,
        patience: Duration,
    ) -> io::Result<Option<Changes>> {
        let mut changes: Option<Changes> = None;
        let (mut seen, mut busy, mut cpu) = (before, begin, self.cpu()?);
        let mut looked = begin;
        loop {
            let pixels = self.screen.look()?;
            let now = Instant::now();
            if pixels != seen {
                seen = pixels;
                let at = now - begin;
                let first = changes.map_or(at, |changes| changes.first);
                changes = Some(Changes { first, last: at });
            }
            if now - looked >= LOOK_AT_WORK {
                let worked = self.cpu()?;
                if worked - cpu > REST || self.is_working() {
                    busy = now;
                }
                (cpu, looked) = (worked, now);
            }
            let last = changes.map_or(Duration::ZERO, |changes| changes.last);
            let stands_still = now - begin >= last + quiet && now - busy >= quiet;
            let may_end = changes.is_some() || now - begin >= patience;
            if stands_still && may_end {
                return Ok(changes);
            }
            if now - begin > PATIENCE {
                return Err(io::Error::other("the window never stands still"));
            }
            sleep(POLL);
        }
    }

    fn cpu(&self) -> io::Result<Duration> {
        let stat = Stat::of(&format!("/proc/{}/stat", self.child.0.id()))?;
        if stat.state == 'Z' { Err(io::Error::other("the program has ended")) } else { Ok(stat.cpu) }
    }

    /// Whether a thread runs, or waits for the disk.
    fn is_working(&self) -> bool {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.0.id()));
        let mut tasks = tasks.into_iter().flatten().flatten();
        tasks.any(|task| {
            let stat = Stat::of(&task.path().join("stat").display().to_string());
            stat.is_ok_and(|stat| matches!(stat.state, 'R' | 'D'))
        })
    }

    /// Its memory, with its share of what it has in common with others.
    pub fn pss_bytes(&self) -> Option<u64> {
        pss_bytes(self.child.0.id())
    }

    /// Processor time from the start until it stood still, with what it did unseen, such as a backup.
    pub fn cpu_until_rest(&self) -> Duration {
        self.cpu_until_rest
    }

    /// Closes the window. Returns the time until the process has ended.
    pub fn close(mut self) -> io::Result<Duration> {
        let begin = Instant::now();
        writeln!(self.input, "key --delay 0 ctrl+q")?;
        while self.child.0.try_wait()?.is_none() {
            if begin.elapsed() > PATIENCE {
                return Err(io::Error::other("the window stays open"));
            }
            sleep(POLL);
        }
        Ok(begin.elapsed())
    }
}
