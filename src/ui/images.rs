//! The cache of the images of decks. A background thread decodes them; they stay in memory while there is room, and
//! their files are checked for changes whenever a card is shown.

use std::collections::{HashMap, VecDeque};
use std::fmt::Debug;
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use eframe::egui::{
    ColorImage, Context, Id, TextureHandle, TextureOptions, Ui, UiBuilder, UiStackInfo, Vec2, vec2,
};

use crate::background::BackgroundTask;
use crate::domain::image::ImageRef;
use crate::library::images::{ImageFileError, ImageFileStamp, decode, find};

/// Bytes of pixels that the cache may hold. Images on the screen stay in it even beyond that.
const MAX_CACHE_BYTES: usize = 64 << 20;
/// A file that cannot be decoded is read once more after this time.
const RETRY_DELAY: Duration = Duration::from_millis(300);
/// The tag in the stack of `Ui`s under which an image finds its [`ImageContext`].
const CONTEXT_TAG: &str = "pictures beside the deck";

/// The resolution that an image is decoded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageDetail {
    /// For the column of text.
    Column,
    /// For the whole window, where it can be enlarged.
    Whole,
}

impl ImageDetail {
    /// Most pixels of the longer side. That is up to 10 MB of memory for [`ImageDetail::Column`], and 60 MB for
    /// [`ImageDetail::Whole`].
    fn max_side_px(self) -> u32 {
        match self {
            ImageDetail::Column => 1_600,
            ImageDetail::Whole => 4_000,
        }
    }
}

/// Where the images of a text are, and when their files are checked again.
#[derive(Clone, Debug, Default)]
pub struct ImageContext {
    /// The deck file's folder; `None` for a deck inside the program.
    pub folder: Option<Arc<Path>>,
    /// Differs for every showing of a card. A new value makes the cache check the file for changes.
    pub reload_token: u64,
}

impl ImageContext {
    /// The context set by the innermost [`with_image_context`] around `ui`; without one no image can be found.
    pub fn of(ui: &Ui) -> Self {
        let context =
            ui.stack().iter().find_map(|level| level.tags().get_downcast::<ImageContext>(CONTEXT_TAG));
        context.cloned().unwrap_or_default()
    }
}

/// Draws content whose images are in `folder` (`None` for a deck inside the program). The context travels through
/// egui's stack, so that no widget in between needs to know of decks and folders. The files are checked for changes
/// when `reload_token` differs from the last time.
pub fn with_image_context<R>(
    ui: &mut Ui,
    folder: Option<&Path>,
    reload_token: impl Hash + Debug,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    let context =
        ImageContext { folder: folder.map(Arc::from), reload_token: Id::unique(reload_token).value() };
    let mut stack_info = UiStackInfo::default();
    stack_info.tags.insert(CONTEXT_TAG, Some(Arc::new(context)));
    ui.scope_builder(UiBuilder::new().ui_stack_info(stack_info), add).inner
}

/// How far an image is.
#[derive(Clone)]
pub enum ImageState {
    /// It is being decoded. Its size in pixels, if it was loaded before.
    Loading(Option<Vec2>),
    /// It can be drawn.
    Ready(LoadedImage),
    /// It cannot be shown, and why.
    Failed(ImageFileError),
}

/// An image that can be drawn.
#[derive(Clone)]
pub struct LoadedImage {
    /// Its pixels, scaled down to the detail requested.
    pub texture: TextureHandle,
    /// Width and height in its file, in pixels.
    pub size: Vec2,
    /// Whether the background shows through.
    pub has_transparency: bool,
}

/// All images of the window. Clones share the same entries.
#[derive(Clone, Default)]
struct ImageCache(Arc<Mutex<ImageCacheEntries>>);

#[derive(Default)]
struct ImageCacheEntries {
    by_key: HashMap<ImageKey, ImageCacheEntry>,
    /// Images to decode, one after the other: each of them takes much memory.
    queue: VecDeque<DecodeJob>,
    decoding: Option<(ImageKey, BackgroundTask<DecodeResult>)>,
}

