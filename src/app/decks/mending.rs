//! Mending a deck's file from its page: one fault, or all that can be mended for certain.

use std::path::Path;

use crate::app::App;
use crate::app::undo::{Deed, FileEdit};
use crate::app::words;
use crate::domain::day::Moment;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::edit::Edit;
use crate::formats::ron_deck::{self, repair};
use crate::library::{TextHash, file};

impl App {
    /// Makes the change that mends one fault.
    pub(super) fn mend(&mut self, path: &Path, fault: &Diagnostic, now: &Moment) {
        let Some(fix) = &fault.fix else { return };
        let title = fix.title.clone();
        // The file may have been saved since the page was drawn: the same fault at the same place, or none.
        let edit = |text: &str| {
            let found = ron_deck::parse(text).diagnostics;
            let same = found
                .into_iter()
                .find(|it| (it.code, it.line, it.column) == (fault.code, fault.line, fault.column));
            same.and_then(|it| it.fix).map(|fix| fix.edit)
        };
        if self.rewrite(path, format!("“{title}”"), edit, now) {
            self.tell(format!("Done: {title}. Ctrl Z takes it back."));
        }
    }

    /// Mends everything that can be mended for certain.
    pub(super) fn mend_all(&mut self, path: &Path, now: &Moment) {
        let mut done = 0;
        let edit = |text: &str| {
            let repaired = repair::mend(text);
            done = repaired.done.len();
            (done > 0).then(|| Edit::between(text, &repaired.text, 0))
        };
        if self.rewrite(path, "mending the file".to_owned(), edit, now) {
            self.tell(format!("{} mended. Ctrl Z takes it back.", words::count(done, "fault")));
        }
    }

    /// Changes a file as a whole, with undo, and loads it again.
    fn rewrite(
        &mut self,
        path: &Path,
        words: String,
        edit: impl FnOnce(&str) -> Option<Edit>,
        now: &Moment,
    ) -> bool {
        let Some(read) = self.read_deck_file(path) else { return false };
        let Some(edit) = edit(&read.text) else {
            self.tell_problem("The file was changed meanwhile: look at what is told now.");
            self.reload_decks(now);
            return false;
        };
        let mended = edit.apply(&read.text);
        if let Err(error) = file::write(path, &mended, read.encoding) {
            self.tell_problem(format!("Not saved: {} cannot be written ({error}).", path.display()));
            return false;
        }
        let file = FileEdit {
            undo: edit.inverse(&read.text),
            path: read.path,
            redo: edit,
            before: read.hash,
            after: TextHash::of(&mended),
            renamed: None,
        };
        self.undo.did(Deed::Edit { words, file, events: Vec::new(), cards: Vec::new() });
        self.reload_decks(now);
        true
    }
}
