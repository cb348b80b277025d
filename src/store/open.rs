//! Opening the progress file: check first, trust later, and never change a file that cannot be trusted.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::StoreError;
use super::event_bytes::RowError;
use super::file_stamp::FileStamp;
use super::files::{self, progress_path, wal_path};
use super::lock::{OpenHandleGuard, WriterLock};
use super::log::{self, LogEnd};
use super::migrate::{UNPACKED, migrate, schema_version};
use super::packing::{self, PackingStep};
use super::writer::{self, Writer};
use super::{Store, attempts, backup, generation, header, last_close, restore};

/// Longer than any checkpoint takes. If another program blocks the file for longer than this, it is an error.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A file of up to this many bytes is checked whole whenever it is opened for writing. A larger one,
/// only if it was not closed in order.
const ALWAYS_CHECKED: u64 = 4_000_000;

/// [`Store::open`] with an explicit list of migrations. `on_step` is told how a file of an early version is brought up
/// to date, and may stop it.
pub(super) fn writer(
    dir: &Path,
    migrations: &[&str],
    on_step: &mut dyn FnMut(PackingStep) -> Result<(), StoreError>,
) -> Result<Store, StoreError> {
    files::create_dir(dir)?;
    let lock = WriterLock::acquire(dir)?;
    let path = progress_path(dir);
    let known = schema_version(migrations);
    backup::sweep(dir);
    remove_unfinished(&path)?;
    restore::remove_unfinished(dir)?;
    if !files::has_progress(dir)? {
        create(&path, migrations)?;
    }
    let mut open_handle = OpenHandleGuard::register(&path, || inspect(&path, known))?;
    let sql = |error| StoreError::sql(&path, error);
    let stamp = FileStamp::of(&path).map_err(|error| StoreError::reading(&path, error))?;
    let (mut conn, mut locking) = connect_for_writing(&path)?;
    let found = read_schema_version(&conn, &path, known)?;
    let stored_log = stored_log_id(&conn, &path)?;
    // Where it was packed, it is another file, which takes a log of its own.
    let is_as_left = found > UNPACKED && last_close::is_as_left(&path, stored_log);
    if !is_as_left || stamp.len() <= ALWAYS_CHECKED {
        check_pages(&conn, &path)?;
    }
    last_close::forget(&path);
    if found <= UNPACKED {
        packing::pack(conn, dir, found, on_step)?;
        (conn, locking) = connect_for_writing(&path)?;
    } else if found < known {
        // Named after the version instead of a time, and never thinned.
        backup::before_migration(&conn, dir, found)?;
    }
    if found < known {
        // A step that does not fit means that the file is not of the version that it says.
        migrate(&mut conn, migrations, found.max(UNPACKED + 1))
            .map_err(|error| opening_error(&path, error))?;
        tracing::info!(from = found, to = known, "progress migrated");
    }
    read_last_events(&conn, &path)?;
    let log = if is_as_left { stored_log } else { random_log_id(&conn).map_err(sql)? };
    if !is_as_left {
        generation::begin(&conn, Some(log)).map_err(sql)?;
    }
    // Statements of before would hold on to the log of before.
    conn.flush_prepared_statement_cache();
    let (conn, has_wal) = set_journal_mode(conn, locking, &path)?;
    // The file is intact, so closing may move the write-ahead log into it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(sql)?;
    let writer = Writer::new(&path, log, has_wal, lock)?;
    let end = LogEnd::read(&conn, log).map_err(|error| row_error(&path, error))?;
    open_handle.note_writer();
    let store = Store {
        conn,
        path,
        log,
        end,
        summarised: None,
        open_handle: Some(open_handle),
        writer: Some(writer),
    };
    match store.seal() {
        // Without room for it the answers go on being added in rows.
        Err(error) if !error.is_damage() => Ok(store),
        sealed => sealed.map(|()| store),
    }
}

/// How a connection locks the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Locking {
    Shared,
    /// No other process can read. A write-ahead log works then even where processes cannot share memory.
    Exclusive,
}

