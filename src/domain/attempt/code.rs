//! The short code that tells one test from another of the same setup.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Crockford's base 32: no I, L, O or U, which are mistaken for other signs.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LEN: u32 = 6;

/// A seed of 30 bits, as people write it: `K7Q-F2M`. The same code, setup and deck text give the same test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TestCode(u32);

/// The text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a code has six letters and digits, such as K7Q-F2M")]
pub struct ParseTestCodeError;

impl TestCode {
    /// The code of a number, of which the lowest 30 bits count.
    pub fn new(number: u64) -> Self {
        Self((number & 0x3fff_ffff) as u32)
    }
}

impl fmt::Display for TestCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..CODE_LEN).rev() {
            let sign = ALPHABET[(self.0 >> (5 * place)) as usize & 31];
            write!(f, "{}", char::from(sign))?;
            if place == CODE_LEN / 2 {
                f.write_str("-")?;
            }
        }
        Ok(())
    }
}

impl FromStr for TestCode {
    type Err = ParseTestCodeError;

    /// Reads a code with or without its hyphen, in small letters too; O is read as 0, I and L as 1.
    fn from_str(text: &str) -> Result<Self, ParseTestCodeError> {
        let mut number: u32 = 0;
        let mut letters = 0;
        for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = ALPHABET.iter().position(|sign| char::from(*sign) == c).ok_or(ParseTestCodeError)?;
            letters += 1;
            if letters > CODE_LEN {
                return Err(ParseTestCodeError);
            }
            number = number << 5 | value as u32;
        }
        if letters == CODE_LEN { Ok(Self(number)) } else { Err(ParseTestCodeError) }
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
