//! Reads the progress: from the summaries that are kept in its file, or by folding the log.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::domain::memory::MemoryModel;
use crate::domain::progress::Progress;
use crate::domain::summary::SummaryRules;
use crate::store::{FoundProgress, Store, StoreError, StoreLog};

/// Reads the progress. A store that writes keeps what had to be folded.
pub(super) fn read_progress(
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
    let progress = match Progress::from_log(log, model, longest_ms) {
        Ok(progress) => progress,
        Err(error) => {
            // The error says it in words; the store tells what sort it is.
            store.events()?;
            return Err(StoreError::Io { path: store.path().to_owned(), source: io::Error::other(error) });
        }
    };
    tracing::info!(events = progress.event_count(), "progress folded");
    keep_progress(store, &progress);
    Ok(progress)
}

/// Keeps the summaries, if the store writes.
pub(super) fn keep_progress(store: &mut Store, progress: &Progress) {
    if store.is_writable() {
        log_failure(store.keep_progress(progress));
    }
}

/// Summaries that cannot be kept are made again at the next start.
fn log_failure(kept: Result<(), StoreError>) {
    if let Err(error) = kept {
        tracing::warn!(%error, "summaries not kept");
    }
}
