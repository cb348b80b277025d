//! `linchpin backup`: copies the progress, lists the copies, and puts one of them back.

use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;

use super::args::BackupCommand;
use super::layout::{fit, safe_text, width};
use super::terminal::{InputLine, Terminal};
use super::{CliError, print_json};
use crate::app::Dirs;
use crate::domain::day::Moment;
use crate::store::{BackupOccasion, RestorePreview, Store, StoreError, StoredBackup};
use crate::text::terminal::{self, backup as words};

/// What `backup list --json` prints.
#[derive(Debug, Serialize)]
struct BackupListReport {
    /// Those with the newest answers first, damaged ones last.
    backups: Vec<BackupReport>,
}

/// One backup of [`BackupListReport`].
#[derive(Debug, Serialize)]
struct BackupReport {
    path: String,
    /// daily-or-by-hand, update, replaced, restore, merge or set-aside.
    reason: &'static str,
    /// When it was made.
    made: Option<Timestamp>,
    bytes: u64,
    /// Null if it is damaged.
    answers: Option<u64>,
    newest_answer: Option<Timestamp>,
    /// What is damaged; null if it can be restored.
    problem: Option<String>,
}

/// Runs the command, or makes a backup without one. Returns whether nothing is wrong.
///
/// # Errors
/// When there is nothing to copy or to restore, or it cannot be done.
pub fn run(
    dirs: &Dirs,
    action: Option<BackupCommand>,
    now: &Moment,
    out: &mut impl Write,
) -> Result<bool, CliError> {
    match action {
        None => back_up(dirs, now, out).map(|()| true),
        Some(BackupCommand::List { json }) => list(dirs, json, out),
        Some(BackupCommand::Restore { file, yes }) => restore(dirs, file, yes, now, out),
    }
}

/// Writes a checked copy of the progress and prints its path. Works while a window is open.
fn back_up(dirs: &Dirs, now: &Moment, out: &mut impl Write) -> Result<(), CliError> {
    let store = Store::open_read_only(&dirs.data)?;
    if !store.path().exists() {
        return Err(CliError::Failed(terminal::nothing_to_back_up(dirs.data.display())));
    }
    let path = store.backup(now.ms())?;
    writeln!(out, "{}", path.display())?;
    Ok(())
}

/// Lists the backups. Returns whether none is damaged.
fn list(dirs: &Dirs, json: bool, out: &mut impl Write) -> Result<bool, CliError> {
    let backups = Store::backups(&dirs.data);
    let all_sound = backups.iter().all(|backup| backup.content.is_ok());
    if json {
        print_json(out, &BackupListReport { backups: backups.iter().map(report).collect() })?;
        return Ok(all_sound);
    }
    if backups.is_empty() {
        writeln!(out, "{}", words::NONE)?;
        return Ok(true);
    }
    let rows = std::iter::once(words::HEADINGS.map(str::to_owned)).chain(backups.iter().map(row));
    let rows: Vec<[String; 6]> = rows.collect();
    let widths: [usize; 6] =
        std::array::from_fn(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0));
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| fit(cell, width)).collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    Ok(all_sound)
}

fn row(backup: &StoredBackup) -> [String; 6] {
    let (answers, newest) = match &backup.content {
        Ok(content) => (content.answer_count.to_string(), words::time(content.newest_answer_ms)),
        Err(_) => (words::DAMAGED.to_owned(), words::UNKNOWN.to_owned()),
    };
    let why = match backup.occasion {
        BackupOccasion::Dated => words::DATED,
        BackupOccasion::Migration => words::MIGRATION,
        BackupOccasion::Replaced => words::REPLACED,
        BackupOccasion::Restore => words::RESTORE,
        BackupOccasion::Merge => words::MERGE,
        BackupOccasion::SetAside => words::SET_ASIDE,
    };
    let name = backup.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    [words::time(backup.made_ms), answers, newest, words::size(backup.len), why.to_owned(), name]
}

fn report(backup: &StoredBackup) -> BackupReport {
    let time = |ms: Option<i64>| ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let content = backup.content.as_ref().ok();
    BackupReport {
        path: backup.path.display().to_string(),
        reason: match backup.occasion {
            BackupOccasion::Dated => "daily-or-by-hand",
            BackupOccasion::Migration => "update",
            BackupOccasion::Replaced => "replaced",
            BackupOccasion::Restore => "restore",
            BackupOccasion::Merge => "merge",
            BackupOccasion::SetAside => "set-aside",
        },
        made: time(backup.made_ms),
        bytes: backup.len,
        answers: content.map(|content| content.answer_count),
        newest_answer: content.and_then(|content| time(content.newest_answer_ms)),
        problem: backup.content.as_ref().err().map(StoreError::to_string),
    }
}

/// Puts a backup in the place of the progress, after a preview and a question. Returns whether it did.
fn restore(
    dirs: &Dirs,
    file: Option<PathBuf>,
    is_confirmed: bool,
    now: &Moment,
    out: &mut impl Write,
) -> Result<bool, CliError> {
    let file = file.map(|file| find(dirs, file));
    let preview = Store::preview_restore(&dirs.data, file.as_deref())?;
    print_preview(&preview, out)?;
    out.flush()?;
    if !is_confirmed {
        let mut terminal = Terminal::open();
        if !terminal.is_interactive {
            return Err(CliError::Failed(words::NEEDS_YES.to_owned()));
        }
        let answer = terminal.read_line(words::QUESTION)?;
        let is_yes = |text: &str| matches!(text.trim().to_lowercase().as_str(), "y" | "yes");
        if !matches!(&answer, InputLine::Text(text) if is_yes(text)) {
            writeln!(out, "{}", words::NOTHING_CHANGED)?;
            return Ok(false);
        }
    }
    let restored = Store::restore(&dirs.data, Some(&preview.backup.path), now.ms())?;
    writeln!(out, "{}", words::restored(safe(restored.backup.display())))?;
    if restored.carried_over > 0 {
        writeln!(out, "{}", words::carried_over(restored.carried_over))?;
    }
    if let Some(kept) = restored.kept {
        writeln!(out, "{}", words::kept(safe(kept.display())))?;
    }
    Ok(true)
}

/// A path, or the name of a backup.
fn find(dirs: &Dirs, file: PathBuf) -> PathBuf {
    let named = dirs.data.join("backups").join(&file);
    if !file.exists() && named.exists() { named } else { file }
}

fn print_preview(preview: &RestorePreview, out: &mut impl Write) -> Result<(), CliError> {
    let now = match &preview.current {
        Ok(Some(content)) => words::now(content.answer_count, content.newest_answer_ms),
        Ok(None) => words::NOW_NOTHING.to_owned(),
        Err(error) => words::now_damaged(safe(error)),
    };
    writeln!(out, "{now}")?;
    if let Ok(content) = &preview.backup.content {
        let path: &Path = &preview.backup.path;
        let path = safe(path.display());
        writeln!(out, "{}", words::chosen(path, content.answer_count, content.newest_answer_ms))?;
    }
    let beyond = match &preview.current {
        Ok(None) => return Ok(()),
        Ok(Some(_)) => words::set_back(preview.answers_beyond),
        Err(_) => words::can_be_carried_over(preview.answers_beyond),
    };
    writeln!(out, "{beyond}")?;
    Ok(())
}

fn safe(text: impl Display) -> String {
    safe_text(&text.to_string())
}
