//! The short code that tells one test from the others with the same setup.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Crockford's base 32: without I, L, O and U, which are easily mistaken for other characters.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Number of characters in a code, the hyphen not counted. Each stands for 5 bits.
const CODE_LEN: u32 = 6;

/// A seed of 30 bits, written as people write it: `K7Q-F2M`.
///
/// The same code with the same setup and the same deck text draws the same test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TestCode(u32);

/// The text is not a test code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a code has six letters and digits, such as K7Q-F2M")]
pub struct ParseTestCodeError;

impl TestCode {
    /// Makes a code from the lowest 30 bits of `number`.
    pub fn new(number: u64) -> Self {
        Self((number & 0x3fff_ffff) as u32)
    }
}

impl fmt::Display for TestCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for position in (0..CODE_LEN).rev() {
            let character = ALPHABET[(self.0 >> (5 * position)) as usize & 31];
            write!(f, "{}", char::from(character))?;
            if position == CODE_LEN / 2 {
                f.write_str("-")?;
            }
        }
        Ok(())
    }
}

impl FromStr for TestCode {
    type Err = ParseTestCodeError;

    /// Reads a code with or without its hyphen, in capital or small letters. O is read as 0, I and L as 1.
    fn from_str(text: &str) -> Result<Self, ParseTestCodeError> {
        let mut number: u32 = 0;
        let mut count = 0;
        for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = ALPHABET
                .iter()
                .position(|character| char::from(*character) == c)
                .ok_or(ParseTestCodeError)?;
            count += 1;
            if count > CODE_LEN {
                return Err(ParseTestCodeError);
            }
            number = number << 5 | value as u32;
        }
        if count == CODE_LEN { Ok(Self(number)) } else { Err(ParseTestCodeError) }
    }
}

impl Serialize for TestCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TestCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
