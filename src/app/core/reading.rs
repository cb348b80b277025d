//! Reads the progress: from the summaries that are kept in its file, or by folding the log.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::Core;
use crate::background::{BackgroundTask, Unfinished};
use crate::domain::ids::CardKey;
use crate::domain::memory::MemoryModel;
use crate::domain::progress::Progress;
use crate::domain::summary::{CardSummary, SummaryRules};
use crate::store::{FoundProgress, Store, StoreError, StoreLog};
use crate::text;

/// Reads the progress of the data folder that the store was opened in. A store that writes keeps what had to be folded.
///
/// # Errors
/// When the log cannot be read.
pub fn read_progress(
    store: &mut Store,
    data: &Path,
    model: &MemoryModel,
    longest_ms: u32,
) -> Result<Progress, StoreError> {
    let log = Arc::new(StoreLog::new(data));
    let rules = SummaryRules::new(model, longest_ms);
    if let Some(FoundProgress { stored, later }) = store.kept_progress(&rules)? {
        let mut progress = Progress::from_stored(stored, log.clone(), rules);
        tracing::info!(cards = progress.cards().len(), later = later.len(), "progress read");
        let changes = later.iter().map(|event| (event.order_ms, &event.card, &event.change));
        match progress.prepare(changes) {
            _ if later.is_empty() => return Ok(progress),
            Ok(needed) => {
                let change = progress.folded(later, needed, model);
                if store.is_writable() {
                    log_failure(store.keep_later(&change));
                }
                progress.apply(change);
                return Ok(progress);
            }
            // What can be read at all is found out below.
            Err(_) => store.stop_keeping(),
        }
    }
    let progress = fold(store, log, model, longest_ms)?;
    if store.is_writable() {
        log_failure(store.keep_progress(&progress));
    }
    Ok(progress)
}

fn fold(
    store: &Store,
    log: Arc<StoreLog>,
    model: &MemoryModel,
    longest_ms: u32,
) -> Result<Progress, StoreError> {
    match Progress::from_log(log, model, longest_ms) {
        Ok(progress) => {
            tracing::info!(events = progress.event_count(), "progress folded");
            Ok(progress)
        }
        Err(error) => {
            // The error says it in words; the store tells what sort it is.
            store.events()?;
            Err(StoreError::Io { path: store.path().to_owned(), source: io::Error::other(error) })
        }
    }
}

/// Reads the progress as at a start, and counts the cards that have another summary then than their events give. There are
/// none, unless the program has a fault.
///
/// # Errors
/// When the log cannot be read.
pub fn check_progress(
    store: &mut Store,
    data: &Path,
    model: &MemoryModel,
    longest_ms: u32,
) -> Result<(Progress, usize), StoreError> {
    let progress = read_progress(store, data, model, longest_ms)?;
    let folded = fold(store, Arc::new(StoreLog::new(data)), model, longest_ms)?;
    let is_other = |key: &CardKey| {
        let record = |progress: &Progress| progress.summary(key).map(CardSummary::to_bytes);
        record(&progress) != record(&folded)
    };
    let wrong = folded.cards().filter(|(key, _)| is_other(key)).count();
    let surplus = progress.cards().filter(|(key, _)| folded.summary(key).is_none()).count();
    Ok((progress, wrong + surplus))
}

/// Summaries that cannot be kept are made again at the next start.
fn log_failure(kept: Result<(), StoreError>) {
    if let Err(error) = kept {
        tracing::warn!(%error, "summaries not kept");
    }
}

impl Core {
    /// Folds the log again, beside the window if there is one, if another longest time counts for an answer now.
    pub(super) fn refold(&mut self) {
        let longest_ms = self.settings.longest_answer_ms();
        self.refolding = None;
        if self.progress.longest_answer_ms() == longest_ms {
            return;
        }
        let (log, model) = (self.progress.log().clone(), self.scheduler.model.clone());
        let fold = move |_: &_| Some(Progress::from_log(log, &model, longest_ms));
        self.refolding = Some(BackgroundTask::start("refold", self.repaint.clone(), fold));
        self.poll_refolding();
    }

    /// Takes the progress that was folded again.
    pub(in crate::app) fn poll_refolding(&mut self) {
        let Some(folded) = self.refolding.as_ref().and_then(BackgroundTask::poll_result) else { return };
        self.refolding = None;
        match folded {
            // Something was answered meanwhile.
            Ok(Ok(progress)) if progress.event_count() != self.progress.event_count() => self.refold(),
            Ok(Ok(progress)) => {
                // The next start finds other rules, and keeps summaries by these.
                self.store.stop_keeping();
                self.cancel_progress_readers();
                self.progress = Arc::new(progress);
                self.invalidate();
            }
            // The next start does it.
            Ok(Err(error)) => {
                self.notify_error(text::background::unreadable(text::background::ANSWER_TIMES, error));
            }
            Err(Unfinished) => {
                self.notify_error(text::background::unfinished(text::background::ANSWER_TIMES));
            }
        }
    }
}
