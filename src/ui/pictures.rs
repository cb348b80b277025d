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

use crate::domain::picture::Picture;
use crate::library::pictures::{PictureFault, Stamp, decode, find};

/// Bytes of pictures that are kept; what is on screen is kept in any case.
const MOST_BYTES: usize = 64 << 20;
/// A file that cannot be decoded is looked at again after this time.
const SAVING: Duration = Duration::from_millis(300);
/// The tag by which drawn pictures find their deck.
const TAG: &str = "pictures beside the deck";

/// How finely a picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Detail {
    /// For the column of text.
    Column,
    /// For the whole window, and a closer look.
    Whole,
}

impl Detail {
    /// Pixels of the longer side, at most: a screenful is some 10 MB, a close look some 60 MB.
    fn most_side(self) -> u32 {
        match self {
            Detail::Column => 1_600,
            Detail::Whole => 4_000,
        }
    }
}

/// Where the pictures of what is drawn lie.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The deck file's folder; `None` for a deck inside the program.
    pub folder: Option<Arc<Path>>,
    /// Another one at every asking: then files are looked at again.
    pub occasion: u64,
}

impl Beside {
    /// The pictures of the deck that `ui` draws, as told by [`within`].
    pub fn of(ui: &Ui) -> Self {
        let tagged = ui.stack().iter().find_map(|level| level.tags().get_downcast::<Beside>(TAG));
        tagged.cloned().unwrap_or_default()
    }
}

/// Draws something whose pictures lie in that folder. So no widget between needs to know of decks and folders.
pub fn within<R>(
    ui: &mut Ui,
    folder: Option<&Path>,
    occasion: impl Hash + Debug,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    let beside = Beside { folder: folder.map(Arc::from), occasion: Id::unique(occasion).value() };
    let mut tagged = UiStackInfo::default();
    tagged.tags.insert(TAG, Some(Arc::new(beside)));
    ui.scope_builder(UiBuilder::new().ui_stack_info(tagged), add).inner
}

/// What there is of a picture now.
#[derive(Clone)]
pub enum Look {
    /// It is on its way; its size in pixels, if it was here before.
    Coming(Option<Vec2>),
    /// It can be drawn.
    Here(Shown),
    /// It cannot be shown, and why.
    Failed(PictureFault),
}

/// A picture that can be drawn.
#[derive(Clone)]
pub struct Shown {
    /// Its pixels on the graphics card.
    pub texture: TextureHandle,
    /// Width and height in its file, in pixels.
    pub size: Vec2,
    /// Whether what lies behind it shows through.
    pub is_see_through: bool,
}

/// All pictures of the window.
#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<Entries>>);

#[derive(Default)]
struct Entries {
    by_key: HashMap<Key, Entry>,
    /// To the thread that decodes, once there is one; it ends with the window.
    jobs: Option<Sender<Job>>,
}

type Key = (PathBuf, String, Detail);

#[derive(Default)]
struct Entry {
    stamp: Option<Stamp>,
    shown: Option<Shown>,
    fault: Option<PictureFault>,
    size: Option<Vec2>,
    occasion: u64,
    is_coming: bool,
    /// The frame in which it was last drawn.
    frame: u64,
}

struct Job {
    ctx: Context,
    shelf: Shelf,
    key: Key,
    /// What is on the shelf already: nothing is to be done while the file has this stamp.
    known: Option<Stamp>,
}

/// What there is of a picture; sees to it that it comes.
pub fn look(ctx: &Context, beside: &Beside, picture: &Picture, detail: Detail) -> Look {
    if let Some(fault) = picture.path_fault() {
        return Look::Failed(PictureFault::Path(fault));
    }
    let Some(folder) = &beside.folder else { return Look::Failed(PictureFault::NoFolder) };
    let shelf = ctx.data_mut(|data| data.get_temp_mut_or_default::<Shelf>(Id::unique("pictures")).clone());
    let key = (folder.to_path_buf(), picture.file.clone(), detail);
    let mut entries = shelf.entries();
    let is_new = !entries.by_key.contains_key(&key);
    let entry = entries.by_key.entry(key.clone()).or_default();
    entry.frame = ctx.cumulative_frame_nr();
    let is_gone = entry.shown.is_none() && entry.fault.is_none();
    let wanted = is_new || is_gone || entry.occasion != beside.occasion;
    let job = (wanted && !entry.is_coming).then(|| {
        entry.is_coming = true;
        entry.occasion = beside.occasion;
        let known = entry.stamp.filter(|_| entry.shown.is_some());
        Job { ctx: ctx.clone(), shelf: shelf.clone(), key, known }
    });
    let look = match (&entry.shown, &entry.fault) {
        (Some(shown), _) => Look::Here(shown.clone()),
        (None, Some(fault)) => Look::Failed(fault.clone()),
        (None, None) => Look::Coming(entry.size),
    };
    if let Some(job) = job {
        // The thread lives as long as the sender does.
        let _ = entries.jobs.get_or_insert_with(worker).send(job);
    }
    look
}

