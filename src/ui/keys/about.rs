//! The keys of the About page.

use eframe::egui::Key;

use super::scores::move_in_list;
use super::{KeyActions, KeyReader};
use crate::app::Command;
use crate::app::about::{AboutCommand, AboutPage};
use crate::app::licences::Licences;
use crate::ui::screens::about;

/// Reads the keys of the page. `leaves_field`: Esc left a text field in this frame, so it does nothing else.
pub(super) fn read(keys: &mut KeyReader<'_>, page: &AboutPage, leaves_field: bool, actions: &mut KeyActions) {
    if !leaves_field && keys.consume_plain(Key::Escape) {
        if let Some(part) = page.part {
            // Back in the list, the focus is on the part that was open.
            keys.ctx.memory_mut(|memory| memory.request_focus(about::row_id(part)));
        }
        actions.commands.push(Command::About(AboutCommand::Back));
        return;
    }
    if page.part.is_some() {
        return;
    }
    if keys.consume_plain_or_alt(Key::Slash) {
        keys.ctx.memory_mut(|memory| memory.request_focus(about::search_id()));
        return;
    }
    let found = Licences::embedded().search(&page.search);
    move_in_list(keys, found.len(), |place| about::row_id(found[place]));
}
