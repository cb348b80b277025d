//! Tests that need a process of their own: one that is killed, has a full disk, or has no permission to write.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use linchpin::domain::task::Response;
use linchpin::store::{Store, StoreError};

use crate::events::{a_directory, answer, card, copy_dir, filled, given, stamp};

const ROLE: &str = "LINCHPIN_TEST_ROLE";
const DIR: &str = "LINCHPIN_TEST_DIR";

/// Not a test by itself: the entry point of the processes that the tests below start.
#[test]
fn child_process() {
    let (Ok(role), Ok(dir)) = (std::env::var(ROLE), std::env::var(DIR)) else { return };
    let dir = PathBuf::from(dir);
    match role.as_str() {
        "append" => append_until_killed(&dir),
        "fill" => fill_the_disk(&dir),
        "read" => read_without_permission(&dir),
        other => panic!("no role {other}"),
    }
}

/// Sets the arguments and variables with which this test program runs a role in `child_process`.
fn set_role(command: &mut Command, role: &str, dir: &Path) {
    command.args(["--exact", "processes::child_process", "--nocapture", "--test-threads=1"]);
    command.env(ROLE, role).env(DIR, dir);
}

fn this_program() -> PathBuf {
    std::env::current_exe().unwrap()
}

fn append_until_killed(dir: &Path) {
    let mut store = Store::open(dir).unwrap();
    for at in 0.. {
        let id = store.append(stamp(at), &card(at as usize % 50), &answer(1.0), None).unwrap();
        println!("\nacknowledged {}", id.seq);
    }
}

#[test]
fn a_process_killed_at_any_moment_loses_no_acknowledged_event() {
    let dir = a_directory();
    let mut acknowledged = 0;
    for round in 1..=4 {
        let mut command = Command::new(this_program());
        set_role(&mut command, "append", dir.path());
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let numbers = lines.filter_map(|line| line.ok()?.strip_prefix("acknowledged ")?.parse::<u64>().ok());
        acknowledged = numbers.take(round * 17).last().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let store = Store::open_read_only(dir.path()).unwrap();
        assert!(store.events().unwrap().len() as u64 >= acknowledged, "round {round}");
        store.check().unwrap();
    }
    let events = Store::open(dir.path()).unwrap().events().unwrap();
    assert!(events.len() as u64 >= acknowledged);
    let mut numbers = BTreeMap::<u64, Vec<u64>>::new();
    for event in events {
        numbers.entry(event.id.log).or_default().push(event.id.seq);
    }
    for (log, mut numbers) in numbers {
        numbers.sort_unstable();
        let all = (1..=numbers.len() as u64).collect::<Vec<_>>();
        assert_eq!(numbers, all, "the numbers of log {log} have no gap and no duplicate");
    }
}

/// Appends until there is no more room; makes room by removing `ballast`, if there is one, and goes on.
fn fill_the_disk(dir: &Path) {
    let mut store = Store::open(dir).unwrap();
    let large = given(Response::Typed("x".repeat(6000)));
    let mut acknowledged = Vec::new();
    let mut failures = 0;
    let mut at = 0;
    while failures < 3 {
        at += 1;
        assert!(at < 5000, "the disk is never full");
        match store.append(stamp(at), &card(at as usize), &answer(1.0), Some(&large)) {
            Ok(id) => acknowledged.push(id),
            Err(StoreError::DiskFull { .. } | StoreError::Io { .. }) => failures += 1,
            Err(error) => panic!("not the error of a full disk: {error}"),
        }
    }
    let ids = |store: &Store| store.events().unwrap().iter().map(|event| event.id).collect::<Vec<_>>();
    assert_eq!(ids(&store), acknowledged, "exactly the acknowledged events");
    let ballast = dir.join("ballast");
    if ballast.exists() {
        let full = store.append(stamp(at), &card(0), &answer(1.0), Some(&large)).unwrap_err();
        assert!(matches!(full, StoreError::DiskFull { .. }), "{full}");
        assert!(store.backup(0).is_err());
        assert!(Store::newest_backup(dir).is_none(), "a partial backup is not kept");
        fs::remove_file(ballast).unwrap();
        acknowledged.push(store.append(stamp(at + 1), &card(0), &answer(1.0), Some(&large)).unwrap());
        assert_eq!(ids(&store), acknowledged);
        store.check().unwrap();
    }
    drop(store);
    let store = Store::open(dir).unwrap();
    assert_eq!(ids(&store), acknowledged);
    println!("\nacknowledged {}", acknowledged.len());
}

/// The number in the child's last `acknowledged` line.
fn acknowledged(output: &std::process::Output) -> usize {
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let number = text.lines().filter_map(|line| line.strip_prefix("acknowledged ")?.parse().ok()).next_back();
    number.unwrap_or_else(|| panic!("no number in {text}"))
}

#[test]
fn a_failed_write_leaves_nothing_half_written() {
    let dir = a_directory();
    let mut command = Command::new("sh");
    // No file may grow beyond 2000 blocks of 512 bytes (1024 in some shells): writing fails as on a bad disk.
    command.args(["-c", "trap '' XFSZ; ulimit -f 2000; exec \"$0\" \"$@\""]).arg(this_program());
    set_role(&mut command, "fill", dir.path());
    let count = acknowledged(&command.output().unwrap());
    assert!(count > 10);
    let mut store = Store::open(dir.path()).unwrap();
    assert_eq!(store.events().unwrap().len(), count);
    store.append(stamp(0), &card(0), &answer(1.0), None).unwrap();
    store.check().unwrap();
}

