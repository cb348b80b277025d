//! The library: folders of decks, and an index that must never return another deck than the one in the file.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use linchpin::background::{BackgroundTask, RepaintSignal};
use linchpin::domain::deck::Deck;
use linchpin::domain::ids::CardKey;
use linchpin::formats::ron_deck;
use linchpin::library::{
    DeckFolders, IndexVersion, Library, LibraryProblemKind, LibraryWatcher, Origin, ParsedFile, SHIPPED,
    TextHash,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A data folder and an index.
struct LibraryFixture {
    root: tempfile::TempDir,
    folders: DeckFolders,
}

impl LibraryFixture {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let own = root.path().join("decks");
        fs::create_dir(&own).expect("a folder");
        let cache = Some(root.path().join("cache"));
        Self { root, folders: DeckFolders { own, added: Vec::new(), cache } }
    }

    /// A folder next to the deck folder.
    fn folder(&self, name: &str) -> PathBuf {
        let folder = self.root.path().join(name);
        fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folders.own.join(name)
    }

    /// Starts the program: opens the library and writes the index.
    fn start(&self) -> Library {
        open_and_index(&self.folders, IndexVersion::Followed)
    }

    /// Runs a command that only reads.
    fn read(&self) -> Library {
        open_and_index(&self.folders, IndexVersion::Later)
    }

    /// Watches the folders, and counts how often the watcher wakes the window.
    fn watch(&self, library: &Library) -> (LibraryWatcher, Arc<AtomicUsize>) {
        let wakes = Arc::new(AtomicUsize::new(0));
        let count = wakes.clone();
        let wake = RepaintSignal::new(move || {
            count.fetch_add(1, Ordering::Relaxed);
        });
        let watch = LibraryWatcher::start(self.folders.clone(), library, wake);
        (watch.expect("the folders are watched"), wakes)
    }

    fn index_files(&self) -> Vec<PathBuf> {
        let cache = self.folders.cache.as_ref().expect("an index");
        let Ok(entries) = fs::read_dir(cache) else { return Vec::new() };
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        files
    }
}

fn open_and_index(folders: &DeckFolders, version: IndexVersion) -> Library {
    let mut library = Library::open(folders);
    let cache = folders.cache.as_ref().expect("an index");
    if let Some(writing) = library.write_index(cache, version, None) {
        writing.join();
    }
    library
}

/// Whether loading the library has parsed the file with this text. What it has not parsed is another value in every
/// copy of the library.
fn has_parsed(library: &Library, path: &Path, text: &str) -> bool {
    let [one, two] = [library, library].map(|library| library.clone().parse_once(path, text));
    Arc::ptr_eq(&one, &two)
}

/// A deck with as many questions as `years`.
fn text(id: &str, years: &[u32]) -> String {
    let questions: String = years
        .iter()
        .enumerate()
        .map(|(at, year)| {
            format!("(id: \"q{at}\", topic: \"t\", prompt: \"When, {at}?\", answer: Number({year})),\n")
        })
        .collect();
    format!(
        "Deck(format: 1, id: \"{id}\", title: \"T\", topics: {{\"t\": \"T\"}}, questions: [\n{questions}])"
    )
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("a file");
}

/// Sets a file's time back, so that it counts as settled.
fn settle(path: &Path) {
    let file = fs::File::options().write(true).open(path).expect("a file");
    file.set_modified(SystemTime::now() - Duration::from_secs(3_600)).expect("a time");
}

/// Own decks, by file name.
fn own(library: &Library) -> Vec<(String, Deck)> {
    library
        .decks()
        .iter()
        .filter_map(|loaded| match &loaded.origin {
            Origin::File(path) => Some((path.display().to_string(), (*loaded.deck).clone())),
            Origin::Shipped(_) => None,
        })
        .collect()
}

fn ids(library: &Library) -> Vec<String> {
    own(library).into_iter().map(|(_, deck)| deck.id.to_string()).collect()
}

fn keys_point_to_their_questions(library: &Library) {
    let mut cards = 0;
    for (at, loaded) in library.decks().iter().enumerate() {
        for (key, question) in loaded.deck.cards() {
            cards += 1;
            assert_eq!(library.card_locations().get(&key), Some(&(at, question)), "{key}");
        }
    }
    assert_eq!(library.card_locations().len(), cards);
}

