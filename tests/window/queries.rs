//! What only the tests of the window ask and do, besides [`WindowFixture`]’s own.

use eframe::egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, TouchPhase, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use linchpin::app::study::Stage;

use crate::fixtures::WindowFixture;

impl WindowFixture {
    /// Whether any label contains these words.
    pub fn shows(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// The label of the widget with the focus.
    pub fn focused_label(&self) -> Option<String> {
        let focused = self.harness.root().children_recursive().find(|node| node.is_focused())?;
        focused.accesskit_node().label()
    }

    /// Whether a verdict shows.
    pub fn shows_verdict(&self) -> bool {
        matches!(self.active_card().stage, Stage::Graded { .. })
    }

    /// Turns the mouse wheel over a place; negative points move the content up.
    pub fn scroll_at(&mut self, place: Pos2, points: f32) {
        self.harness.hover_at(place);
        self.settle();
        self.harness.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        });
        self.settle();
    }
}
