//! Small files of the configuration folder and the cache, in RON.

mod later_fields;

use std::io;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::atomic_file::{self, Durability};
use crate::plain_file;

/// Larger than any of these files can become.
const MOST_BYTES: u64 = 16 << 20;

/// The text of a file.
///
/// # Errors
/// When it cannot be read, which includes what is no plain file.
pub(crate) fn read(folder: &Path, name: &str) -> io::Result<String> {
    plain_file::read_text(&folder.join(name), MOST_BYTES)
}

/// The value in a file, or the default if it cannot be read, which costs no more than convenience.
pub(crate) fn load_or_default<T: DeserializeOwned + Default>(folder: &Path, name: &str) -> T {
    read(folder, name).ok().and_then(|text| ron::from_str(&text).ok()).unwrap_or_default()
}

/// Writes the value to `name` in the folder, which is made if it is not there. What this version cannot read is kept: an
/// existing file that is not a value of this type is first renamed to [`name_aside`], fields of a later version stay in
/// the file.
///
/// # Errors
/// When the file cannot be written, or an unreadable one cannot be renamed; it stays as it is.
pub(crate) fn save<T: Serialize + DeserializeOwned>(folder: &Path, name: &str, value: &T) -> io::Result<()> {
    let mut text = to_text(value)?;
    match read(folder, name) {
        Ok(old) if ron::from_str::<T>(&old).is_ok() => text = later_fields::keep(&old, text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        _ => set_aside(folder, name)?,
    }
    atomic_file::create_private_folder(folder)?;
    atomic_file::replace_private(&folder.join(name), |out| out.write_all(text.as_bytes()))
}

/// The name that an unreadable file is renamed to. If something has it, a number follows.
pub(crate) fn name_aside(name: &str) -> String {
    format!("{name}.unreadable")
}

fn set_aside(folder: &Path, name: &str) -> io::Result<()> {
    let aside = name_aside(name);
    let numbered = (2_u64..).map(|number| format!("{aside}-{number}"));
    let mut paths = std::iter::once(aside.clone()).chain(numbered).map(|name| folder.join(name));
    match paths.find(|path| path.symlink_metadata().is_err()) {
        Some(unused) => std::fs::rename(folder.join(name), unused),
        None => Err(io::ErrorKind::AlreadyExists.into()),
    }
}

/// Like [`save`], without waiting for the disk, which can take longer than a frame: for what can be computed again.
///
/// # Errors
/// When the file cannot be written; the previous one stays.
pub(super) fn save_to_cache(folder: &Path, name: &str, value: &impl Serialize) -> io::Result<()> {
    let text = to_text(value)?;
    atomic_file::create_private_folder(folder)?;
    atomic_file::replace(&folder.join(name), Durability::Cache, |out| out.write_all(text.as_bytes()))
}

fn to_text(value: &impl Serialize) -> io::Result<String> {
    ron::ser::to_string_pretty(value, ron::ser::PrettyConfig::default()).map_err(io::Error::other)
}
