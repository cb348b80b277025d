//! Applies fixes to a deck file from its page.

use std::path::Path;

use crate::app::App;
use crate::app::undo::{FileEdit, UndoEntry};
use crate::app::words;
use crate::domain::day::Moment;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::edit::Edit;
use crate::formats::ron_deck::fix;
use crate::library::{Library, TextHash, file};

impl App {
    /// Applies the fix of one diagnostic.
    pub(super) fn fix_diagnostic(&mut self, path: &Path, diagnostic: &Diagnostic, now: &Moment) {
        let Some(fix) = &diagnostic.fix else { return };
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
        if self.rewrite(path, format!("“{title}”"), edit, now) {
            self.notify(format!("Done: {title}. Ctrl Z takes it back."));
        }
    }

    /// Applies every unambiguous fix.
    pub(super) fn fix_all_diagnostics(&mut self, path: &Path, now: &Moment) {
        let mut done = 0;
        let edit = |_: &mut Library, text: &str| {
            let report = fix::fix(text);
            done = report.applied.len();
            (done > 0).then(|| Edit::between(text, &report.text, 0))
        };
        if self.rewrite(path, "mending the file".to_owned(), edit, now) {
            self.notify(format!("{} mended. Ctrl Z takes it back.", words::count(done, "fault")));
        }
    }

    /// Edits a file as a whole, with undo, and reloads it. Returns false and shows an error if that fails, or
    /// if `edit` finds nothing to change.
    fn rewrite(
        &mut self,
        path: &Path,
        label: String,
        edit: impl FnOnce(&mut Library, &str) -> Option<Edit>,
        now: &Moment,
    ) -> bool {
        let Some(read) = self.read_deck_file(path) else { return false };
        let Some(edit) = edit(&mut self.library, &read.text) else {
            self.notify_error("The file was changed meanwhile: look at what is told now.");
            self.reload_decks(now);
            return false;
        };
        let fixed_text = edit.apply(&read.text);
        if let Err(error) = file::write(path, &fixed_text, read.encoding) {
            self.notify_error(format!("Not saved: {} cannot be written ({error}).", path.display()));
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
        self.undo.push(UndoEntry::Edit { label, file, events: Vec::new(), cards: Vec::new() });
        self.reload_decks(now);
        true
    }
}
