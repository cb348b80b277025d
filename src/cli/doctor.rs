//! `linchpin doctor`: checks the program's files.

use std::io::Write;
use std::path::Path;

use super::{CliError, decks};
use crate::app::{Dirs, crash_report, moves};
use crate::domain::memory::MemoryModel;
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
    match check_progress(dirs) {
        Ok(line) => writeln!(out, "✓ {line}")?,
        Err(line) => {
            is_well = false;
            writeln!(out, "✗ {line}")?;
        }
    }
    let library =
        Library::open(&crate::app::core::deck_folders(dirs, &crate::app::Settings::load(&dirs.config).0));
    let orphan_count = orphans(dirs, &library);
    if orphan_count > 0 {
        writeln!(out, "✓ {}", text::terminal::progress_without_deck(orphan_count))?;
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

/// Checks the progress and describes it in a line. What it refuses opening for writing refuses as well, and the other way
/// round, but for a large file that was closed in order: that is not checked at each start.
///
/// # Errors
/// When the progress cannot be read or is damaged, as a line.
fn check_progress(dirs: &Dirs) -> Result<String, String> {
    let looked = || {
        let store = Store::open_read_only(&dirs.data)?;
        if !store.path().exists() {
            return Ok(text::terminal::no_progress_yet(store.path().display()));
        }
        store.check()?;
        store.unfinished_attempts()?;
        let unknown = store.unknown_events()?;
        let mut line = text::terminal::progress_sound(store.path().display(), store.event_count()?);
        if unknown > 0 {
            line = format!("{line}\n  {}", text::terminal::unknown_entries(unknown));
        }
        Ok(line)
    };
    looked().map_err(|error: crate::store::StoreError| error.to_string())
}

/// Number of questions that have progress but are in no deck. 0 when the progress cannot be read, which
/// [`check_progress`] reports.
fn orphans(dirs: &Dirs, library: &Library) -> usize {
    let events = Store::open_read_only(&dirs.data).and_then(|store| store.events()).unwrap_or_default();
    moves::orphans(library, &Progress::from_events(events, &MemoryModel::default())).len()
}
