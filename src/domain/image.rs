//! The image of a question: a file next to the deck, and its alternative text.

/// An image as referenced in the deck file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ImageRef {
    /// Path relative to the folder of the deck file, with `/` between its parts.
    pub file: String,
    /// Alternative text for those who cannot see the image; empty when the author wrote none.
    pub alt: String,
}

/// Why a path cannot be the image of a deck, whatever files exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImagePathError {
    /// The path is empty.
    Empty,
    /// It is a URL. Nothing is ever fetched from the network.
    Web,
    /// It is an absolute path, which works on one machine only.
    Absolute,
    /// It leads out of the deck's folder.
    Outside,
    /// It uses `\` between its parts.
    Backslash,
    /// Its file extension is not that of a PNG, JPEG or WebP.
    Unsupported,
}

impl ImageRef {
    /// Checks the path without looking at the file system; `None` when it is fine.
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

    /// The alternative text; the path when there is none.
    pub fn label(&self) -> &str {
        if self.alt.is_empty() { &self.file } else { &self.alt }
    }
}

/// `https://…`, `data:…`, `file:…`: begins with a scheme of at least two letters (one letter would be a
/// Windows drive).
fn is_url(file: &str) -> bool {
    file.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// Whether the file has the extension of a supported image format, in upper or lower case.
pub fn has_known_extension(file: &str) -> bool {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    EXTENSIONS.contains(&ending.as_str())
}

/// Extensions of supported image formats, in lower case.
pub const EXTENSIONS: [&str; 4] = ["png", "jpg", "jpeg", "webp"];

impl ImagePathError {
    /// The stable code used in diagnostics.
    pub fn code(self) -> &'static str {
        match self {
            ImagePathError::Empty => "picture-unnamed",
            ImagePathError::Web => "picture-from-web",
            ImagePathError::Absolute | ImagePathError::Outside => "picture-outside",
            ImagePathError::Backslash => "picture-backslash",
            ImagePathError::Unsupported => "picture-unsupported",
        }
    }

    /// The message of the diagnostic, without a full stop.
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

    /// How the deck author can fix it.
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
