//! Loading decks: what has not changed is reused or comes from the index, everything else is parsed.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use super::fingerprint::{FileStat, Fingerprint, TextHash};
use super::{
    DeckFolders, Library, LibraryProblem, LibraryProblemKind, LoadedDeck, Origin, ParsedFile, SHIPPED, file,
    index,
};
use crate::domain::deck::Deck;
use crate::formats::ron_deck;

impl Library {
    /// Loads the shipped decks and then those in the folders. Decks that are unchanged in the index are not
    /// parsed.
    pub fn open(folders: &DeckFolders) -> Self {
        let mut library = Self::default();
        logged("decks loaded", &mut library, |library| {
            for (name, deck) in shipped() {
                library.add(LoadedDeck {
                    deck: deck.clone(),
                    origin: Origin::Shipped(name),
                    fingerprint: None,
                    text_hash: None,
                    is_indexed: false,
                    parsed: None,
                });
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
                library.add(loaded.clone());
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
        let from_index = || {
            let entry = index::read(cache?, path)?;
            Some(LoadedDeck {
                deck: Arc::new(entry.deck),
                origin: origin.clone(),
                fingerprint: Some(entry.fingerprint),
                text_hash: Some(entry.fingerprint.text()),
                is_indexed: true,
                parsed: None,
            })
        };
        // A deck that was read from the file earlier, and the state of the file then.
        let known = in_use.cloned().or_else(from_index);
        let known = known.and_then(|known| Some((known.fingerprint?, known)));
        if let Some((fingerprint, known)) = &known
            && fingerprint.is_unchanged(&stat)
        {
            self.add(known.clone());
            return Ok(());
        }
        let (text, _) = file::read(path)?;
        let text_hash = TextHash::of(&text);
        let fingerprint = Fingerprint::new(stat, text_hash);
        if let Some((old, known)) = &known
            && old.has_text(text_hash)
        {
            // Write the index again once the times of the file can be trusted, so that the next start
            // need not read the file.
            let is_indexed = known.is_indexed && !fingerprint.is_settled();
            self.add(LoadedDeck { fingerprint: Some(fingerprint), is_indexed, ..known.clone() });
            return Ok(());
        }
        let parsed = in_use.and_then(|in_use| in_use.parsed.clone());
        let parsed = parsed.filter(|parsed| parsed.text_hash == text_hash).unwrap_or_else(|| {
            let old = in_use.map(|in_use| &*in_use.deck);
            Arc::new(ParsedFile::parse_sharing(&text, text_hash, old))
        });
        for error in parsed.errors() {
            self.add_problem(origin.clone(), LibraryProblemKind::Diagnostic(error.clone()));
        }
        let is_valid = parsed.errors().next().is_none();
        // In the middle of an edit half of the deck may be missing. So the last valid deck stays in use until
        // the file is valid again, even over a restart of the program.
        let last_valid = in_use.or(known.as_ref().map(|(_, known)| known)).filter(|_| !is_valid);
        let (deck, text_hash) = match last_valid {
            Some(last) => (Some(last.deck.clone()), last.text_hash),
            None => (parsed.deck.clone(), Some(text_hash)),
        };
        // The index still has the last valid deck.
        if is_valid
            && in_use.is_none()
            && let Some((_, known)) = known
        {
            self.changed_since_index.push(known.deck);
        }
        match deck {
            Some(deck) => {
                let fingerprint = is_valid.then_some(fingerprint);
                let parsed = Some(parsed);
                self.add(LoadedDeck { deck, origin, fingerprint, text_hash, is_indexed: false, parsed });
            }
            None => drop(self.unused_files.insert(path.to_owned(), parsed)),
        }
        Ok(())
    }

    /// Adds a deck, unless another one has its id.
    fn add(&mut self, loaded: LoadedDeck) {
        let LoadedDeck { deck, origin, parsed, .. } = &loaded;
        if let Some(first) = self.deck(&deck.id) {
            let (id, first) = (deck.id.to_string(), first.origin.clone());
            if let (Origin::File(path), Some(parsed)) = (origin, parsed) {
                self.unused_files.insert(path.clone(), parsed.clone());
            }
            self.add_problem(loaded.origin, LibraryProblemKind::DuplicateId { id, first });
            return;
        }
        let deck_index = self.decks.len();
        // Reserve once, because growing step by step would move every key several times.
        self.card_locations.reserve(deck.questions.len());
        self.card_locations.extend(deck.cards().map(|(key, question)| (key, (deck_index, question))));
        self.decks.push(loaded);
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
