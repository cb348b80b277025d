//! Images next to deck files: finding, checking, decoding and copying them. Images are never loaded from the
//! network.

use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, RgbaImage};

use crate::atomic_file;
use crate::domain::image::{ImagePathError, ImageRef, has_known_extension};
use crate::plain_file;

/// Maximum size of an image file in bytes.
pub const MAX_BYTES: u64 = 20 << 20;
/// Maximum length of each side in pixels.
pub const MAX_SIDE: u32 = 8_000;
/// Maximum memory for decoding in bytes: enough for the largest image with 16 bits a channel, twice.
const MAX_DECODE_MEMORY: u64 = 1 << 30;

/// Why an image cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageFileError {
    /// Its path is not allowed.
    Path(ImagePathError),
    /// The deck has no folder, because it is shipped with the program.
    NoFolder,
    /// The file does not exist.
    Missing,
    /// The operating system reported an error.
    Unreadable(String),
    /// The file is larger than [`MAX_BYTES`].
    TooLarge {
        /// Its size in megabytes, rounded down.
        megabytes: u64,
    },
    /// One of its sides has more than [`MAX_SIDE`] pixels.
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The content is damaged or does not match the file's extension.
    Damaged,
}

impl ImageFileError {
    /// The code of the diagnostic. It never changes.
    pub fn code(&self) -> &'static str {
        match self {
            ImageFileError::Path(fault) => fault.code(),
            ImageFileError::NoFolder | ImageFileError::Missing => "picture-missing",
            ImageFileError::Unreadable(_) => "picture-unreadable",
            ImageFileError::TooLarge { .. } | ImageFileError::TooManyPixels { .. } => "picture-too-large",
            ImageFileError::Damaged => "picture-damaged",
        }
    }

    /// What is wrong, without a full stop. `file` is the path as the deck has it.
    pub fn message(&self, file: &str) -> String {
        match self {
            ImageFileError::Path(fault) => fault.message(file),
            ImageFileError::NoFolder => {
                format!("“{file}” belongs beside a deck file, and this deck has none")
            }
            ImageFileError::Missing => format!("the picture “{file}” is not there"),
            ImageFileError::Unreadable(error) => format!("the picture “{file}” cannot be read: {error}"),
            ImageFileError::TooLarge { megabytes } => {
                format!("the picture “{file}” has {megabytes} MB, and at most 20 MB are shown")
            }
            ImageFileError::TooManyPixels { width, height } => format!(
                "the picture “{file}” has {width} by {height} pixels, and at most 8,000 a side are shown"
            ),
            ImageFileError::Damaged => format!("the picture “{file}” is damaged, or no PNG, JPEG or WebP"),
        }
    }

    /// How to fix it, without a full stop.
    pub fn help(&self) -> &'static str {
        match self {
            ImageFileError::Path(fault) => fault.help(),
            ImageFileError::NoFolder => "make a copy of the deck to edit",
            ImageFileError::Missing => "put it there, or mend the name: capitals count",
            ImageFileError::Unreadable(_) => "check the rights of the file",
            ImageFileError::TooLarge { .. } | ImageFileError::TooManyPixels { .. } => "save it smaller",
            ImageFileError::Damaged => "save it again as PNG, JPEG or WebP",
        }
    }
}

/// Identifies the content of an image file. It is different when the file has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageFileStamp {
    modified: Option<SystemTime>,
    bytes: u64,
}

/// A decoded image.
#[derive(Clone, Debug)]
pub struct DecodedImage {
    /// Width and height of the image in the file, in pixels.
    pub size: [u32; 2],
    /// The pixels. May be smaller than the image in the file.
    pub pixels: RgbaImage,
    /// Whether any pixel is not fully opaque.
    pub has_transparency: bool,
}

/// Finds the file of an image. It must be inside the folder, even after following links.
///
/// # Errors
/// [`ImageFileError`] if the path or the size is not allowed or the file cannot be found.
pub fn find(folder: &Path, image: &ImageRef) -> Result<(PathBuf, ImageFileStamp), ImageFileError> {
    if let Some(fault) = image.path_error() {
        return Err(ImageFileError::Path(fault));
    }
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ImageFileError::Missing,
        _ => ImageFileError::Unreadable(error.to_string()),
    };
    let folder = folder.canonicalize().map_err(unreadable)?;
    let path = folder.join(&image.file).canonicalize().map_err(unreadable)?;
    if !path.starts_with(&folder) {
        return Err(ImageFileError::Path(ImagePathError::Outside));
    }
    let metadata = path.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(ImageFileError::Missing);
    }
    if metadata.len() > MAX_BYTES {
        return Err(ImageFileError::TooLarge { megabytes: metadata.len() >> 20 });
    }
    Ok((path, ImageFileStamp { modified: metadata.modified().ok(), bytes: metadata.len() }))
}

