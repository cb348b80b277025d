//! The keys of the page About.

use eframe::egui::Key;

use super::scores::among_rows;
use super::{Keys, Pressed};
use crate::app::Command;
use crate::app::about::{AboutCommand, AboutPage};
use crate::app::licences::Licences;
use crate::ui::screens::about;

/// Reads them. `leaves_field`: Esc left a text field just now.
pub(super) fn read(keys: &mut Keys<'_>, page: &AboutPage, leaves_field: bool, pressed: &mut Pressed) {
    if !leaves_field && keys.plain(Key::Escape) {
        if let Some(part) = page.part {
            // Back at the list, the keyboard is at the part that was looked at.
            keys.ctx.memory_mut(|memory| memory.request_focus(about::row_id(part)));
        }
        pressed.commands.push(Command::About(AboutCommand::Back));
        return;
    }
    if page.part.is_some() {
        return;
    }
    if keys.bare(Key::Slash) {
        keys.ctx.memory_mut(|memory| memory.request_focus(about::search_id()));
        return;
    }
    let found = Licences::embedded().search(&page.search);
    among_rows(keys, found.len(), |place| about::row_id(found[place]));
}