#[test]
fn decks_come_from_subfolders_and_added_folders_but_not_from_hidden_ones() {
    let mut fixture = LibraryFixture::new();
    let added = fixture.folder("elsewhere");
    for (path, id) in [
        (fixture.file("a.ron"), "a"),
        (fixture.folder("decks/history/korea").join("b.ron"), "b"),
        (fixture.folder("decks/.git").join("hidden.ron"), "hidden"),
        (fixture.file(".c.ron.saving"), "half-written"),
        (fixture.file("notes.txt"), "notes"),
        (added.join("d.ron"), "d"),
    ] {
        write(&path, &text(id, &[1950]));
    }
    assert_eq!(ids(&fixture.start()), ["a", "b"]);
    fixture.folders.added.push(added);
    let library = fixture.start();
    assert_eq!(ids(&library), ["a", "b", "d"]);
    assert!(library.problems().is_empty(), "{:?}", library.problems());
    for loaded in library.decks() {
        assert_eq!(loaded.is_editable(), matches!(loaded.origin, Origin::File(_)));
    }
    assert_eq!(library.decks().iter().filter(|loaded| !loaded.is_editable()).count(), SHIPPED.len());
}

#[cfg(unix)]
#[test]
fn circular_links_end_and_a_folder_counts_once() {
    let mut fixture = LibraryFixture::new();
    write(&fixture.file("a.ron"), &text("a", &[1950]));
    std::os::unix::fs::symlink(&fixture.folders.own, fixture.file("again")).expect("a link");
    fixture.folders.added.push(fixture.folders.own.clone());
    fixture.folders.added.push(fixture.root.path().to_owned());
    let library = fixture.start();
    assert_eq!(ids(&library), ["a"]);
    assert!(library.problems().is_empty(), "{:?}", library.problems());
}

#[test]
fn a_missing_folder_is_reported_and_can_come_back() {
    let mut fixture = LibraryFixture::new();
    let drive = fixture.folder("drive");
    write(&drive.join("a.ron"), &text("a", &[1950]));
    fixture.folders.added.push(drive.clone());
    assert_eq!(ids(&fixture.start()), ["a"]);

    let away = fixture.root.path().join("away");
    fs::rename(&drive, &away).expect("unplugged");
    let mut library = fixture.start();
    assert!(ids(&library).is_empty());
    assert!(matches!(library.problems()[0].kind, LibraryProblemKind::Unreadable(_)));
    let words = library.problems_text().expect("words");
    assert!(words.contains("drive cannot be read: the folder is not there"), "{words}");
    assert!(library.take_changed_since_index().is_empty(), "its decks are unavailable, not removed");

    fs::rename(&away, &drive).expect("plugged in");
    let mut library = fixture.start();
    assert_eq!(ids(&library), ["a"]);
    assert!(library.problems().is_empty());
    assert!(library.take_changed_since_index().is_empty());
}

#[test]
fn an_unchanged_deck_comes_from_the_index_and_equals_the_parsed_one() {
    let fixture = LibraryFixture::new();
    for (name, text) in SHIPPED {
        // Ids that differ from those of the shipped decks.
        write(&fixture.file(name), &text.replacen("id: \"", "id: \"my-", 1));
        settle(&fixture.file(name));
    }
    let parsed = own(&fixture.start());
    assert_eq!(parsed.len(), 2);
    assert_eq!(fixture.index_files().len(), 2);
    // Twice: first from an index written while the files were new, then from a settled one.
    for _ in 0..2 {
        let mut library = fixture.start();
        assert_eq!(own(&library), parsed);
        assert!(library.take_changed_since_index().is_empty());
        keys_point_to_their_questions(&library);
    }
}

#[test]
fn a_change_of_the_same_size_at_the_same_time_is_noticed() {
    let fixture = LibraryFixture::new();
    let path = fixture.file("a.ron");
    write(&path, &text("a", &[1950]));
    let time = SystemTime::now() - Duration::from_secs(3_600);
    let set = |path: &Path| {
        fs::File::options().write(true).open(path).expect("a file").set_modified(time).expect("a time");
    };
    set(&path);
    fixture.start();
    fixture.start();
    write(&path, &text("a", &[1953]));
    set(&path);
    let mut library = Library::open(&fixture.folders);
    assert_eq!(*own(&library)[0].1.questions[0], *parse(&text("a", &[1953])).questions[0]);
    let before = library.take_changed_since_index();
    assert_eq!(*before[0], parse(&text("a", &[1950])), "the deck as it was");
}

