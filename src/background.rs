//! Work that runs beside the window: it reports results and progress, can be cancelled, and a panic in it ends
//! nothing but itself.
//!
//! A [`BackgroundTask`] is polled by whoever started it, usually once a frame. It asks for that frame through a
//! [`RepaintSignal`]. All threads of the program are started here, so that none can fail without being noticed: what
//! ended in a panic is [`BackgroundState::Failed`], and the owner says so in plain words. The panic itself, with its
//! place, is in the log.
//!
//! # Shared data
//! Work may share data that must not change meanwhile, such as the progress: changing it while it is shared would
//! copy it. Whoever wants to change it cancels the work first. [`BackgroundTask::cancel`] and [`Canceller::cancel`]
//! return when the work has called [`BackgroundContext::release`] or has ended, usually within a millisecond.

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

/// Asks the window to draw again, because there is something new to show. The default has no window.
#[derive(Clone, Default)]
pub struct RepaintSignal(Option<Arc<dyn Fn() + Send + Sync>>);

impl RepaintSignal {
    /// A signal that calls `wake`, from any thread.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(wake)))
    }

    /// Whether there is a window.
    pub fn is_connected(&self) -> bool {
        self.0.is_some()
    }

    /// Requests a repaint.
    pub fn request_repaint(&self) {
        if let Some(wake) = &self.0 {
            wake();
        }
    }
}

impl fmt::Debug for RepaintSignal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "RepaintSignal" } else { "RepaintSignal(unconnected)" })
    }
}

/// Work on its own thread, and the results that it has reported so far. Dropping it cancels the work without
/// waiting; work that does not look at [`BackgroundContext::is_cancelled`] goes on to its end.
#[derive(Debug)]
pub struct BackgroundTask<T> {
    results: Receiver<T>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    joins_on_drop: bool,
}

/// What the work is given: how it reports, and whether anybody still wants it.
#[derive(Debug)]
pub struct BackgroundContext<T> {
    sender: Sender<T>,
    shared: Arc<Shared>,
    wake: RepaintSignal,
}

/// Cancels a task from elsewhere. Clones cancel the same task. After the task has ended it does nothing.
#[derive(Clone, Debug)]
pub struct Canceller(Arc<Shared>);

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackgroundState {
    /// More results may come.
    Running,
    /// The work has ended, and all of its results were taken.
    Done,
    /// It was cancelled. There are no results, not even those that it reported before, because they are out of date.
    Cancelled,
    /// It panicked, or no thread could be started.
    Failed,
}

/// The work ended without its result: it panicked, or no thread could be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it could not be finished")]
pub struct Unfinished;