fn worker() -> Sender<Job> {
    let (sender, jobs) = channel::<Job>();
    std::thread::spawn(move || jobs.iter().for_each(Job::run));
    sender
}

impl Job {
    fn run(self) {
        let Self { ctx, shelf, key, known } = self;
        let (folder, file, detail) = &key;
        let picture = Picture { file: file.clone(), alt: String::new() };
        let most = detail.most_side().min(ctx.input(|input| input.max_texture_side) as u32);
        let found = find(folder, &picture).and_then(|(path, mut stamp)| {
            if known == Some(stamp) {
                return Ok(None);
            }
            // Foreign bytes in a foreign decoder: if that gives up, this thread must not.
            let decoded = || {
                catch_unwind(AssertUnwindSafe(|| decode(&path, most))).unwrap_or(Err(PictureFault::Damaged))
            };
            let mut first = decoded();
            if first.is_err() {
                // Another program may be in the middle of saving it.
                std::thread::sleep(SAVING);
                let (_, later) = find(folder, &picture)?;
                if later != stamp {
                    stamp = later;
                    first = decoded();
                }
            }
            let decoded = first?;
            let size = [decoded.pixels.width() as usize, decoded.pixels.height() as usize];
            let pixels = ColorImage::from_rgba_unmultiplied(size, decoded.pixels.as_raw());
            let shown = Shown {
                texture: ctx.load_texture(file, pixels, TextureOptions::LINEAR),
                size: vec2(decoded.size[0] as f32, decoded.size[1] as f32),
                is_see_through: decoded.is_see_through,
            };
            Ok(Some((stamp, shown)))
        });
        let mut entries = shelf.entries();
        let entry = entries.by_key.entry(key).or_default();
        entry.is_coming = false;
        match found {
            // As it was: nothing new to draw.
            Ok(None) => return,
            Ok(Some((stamp, shown))) => {
                entry.stamp = Some(stamp);
                entry.size = Some(shown.size);
                entry.shown = Some(shown);
                entry.fault = None;
            }
            Err(fault) => {
                entry.shown = None;
                entry.fault = Some(fault);
            }
        }
        entries.make_room(ctx.cumulative_frame_nr());
        drop(entries);
        ctx.request_repaint();
    }
}

impl Shelf {
    fn entries(&self) -> MutexGuard<'_, Entries> {
        // No step in between leaves the entries unsound.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entries {
    /// Lets go of what was drawn longest ago, and never of what is on screen: that would come back for ever.
    fn make_room(&mut self, frame: u64) {
        let bytes = |entry: &Entry| entry.shown.as_ref().map_or(0, |shown| shown.texture.byte_size());
        let mut all: usize = self.by_key.values().map(bytes).sum();
        let mut oldest: Vec<&mut Entry> = self
            .by_key
            .values_mut()
            .filter(|entry| entry.shown.is_some() && entry.frame + 2 < frame)
            .collect();
        oldest.sort_by_key(|entry| entry.frame);
        for entry in oldest {
            if all <= MOST_BYTES {
                break;
            }
            all -= bytes(entry);
            entry.shown = None;
            entry.stamp = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(ctx: &Context, frame: u64) -> Entry {
        let pixels = ColorImage::filled([2_048, 2_048], eframe::egui::Color32::BLACK);
        let texture = ctx.load_texture("16 MB", pixels, TextureOptions::LINEAR);
        let shown = Shown { texture, size: Vec2::splat(2_048.0), is_see_through: false };
        Entry { shown: Some(shown), frame, ..Entry::default() }
    }

    #[test]
    fn what_was_drawn_longest_ago_goes_first_and_nothing_on_screen() {
        let ctx = Context::default();
        let mut entries = Entries::default();
        for at in 0..6u32 {
            // Four of long ago, two of now.
            let frame = if at < 4 { u64::from(at) } else { 100 };
            entries.by_key.insert((PathBuf::new(), at.to_string(), Detail::Column), entry(&ctx, frame));
        }
        let kept = |entries: &Entries| {
            let mut kept: Vec<String> = entries
                .by_key
                .iter()
                .filter(|(_, entry)| entry.shown.is_some())
                .map(|((_, file, _), _)| file.clone())
                .collect();
            kept.sort();
            kept
        };
        entries.make_room(100);
        assert_eq!(kept(&entries), ["2", "3", "4", "5"]);
        entries.by_key.values_mut().for_each(|entry| entry.frame = 100);
        entries.by_key.insert((PathBuf::new(), "6".to_owned(), Detail::Column), entry(&ctx, 100));
        entries.make_room(100);
        assert_eq!(kept(&entries).len(), 5, "more than there is room for, and all of it on screen");
    }
}
