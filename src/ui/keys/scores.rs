//! The keys of the Scores screen that are no commands of their own: its chooser of decks and its rows.

use eframe::egui::Id;

use super::{KeyActions, KeyReader, move_in_list};
use crate::app::App;
use crate::app::scores::ScoresPage;
use crate::ui::screens::scores;

/// Reads the keys of the table of topics, of a topic's page or of a source's page.
pub(in crate::ui) fn read(keys: &KeyReader<'_>, app: &App, _: &mut KeyActions) {
    let page = app.scores().page();
    if matches!(page, ScoresPage::Topics | ScoresPage::Passages(_))
        && keys.consume_shortcut(scores::DECK_CHOOSER)
    {
        keys.ctx.data_mut(|data| data.insert_temp(scores::deck_chooser_id(), true));
    }
    move_in_list(keys, scores::row_count(app), |place| scores::row_id(page, place));
}

/// The row of the topic whose page is shown.
pub(super) fn row_of_page(app: &App) -> Option<Id> {
    let scores = app.scores();
    let (ScoresPage::Topic { deck, topic }, Some(table)) = (scores.page(), scores.table()) else {
        return None;
    };
    let is_it = |at: &usize| {
        let key = &table.rows[*at].key;
        key.deck == *deck && key.topic == *topic
    };
    let place = scores.order().iter().position(is_it)?;
    Some(scores::row_id(&ScoresPage::Topics, place))
}
