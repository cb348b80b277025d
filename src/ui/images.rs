//! Pictures in memory: decoded beside the window's work, kept while there is room, looked at again with every asking.

use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::Hash;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use eframe::egui::{
    ColorImage, Context, Id, TextureHandle, TextureOptions, Ui, UiBuilder, UiStackInfo, Vec2, vec2,
};

use crate::domain::image::ImageRef;
use crate::library::images::{ImageFault, ImageFileStamp, decode, find};

/// Bytes of pictures that are kept; what is on screen is kept in any case.
const MAX_CACHE_BYTES: usize = 64 << 20;
/// A file that cannot be decoded is looked at again after this time.
const RETRY_DELAY: Duration = Duration::from_millis(300);
/// The tag by which drawn pictures find their deck.
const CONTEXT_TAG: &str = "pictures beside the deck";

/// How finely a picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageDetail {
    /// For the column of text.
    Column,
    /// For the whole window, and a closer look.
    Whole,
}

impl ImageDetail {
    /// Pixels of the longer side, at most: a screenful is some 10 MB, a close look some 60 MB.
    fn max_side_px(self) -> u32 {
        match self {
            ImageDetail::Column => 1_600,
            ImageDetail::Whole => 4_000,
        }
    }
}

/// Where the pictures of what is drawn lie.
#[derive(Clone, Debug, Default)]
pub struct ImageContext {
    /// The deck file's folder; `None` for a deck inside the program.
    pub folder: Option<Arc<Path>>,
    /// Another one at every asking: then files are looked at again.
    pub reload_token: u64,
}

impl ImageContext {
    /// The pictures of the deck that `ui` draws, as told by [`within`].
    pub fn of(ui: &Ui) -> Self {
        let tagged =
            ui.stack().iter().find_map(|level| level.tags().get_downcast::<ImageContext>(CONTEXT_TAG));
        tagged.cloned().unwrap_or_default()
    }
}

/// Draws something whose pictures lie in that folder. So no widget between needs to know of decks and folders.
pub fn with_image_context<R>(
    ui: &mut Ui,
    folder: Option<&Path>,
    occasion: impl Hash + Debug,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    let beside = ImageContext { folder: folder.map(Arc::from), reload_token: Id::unique(occasion).value() };
    let mut tagged = UiStackInfo::default();
    tagged.tags.insert(CONTEXT_TAG, Some(Arc::new(beside)));
    ui.scope_builder(UiBuilder::new().ui_stack_info(tagged), add).inner
}

/// What there is of a picture now.
#[derive(Clone)]
pub enum ImageState {
    /// It is on its way; its size in pixels, if it was here before.
    Loading(Option<Vec2>),
    /// It can be drawn.
    Ready(LoadedImage),
    /// It cannot be shown, and why.
    Failed(ImageFault),
}

/// A picture that can be drawn.
#[derive(Clone)]
pub struct LoadedImage {
    /// Its pixels on the graphics card.
    pub texture: TextureHandle,
    /// Width and height in its file, in pixels.
    pub size: Vec2,
    /// Whether what lies behind it shows through.
    pub has_transparency: bool,
}

/// All pictures of the window.
#[derive(Clone, Default)]
struct ImageCache(Arc<Mutex<ImageCacheEntries>>);

#[derive(Default)]
struct ImageCacheEntries {
    by_key: HashMap<ImageKey, ImageCacheEntry>,
    /// To the thread that decodes, once there is one; it ends with the window.
    jobs: Option<Sender<DecodeJob>>,
}

type ImageKey = (PathBuf, String, ImageDetail);

#[derive(Default)]
struct ImageCacheEntry {
    stamp: Option<ImageFileStamp>,
    image: Option<LoadedImage>,
    error: Option<ImageFault>,
    size: Option<Vec2>,
    reload_token: u64,
    is_loading: bool,
    /// The frame in which it was last drawn.
    last_drawn_frame: u64,
}

struct DecodeJob {
    ctx: Context,
    cache: ImageCache,
    key: ImageKey,
    /// What is on the shelf already: nothing is to be done while the file has this stamp.
    known_stamp: Option<ImageFileStamp>,
}

/// What there is of a picture; sees to it that it comes.
pub fn request_image(
    ctx: &Context,
    beside: &ImageContext,
    picture: &ImageRef,
    detail: ImageDetail,
) -> ImageState {
    if let Some(fault) = picture.path_error() {
        return ImageState::Failed(ImageFault::Path(fault));
    }
    let Some(folder) = &beside.folder else { return ImageState::Failed(ImageFault::NoFolder) };
    let shelf =
        ctx.data_mut(|data| data.get_temp_mut_or_default::<ImageCache>(Id::unique("pictures")).clone());
    let key = (folder.to_path_buf(), picture.file.clone(), detail);
    let mut entries = shelf.entries();
    let is_new = !entries.by_key.contains_key(&key);
    let entry = entries.by_key.entry(key.clone()).or_default();
    entry.last_drawn_frame = ctx.cumulative_frame_nr();
    let is_gone = entry.image.is_none() && entry.error.is_none();
    let wanted = is_new || is_gone || entry.reload_token != beside.reload_token;
    let job = (wanted && !entry.is_loading).then(|| {
        entry.is_loading = true;
        entry.reload_token = beside.reload_token;
        let known = entry.stamp.filter(|_| entry.image.is_some());
        DecodeJob { ctx: ctx.clone(), cache: shelf.clone(), key, known_stamp: known }
    });
    let look = match (&entry.image, &entry.error) {
        (Some(shown), _) => ImageState::Ready(shown.clone()),
        (None, Some(fault)) => ImageState::Failed(fault.clone()),
        (None, None) => ImageState::Loading(entry.size),
    };
    if let Some(job) = job {
        // The thread lives as long as the sender does.
        let _ = entries.jobs.get_or_insert_with(spawn_decoder).send(job);
    }
    look
}

