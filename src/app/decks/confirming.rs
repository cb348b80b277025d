//! Confirms the dialogs of the Decks screen.

use std::path::PathBuf;

use indexmap::IndexMap;

use super::dialog::{DeckDetails, Dialog, PathPurpose, slug_or};
use super::{Decks, PageSubject, paste};
use crate::app::core::Core;
use crate::app::core::deck_files::EditLabel;
use crate::app::outcome::Outcome;
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::formats::import::{ImportAs, unique_name};
use crate::formats::ron_deck::{edit, write};
use crate::library::image_lints::image_folder;
use crate::library::{Origin, SHIPPED, file};
use crate::text;

impl Decks {
    /// Fills a dialog that was opened empty with the current values.
    pub(super) fn prefilled(&self, core: &Core, dialog: Dialog) -> Dialog {
        match (dialog, self.page_deck(core)) {
            (Dialog::Details(details), Some(deck)) if details == DeckDetails::default() => {
                Dialog::Details(DeckDetails::of(deck))
            }
            (dialog, _) => dialog,
        }
    }

    pub(super) fn confirm(&mut self, core: &mut Core, now: &Moment) -> Outcome {
        let Some(dialog) = self.dialog.take() else { return Outcome::Done };
        let done = match dialog.clone() {
            Dialog::NewDeck { title } => self.new_deck(core, &title, now),
            Dialog::Paste { text, target: import_as } => self.paste(core, &text, import_as, now),
            Dialog::Details(details) => self.save_details(core, &details, now),
            Dialog::CopyImage { file, name } => {
                self.copy_image(core, &file, name, now);
                true
            }
            Dialog::Path { purpose, path } => {
                return self.take_path(core, purpose, path.trim().into(), now);
            }
            Dialog::CarryProgress { from, to, .. } => return Outcome::CarryProgress { from, to },
            Dialog::Unsaved => {
                self.save_question(core, false, now);
                true
            }
        };
        // A failed write must not lose what was typed.
        if !done {
            self.dialog = Some(dialog);
        }
        Outcome::Done
    }

    fn new_deck(&mut self, core: &mut Core, title: &str, now: &Moment) -> bool {
        let title = title.trim();
        if title.is_empty() {
            return false;
        }
        let name = slug_or(title, "deck");
        let id = unique_name(&name, |id| core.library.deck(id).is_some()).into_owned();
        let topics = IndexMap::from([("general".to_owned(), text::decks::FIRST_TOPIC.to_owned())]);
        let deck = Deck::new(id, title.to_owned(), None, None, None, topics, Vec::new());
        let folder = core.dirs.decks();
        if let Some(id) = core.write_new_deck(&folder, &name, &write::deck(&deck)) {
            self.open_page(core, PageSubject::Deck(id));
            self.refresh(core, now);
            self.begin_question(core, now);
            return true;
        }
        false
    }

    fn paste(&mut self, core: &mut Core, text: &str, import_as: ImportAs, now: &Moment) -> bool {
        let Some(deck) = self.page_deck(core).cloned() else { return true };
        let topic = self.page.as_ref().and_then(|page| page.view.topic.clone());
        let topic = topic.or_else(|| deck.topics.keys().next().cloned()).unwrap_or_default();
        let pasted = paste::questions(text, import_as, &topic, &paste::question_ids(&deck));
        if pasted.questions.is_empty() {
            return false;
        }
        let count = pasted.questions.len();
        let label = EditLabel::new(text::decks::addition(count));
        let new = pasted.questions;
        let make =
            move |text: &str, deck: &Deck| edit::insert_questions(text, deck, deck.questions.len(), &new);
        let done = core.edit_deck(&deck.id, label, make, Vec::new(), now);
        if done {
            core.notify(text::decks::added(count));
        }
        done
    }

    fn save_details(&mut self, core: &mut Core, details: &DeckDetails, now: &Moment) -> bool {
        let Some(id) = self.page_deck(core).map(|deck| deck.id.clone()) else { return true };
        let title = details.title.trim().to_owned();
        if title.is_empty() {
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
        let label = EditLabel::new(text::decks::EDIT_OF_DETAILS);
        core.edit_deck(&id, label, make, Vec::new(), now)
    }

    /// Uses a path that was chosen, or typed where the system has no file dialog.
    fn take_path(&mut self, core: &mut Core, purpose: PathPurpose, path: PathBuf, now: &Moment) -> Outcome {
        match purpose {
            PathPurpose::Import => {
                return Outcome::Import(path);
            }
            PathPurpose::Image => self.take_image(core, path, now),
            PathPurpose::Folder if path.is_dir() => {
                let folder = path.canonicalize().unwrap_or(path);
                return Outcome::AddFolder(folder);
            }
            PathPurpose::Folder => core.notify_error(text::decks::not_a_folder(path.display())),
        }
        Outcome::Done
    }

    /// Number of questions of a deck that were ever answered.
    fn questions_with_progress(core: &Core, id: &str) -> usize {
        let Some(loaded) = core.library.deck(id) else { return 0 };
        let answered = loaded.deck.cards().filter(|(key, _)| core.progress.has_progress(key));
        let questions: std::collections::HashSet<usize> = answered.map(|(_, question)| question).collect();
        questions.len()
    }

    pub(super) fn copy_deck(&mut self, core: &mut Core, id: &str) {
        let Some(loaded) = core.library.deck(id) else { return };
        let old_id = loaded.deck.id.clone();
        // Next to the original, so that relative image paths still work.
        let folder = match &loaded.origin {
            Origin::File(path) => image_folder(path).to_owned(),
            Origin::Shipped(_) => core.dirs.decks(),
        };
        let text = match &loaded.origin {
            Origin::Shipped(name) => {
                SHIPPED.iter().find(|(each, _)| each == name).map(|(_, text)| (*text).to_owned())
            }
            Origin::File(path) => file::read(path).ok().map(|(text, _)| text),
        };
        let title = text::decks::copy_of(&loaded.deck.title);
        let new_id = unique_name(&format!("{id}-copy"), |id| core.library.deck(id).is_some()).into_owned();
        let Some(text) = text else {
            core.notify_error(text::decks::COPY_UNREADABLE);
            return;
        };
        match edit::rename_deck(&text, &loaded.deck, &new_id, &title) {
            Ok(edit) => {
                let name = slug_or(&new_id, "deck");
                if let Some(id) = core.write_new_deck(&folder, &name, &edit.apply(&text)) {
                    let questions = Self::questions_with_progress(core, &old_id);
                    let to = id.clone();
                    self.open_page(core, PageSubject::Deck(id));
                    core.notify(text::decks::COPIED);
                    if questions > 0 {
                        self.dialog = Some(Dialog::CarryProgress { from: old_id, to, questions });
                    }
                }
            }
            Err(error) => core.notify_error(text::decks::not_copied(error)),
        }
    }
}
