//! The rooms of `src/app`, which are its files and folders, stand in an order: none leads back to itself over others. A
//! feature knows no other feature; what needs two of them is in `src/app/offers` or in `App`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::iter::Peekable;
use std::str::Chars;

use crate::source::{self, SourceFile};

/// The room of what is defined in `src/app/mod.rs` itself.
const APP: &str = "app";

/// What a learner does, a folder or file each.
const FEATURES: [&str; 9] =
    ["about", "attempt", "decks", "goals", "history_export", "moves", "scores", "study", "today"];

/// The features that know another one, and why.
const KNOWS: [(&str, &str, &str); 3] = [
    ("decks", "study", "the preview of a question is a card that is answered"),
    ("decks", "moves", "an edit that renames a question takes its progress along"),
    ("history_export", "scores", "a table of scores has the columns of the screen"),
];

/// From room to room, each with the place of the first import.
type Doors = BTreeMap<String, BTreeMap<String, String>>;

#[test]
fn no_room_of_the_state_leads_back_to_itself() {
    let doors = doors();
    assert!(doors.len() > 25, "rooms are found");
    if let Some(circle) = circle(&doors) {
        panic!("these rooms know each other in a circle:\n{circle}");
    }
}

#[test]
fn a_feature_knows_no_other_feature() {
    let doors = doors();
    let mut faults = String::new();
    for from in FEATURES {
        for (to, place) in doors.get(from).into_iter().flatten() {
            let is_known = KNOWS.iter().any(|(knows, known, _)| (*knows, *known) == (from, to));
            if FEATURES.contains(&to.as_str()) && !is_known {
                let _ =
                    writeln!(faults, "{place}: {from} must not know {to}: bring the two together in offers");
            }
        }
    }
    for (from, to, why) in KNOWS {
        if !doors.get(from).is_some_and(|known| known.contains_key(to)) {
            let _ = writeln!(faults, "{from} does not know {to} any more ({why})");
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

fn doors() -> Doors {
    let files: Vec<SourceFile> = source::files().into_iter().filter(|file| file.layer() == APP).collect();
    let rooms: Vec<&str> = files.iter().map(|file| room(&file.path)).collect();
    // What `src/app/mod.rs` takes from a room is found there under its name as well.
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for file in files.iter().filter(|file| room(&file.path) == APP) {
        for (_, path) in paths(file) {
            if let [_, known, .., name] = path.as_slice() {
                names.insert(name.clone(), known.clone());
            }
        }
    }
    let mut doors = Doors::new();
    for file in &files {
        let from = room(&file.path);
        let known = doors.entry(from.to_owned()).or_default();
        for (line, path) in paths(file) {
            let Some(name) = path.get(1) else { continue };
            let to = match rooms.iter().find(|room| *room == name) {
                Some(room) => room,
                None => names.get(name).map_or(APP, String::as_str),
            };
            if to != from {
                known.entry(to.to_owned()).or_insert_with(|| file.place(line));
            }
        }
    }
    doors
}

/// The room of a file of `src/app`.
fn room(path: &str) -> &str {
    let inside = path.strip_prefix("app/").unwrap_or(path);
    let first = inside.split('/').next().unwrap_or_default();
    let first = first.strip_suffix(".rs").unwrap_or(first);
    if first == "mod" { APP } else { first }
}

/// The paths into `app` that a file names, beginning with `app`, each with the index of its line.
fn paths(file: &SourceFile) -> Vec<(usize, Vec<String>)> {
    let module = file.path.trim_end_matches(".rs").trim_end_matches("/mod");
    let module: Vec<String> = module.split('/').map(str::to_owned).collect();
    let mut found = Vec::new();
    for (index, line) in file.lines.iter().enumerate() {
        for (at, _) in line.match_indices(|c: char| c.is_ascii_lowercase()) {
            if line[..at].chars().next_back().is_some_and(|before| is_of_name(before) || before == ':') {
                continue;
            }
            let rest = &line[at..];
            // A path of `src/app/mod.rs` may begin with the name of a room.
            let is_own = module.len() == 1 && line[..at].trim_end().ends_with("use");
            let Some(base) = base(rest, &module, is_own) else { continue };
            let text = file.lines[index..].join("\n");
            let mut all = Vec::new();
            expand(&mut text[at..].chars().peekable(), &[], &mut all);
            found.extend(all.into_iter().filter_map(|path| {
                let ups = path.iter().take_while(|name| matches!(name.as_str(), "crate" | "super" | "self"));
                let path: Vec<String> = base.iter().chain(&path[ups.count()..]).cloned().collect();
                (path.len() > 1 && path[0] == APP).then_some((index, path))
            }));
        }
    }
    found
}

/// The module that a path is relative to; `None` if this is no path into the crate.
fn base(path: &str, module: &[String], is_own: bool) -> Option<Vec<String>> {
    if path.starts_with("crate::") {
        return Some(Vec::new());
    }
    if path.starts_with("self::") {
        return Some(module.to_vec());
    }
    let ups = path.split("::").take_while(|name| *name == "super").count();
    if ups > 0 {
        return Some(module[..module.len().checked_sub(ups)?].to_vec());
    }
    let is_outside = ["std", "serde", "indexmap"].iter().any(|root| path.starts_with(&format!("{root}::")));
    (is_own && !is_outside).then(|| module.to_vec())
}

/// The paths of a tree such as `a::{b, c::D}`.
fn expand(text: &mut Peekable<Chars<'_>>, before: &[String], found: &mut Vec<Vec<String>>) {
    let skip = |text: &mut Peekable<Chars<'_>>| while text.next_if(|c| c.is_whitespace()).is_some() {};
    skip(text);
    if text.next_if_eq(&'{').is_some() {
        loop {
            skip(text);
            if text.next_if_eq(&'}').is_some() || text.peek().is_none() {
                return;
            }
            expand(text, before, found);
            while text.next_if(|c| *c != ',' && *c != '}').is_some() {}
            text.next_if_eq(&',');
        }
    }
    let mut path = before.to_vec();
    path.push(std::iter::from_fn(|| text.next_if(|c| is_of_name(*c))).collect());
    if text.next_if_eq(&':').is_some() && text.next_if_eq(&':').is_some() {
        expand(text, &path, found);
    } else {
        path.retain(|name| !name.is_empty());
        found.push(path);
    }
}

/// A way from a room back to itself, a line for each step.
fn circle(doors: &Doors) -> Option<String> {
    /// The rooms that lead to no circle, and the way to the room that is looked at.
    fn visit<'a>(room: &'a str, doors: &'a Doors, done: &mut Vec<&'a str>, way: &mut Vec<&'a str>) -> bool {
        way.push(room);
        for next in doors.get(room).into_iter().flat_map(BTreeMap::keys) {
            if way.contains(&next.as_str()) {
                way.push(next);
                return true;
            }
            if !done.contains(&next.as_str()) && visit(next, doors, done, way) {
                return true;
            }
        }
        done.push(room);
        way.pop();
        false
    }
    let (mut done, mut way) = (Vec::new(), Vec::new());
    let is_found =
        doors.keys().any(|room| !done.contains(&room.as_str()) && visit(room, doors, &mut done, &mut way));
    if !is_found {
        return None;
    }
    let start = way.iter().position(|room| Some(room) == way.last())?;
    let steps = way[start..].windows(2);
    Some(steps.map(|pair| format!("{} → {}  {}\n", pair[0], pair[1], doors[pair[0]][pair[1]])).collect())
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[test]
fn a_circle_is_found_whatever_the_imports_look_like() {
    let file = |path: &str, text: &str| SourceFile {
        path: path.to_owned(),
        lines: text.lines().map(str::to_owned).collect(),
    };
    let named = |file: &SourceFile| -> Vec<String> {
        paths(file).into_iter().map(|(line, path)| format!("{line} {}", path.join("::"))).collect()
    };
    let nested = file(
        "app/decks/mod.rs",
        "use super::{\n    core::{Core, undo::UndoLog as Log},\n    App,\n};\nlet a = crate::app::goals::open();\nuse std::sync::Arc;",
    );
    assert_eq!(
        named(&nested),
        ["0 app::core::Core", "0 app::core::undo::UndoLog", "0 app::App", "4 app::goals::open"]
    );
    let inside = file("app/decks/editor.rs", "use super::form::Form;\nuse super::super::study::{self};");
    assert_eq!(named(&inside), ["0 app::decks::form::Form", "1 app::study::self"]);
    assert_eq!(
        named(&file("app/mod.rs", "pub use command::Command;\nuse std::fs;")),
        ["0 app::command::Command"]
    );
    let door = |from: &str, to: &str| (from.to_owned(), BTreeMap::from([(to.to_owned(), "here".to_owned())]));
    let round = Doors::from([door("a", "b"), door("b", "c"), door("c", "b")]);
    assert_eq!(circle(&round).as_deref(), Some("b → c  here\nc → b  here\n"));
    assert_eq!(circle(&Doors::from([door("a", "b"), door("b", "c")])), None);
}