fn parse(text: &str) -> Deck {
    ron_deck::parse(text).deck.expect("a deck")
}

#[test]
fn decks_edited_while_closed_are_returned_as_they_were_until_the_index_is_written() {
    let fixture = LibraryFixture::new();
    let (a, b) = (text("a", &[1950]), text("b", &[1953]));
    write(&fixture.file("a.ron"), &a);
    write(&fixture.file("b.ron"), &b);
    fixture.start();
    write(&fixture.file("a.ron"), &text("a", &[1950, 1951]));
    fs::remove_file(fixture.file("b.ron")).expect("removed");

    // A library that writes no index returns them too, and so does the next one.
    for _ in 0..2 {
        let before = Library::open(&fixture.folders).take_changed_since_index();
        assert_eq!(before.iter().map(|deck| (**deck).clone()).collect::<Vec<_>>(), [parse(&a), parse(&b)]);
    }
    fixture.start();
    assert!(fixture.start().take_changed_since_index().is_empty());
}

#[test]
fn a_file_with_errors_keeps_its_last_sound_deck_in_use_across_restarts() {
    let fixture = LibraryFixture::new();
    let path = fixture.file("a.ron");
    let sound = text("a", &[1950, 1953]);
    write(&path, &sound);
    fixture.start();
    write(&path, &sound.replace("Number(1950)", "Number(\"x\")"));
    for _ in 0..2 {
        let mut library = fixture.start();
        assert!(matches!(library.problems()[0].kind, LibraryProblemKind::Diagnostic(_)));
        assert_eq!(own(&library)[0].1, parse(&sound));
        assert!(library.take_changed_since_index().is_empty());
        assert!(!library.is_read_from(&path, TextHash::of(&fs::read_to_string(&path).expect("the file"))));
    }
    write(&path, &text("a", &[1950, 1954]));
    assert_eq!(*Library::open(&fixture.folders).take_changed_since_index()[0], parse(&sound));
}

#[test]
fn swapped_and_renamed_files_are_read_under_their_new_names() {
    let fixture = LibraryFixture::new();
    let (a, b) = (fixture.file("a.ron"), fixture.file("b.ron"));
    write(&a, &text("a", &[1950]));
    write(&b, &text("b", &[1953]));
    for path in [&a, &b] {
        settle(path);
    }
    fixture.start();
    fs::rename(&a, fixture.file("x")).expect("a move");
    fs::rename(&b, &a).expect("a move");
    fs::rename(fixture.file("x"), &b).expect("a move");
    let library = fixture.start();
    assert_eq!(ids(&library), ["b", "a"]);
    keys_point_to_their_questions(&library);

    fs::rename(&a, fixture.file("c.ron")).expect("a move");
    let library = fixture.start();
    assert_eq!(ids(&library), ["a", "b"]);
    keys_point_to_their_questions(&library);
    assert_eq!(fixture.index_files().len(), 2, "the index file of the old name is removed");
}

#[test]
fn loading_again_keeps_the_decks_that_did_not_change() {
    let fixture = LibraryFixture::new();
    write(&fixture.file("a.ron"), &text("a", &[1950]));
    write(&fixture.file("b.ron"), &text("b", &[1953, 1954]));
    let first = fixture.start();
    let same = Library::reload(&fixture.folders, first.decks());
    assert!(same.looks_the_same_as(&first));

    write(&fixture.file("b.ron"), &text("b", &[1953, 1955]));
    let second = Library::reload(&fixture.folders, first.decks());
    assert!(!second.looks_the_same_as(&first));
    let deck = |library: &Library, id: &str| library.deck(id).expect("a deck").deck.clone();
    assert!(Arc::ptr_eq(&deck(&first, "a"), &deck(&second, "a")));
    let (old, new) = (deck(&first, "b"), deck(&second, "b"));
    assert!(Arc::ptr_eq(&old.questions[0], &new.questions[0]), "equal questions are in memory once");
    assert_ne!(old.questions[1], new.questions[1]);
    keys_point_to_their_questions(&second);
}

