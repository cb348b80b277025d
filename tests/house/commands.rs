//! Lists of commands are complete: a command with words that is in no list has a key that does nothing, and no line in the
//! palette.

use std::collections::BTreeSet;

use crate::source;

/// An arm of a function `info`: the commands, and what it says of them.
struct InfoArm {
    commands: Vec<String>,
    says: String,
}

/// The names behind `prefix`: "Check" of `StudyCommand::Check`.
fn names(text: &str, prefix: &str) -> Vec<String> {
    let is_of_name = |c: char| c.is_alphanumeric() || c == '_';
    let name = |rest: &str| rest.chars().take_while(|c| is_of_name(*c)).collect::<String>();
    text.split(prefix).skip(1).map(name).collect()
}

/// The lines from the one that contains `begin` to the first that is `end`, both left out.
fn lines_between<'a>(lines: &'a [String], begin: &str, end: &str) -> &'a [String] {
    let from = lines.iter().position(|line| line.contains(begin)).expect("the beginning") + 1;
    let count = lines[from..].iter().position(|line| line == end).expect("the end");
    &lines[from..from + count]
}

fn info_arms(lines: &[String], prefix: &str) -> Vec<InfoArm> {
    let mut arms = Vec::new();
    let mut commands = Vec::new();
    for line in lines_between(lines, "fn info(", "    }") {
        let (pattern, says) = line.split_once("=>").map_or((line.as_str(), None), |(p, s)| (p, Some(s)));
        commands.extend(names(pattern, prefix));
        match (says, arms.last_mut()) {
            (Some(says), _) => {
                arms.push(InfoArm { commands: std::mem::take(&mut commands), says: says.to_owned() });
            }
            (None, Some(InfoArm { says, .. })) if commands.is_empty() => says.push_str(line),
            _ => {}
        }
    }
    assert!(arms.len() > 10, "the arms are found");
    arms
}

/// The commands of the list `list` in a file of `src`, and the arms of `info` there.
fn list_and_arms(path: &str, prefix: &str, list: &str) -> (BTreeSet<String>, Vec<InfoArm>) {
    let file = source::files().into_iter().find(|file| file.path == path).expect("the file");
    let listed = lines_between(&file.lines, &format!("pub const {list}:"), "    ];").join("\n");
    (names(&listed, prefix).into_iter().collect(), info_arms(&file.lines, prefix))
}

fn assert_listed(path: &str, prefix: &str, list: &str, belongs: impl Fn(&InfoArm) -> bool) {
    let (listed, arms) = list_and_arms(path, prefix, list);
    let commands = arms.iter().filter(|arm| belongs(arm)).flat_map(|arm| &arm.commands);
    let missing: Vec<&String> = commands.filter(|name| !listed.contains(*name)).collect();
    assert!(missing.is_empty(), "{prefix}{list} in src/{path} lacks {missing:?}");
}

#[test]
fn every_command_of_a_session_that_has_words_is_listed() {
    // What begins a session is offered by the screens.
    let is_of_session = |arm: &InfoArm| !arm.says.contains("return None") && arm.commands != ["Start"];
    assert_listed("app/study/command.rs", "StudyCommand::", "ALL", is_of_session);
}

#[test]
fn every_command_of_a_test_that_is_typed_is_listed() {
    assert_listed("app/attempt/command.rs", "TestCommand::", "TYPED", |arm| arm.says.contains(".typed("));
}
