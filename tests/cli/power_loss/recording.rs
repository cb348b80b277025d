//! What a process writes, as `strace` reports it, and the states of the disk that a power failure can leave.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::disk::{Disk, DiskChange};
use crate::fixtures::skip;

/// The system calls that change files.
const CALLS: &str = "open,openat,creat,write,writev,pwrite64,pwritev,fsync,fdatasync,ftruncate,fallocate,rename,\
    renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,symlink,symlinkat,mkdir,mkdirat,copy_file_range,sendfile";

/// Whether processes can be recorded here. If they cannot, says why.
pub fn can_record() -> bool {
    match Command::new("strace").args(["-o", "/dev/null", "true"]).stderr(Stdio::null()).status() {
        Ok(status) if status.success() => return true,
        // Some containers forbid it, and nothing that could be installed helps.
        Ok(_) => {
            let _ = writeln!(std::io::stderr(), "SKIPPED: power failures: processes may not be traced here");
        }
        Err(_) => skip("power failures", "strace is not installed"),
    }
    false
}

/// What a process did, in order.
#[derive(Debug)]
pub struct Recording {
    calls: Vec<Call>,
    root: PathBuf,
}

/// A system call that succeeded.
#[derive(Debug)]
struct Call {
    name: String,
    /// The file or folder that the first argument has open, or that relative paths begin at.
    open: Option<PathBuf>,
    /// The texts among the arguments.
    texts: Vec<Vec<u8>>,
    /// The arguments as they are reported.
    arguments: String,
    result: usize,
}

impl Call {
    fn writes_below(&self, root: &Path) -> bool {
        self.open.as_ref().is_some_and(|path| path.starts_with(root))
    }
}

/// A state of the disk after a power failure.
#[derive(Debug)]
pub struct State {
    pub name: String,
    pub disk: Disk,
    /// What the process had printed until then.
    pub printed: String,
}

impl Recording {
    /// Runs a program with this input, and records what it does in the folder `root`.
    pub fn of(program: &Command, root: &Path, input: &str) -> Self {
        let log = tempfile::NamedTempFile::new().unwrap();
        let mut strace = Command::new("strace");
        strace
            .args(["-f", "-y", "-xx", "-s", "100000000", "-e", &format!("trace={CALLS}"), "-o"])
            .arg(log.path());
        strace.arg(program.get_program()).args(program.get_args());
        for (name, value) in program.get_envs() {
            match value {
                Some(value) => strace.env(name, value),
                None => strace.env_remove(name),
            };
        }
        let mut child =
            strace.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait().unwrap();
        let text = std::fs::read_to_string(log.path()).unwrap();
        Self { calls: calls(&text), root: root.canonicalize().unwrap() }
    }

    /// Every state that a power failure can leave, from the one `before` the process on.
    pub fn states(&self, before: Disk) -> Vec<State> {
        let mut player =
            Player { root: &self.root, whole: before.clone(), synced: before, pending: Vec::new() };
        let mut states: Vec<State> = Vec::new();
        let mut printed = Vec::new();
        for (number, call) in self.calls.iter().enumerate() {
            if matches!(&*call.name, "fsync" | "fdatasync") {
                player.add_states(number, &String::from_utf8_lossy(&printed), &mut states);
            }
            match &*call.name {
                "fsync" | "fdatasync" => player.sync(call),
                // Unless the shell has put a file there.
                "write" if call.arguments.starts_with("1<") && !call.writes_below(&self.root) => {
                    printed.extend_from_slice(&call.texts[0]);
                }
                _ => player.change(call),
            }
        }
        player.add_states(self.calls.len(), &String::from_utf8_lossy(&printed), &mut states);
        states
    }
}

/// The disk while the calls are repeated.
struct Player<'a> {
    root: &'a Path,
    /// As the process sees it.
    whole: Disk,
    /// What is certainly on the disk.
    synced: Disk,
    pending: Vec<DiskChange>,
}

