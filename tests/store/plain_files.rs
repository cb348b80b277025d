//! What is no plain file is refused at once, and no more is read than was asked for.

use std::fs;
use std::io::ErrorKind;

use linchpin::plain_file;

#[test]
fn a_file_is_read_up_to_the_size_that_was_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file");
    fs::write(&path, "한국어").expect("written");
    assert_eq!(plain_file::read_text(&path, 9).expect("all of it"), "한국어");
    assert_eq!(plain_file::read(&path, 8).expect_err("one byte less").kind(), ErrorKind::FileTooLarge);
    fs::write(&path, [0xFF]).expect("written");
    assert_eq!(plain_file::read_text(&path, 9).expect_err("no text").kind(), ErrorKind::InvalidData);
    assert_eq!(plain_file::read(folder.path(), 9).expect_err("a folder").kind(), ErrorKind::InvalidInput);
    assert_eq!(
        plain_file::read(&folder.path().join("none"), 9).expect_err("nothing").kind(),
        ErrorKind::NotFound
    );
}

#[test]
fn a_huge_file_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("huge");
    // Sparse: it takes no space, and reading it would take the memory.
    fs::File::create(&path).expect("made").set_len(1 << 40).expect("a terabyte of nothing");
    assert_eq!(plain_file::read(&path, 64 << 20).expect_err("huge").kind(), ErrorKind::FileTooLarge);
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused_and_nobody_is_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let (pipe, link) = (folder.path().join("pipe"), folder.path().join("link"));
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    std::os::unix::fs::symlink("/dev/zero", &link).expect("a link");
    for path in [&pipe, &link] {
        assert_eq!(plain_file::read(path, 9).expect_err("refused").kind(), ErrorKind::InvalidInput);
        assert_eq!(plain_file::open(path).expect_err("refused").kind(), ErrorKind::InvalidInput);
    }
    let _ = fs::remove_file(&link);
    std::os::unix::fs::symlink(folder.path().join("file"), &link).expect("a link");
    fs::write(folder.path().join("file"), "through a link").expect("written");
    assert_eq!(plain_file::read_text(&link, 99).expect("a plain file"), "through a link");
}
