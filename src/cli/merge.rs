//! `linchpin merge`: adds the progress of another data folder.

use std::io::{IsTerminal, Write, stdin};
use std::path::Path;

use super::CliError;
use super::args::MergeArguments;
use super::layout::safe_text;
use super::output::print_message;
use super::terminal::{InputLine, Terminal};
use crate::app::core::deck_folders;
use crate::app::{Dirs, Settings};
use crate::library::{DeckFolders, Library, Origin};
use crate::store::{MergeSummary, Store};
use crate::text::terminal::merge as words;

/// Shows what the other folder would add, asks, makes a backup, and adds it. Returns whether it was added, or there was
/// nothing to add or only a preview wanted.
///
/// # Errors
/// When the progress of either folder cannot be read or written, or both have different content for the same entry.
pub fn run(dirs: &Dirs, arguments: &MergeArguments, out: &mut impl Write) -> Result<bool, CliError> {
    let other = &*arguments.other;
    let mut store = match arguments.preview {
        true => Store::open_read_only(&dirs.data)?,
        // No answer comes in between, and an earlier version is brought up to date.
        false => Store::open(&dirs.data)?,
    };
    let go_on = &mut |_, _| true;
    // It was not told to stop.
    let found = store.preview_merge(other, go_on)?.unwrap_or_default();
    print_preview(other, &found, out)?;
    print_decks(dirs, other, out)?;
    if arguments.preview {
        return Ok(true);
    }
    writeln!(out)?;
    if !found.has_news() {
        writeln!(out, "{}", words::NOTHING_NEW)?;
        return Ok(true);
    }
    out.flush()?;
    if !arguments.yes && !is_agreed(out)? {
        return Ok(false);
    }
    writeln!(out, "{}", words::backed_up(store.back_up_before_merge()?.display()))?;
    let added = store.merge_from(other, go_on)?.unwrap_or_default();
    let others = added.new_events - added.new_answers;
    writeln!(out, "{}", words::merged(added.new_answers, others, added.new_tests, added.changed_cards))?;
    Ok(true)
}

/// Asks in a terminal. A script has to say so by an argument.
fn is_agreed(out: &mut impl Write) -> Result<bool, CliError> {
    if !stdin().is_terminal() {
        print_message(words::NEEDS_YES);
        return Ok(false);
    }
    let answer = Terminal::open().read_line(words::QUESTION)?;
    let is_yes =
        matches!(&answer, InputLine::Text(text) if words::YES.contains(&&*text.trim().to_lowercase()));
    if !is_yes {
        writeln!(out, "{}", words::NOT_MERGED)?;
    }
    Ok(is_yes)
}

fn print_preview(other: &Path, found: &MergeSummary, out: &mut impl Write) -> Result<(), CliError> {
    writeln!(out, "{}", safe_text(&other.display().to_string()))?;
    for (name, value) in [
        (words::ANSWERS, words::of_which_new(found.answers, found.new_answers)),
        (words::TESTS, words::of_which_new(found.tests, found.new_tests)),
        (words::CARDS, found.changed_cards.to_string()),
        (words::NEWEST_THERE, words::time(found.newest_there)),
        (words::NEWEST_HERE, words::time(found.newest_here)),
    ] {
        writeln!(out, "  {name:<19} {value}")?;
    }
    Ok(())
}

/// Names the decks that only the other folder has, and how to copy them.
fn print_decks(dirs: &Dirs, other: &Path, out: &mut impl Write) -> Result<(), CliError> {
    let here = Library::open(&deck_folders(dirs, &Settings::load(&dirs.config).0));
    let there = Library::open(&DeckFolders::of_data(other));
    let only_there = there.decks().iter().filter(|loaded| here.deck(&loaded.deck.id).is_none());
    let files: Vec<_> = only_there
        .filter_map(|loaded| match &loaded.origin {
            Origin::File(path) => Some((&loaded.deck, path)),
            Origin::Shipped(_) => None,
        })
        .collect();
    if files.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", words::decks_only_there(files.len()))?;
    for (deck, _) in &files {
        writeln!(out, "  {}  {}", safe_text(&deck.id), safe_text(&deck.title))?;
    }
    writeln!(out, "{}", words::TO_COPY)?;
    let folder = quoted(&dirs.decks());
    for (_, path) in &files {
        writeln!(out, "  {}", words::copy_command(&quoted(path), &folder))?;
    }
    Ok(())
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let path = safe_text(&path.display().to_string()).to_string();
    match cfg!(windows) {
        true => format!("\"{path}\""),
        false => format!("'{}'", path.replace('\'', "'\\''")),
    }
}