impl Player<'_> {
    fn name(&self, path: &Path) -> Option<PathBuf> {
        path.strip_prefix(self.root).ok().map(Path::to_owned)
    }

    fn make(&mut self, change: DiskChange) {
        self.whole.apply(&change);
        self.pending.push(change);
    }

    /// What a call changes in the folder.
    fn change(&mut self, call: &Call) {
        let path = |nth: usize| {
            let path = Path::new(std::str::from_utf8(&call.texts[nth]).unwrap());
            call.open.as_ref().map_or(path.to_owned(), |folder| folder.join(path))
        };
        let open_file = call.open.as_ref().and_then(|path| self.name(path));
        let open_file = open_file.and_then(|name| self.whole.names.get(&name).copied());
        match &*call.name {
            "open" | "openat" | "creat" => {
                let Some(name) = self.name(&path(0)) else { return };
                match self.whole.names.get(&name).copied() {
                    Some(file) if call.arguments.contains("O_TRUNC") => {
                        self.make(DiskChange::Length { file, length: 0 });
                    }
                    None if call.arguments.contains("O_CREAT") => {
                        let file = self.whole.files.len();
                        self.make(DiskChange::Link { name, file });
                    }
                    _ => {}
                }
            }
            "pwrite64" => {
                let offset = call.arguments.rsplit(", ").next().and_then(|text| text.parse().ok()).unwrap();
                let bytes = call.texts[0][..call.result].to_vec();
                if let Some(file) = open_file {
                    self.make(DiskChange::Bytes { file, offset, bytes });
                }
            }
            // All files that are written so are new, or the log, which is only appended to.
            "write" => {
                if let Some(file) = open_file {
                    let offset = self.whole.files[file].len();
                    self.make(DiskChange::Bytes {
                        file,
                        offset,
                        bytes: call.texts[0][..call.result].to_vec(),
                    });
                }
            }
            "ftruncate" => {
                let length = call.arguments.rsplit(", ").next().and_then(|text| text.parse().ok()).unwrap();
                if let Some(file) = open_file {
                    self.make(DiskChange::Length { file, length });
                }
            }
            "rename" | "renameat" | "renameat2" => {
                if let (Some(from), Some(to)) = (self.name(&path(0)), self.name(&path(1))) {
                    self.make(DiskChange::Rename { from, to });
                }
            }
            "link" | "linkat" => {
                if let (Some(from), Some(name)) = (self.name(&path(0)), self.name(&path(1))) {
                    let file = self.whole.names[&from];
                    self.make(DiskChange::Link { name, file });
                }
            }
            "unlink" | "unlinkat" => {
                if let Some(name) = self.name(&path(0)) {
                    self.make(DiskChange::Unlink { name });
                }
            }
            "mkdir" | "mkdirat" => {
                if let Some(name) = self.name(&path(0)) {
                    self.make(DiskChange::Folder { name });
                }
            }
            other => assert!(open_file.is_none(), "{other} is not repeated here: {}", call.arguments),
        }
    }

    /// A file or folder reaches the disk: the content of the one, the names in the other.
    fn sync(&mut self, call: &Call) {
        let Some(name) = call.open.as_ref().and_then(|path| self.name(path)) else { return };
        let synced_file = self.whole.names.get(&name).copied();
        let is_in = |path: &Path| synced_file.is_none() && path.parent() == Some(&*name);
        let is_synced = |change: &DiskChange| match change {
            DiskChange::Bytes { file, .. } | DiskChange::Length { file, .. } => Some(*file) == synced_file,
            DiskChange::Link { name, .. } | DiskChange::Unlink { name } | DiskChange::Folder { name } => {
                is_in(name)
            }
            DiskChange::Rename { to, .. } => is_in(to),
        };
        let (synced, pending) = std::mem::take(&mut self.pending).into_iter().partition(|it| is_synced(it));
        self.pending = pending;
        let synced: Vec<DiskChange> = synced;
        synced.iter().for_each(|change| self.synced.apply(change));
    }

    /// Adds what can be on the disk now.
    fn add_states(&self, call: usize, printed: &str, states: &mut Vec<State>) {
        let count = self.pending.len();
        let mut add = |name: String, is_there: &dyn Fn(usize) -> bool| {
            let mut disk = self.synced.clone();
            for (_, change) in self.pending.iter().enumerate().filter(|(nth, _)| is_there(*nth)) {
                disk.apply(change);
            }
            if states.last().is_none_or(|last| last.disk != disk || last.printed != printed) {
                let name = format!("before call {call}, of {count} writes {name}");
                states.push(State { name, disk, printed: printed.to_owned() });
            }
        };
        add("none".to_owned(), &|_| false);
        add("all".to_owned(), &|_| true);
        for nth in 0..count {
            let change = format!("{:.100}", format!("{:?}", self.pending[nth]));
            add(format!("only {nth}: {change}"), &|it| it == nth);
            add(format!("all but {nth}: {change}"), &|it| it != nth);
        }
        // A write that was cut inside of a page.
        if let Some(DiskChange::Bytes { file, offset, bytes }) = self.pending.last()
            && bytes.len() > 512
        {
            let mut disk = self.synced.clone();
            self.pending[..count - 1].iter().for_each(|change| disk.apply(change));
            disk.apply(&DiskChange::Bytes { file: *file, offset: *offset, bytes: bytes[..512].to_vec() });
            let name = format!("before call {call}, of {count} writes all, the last one torn");
            states.push(State { name, disk, printed: printed.to_owned() });
        }
    }
}

/// The calls in a log of `strace -f -y -xx`.
fn calls(log: &str) -> Vec<Call> {
    let mut begun: HashMap<&str, &str> = HashMap::new();
    let mut calls = Vec::new();
    for line in log.lines() {
        let Some((process, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        // Another process did something in between.
        if let Some(begin) = rest.strip_suffix(" <unfinished ...>") {
            begun.insert(process, begin);
            continue;
        }
        let joined = match rest.strip_prefix("<... ").and_then(|rest| rest.split_once(" resumed>")) {
            Some((_, end)) => format!("{}{end}", begun.remove(process).unwrap_or_default()),
            None => rest.to_owned(),
        };
        calls.extend(call(&joined));
    }
    calls
}

/// `name(arguments) = result`; `None` for a call that failed, and for what is no call.
fn call(line: &str) -> Option<Call> {
    let (head, result) = line.rsplit_once(" = ")?;
    let result = result.split(['<', ' ']).next()?.parse().ok()?;
    let (name, arguments) = head.trim_end().strip_suffix(')')?.split_once('(')?;
    let is_open = |number: &str| number == "AT_FDCWD" || number.parse::<u32>().is_ok();
    let open = arguments.split_once('<').filter(|(number, _)| is_open(number));
    let open = open.and_then(|(_, rest)| rest.split_once('>'));
    let open = open.map(|(path, _)| PathBuf::from(String::from_utf8_lossy(&unescaped(path)).into_owned()));
    let texts = arguments.split('"').skip(1).step_by(2).map(unescaped).collect();
    Some(Call { name: name.to_owned(), open, texts, arguments: arguments.to_owned(), result })
}

/// The bytes of `\x41\x42`.
fn unescaped(text: &str) -> Vec<u8> {
    text.split("\\x").skip(1).map(|byte| u8::from_str_radix(&byte[..2], 16).unwrap()).collect()
}