fn spawn_decoder() -> Sender<DecodeJob> {
    let (sender, jobs) = channel::<DecodeJob>();
    std::thread::spawn(move || jobs.iter().for_each(DecodeJob::run));
    sender
}

impl DecodeJob {
    fn run(self) {
        let Self { ctx, cache: shelf, key, known_stamp: known } = self;
        let (folder, file, detail) = &key;
        let picture = ImageRef { file: file.clone(), alt: String::new() };
        let most = detail.max_side_px().min(ctx.input(|input| input.max_texture_side) as u32);
        let found = find(folder, &picture).and_then(|(path, mut stamp)| {
            if known == Some(stamp) {
                return Ok(None);
            }
            // Foreign bytes in a foreign decoder: if that gives up, this thread must not.
            let decoded =
                || catch_unwind(AssertUnwindSafe(|| decode(&path, most))).unwrap_or(Err(ImageFault::Damaged));
            let mut first = decoded();
            if first.is_err() {
                // Another program may be in the middle of saving it.
                std::thread::sleep(RETRY_DELAY);
                let (_, later) = find(folder, &picture)?;
                if later != stamp {
                    stamp = later;
                    first = decoded();
                }
            }
            let decoded = first?;
            let size = [decoded.pixels.width() as usize, decoded.pixels.height() as usize];
            let pixels = ColorImage::from_rgba_unmultiplied(size, decoded.pixels.as_raw());
            let shown = LoadedImage {
                texture: ctx.load_texture(file, pixels, TextureOptions::LINEAR),
                size: vec2(decoded.size[0] as f32, decoded.size[1] as f32),
                has_transparency: decoded.has_transparency,
            };
            Ok(Some((stamp, shown)))
        });
        let mut entries = shelf.entries();
        let entry = entries.by_key.entry(key).or_default();
        entry.is_loading = false;
        match found {
            // As it was: nothing new to draw.
            Ok(None) => return,
            Ok(Some((stamp, shown))) => {
                entry.stamp = Some(stamp);
                entry.size = Some(shown.size);
                entry.image = Some(shown);
                entry.error = None;
            }
            Err(fault) => {
                entry.image = None;
                entry.error = Some(fault);
            }
        }
        entries.evict(ctx.cumulative_frame_nr());
        drop(entries);
        ctx.request_repaint();
    }
}

impl ImageCache {
    fn entries(&self) -> MutexGuard<'_, ImageCacheEntries> {
        // No step in between leaves the entries unsound.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ImageCacheEntries {
    /// Lets go of what was drawn longest ago, and never of what is on screen: that would come back for ever.
    fn evict(&mut self, frame: u64) {
        let bytes =
            |entry: &ImageCacheEntry| entry.image.as_ref().map_or(0, |shown| shown.texture.byte_size());
        let mut all: usize = self.by_key.values().map(bytes).sum();
        let mut oldest: Vec<&mut ImageCacheEntry> = self
            .by_key
            .values_mut()
            .filter(|entry| entry.image.is_some() && entry.last_drawn_frame + 2 < frame)
            .collect();
        oldest.sort_by_key(|entry| entry.last_drawn_frame);
        for entry in oldest {
            if all <= MAX_CACHE_BYTES {
                break;
            }
            all -= bytes(entry);
            entry.image = None;
            entry.stamp = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(ctx: &Context, frame: u64) -> ImageCacheEntry {
        let pixels = ColorImage::filled([2_048, 2_048], eframe::egui::Color32::BLACK);
        let texture = ctx.load_texture("16 MB", pixels, TextureOptions::LINEAR);
        let shown = LoadedImage { texture, size: Vec2::splat(2_048.0), has_transparency: false };
        ImageCacheEntry { image: Some(shown), last_drawn_frame: frame, ..ImageCacheEntry::default() }
    }

    #[test]
    fn what_was_drawn_longest_ago_goes_first_and_nothing_on_screen() {
        let ctx = Context::default();
        let mut entries = ImageCacheEntries::default();
        for at in 0..6u32 {
            // Four of long ago, two of now.
            let frame = if at < 4 { u64::from(at) } else { 100 };
            entries.by_key.insert((PathBuf::new(), at.to_string(), ImageDetail::Column), entry(&ctx, frame));
        }
        let kept = |entries: &ImageCacheEntries| {
            let mut kept: Vec<String> = entries
                .by_key
                .iter()
                .filter(|(_, entry)| entry.image.is_some())
                .map(|((_, file, _), _)| file.clone())
                .collect();
            kept.sort();
            kept
        };
        entries.evict(100);
        assert_eq!(kept(&entries), ["2", "3", "4", "5"]);
        entries.by_key.values_mut().for_each(|entry| entry.last_drawn_frame = 100);
        entries.by_key.insert((PathBuf::new(), "6".to_owned(), ImageDetail::Column), entry(&ctx, 100));
        entries.evict(100);
        assert_eq!(kept(&entries).len(), 5, "more than there is room for, and all of it on screen");
    }
}
