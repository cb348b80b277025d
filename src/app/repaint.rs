//! How background work tells the window that it has something to show.

use std::fmt;
use std::sync::Arc;

/// Wakes whoever shows the state; without a window nobody needs to be woken.
#[derive(Clone, Default)]
pub struct RepaintSignal(Option<Arc<dyn Fn() + Send + Sync>>);

impl RepaintSignal {
    /// Wakes by calling `wake`, from any thread.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(wake)))
    }

    /// Whether there is somebody to wake.
    pub fn is_connected(&self) -> bool {
        self.0.is_some()
    }

    /// Wakes.
    pub fn request_repaint(&self) {
        if let Some(wake) = &self.0 {
            wake();
        }
    }
}

impl fmt::Debug for RepaintSignal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Wake" } else { "Wake (nobody)" })
    }
}
