//! Which write-ahead log belongs to which progress file.
//!
//! SQLite applies any log called `progress.db-wal` that is sound in itself, even to a file that it was not written
//! for: another machine's that a sync program has put there, or a backup that was copied by hand. Both histories
//! are lost then. So the file and its log carry a name in common. The column `home` of the table `meta` holds two random
//! numbers, that of this generation and that of the one before. A new generation begins with the first
//! transaction of every log. The file then has one of the generations that the log begins with or goes through:
//! the one before where nothing was moved into it yet, a later one where something was. A file without such a number in
//! common is not what the log was written for.
//!
//! The layout of a log: <https://sqlite.org/fileformat2.html>, section 4.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use rusqlite::Connection;

use super::error::StoreError;
use super::files::wal_path;
use super::open;
use crate::plain_file;

/// Length of a generation in the column `home`: 64 random bits in hexadecimal.
const LEN: usize = 16;
/// In place of the generation before the first one.
const NONE: &str = "0000000000000000";

const WAL_HEADER_LEN: usize = 32;
const FRAME_HEADER_LEN: usize = 24;

/// The generation in the column `home`. `None` for a backup and for a file of an earlier version, which had a path
/// there.
fn of_home(home: &str) -> Option<&str> {
    let generation = home.split(' ').next()?;
    (generation.len() == LEN && generation.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(generation)
}

/// Begins a new generation in a transaction of its own, and a new log if `new_log` gives its id.
pub(super) fn begin(conn: &Connection, new_log: Option<u64>) -> rusqlite::Result<()> {
    let home: String = conn.query_row("SELECT home FROM meta", [], |row| row.get(0))?;
    let before = of_home(&home).unwrap_or(NONE);
    conn.execute(
        "UPDATE meta SET home = lower(hex(randomblob(8))) || ' ' || ?1, log = coalesce(?2, log)",
        (before, new_log.map(u64::cast_signed)),
    )?;
    Ok(())
}

/// Rejects a write-ahead log that was not written for the file beside it. The process must not have the file open,
/// see [`OpenHandleGuard`](super::lock::OpenHandleGuard).
///
/// # Errors
/// [`StoreError::ForeignLog`], and [`StoreError::Io`] for a log that cannot be read.
pub(super) fn check_log(path: &Path) -> Result<(), StoreError> {
    // A writer in another process may move the log into the file, and begin a new one, between two looks.
    const LOOKS: usize = 3;
    for _ in 0..LOOKS {
        if belongs(path)? {
            return Ok(());
        }
    }
    Err(StoreError::ForeignLog { path: path.to_owned(), log: wal_path(path) })
}

fn belongs(path: &Path) -> Result<bool, StoreError> {
    let wal = wal_path(path);
    let Some(mut log) = LogFrames::open(&wal).map_err(|error| StoreError::reading(&wal, error))? else {
        return Ok(true);
    };
    // A file alone that cannot be read is either damaged, which the other checks say, or changed at this moment.
    let Ok((home, is_wal_mode, page)) = read_alone(path) else { return Ok(true) };
    // SQLite marks the file before it writes a log, and a backup is not marked.
    if !is_wal_mode {
        return Ok(false);
    }
    // Earlier versions had no generations.
    let Some(generation) = of_home(&home) else { return Ok(true) };
    log.names_generation(page, generation).map_err(|error| StoreError::reading(&wal, error))
}

/// What the file says without its log: the column `home`, whether it is in write-ahead mode, and the number of the
/// page that has the column.
fn read_alone(path: &Path) -> Result<(String, bool, u32), StoreError> {
    let mut header = [0; 20];
    let read = plain_file::open(path).and_then(|(mut file, _)| file.read_exact(&mut header));
    read.map_err(|error| StoreError::reading(path, error))?;
    let conn = open::connect_immutable(path)?;
    let select = "SELECT home, (SELECT rootpage FROM sqlite_schema WHERE name = 'meta') FROM meta";
    let (home, page) = conn
        .query_row(select, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .map_err(|error| StoreError::sql(path, error))?;
    Ok((home, header[18..20] == [2, 2], page))
}

/// The frames of a log, each a page that a transaction changed.
struct LogFrames {
    file: File,
    page_len: usize,
    /// Every frame of this log has them; others are left from an earlier log.
    salts: [u8; 8],
}

impl LogFrames {
    /// `None` if there is no log or nothing in it.
    fn open(wal: &Path) -> io::Result<Option<Self>> {
        let (mut file, len) = match plain_file::open(wal) {
            Ok(opened) => opened,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut header = [0; WAL_HEADER_LEN];
        if len <= WAL_HEADER_LEN as u64 {
            return Ok(None);
        }
        file.read_exact(&mut header)?;
        let page_len = u32::from_be_bytes([header[8], header[9], header[10], header[11]]);
        let mut salts = [0; 8];
        salts.copy_from_slice(&header[16..24]);
        Ok(Some(Self { file, page_len: page_len as usize, salts }))
    }

    /// Whether a page of the log names a generation. True as well for a log that does not have the page, which is one
    /// that was cut off in its first transaction.
    fn names_generation(&mut self, page: u32, generation: &str) -> io::Result<bool> {
        let mut has_page = false;
        let mut content = vec![0; self.page_len];
        loop {
            let mut header = [0; FRAME_HEADER_LEN];
            match self.file.read_exact(&mut header) {
                Ok(()) if header[8..16] == self.salts => {}
                Ok(()) => break,
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
                Err(error) => return Err(error),
            }
            if header[..4] != page.to_be_bytes() {
                self.file.seek(SeekFrom::Current(self.page_len as i64))?;
                continue;
            }
            match self.file.read_exact(&mut content) {
                Ok(()) => has_page = true,
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
                Err(error) => return Err(error),
            }
            if content.windows(LEN).any(|bytes| bytes == generation.as_bytes()) {
                return Ok(true);
            }
        }
        Ok(!has_page)
    }
}
