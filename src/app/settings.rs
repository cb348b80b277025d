//! What the learner chose: one small RON file, written beside and renamed.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::scores::ScoresView;
use super::screen::Screen;
use crate::domain::event::LONGEST_ANSWER_MS;
use crate::domain::goal::Goal;
use crate::domain::memory::Model;
use crate::domain::schedule::Scheduler;

const FILE: &str = "settings.ron";
/// Where a file of settings goes that cannot be read.
const UNREADABLE: &str = "settings.ron.unreadable";
const WINDOW_FILE: &str = "window.ron";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The learner's choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub theme: Theme,
    /// Size of all text, in percent of normal.
    pub text_percent: u16,
    /// Recall at which cards come back, in percent.
    pub retention_percent: u8,
    /// New cards a study day, over all decks.
    pub new_cards_a_day: u32,
    /// Time a day for reviews; `None`: as long as it takes.
    pub minutes_a_day: Option<u32>,
    /// Hour at which a study day begins.
    pub rollover_hour: u8,
    /// Longest time that counts for one answer, in seconds: for the minutes of a day, the pace and forecasts.
    pub longest_answer_seconds: u32,
    /// Every question asks how sure the learner is; without it the keys for that work all the same.
    pub ask_confidence: bool,
    /// No animation.
    pub reduce_motion: bool,
    /// Folders with decks, besides the own one.
    pub folders: Vec<PathBuf>,
    /// Exams.
    pub goals: Vec<Goal>,
}

/// One setting and its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Light or dark.
    Theme(Theme),
    /// Percent of the normal text size.
    TextPercent(u16),
    /// Recall at which cards come back, in percent.
    RetentionPercent(u8),
    /// New cards a day.
    NewCardsADay(u32),
    /// Time for reviews a day.
    MinutesADay(Option<u32>),
    /// Hour at which a study day begins.
    RolloverHour(u8),
    /// Longest time that counts for one answer, in seconds.
    LongestAnswer(u32),
    /// Every question asks how sure the learner is.
    AskConfidence(bool),
    /// No animation.
    ReduceMotion(bool),
    /// One folder with decks more.
    AddFolder(PathBuf),
    /// One less; its decks stay where they are.
    RemoveFolder(PathBuf),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            text_percent: 100,
            retention_percent: 90,
            new_cards_a_day: 20,
            minutes_a_day: None,
            rollover_hour: 4,
            longest_answer_seconds: LONGEST_ANSWER_MS / 1_000,
            ask_confidence: false,
            reduce_motion: false,
            folders: Vec::new(),
            goals: Vec::new(),
        }
    }
}

/// Smallest and largest value of each setting that has a range.
pub mod range {
    use std::ops::RangeInclusive;

    /// Percent of the normal text size.
    pub const TEXT_PERCENT: RangeInclusive<u16> = 80..=200;
    /// Percent of recall.
    pub const RETENTION_PERCENT: RangeInclusive<u8> = 70..=97;
    /// New cards a day.
    pub const NEW_CARDS: RangeInclusive<u32> = 0..=999;
    /// Minutes a day.
    pub const MINUTES: RangeInclusive<u32> = 5..=600;
    /// Hour of the day.
    pub const ROLLOVER_HOUR: RangeInclusive<u8> = 0..=23;
    /// Seconds of one answer.
    pub const LONGEST_ANSWER: RangeInclusive<u32> = 10..=1_800;
}

fn clamp<T: Ord + Copy>(value: T, range: &std::ops::RangeInclusive<T>) -> T {
    value.clamp(*range.start(), *range.end())
}

