//! Loading: what has not changed is kept, or comes from the index; the rest is parsed.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use super::fingerprint::{Fingerprint, Look, TextHash};
use super::{Folders, Library, LoadedDeck, Origin, Problem, ProblemKind, SHIPPED, file, index};
use crate::domain::deck::Deck;
use crate::domain::diagnostic::{Diagnostic, Severity};
use crate::formats::ron_deck;

/// A deck that was read from a file before.
struct Known {
    deck: Arc<Deck>,
    fingerprint: Fingerprint,
    /// From the index, not from the library in use.
    is_indexed: bool,
}

impl Library {
    /// The shipped decks, then those of the folders; what the index holds unchanged is not parsed.
    pub fn open(folders: &Folders) -> Self {
        let mut library = Self::default();
        logged("decks loaded", &mut library, |library| {
            for (name, deck) in shipped() {
                library.add(Origin::Shipped(name), Some(deck.clone()), None, None, false);
            }
            library.add_files(folders, &[]);
            library.note_the_gone(folders);
        });
        library
    }

    /// The same again; a file that has not changed keeps the deck that `now` has of it, and so does one that has
    /// faults now.
    pub fn load_again(folders: &Folders, now: &[LoadedDeck]) -> Self {
        let mut library = Self::default();
        logged("decks loaded again", &mut library, |library| {
            for loaded in now.iter().filter(|loaded| !loaded.is_own()) {
                library.add(loaded.origin.clone(), Some(loaded.deck.clone()), None, loaded.read_from, false);
            }
            library.add_files(folders, now);
        });
        library
    }

    fn add_files(&mut self, folders: &Folders, now: &[LoadedDeck]) {
        let in_use: HashMap<&Path, &LoadedDeck> = now
            .iter()
            .filter_map(|loaded| match &loaded.origin {
                Origin::File(path) => Some((path.as_path(), loaded)),
                Origin::Shipped(_) => None,
            })
            .collect();
        let found = folders.look();
        for (path, error) in found.problems {
            self.add_problem(Origin::File(path), ProblemKind::Unreadable(error));
        }
        for path in found.files {
            let used = in_use.get(path.as_path()).copied();
            match self.add_file(&path, used, folders.cache.as_deref()) {
                Ok(()) => {}
                Err(file::ReadError::NotText(fault)) => {
                    self.add_problem(Origin::File(path), ProblemKind::Fault(*fault));
                }
                // It went away between the folder and here.
                Err(file::ReadError::Io(error)) if error.kind() == io::ErrorKind::NotFound => {}
                Err(file::ReadError::Io(error)) => {
                    self.add_problem(Origin::File(path), ProblemKind::Unreadable(error.to_string()));
                }
            }
        }
        self.watched = found.folders;
        self.gone = found.gone;
    }

    fn add_file(
        &mut self,
        path: &Path,
        used: Option<&LoadedDeck>,
        cache: Option<&Path>,
    ) -> Result<(), file::ReadError> {
        let look = Look::at(path)?;
        let origin = Origin::File(path.to_owned());
        let known = match used {
            Some(used) => used.fingerprint.map(|fingerprint| Known {
                deck: used.deck.clone(),
                fingerprint,
                is_indexed: used.is_indexed,
            }),
            None => cache.and_then(|cache| index::read(cache, path)).map(|entry| Known {
                deck: Arc::new(entry.deck),
                fingerprint: entry.fingerprint,
                is_indexed: true,
            }),
        };
        if let Some(known) = &known
            && known.fingerprint.surely_holds(&look)
        {
            let read_from = Some(known.fingerprint.text());
            self.add(origin, Some(known.deck.clone()), Some(known.fingerprint), read_from, known.is_indexed);
            return Ok(());
        }
        let (text, _) = file::read(path)?;
        let hash = TextHash::of(&text);
        let fingerprint = Fingerprint::new(look, hash);
        if let Some(known) = &known
            && known.fingerprint.has_text(hash)
        {
            // The next start is spared the reading only when the index has the times as they are now.
            let is_indexed = known.is_indexed && !fingerprint.is_settled();
            self.add(origin, Some(known.deck.clone()), Some(fingerprint), Some(hash), is_indexed);
            return Ok(());
        }
        let parsed = ron_deck::parse(&text);
        let faults: Vec<Diagnostic> =
            parsed.diagnostics.into_iter().filter(|fault| fault.severity == Severity::Error).collect();
        let is_sound = faults.is_empty();
        for fault in faults {
            self.add_problem(origin.clone(), ProblemKind::Fault(fault));
        }
        // In the middle of an edit half a deck may be missing: what was sound stays in use until the file is again,
        // over a start too.
        let (deck, read_from) = match (used, &known) {
            (Some(used), _) if !is_sound => (Some(used.deck.clone()), used.read_from),
            (None, Some(known)) if !is_sound => (Some(known.deck.clone()), Some(known.fingerprint.text())),
            (Some(used), _) => (parsed.deck.map(|deck| Arc::new(sharing(deck, &used.deck))), Some(hash)),
            (None, _) => (parsed.deck.map(Arc::new), Some(hash)),
        };
        // The index keeps the last sound deck.
        if is_sound
            && used.is_none()
            && let Some(known) = known
        {
            self.before.push(known.deck);
        }
        self.add(origin, deck, is_sound.then_some(fingerprint), read_from, false);
        Ok(())
    }

