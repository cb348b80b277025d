//! Small files of the configuration folder and the cache, in RON.

use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::atomic_file::{self, Durability};

/// Like [`save`], but if the existing file is not a value of this type, it is first renamed to `aside`.
///
/// # Errors
/// Also when the existing file cannot be renamed; it stays as it is.
pub(crate) fn save_preserving_unreadable<T: Serialize + DeserializeOwned>(
    folder: &Path,
    name: &str,
    aside: &str,
    value: &T,
) -> std::io::Result<()> {
    let path = folder.join(name);
    let is_unreadable = match std::fs::read_to_string(&path) {
        Ok(text) => ron::from_str::<T>(&text).is_err(),
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    };
    if is_unreadable {
        std::fs::rename(&path, folder.join(aside))?;
    }
    save(folder, name, value)
}

/// Writes the value to `name` in the folder, which is made if it is not there.
///
/// # Errors
/// When the file cannot be written; the previous one stays.
pub(crate) fn save(folder: &Path, name: &str, value: &impl Serialize) -> std::io::Result<()> {
    write(folder, name, value, Durability::Durable)
}

/// Like [`save`], without waiting for the disk, which can take longer than a frame: for what can be computed again.
///
/// # Errors
/// When the file cannot be written; the previous one stays.
pub(super) fn save_to_cache(folder: &Path, name: &str, value: &impl Serialize) -> std::io::Result<()> {
    write(folder, name, value, Durability::Cache)
}

fn write(folder: &Path, name: &str, value: &impl Serialize, durability: Durability) -> std::io::Result<()> {
    let text = ron::ser::to_string_pretty(value, ron::ser::PrettyConfig::default())
        .map_err(std::io::Error::other)?;
    std::fs::create_dir_all(folder)?;
    atomic_file::replace(&folder.join(name), durability, |out| out.write_all(text.as_bytes()))
}
