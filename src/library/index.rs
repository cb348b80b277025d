//! The index: a copy of every deck in parsed form. So a start of the program parses only what has changed,
//! and finds out what changed while the program was closed.
//!
//! There are up to two index files for each deck file, called by the canonical path of that file: one with the version
//! that progress has followed, and one with a later version, if a command that only reads has parsed one. Each consists
//! of a magic number, the version of the index, a checksum and the data. The index is only a cache: a file that is
//! damaged, has another version or belongs to another deck is ignored and written again.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use super::fingerprint::Fingerprint;
use super::folders::FoundFile;
use crate::atomic_file::{self, Durability};
use crate::background::{BackgroundTask, RepaintSignal};
use crate::domain::deck::Deck;
use crate::formats::ron_deck;
use crate::plain_file;

/// Identifies an index file.
const MAGIC: &[u8; 8] = b"Lnchdeck";
/// Increase this when the parser reads the same text differently within one version of the program.
const FORMAT_VERSION: u32 = 3;
const U128_LEN: usize = size_of::<u128>();
/// Larger index files are not read. A deck has less than 64 MB, and its index a little more than its texts.
const MAX_BYTES: u64 = 1 << 30;
/// The magic number, the version and the checksum.
const HEADER_LEN: usize = MAGIC.len() + 2 * U128_LEN;

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

/// Which version of a deck an index file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexVersion {
    /// The one that progress has followed: cards whose questions differ from it may have to move. Only who may write
    /// progress replaces it.
    Followed,
    /// A later one, for whoever only reads. Several programs may write it at the same time. What comes out damaged is
    /// not used.
    Later,
}

impl IndexVersion {
    fn extension(self) -> &'static str {
        match self {
            IndexVersion::Followed => "deck",
            IndexVersion::Later => "later",
        }
    }
}

/// The content of an index file.
#[derive(Debug, Deserialize)]
pub(super) struct IndexEntry {
    /// The canonical path of the deck file.
    canonical: String,
    /// The path that it was found under, for folders that do not exist at the moment.
    path: String,
    pub(super) fingerprint: Fingerprint,
    pub(super) deck: Deck,
}

/// The same with borrowed content, for writing.
#[derive(Serialize)]
struct IndexEntryRef<'a> {
    canonical: &'a str,
    path: &'a str,
    fingerprint: Fingerprint,
    deck: &'a Deck,
}

impl IndexEntry {
    /// Whether its deck file is in a folder, however the folder is given.
    pub(super) fn is_in(&self, folder: &Path) -> bool {
        Path::new(&self.path).starts_with(folder)
            || folder.canonicalize().is_ok_and(|folder| Path::new(&self.canonical).starts_with(folder))
    }
}

/// A change of the index.
#[derive(Clone, Debug)]
pub(super) enum IndexTask {
    /// Write an index file of the deck that was read from `path`.
    Write { path: PathBuf, version: IndexVersion, fingerprint: Fingerprint, deck: Arc<Deck> },
    /// Remove an index file whose deck is gone.
    Remove(PathBuf),
}

/// Reads an index file of a deck file. `None` if there is none that can be used.
pub(super) fn read(cache: Option<&Path>, canonical: &Path, version: IndexVersion) -> Option<IndexEntry> {
    let entry = read_file(&entry_path(cache, canonical, version)?)?;
    (Path::new(&entry.canonical) == canonical).then_some(entry)
}

/// The index files that belong to none of these deck files, with the version that progress has followed if it can be
/// read.
pub(super) fn files_without_deck(cache: &Path, files: &[FoundFile]) -> Vec<(PathBuf, Option<IndexEntry>)> {
    let known: HashSet<String> = files.iter().filter_map(|found| entry_name(&found.canonical)).collect();
    let Ok(entries) = std::fs::read_dir(cache) else { return Vec::new() };
    let mut index_files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    let version_of = |path: &Path| {
        let versions = [IndexVersion::Followed, IndexVersion::Later];
        versions.into_iter().find(|version| path.extension().is_some_and(|it| it == version.extension()))
    };
    let is_known =
        |path: &Path| path.file_stem().is_some_and(|it| it.to_str().is_some_and(|it| known.contains(it)));
    index_files.retain(|path| version_of(path).is_some() && !is_known(path));
    // Directory entries come in an arbitrary order.
    index_files.sort();
    let with_entry = |path: PathBuf| {
        let entry = if version_of(&path) == Some(IndexVersion::Followed) { read_file(&path) } else { None };
        (path, entry)
    };
    index_files.into_iter().map(with_entry).collect()
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
                IndexTask::Write { path, version, fingerprint, deck } => {
                    write(&cache, &path, version, fingerprint, &deck)
                }
                IndexTask::Remove(path) => std::fs::remove_file(path),
            };
        }
        None
    });
    // What is begun is written before the program ends.
    task.join_on_drop()
}

fn write(
    cache: &Path,
    path: &Path,
    version: IndexVersion,
    fingerprint: Fingerprint,
    deck: &Deck,
) -> io::Result<()> {
    let canonical = path.canonicalize()?;
    // A path that is not valid Unicode has no entry. Such a file is parsed at every start.
    let (Some(path), Some(canonical_text), Some(target)) =
        (path.to_str(), canonical.to_str(), entry_path(Some(cache), &canonical, version))
    else {
        return Ok(());
    };
    let entry = IndexEntryRef { canonical: canonical_text, path, fingerprint, deck };
    let mut bytes = postcard::to_extend(&entry, vec![0; HEADER_LEN]).map_err(io::Error::other)?;
    let checksum = XxHash3_128::oneshot(&bytes[HEADER_LEN..]);
    let header = [MAGIC.as_slice(), &index_version().to_le_bytes(), &checksum.to_le_bytes()].concat();
    bytes[..HEADER_LEN].copy_from_slice(&header);
    atomic_file::create_private_folder(cache)?;
    // Not synced: if a power failure leaves it incomplete, its checksum does not match.
    atomic_file::replace(&target, Durability::Cache, |out| out.write_all(&bytes))?;
    // The version that progress has followed is the latest now.
    match entry_path(Some(cache), &canonical, IndexVersion::Later) {
        Some(later) if version == IndexVersion::Followed && later.exists() => std::fs::remove_file(later),
        _ => Ok(()),
    }
}

/// Reads an index file. `None` if it cannot be used.
pub(super) fn read_file(path: &Path) -> Option<IndexEntry> {
    let bytes = plain_file::read(path, MAX_BYTES).ok()?;
    let (header, body) = bytes.split_at_checked(HEADER_LEN)?;
    let (magic, numbers) = header.split_at_checked(MAGIC.len())?;
    let (found_version, checksum) = numbers.split_at_checked(U128_LEN)?;
    let is_sound = magic == MAGIC
        && found_version == index_version().to_le_bytes()
        && checksum == XxHash3_128::oneshot(body).to_le_bytes();
    if is_sound { postcard::from_bytes(body).ok() } else { None }
}

/// Path of an index file of a deck file. `None` without an index, or if the deck file's path is not valid Unicode.
pub(super) fn entry_path(cache: Option<&Path>, canonical: &Path, version: IndexVersion) -> Option<PathBuf> {
    Some(cache?.join(format!("{}.{}", entry_name(canonical)?, version.extension())))
}

fn entry_name(canonical: &Path) -> Option<String> {
    Some(format!("{:032x}", XxHash3_128::oneshot(canonical.to_str()?.as_bytes())))
}

/// The version of the index. It changes with the version of the program, with [`FORMAT_VERSION`] and with the
/// layout of the domain types.
fn index_version() -> u128 {
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
