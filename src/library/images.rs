//! Pictures beside deck files: found, checked, decoded, copied there. Nothing is ever fetched from the network.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, RgbaImage};

use crate::domain::image::{ImagePathError, ImageRef, has_known_extension};

/// Larger files are not shown.
pub const MAX_BYTES: u64 = 20 << 20;
/// Pictures with a longer side, in pixels, are not shown.
pub const MAX_SIDE: u32 = 8_000;
/// What decoding may take at once: the largest picture at 16 bits a channel, and as much again.
const MAX_DECODE_MEMORY: u64 = 1 << 30;

/// Why a picture cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageFault {
    /// Its path can be none.
    Path(ImagePathError),
    /// The deck has no folder: it is inside the program.
    NoFolder,
    /// There is no such file.
    Missing,
    /// The system does not give it.
    Unreadable(String),
    /// The file is larger than [`MOST_BYTES`].
    TooLarge {
        /// Its size.
        megabytes: u64,
    },
    /// It has more pixels a side than [`MAX_SIDE`].
    TooManyPixels {
        /// Pixels from left to right.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
    },
    /// It holds something else than its name says.
    Damaged,
}

impl ImageFault {
    /// A stable name, as diagnostics have it.
    pub fn code(&self) -> &'static str {
        match self {
            ImageFault::Path(fault) => fault.code(),
            ImageFault::NoFolder | ImageFault::Missing => "picture-missing",
            ImageFault::Unreadable(_) => "picture-unreadable",
            ImageFault::TooLarge { .. } | ImageFault::TooManyPixels { .. } => "picture-too-large",
            ImageFault::Damaged => "picture-damaged",
        }
    }

    /// What is wrong, without a full stop.
    pub fn message(&self, file: &str) -> String {
        match self {
            ImageFault::Path(fault) => fault.message(file),
            ImageFault::NoFolder => format!("“{file}” belongs beside a deck file, and this deck has none"),
            ImageFault::Missing => format!("the picture “{file}” is not there"),
            ImageFault::Unreadable(error) => format!("the picture “{file}” cannot be read: {error}"),
            ImageFault::TooLarge { megabytes } => {
                format!("the picture “{file}” has {megabytes} MB, and at most 20 MB are shown")
            }
            ImageFault::TooManyPixels { width, height } => format!(
                "the picture “{file}” has {width} by {height} pixels, and at most 8,000 a side are shown"
            ),
            ImageFault::Damaged => format!("the picture “{file}” is damaged, or no PNG, JPEG or WebP"),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            ImageFault::Path(fault) => fault.help(),
            ImageFault::NoFolder => "make a copy of the deck to edit",
            ImageFault::Missing => "put it there, or mend the name: capitals count",
            ImageFault::Unreadable(_) => "check the rights of the file",
            ImageFault::TooLarge { .. } | ImageFault::TooManyPixels { .. } => "save it smaller",
            ImageFault::Damaged => "save it again as PNG, JPEG or WebP",
        }
    }
}

/// When a file was changed last, and how long it is: another stamp, another picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageFileStamp {
    modified: Option<SystemTime>,
    bytes: u64,
}

/// A picture in memory.
#[derive(Clone, Debug)]
pub struct DecodedImage {
    /// Width and height of the picture in its file, in pixels.
    pub size: [u32; 2],
    /// Its pixels, perhaps fewer than the file has.
    pub pixels: RgbaImage,
    /// Whether what lies behind it shows through.
    pub has_transparency: bool,
}

/// Finds a picture's file: inside the folder, by its path and by where links lead.
///
/// # Errors
/// Why it cannot be shown, as far as its path and its size tell.
pub fn find(folder: &Path, picture: &ImageRef) -> Result<(PathBuf, ImageFileStamp), ImageFault> {
    if let Some(fault) = picture.path_error() {
        return Err(ImageFault::Path(fault));
    }
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ImageFault::Missing,
        _ => ImageFault::Unreadable(error.to_string()),
    };
    let folder = folder.canonicalize().map_err(unreadable)?;
    let path = folder.join(&picture.file).canonicalize().map_err(unreadable)?;
    if !path.starts_with(&folder) {
        return Err(ImageFault::Path(ImagePathError::Outside));
    }
    let data = path.metadata().map_err(unreadable)?;
    if !data.is_file() {
        return Err(ImageFault::Missing);
    }
    if data.len() > MAX_BYTES {
        return Err(ImageFault::TooLarge { megabytes: data.len() >> 20 });
    }
    Ok((path, ImageFileStamp { modified: data.modified().ok(), bytes: data.len() }))
}

/// Looks whether a picture can be shown. Its head only is read, unless `whole`.
///
/// # Errors
/// Why it cannot.
pub fn check(folder: &Path, picture: &ImageRef, whole: bool) -> Result<(), ImageFault> {
    let (path, _) = find(folder, picture)?;
    check_file(&path, whole)
}

