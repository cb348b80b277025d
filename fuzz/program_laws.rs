//! What holds for every file of settings, every command line and every line that is typed.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use linchpin::app::Settings;
use linchpin::store::Store;

/// An empty folder of this process, in which the run of a target may write.
pub fn scratch_folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("linchpin-fuzz-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// What is read is saved as the same; what is not read is kept.
pub fn settings(folder: &Path, bytes: &[u8]) {
    let path = folder.join("settings.ron");
    std::fs::write(&path, bytes).expect("written");
    let (settings, problem) = Settings::load(folder);
    settings.save(folder).expect("saved");
    let (again, still) = Settings::load(folder);
    assert_eq!((settings, None), (again, still), "saved settings are read as the same");
    if problem.is_some() {
        let kept = std::fs::read_dir(folder).expect("a folder").flatten();
        let mut kept = kept.filter(|entry| std::fs::read(entry.path()).is_ok_and(|it| it == bytes));
        assert!(kept.next().is_some(), "what was not read is kept");
    }
}

/// The arguments in the first line of a text, and what is typed in the others. No argument names a file outside of
/// the working folder.
pub fn command_line(text: &str) -> (Vec<OsString>, &str) {
    let (first, typed) = text.split_once('\n').unwrap_or((text, ""));
    let words = first.split(' ').filter(|word| !word.is_empty());
    let harmless = |word: &str| word.replace(['/', '\\', '\0'], "").replace("..", "");
    (words.map(|word| harmless(word).into()).collect(), typed)
}

/// Whatever was run, the progress is sound.
pub fn sound_progress(data: &Path) {
    let store = Store::open_read_only(data).expect("it opens");
    if store.path().exists() {
        store.check().expect("it is sound");
        store.events().expect("it is read");
    }
}