/// Folder, path in the deck, and detail.
type ImageKey = (PathBuf, String, ImageDetail);

#[derive(Default)]
struct ImageCacheEntry {
    stamp: Option<ImageFileStamp>,
    image: Option<LoadedImage>,
    error: Option<ImageFileError>,
    size: Option<Vec2>,
    reload_token: u64,
    is_loading: bool,
    /// The number of the frame in which it was drawn last.
    last_drawn_frame: u64,
}

struct DecodeJob {
    key: ImageKey,
    /// Stamp of the image that is in the cache. While the file has the same stamp there is nothing to decode.
    known_stamp: Option<ImageFileStamp>,
}

/// The image; `None` if the file has not changed.
type DecodeResult = Result<Option<(ImageFileStamp, LoadedImage)>, ImageFileError>;

/// The image as far as it is loaded. Queues it for decoding when it is missing, or when the context has a new reload
/// token.
pub fn request_image(
    ctx: &Context,
    context: &ImageContext,
    image: &ImageRef,
    detail: ImageDetail,
) -> ImageState {
    if let Some(error) = image.path_error() {
        return ImageState::Failed(ImageFileError::Path(error));
    }
    let Some(folder) = &context.folder else { return ImageState::Failed(ImageFileError::NoFolder) };
    let cache =
        ctx.data_mut(|data| data.get_temp_mut_or_default::<ImageCache>(Id::unique("pictures")).clone());
    let key = (folder.to_path_buf(), image.file.clone(), detail);
    let mut entries = cache.entries();
    let entries = &mut *entries;
    entries.poll_decoding(ctx);
    let is_new = !entries.by_key.contains_key(&key);
    let entry = entries.by_key.entry(key.clone()).or_default();
    entry.last_drawn_frame = ctx.cumulative_frame_nr();
    let is_gone = entry.image.is_none() && entry.error.is_none();
    let is_wanted = is_new || is_gone || entry.reload_token != context.reload_token;
    if is_wanted && !entry.is_loading {
        entry.is_loading = true;
        entry.reload_token = context.reload_token;
        let known_stamp = entry.stamp.filter(|_| entry.image.is_some());
        entries.queue.push_back(DecodeJob { key, known_stamp });
    }
    let state = match (&entry.image, &entry.error) {
        (Some(image), _) => ImageState::Ready(image.clone()),
        (None, Some(error)) => ImageState::Failed(error.clone()),
        (None, None) => ImageState::Loading(entry.size),
    };
    entries.start_decoding(ctx);
    state
}

/// Reads and decodes an image. The bytes come from anywhere, and the decoder is not ours: it may panic.
fn decode_image(ctx: &Context, job: &DecodeJob) -> DecodeResult {
    let (folder, file, detail) = &job.key;
    let image = ImageRef { file: file.clone(), alt: String::new() };
    let max_side_px = detail.max_side_px().min(ctx.input(|input| input.max_texture_side) as u32);
    let (path, mut stamp) = find(folder, &image)?;
    if job.known_stamp == Some(stamp) {
        return Ok(None);
    }
    let mut decoded = decode(&path, max_side_px);
    if decoded.is_err() {
        // Another program may be saving the file at this moment.
        std::thread::sleep(RETRY_DELAY);
        let (_, later) = find(folder, &image)?;
        if later != stamp {
            stamp = later;
            decoded = decode(&path, max_side_px);
        }
    }
    let decoded = decoded?;
    let size = [decoded.pixels.width() as usize, decoded.pixels.height() as usize];
    let pixels = ColorImage::from_rgba_unmultiplied(size, decoded.pixels.as_raw());
    let image = LoadedImage {
        texture: ctx.load_texture(file, pixels, TextureOptions::LINEAR),
        size: vec2(decoded.size[0] as f32, decoded.size[1] as f32),
        has_transparency: decoded.has_transparency,
    };
    Ok(Some((stamp, image)))
}

