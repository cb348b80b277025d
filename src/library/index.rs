//! The index: a copy of every deck in parsed form. So a start of the program parses only what has changed,
//! and finds out what changed while the program was closed.
//!
//! There is one index file for each deck file. It consists of a magic number, the version of the index, a
//! checksum and the data. The index is only a cache: a file that is damaged, has another version or belongs
//! to another deck is ignored and written again.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use super::fingerprint::Fingerprint;
use crate::atomic_file::{self, Durability};
use crate::background::{BackgroundTask, RepaintSignal};
use crate::domain::deck::Deck;
use crate::formats::ron_deck;

/// Identifies an index file.
const MAGIC: &[u8; 8] = b"Lnchdeck";
/// Increase this when the parser reads the same text differently within one version of the program.
const FORMAT_VERSION: u32 = 2;
const U128_LEN: usize = size_of::<u128>();
/// The magic number, the version and the checksum.
const HEADER_LEN: usize = MAGIC.len() + 2 * U128_LEN;
/// Extension of index files.
const EXTENSION: &str = "deck";

/// A deck with a question of every kind. Its serialized form changes whenever the layout of the domain types
/// changes.
const SAMPLE: &str = r#"Deck(
    format: 1, id: "sample", title: "Sample", description: "d", language: "en", topics: {"t": "T"},
    source: Source(title: "S", author: "A", url: "https://example.org", passages: {"p": "P"}),
    questions: [
        (topic: "t", prompt: "1", answer: Recall(back: "b", reverse: true, reverse_prompt: "r"), hint: "h"),
        (topic: "t", prompt: "2", answer: Typed(accepted: [("a", "r"), ("c", "s")], strict: true,
            also_reverse: ["b"]), tags: ["x"], confusable: ["d", ("e", "w")]),
        (topic: "t", prompt: "3", answer: Number(value: 1953, within: 1, unit: "u"), explain: "e"),
        (topic: "t", prompt: "4", answer: Date("2023-04-26"), cite: ["p"]),
        (topic: "t", prompt: "5", answer: Bool(true), formerly: ["a/b"]),
        (topic: "t", prompt: "6", answer: Choice(right: "r", wrong: ["v", ("w", "y")]), typed: ["r"]),
        (topic: "t", prompt: "7", answer: Choices(right: ["r", "s"], wrong: ["w"]), image: "i.png"),
        (topic: "t", prompt: "8 {{g:a|b::h}} {{c}}", answer: Cloze(any_order: true)),
        (topic: "t", prompt: "9", answer: Order(["a", ("b", "n"), "c"])),
        (topic: "t", prompt: "10", answer: Match([("a", "b"), ("c", "d")])),
        (topic: "t", prompt: "11", answer: Sort({"a": ["b"], "c": ["d"]}), id: "i"),
    ],
)"#;

/// The content of an index file.
#[derive(Debug, Deserialize)]
pub(super) struct IndexEntry {
    pub(super) path: String,
    pub(super) fingerprint: Fingerprint,
    pub(super) deck: Deck,
}

/// The same with borrowed content, for writing.
#[derive(Serialize)]
struct IndexEntryRef<'a> {
    path: &'a str,
    fingerprint: Fingerprint,
    deck: &'a Deck,
}

/// A change of the index.
#[derive(Clone, Debug)]
pub(super) enum IndexTask {
    /// Write the index file of a deck.
    Write { path: PathBuf, fingerprint: Fingerprint, deck: Arc<Deck> },
    /// Remove an index file whose deck is gone.
    Remove(PathBuf),
}

/// Reads the index entry of a deck file. `None` if there is none that can be used.
pub(super) fn read(cache: &Path, path: &Path) -> Option<IndexEntry> {
    let entry = read_file(&entry_path(cache, path)?)?;
    (Some(entry.path.as_str()) == path.to_str()).then_some(entry)
}

/// The index entries of all deck files that are not in `files`, each with the path of its index file. Index
/// files that cannot be read are left until their deck is written again.
pub(super) fn entries_without_file(cache: &Path, files: &[PathBuf]) -> Vec<(PathBuf, IndexEntry)> {
    let known: std::collections::HashSet<PathBuf> =
        files.iter().filter_map(|path| entry_path(cache, path)).collect();
    let Ok(entries) = std::fs::read_dir(cache) else { return Vec::new() };
    let mut index_files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    index_files
        .retain(|path| path.extension().is_some_and(|ending| ending == EXTENSION) && !known.contains(path));
    // Directory entries come in an arbitrary order.
    index_files.sort();
    index_files.into_iter().filter_map(|path| read_file(&path).map(|entry| (path, entry))).collect()
}

