//! Questions to the window about what it shows.

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
}