impl ImageCache {
    fn entries(&self) -> MutexGuard<'_, ImageCacheEntries> {
        // A panic while the lock was held cannot have left the entries inconsistent.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ImageCacheEntries {
    /// Takes over the image that was decoded.
    fn poll_decoding(&mut self, ctx: &Context) {
        let Some(result) = self.decoding.as_ref().and_then(|(_, task)| task.poll_result()) else { return };
        let Some((key, _)) = self.decoding.take() else { return };
        let entry = self.by_key.entry(key).or_default();
        entry.is_loading = false;
        match result.unwrap_or(Err(ImageFileError::Damaged)) {
            // The file has not changed.
            Ok(None) => {}
            Ok(Some((stamp, image))) => {
                entry.stamp = Some(stamp);
                entry.size = Some(image.size);
                entry.image = Some(image);
                entry.error = None;
            }
            Err(error) => {
                entry.image = None;
                entry.error = Some(error);
            }
        }
        self.evict(ctx.cumulative_frame_nr());
    }

    /// Starts decoding the next image of the queue, unless one is being decoded. Its end repaints the window, which
    /// starts the one after it.
    fn start_decoding(&mut self, ctx: &Context) {
        if self.decoding.is_none()
            && let Some(job) = self.queue.pop_front()
        {
            let (key, thread_ctx) = (job.key.clone(), ctx.clone());
            let task = BackgroundTask::spawn("image", super::repaint_signal(ctx), move |_| {
                Some(decode_image(&thread_ctx, &job))
            });
            self.decoding = Some((key, task));
        }
    }

    /// Drops the images that were drawn longest ago, until the others fit into [`MAX_CACHE_BYTES`]. Images on the
    /// screen stay: they would be decoded again in every frame.
    fn evict(&mut self, frame: u64) {
        let bytes =
            |entry: &ImageCacheEntry| entry.image.as_ref().map_or(0, |image| image.texture.byte_size());
        let mut total_bytes: usize = self.by_key.values().map(bytes).sum();
        let mut oldest: Vec<&mut ImageCacheEntry> = self
            .by_key
            .values_mut()
            .filter(|entry| entry.image.is_some() && entry.last_drawn_frame + 2 < frame)
            .collect();
        oldest.sort_by_key(|entry| entry.last_drawn_frame);
        for entry in oldest {
            if total_bytes <= MAX_CACHE_BYTES {
                break;
            }
            total_bytes -= bytes(entry);
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
        let image = LoadedImage { texture, size: Vec2::splat(2_048.0), has_transparency: false };
        ImageCacheEntry { image: Some(image), last_drawn_frame: frame, ..ImageCacheEntry::default() }
    }

    #[test]
    fn images_drawn_longest_ago_are_evicted_first_and_never_those_on_screen() {
        let ctx = Context::default();
        let mut entries = ImageCacheEntries::default();
        for at in 0..6u32 {
            // Four were drawn long ago, two are on the screen.
            let frame = if at < 4 { u64::from(at) } else { 100 };
            entries.by_key.insert((PathBuf::new(), at.to_string(), ImageDetail::Column), entry(&ctx, frame));
        }
        let cached_files = |entries: &ImageCacheEntries| {
            let mut cached_files: Vec<String> = entries
                .by_key
                .iter()
                .filter(|(_, entry)| entry.image.is_some())
                .map(|((_, file, _), _)| file.clone())
                .collect();
            cached_files.sort();
            cached_files
        };
        entries.evict(100);
        assert_eq!(cached_files(&entries), ["2", "3", "4", "5"]);
        entries.by_key.values_mut().for_each(|entry| entry.last_drawn_frame = 100);
        entries.by_key.insert((PathBuf::new(), "6".to_owned(), ImageDetail::Column), entry(&ctx, 100));
        entries.evict(100);
        assert_eq!(cached_files(&entries).len(), 5, "more than there is room for, and all of it on screen");
    }
}
