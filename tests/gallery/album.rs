//! The set of screenshots: which of them are in the repository, and how one is compared and written.
//!
//! A screenshot is kept if its file is in `assets/screenshots/`: those of README and docs, and one of every screen,
//! theme and size that protects against a regression. All others are drawn into `target/gallery/` on request.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use image::{Rgb, RgbImage, RgbaImage};
use quantette::deps::palette::Srgb;
use quantette::{ImageRef, PaletteSize, Pipeline};

use crate::fixtures::WindowFixture;

/// Share of pixels that may differ, 0 to 1: drivers round differently, but a moved line changes far more.
const TOLERATED: f64 = 0.01;

/// How much one channel of a pixel may differ, of 255: the palette of a kept screenshot rounds as well.
const TOLERATED_CHANNEL: u8 = 32;

/// The largest total size of the screenshots in the repository, in bytes: a changed margin adds all of it to the history.
pub const MOST_BYTES: u64 = 6_000_000;

/// What this run does with the screenshots.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Task {
    /// Compare the kept ones.
    Compare,
    /// Write the kept ones again.
    Update,
    /// Draw all of them into `target/gallery/`.
    All,
}

/// The screenshots of one test.
pub struct Gallery {
    task: Task,
    /// File names of the kept screenshots that this test has yet to draw.
    expected: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Gallery {
    /// The folder of the kept screenshots.
    pub fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screenshots")
    }

    /// The file names of all kept screenshots.
    pub fn kept() -> BTreeSet<String> {
        let files = fs::read_dir(Self::folder()).expect("the folder of screenshots");
        files.map(|file| file.expect("a file").file_name().into_string().expect("a plain name")).collect()
    }

    /// The screenshots of a test, whose names begin with one of `prefixes`.
    pub fn new(prefixes: &[&str]) -> Self {
        let task = match std::env::var("UPDATE_SCREENSHOTS").as_deref() {
            Err(_) => Task::Compare,
            Ok("all") => Task::All,
            Ok(_) => Task::Update,
        };
        let is_ours = |name: &String| prefixes.iter().any(|prefix| name.starts_with(prefix));
        Self { task, expected: Self::kept().into_iter().filter(is_ours).collect(), wrong: Vec::new() }
    }

    /// Draws a screenshot of the window and compares or writes it, as this run does.
    pub fn screenshot(&mut self, window: &mut WindowFixture, name: &str) {
        let file = format!("{name}.png");
        let kept = self.expected.remove(&file);
        if self.task == Task::All {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
            fs::create_dir_all(&folder).expect("a folder");
            return write(&draw(window), &folder.join(file));
        }
        if !kept {
            return;
        }
        let drawn = draw(window);
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

    /// Fails if a kept screenshot differs, or was not drawn at all.
    pub fn finish(mut self) {
        self.wrong.extend(self.expected.into_iter().map(|name| format!("{name}: no test draws it any more")));
        assert!(
            self.wrong.is_empty(),
            "update the screenshots and look at the difference:\n{}",
            self.wrong.join("\n")
        );
    }
}

fn draw(window: &mut WindowFixture) -> RgbImage {
    let drawn: RgbaImage = window.harness.render().expect("the window can be drawn");
    RgbImage::from_fn(drawn.width(), drawn.height(), |x, y| {
        let [red, green, blue, _] = drawn.get_pixel(x, y).0;
        Rgb([red, green, blue])
    })
}

/// Writes a screenshot with a palette of 256 colours: a quarter of the size without a visible difference.
fn write(screenshot: &RgbImage, path: &Path) {
    let pixels: Vec<Srgb<u8>> = screenshot.pixels().map(|pixel| Srgb::from(pixel.0)).collect();
    let image =
        ImageRef::new(screenshot.width(), screenshot.height(), &pixels).expect("an image of this size");
    let indexed = Pipeline::new()
        .palette_size(PaletteSize::MAX)
        .ditherer(None)
        .input_image(image)
        .output_srgb8_indexed_image();
    let (palette, indices) = (indexed.palette(), indexed.indices());
    let file = std::io::BufWriter::new(fs::File::create(path).expect("the screenshot can be written"));
    let mut encoder = png::Encoder::new(file, screenshot.width(), screenshot.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_palette(
        palette.iter().flat_map(|color| [color.red, color.green, color.blue]).collect::<Vec<_>>(),
    );
    let mut writer = encoder.write_header().expect("the screenshot can be written");
    writer.write_image_data(indices).expect("the screenshot can be written");
    writer.finish().expect("the screenshot can be written");
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
