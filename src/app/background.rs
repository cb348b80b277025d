//! Work beside the window: it tells its results one by one, and can be called off.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use super::RepaintSignal;

/// Work under way on a thread of its own.
#[derive(Debug)]
pub(super) struct BackgroundTask<T> {
    results: Receiver<T>,
    share_released: Receiver<()>,
    cancel: Arc<AtomicBool>,
}

/// Held by the work for as long as it shares the history, which must not change meanwhile: dropped, it is given back.
#[derive(Debug)]
pub(super) struct ShareGuard {
    // Nothing is ever sent: the other end hears when it is dropped, also where the work came to grief.
    _until_dropped: Sender<()>,
}

impl<T: Send + 'static> BackgroundTask<T> {
    /// Begins `work`, which is given the flag that calls it off and a way to tell a result; wakes `wake` with each of
    /// them and at the end.
    pub(super) fn spawn(
        wake: RepaintSignal,
        work: impl FnOnce(&AtomicBool, ShareGuard, &mut dyn FnMut(T)) + Send + 'static,
    ) -> Self {
        let (sender, results) = channel();
        let (until_dropped, given_back) = channel();
        let cancel = Arc::new(AtomicBool::new(false));
        let is_cancelled = cancel.clone();
        std::thread::spawn(move || {
            let mut tell = |result| {
                // Nobody waits when something changed again meanwhile.
                let _ = sender.send(result);
                wake.request_repaint();
            };
            work(&is_cancelled, ShareGuard { _until_dropped: until_dropped }, &mut tell);
            drop(sender);
            wake.request_repaint();
        });
        Self { results, share_released: given_back, cancel }
    }

    /// The results that are there, and whether there will be no more.
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

    /// Ends it, and waits until it has given back what it shares: within a millisecond or so.
    pub(super) fn cancel(self) {
        self.cancel.store(true, Ordering::Relaxed);
        // An error is what is waited for: nothing is ever sent.
        let _ = self.share_released.recv();
    }
}
