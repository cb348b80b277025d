//! Loading decks: what has not changed is reused or comes from the index, everything else is parsed.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use super::fingerprint::{FileStat, Fingerprint, TextHash};
use super::folders::FoundFile;
use super::{
    DeckFolders, IndexVersion, Library, LibraryProblem, LibraryProblemKind, LoadedDeck, Origin, ParsedFile,
    SHIPPED, file, index,
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
                    indexed_as: None,
                    parsed: None,
                });
            }
            let files = library.add_files(folders, &[]);
            library.note_removed_files(folders, &files);
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

    /// Returns the files that were found, those without a deck too.
    fn add_files(&mut self, folders: &DeckFolders, now: &[LoadedDeck]) -> Vec<FoundFile> {
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
        for found in &scan.files {
            let deck_in_use = in_use.get(found.path.as_path()).copied();
            let Err(error) = self.add_file(found, deck_in_use, folders.cache.as_deref()) else { continue };
            let problem = match error {
                file::DeckReadError::NotText(fault) => LibraryProblemKind::Diagnostic(*fault),
                // It was removed after the folder was scanned.
                file::DeckReadError::Io(error) if error.kind() == io::ErrorKind::NotFound => continue,
                file::DeckReadError::Io(error) => LibraryProblemKind::Unreadable(error.to_string()),
            };
            self.add_problem(Origin::File(found.path.clone()), problem);
        }
        self.scanned_folders = scan.folders;
        self.missing_folders = scan.missing;
        scan.files
    }

    fn add_file(
        &mut self,
        found: &FoundFile,
        in_use: Option<&LoadedDeck>,
        cache: Option<&Path>,
    ) -> Result<(), file::DeckReadError> {
        // Of a deck in use nothing has to be known from the index.
        let cache = cache.filter(|_| in_use.is_none());
        let stat = FileStat::of(&found.path)?;
        let mut known: Vec<LoadedDeck> = Vec::new();
        for earlier in earlier_decks(found, in_use, cache) {
            if earlier.fingerprint.is_some_and(|fingerprint| fingerprint.is_unchanged(&stat)) {
                if earlier.indexed_as == Some(IndexVersion::Later) {
                    self.note_changed(found, cache);
                }
                self.add(earlier);
                return Ok(());
            }
            known.push(earlier);
        }
        let (text, _) = file::read(&found.path)?;
        let text_hash = TextHash::of(&text);
        let fingerprint = Fingerprint::new(stat, text_hash);
        let has_text = |known: &LoadedDeck| known.fingerprint.is_some_and(|old| old.has_text(text_hash));
        if let Some(same) = known.iter().find(|known| has_text(known)) {
            if same.indexed_as == Some(IndexVersion::Later) {
                self.note_changed(found, cache);
            }
            // Write the index again once the times of the file can be trusted, so that the next start
            // need not read the file.
            let indexed_as = same.indexed_as.filter(|_| !fingerprint.is_settled());
            self.add(LoadedDeck { fingerprint: Some(fingerprint), indexed_as, ..same.clone() });
            return Ok(());
        }
        let parsed = in_use.and_then(|in_use| in_use.parsed.clone());
        let parsed = parsed.filter(|parsed| parsed.text_hash == text_hash).unwrap_or_else(|| {
            let old = in_use.map(|in_use| &*in_use.deck);
            Arc::new(ParsedFile::parse_sharing(&text, text_hash, old))
        });
        let origin = Origin::File(found.path.clone());
        for error in parsed.errors() {
            self.add_problem(origin.clone(), LibraryProblemKind::Diagnostic(error.clone()));
        }
        let is_valid = parsed.errors().next().is_none();
        // The one in use, else the one that progress has followed, else a later one.
        let last = known.pop();
        if is_valid {
            self.note_changed(found, cache);
        }
        // In the middle of an edit half of the deck may be missing. So the last valid deck stays in use until
        // the file is valid again, even over a restart of the program.
        let (deck, text_hash) = match last.filter(|_| !is_valid) {
            Some(last) => (Some(last.deck), last.text_hash),
            None => (parsed.deck.clone(), Some(text_hash)),
        };
        match deck {
            Some(deck) => {
                let fingerprint = is_valid.then_some(fingerprint);
                let parsed = Some(parsed);
                self.add(LoadedDeck { deck, origin, fingerprint, text_hash, indexed_as: None, parsed });
            }
            None => drop(self.unused_files.insert(found.path.clone(), parsed)),
        }
        Ok(())
    }

    /// Notes that a file has another deck than progress has followed, which may be in the index.
    fn note_changed(&mut self, found: &FoundFile, cache: Option<&Path>) {
        let followed = index::entry_path(cache, &found.canonical, IndexVersion::Followed);
        self.changed_since_index.extend(followed);
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
    fn note_removed_files(&mut self, folders: &DeckFolders, files: &[FoundFile]) {
        let Some(cache) = &folders.cache else { return };
        let unreadable: Vec<&Path> = self
            .problems
            .iter()
            .filter_map(|problem| match &problem.origin {
                Origin::File(path) => Some(path.as_path()),
                Origin::Shipped(_) => None,
            })
            .collect();
        for (index_file, entry) in index::files_without_deck(cache, files) {
            if let Some(entry) = entry {
                if unreadable.iter().any(|unreadable| entry.is_in(unreadable)) {
                    continue;
                }
                if std::iter::once(&folders.own).chain(&folders.added).any(|root| entry.is_in(root)) {
                    self.changed_since_index.push(index_file.clone());
                }
            }
            self.stale_index_files.push(index_file);
        }
    }
}

/// The decks that were read from a file earlier, the latest first: the one in use, else those in the index.
fn earlier_decks<'l>(
    found: &'l FoundFile,
    in_use: Option<&'l LoadedDeck>,
    cache: Option<&'l Path>,
) -> impl Iterator<Item = LoadedDeck> + 'l {
    let indexed = move |version| {
        let entry = index::read(cache, &found.canonical, version)?;
        Some(LoadedDeck {
            deck: Arc::new(entry.deck),
            origin: Origin::File(found.path.clone()),
            fingerprint: Some(entry.fingerprint),
            text_hash: Some(entry.fingerprint.text()),
            indexed_as: Some(version),
            parsed: None,
        })
    };
    in_use
        .cloned()
        .into_iter()
        .chain([IndexVersion::Later, IndexVersion::Followed].into_iter().filter_map(indexed))
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
