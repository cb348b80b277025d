//! Files that state the same version agree.

use crate::source::root;

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The text in quotation marks after `key = ` in the first line that begins with it.
fn value(path: &str, key: &str) -> String {
    let text = read(path);
    let line = text.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='));
    let value = line.unwrap_or_else(|| panic!("{path} says {key}"));
    value.trim().trim_matches('"').to_owned()
}

#[test]
fn the_toolchain_is_the_minimum_supported_version() {
    let promised = value("Cargo.toml", "rust-version");
    let pinned = value("rust-toolchain.toml", "channel");
    assert_eq!(pinned.rsplit_once('.').map(|(minor, _)| minor), Some(promised.as_str()));
    assert!(read("README.md").contains(&format!("Rust {promised}")), "the README names the version");
}

#[test]
fn the_lock_file_and_the_changelog_have_this_version() {
    let version = value("Cargo.toml", "version");
    let lock = read("Cargo.lock");
    assert!(
        lock.contains(&format!("name = \"linchpin\"\nversion = \"{version}\"\n")),
        "Cargo.lock: {version}"
    );
    assert!(read("CHANGELOG.md").contains(&format!("\n## {version}")), "CHANGELOG.md: {version}");
}
