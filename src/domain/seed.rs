//! Reproducible chance: every shuffle and every fuzz is a function of a seed made from what it belongs to.

use std::hash::{Hash, Hasher};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// A 64-bit seed.
pub type Seed = u64;

/// A seed from anything hashable: FNV-1a, stable over versions of Rust and of the program
/// (`std`'s hasher is not), so that an interval promised yesterday is the one given today.
pub fn seed_of(value: impl Hash) -> Seed {
    let mut hasher = Fnv1a(0xcbf2_9ce4_8422_2325);
    value.hash(&mut hasher);
    hasher.finish()
}

/// The generator for a seed.
pub fn rng(seed: Seed) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// FNV-1a with 64 bits (Fowler, Noll, Vo; offset basis and prime as published).
struct Fnv1a(u64);

impl Hasher for Fnv1a {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
