//! One real window on a display of its own, driven by real keys. Its answers are read back from the log, and while idle
//! it uses no processor time.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use linchpin::domain::event::Change;
use linchpin::store::Store;

use crate::fixtures::{DataFolder, skip};

/// Long enough for a slow machine; a passing test does not wait for it.
const PATIENCE: Duration = Duration::from_secs(60);

struct KilledOnDrop(Child);

impl Drop for KilledOnDrop {
    fn drop(&mut self) {
        // The process may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn has(program: &str) -> bool {
    Command::new("sh")
        .args(["-c", &format!("command -v {program}")])
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Starts a virtual display and returns its name.
fn display() -> Option<(KilledOnDrop, String)> {
    let mut server = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut number = String::new();
    BufReader::new(server.stdout.take()?).read_line(&mut number).ok()?;
    let number = number.trim();
    (!number.is_empty()).then(|| (KilledOnDrop(server), format!(":{number}")))
}

fn xdotool(display: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new("xdotool").env("DISPLAY", display).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Polls until there is an answer.
fn wait_for<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(begin.elapsed() < PATIENCE, "no {what} within {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn answers(folder: &Path) -> usize {
    let Ok(store) = Store::open_read_only(folder) else { return 0 };
    let events = store.events().expect("the log can be read");
    events.iter().filter(|event| matches!(event.change, Change::Answer(_))).count()
}

/// Processor time of the process in kernel ticks (proc(5)), usually a hundredth of a second each.
fn ticks(process: u32) -> u64 {
    let line = std::fs::read_to_string(format!("/proc/{process}/stat")).expect("a process that runs");
    let (_, numbers) = line.rsplit_once(')').expect("the program's name in brackets");
    // Fields 14 and 15 are the time in user mode and in the kernel.
    numbers.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("a number")).sum()
}

#[test]
fn answers_given_by_keys_in_a_real_window_are_in_the_log() {
    if !cfg!(target_os = "linux") || !has("Xvfb") || !has("xdotool") {
        skip("the real window", "Xvfb and xdotool are not installed (Debian: xvfb, xdotool)");
        return;
    }
    let Some((_server, display)) = display() else {
        skip("the real window", "Xvfb does not start");
        return;
    };
    let folder = DataFolder::new();
    let decks = folder.path().join("decks");
    std::fs::create_dir_all(&decks).expect("a folder for decks");

    let window = Command::new(env!("CARGO_BIN_EXE_linchpin"))
        .args(["--data-dir", &folder.path().display().to_string()])
        .env("DISPLAY", &display)
        .env_remove("WAYLAND_DISPLAY")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut window = KilledOnDrop(window);
    let id = wait_for("window", || {
        xdotool(&display, &["search", "--onlyvisible", "--name", "^Linchpin$"]).filter(|id| !id.is_empty())
    });
    let id = id.lines().next().expect("an id").to_owned();
    wait_for("focus", || xdotool(&display, &["windowfocus", "--sync", &id]));

    let press = |key: &str| wait_for("key press", || xdotool(&display, &["key", "--clearmodifiers", key]));
    // The first frame may not be drawn yet, so the key is pressed until the session has begun and an answer counts.
    // The first cards of both decks are typed ones, so giving up (Alt+X) answers each of them.
    wait_for("session", || {
        press("space");
        press("alt+x");
        (answers(folder.path()) >= 1).then_some(())
    });
    press("space");
    for wanted in 2..=4 {
        wait_for("answer in the log", || {
            press("alt+x");
            (answers(folder.path()) >= wanted).then_some(())
        });
        press("space");
    }
    // Without input the window becomes idle, on a slow machine after a while.
    wait_for("rest", || {
        let before = ticks(window.0.id());
        std::thread::sleep(Duration::from_secs(1));
        (ticks(window.0.id()) - before <= 5).then_some(())
    });
    press("ctrl+q");
    let status = wait_for("end of the program", || window.0.try_wait().expect("a child of ours"));
    assert!(status.success(), "the window closed with {status}");
    assert!(answers(folder.path()) >= 4, "four answers are saved");
    let kept = std::fs::read_to_string(folder.path().join("window.ron"))
        .expect("the position of the window is saved");
    assert!(kept.contains("width"), "{kept}");
    let logs = std::fs::read_dir(folder.path().join("logs")).expect("a folder of logs");
    let log: String =
        logs.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("text")).collect();
    for line in ["command=\"window\"", "decks loaded", "window closed"] {
        assert!(log.contains(line), "{line} is not in:\n{log}");
    }
    // The log file has no question and no answer.
    assert!(!log.contains("동맹") && !log.to_lowercase().contains("treaty"), "{log}");
}