/// Connects for writing, without any change of the file.
pub(super) fn connect_for_writing(path: &Path) -> Result<(Connection, Locking), StoreError> {
    let sql = |error| StoreError::sql(path, error);
    let (conn, locking) = match connect_locking(path, Locking::Shared) {
        Ok(conn) => (conn, Locking::Shared),
        Err(error) if StoreError::is_without_shared_memory(&error) => {
            (connect_locking(path, Locking::Exclusive).map_err(sql)?, Locking::Exclusive)
        }
        Err(error) => return Err(sql(error)),
    };
    // SQLite opens a write-protected file for reading, and reports no error until the first write.
    if conn.is_readonly("main").map_err(sql)? {
        return Err(StoreError::ReadOnly { path: path.to_owned() });
    }
    Ok((conn, locking))
}

fn connect_locking(path: &Path, locking: Locking) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    if locking == Locking::Exclusive {
        // Before anything is read: it is then that SQLite decides how it uses the log.
        conn.pragma_update_and_check(None, "locking_mode", "exclusive", |_| Ok(()))?;
    }
    configure(&conn)?;
    if !conn.is_readonly("main")? {
        probe(&conn)?;
    }
    Ok(conn)
}

/// Begins a transaction and ends it: SQLite opens the logs then.
fn probe(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch("BEGIN IMMEDIATE; ROLLBACK")
}

/// Moves what is in the write-ahead log into the file, and begins an empty log. Where processes cannot share memory, as on
/// some network disks, the file gets a rollback journal instead: that is as durable, but readers wait for the writer.
/// Returns whether there is a write-ahead log.
fn set_journal_mode(
    conn: Connection,
    locking: Locking,
    path: &Path,
) -> Result<(Connection, bool), StoreError> {
    let sql = |error| StoreError::sql(path, error);
    let conn = match locking {
        Locking::Exclusive => conn,
        Locking::Shared => {
            // This must come before the next step: SQLite refuses it right after a change of the journal mode.
            writer::empty_log(&conn).map_err(sql)?;
            let changed = conn
                .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get::<_, String>(0))
                .and_then(|mode| probe(&conn).map(|()| mode == "wal"));
            match changed {
                Ok(has_wal) => {
                    // The log is moved into the file at moments of our own choice, each followed by a new generation.
                    conn.pragma_update_and_check(None, "wal_autocheckpoint", 0, |_| Ok(())).map_err(sql)?;
                    return Ok((conn, has_wal));
                }
                Err(error) if StoreError::is_without_shared_memory(&error) => {
                    drop(conn);
                    connect_locking(path, Locking::Exclusive).map_err(sql)?
                }
                Err(error) => return Err(sql(error)),
            }
        }
    };
    let set = |name, value| conn.pragma_update_and_check(None, name, value, |_| Ok(())).map_err(sql);
    set("journal_mode", "delete")?;
    set("locking_mode", "normal")?;
    // The lock is given back at the end of the next transaction.
    probe(&conn).map_err(sql)?;
    Ok((conn, false))
}

/// Removes a new progress file that a killed process did not finish. The writer's lock must be held.
fn remove_unfinished(path: &Path) -> Result<(), StoreError> {
    let new = files::with_suffix(path, ".new");
    for suffix in ["", "-journal", "-wal", "-shm"] {
        files::remove_leftover(&files::with_suffix(&new, suffix))?;
    }
    Ok(())
}

/// The checks before SQLite opens the file.
pub(super) fn inspect(path: &Path, known: u32) -> Result<(), StoreError> {
    header::inspect(path, known)?;
    generation::check_log(path)
}

/// [`Store::open_read_only`] with an explicit list of migrations.
pub(super) fn reader(dir: &Path, migrations: &[&str]) -> Result<Store, StoreError> {
    let path = progress_path(dir);
    let known = schema_version(migrations);
    if !files::has_progress(dir)? {
        let conn = create_schema(Connection::open_in_memory(), migrations)
            .map_err(|error| StoreError::sql(&path, error))?;
        let log = stored_log_id(&conn, &path)?;
        return Ok(Store {
            conn,
            path,
            log,
            end: LogEnd::UNREAD,
            summarised: None,
            open_handle: None,
            writer: None,
        });
    }
    let open_handle = OpenHandleGuard::register(&path, || {
        inspect(&path, known)?;
        take_back_transaction(dir, &path)
    })?;
    let conn = connect_for_reading(&path)?;
    let found = read_schema_version(&conn, &path, known)?;
    if found < known {
        return Err(StoreError::Older { path, found, known });
    }
    read_last_events(&conn, &path)?;
    let log = stored_log_id(&conn, &path)?;
    Ok(Store {
        conn,
        path,
        log,
        end: LogEnd::UNREAD,
        summarised: None,
        open_handle: Some(open_handle),
        writer: None,
    })
}