/// Runs the tasks on a background thread, after `previous` has finished, so that the newest state is written
/// last. Errors and panics are ignored: without an index the next start only takes longer.
pub(super) fn spawn_tasks(
    cache: PathBuf,
    tasks: Vec<IndexTask>,
    previous: Option<BackgroundTask<()>>,
) -> BackgroundTask<()> {
    let task = BackgroundTask::spawn("index", RepaintSignal::default(), move |_| {
        if let Some(previous) = previous {
            previous.join();
        }
        for task in tasks {
            let _ = match task {
                IndexTask::Write { path, fingerprint, deck } => write(&cache, &path, fingerprint, &deck),
                IndexTask::Remove(path) => std::fs::remove_file(path),
            };
        }
        None
    });
    // What is begun is written before the program ends.
    task.join_on_drop()
}

fn write(cache: &Path, path: &Path, fingerprint: Fingerprint, deck: &Deck) -> io::Result<()> {
    // A path that is not valid Unicode has no entry. Such a file is parsed at every start.
    let (Some(name), Some(target)) = (path.to_str(), entry_path(cache, path)) else { return Ok(()) };
    let entry = IndexEntryRef { path: name, fingerprint, deck };
    let mut bytes = postcard::to_extend(&entry, vec![0; HEADER_LEN]).map_err(io::Error::other)?;
    let checksum = XxHash3_128::oneshot(&bytes[HEADER_LEN..]);
    let header = [MAGIC.as_slice(), &version().to_le_bytes(), &checksum.to_le_bytes()].concat();
    bytes[..HEADER_LEN].copy_from_slice(&header);
    std::fs::create_dir_all(cache)?;
    // Not synced: if a power failure leaves it incomplete, its checksum does not match.
    atomic_file::replace(&target, Durability::Cache, |out| out.write_all(&bytes))
}

fn read_file(path: &Path) -> Option<IndexEntry> {
    let bytes = std::fs::read(path).ok()?;
    let (header, body) = bytes.split_at_checked(HEADER_LEN)?;
    let (magic, numbers) = header.split_at_checked(MAGIC.len())?;
    let (found_version, checksum) = numbers.split_at_checked(U128_LEN)?;
    let is_sound = magic == MAGIC
        && found_version == version().to_le_bytes()
        && checksum == XxHash3_128::oneshot(body).to_le_bytes();
    if is_sound { postcard::from_bytes(body).ok() } else { None }
}

/// Path of the index file of a deck file. `None` if the deck file's path is not valid Unicode.
fn entry_path(cache: &Path, path: &Path) -> Option<PathBuf> {
    let name = XxHash3_128::oneshot(path.to_str()?.as_bytes());
    Some(cache.join(format!("{name:032x}.{EXTENSION}")))
}

/// The version of the index. It changes with the version of the program, with [`FORMAT_VERSION`] and with the
/// layout of the domain types.
fn version() -> u128 {
    static VERSION: OnceLock<u128> = OnceLock::new();
    *VERSION.get_or_init(|| {
        let mut layout = format!("{FORMAT_VERSION} {}", env!("CARGO_PKG_VERSION")).into_bytes();
        let sample = ron_deck::parse(SAMPLE).deck;
        layout.extend(postcard::to_stdvec(&sample).unwrap_or_default());
        XxHash3_128::oneshot(&layout)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_has_every_kind_and_no_faults() {
        use crate::domain::diagnostic::Severity;
        use crate::domain::question::Kind;
        let parsed = ron_deck::parse(SAMPLE);
        let faults: Vec<String> = parsed
            .diagnostics
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .map(ToString::to_string)
            .collect();
        assert!(faults.is_empty(), "{faults:#?}");
        let deck = parsed.deck.expect("a deck");
        for kind in Kind::ALL {
            assert!(deck.questions.iter().any(|question| question.answer.kind() == kind), "{kind}");
        }
    }
}
