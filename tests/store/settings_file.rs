//! The settings file: nothing that this version cannot read is lost when it saves.

use std::fs;

use linchpin::app::settings::{Setting, Settings, Theme};

#[test]
fn fields_of_a_later_version_survive_a_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("settings.ron");
    let later = [
        "voice: Some(Voice(name: \"Yuna, \\\"2\\\"\", speed: 1.25))",
        "layout: {\"a\": [1, 2], \"b\": []}",
        "shape: Round",
        "note: \"# } ) // no comment\"",
        "last: 1",
    ];
    let written = later.join(", // a comment, with a comma\n    ");
    let written = format!("(\n    theme: Dark,\n    {written} // another\n    , text_percent: 120,\n)");
    fs::write(&path, written).expect("written");
    for theme in [Theme::Light, Theme::System] {
        let (mut settings, problem) = Settings::load(folder.path());
        assert_eq!(problem, None);
        settings.change(Setting::Theme(theme));
        settings.save(folder.path()).expect("saved");
        let text = fs::read_to_string(&path).expect("settings");
        for field in later {
            assert_eq!(text.matches(field).count(), 1, "{field}: {text}");
        }
        assert_eq!(Settings::load(folder.path()), (settings, None), "{text}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing was put aside");
}

#[test]
fn every_unreadable_file_is_kept_under_a_name_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("settings.ron");
    let unreadable: [&[u8]; 3] = [b"(theme: Pink)", b"not settings", b"\xff\xfe"];
    for bytes in unreadable {
        fs::write(&path, bytes).expect("written");
        let (settings, problem) = Settings::load(folder.path());
        assert!(problem.is_some());
        settings.save(folder.path()).expect("saved");
        assert_eq!(Settings::load(folder.path()), (settings, None));
    }
    for (name, bytes) in ["", "-2", "-3"].iter().zip(unreadable) {
        let kept = fs::read(folder.path().join(format!("settings.ron.unreadable{name}"))).expect("kept");
        assert_eq!(kept, bytes);
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_instead_of_the_file_is_reported_at_once_and_put_aside() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("settings.ron");
    assert!(std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo").success());
    let (settings, problem) = Settings::load(folder.path());
    assert!(problem.is_some_and(|problem| problem.contains("not an ordinary file")));
    settings.save(folder.path()).expect("saved");
    assert_eq!(Settings::load(folder.path()), (settings, None));
    assert!(fs::symlink_metadata(folder.path().join("settings.ron.unreadable")).is_ok());
}