/// Connects to a progress file of any version that is not ours, for reading, whether it is in use or not, and checks its
/// pages. Returns its version.
pub(super) fn connect_foreign(
    path: &Path,
    known: u32,
) -> Result<(OpenHandleGuard, Connection, u32), StoreError> {
    let open_handle = OpenHandleGuard::register(path, || {
        inspect(path, known)?;
        match header::has_journal(path) {
            // Taking back a transaction would change the file; that is for its own writer to do.
            true => Err(StoreError::Busy { path: path.to_owned() }),
            false => Ok(()),
        }
    })?;
    let conn = connect_for_reading(path)?;
    let found = read_schema_version(&conn, path, known)?;
    check_pages(&conn, path)?;
    Ok((open_handle, conn, found))
}

/// Takes back a transaction that a killed process did not end, where no process is writing: without the right to write
/// SQLite cannot do that, and does not read the file either.
fn take_back_transaction(dir: &Path, path: &Path) -> Result<(), StoreError> {
    if !header::has_journal(path) {
        return Ok(());
    }
    match WriterLock::acquire(dir) {
        Ok(_lock) => connect_for_writing(path).map(drop),
        // Its writer does it, or nobody can; then reading says why.
        Err(_) => Ok(()),
    }
}

/// Checks that every page of the file is intact, that the indices agree with the tables, and the rows with the schema.
pub(super) fn check_pages(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    let found: Result<String, _> = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0));
    match found.map_err(|error| StoreError::sql(path, error))?.as_str() {
        "ok" => Ok(()),
        what => Err(StoreError::damaged(path, what.replace('\n', " "))),
    }
}

/// Connects to a file that no process has open, such as a backup. Its pages are not checked.
pub(super) fn connect_closed(path: &Path, known: u32) -> Result<Connection, StoreError> {
    header::inspect(path, known)?;
    let conn = connect_immutable(path)?;
    read_schema_version(&conn, path, known)?;
    Ok(conn)
}

/// Checks every page of a file that no process has open, such as a backup.
pub(super) fn check_closed(path: &Path, known: u32) -> Result<Connection, StoreError> {
    let conn = connect_closed(path, known)?;
    check_pages(&conn, path)?;
    if read_schema_version(&conn, path, known)? == known {
        read_last_events(&conn, path)?;
    }
    Ok(conn)
}

/// Converts the error of reading a row.
pub(super) fn row_error(path: &Path, error: RowError) -> StoreError {
    match error {
        RowError::Sql(error) => StoreError::sql(path, error),
        RowError::Invalid(what) => StoreError::damaged(path, what),
        RowError::Unknown(what) => StoreError::UnknownEntry { path: path.to_owned(), what },
    }
}

/// Creates a new progress file. It is written under a temporary name and then renamed, so that a half-written
/// file never exists.
pub(super) fn create(path: &Path, migrations: &[&str]) -> Result<(), StoreError> {
    let new = files::with_suffix(path, ".new");
    create_beside(&new, migrations)?;
    files::sync_file(&new)?;
    files::rename_durably(&new, path)
}

/// Creates a file without events under a temporary name.
pub(super) fn create_beside(new: &Path, migrations: &[&str]) -> Result<(), StoreError> {
    // Create the file ourselves first, because the operating system's error says more than SQLite's.
    files::create_private(new)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = create_schema(Connection::open_with_flags(new, flags), migrations);
    let closed = conn.and_then(|conn| conn.close().map_err(|(_, error)| error));
    closed.map_err(|error| StoreError::sql(new, error))
}

/// Creates the schema without any events.
fn create_schema(conn: rusqlite::Result<Connection>, migrations: &[&str]) -> rusqlite::Result<Connection> {
    let mut conn = conn?;
    conn.pragma_update(None, "application_id", header::APPLICATION_ID)?;
    migrate(&mut conn, migrations, UNPACKED)?;
    let log = random_log_id(&conn)?;
    conn.execute("INSERT INTO meta (only_row, log, home) VALUES (1, ?1, '')", [log.cast_signed()])?;
    Ok(conn)
}