#[test]
fn a_file_is_parsed_once_lints_included_until_its_text_changes() {
    let fixture = LibraryFixture::new();
    let path = fixture.file("a.ron");
    let sound = text("a", &[1950]);
    let faulty = sound.replace("Number(1950)", "Numbr(1950)");
    let known = |library: &Library, text: &str| {
        has_parsed(library, &path, text).then(|| library.clone().parse_once(&path, text))
    };
    let codes = |parsed: &ParsedFile| parsed.diagnostics.iter().map(|found| found.code).collect::<Vec<_>>();

    write(&path, &sound);
    let first = fixture.start();
    let found = known(&first, &sound).expect("loading has parsed it");
    assert_eq!(codes(&found), ["no-explanation"]);
    let deck = &first.deck("a").expect("a deck").deck;
    assert!(found.deck.as_ref().is_some_and(|found| Arc::ptr_eq(found, deck)), "in memory once");
    let unchanged = Library::reload(&fixture.folders, first.decks());
    assert!(Arc::ptr_eq(&known(&unchanged, &sound).expect("kept"), &found));

    write(&path, &faulty);
    let broken = Library::reload(&fixture.folders, unchanged.decks());
    let found = known(&broken, &faulty).expect("loading has parsed it");
    assert!(!broken.problems().is_empty() && known(&broken, &sound).is_none());
    let still_broken = Library::reload(&fixture.folders, broken.decks());
    assert_eq!(still_broken.problems(), broken.problems());
    assert!(
        Arc::ptr_eq(&known(&still_broken, &faulty).expect("kept"), &found),
        "nor is it parsed at each load"
    );

    // No deck has ever been read from this one.
    let other = fixture.file("b.ron");
    write(&other, &faulty.replace("\"a\"", "\"b\""));
    let mut library = Library::reload(&fixture.folders, still_broken.decks());
    let text = fs::read_to_string(&other).expect("a file");
    let [one, two] = [library.clone(), library.clone()].map(|mut library| library.parse_once(&other, &text));
    assert!(Arc::ptr_eq(&one, &two));

    // A deck from the index is parsed when somebody asks, and then never again.
    fs::remove_file(&other).expect("a file");
    write(&path, &sound);
    fixture.start();
    library = fixture.start();
    assert!(known(&library, &sound).is_none());
    let found = library.parse_once(&path, &sound);
    assert_eq!(codes(&found), ["no-explanation"]);
    let reloaded = Library::reload(&fixture.folders, library.decks());
    assert!(Arc::ptr_eq(&known(&reloaded, &sound).expect("kept"), &found));
}

#[test]
fn a_deck_is_replaced_in_place_and_not_parsed_again() {
    let fixture = LibraryFixture::new();
    let path = fixture.file("a.ron");
    write(&path, &text("a", &[1950, 1951, 1952]));
    write(&fixture.file("b.ron"), &text("b", &[1953]));
    let mut library = fixture.start();
    let origin = Origin::File(path.clone());

    let edited = text("a", &[1950, 1960]).replace("q1", "other");
    let deck = Arc::new(parse(&edited));
    write(&path, &edited);
    assert!(library.replace_deck(&origin, deck.clone(), TextHash::of(&edited)));
    keys_point_to_their_questions(&library);
    let again = Library::reload(&fixture.folders, library.decks());
    assert!(Arc::ptr_eq(&again.deck("a").expect("a deck").deck, &deck));

    let other_id = text("b", &[1]);
    assert!(
        !library.replace_deck(&origin, Arc::new(parse(&other_id)), TextHash::of(&other_id)),
        "another deck has that id"
    );
    let unknown = Origin::File(fixture.file("nowhere.ron"));
    assert!(!library.replace_deck(&unknown, deck, TextHash::of(&edited)));
    assert!(library.card_locations().contains_key(&CardKey::new(
        "a",
        "other",
        linchpin::domain::ids::Facet::Front
    )));
}

