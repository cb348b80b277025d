//! The learner's settings, and the file that they are kept in.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::ron_file;
use crate::domain::event::DEFAULT_LONGEST_ANSWER_MS;
use crate::domain::goal::Goal;
use crate::domain::memory::MemoryModel;
use crate::domain::schedule::Scheduler;
use crate::text;

const FILE: &str = "settings.ron";

/// The colour theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the operating system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The learner's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The colour theme.
    pub theme: Theme,
    /// Text size, in percent of normal.
    pub text_percent: u16,
    /// Desired retention, in percent.
    pub retention_percent: u8,
    /// New cards per study day, over all decks.
    pub new_cards_a_day: u32,
    /// Time limit for reviews, in minutes per study day; `None` for no limit.
    pub minutes_a_day: Option<u32>,
    /// The hour at which a study day begins, from 0 to 23.
    pub rollover_hour: u8,
    /// The longest time that counts for one answer, in seconds. It limits the daily minutes, the pace and the
    /// forecasts.
    pub longest_answer_seconds: u32,
    /// Whether every question asks how sure the learner is. The keys for it work in any case.
    pub ask_confidence: bool,
    /// Whether animations are off.
    pub reduce_motion: bool,
    /// Additional deck folders.
    pub folders: Vec<PathBuf>,
    /// The exams.
    pub goals: Vec<Goal>,
}

/// One setting and its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The colour theme.
    Theme(Theme),
    /// Text size, in percent of normal.
    TextPercent(u16),
    /// Desired retention, in percent.
    RetentionPercent(u8),
    /// New cards per study day.
    NewCardsADay(u32),
    /// Time limit for reviews, in minutes per study day; `None` for no limit.
    MinutesADay(Option<u32>),
    /// The hour at which a study day begins, from 0 to 23.
    RolloverHour(u8),
    /// The longest time that counts for one answer, in seconds.
    LongestAnswerSeconds(u32),
    /// Whether every question asks how sure the learner is.
    AskConfidence(bool),
    /// Whether animations are off.
    ReduceMotion(bool),
    /// Adds a deck folder.
    AddFolder(PathBuf),
    /// Removes a deck folder from the list; its decks stay on disk.
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
            longest_answer_seconds: DEFAULT_LONGEST_ANSWER_MS / 1_000,
            ask_confidence: false,
            reduce_motion: false,
            folders: Vec::new(),
            goals: Vec::new(),
        }
    }
}

/// The allowed range of each numeric setting.
pub mod range {
    use std::ops::RangeInclusive;

    /// Text size, in percent of normal.
    pub const TEXT_PERCENT: RangeInclusive<u16> = 80..=200;
    /// Desired retention, in percent.
    pub const RETENTION_PERCENT: RangeInclusive<u8> = 70..=97;
    /// New cards per study day.
    pub const NEW_CARDS: RangeInclusive<u32> = 0..=999;
    /// Minutes per study day.
    pub const MINUTES: RangeInclusive<u32> = 5..=600;
    /// Hour of the day.
    pub const ROLLOVER_HOUR: RangeInclusive<u8> = 0..=23;
    /// Seconds per answer.
    pub const LONGEST_ANSWER: RangeInclusive<u32> = 10..=1_800;
}

fn clamp<T: Ord + Copy>(value: T, range: &std::ops::RangeInclusive<T>) -> T {
    value.clamp(*range.start(), *range.end())
}

impl Settings {
    /// Reads the settings. Returns the defaults and an error message if the file cannot be read; the file is
    /// kept.
    pub fn load(config: &Path) -> (Self, Option<String>) {
        let path = config.join(FILE);
        let content = match ron_file::read(config, FILE) {
            Ok(content) => content,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (Self::default(), None),
            Err(error) => {
                return (Self::default(), Some(text::general::cannot_be_read(path.display(), error)));
            }
        };
        match ron::from_str::<Self>(&content) {
            Ok(settings) => (settings.clamped(), None),
            Err(error) => {
                let start = error.span.start;
                let place = format!("{}:{}:{}", path.display(), start.line, start.col);
                let problem = text::settings::unreadable(&place, error.code, &ron_file::name_aside(FILE));
                (Self::default(), Some(problem))
            }
        }
    }

    /// Saves the settings. A file that could not be read is renamed first, not overwritten; fields of a later version
    /// stay.
    ///
    /// # Errors
    /// When the file cannot be written; the previous one stays.
    pub fn save(&self, config: &Path) -> std::io::Result<()> {
        ron_file::save(config, FILE, self)
    }

    /// Changes one setting; values outside of the allowed range are clamped.
    pub fn change(&mut self, setting: Setting) {
        match setting {
            Setting::Theme(theme) => self.theme = theme,
            Setting::TextPercent(percent) => self.text_percent = percent,
            Setting::RetentionPercent(percent) => self.retention_percent = percent,
            Setting::NewCardsADay(cards) => self.new_cards_a_day = cards,
            Setting::MinutesADay(minutes) => self.minutes_a_day = minutes,
            Setting::RolloverHour(hour) => self.rollover_hour = hour,
            Setting::LongestAnswerSeconds(seconds) => self.longest_answer_seconds = seconds,
            Setting::AskConfidence(ask) => self.ask_confidence = ask,
            Setting::ReduceMotion(reduce) => self.reduce_motion = reduce,
            Setting::AddFolder(folder) => {
                // A relative path would depend on where the program is started.
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

    /// The scheduler for these settings.
    pub fn scheduler(&self) -> Scheduler {
        Scheduler {
            model: MemoryModel::default(),
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
