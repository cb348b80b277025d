//! Work beside the window: it tells its results one by one, and can be called off.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use super::Wake;

/// Work under way on a thread of its own.
#[derive(Debug)]
pub(super) struct Beside<T> {
    results: Receiver<T>,
    given_back: Receiver<()>,
    cancel: Arc<AtomicBool>,
}

/// Held by the work for as long as it shares the history, which must not change meanwhile: dropped, it is given back.
#[derive(Debug)]
pub(super) struct Shares {
    // Nothing is ever sent: the other end hears when it is dropped, also where the work came to grief.
    _until_dropped: Sender<()>,
}

impl<T: Send + 'static> Beside<T> {
    /// Begins `work`, which is given the flag that calls it off and a way to tell a result; wakes `wake` with each of
    /// them and at the end.
    pub(super) fn begin(
        wake: Wake,
        work: impl FnOnce(&AtomicBool, Shares, &mut dyn FnMut(T)) + Send + 'static,
    ) -> Self {
        let (sender, results) = channel();
        let (until_dropped, given_back) = channel();
        let cancel = Arc::new(AtomicBool::new(false));
        let is_cancelled = cancel.clone();
        std::thread::spawn(move || {
            let mut tell = |result| {
                // Nobody waits when something changed again meanwhile.
                let _ = sender.send(result);
                wake.wake();
            };
            work(&is_cancelled, Shares { _until_dropped: until_dropped }, &mut tell);
            drop(sender);
            wake.wake();
        });
        Self { results, given_back, cancel }
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
    pub(super) fn call_off(self) {
        self.cancel.store(true, Ordering::Relaxed);
        // An error is what is waited for: nothing is ever sent.
        let _ = self.given_back.recv();
    }
}