#[test]
fn a_damaged_index_is_ignored_and_rewritten() {
    let fixture = LibraryFixture::new();
    let path = fixture.file("a.ron");
    write(&path, &text("a", &[1950, 1953]));
    settle(&path);
    let right = own(&fixture.start());
    let index = fixture.index_files().remove(0);
    let sound = fs::read(&index).expect("an index");
    // Damaging every byte would take long; the step sizes divide no part's length.
    let mut damaged: Vec<Vec<u8>> = (0..sound.len())
        .step_by(5)
        .map(|at| {
            let mut bytes = sound.clone();
            bytes[at] ^= 1 << (at % 8);
            bytes
        })
        .collect();
    damaged.extend((0..sound.len()).step_by(7).map(|len| sound[..len].to_vec()));
    for bytes in damaged {
        fs::write(&index, &bytes).expect("damage");
        assert_eq!(own(&Library::open(&fixture.folders)), right);
    }
    fixture.start();
    assert_eq!(fixture.index_files(), [index]);
}

#[test]
fn an_index_of_another_deck_file_is_not_used() {
    let fixture = LibraryFixture::new();
    let (a, b) = (fixture.file("a.ron"), fixture.file("b.ron"));
    write(&a, &text("a", &[1950]));
    write(&b, &text("b", &[1953]));
    fixture.start();
    let [one, other] = fixture.index_files().try_into().expect("two of them");
    fs::copy(&one, &other).expect("a copy");
    assert_eq!(ids(&fixture.start()), ["a", "b"]);
}

#[test]
fn a_deck_is_found_in_the_index_however_its_folder_is_given() {
    let fixture = LibraryFixture::new();
    let (path, written) = (fixture.file("a.ron"), text("a", &[1950]));
    write(&path, &written);
    fixture.start();
    let root = fixture.root.path();
    let mut ways = vec![root.join("decks/../decks"), root.join("decks/.")];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&fixture.folders.own, root.join("link")).expect("a link");
        ways.push(root.join("link"));
    }
    for own in ways {
        let folders = DeckFolders { own: own.clone(), ..fixture.folders.clone() };
        let mut library = open_and_index(&folders, IndexVersion::Followed);
        assert_eq!(ids(&library), ["a"]);
        assert!(!has_parsed(&library, &own.join("a.ron"), &written), "{own:?}");
        assert!(library.take_changed_since_index().is_empty(), "{own:?}");
        assert_eq!(fixture.index_files().len(), 1, "{own:?}");
    }
    assert!(!has_parsed(&fixture.start(), &path, &written));
}

#[test]
fn a_command_that_only_reads_indexes_what_it_parsed_and_forgets_no_earlier_version() {
    let fixture = LibraryFixture::new();
    let path = fixture.file("a.ron");
    let (old, new) = (text("a", &[1950]), text("a", &[1953]));
    write(&path, &old);
    fixture.start();
    write(&path, &new);
    assert!(has_parsed(&fixture.read(), &path, &new));
    for _ in 0..2 {
        let mut library = fixture.read();
        assert!(!has_parsed(&library, &path, &new));
        assert_eq!(own(&library)[0].1, parse(&new));
        assert_eq!(*library.take_changed_since_index()[0], parse(&old), "as progress has followed it");
    }
    assert_eq!(fixture.index_files().len(), 2);
    // Damaged by two programs that have written it at the same time.
    let later = fixture.index_files().remove(1);
    fs::write(&later, &fs::read(&later).expect("an index")[..40]).expect("damage");
    assert_eq!(own(&fixture.read())[0].1, parse(&new));

    let mut library = fixture.start();
    assert!(!has_parsed(&library, &path, &new));
    assert_eq!(
        *library.take_changed_since_index()[0],
        parse(&new),
        "the index was written before it was asked"
    );
    assert_eq!(fixture.index_files().len(), 1, "the later version is the one that progress has followed");
    assert!(fixture.start().take_changed_since_index().is_empty());
}

#[test]
fn programs_that_write_the_index_at_the_same_time_do_no_harm() {
    let fixture = LibraryFixture::new();
    let path = fixture.file("a.ron");
    write(&path, &text("a", &[1950]));
    fixture.start();
    let new = text("a", &[1953; 300]);
    write(&path, &new);
    let mut libraries = [0; 6].map(|_| Library::open(&fixture.folders));
    let cache = fixture.folders.cache.as_ref().expect("an index");
    let tasks: Vec<_> = libraries
        .iter_mut()
        .filter_map(|library| library.write_index(cache, IndexVersion::Later, None))
        .collect();
    assert_eq!(tasks.len(), 6);
    tasks.into_iter().for_each(BackgroundTask::join);
    let mut library = fixture.read();
    assert_eq!(own(&library)[0].1, parse(&new));
    assert_eq!(*library.take_changed_since_index()[0], parse(&text("a", &[1950])));
}

