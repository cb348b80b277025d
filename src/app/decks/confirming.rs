//! Confirms the dialogs of the Decks screen.

use std::path::PathBuf;

use indexmap::IndexMap;

use super::dialog::{DeckDetails, Dialog, PathPurpose, slug_or};
use super::saving::EditLabel;
use super::{PageSubject, paste};
use crate::app::{App, Setting, words};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::identity::has_progress;
use crate::domain::ids::CardKey;
use crate::formats::import::{ImportAs, unique_name};
use crate::formats::ron_deck::{edit, write};
use crate::library::image_lints::image_folder;
use crate::library::{Origin, SHIPPED, file};

impl App {
    /// Fills a dialog that was opened empty with the current values.
    pub(super) fn prefilled(&self, dialog: Dialog) -> Dialog {
        match (dialog, self.page_deck()) {
            (Dialog::Details(details), Some(deck)) if details == DeckDetails::default() => {
                Dialog::Details(DeckDetails::of(deck))
            }
            (dialog, _) => dialog,
        }
    }

    pub(super) fn confirm(&mut self, now: &Moment) {
        let Some(dialog) = self.decks.dialog.take() else { return };
        let done = match dialog.clone() {
            Dialog::NewDeck { title } => self.new_deck(&title, now),
            Dialog::Paste { text, target: import_as } => self.paste(&text, import_as, now),
            Dialog::Details(details) => self.save_details(&details, now),
            Dialog::CopyImage { file, name } => {
                self.copy_image(&file, name, now);
                true
            }
            Dialog::Path { purpose, path } => {
                self.take_path(purpose, path.trim().into(), now);
                true
            }
            Dialog::CarryProgress { from, to, .. } => {
                self.carry_progress(&from, &to, now);
                true
            }
            Dialog::Unsaved => {
                self.save_question(false, now);
                true
            }
        };
        // A failed write must not lose what was typed.
        if !done {
            self.decks.dialog = Some(dialog);
        }
    }

    fn new_deck(&mut self, title: &str, now: &Moment) -> bool {
        let title = title.trim();
        if title.is_empty() {
            return false;
        }
        let name = slug_or(title, "deck");
        let id = unique_name(&name, |id| self.library.deck(id).is_some()).into_owned();
        let topics = IndexMap::from([("general".to_owned(), "General".to_owned())]);
        let deck = Deck::new(id, title.to_owned(), None, None, None, topics, Vec::new());
        let folder = self.dirs.decks();
        if let Some(id) = self.write_new_deck(&folder, &name, &write::deck(&deck), now) {
            self.open_page(PageSubject::Deck(id));
            self.refresh_page(now);
            self.begin_question(now);
            return true;
        }
        false
    }

    fn paste(&mut self, text: &str, import_as: ImportAs, now: &Moment) -> bool {
        let Some(id) = self.page_deck().map(|deck| deck.id.clone()) else { return true };
        if !self.reload_if_changed(&id, now) {
            return false;
        }
        let Some(deck) = self.page_deck().cloned() else { return false };
        let topic = self.decks.page.as_ref().and_then(|page| page.view.topic.clone());
        let topic = topic.or_else(|| deck.topics.keys().next().cloned()).unwrap_or_default();
        let pasted = paste::questions(text, import_as, &topic, &paste::question_ids(&deck));
        if pasted.questions.is_empty() {
            return false;
        }
        let count = words::count(pasted.questions.len(), "question");
        let label = EditLabel::new(format!("adding {count}"));
        let new = pasted.questions;
        let make =
            move |text: &str, deck: &Deck| edit::insert_questions(text, deck, deck.questions.len(), &new);
        let done = self.edit_deck(&deck.id, label, make, Vec::new(), now);
        if done {
            self.notify(format!("{count} added. Ctrl Z takes them out again."));
        }
        done
    }

    fn save_details(&mut self, details: &DeckDetails, now: &Moment) -> bool {
        let Some(id) = self.page_deck().map(|deck| deck.id.clone()) else { return true };
        let title = details.title.trim().to_owned();
        if title.is_empty() || !self.reload_if_changed(&id, now) {
            return false;
        }
        let (topics, description) = (details.topics(), details.description.trim().to_owned());
        let make = move |text: &str, deck: &Deck| {
            let description = Some(description.as_str()).filter(|text| !text.is_empty());
            let steps: [edit::EditStep<'_>; 3] = [
                &|text, deck| edit::set_title(text, deck, &title),
                &|text, deck| edit::set_description(text, deck, description),
                &|text, deck| edit::set_topics(text, deck, &topics),
            ];
            edit::chain_edits(text, deck, &steps)
        };
        let label = EditLabel::new("the change of the deck’s details");
        self.edit_deck(&id, label, make, Vec::new(), now)
    }

    /// Uses a path that was chosen, or typed where the system has no file dialog.
    fn take_path(&mut self, purpose: PathPurpose, path: PathBuf, now: &Moment) {
        match purpose {
            PathPurpose::Import => self.begin_import(path),
            PathPurpose::Image => self.take_image(path, now),
            PathPurpose::Folder if path.is_dir() => {
                let folder = path.canonicalize().unwrap_or(path);
                self.change_setting(Setting::AddFolder(folder), now);
            }
            PathPurpose::Folder => self.notify_error(format!("{} is no folder.", path.display())),
        }
    }

    /// Number of questions of a deck that were ever answered.
    fn questions_with_progress(&self, id: &str) -> usize {
        let Some(loaded) = self.library.deck(id) else { return 0 };
        let answered = |key: &CardKey| self.progress.card(key).is_some_and(has_progress);
        let questions: std::collections::HashSet<usize> =
            loaded.deck.cards().filter(|(key, _)| answered(key)).map(|(_, question)| question).collect();
        questions.len()
    }

    pub(super) fn copy_deck(&mut self, id: &str, now: &Moment) {
        let Some(loaded) = self.library.deck(id) else { return };
        let old_id = loaded.deck.id.clone();
        // Next to the original, so that relative image paths still work.
        let folder = match &loaded.origin {
            Origin::File(path) => image_folder(path).to_owned(),
            Origin::Shipped(_) => self.dirs.decks(),
        };
        let text = match &loaded.origin {
            Origin::Shipped(name) => {
                SHIPPED.iter().find(|(each, _)| each == name).map(|(_, text)| (*text).to_owned())
            }
            Origin::File(path) => file::read(path).ok().map(|(text, _)| text),
        };
        let title = format!("{} (copy)", loaded.deck.title);
        let new_id = unique_name(&format!("{id}-copy"), |id| self.library.deck(id).is_some()).into_owned();
        let Some(text) = text else {
            self.notify_error("The deck’s file cannot be read.");
            return;
        };
        match edit::rename_deck(&text, &loaded.deck, &new_id, &title) {
            Ok(edit) => {
                let name = slug_or(&new_id, "deck");
                if let Some(id) = self.write_new_deck(&folder, &name, &edit.apply(&text), now) {
                    let questions = self.questions_with_progress(&old_id);
                    let to = id.clone();
                    self.open_page(PageSubject::Deck(id));
                    self.notify("This copy is yours to change.");
                    if questions > 0 {
                        self.decks.dialog = Some(Dialog::CarryProgress { from: old_id, to, questions });
                    }
                }
            }
            Err(error) => self.notify_error(format!("The deck cannot be copied: {error}.")),
        }
    }
}
