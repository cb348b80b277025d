//! `linchpin doctor`: checks the program's files.

use std::io::Write;
use std::path::Path;

use super::{CliError, decks};
use crate::app::core::reading;
use crate::app::{Dirs, Settings, crash_report, moves};
use crate::domain::progress::Progress;
use crate::library::Library;
use crate::store::{Store, StoredBackup};
use crate::text;

/// Prints where the files are, whether the progress is intact and which problems decks have. Returns whether there are
/// no problems.
///
/// # Errors
/// When nothing can be printed.
pub fn run(dirs: &Dirs, out: &mut impl Write) -> Result<bool, CliError> {
    writeln!(out, "{}", text::terminal::versions(env!("CARGO_PKG_VERSION"), rusqlite::version()))?;
    writeln!(out)?;
    let suffix = |path: &Path| if path.exists() { "" } else { text::terminal::NOT_THERE_YET };
    let backups = dirs.data.join("backups");
    let own_decks = dirs.decks();
    let settings = dirs.config.join("settings.ron");
    let logs = dirs.logs();
    for (name, path) in [
        (text::terminal::DATA, &dirs.data),
        (text::terminal::OWN_DECKS, &own_decks),
        (text::terminal::BACKUPS, &backups),
        (text::terminal::LOG, &logs),
        (text::terminal::SETTINGS, &settings),
    ] {
        writeln!(out, "{name:<13}{}{}", path.display(), suffix(path))?;
    }
    // Checking takes seconds where there is much.
    out.flush()?;
    let backups = Store::backups(&dirs.data);
    writeln!(out, "{:<13}{}", text::terminal::LAST_BACKUP, newest_backup(&backups))?;
    if let Some(report) = crash_report::newest(&dirs.data) {
        writeln!(out, "{:<13}{}", text::terminal::CRASH_REPORT, report.display())?;
    }
    writeln!(out)?;

    let damaged = backups.iter().filter(|backup| backup.content.is_err()).count();
    let mut is_well = damaged == 0;
    if damaged > 0 {
        writeln!(out, "✗ {}", text::terminal::damaged_backups(damaged, backups.len()))?;
    }
    let settings = Settings::load(&dirs.config).0;
    let library = Library::open(&crate::app::core::deck_folders(dirs, &settings));
    match check_progress(dirs, &settings) {
        Ok((line, found)) => {
            writeln!(out, "✓ {line}")?;
            if let Some((progress, wrong)) = found {
                is_well &= wrong == 0;
                let mark = if wrong == 0 { "✓" } else { "✗" };
                writeln!(out, "{mark} {}", text::terminal::states(progress.cards().len(), wrong))?;
                let orphan_count = moves::orphans(&library, &progress).len();
                if orphan_count > 0 {
                    writeln!(out, "✓ {}", text::terminal::progress_without_deck(orphan_count))?;
                }
            }
        }
        Err(line) => {
            is_well = false;
            writeln!(out, "✗ {line}")?;
        }
    }
    let found = library.decks().len();
    if library.problems().is_empty() {
        writeln!(out, "✓ {}", text::terminal::decks_sound(found))?;
    } else {
        is_well = false;
        writeln!(out, "✗ {}", text::terminal::decks_with_problems(found, library.problems().len()))?;
        for problem in library.problems() {
            writeln!(out, "  {}", super::layout::safe_text(&decks::problem_line(problem)))?;
        }
    }
    Ok(is_well)
}

/// The newest sound backup, and what is in it.
fn newest_backup(backups: &[StoredBackup]) -> String {
    let sound = backups.iter().find_map(|backup| Some((backup, backup.content.as_ref().ok()?)));
    match sound {
        Some((backup, content)) => {
            text::terminal::backup(backup.path.display(), content.answer_count, content.newest_answer_ms)
        }
        None if backups.is_empty() => text::terminal::NO_BACKUP_YET.to_owned(),
        None => text::terminal::NO_SOUND_BACKUP.to_owned(),
    }
}

/// Checks the progress and describes it in a line. Returns it, if there is any, and how many cards are not as their events
/// say. What it refuses opening for writing refuses as well, and the other way
/// round, but for a large file that was closed in order: that is not checked at each start.
///
/// # Errors
/// When the progress cannot be read or is damaged, as a line.
fn check_progress(dirs: &Dirs, settings: &Settings) -> Result<(String, Option<(Progress, usize)>), String> {
    let looked = || {
        let mut store = Store::open_read_only(&dirs.data)?;
        if !store.path().exists() {
            return Ok((text::terminal::no_progress_yet(store.path().display()), None));
        }
        store.check()?;
        store.unfinished_attempts()?;
        let unknown = store.unknown_events()?;
        let mut line = text::terminal::progress_sound(store.path().display(), store.event_count()?);
        if unknown > 0 {
            line = format!("{line}\n  {}", text::terminal::unknown_entries(unknown));
        }
        let (model, longest_ms) = (settings.scheduler().model, settings.longest_answer_ms());
        let found = reading::check_progress(&mut store, &dirs.data, &model, longest_ms)?;
        Ok((line, Some(found)))
    };
    looked().map_err(|error: crate::store::StoreError| error.to_string())
}
