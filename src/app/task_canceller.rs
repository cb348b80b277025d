//! Cancels background work from elsewhere than its owner.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Cancels a background task, and waits until it has released what it shares. Clones cancel the same task.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct TaskCanceller(Arc<CancelState>);

#[derive(Debug, Default)]
struct CancelState {
    is_cancelled: AtomicBool,
    is_released: Mutex<bool>,
    released: Condvar,
}

impl TaskCanceller {
    pub(in crate::app) fn flag(&self) -> &AtomicBool {
        &self.0.is_cancelled
    }

    pub(in crate::app) fn release(&self) {
        *self.0.is_released.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.released.notify_all();
    }

    /// Whether the task no longer shares anything.
    pub(in crate::app) fn is_released(&self) -> bool {
        *self.0.is_released.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Cancels the task and waits until it shares nothing any more, usually within a millisecond.
    pub(in crate::app) fn cancel(&self) {
        self.0.is_cancelled.store(true, Ordering::Relaxed);
        let mut is_released = self.0.is_released.lock().unwrap_or_else(PoisonError::into_inner);
        while !*is_released {
            is_released = self.0.released.wait(is_released).unwrap_or_else(PoisonError::into_inner);
        }
    }
}
