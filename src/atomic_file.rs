//! Writes files so that nobody ever reads half of one: not another program, and not the next start after a crash
//! or a power failure.
//!
//! The content goes into a temporary file in the same folder, which then takes the name of the target. If anything
//! fails, the target is as it was, and the temporary file is removed. [`replace`] overwrites, [`create`] and
//! [`create_first_unused`] never do. What SQLite writes by itself is made durable by [`sync_file`] and
//! [`rename_durably`].
//!
//! # Temporary files
//! Their names begin with a dot and end in `.saving`, so none is taken for a deck. A process that is killed while
//! it writes leaves one behind; the next write into the same folder removes it, and so does [`remove_leftovers`]. The
//! writer holds a lock on its temporary file, so a file that can be locked has no writer any more. Where locks do not
//! exist, leftovers stay. So it is with [`UnfinishedFolder`], which has a file to lock in it; one without a lock is removed
//! after a day.
//!
//! # Who may read them
//! On Unix a new file is for its owner alone if it is of a cache or was written by [`replace_private`], and so is what
//! [`create_private_folder`] makes. All others, such as decks and exports, are the learner's to share: they get the
//! permissions that the system gives new files. A file that is replaced keeps its permissions.
//!
//! # Why not a crate
//! The two well-kept crates for this do less than a learner's own files need. `tempfile` syncs neither the file nor
//! the folder, replaces symbolic links, drops the permissions of the old file, and never finds what a killed
//! process left. `atomic-write-file` syncs and keeps permissions, but replaces symbolic links as well, cannot
//! refuse to overwrite, and leaves the same leftovers. With either of them most of this file would still be here.

use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What [`replace`] does against a power failure. A crash of the program never harms the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// When the function returns, the content is on the disk. Takes milliseconds, on a slow disk more than a frame.
    Durable,
    /// Nothing is synced. A power failure may leave a damaged file, so only for what is checked when it is read and
    /// can be made again. Two processes that write the same file at the same time can damage it too.
    Cache,
}

/// Who may read a file that did not exist before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readers {
    /// Its owner.
    Owner,
    /// Those whom the system lets read new files.
    AsUsual,
}

impl Readers {
    /// `None` for the permissions that a new file gets by itself.
    fn permissions(self) -> Option<Permissions> {
        #[cfg(unix)]
        if self == Readers::Owner {
            use std::os::unix::fs::PermissionsExt;
            return Some(Permissions::from_mode(0o600));
        }
        None
    }
}

/// Writes a file that may exist already. `write` is given a buffered writer.
///
/// A symbolic link is followed: the file that it leads to is replaced, even one that does not exist yet. The new
/// file has the permissions of the old one.
///
/// # Errors
/// Any error of the operating system or of `write`, and [`io::ErrorKind::PermissionDenied`] if the file is protected
/// against writing, which renaming would ignore. The old file is not changed then.
pub fn replace(
    path: &Path,
    durability: Durability,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let readers = if durability == Durability::Cache { Readers::Owner } else { Readers::AsUsual };
    replace_for(readers, path, durability, write)
}

/// Like [`replace`], durably; a new file is for its owner alone.
///
/// # Errors
/// As [`replace`].
pub fn replace_private(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    replace_for(Readers::Owner, path, Durability::Durable, write)
}

fn replace_for(
    readers: Readers,
    path: &Path,
    durability: Durability,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let target = follow_links(path);
    let permissions = match fs::metadata(&target) {
        Ok(old) if old.permissions().readonly() => {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is protected against writing"));
        }
        Ok(old) => Some(old.permissions()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => readers.permissions(),
        Err(error) => return Err(error),
    };
    let mut temp = TempFile::write(&target, durability, permissions, write)?;
    temp.rename_to(&target)?;
    if durability == Durability::Durable {
        // Some file systems cannot sync folders. The content is on the disk in any case.
        let _ = sync_folder(folder_of(&target));
    }
    Ok(())
}

/// Writes a new file, durably, completely or not at all. `write` is given a buffered writer, so a large file need
/// not be in memory.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if anything has this name, even a link that leads nowhere. It is not changed
/// then. Any error of the operating system or of `write`.
pub fn create(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    create_first_unused([path.to_owned()], write).map(|_| ())
}

/// Like [`create`], under the first of several names that nothing has. Returns that path. All of them have to be in
/// one folder.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if all names are taken; else as [`create`].
pub fn create_first_unused(
    paths: impl IntoIterator<Item = PathBuf>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<PathBuf> {
    let mut paths = paths.into_iter();
    let mut path = paths.next().ok_or(io::ErrorKind::InvalidInput)?;
    let mut temp = TempFile::write(&path, Durability::Durable, None, write)?;
    loop {
        match temp.link_to(&path) {
            Ok(()) => break,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                path = paths.next().ok_or(error)?;
            }
            Err(error) => return Err(error),
        }
    }
    let _ = sync_folder(folder_of(&path));
    Ok(path)
}

/// Makes a folder, and those that it is in, unless they are there. On Unix new ones are for their owner alone.
///
/// # Errors
/// Any error of the operating system.
pub fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    create_folders(folder, &mut builder)
}

