//! Texts that are compared with a stored file.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of data that an earlier version wrote.
pub fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/earlier")
}

/// Fails where `text` differs from `tests/data/earlier/NAME`. `UPDATE_SNAPSHOTS=1 cargo test --test store
/// earlier_versions` writes the file: do so only for a new name or column, or after mending words for people, never for
/// what programs read already.
pub fn assert_unchanged(name: &str, text: &str) {
    let path = data().join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a snapshot can be written");
        return;
    }
    let stored = fs::read_to_string(&path).expect("a snapshot");
    let line = stored.lines().zip(text.lines()).position(|(stored, now)| stored != now);
    let line = line.unwrap_or_else(|| stored.lines().count().min(text.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(the end)").to_owned();
    assert!(
        stored == text,
        "{name}, line {}: what is stored or printed for other programs changed\n before: {}\n now:    {}",
        line + 1,
        at(&stored),
        at(text),
    );
}