/// Checks whether an image can be shown. Decodes it if `decode_fully` is set, otherwise only reads its
/// header.
///
/// # Errors
/// [`ImageFileError`] if it cannot be shown.
pub fn check(folder: &Path, image: &ImageRef, decode_fully: bool) -> Result<(), ImageFileError> {
    let (path, _) = find(folder, image)?;
    check_file(&path, decode_fully)
}

/// The same for a file anywhere.
///
/// # Errors
/// [`ImageFileError`] if it cannot be shown.
pub fn check_file(path: &Path, decode_fully: bool) -> Result<(), ImageFileError> {
    if !has_known_extension(&path.to_string_lossy()) {
        return Err(ImageFileError::Path(ImagePathError::Unsupported));
    }
    let mut decoder = decoder(path)?;
    if decode_fully {
        decoder.set_limits(limits()).map_err(|error| image_file_error(&error))?;
        DynamicImage::from_decoder(decoder).map_err(|error| image_file_error(&error))?;
    }
    Ok(())
}

/// Decodes an image upright. Scales it down if needed, so that no side has more than `max_side` pixels.
///
/// # Errors
/// [`ImageFileError`] if it cannot be shown.
pub fn decode(path: &Path, max_side: u32) -> Result<DecodedImage, ImageFileError> {
    let mut decoder = decoder(path)?;
    decoder.set_limits(limits()).map_err(|error| image_file_error(&error))?;
    // Cameras store how they were held. Without that information the image is used as it is.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| image_file_error(&error))?;
    image.apply_orientation(orientation);
    let size = [image.width(), image.height()];
    if size.into_iter().any(|side| side > max_side) {
        image = image.thumbnail(max_side, max_side);
    }
    let pixels = image.into_rgba8();
    let has_transparency = pixels.pixels().any(|pixel| pixel.0[3] < u8::MAX);
    Ok(DecodedImage { size, pixels, has_transparency })
}

fn decoder(path: &Path) -> Result<impl ImageDecoder, ImageFileError> {
    let unreadable = |error: io::Error| ImageFileError::Unreadable(error.to_string());
    let (file, bytes) = plain_file::open(path).map_err(unreadable)?;
    if bytes > MAX_BYTES {
        return Err(ImageFileError::TooLarge { megabytes: bytes >> 20 });
    }
    let reader = ImageReader::new(BufReader::new(file)).with_guessed_format().map_err(unreadable)?;
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)) {
        return Err(ImageFileError::Damaged);
    }
    let decoder = reader.into_decoder().map_err(|error| image_file_error(&error))?;
    let (width, height) = decoder.dimensions();
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(ImageFileError::TooManyPixels { width, height });
    }
    Ok(decoder)
}

fn limits() -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODE_MEMORY);
    limits
}

fn image_file_error(error: &ImageError) -> ImageFileError {
    match error {
        ImageError::IoError(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            ImageFileError::Unreadable(error.to_string())
        }
        _ => ImageFileError::Damaged,
    }
}

/// The path of a file relative to a deck's folder, with `/` as separator. `None` if it is not inside the
/// folder or is not valid Unicode.
pub fn path_in_folder(folder: &Path, file: &Path) -> Option<String> {
    let (folder, file) = (folder.canonicalize().ok()?, file.canonicalize().ok()?);
    let inside = file.strip_prefix(folder).ok()?;
    let parts: Option<Vec<&str>> = inside.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

/// The name for a file that is copied to a deck's folder: its own name, with a number added if that name is
/// taken. Characters with a meaning in paths or in CommonMark become hyphens.
pub fn unused_file_name(folder: &Path, file: &Path) -> String {
    let sanitize = |text: &str| -> String {
        let sanitize_char = |c: char| if c.is_alphanumeric() || ".-_ ".contains(c) { c } else { '-' };
        text.chars().map(sanitize_char).collect::<String>().trim_matches([' ', '.']).to_owned()
    };
    let part =
        |part: Option<&std::ffi::OsStr>| part.map_or(String::new(), |part| sanitize(&part.to_string_lossy()));
    let (stem, extension) = (part(file.file_stem()), part(file.extension()).to_lowercase());
    let stem = if stem.is_empty() { "picture".to_owned() } else { stem };
    let name = |number: u32| match number {
        1 => format!("{stem}.{extension}"),
        _ => format!("{stem}-{number}.{extension}"),
    };
    (1..).map(name).find(|name| !folder.join(name).exists()).unwrap_or_default()
}

/// Copies an image to a deck's folder. Never replaces an existing file.
///
/// # Errors
/// Any error of the operating system, also if a file has this name. No partial file is left then.
pub fn copy_into(folder: &Path, file: &Path, name: &str) -> io::Result<()> {
    let bytes = plain_file::read(file, MAX_BYTES)?;
    atomic_file::create(&folder.join(name), |out| out.write_all(&bytes))
}