/// The same for a file anywhere.
///
/// # Errors
/// Why it cannot be shown.
pub fn check_file(path: &Path, whole: bool) -> Result<(), ImageFault> {
    if !has_known_extension(&path.to_string_lossy()) {
        return Err(ImageFault::Path(ImagePathError::Unsupported));
    }
    let bytes = path.metadata().map_err(|error| ImageFault::Unreadable(error.to_string()))?.len();
    if bytes > MAX_BYTES {
        return Err(ImageFault::TooLarge { megabytes: bytes >> 20 });
    }
    let mut decoder = decoder(path)?;
    if whole {
        decoder.set_limits(limits()).map_err(|error| fault_of(&error))?;
        DynamicImage::from_decoder(decoder).map_err(|error| fault_of(&error))?;
    }
    Ok(())
}

/// Decodes a file, upright, so that no side has more than `most_side` pixels.
///
/// # Errors
/// Why it cannot be shown.
pub fn decode(path: &Path, most_side: u32) -> Result<DecodedImage, ImageFault> {
    let mut decoder = decoder(path)?;
    decoder.set_limits(limits()).map_err(|error| fault_of(&error))?;
    // A camera says how it was held; without it the picture is taken as it lies.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| fault_of(&error))?;
    picture.apply_orientation(orientation);
    let size = [picture.width(), picture.height()];
    if size.into_iter().any(|side| side > most_side) {
        picture = picture.thumbnail(most_side, most_side);
    }
    let pixels = picture.into_rgba8();
    let is_see_through = pixels.pixels().any(|pixel| pixel.0[3] < u8::MAX);
    Ok(DecodedImage { size, pixels, has_transparency: is_see_through })
}

fn decoder(path: &Path) -> Result<impl ImageDecoder, ImageFault> {
    let unreadable = |error: io::Error| ImageFault::Unreadable(error.to_string());
    let file = File::open(path).map_err(unreadable)?;
    let reader = ImageReader::new(BufReader::new(file)).with_guessed_format().map_err(unreadable)?;
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)) {
        return Err(ImageFault::Damaged);
    }
    let decoder = reader.into_decoder().map_err(|error| fault_of(&error))?;
    let (width, height) = decoder.dimensions();
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(ImageFault::TooManyPixels { width, height });
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

fn fault_of(error: &ImageError) -> ImageFault {
    match error {
        ImageError::IoError(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            ImageFault::Unreadable(error.to_string())
        }
        _ => ImageFault::Damaged,
    }
}

/// The path of a file from a deck's folder, if it lies inside.
pub fn path_in_folder(folder: &Path, file: &Path) -> Option<String> {
    let (folder, file) = (folder.canonicalize().ok()?, file.canonicalize().ok()?);
    let inside = file.strip_prefix(folder).ok()?;
    let parts: Option<Vec<&str>> = inside.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

/// The name that a file gets when it is copied beside a deck: its own, or with a number where that is taken by
/// another. Marks that mean something in a path or in CommonMark become hyphens.
pub fn unused_file_name(folder: &Path, file: &Path) -> String {
    let tame = |text: &str| -> String {
        let tame = |c: char| if c.is_alphanumeric() || ".-_ ".contains(c) { c } else { '-' };
        text.chars().map(tame).collect::<String>().trim_matches([' ', '.']).to_owned()
    };
    let part =
        |part: Option<&std::ffi::OsStr>| part.map_or(String::new(), |part| tame(&part.to_string_lossy()));
    let (stem, ending) = (part(file.file_stem()), part(file.extension()).to_lowercase());
    let stem = if stem.is_empty() { "picture".to_owned() } else { stem };
    let name = |number: u32| match number {
        1 => format!("{stem}.{ending}"),
        _ => format!("{stem}-{number}.{ending}"),
    };
    (1..).map(name).find(|name| !folder.join(name).exists()).unwrap_or_default()
}

/// Copies a picture beside a deck under a name that no file has: never over one that is there.
///
/// # Errors
/// When it cannot be written; nothing is left then.
pub fn copy_into(folder: &Path, file: &Path, name: &str) -> io::Result<()> {
    let bytes = std::fs::read(file)?;
    let target = folder.join(name);
    // Takes the name: whoever has the same idea at the same moment gets another.
    File::create_new(&target)?;
    let beside = folder.join(format!(".{name}.saving"));
    let written = (|| {
        let mut copy = File::create(&beside)?;
        copy.write_all(&bytes)?;
        copy.sync_all()?;
        std::fs::rename(&beside, &target)
    })();
    if written.is_err() {
        // The error that counts is the one above.
        let _ = std::fs::remove_file(&beside);
        let _ = std::fs::remove_file(&target);
    }
    written
}
