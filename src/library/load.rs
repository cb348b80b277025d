//! Loading decks: what has not changed is reused or comes from the index, everything else is parsed.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use super::fingerprint::{FileStat, Fingerprint, TextHash};
use super::{
    DeckFolders, Library, LibraryProblem, LibraryProblemKind, LoadedDeck, Origin, SHIPPED, file, index,
};
use crate::domain::deck::Deck;
use crate::domain::diagnostic::{Diagnostic, Severity};
use crate::formats::ron_deck;

/// A deck that was read from the file earlier.
struct KnownDeck {
    deck: Arc<Deck>,
    fingerprint: Fingerprint,
    /// Whether the index contains it.
    is_indexed: bool,
}

impl Library {
    /// Loads the shipped decks and then those in the folders. Decks that are unchanged in the index are not
    /// parsed.
    pub fn open(folders: &DeckFolders) -> Self {
        let mut library = Self::default();
        logged("decks loaded", &mut library, |library| {
            for (name, deck) in shipped() {
                library.add(Origin::Shipped(name), Some(deck.clone()), None, None, false);
            }
            library.add_files(folders, &[]);
            library.note_removed_files(folders);
        });
        library
    }

    /// Loads everything again. A file that has not changed keeps the deck that `now` has for it. So does a
    /// file that has errors now.
    pub fn reload(folders: &DeckFolders, now: &[LoadedDeck]) -> Self {
        let mut library = Self::default();
        logged("decks loaded again", &mut library, |library| {
            for loaded in now.iter().filter(|loaded| !loaded.is_editable()) {
                library.add(loaded.origin.clone(), Some(loaded.deck.clone()), None, loaded.text_hash, false);
            }
            library.add_files(folders, now);
        });
        library
    }

    fn add_files(&mut self, folders: &DeckFolders, now: &[LoadedDeck]) {
        let in_use: HashMap<&Path, &LoadedDeck> = now
            .iter()
            .filter_map(|loaded| match &loaded.origin {
                Origin::File(path) => Some((path.as_path(), loaded)),
                Origin::Shipped(_) => None,
            })
            .collect();
        let scan = folders.scan();
        for (path, error) in scan.problems {
            self.add_problem(Origin::File(path), LibraryProblemKind::Unreadable(error));
        }
        for path in scan.files {
            let deck_in_use = in_use.get(path.as_path()).copied();
            match self.add_file(&path, deck_in_use, folders.cache.as_deref()) {
                Ok(()) => {}
                Err(file::DeckReadError::NotText(fault)) => {
                    self.add_problem(Origin::File(path), LibraryProblemKind::Diagnostic(*fault));
                }
                // It was removed after the folder was scanned.
                Err(file::DeckReadError::Io(error)) if error.kind() == io::ErrorKind::NotFound => {}
                Err(file::DeckReadError::Io(error)) => {
                    self.add_problem(Origin::File(path), LibraryProblemKind::Unreadable(error.to_string()));
                }
            }
        }
        self.scanned_folders = scan.folders;
        self.missing_folders = scan.missing;
    }

    fn add_file(
        &mut self,
        path: &Path,
        in_use: Option<&LoadedDeck>,
        cache: Option<&Path>,
    ) -> Result<(), file::DeckReadError> {
        let stat = FileStat::of(path)?;
        let origin = Origin::File(path.to_owned());
        let known = match in_use {
            Some(in_use) => in_use.fingerprint.map(|fingerprint| KnownDeck {
                deck: in_use.deck.clone(),
                fingerprint,
                is_indexed: in_use.is_indexed,
            }),
            None => cache.and_then(|cache| index::read(cache, path)).map(|entry| KnownDeck {
                deck: Arc::new(entry.deck),
                fingerprint: entry.fingerprint,
                is_indexed: true,
            }),
        };
        if let Some(known) = &known
            && known.fingerprint.is_unchanged(&stat)
        {
            let text_hash = Some(known.fingerprint.text());
            self.add(origin, Some(known.deck.clone()), Some(known.fingerprint), text_hash, known.is_indexed);
            return Ok(());
        }
        let (text, _) = file::read(path)?;
        let text_hash = TextHash::of(&text);
        let fingerprint = Fingerprint::new(stat, text_hash);
        if let Some(known) = &known
            && known.fingerprint.has_text(text_hash)
        {
            // Write the index again once the times of the file can be trusted, so that the next start
            // need not read the file.
            let is_indexed = known.is_indexed && !fingerprint.is_settled();
            self.add(origin, Some(known.deck.clone()), Some(fingerprint), Some(text_hash), is_indexed);
            return Ok(());
        }
        let parsed = ron_deck::parse(&text);
        let errors: Vec<Diagnostic> = parsed
            .diagnostics
            .into_iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .collect();
        let is_valid = errors.is_empty();
        for error in errors {
            self.add_problem(origin.clone(), LibraryProblemKind::Diagnostic(error));
        }
        // In the middle of an edit half of the deck may be missing. So the last valid deck stays in use until
        // the file is valid again, even over a restart of the program.
        let (deck, text_hash) = match (in_use, &known) {
            (Some(in_use), _) if !is_valid => (Some(in_use.deck.clone()), in_use.text_hash),
            (None, Some(known)) if !is_valid => (Some(known.deck.clone()), Some(known.fingerprint.text())),
            (Some(in_use), _) => {
                (parsed.deck.map(|deck| Arc::new(share_equal_questions(deck, &in_use.deck))), Some(text_hash))
            }
            (None, _) => (parsed.deck.map(Arc::new), Some(text_hash)),
        };
        // The index still has the last valid deck.
        if is_valid
            && in_use.is_none()
            && let Some(known) = known
        {
            self.changed_since_index.push(known.deck);
        }
        self.add(origin, deck, is_valid.then_some(fingerprint), text_hash, false);
        Ok(())
    }

