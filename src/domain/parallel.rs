//! Sharing a computation among the processors. The results do not depend on how many there are.

use std::num::NonZero;
use std::panic::resume_unwind;

/// Applies `compute` to every item, and returns the results in the order of the items. Each processor takes a run of
/// neighbouring items; a panic in one becomes a panic here, just as it would without threads.
pub fn map<T: Sync, R: Send>(items: &[T], compute: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    if processors == 1 || items.len() < 2 {
        return items.iter().map(compute).collect();
    }
    std::thread::scope(|scope| {
        let compute = &compute;
        let shares = items.chunks(items.len().div_ceil(processors));
        let threads: Vec<_> = shares
            .map(|share| scope.spawn(move || share.iter().map(compute).collect::<Vec<R>>()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}
