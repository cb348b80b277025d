//! The keys of the About page that are no commands of their own: its search and its list.

use super::{KeyReader, move_in_list};
use crate::app::Shortcut;
use crate::app::about::AboutPage;
use crate::ui::screens::about;

/// Reads the keys of the page.
pub(super) fn read(keys: &KeyReader<'_>, page: &AboutPage) {
    if page.part.is_some() {
        return;
    }
    if keys.consume_shortcut(Shortcut::Char('/')) {
        keys.ctx.memory_mut(|memory| memory.request_focus(about::search_id()));
        return;
    }
    move_in_list(keys, page.found.len(), |place| about::row_id(page.found[place]));
}