impl Settings {
    /// Reads the settings; a file that cannot be read is kept and told about, and the defaults hold.
    pub fn load(config: &Path) -> (Self, Option<String>) {
        let path = config.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (Self::default(), None),
            Err(error) => {
                return (Self::default(), Some(format!("{} cannot be read: {error}.", path.display())));
            }
        };
        match ron::from_str::<Self>(&text) {
            Ok(settings) => (settings.clamped(), None),
            Err(error) => {
                let place = error.span.start;
                let problem = format!(
                    "{}:{}:{}: {}, so the defaults hold. When you change a setting, this file is set aside as {UNREADABLE}.",
                    path.display(),
                    place.line,
                    place.col,
                    error.code
                );
                (Self::default(), Some(problem))
            }
        }
    }

    /// Writes the settings. A file that could not be read is not overwritten but set aside.
    ///
    /// # Errors
    /// When the file cannot be written; the old one stays then.
    pub fn save(&self, config: &Path) -> std::io::Result<()> {
        save_preserving_unreadable(config, FILE, UNREADABLE, self)
    }

    /// Changes one setting.
    pub fn change(&mut self, setting: Setting) {
        match setting {
            Setting::Theme(theme) => self.theme = theme,
            Setting::TextPercent(percent) => self.text_percent = percent,
            Setting::RetentionPercent(percent) => self.retention_percent = percent,
            Setting::NewCardsADay(cards) => self.new_cards_a_day = cards,
            Setting::MinutesADay(minutes) => self.minutes_a_day = minutes,
            Setting::RolloverHour(hour) => self.rollover_hour = hour,
            Setting::LongestAnswer(seconds) => self.longest_answer_seconds = seconds,
            Setting::AskConfidence(ask) => self.ask_confidence = ask,
            Setting::ReduceMotion(reduce) => self.reduce_motion = reduce,
            Setting::AddFolder(folder) => {
                // Where the program is started from the next time must not matter.
                let folder = std::path::absolute(&folder).unwrap_or(folder);
                if !self.folders.contains(&folder) {
                    self.folders.push(folder);
                }
            }
            Setting::RemoveFolder(folder) => self.folders.retain(|other| *other != folder),
        }
        *self = self.clone().clamped();
    }

    /// The longest time that counts for one answer, in milliseconds.
    pub fn longest_answer_ms(&self) -> u32 {
        self.longest_answer_seconds.saturating_mul(1_000)
    }

    /// The scheduling that these settings ask for.
    pub fn scheduler(&self) -> Scheduler {
        Scheduler {
            model: Model::default(),
            desired_retention: f32::from(self.retention_percent) / 100.0,
            fuzz: true,
            pre_exam_review: None,
        }
    }

    fn clamped(mut self) -> Self {
        self.text_percent = clamp(self.text_percent, &range::TEXT_PERCENT);
        self.retention_percent = clamp(self.retention_percent, &range::RETENTION_PERCENT);
        self.new_cards_a_day = clamp(self.new_cards_a_day, &range::NEW_CARDS);
        self.minutes_a_day = self.minutes_a_day.map(|minutes| clamp(minutes, &range::MINUTES));
        for goal in &mut self.goals {
            goal.clamp_to_range();
        }
        self.rollover_hour = clamp(self.rollover_hour, &range::ROLLOVER_HOUR);
        self.longest_answer_seconds = clamp(self.longest_answer_seconds, &range::LONGEST_ANSWER);
        self
    }
}

/// Where the window was when it was closed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowState {
    /// In points.
    pub width: f32,
    /// In points.
    pub height: f32,
    /// Filled the screen.
    pub maximized: bool,
    /// The screen shown.
    pub screen: Screen,
    /// How the scores are looked at.
    pub scores: ScoresView,
}

impl Default for WindowState {
    fn default() -> Self {
        Self {
            width: 1280.0,
            height: 800.0,
            maximized: false,
            screen: Screen::Today,
            scores: ScoresView::default(),
        }
    }
}

impl WindowState {
    /// Reads it; anything unreadable is the default, it is only comfort.
    pub fn load(config: &Path) -> Self {
        let text = std::fs::read_to_string(config.join(WINDOW_FILE)).unwrap_or_default();
        let state: Self = ron::from_str(&text).unwrap_or_default();
        let in_bounds =
            |value: f32, least: f32| if value.is_finite() { value.clamp(least, 8000.0) } else { least };
        Self { width: in_bounds(state.width, 640.0), height: in_bounds(state.height, 480.0), ..state }
    }

    /// Writes it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, config: &Path) -> std::io::Result<()> {
        save(config, WINDOW_FILE, self)
    }
}

/// As [`save`]; a file of that name that cannot be read as such a value is first set aside under another name.
pub(super) fn save_preserving_unreadable<T: Serialize + DeserializeOwned>(
    folder: &Path,
    name: &str,
    aside: &str,
    value: &T,
) -> std::io::Result<()> {
    let path = folder.join(name);
    let is_unreadable = match std::fs::read_to_string(&path) {
        Ok(text) => ron::from_str::<T>(&text).is_err(),
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    };
    if is_unreadable {
        std::fs::rename(&path, folder.join(aside))?;
    }
    save(folder, name, value)
}

/// Writes a small file beside its place, synced, and moves it there.
pub(super) fn save(folder: &Path, name: &str, value: &impl Serialize) -> std::io::Result<()> {
    let text = ron::ser::to_string_pretty(value, ron::ser::PrettyConfig::default())
        .map_err(std::io::Error::other)?;
    std::fs::create_dir_all(folder)?;
    let beside = folder.join(format!("{name}.new"));
    let mut file = std::fs::File::create(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(beside, folder.join(name))
}