    fn add(
        &mut self,
        origin: Origin,
        deck: Option<Arc<Deck>>,
        fingerprint: Option<Fingerprint>,
        text_hash: Option<TextHash>,
        is_indexed: bool,
    ) {
        let Some(deck) = deck else { return };
        if let Some(first) = self.deck(&deck.id) {
            let (id, first) = (deck.id.to_string(), first.origin.clone());
            self.add_problem(origin, LibraryProblemKind::DuplicateId { id, first });
            return;
        }
        let deck_index = self.decks.len();
        // Reserve once, because growing step by step would move every key several times.
        self.card_locations.reserve(deck.questions.len());
        self.card_locations.extend(deck.cards().map(|(key, question)| (key, (deck_index, question))));
        self.decks.push(LoadedDeck { deck, origin, fingerprint, text_hash, is_indexed });
    }

    fn add_problem(&mut self, origin: Origin, kind: LibraryProblemKind) {
        self.problems.push(LibraryProblem { origin, kind });
    }

    /// Notes decks that are in the index and whose files are gone: removed, renamed, or in a folder that was
    /// removed from the list. Decks in an added folder that does not exist at the moment are kept.
    fn note_removed_files(&mut self, folders: &DeckFolders) {
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
        let is_unreadable = |path: &Path| {
            self.problems.iter().any(
                |problem| matches!(&problem.origin, Origin::File(unreadable) if path.starts_with(unreadable)),
            )
        };
        for (index_file, entry) in index::entries_without_file(cache, &files) {
            let path = Path::new(&entry.path);
            if is_unreadable(path) {
                continue;
            }
            let is_in_a_folder =
                std::iter::once(&folders.own).chain(&folders.added).any(|root| path.starts_with(root));
            if is_in_a_folder {
                self.changed_since_index.push(Arc::new(entry.deck));
            }
            self.stale_index_files.push(index_file);
        }
    }
}

/// Loads decks, and logs how many there are and how long it took.
#[expect(clippy::disallowed_methods, reason = "how long it takes, not what time it is")]
fn logged(what: &str, library: &mut Library, load: impl FnOnce(&mut Library)) {
    let started = Instant::now();
    load(library);
    tracing::info!(
        decks = library.decks.len(),
        cards = library.card_locations.len(),
        problems = library.problems.len(),
        ms = started.elapsed().as_millis(),
        "{what}"
    );
}

/// The shipped decks. They never change, so they are parsed only once.
fn shipped() -> &'static [(&'static str, Arc<Deck>)] {
    static DECKS: OnceLock<Vec<(&str, Arc<Deck>)>> = OnceLock::new();
    DECKS.get_or_init(|| {
        let parsed = SHIPPED.into_iter().map(|(name, text)| (name, ron_deck::parse(text).deck));
        parsed.filter_map(|(name, deck)| Some((name, Arc::new(deck?)))).collect()
    })
}

/// Replaces questions of `deck` by equal ones of `old`. So each question is in memory only once, and
/// unchanged questions can be recognised by their address.
fn share_equal_questions(mut deck: Deck, old: &Deck) -> Deck {
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
