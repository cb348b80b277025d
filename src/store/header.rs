//! Checks the first bytes of the progress file and of its write-ahead log before SQLite opens them, because
//! SQLite would repair and truncate a damaged file. The layout is described in
//! <https://sqlite.org/fileformat2.html>, sections 1.3 and 4.1.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::error::StoreError;
use super::files::{wal_path, with_suffix};
use crate::plain_file;

/// Marks an SQLite file as a progress file of this program: "Lnch" in ASCII.
pub(super) const APPLICATION_ID: u32 = 0x4C6E_6368;

const HEADER_LEN: usize = 100;
const WAL_HEADER_LEN: usize = 32;

/// Rejects a progress file that is incomplete, belongs to another program, or has a schema version newer than
/// `known`.
pub(super) fn inspect(path: &Path, known: u32) -> Result<(), StoreError> {
    let damaged = |what: &str| Err(StoreError::damaged(path, what));
    // Check the log first: a writer that is closing at this moment completes the file before it removes the
    // log.
    let wal_len = inspect_wal(path)?;
    let (header, len) = read_start::<HEADER_LEN>(path).map_err(|error| StoreError::reading(path, error))?;
    let Some(header) = header else { return damaged("too short to be a progress file") };
    if !header.starts_with(b"SQLite format 3\0") {
        return damaged("its first bytes are not those of a progress file");
    }
    if be_u32(&header, 68) != APPLICATION_ID {
        return Err(StoreError::ForeignFile { path: path.to_owned() });
    }
    let version = be_u32(&header, 60);
    if version > known && i32::try_from(version).is_ok() {
        return Err(StoreError::Newer { path: path.to_owned(), found: version, known });
    }
    // The fixed values of the files that this program writes: UTF-8, no auto-vacuum, no reserved bytes, and
    // what the format prescribes. A flipped bit here would make SQLite misread every page, or reuse pages
    // that are in use.
    let is_as_written = (1..=known).contains(&version)
        && matches!(header[18..20], [1, 1] | [2, 2])
        && header[20..24] == [0, 64, 32, 32]
        && (be_u32(&header, 32) == 0) == (be_u32(&header, 36) == 0)
        && be_u32(&header, 44) == 4
        && [48, 52, 64].iter().all(|at| be_u32(&header, *at) == 0)
        && be_u32(&header, 56) == 1
        && header[72..92].iter().all(|byte| *byte == 0);
    let page_size = u64::from(u16::from_be_bytes([header[16], header[17]]));
    if !is_as_written || !page_size.is_power_of_two() || page_size < 512 {
        return damaged("its header is not as it was written");
    }
    // With a write-ahead log, the file itself may be behind; with a rollback journal, ahead. Without them, its length
    // must match.
    if wal_len == 0 && !has_journal(path) && u64::from(be_u32(&header, 28)) * page_size != len {
        return damaged("it does not have the length it should have");
    }
    Ok(())
}

/// Whether there is a rollback journal: a transaction was cut short, and SQLite takes it back when the file is opened.
pub(super) fn has_journal(path: &Path) -> bool {
    fs::metadata(with_suffix(path, "-journal")).is_ok_and(|journal| journal.len() > 0)
}

/// Rejects a write-ahead log that SQLite would take for empty and overwrite although it has content. Returns
/// the length of the log in bytes, 0 if there is none.
fn inspect_wal(path: &Path) -> Result<u64, StoreError> {
    let wal = wal_path(path);
    let (header, len) = match read_start::<WAL_HEADER_LEN>(&wal) {
        Ok(start) => start,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(StoreError::reading(&wal, error)),
    };
    // A log of this length cannot contain an answer, because the header is written before the first one.
    let Some(header) = header.filter(|_| len > WAL_HEADER_LEN as u64) else { return Ok(len) };
    let magic = be_u32(&header, 0);
    let read = if magic & 1 == 1 { u32::from_be_bytes } else { u32::from_le_bytes };
    let (mut first, mut second) = (0u32, 0u32);
    for pair in header[..24].chunks_exact(8) {
        let half = |at: usize| read([pair[at], pair[at + 1], pair[at + 2], pair[at + 3]]);
        first = first.wrapping_add(half(0)).wrapping_add(second);
        second = second.wrapping_add(half(4)).wrapping_add(first);
    }
    let is_sound =
        magic >> 1 == 0x377f_0682 >> 1 && (be_u32(&header, 24), be_u32(&header, 28)) == (first, second);
    if is_sound { Ok(len) } else { Err(StoreError::damaged(&wal, "its header is not as it was written")) }
}

/// The first `N` bytes of a file (`None` if it is shorter), and its length in bytes.
fn read_start<const N: usize>(path: &Path) -> io::Result<(Option<[u8; N]>, u64)> {
    let (mut file, len) = plain_file::open(path)?;
    let mut start = [0; N];
    if len < N as u64 {
        return Ok((None, len));
    }
    file.read_exact(&mut start)?;
    Ok((Some(start), len))
}

/// The big-endian word at an offset in the header.
fn be_u32(header: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
}
