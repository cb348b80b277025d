//! Opening: look first, trust later, and leave alone what cannot be trusted.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::error::StoreError;
use super::files::{self, home_of, progress_of, wal_of};
use super::lock::{Presence, WriterLock};
use super::migrate::{migrate, version_of};
use super::row::{self, RowError};
use super::{Store, backup, header, papers};

/// How many of the last events are read at opening.
const LAST_EVENTS: i64 = 32;

/// Longer than any checkpoint takes; another program in the file for longer than this is an error.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// [`Store::open`], for a list of migrations.
pub(super) fn writer(dir: &Path, migrations: &[&str]) -> Result<Store, StoreError> {
    files::create_dir(dir)?;
    let lock = WriterLock::take(dir)?;
    let path = progress_of(dir);
    let known = version_of(migrations);
    if !files::has_progress(dir)? {
        create(&path, migrations)?;
    }
    let presence = Presence::enter(&path, || header::inspect(&path, known))?;
    let sql = |error| StoreError::sql(&path, error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(&path, flags).map_err(sql)?;
    configure(&conn).map_err(sql)?;
    // SQLite opens a write-protected file for reading and says nothing until the first answer is to be saved.
    if conn.is_readonly("main").map_err(sql)? {
        return Err(StoreError::ReadOnly { path });
    }
    let found = version(&conn, &path, known)?;
    if found < known {
        // Named after the version, not after a time, and never thinned.
        backup::before_migration(&conn, dir, found)?;
        migrate(&mut conn, migrations, found).map_err(sql)?;
        tracing::info!(from = found, to = known, "progress migrated");
    }
    read_last_events(&conn, &path)?;
    if found < known {
        // So that the next look at the header sees the new version. Before the next step: SQLite refuses it right after a change of mode.
        conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(sql)?;
    }
    // Where the file system cannot do it, SQLite stays with a rollback journal: as durable, but readers wait.
    conn.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())).map_err(sql)?;
    let log = log_at_home(&conn, &path)?;
    // All is well: from here on, closing may tidy up.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(sql)?;
    Ok(Store { conn, path, log, presence: Some(presence), lock: Some(lock) })
}

/// [`Store::open_read_only`], for a list of migrations.
pub(super) fn reader(dir: &Path, migrations: &[&str]) -> Result<Store, StoreError> {
    let path = progress_of(dir);
    let known = version_of(migrations);
    if !files::has_progress(dir)? {
        let conn =
            empty(Connection::open_in_memory(), migrations).map_err(|error| StoreError::sql(&path, error))?;
        let log = stored_log(&conn).map_err(|error| StoreError::sql(&path, error))?.0;
        return Ok(Store { conn, path, log, presence: None, lock: None });
    }
    let presence = Presence::enter(&path, || header::inspect(&path, known))?;
    let conn = connect_for_reading(&path)?;
    let found = version(&conn, &path, known)?;
    if found < known {
        return Err(StoreError::Older { path, found, known });
    }
    read_last_events(&conn, &path)?;
    let log = stored_log(&conn).map_err(|error| at_opening(&path, error))?.0;
    Ok(Store { conn, path, log, presence: Some(presence), lock: None })
}

/// Every page of the file makes sense.
pub(super) fn check(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    let found: Result<String, _> = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0));
    match found.map_err(|error| StoreError::sql(path, error))?.as_str() {
        "ok" => Ok(()),
        what => Err(StoreError::damaged(path, what.replace('\n', " "))),
    }
}

/// Whether a file that nobody has open (a backup) is sound, in every page.
pub(super) fn check_closed(path: &Path, known: u32) -> Result<Connection, StoreError> {
    header::inspect(path, known)?;
    let conn = connect_immutable(path)?;
    let found = version(&conn, path, known)?;
    check(&conn, path)?;
    if found == known {
        read_last_events(&conn, path)?;
    }
    Ok(conn)
}

/// An error of reading a row.
pub(super) fn row_failed(path: &Path, error: RowError) -> StoreError {
    match error {
        RowError::Sql(error) => StoreError::sql(path, error),
        RowError::Unfit(what) => StoreError::damaged(path, what),
        RowError::Unknown(what) => StoreError::UnknownEntry { path: path.to_owned(), what },
    }
}

/// Writes a new progress file beside its place and moves it there complete: it never exists half made.
pub(super) fn create(path: &Path, migrations: &[&str]) -> Result<(), StoreError> {
    let new = files::with_suffix(path, ".new");
    files::remove_leftover(&new)?;
    files::remove_leftover(&files::with_suffix(&new, "-journal"))?;
    // SQLite says little about why it cannot create a file; the system says more.
    fs::File::create(&new).map_err(|error| StoreError::writing(&new, error))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = empty(Connection::open_with_flags(&new, flags), migrations);
    let closed = conn.and_then(|conn| conn.close().map_err(|(_, error)| error));
    closed.map_err(|error| StoreError::sql(&new, error))?;
    files::sync_file(&new)?;
    files::put_in_place(&new, path)
}

/// The whole schema and no events. It has no home, so the first writer takes a log id of its own.
fn empty(conn: rusqlite::Result<Connection>, migrations: &[&str]) -> rusqlite::Result<Connection> {
    let mut conn = conn?;
    conn.pragma_update(None, "application_id", header::APPLICATION_ID)?;
    migrate(&mut conn, migrations, 0)?;
    let log = random_log(&conn)?;
    conn.execute("INSERT INTO meta (only_row, log, home) VALUES (1, ?1, '')", [log.cast_signed()])?;
    Ok(conn)
}

