//! Texts that are held against a file.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of data that an earlier version wrote.
pub fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/earlier")
}

/// Fails where `text` is not what `tests/data/earlier/NAME` holds. `UPDATE_SNAPSHOTS=1 cargo test --test
/// store earlier_versions` writes it: only for a name that is
/// new, never for one that changed.
pub fn assert_unchanged(name: &str, text: &str) {
    let path = data().join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a snapshot can be written");
        return;
    }
    let kept = fs::read_to_string(&path).expect("a snapshot");
    let line = kept.lines().zip(text.lines()).position(|(kept, now)| kept != now);
    let line = line.unwrap_or_else(|| kept.lines().count().min(text.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(the end)").to_owned();
    assert!(
        kept == text,
        "{name}, line {}: what is stored or printed for other programs changed\n before: {}\n now:    {}",
        line + 1,
        at(&kept),
        at(text),
    );
}
