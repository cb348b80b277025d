//! The pictures: which are kept in the repository, and how one is compared and written.
//!
//! A picture is kept where its file lies in `assets/screenshots/`: what README and docs show, and one of every screen,
//! theme and size that guards something. All others are drawn into `target/gallery/` when they are wanted.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use image::{Rgb, RgbImage, RgbaImage};
use quantette::deps::palette::Srgb;
use quantette::{ImageRef, PaletteSize, Pipeline};

use crate::util::Bench;

/// Share of pixels that may differ: drivers round differently, a moved line is far more.
const TOLERATED: f64 = 0.01;

/// How much one channel of a pixel may differ: the palette of a kept picture rounds too.
const TOLERATED_CHANNEL: u8 = 32;

/// What the pictures in the repository may weigh together, in bytes: every change of a margin adds as much to its history.
pub const MOST_BYTES: u64 = 6_000_000;

/// What to do with the pictures of this run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Task {
    /// Compare those that are kept.
    Compare,
    /// Write those that are kept anew.
    Update,
    /// Draw every picture into `target/gallery/`.
    All,
}

/// The pictures of one test.
pub struct Gallery {
    task: Task,
    /// File names of kept pictures that this test has to draw.
    expected: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Gallery {
    /// The folder of the kept pictures.
    pub fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screenshots")
    }

    /// The names of all kept pictures.
    pub fn kept() -> BTreeSet<String> {
        let files = fs::read_dir(Self::folder()).expect("the folder of pictures");
        files.map(|file| file.expect("a file").file_name().into_string().expect("a plain name")).collect()
    }

    /// The pictures of a test, by the beginnings of their names.
    pub fn new(prefixes: &[&str]) -> Self {
        let task = match std::env::var("UPDATE_SCREENSHOTS").as_deref() {
            Err(_) => Task::Compare,
            Ok("all") => Task::All,
            Ok(_) => Task::Update,
        };
        let is_ours = |name: &String| prefixes.iter().any(|prefix| name.starts_with(prefix));
        Self { task, expected: Self::kept().into_iter().filter(is_ours).collect(), wrong: Vec::new() }
    }

    /// Takes a picture of the window, if it is wanted.
    pub fn picture(&mut self, bench: &mut Bench<'_>, name: &str) {
        let file = format!("{name}.png");
        let kept = self.expected.remove(&file);
        if self.task == Task::All {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
            fs::create_dir_all(&folder).expect("a folder");
            return write(&draw(bench), &folder.join(file));
        }
        if !kept {
            return;
        }
        let drawn = draw(bench);
        let path = Self::folder().join(file);
        if self.task == Task::Update {
            return write(&drawn, &path);
        }
        match image::open(&path) {
            Ok(kept) => {
                let share = difference(&kept.to_rgb8(), &drawn);
                if share > TOLERATED {
                    self.wrong.push(format!("{name}: {:.1} % of it differs", share * 100.0));
                }
            }
            Err(error) => self.wrong.push(format!("{name}: {error}")),
        }
    }

    /// Fails where a kept picture shows something else, or was not drawn at all.
    pub fn finish(mut self) {
        self.wrong.extend(self.expected.into_iter().map(|name| format!("{name}: no test draws it any more")));
        assert!(self.wrong.is_empty(), "draw the gallery anew and look at it:\n{}", self.wrong.join("\n"));
    }
}

fn draw(bench: &mut Bench<'_>) -> RgbImage {
    let drawn: RgbaImage = bench.harness.render().expect("the window can be drawn");
    RgbImage::from_fn(drawn.width(), drawn.height(), |x, y| {
        let [red, green, blue, _] = drawn.get_pixel(x, y).0;
        Rgb([red, green, blue])
    })
}

/// Writes a picture with 256 colours of its own: a quarter of the size, and as good to look at.
fn write(picture: &RgbImage, path: &Path) {
    let pixels: Vec<Srgb<u8>> = picture.pixels().map(|pixel| Srgb::from(pixel.0)).collect();
    let image = ImageRef::new(picture.width(), picture.height(), &pixels).expect("a picture of this size");
    let indexed = Pipeline::new()
        .palette_size(PaletteSize::MAX)
        .ditherer(None)
        .input_image(image)
        .output_srgb8_indexed_image();
    let (palette, indices) = (indexed.palette(), indexed.indices());
    let file = std::io::BufWriter::new(fs::File::create(path).expect("the picture can be written"));
    let mut encoder = png::Encoder::new(file, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_palette(
        palette.iter().flat_map(|color| [color.red, color.green, color.blue]).collect::<Vec<_>>(),
    );
    let mut writer = encoder.write_header().expect("the picture can be written");
    writer.write_image_data(indices).expect("the picture can be written");
    writer.finish().expect("the picture can be written");
}

fn difference(a: &RgbImage, b: &RgbImage) -> f64 {
    if a.dimensions() != b.dimensions() {
        return 1.0;
    }
    let differs =
        |(a, b): (&Rgb<u8>, &Rgb<u8>)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > TOLERATED_CHANNEL);
    let different = a.pixels().zip(b.pixels()).filter(|pair| differs(*pair)).count();
    different as f64 / f64::from(a.width() * a.height())
}
