//! What the window remembers from one start to the next: its size, its screen and the view of the scores.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::app::scores::ScoresView;
use crate::app::{Screen, ron_file};

const FILE: &str = "window.ron";

/// Size and content of the window when it was closed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowState {
    /// In egui points.
    pub width: f32,
    /// In egui points.
    pub height: f32,
    /// Whether the window was maximized.
    pub maximized: bool,
    /// The screen that was shown.
    pub screen: Screen,
    /// The view of the scores.
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
    /// Reads the window state. An unreadable file only costs convenience, so it gives the defaults.
    pub fn load(config: &Path) -> Self {
        let state: Self = ron_file::load_or_default(config, FILE);
        let in_bounds =
            |value: f32, least: f32| if value.is_finite() { value.clamp(least, 8000.0) } else { least };
        Self { width: in_bounds(state.width, 640.0), height: in_bounds(state.height, 480.0), ..state }
    }

    /// Saves the window state.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, config: &Path) -> std::io::Result<()> {
        ron_file::save(config, FILE, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::score::Period;

    #[test]
    fn what_was_saved_is_loaded_and_what_no_screen_can_show_is_not() {
        let config = tempfile::tempdir().expect("a folder");
        assert_eq!(WindowState::load(config.path()), WindowState::default(), "the first start");
        let scores = ScoresView { deck: Some("kinds".into()), period: Period::Year, all_columns: true };
        let kept = WindowState {
            width: 900.0,
            maximized: true,
            screen: Screen::Scores,
            scores,
            ..WindowState::default()
        };
        kept.save(config.path()).expect("room on the disk");
        assert_eq!(WindowState::load(config.path()), kept);

        let load = |text: &str| {
            std::fs::write(config.path().join(FILE), text).expect("a file");
            WindowState::load(config.path())
        };
        let sides = |state: WindowState| (state.width, state.height);
        assert_eq!(sides(load("(width: 1.0, height: 99999.0)")), (640.0, 8000.0));
        assert_eq!(sides(load("(width: NaN, height: -inf)")), (640.0, 480.0));
        assert_eq!(load("(screen: Kitchen)"), WindowState::default());
    }
}