#[test]
fn index_files_that_nobody_can_use_are_removed() {
    let fixture = LibraryFixture::new();
    write(&fixture.file("a.ron"), &text("a", &[1950]));
    fixture.start();
    let cache = fixture.folders.cache.as_ref().expect("an index");
    fs::write(cache.join("00112233445566778899aabbccddeeff.deck"), "of another version").expect("a file");
    fs::write(cache.join("00112233445566778899aabbccddeeff.later"), "and beside it").expect("a file");
    fixture.read();
    assert_eq!(fixture.index_files().len(), 3, "a command that only reads removes nothing");
    fixture.start();
    assert_eq!(fixture.index_files().len(), 1);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_no_deck_and_nobody_waits_for_it() {
    let fixture = LibraryFixture::new();
    let pipe = |path: &Path| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
    };
    write(&fixture.file("sound.ron"), &text("a", &[1950]));
    fixture.start();
    pipe(&fixture.file("pipe.ron"));
    std::os::unix::fs::symlink("/dev/zero", fixture.file("zero.ron")).expect("a link");
    // Sparse: it takes no space, and reading it would take the memory.
    let huge = fs::File::create(fixture.file("huge.ron")).expect("a file");
    huge.set_len(1 << 40).expect("a terabyte of nothing");
    let index = fixture.index_files().remove(0);
    fs::remove_file(&index).expect("an index");
    pipe(&index);
    let library = Library::open(&fixture.folders);
    assert_eq!(ids(&library), ["a"]);
    let [huge, pipe, zero] = library.problems() else { panic!("{:?}", library.problems()) };
    assert!(matches!(&huge.kind, LibraryProblemKind::Diagnostic(fault) if fault.code == "too-large"));
    for problem in [pipe, zero] {
        let LibraryProblemKind::Unreadable(words) = &problem.kind else { panic!("{problem:?}") };
        assert_eq!(words, "it is not an ordinary file");
    }
}

#[cfg(unix)]
#[test]
fn a_link_finds_decks_but_not_the_whole_disk() {
    use std::os::unix::fs::symlink;
    let fixture = LibraryFixture::new();
    // Around the folder of decks, and so at the other end of a link to it.
    write(&fixture.folder("around").join("other.ron"), &text("other", &[1950]));
    for (link, target) in [("root", "/"), ("around", "..")] {
        symlink(target, fixture.file(link)).expect("a link");
    }
    let library = fixture.start();
    assert!(own(&library).is_empty());
    let words = library.problems().iter().map(|problem| &problem.kind).collect::<Vec<_>>();
    assert_eq!(words.len(), 2, "{words:?}");
    for link in ["root", "around"] {
        fs::remove_file(fixture.file(link)).expect("a link");
    }

    // Two links to one folder, and one to a folder that is here itself, by names that come before and after it.
    let shared = fixture.folder("shared");
    write(&shared.join("s.ron"), &text("s", &[1950]));
    write(&fixture.folder("decks/m").join("m.ron"), &text("m", &[1950]));
    for (link, target) in [("a", shared.clone()), ("z", shared), ("b", fixture.file("m"))] {
        symlink(target, fixture.file(link)).expect("a link");
    }
    let library = fixture.start();
    let paths: Vec<String> = own(&library).into_iter().map(|(path, _)| path).collect();
    let shown = [fixture.file("m/m.ron"), fixture.file("a/s.ron")].map(|path| path.display().to_string());
    assert_eq!(paths, shown);
    assert!(library.problems().is_empty(), "{:?}", library.problems());

    // A folder with very many folders.
    let many = fixture.folder("many");
    for number in 0..500 {
        fs::create_dir(many.join(format!("{number:03}"))).expect("a folder");
    }
    symlink(&many, fixture.file("many")).expect("a link");
    write(&fixture.folder("decks/n").join("n.ron"), &text("n", &[1950]));
    let library = fixture.start();
    assert_eq!(ids(&library), ["m", "n", "s"]);
    let [problem] = library.problems() else { panic!("{:?}", library.problems()) };
    assert!(problem.origin.is_file(&fixture.file("many")), "{problem:?}");
}

