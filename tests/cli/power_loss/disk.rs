//! The files of a folder as a disk holds them, and changes of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A change that a disk makes sooner or later. Files are numbered, because their names change.
#[derive(Clone, Debug)]
pub enum DiskChange {
    /// Bytes of a file, from an offset on.
    Bytes { file: usize, offset: usize, bytes: Vec<u8> },
    /// The length of a file.
    Length { file: usize, length: usize },
    /// A name for a file.
    Link { name: PathBuf, file: usize },
    /// A name is removed.
    Unlink { name: PathBuf },
    /// A file gets another name, in place of what had it.
    Rename { from: PathBuf, to: PathBuf },
    /// A folder.
    Folder { name: PathBuf },
}

/// The files of a folder. Names are relative to it; the folder itself is the empty name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disk {
    pub names: BTreeMap<PathBuf, usize>,
    pub folders: Vec<PathBuf>,
    pub files: Vec<Vec<u8>>,
}

impl Disk {
    /// What is in a folder now.
    pub fn read(root: &Path) -> Self {
        let mut disk = Self { folders: vec![PathBuf::new()], ..Self::default() };
        let mut at = 0;
        while let Some(folder) = disk.folders.get(at).cloned() {
            at += 1;
            for entry in fs::read_dir(root.join(&folder)).unwrap().map(Result::unwrap) {
                let name = folder.join(entry.file_name());
                if entry.file_type().unwrap().is_dir() {
                    disk.folders.push(name);
                } else {
                    disk.files.push(fs::read(entry.path()).unwrap());
                    disk.names.insert(name, disk.files.len() - 1);
                }
            }
        }
        disk
    }

    /// Makes a change.
    pub fn apply(&mut self, change: &DiskChange) {
        match change {
            DiskChange::Bytes { file, offset, bytes } => {
                let content = self.content(*file);
                content.resize(content.len().max(offset + bytes.len()), 0);
                content[*offset..offset + bytes.len()].copy_from_slice(bytes);
            }
            DiskChange::Length { file, length } => self.content(*file).resize(*length, 0),
            DiskChange::Link { name, file } => {
                self.content(*file);
                self.names.insert(name.clone(), *file);
            }
            DiskChange::Unlink { name } => {
                self.names.remove(name);
            }
            DiskChange::Rename { from, to } => {
                if let Some(file) = self.names.remove(from) {
                    self.names.insert(to.clone(), file);
                }
            }
            DiskChange::Folder { name } => self.folders.push(name.clone()),
        }
    }

    fn content(&mut self, file: usize) -> &mut Vec<u8> {
        self.files.resize(self.files.len().max(file + 1), Vec::new());
        &mut self.files[file]
    }

    /// Makes a folder hold these files and no others. What is removed goes to `stash` and comes back from there, and a
    /// file that is there is written in place: the progress knows the file that it is in.
    pub fn write(&self, root: &Path, stash: &Path) {
        let now = Self::read(root);
        let stashed = |name: &Path| stash.join(name.to_string_lossy().replace('/', "|"));
        for name in now.names.keys().filter(|name| !self.is_reachable(name)) {
            fs::rename(root.join(name), stashed(name)).unwrap();
        }
        for folder in now.folders.iter().rev().filter(|folder| !self.has_folder(folder)) {
            fs::remove_dir(root.join(folder)).unwrap();
        }
        for folder in self.folders.iter().filter(|folder| self.has_folder(folder)) {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        for (name, file) in self.names.iter().filter(|(name, _)| self.is_reachable(name)) {
            let path = root.join(name);
            if !path.exists() && stashed(name).exists() {
                fs::rename(stashed(name), &path).unwrap();
            }
            fs::write(path, &self.files[*file]).unwrap();
        }
    }

    fn is_reachable(&self, name: &Path) -> bool {
        self.names.contains_key(name) && name.parent().is_none_or(|folder| self.has_folder(folder))
    }

    fn has_folder(&self, folder: &Path) -> bool {
        folder.ancestors().all(|folder| self.folders.iter().any(|known| known == folder))
    }
}