/// Makes a folder that is the learner's to share, such as that of decks, and those above it that are not there.
///
/// # Errors
/// Any error of the operating system.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    create_folders(folder, &mut fs::DirBuilder::new())
}

/// Also waits until the names of new folders are on the disk: a file in a folder without a name is lost.
fn create_folders(folder: &Path, builder: &mut fs::DirBuilder) -> io::Result<()> {
    let is_missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    let missing: Vec<&Path> = folder.ancestors().take_while(is_missing).collect();
    builder.recursive(true).create(folder)?;
    for folder in missing {
        // Some file systems cannot sync folders.
        let _ = sync_folder(folder_of(folder));
    }
    Ok(())
}

/// Waits until no other process has locked the file, which is made if it is not there, and locks it until the result is
/// dropped or the process ends.
///
/// # Errors
/// Any error of the operating system, such as that there are no locks on this disk.
pub fn lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    // Reading as well, so that not even a pipe of that name makes it wait.
    options.create(true).read(true).write(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let file = options.open(path)?;
    file.lock()?;
    Ok(file)
}

/// Creates an empty file that only its owner can read or write, for a library that writes its files by itself.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if anything has this name; any other error of the operating system.
pub fn create_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(path).map(drop)
}

/// Gives a complete and synced file a second name, or copies it where a file can have only one. The folder is not synced.
///
/// # Errors
/// As [`create`].
pub fn duplicate(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|_| {
        let mut source = File::open(from)?;
        create(to, |out| io::copy(&mut source, out).map(drop))
    })
}

/// Waits until the content of a file that was written by other means is on the disk.
///
/// # Errors
/// Any error of the operating system.
pub fn sync_file(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()
}

/// Renames a complete and synced file over another one, and waits until the new name is on the disk.
///
/// # Errors
/// Any error of the operating system.
pub fn rename_durably(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder(folder_of(to))
}

/// Waits until the entries of a folder are on the disk: files that were created, renamed or removed in it.
///
/// # Errors
/// Any error of the operating system.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    // Other systems cannot open a folder as a file. There, renaming is durable enough.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The folder of a file; `.` for a bare name.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The path that is not a link any more. `Path::canonicalize` cannot follow a link to a file that does not exist.
fn follow_links(path: &Path) -> PathBuf {
    // As many as Linux follows. Of a circle a link is left, and asking for its metadata is an error.
    const MOST: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST {
        match fs::read_link(&path) {
            Ok(next) => path = folder_of(&path).join(next),
            Err(_) => break,
        }
    }
    path
}

/// How many temporary files this process has made. A name is never used twice, so whoever removes a leftover by its
/// name cannot hit another file.
static COUNTER: AtomicU64 = AtomicU64::new(0);

/// A file under a temporary name. It is removed when it is dropped, unless it was renamed.
#[derive(Debug)]
struct TempFile {
    path: PathBuf,
    /// Also holds the lock.
    file: File,
    is_renamed: bool,
}

