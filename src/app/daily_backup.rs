//! Once a day, on a background thread: the progress file is checked and backed up.

use super::core::Core;
use crate::background::BackgroundTask;
use crate::domain::day::Moment;
use crate::store::{Store, StoreError};
use crate::text;

const DAY_MS: i64 = 24 * 3_600_000;

/// The backup of the day, while it is made.
#[derive(Debug, Default)]
pub(super) struct DailyBackup {
    running: Option<BackgroundTask<Result<(), StoreError>>>,
}

impl DailyBackup {
    /// Checks and backs up the progress on a connection of its own, unless there is none yet or the newest backup is less
    /// than a day old.
    pub(super) fn start(&mut self, core: &Core, now: &Moment) {
        if !is_due(core, now) {
            return;
        }
        let (data, now_ms) = (core.dirs.data.clone(), now.ms());
        self.running = Some(BackgroundTask::spawn("backup", core.repaint.clone(), move |_| {
            // `backup` checks the data before and after writing.
            Some(Store::open_read_only(&data).and_then(|store| store.backup(now_ms).map(drop)))
        }));
    }

    /// Reports a backup that failed.
    pub(super) fn poll(&mut self, core: &mut Core) {
        let Some(result) = self.running.as_ref().and_then(BackgroundTask::poll_result) else { return };
        self.running = None;
        match result {
            Ok(Ok(())) => {}
            Ok(Err(error)) => core.notify_error(text::general::no_daily_backup(error)),
            Err(_) => core.notify_error(text::background::unfinished(text::background::BACKUP)),
        }
    }
}

/// Makes the backup of the day at the end of a session in the terminal, unless the newest one is less than a day old.
///
/// # Errors
/// As [`Store::backup`].
pub fn make_if_due(core: &Core, now: &Moment) -> Result<(), StoreError> {
    if is_due(core, now) { core.store.backup(now.ms()).map(drop) } else { Ok(()) }
}

/// Whether there is progress, and the newest backup of it is a day old.
fn is_due(core: &Core, now: &Moment) -> bool {
    // One that seems to come later was made while the clock was wrong.
    let last_day = now.ms() - DAY_MS + 1..now.ms() + 1;
    core.progress.cards().next().is_some() && !Store::has_backup_of(&core.dirs.data, last_day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Dirs;
    use crate::app::clock::Clock;
    use crate::background::RepaintSignal;

    #[test]
    fn a_backup_that_panics_is_told_and_not_counted_as_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Clock::set_to("2026-11-23T10:00").expect("a time").now(4);
        let store = Store::open(folder.path()).expect("it opens");
        let mut core = Core::load(store, Dirs::in_folder(folder.path()), &now).expect("it opens");
        let task = BackgroundTask::start("test", RepaintSignal::default(), |_| panic!("of the test"));
        let mut backup = DailyBackup { running: Some(task) };
        backup.poll(&mut core);
        assert!(core.notice.is_some_and(|notice| notice.is_error && notice.text.contains("backup")));
        assert!(backup.running.is_none());
    }
}
