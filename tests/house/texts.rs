//! Texts that a learner reads stand in `src/text`, not where they are shown.

use std::fmt::Write;

use crate::source::{self, SourceFile};

/// The layers that show texts.
const SHOWING: [&str; 3] = ["app/", "cli/", "ui/"];

/// Where texts stand beside what shows them.
const ELSEWHERE: [&str; 10] = [
    // Diagnostics of decks, and errors of arguments and of the system.
    "app/clock.rs",
    "app/dirs.rs",
    "cli/check.rs",
    "cli/fix.rs",
    "cli/snippet.rs",
    "ui/launch.rs",
    // Names of threads, tags and keys, and what is written for whoever mends the program.
    "app/crash_report.rs",
    "app/logging.rs",
    "app/shortcut.rs",
    "ui/images.rs",
];

/// What stands before a literal that nobody reads: the id of a widget, a reason for the compiler or for a
/// broken build, a line of the log.
const NOT_SHOWN: [&str; 10] = [
    "Id::unique(",
    ".with(",
    "id_salt(",
    "Grid::new(",
    "column::centred(",
    "let id = ",
    "reason = ",
    "tracing::",
    "expect(",
    "request_discard(",
];

#[test]
fn what_a_learner_reads_is_written_in_the_module_of_texts() {
    let mut violations = String::new();
    let begins_with_one_of = |path: &str, starts: &[&str]| starts.iter().any(|start| path.starts_with(start));
    let files = source::files();
    let shown = files.iter().filter(|file| begins_with_one_of(&file.path, &SHOWING));
    for file in shown.filter(|file| !begins_with_one_of(&file.path, &ELSEWHERE)) {
        for (line, literal) in literals(file).into_iter().filter(|(_, literal)| is_text(literal)) {
            let _ = writeln!(violations, "{}: move to src/text: {literal}", file.place(line));
        }
    }
    assert!(violations.is_empty(), "{violations}");
}

/// Whether a literal reads like a label or a sentence: it begins with a capital letter, or has several words. What
/// stands in braces, such as the name of a variable, does not count.
fn is_text(literal: &str) -> bool {
    let mut shown = String::new();
    let mut depth = 0;
    for c in literal.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            c if depth == 0 => shown.push(c),
            _ => {}
        }
    }
    let is_word = |word: &str| word.chars().filter(|c| c.is_lowercase()).count() > 1;
    let is_capitalised = shown.trim_start().starts_with(char::is_uppercase);
    shown.split_whitespace().any(is_word) && (is_capitalised || shown.trim_end().contains(' '))
}

/// The string literals of a file that may be shown, each with the index of its line.
fn literals(file: &SourceFile) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let source = file.lines.join("\n");
    let mut letters = source.char_indices();
    let mut line = 0;
    let mut start: Option<(usize, usize)> = None;
    while let Some((at, c)) = letters.next() {
        line += usize::from(c == '\n');
        match (c, start) {
            ('\\', Some(_)) => line += usize::from(letters.next().is_some_and(|(_, next)| next == '\n')),
            // The character literal '"' begins no string.
            ('"', None) if !source[..at].ends_with('\'') => start = Some((at + 1, line)),
            ('"', Some((from, first))) => {
                let before = source[..from - 1].rsplit('\n').next().unwrap_or_default();
                if !NOT_SHOWN.iter().any(|context| before.contains(context)) {
                    found.push((first, source[from..at].to_owned()));
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

#[test]
fn labels_and_sentences_are_told_from_ids() {
    for text in ["Add your own decks", "Settings", "{cards} more can wait", "At most {most} minutes"] {
        assert!(is_text(text), "{text}");
    }
    for other in ["today", "{name}: {text}", " · ", "{} {}", "2026-12-31", "A", "0.{a} s"] {
        assert!(!is_text(other), "{other}");
    }
    let file = SourceFile {
        path: String::new(),
        lines: ["Id::unique(\"no text\")", "label(\"One\",", "  '\"', \"Two \\", "lines\", \"three\")"]
            .map(str::to_owned)
            .to_vec(),
    };
    let expected = [(1, "One"), (2, "Two \\\nlines"), (3, "three")];
    assert_eq!(literals(&file), expected.map(|(line, text)| (line, text.to_owned())));
}