fn configure(conn: &Connection) -> rusqlite::Result<()> {
    // Until the file is known to be intact, closing must not move the write-ahead log into it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.busy_timeout(BUSY_TIMEOUT)?;
    conn.pragma_update(None, "synchronous", "full")?;
    // On macOS a plain fsync stops at the drive's cache. On other systems these settings do nothing.
    conn.pragma_update(None, "fullfsync", true)?;
    conn.pragma_update(None, "checkpoint_fullfsync", true)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "cell_size_check", true)
}

/// Connects for reading. Works while another process writes, and on a read-only disk.
pub(super) fn connect_for_reading(path: &Path) -> Result<Connection, StoreError> {
    let sql = |error| StoreError::sql(path, error);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(sql)?;
    let probed =
        configure(&conn).and_then(|()| conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())));
    match probed {
        Ok(()) => Ok(conn),
        // In a read-only directory SQLite cannot create the files that readers and writers share. If there is
        // no write-ahead log, no process is writing, and the file alone is complete.
        Err(error)
            if StoreError::is_without_shared_memory(&error)
                && !header::has_journal(path)
                && !fs::metadata(wal_path(path)).is_ok_and(|wal| wal.len() > 0) =>
        {
            drop(conn);
            connect_immutable(path)
        }
        Err(error) => Err(sql(error)),
    }
}

/// Connects to a file that no process writes to. Creates no other files.
pub(super) fn connect_immutable(path: &Path) -> Result<Connection, StoreError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let conn = Connection::open_with_flags(uri(path), flags).map_err(|error| StoreError::sql(path, error))?;
    configure(&conn).map_err(|error| StoreError::sql(path, error))?;
    Ok(conn)
}

/// The URI of a file, see <https://sqlite.org/uri.html>. Everything but letters, digits and a few other
/// characters becomes `%XX`.
fn uri(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    // An absolute Windows path begins with a drive letter, but a URI path with a slash.
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

/// Reads the schema version. Fails if the file belongs to another program or the version is unknown.
pub(super) fn read_schema_version(conn: &Connection, path: &Path, known: u32) -> Result<u32, StoreError> {
    let pragma = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application = pragma("application_id").map_err(|error| opening_error(path, error))?;
    let found = pragma("user_version").map_err(|error| opening_error(path, error))?;
    if application != i64::from(header::APPLICATION_ID) {
        return Err(StoreError::ForeignFile { path: path.to_owned() });
    }
    match u32::try_from(found) {
        Ok(found) if found > known => Err(StoreError::Newer { path: path.to_owned(), found, known }),
        Ok(found) if found > 0 => Ok(found),
        _ => Err(StoreError::damaged(path, format!("version {found}"))),
    }
}

/// A quick check when the file is opened: all tables exist, and the end of the log can be read.
fn read_last_events(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    let read = || -> Result<(), RowError> {
        // One snapshot, because a writer may add a card and its first event between two queries.
        let snapshot = conn.unchecked_transaction()?;
        let conn = &*snapshot;
        log::check_end(conn)?;
        attempts::check_tables(conn)?;
        Ok(())
    };
    read().map_err(|error| unreadable(path, error))
}

/// Converts the error of reading rows when the file is opened.
pub(super) fn unreadable(path: &Path, error: RowError) -> StoreError {
    match error {
        RowError::Sql(error) => opening_error(path, error),
        error => row_error(path, error),
    }
}

/// Converts the error of a statement that runs when the file is opened. An SQL error there means that a table
/// is missing or wrong, so the file is damaged.
fn opening_error(path: &Path, error: rusqlite::Error) -> StoreError {
    match StoreError::sql(path, error) {
        StoreError::Sql { path, source } => StoreError::Damaged { path, what: source.to_string() },
        error => error,
    }
}

fn stored_log_id(conn: &Connection, path: &Path) -> Result<u64, StoreError> {
    let log: i64 = conn
        .query_row("SELECT log FROM meta", [], |row| row.get(0))
        .map_err(|error| opening_error(path, error))?;
    // SQLite checks this too, but not in a file that it opened for reading.
    if log > 0 { Ok(log.cast_unsigned()) } else { Err(StoreError::damaged(path, format!("log {log}"))) }
}

/// A random log id with 63 bits, so that it is positive in the file. From SQLite's generator, which is seeded
/// by the operating system.
fn random_log_id(conn: &Connection) -> rusqlite::Result<u64> {
    let random: i64 = conn.query_row("SELECT random()", [], |row| row.get(0))?;
    Ok((random.cast_unsigned() >> 1).max(1))
}