impl TempFile {
    /// Writes the content for `target` beside it.
    fn write(
        target: &Path,
        durability: Durability,
        permissions: Option<Permissions>,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<Self> {
        let temp = match durability {
            Durability::Durable => Self::create(target)?,
            Durability::Cache => Self::take_over(target)?,
        };
        // Before the content, so that nobody can read it who could not read the old file.
        if let Some(permissions) = permissions {
            temp.file.set_permissions(permissions)?;
        }
        let mut out = BufWriter::new(&temp.file);
        write(&mut out)?;
        out.flush()?;
        drop(out);
        if durability == Durability::Durable {
            temp.file.sync_all()?;
        }
        Ok(temp)
    }

    /// Makes an empty file that is locked, under a name of its own. First removes what was left of earlier writes.
    fn create(target: &Path) -> io::Result<Self> {
        remove_leftovers(folder_of(target));
        for path in temporary_names(target) {
            match File::create_new(&path) {
                // Another process may have taken it for a leftover before it was locked.
                Ok(file) if is_locked_by_other(&file) || path.symlink_metadata().is_err() => {}
                Ok(file) => return Ok(Self { path, file, is_renamed: false }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::ResourceBusy.into())
    }

    /// Opens the one temporary file of a file of a cache. It takes over a leftover: a cache has so many files that
    /// looking for leftovers at each of them would take longer than writing them.
    fn take_over(target: &Path) -> io::Result<Self> {
        let path = folder_of(target).join(format!(".{}.saving", name_of(target)));
        Ok(Self { file: File::create(&path)?, path, is_renamed: false })
    }

    /// Gives it its name; replaces a file that has this name.
    fn rename_to(&mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        self.is_renamed = true;
        Ok(())
    }

    /// Gives it its name unless that is taken ([`io::ErrorKind::AlreadyExists`]).
    fn link_to(&mut self, target: &Path) -> io::Result<()> {
        // Renaming could replace a file that another program has just created. Adding a hard link cannot.
        match fs::hard_link(&self.path, target) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => self.reserve_and_rename_to(target),
            linked => linked,
        }
    }

    /// [`Self::link_to`] for file systems without hard links: an empty file holds the name until the rename.
    fn reserve_and_rename_to(&mut self, target: &Path) -> io::Result<()> {
        File::create_new(target)?;
        self.rename_to(target).inspect_err(|_| {
            // The error to report is the one from renaming.
            let _ = fs::remove_file(target);
        })
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        if !self.is_renamed {
            // The file has its final name too, or it is useless.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A new folder under a temporary name beside its own, which it gets when all that belongs into it is written. Until then
/// dropping it removes it, with all that is in it.
#[derive(Debug)]
pub struct UnfinishedFolder {
    path: PathBuf,
    /// The locked file in it, [`FOLDER_LOCK`].
    lock: Option<File>,
}

/// The file by whose lock a folder is known to be still written.
const FOLDER_LOCK: &str = ".lock";
/// How old a folder is, of which no lock tells whether it is still written, when it is a leftover.
const FOLDER_IS_LEFT_AFTER: Duration = Duration::from_hours(24);

impl UnfinishedFolder {
    /// Makes the folder that will get the name `target`, and those that it is in. First removes what was left of earlier
    /// ones.
    ///
    /// # Errors
    /// Any error of the operating system.
    pub fn create(target: &Path) -> io::Result<Self> {
        create_folder(folder_of(target))?;
        remove_leftovers(folder_of(target));
        for path in temporary_names(target) {
            match fs::create_dir(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                made => made?,
            }
            let mut folder = Self { path, lock: None };
            let lock = File::create_new(folder.path.join(FOLDER_LOCK))?;
            // Another process may have taken it for a leftover before it was locked.
            if !is_locked_by_other(&lock) && folder.path.symlink_metadata().is_ok() {
                folder.lock = Some(lock);
                return Ok(folder);
            }
        }
        Err(io::ErrorKind::ResourceBusy.into())
    }

    /// Where it is until it has its name.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name, and waits until that is on the disk where the file system can do that.
    ///
    /// # Errors
    /// Any error of the operating system, also if something has the name, except for an empty folder. It is removed then.
    pub fn rename_to(mut self, target: &Path) -> io::Result<()> {
        // Some systems do not rename a folder in which a file is open.
        self.lock = None;
        fs::remove_file(self.path.join(FOLDER_LOCK))?;
        fs::rename(&self.path, target)?;
        let _ = sync_folder(folder_of(target));
        Ok(())
    }
}

impl Drop for UnfinishedFolder {
    fn drop(&mut self) {
        self.lock = None;
        // If it has its name, nothing is there: no other folder ever gets the temporary name.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Names for what gets the name `target` later, beside it: more of them than leftovers of one process id, and than
/// processes that tidy up at the same moment.
fn temporary_names(target: &Path) -> impl Iterator<Item = PathBuf> {
    const TRIES: usize = 100;
    let (folder, name) = (folder_of(target), name_of(target));
    std::iter::repeat_with(move || {
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        folder.join(format!(".{name}.{}-{number}.saving", std::process::id()))
    })
    .take(TRIES)
}

/// The name of a file, as far as there is room for what a temporary name has beside it.
fn name_of(path: &Path) -> String {
    // File systems allow 255 bytes.
    const MOST_BYTES: usize = 200;
    let mut name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    name.truncate(name.floor_char_boundary(MOST_BYTES));
    name
}

/// Locks a file. Returns whether another handle has the lock. Where there are no locks nobody has it.
fn is_locked_by_other(file: &File) -> bool {
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

/// Removes the temporary files and folders in a folder whose process is gone. Errors are ignored: a leftover takes space
/// and does no harm.
pub fn remove_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let is_temporary = entry
            .file_name()
            .to_str()
            .and_then(temp_file_process)
            // Over a network the locks of one process do not exclude each other.
            .is_some_and(|process| process != std::process::id());
        let (true, Ok(kind), path) = (is_temporary, entry.file_type(), entry.path()) else { continue };
        if kind.is_file() {
            if let Ok(file) = OpenOptions::new().write(true).open(&path)
                && file.try_lock().is_ok()
            {
                let _ = fs::remove_file(&path);
            }
        } else if kind.is_dir() {
            remove_leftover_folder(&path);
        }
    }
}

/// Removes an [`UnfinishedFolder`] whose process is gone.
fn remove_leftover_folder(path: &Path) {
    let lock_path = path.join(FOLDER_LOCK);
    // Opening anything but a file, such as a pipe, can take forever.
    let is_file = lock_path.symlink_metadata().is_ok_and(|lock| lock.is_file());
    let lock = is_file.then(|| OpenOptions::new().write(true).open(&lock_path).ok()).flatten();
    let is_left = match lock.as_ref().map(File::try_lock) {
        Some(Ok(())) => true,
        Some(Err(TryLockError::WouldBlock)) => false,
        Some(Err(TryLockError::Error(_))) | None => path
            .symlink_metadata()
            .and_then(|folder| folder.modified())
            .is_ok_and(|time| time.elapsed().is_ok_and(|age| age > FOLDER_IS_LEFT_AFTER)),
    };
    if is_left {
        let _ = fs::remove_dir_all(path);
    }
}

/// The id of the process that made a temporary file or folder. `None` for others.
fn temp_file_process(name: &str) -> Option<u32> {
    let (target, numbers) = name.strip_prefix('.')?.strip_suffix(".saving")?.rsplit_once('.')?;
    let (process, number) = numbers.split_once('-')?;
    number.parse::<u64>().ok()?;
    process.parse().ok().filter(|_| !target.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_hard_links_a_new_file_does_not_replace_one_either() {
        let folder = tempfile::tempdir().expect("a folder");
        let (taken, unused) = (folder.path().join("taken"), folder.path().join("unused"));
        fs::write(&taken, "someone else’s").expect("a file");
        let mut temp = TempFile::write(&unused, Durability::Durable, None, |out| out.write_all(b"new"))
            .expect("written");
        let refused = temp.reserve_and_rename_to(&taken).expect_err("taken");
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        temp.reserve_and_rename_to(&unused).expect("renamed");
        drop(temp);
        assert_eq!(fs::read_to_string(&taken).expect("a file"), "someone else’s");
        assert_eq!(fs::read_to_string(&unused).expect("a file"), "new");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2, "nothing is left beside");
    }

    #[test]
    fn temporary_files_are_told_from_all_others() {
        assert_eq!(temp_file_process(".a.ron.17-3.saving"), Some(17));
        for other in [".a.ron.saving", ".a.ron.17.saving", "..17-3.saving", "a.ron.17-3.saving", "a.ron"] {
            assert_eq!(temp_file_process(other), None, "{other}");
        }
    }
}