/// Something that happens to the folder between two starts.
#[derive(Clone, Debug)]
enum Step {
    Write(usize, u32),
    Break(usize),
    Remove(usize),
    Swap(usize, usize),
    Settle(usize),
    DamageIndex(usize, usize),
    Read,
    Start,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3usize, 1950..1954u32).prop_map(|(file, year)| Step::Write(file, year)),
        1 => (0..3usize).prop_map(Step::Break),
        1 => (0..3usize).prop_map(Step::Remove),
        1 => (0..3usize, 0..3usize).prop_map(|(one, other)| Step::Swap(one, other)),
        2 => (0..3usize).prop_map(Step::Settle),
        1 => (0..3usize, any::<usize>()).prop_map(|(file, at)| Step::DamageIndex(file, at)),
        2 => Just(Step::Read),
        4 => Just(Step::Start),
    ]
}

/// Does what happens to the files of a folder.
fn change_files(fixture: &LibraryFixture, step: &Step) {
    let file = |at: &usize| fixture.file(&format!("{at}.ron"));
    match step {
        Step::Write(at, year) => write(&file(at), &text(&format!("d{at}"), &[*year, 1900])),
        Step::Break(at) => write(&file(at), &text(&format!("d{at}"), &[1]).replace("Number", "Numbr")),
        Step::Remove(at) => drop(fs::remove_file(file(at))),
        Step::Swap(one, other) => {
            if file(one).exists() && file(other).exists() && one != other {
                fs::rename(file(one), fixture.file("x")).expect("a move");
                fs::rename(file(other), file(one)).expect("a move");
                fs::rename(fixture.file("x"), file(other)).expect("a move");
            }
        }
        Step::Settle(at) => {
            if file(at).exists() {
                settle(&file(at));
            }
        }
        Step::DamageIndex(at, byte) => {
            if let Some(index) = fixture.index_files().get(*at) {
                let mut bytes = fs::read(index).expect("an index");
                let byte = byte % bytes.len();
                bytes[byte] ^= 0x55;
                fs::write(index, bytes).expect("damage");
            }
        }
        Step::Read | Step::Start => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn the_index_agrees_with_parsing_whatever_happens_to_the_files(
        steps in proptest::collection::vec(step(), 1..24)
    ) {
        let fixture = LibraryFixture::new();
        let mut live = fixture.start();
        for step in steps {
            change_files(&fixture, &step);
            match step {
                Step::Read => drop(fixture.read()),
                Step::Start => {
                    let started = fixture.start();
                    let parsed = Library::open(&DeckFolders { cache: None, ..fixture.folders.clone() });
                    // A file with errors keeps its last sound deck, which only the index has.
                    let is_sound = |(path, _): &(String, Deck)| {
                        !parsed.problems().iter().any(|problem| problem.origin.is_file(Path::new(path)))
                    };
                    let sound = |library: &Library| {
                        own(library).into_iter().filter(is_sound).collect::<Vec<_>>()
                    };
                    prop_assert_eq!(sound(&started), sound(&parsed));
                    prop_assert_eq!(started.problems(), parsed.problems());
                    keys_point_to_their_questions(&started);
                    // The reloaded library agrees wherever there is no problem.
                    live = Library::reload(&fixture.folders, live.decks());
                    if parsed.problems().is_empty() {
                        prop_assert_eq!(own(&live), own(&parsed));
                    }
                    keys_point_to_their_questions(&live);
                }
                _ => {}
            }
        }
    }

    #[test]
    fn commands_that_only_read_change_nothing_of_what_progress_follows(
        steps in proptest::collection::vec(step(), 1..24)
    ) {
        let [alone, with_readers] = [LibraryFixture::new(), LibraryFixture::new()];
        for step in steps.into_iter().filter(|step| !matches!(step, Step::DamageIndex(..))) {
            for fixture in [&alone, &with_readers] {
                change_files(fixture, &step);
            }
            match step {
                Step::Read => drop(with_readers.read()),
                Step::Start => {
                    let followed = [&alone, &with_readers].map(|fixture| {
                        let before = Library::open(&fixture.folders).take_changed_since_index();
                        let mut before: Vec<Deck> = before.iter().map(|deck| (**deck).clone()).collect();
                        before.sort_by(|one, other| one.id.cmp(&other.id));
                        fixture.start();
                        before
                    });
                    prop_assert_eq!(&followed[0], &followed[1]);
                }
                _ => {}
            }
        }
    }
}

/// Polls until a library fits.
fn wait_for(watch: &mut LibraryWatcher, library: &mut Library, what: &str, fits: impl Fn(&Library) -> bool) {
    let begin = Instant::now();
    while !fits(library) {
        assert!(begin.elapsed() < Duration::from_secs(30), "{what} is not noticed");
        std::thread::sleep(Duration::from_millis(10));
        if let Some(new) = watch.poll(library).expect("it loads") {
            *library = new;
        }
    }
}

#[test]
fn loading_does_not_trigger_another_load() {
    let fixture = LibraryFixture::new();
    let deep = fixture.folder("decks/one");
    write(&deep.join("a.ron"), &text("a", &[1950]));
    let mut library = fixture.start();
    let (mut watch, wakes) = fixture.watch(&library);
    write(&fixture.file("b.ron"), &text("b", &[1950]));
    wait_for(&mut watch, &mut library, "a new file", |library| ids(library) == ["b", "a"]);
    // Wait until the loads caused by the save itself are over.
    rest(&mut watch, &mut library);
    let before = wakes.load(Ordering::Relaxed);
    watch.rescan();
    rest(&mut watch, &mut library);
    assert_eq!(wakes.load(Ordering::Relaxed) - before, 2, "the rescan wakes the window twice and not again");
}

/// Polls long enough to see a load that triggers another.
fn rest(watch: &mut LibraryWatcher, library: &mut Library) {
    for _ in 0..20 {
        std::thread::sleep(Duration::from_millis(50));
        if let Some(newer) = watch.poll(library).expect("it loads") {
            *library = newer;
        }
    }
}

#[test]
fn changes_in_the_folders_are_noticed_while_the_program_runs() {
    let mut fixture = LibraryFixture::new();
    let drive = fixture.folder("drive");
    write(&drive.join("d.ron"), &text("d", &[1950]));
    let mut library = fixture.start();
    let (mut watch, wakes) = fixture.watch(&library);

    write(&fixture.file("a.ron"), &text("a", &[1950]));
    wait_for(&mut watch, &mut library, "a new file", |library| ids(library) == ["a"]);
    assert!(wakes.load(Ordering::Relaxed) > 0);
    let deep = fixture.folder("decks/one/two");
    write(&deep.join("b.ron"), &text("b", &[1950]));
    wait_for(&mut watch, &mut library, "a file in a new folder", |library| ids(library) == ["a", "b"]);
    fs::rename(fixture.file("a.ron"), deep.join("c.ron")).expect("a move");
    wait_for(&mut watch, &mut library, "a move", |library| {
        own(library).iter().map(|(path, _)| path.ends_with("c.ron")).collect::<Vec<_>>() == [false, true]
    });
    fs::remove_file(deep.join("b.ron")).expect("removed");
    wait_for(&mut watch, &mut library, "a removal", |library| ids(library) == ["a"]);

    fixture.folders.added.push(drive.clone());
    watch.set_folders(fixture.folders.clone());
    wait_for(&mut watch, &mut library, "an added folder", |library| ids(library) == ["a", "d"]);
    write(&drive.join("e.ron"), &text("e", &[1950]));
    wait_for(&mut watch, &mut library, "a file in an added folder", |library| {
        ids(library) == ["a", "d", "e"]
    });
    let away = fixture.root.path().join("away");
    fs::rename(&drive, &away).expect("unplugged");
    watch.rescan();
    wait_for(&mut watch, &mut library, "a folder that went", |library| ids(library) == ["a"]);
    assert_eq!(library.problems().len(), 1);
    fs::rename(&away, &drive).expect("plugged in");
    wait_for(&mut watch, &mut library, "a folder that came back", |library| ids(library) == ["a", "d", "e"]);
    write(&drive.join("f.ron"), &text("f", &[1950]));
    wait_for(&mut watch, &mut library, "a file in a folder that came back", |library| {
        ids(library) == ["a", "d", "e", "f"]
    });
}
