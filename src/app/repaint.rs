//! How background threads tell the window that there is something new to show.

use std::fmt;
use std::sync::Arc;

/// Requests a repaint. The default has no receiver: without a window there is nothing to repaint.
#[derive(Clone, Default)]
pub struct RepaintSignal(Option<Arc<dyn Fn() + Send + Sync>>);

impl RepaintSignal {
    /// A signal that calls `wake`, from any thread.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(wake)))
    }

    /// Whether the signal has a receiver.
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
