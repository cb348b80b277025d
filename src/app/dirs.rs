//! The folders that the program reads and writes.

use std::path::{Path, PathBuf};

/// The folder of logs, inside the data folder.
pub(super) const LOGS: &str = "logs";
/// The folder of crash reports, inside the data folder.
pub(super) const CRASHES: &str = "crashes";

/// The folders of one learner's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dirs {
    /// Progress, own decks, backups, logs.
    pub data: PathBuf,
    /// Settings and window state.
    pub config: PathBuf,
    /// Data that can be rebuilt: the index of decks, exam plans.
    pub cache: PathBuf,
    /// Whether the learner chose the folder, instead of using the system's default.
    pub is_custom: bool,
}

/// The system has no home folder for this user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This system names no home folder: start with --data-dir FOLDER, or set LINCHPIN_DATA_DIR.")]
pub struct NoHomeFolder;

impl Dirs {
    /// Uses one folder for everything.
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            data: folder.to_owned(),
            config: folder.to_owned(),
            cache: folder.join("cache"),
            is_custom: true,
        }
    }

    /// The folder given on the command line, else `LINCHPIN_DATA_DIR`, else the system's default.
    ///
    /// # Errors
    /// When none of the three exists.
    pub fn find(from_command_line: Option<&Path>) -> Result<Self, NoHomeFolder> {
        if let Some(folder) = from_command_line {
            return Ok(Self::in_folder(folder));
        }
        if let Some(folder) = std::env::var_os("LINCHPIN_DATA_DIR").filter(|value| !value.is_empty()) {
            return Ok(Self::in_folder(Path::new(&folder)));
        }
        let project = directories::ProjectDirs::from("", "", "linchpin").ok_or(NoHomeFolder)?;
        Ok(Self {
            data: project.data_dir().to_owned(),
            config: project.config_dir().to_owned(),
            cache: project.cache_dir().to_owned(),
            is_custom: false,
        })
    }

    /// Whether the data folder is the system's default, even if it was given by another name.
    pub fn is_system_default(&self) -> bool {
        let Some(project) = directories::ProjectDirs::from("", "", "linchpin") else { return false };
        let same = |a: &Path, b: &Path| {
            a == b || a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
        };
        !self.is_custom || same(&self.data, project.data_dir())
    }

    /// The folder of the learner's own decks.
    pub fn decks(&self) -> PathBuf {
        self.data.join("decks")
    }

    /// The folder of the logs, see [`logging`](super::logging).
    pub fn logs(&self) -> PathBuf {
        self.data.join(LOGS)
    }

    /// The folder of the deck index.
    pub fn index(&self) -> PathBuf {
        self.cache.join("decks")
    }
}
