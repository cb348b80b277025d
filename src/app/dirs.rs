//! Where things are kept.

use std::path::{Path, PathBuf};

/// The folder of logs in the data folder.
pub(super) const LOGS: &str = "logs";

/// The folders of one learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dirs {
    /// Progress, own decks, backups, logs.
    pub data: PathBuf,
    /// Settings and the window's place.
    pub config: PathBuf,
    /// What can be made again: the index of decks.
    pub cache: PathBuf,
    /// Whether the learner named the folder, rather than the system.
    pub is_custom: bool,
}

/// The system names no home folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This system names no home folder: start with --data-dir FOLDER, or set LINCHPIN_DATA_DIR.")]
pub struct NoHome;

impl Dirs {
    /// One folder for everything.
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            data: folder.to_owned(),
            config: folder.to_owned(),
            cache: folder.join("cache"),
            is_custom: true,
        }
    }

    /// The folder given on the command line, else that of `LINCHPIN_DATA_DIR`, else the system's.
    ///
    /// # Errors
    /// When none of the three is there.
    pub fn find(given: Option<&Path>) -> Result<Self, NoHome> {
        if let Some(folder) = given {
            return Ok(Self::in_folder(folder));
        }
        if let Some(folder) = std::env::var_os("LINCHPIN_DATA_DIR").filter(|value| !value.is_empty()) {
            return Ok(Self::in_folder(Path::new(&folder)));
        }
        let project = directories::ProjectDirs::from("", "", "linchpin").ok_or(NoHome)?;
        Ok(Self {
            data: project.data_dir().to_owned(),
            config: project.config_dir().to_owned(),
            cache: project.cache_dir().to_owned(),
            is_custom: false,
        })
    }

    /// Whether this is the system's folder, by whatever name it was given.
    pub fn is_the_systems(&self) -> bool {
        let Some(project) = directories::ProjectDirs::from("", "", "linchpin") else { return false };
        let same = |a: &Path, b: &Path| {
            a == b || a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
        };
        !self.is_custom || same(&self.data, project.data_dir())
    }

    /// Where the learner's own decks are.
    pub fn decks(&self) -> PathBuf {
        self.data.join("decks")
    }

    /// Where the program's logs are, see [`logging`](super::logging).
    pub fn logs(&self) -> PathBuf {
        self.data.join(LOGS)
    }

    /// Where the index of decks is.
    pub fn index(&self) -> PathBuf {
        self.cache.join("decks")
    }
}