thread_local! {
    /// Whether the next panic of this thread is caught by [`catch_panic`].
    static CATCHES_NEXT_PANIC: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` and catches its panic. What the panic left half done is the caller's to throw away.
///
/// # Errors
/// [`Unfinished`] if it panicked.
pub fn catch_panic<R>(work: impl FnOnce() -> R) -> Result<R, Unfinished> {
    let outer = CATCHES_NEXT_PANIC.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    CATCHES_NEXT_PANIC.set(outer);
    result.map_err(|_| Unfinished)
}

/// For a panic hook: whether this panic ends nothing but the work in a [`catch_panic`]. A second one before that has
/// returned is a panic while unwinding, which ends the program.
pub fn claim_caught_panic() -> bool {
    CATCHES_NEXT_PANIC.replace(false)
}

#[derive(Debug, Default)]
struct Shared {
    is_cancelled: AtomicBool,
    /// The work returned and did not panic.
    is_complete: AtomicBool,
    /// The completed share of the work, from 0 to 1, as the bits of an `f32`.
    progress: AtomicU32,
    is_released: Mutex<bool>,
    released: Condvar,
}

impl<T: Send + 'static> BackgroundTask<T> {
    /// Runs `work` on a new thread. What it returns is its last result; work that reports everything through its
    /// context returns `None`. `wake` is called after every report and at the end. `name` is that of the thread,
    /// for the log.
    pub fn spawn(
        name: &str,
        wake: RepaintSignal,
        work: impl FnOnce(&BackgroundContext<T>) -> Option<T> + Send + 'static,
    ) -> Self {
        let (mut task, run) = Self::prepare(wake, work);
        // Without a thread, `run` is dropped, which closes the channel: the task has failed.
        task.thread = Builder::new().name(name.to_owned()).spawn(run).ok();
        task
    }

    /// Like [`BackgroundTask::spawn`] if there is a window that must not wait. Otherwise, as in the terminal, runs
    /// `work` on this thread; the task has ended when this returns.
    pub fn start(
        name: &str,
        wake: RepaintSignal,
        work: impl FnOnce(&BackgroundContext<T>) -> Option<T> + Send + 'static,
    ) -> Self {
        if wake.is_connected() {
            return Self::spawn(name, wake, work);
        }
        let (task, run) = Self::prepare(wake, work);
        run();
        task
    }

    fn prepare(
        wake: RepaintSignal,
        work: impl FnOnce(&BackgroundContext<T>) -> Option<T> + Send + 'static,
    ) -> (Self, impl FnOnce() + Send + 'static) {
        let (sender, results) = channel();
        let shared = Arc::<Shared>::default();
        let context = BackgroundContext { sender, shared: shared.clone(), wake };
        let run = move || {
            // What a panic left half done belongs to the work and is dropped with it.
            if let Ok(last) = catch_panic(|| work(&context)) {
                if let Some(result) = last {
                    // The receiver is gone if the task was dropped meanwhile.
                    let _ = context.sender.send(result);
                }
                context.shared.is_complete.store(true, Ordering::Release);
            }
            let wake = context.wake.clone();
            // Closes the channel, so that whoever is woken sees the end.
            drop(context);
            wake.request_repaint();
        };
        (Self { results, shared, thread: None, joins_on_drop: false }, run)
    }
}

impl<T> BackgroundTask<T> {
    /// Makes dropping the task wait for its end.
    #[must_use]
    pub fn join_on_drop(mut self) -> Self {
        self.joins_on_drop = true;
        self
    }

    /// The results since the last call, and how far the task is.
    pub fn poll(&self) -> (Vec<T>, BackgroundState) {
        let mut results = Vec::new();
        let state = loop {
            match self.results.try_recv() {
                Ok(result) => results.push(result),
                Err(TryRecvError::Empty) => break BackgroundState::Running,
                Err(TryRecvError::Disconnected) if self.shared.is_complete.load(Ordering::Acquire) => {
                    break BackgroundState::Done;
                }
                Err(TryRecvError::Disconnected) => break BackgroundState::Failed,
            }
        };
        if self.is_cancelled() { (Vec::new(), BackgroundState::Cancelled) } else { (results, state) }
    }

    /// The result of work that has only one, given out once. `None` while it is running.
    pub fn poll_result(&self) -> Option<Result<T, Unfinished>> {
        match self.results.try_recv() {
            Ok(result) => Some(Ok(result)),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(Unfinished)),
        }
    }

    /// Like [`BackgroundTask::poll_result`], but waits for the result until `timeout` has passed.
    pub fn wait_for_result(&self, timeout: Duration) -> Option<Result<T, Unfinished>> {
        match self.results.recv_timeout(timeout) {
            Ok(result) => Some(Ok(result)),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Err(Unfinished)),
        }
    }

    /// The completed share of the work, from 0 to 1, as it was last reported.
    pub fn progress(&self) -> f32 {
        f32::from_bits(self.shared.progress.load(Ordering::Relaxed))
    }

    /// Whether the task was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.shared.is_cancelled.load(Ordering::Relaxed)
    }

    /// Cancels the work and waits until it has released what it shares.
    pub fn cancel(self) {
        self.canceller().cancel();
    }

    /// Cancels the work and waits for its end. Returns its result: work that was nearly done may have succeeded.
    pub fn cancel_and_join(mut self) -> Result<T, Unfinished> {
        self.shared.is_cancelled.store(true, Ordering::Relaxed);
        self.wait_for_thread();
        self.poll_result().unwrap_or(Err(Unfinished))
    }

    /// A handle that cancels this task.
    pub fn canceller(&self) -> Canceller {
        Canceller(self.shared.clone())
    }

    /// Waits until the work has ended. Its results are lost.
    pub fn join(mut self) {
        self.wait_for_thread();
    }

    fn wait_for_thread(&mut self) {
        if let Some(thread) = self.thread.take() {
            // Only the repaint signal can panic outside of the work, and then the work has ended as well.
            let _ = thread.join();
        }
    }
}

impl<T> Drop for BackgroundTask<T> {
    fn drop(&mut self) {
        self.shared.is_cancelled.store(true, Ordering::Relaxed);
        if self.joins_on_drop {
            self.wait_for_thread();
        }
    }
}

impl<T> BackgroundContext<T> {
    /// Reports a result.
    pub fn report(&self, result: T) {
        // The receiver is gone if the task was dropped meanwhile.
        let _ = self.sender.send(result);
        self.wake.request_repaint();
    }

    /// Sets the completed share of the work, from 0 to 1. Returns whether to continue.
    pub fn report_progress(&self, share: f32) -> bool {
        self.shared.progress.store(share.clamp(0.0, 1.0).to_bits(), Ordering::Relaxed);
        !self.is_cancelled()
    }

    /// Whether nobody wants the results any more.
    pub fn is_cancelled(&self) -> bool {
        self.cancel_flag().load(Ordering::Relaxed)
    }

    /// The same as a flag, for computations that know nothing of tasks.
    pub fn cancel_flag(&self) -> &AtomicBool {
        &self.shared.is_cancelled
    }

    /// Says that the work no longer uses what it shares: drop that first. The end of the work releases it too.
    pub fn release(&self) {
        self.shared.release();
    }
}

impl<T> Drop for BackgroundContext<T> {
    fn drop(&mut self) {
        self.shared.release();
    }
}

impl Canceller {
    /// Cancels the work and waits until it has released what it shares.
    pub fn cancel(&self) {
        self.0.is_cancelled.store(true, Ordering::Relaxed);
        let mut is_released = self.0.lock_released();
        while !*is_released {
            is_released = self.0.released.wait(is_released).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Whether the work has released what it shares, so that there is nothing to wait for any more.
    pub fn is_released(&self) -> bool {
        *self.0.lock_released()
    }
}

impl Shared {
    fn release(&self) {
        *self.lock_released() = true;
        self.released.notify_all();
    }

    /// A panic while the lock is held cannot leave a `bool` half written.
    fn lock_released(&self) -> MutexGuard<'_, bool> {
        self.is_released.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A signal, and the end that notices it.
    fn signal() -> (RepaintSignal, Receiver<()>) {
        let (sender, woken) = channel();
        let wake = move || {
            // At the end of a test nobody waits any more.
            let _ = sender.send(());
        };
        (RepaintSignal::new(wake), woken)
    }

    #[test]
    fn results_come_one_by_one_and_the_last_with_the_end() {
        let (wake, woken) = signal();
        let (go_on, wait) = channel::<()>();
        let task = BackgroundTask::spawn("test", wake, move |context| {
            context.report(1);
            let _ = wait.recv();
            Some(2)
        });
        woken.recv().expect("woken by the first");
        assert_eq!(task.poll(), (vec![1], BackgroundState::Running));
        go_on.send(()).expect("it waits");
        woken.recv().expect("woken at the end");
        assert_eq!(task.poll(), (vec![2], BackgroundState::Done));
        assert!(woken.try_recv().is_err(), "woken once for the last result and the end");
    }

    #[test]
    fn a_panic_fails_the_task_and_releases_what_it_shared() {
        let (wake, woken) = signal();
        let shared = Arc::new(());
        let in_task = shared.clone();
        let task = BackgroundTask::<u8>::spawn("test", wake, move |context| {
            context.report(1);
            let _in_task = in_task;
            panic!("of the test");
        });
        woken.recv().expect("woken by the result");
        woken.recv().expect("woken by the panic");
        assert_eq!(Arc::strong_count(&shared), 1);
        assert!(task.canceller().is_released());
        assert_eq!(task.poll(), (vec![1], BackgroundState::Failed));
        assert_eq!(task.poll_result(), Some(Err(Unfinished)));
        let here = BackgroundTask::<u8>::start("test", RepaintSignal::default(), |_| panic!("of the test"));
        assert_eq!(here.poll_result(), Some(Err(Unfinished)), "on the calling thread too");
    }

    #[test]
    fn cancelling_returns_when_the_share_is_released_though_the_work_goes_on() {
        let (wake, _woken) = signal();
        let mut progress = Arc::new(1);
        let shared = progress.clone();
        let (go_on, wait) = channel::<()>();
        let task = BackgroundTask::spawn("test", wake, move |context| {
            context.report(1);
            while !context.is_cancelled() {
                std::thread::sleep(Duration::from_millis(1));
            }
            drop(shared);
            context.release();
            let _ = wait.recv();
            None
        });
        let canceller = task.canceller();
        assert!(!canceller.is_released());
        canceller.cancel();
        assert!(Arc::get_mut(&mut progress).is_some(), "nobody shares it any more");
        assert_eq!(task.poll(), (Vec::new(), BackgroundState::Cancelled), "what was reported is out of date");
        canceller.cancel();
        drop(go_on);
        task.join();
        canceller.cancel();
    }

    #[test]
    fn progress_is_reported_and_tells_the_work_to_stop() {
        let (wake, woken) = signal();
        let (go_on, wait) = channel::<()>();
        let task = BackgroundTask::spawn("test", wake, move |context| {
            assert!(context.report_progress(0.25));
            context.report(true);
            let _ = wait.recv();
            Some(context.report_progress(7.0))
        });
        woken.recv().expect("woken by the report");
        assert_eq!(task.progress(), 0.25);
        assert_eq!(task.poll_result(), Some(Ok(true)));
        task.shared.is_cancelled.store(true, Ordering::Relaxed);
        drop(go_on);
        woken.recv().expect("woken at the end");
        assert_eq!(task.progress(), 1.0);
        assert_eq!(task.poll_result(), Some(Ok(false)), "it was told to stop");
    }

    #[test]
    fn dropping_a_task_cancels_it_and_waits_only_if_asked_to() {
        let ended = Arc::new(AtomicBool::new(false));
        let at_end = ended.clone();
        let (go_on, wait) = channel::<()>();
        let task = BackgroundTask::<()>::spawn("test", RepaintSignal::default(), move |context| {
            let _ = wait.recv();
            at_end.store(context.is_cancelled(), Ordering::Relaxed);
            None
        });
        let canceller = task.canceller();
        drop(task);
        assert!(!canceller.is_released(), "it goes on");
        drop(go_on);
        canceller.cancel();
        assert!(ended.load(Ordering::Relaxed));

        let ended = Arc::new(AtomicBool::new(false));
        let at_end = ended.clone();
        let task = BackgroundTask::<()>::spawn("test", RepaintSignal::default(), move |_| {
            std::thread::sleep(Duration::from_millis(20));
            at_end.store(true, Ordering::Relaxed);
            None
        });
        drop(task.join_on_drop());
        assert!(ended.load(Ordering::Relaxed));
    }
}
