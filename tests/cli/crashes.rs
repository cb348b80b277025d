//! After the program ended by a fault of its own: the next start says so, once, and the doctor names the report.

use crate::fixtures::CliFixture;

#[test]
fn the_next_start_tells_of_a_crash_once_and_the_doctor_names_the_report() {
    let cli = CliFixture::with_every_kind();
    let report = cli.write("crashes/crash-2026-11-22-100000.untold.txt", "at src/there.rs:1:1");
    assert!(cli.run(&["doctor"]).out.contains(report.to_str().unwrap()), "even before it was told");
    let told = cli.study(&["every-kind"]).end();
    assert!(told.err.contains("Linchpin closed unexpectedly last time"), "{}", told.err);
    let kept = cli.path().join("crashes/crash-2026-11-22-100000.txt");
    assert!(kept.exists() && told.err.contains(kept.to_str().unwrap()), "{}", told.err);
    assert_eq!(cli.study(&["every-kind"]).end().err, "");
    let doctor = cli.run(&["doctor"]).out;
    let line = doctor.lines().find(|line| line.starts_with("Crash report ")).expect("a line");
    assert!(line.contains(kept.to_str().unwrap()), "{line}");
}

#[test]
fn without_a_crash_nothing_is_said_of_one() {
    let cli = CliFixture::with_every_kind();
    assert_eq!(cli.study(&["every-kind"]).end().err, "");
    assert!(!cli.run(&["doctor"]).out.contains("Crash report"));
    assert!(!cli.path().join("crashes").exists());
}