    fn add(
        &mut self,
        origin: Origin,
        deck: Option<Arc<Deck>>,
        fingerprint: Option<Fingerprint>,
        read_from: Option<TextHash>,
        is_indexed: bool,
    ) {
        let Some(deck) = deck else { return };
        if let Some(first) = self.deck(&deck.id) {
            let (id, first) = (deck.id.to_string(), first.origin.clone());
            self.add_problem(origin, ProblemKind::SameId { id, first });
            return;
        }
        let at = self.decks.len();
        // Growing step by step would move every key several times.
        self.questions.reserve(deck.questions.len());
        self.questions.extend(deck.cards().map(|(key, question)| (key, (at, question))));
        self.decks.push(LoadedDeck { deck, origin, fingerprint, read_from, is_indexed });
    }

    fn add_problem(&mut self, origin: Origin, kind: ProblemKind) {
        self.problems.push(Problem { origin, kind });
    }

    /// Decks that the index holds and whose files are gone: removed, renamed, or in a folder that is no longer one
    /// of ours. Those of a folder that is not there now are waited for.
    fn note_the_gone(&mut self, folders: &Folders) {
        let Some(cache) = &folders.cache else { return };
        let files: Vec<PathBuf> = self
            .decks
            .iter()
            .map(|loaded| &loaded.origin)
            .chain(self.problems.iter().map(|problem| &problem.origin))
            .filter_map(|origin| match origin {
                Origin::File(path) => Some(path.clone()),
                Origin::Shipped(_) => None,
            })
            .collect();
        let unread = |path: &Path| {
            self.problems
                .iter()
                .any(|problem| matches!(&problem.origin, Origin::File(at) if path.starts_with(at)))
        };
        for (own, entry) in index::others(cache, &files) {
            let path = Path::new(&entry.path);
            if unread(path) {
                continue;
            }
            let is_ours =
                std::iter::once(&folders.own).chain(&folders.added).any(|root| path.starts_with(root));
            if is_ours {
                self.before.push(Arc::new(entry.deck));
            }
            self.forgotten.push(own);
        }
    }
}

/// Loads decks, and writes a line about it into the log: how many there are and how long it took.
#[expect(clippy::disallowed_methods, reason = "how long it takes, not what time it is")]
fn logged(what: &str, library: &mut Library, load: impl FnOnce(&mut Library)) {
    let began = Instant::now();
    load(library);
    tracing::info!(
        decks = library.decks.len(),
        cards = library.questions.len(),
        problems = library.problems.len(),
        ms = began.elapsed().as_millis(),
        "{what}"
    );
}

/// The decks inside the program, which are parsed once: they are always the same.
fn shipped() -> &'static [(&'static str, Arc<Deck>)] {
    static DECKS: OnceLock<Vec<(&str, Arc<Deck>)>> = OnceLock::new();
    DECKS.get_or_init(|| {
        let parsed = SHIPPED.into_iter().map(|(name, text)| (name, ron_deck::parse(text).deck));
        parsed.filter_map(|(name, deck)| Some((name, Arc::new(deck?)))).collect()
    })
}

/// The deck, with the questions of `old` where they are equal: they are in memory once, and the same question is told
/// by its address.
fn sharing(mut deck: Deck, old: &Deck) -> Deck {
    let by_id: HashMap<&str, &Arc<crate::domain::question::Question>> =
        old.questions.iter().map(|question| (&*question.id, question)).collect();
    for question in Arc::make_mut(&mut deck.questions) {
        if let Some(old) = by_id.get(&*question.id)
            && ***old == **question
        {
            *question = (*old).clone();
        }
    }
    deck
}
