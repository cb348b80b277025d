//! Background work that reports results one by one and can be cancelled.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use super::RepaintSignal;

/// Work that runs on its own thread.
#[derive(Debug)]
pub(super) struct BackgroundTask<T> {
    results: Receiver<T>,
    share_released: Receiver<()>,
    cancel: Arc<AtomicBool>,
}

/// Held by background work while it shares the progress, which must not change meanwhile. Dropping the guard
/// releases the share.
#[derive(Debug)]
pub(super) struct ShareGuard {
    // Nothing is ever sent: the other end notices the drop, which also happens if the work panics.
    _until_dropped: Sender<()>,
}

impl<T: Send + 'static> BackgroundTask<T> {
    /// Runs `work` on a new thread. `work` gets the cancel flag, the guard and a function that reports a
    /// result. `wake` is called after every result and at the end.
    pub(super) fn spawn(
        wake: RepaintSignal,
        work: impl FnOnce(&AtomicBool, ShareGuard, &mut dyn FnMut(T)) + Send + 'static,
    ) -> Self {
        let (sender, results) = channel();
        let (until_dropped, share_released) = channel();
        let cancel = Arc::new(AtomicBool::new(false));
        let is_cancelled = cancel.clone();
        std::thread::spawn(move || {
            let mut report = |result| {
                // The receiver is gone if the task was replaced meanwhile.
                let _ = sender.send(result);
                wake.request_repaint();
            };
            work(&is_cancelled, ShareGuard { _until_dropped: until_dropped }, &mut report);
            drop(sender);
            wake.request_repaint();
        });
        Self { results, share_released, cancel }
    }

    /// The new results, and whether the work has ended.
    pub(super) fn poll(&self) -> (Vec<T>, bool) {
        let mut results = Vec::new();
        loop {
            match self.results.try_recv() {
                Ok(result) => results.push(result),
                Err(TryRecvError::Empty) => return (results, false),
                Err(TryRecvError::Disconnected) => return (results, true),
            }
        }
    }

    /// Cancels the work and waits until it released what it shares, usually within a millisecond.
    pub(super) fn cancel(self) {
        self.cancel.store(true, Ordering::Relaxed);
        // Nothing is ever sent, so this returns with an error once the guard is dropped.
        let _ = self.share_released.recv();
    }
}
