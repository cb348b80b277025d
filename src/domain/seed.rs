//! Reproducible random numbers: every shuffle and every fuzzed interval is a function of a seed, which is
//! derived from the text that identifies what is shuffled.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// A seed for [`rng`]; equal seeds give equal sequences.
pub type Seed = u64;

/// The seed of a text: its 64-bit FNV-1a hash (Fowler, Noll, Vo; offset basis and prime as published). It is
/// the same on every machine and in every version, so that the interval shown on a button is the one
/// that the card gets. Ids of questions on disk are made with it
/// (`question_id_from_prompt`): never change it.
pub fn seed_of(text: &str) -> Seed {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |seed, byte| {
        (seed ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A random number generator whose sequence depends on the seed alone.
pub fn rng(seed: Seed) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}
