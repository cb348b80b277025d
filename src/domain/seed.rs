//! Reproducible chance: every shuffle and every fuzz is a function of a seed made from what it belongs to.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// A 64-bit seed.
pub type Seed = u64;

/// The seed of a text: FNV-1a with 64 bits (Fowler, Noll, Vo; offset basis and prime as published).
/// The same on every machine and with every version, so that an interval promised yesterday is the one given today.
pub fn seed_of(text: &str) -> Seed {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |seed, byte| {
        (seed ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The generator for a seed.
pub fn rng(seed: Seed) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}
