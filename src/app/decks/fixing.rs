//! Applies fixes to a deck file from its page.

use std::path::Path;

use super::Decks;
use crate::app::core::Core;
use crate::app::core::undo::{FileEdit, UndoEntry};
use crate::app::outcome::Outcome;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::edit::Edit;
use crate::formats::ron_deck::fix;
use crate::library::{Library, TextHash, file};
use crate::text::decks as texts;

impl Decks {
    /// Applies the fix of one diagnostic.
    pub(super) fn fix_diagnostic(&self, core: &mut Core, path: &Path, diagnostic: &Diagnostic) -> Outcome {
        let Some(fix) = &diagnostic.fix else { return Outcome::Done };
        let title = fix.title.clone();
        // The file may have been saved since the page was drawn, so the same diagnostic must still be at the
        // same position.
        let edit = |library: &mut Library, text: &str| {
            let parsed = library.parse_once(path, text);
            let same = parsed.diagnostics.iter().find(|it| {
                (it.code, it.line, it.column) == (diagnostic.code, diagnostic.line, diagnostic.column)
            });
            same.and_then(|it| it.fix.as_ref()).map(|fix| fix.edit.clone())
        };
        if Self::rewrite(core, path, texts::fix(&title), edit) {
            core.notify(texts::fixed(&title));
        }
        Outcome::ReloadDecks
    }

    /// Applies every unambiguous fix.
    pub(super) fn fix_all_diagnostics(&self, core: &mut Core, path: &Path) -> Outcome {
        let mut done = 0;
        let edit = |_: &mut Library, text: &str| {
            let report = fix::fix(text);
            done = report.applied.len();
            (done > 0).then(|| Edit::between(text, &report.text, 0))
        };
        if Self::rewrite(core, path, texts::EDIT_OF_FILE.to_owned(), edit) {
            core.notify(texts::all_fixed(done));
        }
        Outcome::ReloadDecks
    }

    /// Edits a file as a whole, with undo; the decks must be loaded again. Returns false and shows an error if
    /// that fails, or if `edit` finds nothing to change.
    fn rewrite(
        core: &mut Core,
        path: &Path,
        label: String,
        edit: impl FnOnce(&mut Library, &str) -> Option<Edit>,
    ) -> bool {
        let Some(read) = core.read_deck_file(path) else { return false };
        let Some(edit) = edit(&mut core.library, &read.text) else {
            core.notify_error(texts::FIX_OUTDATED);
            return false;
        };
        let fixed_text = edit.apply(&read.text);
        if let Err(error) = file::write(path, &fixed_text, read.encoding) {
            core.notify_error(texts::not_saved_to(path.display(), error));
            return false;
        }
        let file = FileEdit {
            undo: edit.inverse(&read.text),
            path: read.path,
            redo: edit,
            hash_before: read.hash,
            hash_after: TextHash::of(&fixed_text),
            rekeyed: None,
        };
        core.undo.push(UndoEntry::Edit { label, file, events: Vec::new(), cards: Vec::new() });
        true
    }
}
