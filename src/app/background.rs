//! Background work that reports results one by one and can be cancelled.

use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::RepaintSignal;
use super::task_canceller::TaskCanceller;

/// Work that runs on its own thread.
#[derive(Debug)]
pub(super) struct BackgroundTask<T> {
    results: Receiver<T>,
    canceller: TaskCanceller,
}

/// Held by background work while it shares the progress, which must not change meanwhile. Dropping the guard
/// releases the share.
#[derive(Debug)]
pub(super) struct ShareGuard(TaskCanceller);

impl Drop for ShareGuard {
    fn drop(&mut self) {
        self.0.release();
    }
}

impl<T: Send + 'static> BackgroundTask<T> {
    /// Runs `work` on a new thread. `work` gets the cancel flag, the guard and a function that reports a
    /// result. `wake` is called after every result and at the end.
    pub(super) fn spawn(
        wake: RepaintSignal,
        work: impl FnOnce(&AtomicBool, ShareGuard, &mut dyn FnMut(T)) + Send + 'static,
    ) -> Self {
        let (sender, results) = channel();
        let canceller = TaskCanceller::default();
        let of_work = canceller.clone();
        std::thread::spawn(move || {
            let mut report = |result| {
                // The receiver is gone if the task was replaced meanwhile.
                let _ = sender.send(result);
                wake.request_repaint();
            };
            work(of_work.flag(), ShareGuard(of_work.clone()), &mut report);
            drop(sender);
            wake.request_repaint();
        });
        Self { results, canceller }
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

    /// A handle that cancels the work from elsewhere.
    pub(super) fn canceller(&self) -> TaskCanceller {
        self.canceller.clone()
    }

    /// Cancels the work and waits until it released what it shares, usually within a millisecond.
    pub(super) fn cancel(self) {
        self.canceller.cancel();
    }
}