fn configure(conn: &Connection) -> rusqlite::Result<()> {
    // Until the file is known to be sound, closing must not move the write-ahead log into it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.busy_timeout(BUSY_TIMEOUT)?;
    conn.pragma_update(None, "synchronous", "full")?;
    // On macOS a plain fsync stops at the drive's cache; elsewhere these do nothing.
    conn.pragma_update(None, "fullfsync", true)?;
    conn.pragma_update(None, "checkpoint_fullfsync", true)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "cell_size_check", true)
}

/// Beside a writer, and on a read-only disk.
fn connect_for_reading(path: &Path) -> Result<Connection, StoreError> {
    let sql = |error| StoreError::sql(path, error);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(sql)?;
    let probed =
        configure(&conn).and_then(|()| conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())));
    match probed {
        Ok(()) => Ok(conn),
        // In a directory that cannot be written to, SQLite cannot make the files that readers and writers
        // share. Without a write-ahead log nobody is writing there: the file alone is the whole.
        Err(error)
            if matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
                && !fs::metadata(wal_of(path)).is_ok_and(|wal| wal.len() > 0) =>
        {
            drop(conn);
            connect_immutable(path)
        }
        Err(error) => Err(sql(error)),
    }
}

/// For a file that nobody writes to; touches nothing beside it.
fn connect_immutable(path: &Path) -> Result<Connection, StoreError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let conn = Connection::open_with_flags(uri(path), flags).map_err(|error| StoreError::sql(path, error))?;
    configure(&conn).map_err(|error| StoreError::sql(path, error))?;
    Ok(conn)
}

/// <https://sqlite.org/uri.html>: everything but letters, digits and a few signs as `%XX`.
fn uri(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    // An absolute Windows path begins with its drive, a URI's with a slash.
    if cfg!(windows) && path.is_absolute() {
        uri.push('/');
    }
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'.' | b'-' | b'_' | b':' => uri.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(*byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri + "?immutable=1"
}

/// The schema version; an error when it is not ours or not known.
fn version(conn: &Connection, path: &Path, known: u32) -> Result<u32, StoreError> {
    let pragma = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application = pragma("application_id").map_err(|error| at_opening(path, error))?;
    let found = pragma("user_version").map_err(|error| at_opening(path, error))?;
    if application != i64::from(header::APPLICATION_ID) {
        return Err(StoreError::NotOurs { path: path.to_owned() });
    }
    match u32::try_from(found) {
        Ok(found) if found > known => Err(StoreError::Newer { path: path.to_owned(), found, known }),
        Ok(found) if found > 0 => Ok(found),
        _ => Err(StoreError::damaged(path, format!("version {found}"))),
    }
}

/// A cheap look at what matters: every table is there, and the end of the log can be read.
fn read_last_events(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    let read = || -> Result<(), RowError> {
        // One snapshot: a writer beside may add a card and its first event between two looks.
        let snapshot = conn.unchecked_transaction()?;
        let conn = &*snapshot;
        let cards = row::cards(conn)?;
        let mut statement = conn.prepare(&row::last())?;
        let mut rows = statement.query([LAST_EVENTS])?;
        while let Some(row) = rows.next()? {
            row::event(row, &cards)?;
        }
        let last = "SELECT event.seq, given.detail FROM event LEFT JOIN given USING (log, seq) \
            WHERE log = (SELECT log FROM meta) ORDER BY seq DESC LIMIT 1";
        let mut statement = conn.prepare(last)?;
        statement.query([])?.next()?;
        papers::look(conn)?;
        Ok(())
    };
    read().map_err(|error| match error {
        RowError::Sql(error) => at_opening(path, error),
        error => row_failed(path, error),
    })
}

/// A statement that fails at opening fails because of the file: a table is missing or not as it was made.
fn at_opening(path: &Path, error: rusqlite::Error) -> StoreError {
    match StoreError::sql(path, error) {
        StoreError::Sql { path, source } => StoreError::Damaged { path, what: source.to_string() },
        error => error,
    }
}

/// The log id to write under: a new one when the file is not where it got the one it has.
fn log_at_home(conn: &Connection, path: &Path) -> Result<u64, StoreError> {
    let (log, known_home) = stored_log(conn).map_err(|error| at_opening(path, error))?;
    let home = home_of(path)?;
    if home == known_home {
        return Ok(log);
    }
    let renew = || -> rusqlite::Result<u64> {
        let log = random_log(conn)?;
        conn.execute("UPDATE meta SET log = ?1, home = ?2", (log.cast_signed(), &home))?;
        Ok(log)
    };
    renew().map_err(|error| StoreError::sql(path, error))
}

fn stored_log(conn: &Connection) -> rusqlite::Result<(u64, String)> {
    conn.query_row("SELECT log, home FROM meta", [], |row| {
        Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?))
    })
}

/// 63 bits from SQLite's generator, which the system seeds; positive in the file.
fn random_log(conn: &Connection) -> rusqlite::Result<u64> {
    let random: i64 = conn.query_row("SELECT random()", [], |row| row.get(0))?;
    Ok((random.cast_unsigned() >> 1).max(1))
}