#[test]
fn a_full_disk_is_reported_and_the_next_answer_is_saved_once_there_is_room() {
    let dir = a_directory();
    let mount = "mount -t tmpfs -o size=2m none \"$LINCHPIN_TEST_DIR\"";
    let mut probe = Command::new("unshare");
    probe.args(["-rm", "sh", "-c", mount]).env(DIR, dir.path()).stderr(Stdio::null());
    if !probe.status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: no permission to mount a small disk here");
        return;
    }
    let mut command = Command::new("unshare");
    let script =
        format!("{mount} && head -c 600000 /dev/zero > \"$LINCHPIN_TEST_DIR/ballast\" && exec \"$0\" \"$@\"");
    command.args(["-rm", "sh", "-c", &script]).arg(this_program());
    set_role(&mut command, "fill", dir.path());
    assert!(acknowledged(&command.output().unwrap()) > 10);
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn names_and_bytes(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let paths = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = paths.map(|path| (path.clone(), fs::read(&path).unwrap())).collect();
    files.sort();
    files
}

/// `dir` holds the folders `closed`, `crashed`, `without-shm` and `empty`, none of them writable, and `protected`, where
/// only the progress file is not.
fn read_without_permission(dir: &Path) {
    let closed = dir.join("closed");
    assert!(matches!(Store::open(&closed), Err(StoreError::ReadOnly { .. })));
    let store = Store::open_read_only(&closed).unwrap();
    assert_eq!(store.events().unwrap().len(), 4);
    assert!(matches!(store.backup(0), Err(StoreError::ReadOnly { .. })));

    // The answers are in the write-ahead log only; SQLite reads it without changing anything,
    // but not without its index file: an error, never an empty history.
    let refused = Store::open_read_only(&dir.join("without-shm")).unwrap_err();
    assert!(matches!(refused, StoreError::Io { .. }), "{refused}");
    let crashed = dir.join("crashed");
    let before = names_and_bytes(&crashed);
    assert_eq!(Store::open_read_only(&crashed).unwrap().events().unwrap().len(), 4);
    assert_eq!(names_and_bytes(&crashed), before);

    assert!(matches!(Store::open(&dir.join("empty")), Err(StoreError::ReadOnly { .. })));
    assert_eq!(Store::open_read_only(&dir.join("empty")).unwrap().events().unwrap(), []);

    let protected = Store::open(&dir.join("protected")).unwrap_err();
    assert!(matches!(protected, StoreError::ReadOnly { .. }), "{protected}");
    println!("\nacknowledged 1");
}

#[test]
fn without_write_permission_the_store_reads_and_refuses_to_write() {
    let dir = a_directory();
    let path = |name: &str| dir.path().join(name);
    copy_dir(filled(4).path(), &path("closed"));
    copy_dir(filled(4).path(), &path("protected"));
    fs::create_dir(path("empty")).unwrap();
    let live = filled(0);
    let mut store = Store::open(live.path()).unwrap();
    for at in 0..4 {
        store.append(stamp(at), &card(0), &answer(1.0), None).unwrap();
    }
    copy_dir(live.path(), &path("crashed"));
    copy_dir(live.path(), &path("without-shm"));
    fs::remove_file(path("without-shm").join("progress.db-shm")).unwrap();
    for name in ["closed", "crashed", "without-shm", "empty"] {
        // Everybody may read them here: the child is another user where this one is root.
        for entry in fs::read_dir(path(name)).unwrap() {
            set_mode(&entry.unwrap().path(), 0o644);
        }
        set_mode(&path(name), 0o555);
    }
    set_mode(&path("protected"), 0o777);
    set_mode(&path("protected").join("linchpin.lock"), 0o666);
    set_mode(&path("protected").join("progress.db"), 0o444);

    // Permissions do not bind root: then the child runs as "nobody", who must have access to the program.
    let is_root = fs::metadata(dir.path()).unwrap().uid() == 0;
    let program = path("program");
    fs::copy(this_program(), &program).unwrap();
    set_mode(&program, 0o755);
    set_mode(dir.path(), 0o755);
    let mut command = Command::new(program);
    set_role(&mut command, "read", dir.path());
    command.current_dir("/");
    if is_root {
        command.uid(65534).gid(65534);
    }
    let output = command.output().unwrap();
    for name in ["closed", "crashed", "without-shm", "empty"] {
        set_mode(&path(name), 0o755);
    }
    assert_eq!(acknowledged(&output), 1);
}

#[test]
fn a_reader_that_opens_while_new_cards_are_answered_reports_no_damage() {
    let dir = a_directory();
    let mut writer = Store::open(dir.path()).unwrap();
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for nth in 0.. {
                if is_over.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
                // Every event is the first of its card.
                writer.append(stamp(nth), &card(nth as usize), &answer(1.0), None).unwrap();
            }
        });
        let opened: Vec<_> = (0..200).map(|_| Store::open_read_only(dir.path()).map(drop)).collect();
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
        for result in opened {
            result.unwrap();
        }
    });
}
