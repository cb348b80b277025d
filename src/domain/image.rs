//! A picture of a question: a file beside the deck, and in words what it shows.

/// A picture as the deck's author wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ImageRef {
    /// A path from the deck file's folder, with `/` between its parts.
    pub file: String,
    /// What it shows, for those who do not see it; empty when the author said nothing.
    pub alt: String,
}

/// Why a path can be no picture of a deck, whatever files there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImagePathError {
    /// No file is named.
    Empty,
    /// It is an address; nothing is ever fetched from the network.
    Web,
    /// It begins at the root of the disk: true on one machine only.
    Absolute,
    /// It leads out of the deck's folder.
    Outside,
    /// Its parts are not joined by `/`.
    Backslash,
    /// It is no PNG, JPEG or WebP by its ending.
    Unsupported,
}

impl ImageRef {
    /// What is wrong with its path, as far as that can be seen without looking at files.
    pub fn path_error(&self) -> Option<ImagePathError> {
        let file = self.file.as_str();
        let is_drive = file.as_bytes().get(1) == Some(&b':') && file.as_bytes()[0].is_ascii_alphabetic();
        if file.trim().is_empty() {
            Some(ImagePathError::Empty)
        } else if is_drive || file.starts_with(['/', '~']) || file.starts_with("\\\\") {
            Some(ImagePathError::Absolute)
        } else if is_url(file) {
            Some(ImagePathError::Web)
        } else if file.contains('\\') {
            Some(ImagePathError::Backslash)
        } else if file.split('/').any(|part| part == "..") {
            Some(ImagePathError::Outside)
        } else if !has_known_extension(file) {
            Some(ImagePathError::Unsupported)
        } else {
            None
        }
    }

    /// What it shows; its file's name where the author said nothing.
    pub fn label(&self) -> &str {
        if self.alt.is_empty() { &self.file } else { &self.alt }
    }
}

/// `https://…`, `data:…`, `file:…`: a scheme of two letters or more.
fn is_url(file: &str) -> bool {
    file.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// Whether a file's name ends like that of a picture that can be shown.
pub fn has_known_extension(file: &str) -> bool {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    EXTENSIONS.contains(&ending.as_str())
}

/// Endings of the files that can be shown.
pub const EXTENSIONS: [&str; 4] = ["png", "jpg", "jpeg", "webp"];

impl ImagePathError {
    /// A stable name, as diagnostics have it.
    pub fn code(self) -> &'static str {
        match self {
            ImagePathError::Empty => "picture-unnamed",
            ImagePathError::Web => "picture-from-web",
            ImagePathError::Absolute | ImagePathError::Outside => "picture-outside",
            ImagePathError::Backslash => "picture-backslash",
            ImagePathError::Unsupported => "picture-unsupported",
        }
    }

    /// What is wrong, without a full stop.
    pub fn message(self, file: &str) -> String {
        match self {
            ImagePathError::Empty => "the picture names no file".to_owned(),
            ImagePathError::Web => format!("“{file}” is a web address, and pictures are not fetched"),
            ImagePathError::Absolute | ImagePathError::Outside => {
                format!("“{file}” lies outside of the deck’s folder")
            }
            ImagePathError::Backslash => format!("“{file}” has a backslash in its path"),
            ImagePathError::Unsupported => format!("“{file}” is no PNG, JPEG or WebP"),
        }
    }

    /// What to do about it.
    pub fn help(self) -> &'static str {
        match self {
            ImagePathError::Empty => "name a file beside the deck, such as map.png",
            ImagePathError::Web => "save the picture beside the deck, and name the file",
            ImagePathError::Absolute | ImagePathError::Outside => {
                "copy the picture beside the deck, and name it from there, such as map.png"
            }
            ImagePathError::Backslash => "write / between folder and file: pictures/map.png",
            ImagePathError::Unsupported => "save it as PNG, JPEG or WebP",
        }
    }
}
