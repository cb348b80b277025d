//! Runs the commands of the Decks screen.

use std::sync::Arc;

use super::dialog::Dialog;
use super::editor::{Editor, next_kind};
use super::form::QuestionForm;
use super::inspection::Inspection;
use super::saving::{EditLabel, IS_SHIPPED};
use super::{DeckCommand, DeckPage, PageSubject};
use crate::app::{App, Effect, Screen, words};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::identity::QuestionKey;
use crate::domain::question::Question;
use crate::formats::ron_deck::edit;
use crate::library::Origin;

/// Shown when a conflict must be resolved before anything is written.
const CONFLICT: &str =
    "This question was changed in the file meanwhile: choose one of the two versions first.";

impl App {
    pub(in crate::app) fn apply_decks(&mut self, command: DeckCommand, now: &Moment) -> Option<Effect> {
        match command {
            DeckCommand::ShowLibrary => {
                self.decks.page = None;
                self.screen = Screen::Decks;
            }
            DeckCommand::Open(id) => self.open_page(PageSubject::Deck(id)),
            DeckCommand::OpenProblems(path) => self.open_page(PageSubject::File(path)),
            DeckCommand::SetView(view) => {
                let deck = self.page_deck().cloned();
                if let (Some(page), Some(deck)) = (&mut self.decks.page, deck) {
                    page.view = view;
                    page.table.apply_view(&deck, &page.view);
                    // Questions that the filter hides must not be changed. Only selected questions are looked
                    // up, because one key of a search may show a hundred thousand.
                    if !page.selected.is_empty() {
                        let shown = page.table.visible().iter().map(|at| &deck.questions[*at as usize].id);
                        page.selected = shown.filter(|id| page.selected.contains(*id)).cloned().collect();
                    }
                }
            }
            DeckCommand::Select(change) => {
                let deck = self.page_deck().cloned();
                if let (Some(page), Some(deck)) = (&mut self.decks.page, deck) {
                    page.select(change, &deck);
                }
            }
            DeckCommand::Suspend => self.suspend_cards(&self.selected_cards(), now),
            DeckCommand::Resume => self.resume_cards(&self.selected_cards(), now),
            DeckCommand::Reset => self.reset_cards(&self.selected_cards(), now),
            DeckCommand::SetTopic(topic) => self.set_topic(&topic, now),
            DeckCommand::Delete => self.delete_selected(now),
            DeckCommand::MoveQuestion(up) => self.move_selected(up, now),
            DeckCommand::NewQuestion => self.begin_question(now),
            DeckCommand::Edit(id) => self.edit_question(&id, now),
            DeckCommand::SetForm(form) => {
                if let Some(editor) = &mut self.decks.editor {
                    // The deck may be missing for a while; what is typed is kept.
                    let deck = self.library.deck(&editor.deck).map(|loaded| loaded.deck.clone());
                    editor.set_form(*form, deck.as_deref(), now);
                }
            }
            DeckCommand::Preview(command) => {
                self.with_editor(|editor, deck| editor.answer_preview(*command, deck, now));
            }
            DeckCommand::Save(another) => self.save_question(another, now),
            DeckCommand::CloseEditor => {
                if self.decks.editor.as_ref().is_some_and(Editor::is_changed) {
                    self.decks.dialog = Some(Dialog::Unsaved);
                } else {
                    self.decks.editor = None;
                }
            }
            DeckCommand::Discard => {
                self.decks.editor = None;
                self.decks.dialog = None;
            }
            DeckCommand::KeepMine => {
                self.with_editor(|editor, deck| editor.resolve_conflict(true, deck, now))
            }
            DeckCommand::TakeTheirs => {
                self.with_editor(|editor, deck| editor.resolve_conflict(false, deck, now))
            }
            DeckCommand::SetDialog(dialog) => self.decks.dialog = Some(self.prefilled(dialog)),
            DeckCommand::Confirm => self.confirm(now),
            DeckCommand::CloseDialog => self.decks.dialog = None,
            DeckCommand::Copy(id) => self.copy_deck(&id, now),
            DeckCommand::OpenFile(path, line) => return Some(Effect::OpenFile(path, line)),
            DeckCommand::ToggleLints => {
                if let Some(page) = &mut self.decks.page {
                    page.lints_shown = !page.lints_shown;
                }
            }
            DeckCommand::PinIds => self.pin_ids(now),
            DeckCommand::Fix(path, at) => {
                let errors = self.decks.page.as_ref().map(|page| &page.inspection.errors);
                if let Some(diagnostic) =
                    errors.and_then(|errors| errors.get(at)).map(|it| it.diagnostic.clone())
                {
                    self.fix_diagnostic(&path, &diagnostic, now);
                }
            }
            DeckCommand::FixAll(path) => self.fix_all_diagnostics(&path, now),
            DeckCommand::ChooseFolder => return Some(Effect::ChooseFolder),
            DeckCommand::ChooseImport => return Some(Effect::ChooseImport),
            DeckCommand::BeginImport(path) => self.begin_import(path),
            DeckCommand::SetImport(options) => {
                if let Some(import) = &mut self.decks.import {
                    import.set_options(*options);
                }
            }
            DeckCommand::SetImportTitle(title) => {
                if let Some(import) = &mut self.decks.import {
                    import.title = title;
                }
            }
            DeckCommand::FinishImport => self.finish_import(),
            // Dropping it cancels it.
            DeckCommand::CancelImport => self.decks.import = None,
            DeckCommand::Export(format) => return self.export_deck(format, now),
            DeckCommand::ChooseImage => return self.choose_image(),
            DeckCommand::SetImage(file) => self.take_image(file, now),
        }
        None
    }

    /// Brings the deck page up to date.
    pub(in crate::app) fn refresh_page(&mut self, now: &Moment) {
        if self.screen != Screen::Decks || self.active_session.is_some() {
            return;
        }
        let Some(page) = &mut self.decks.page else { return };
        if !page.is_stale {
            return;
        }
        page.is_stale = false;
        match &page.subject {
            PageSubject::Deck(id) => {
                let Some(loaded) = self.library.deck(id) else {
                    self.decks.page = None;
                    return;
                };
                let deck = &loaded.deck;
                let model = &self.scheduler.model;
                page.table =
                    super::table::QuestionTable::new(deck, &self.progress, model, now.day(), &page.view);
                if page.view.topic.as_ref().is_some_and(|topic| !deck.topics.contains_key(topic)) {
                    page.view.topic = None;
                    page.table.apply_view(deck, &page.view);
                }
                if let Origin::File(path) = loaded.origin.clone() {
                    page.inspection = Inspection::read(&path, &mut self.library);
                }
            }
            PageSubject::File(path) => {
                let origin = Origin::File(path.clone());
                // The file was fixed meanwhile and is a deck now.
                if let Some(loaded) = self.library.decks().iter().find(|loaded| loaded.origin == origin) {
                    let subject = PageSubject::Deck(loaded.deck.id.clone());
                    self.open_page(subject);
                    return self.refresh_page(now);
                }
                page.inspection = Inspection::read(path, &mut self.library);
                if page.inspection.errors.is_empty() && !path.exists() {
                    self.decks.page = None;
                }
            }
        }
    }

    /// Updates the editor after decks changed.
    pub(super) fn sync_editor(&mut self, now: &Moment) {
        self.with_editor(|editor, deck| editor.sync_with_file(deck, now));
    }

    pub(super) fn open_page(&mut self, subject: PageSubject) {
        self.active_session = None;
        self.screen = Screen::Decks;
        if self.decks.page.as_ref().is_none_or(|page| page.subject != subject) {
            self.decks.page = Some(DeckPage::new(subject));
        }
    }

    pub(super) fn with_editor(&mut self, change: impl FnOnce(&mut Editor, &Deck)) {
        let Some(editor) = &mut self.decks.editor else { return };
        if let Some(loaded) = self.library.deck(&editor.deck) {
            change(editor, &loaded.deck);
        }
    }

    pub(super) fn begin_question(&mut self, now: &Moment) {
        let Some(deck) = self.page_deck().cloned() else { return };
        if self.own_file(&deck.id).is_none() {
            self.notify_error(IS_SHIPPED);
            return;
        }
        let current = self.decks.page.as_ref().and_then(|page| page.current.clone());
        let before = current
            .and_then(|id| deck.questions.iter().find(|question| question.id == id))
            .or(deck.questions.last());
        let topic = match (self.decks.page.as_ref().and_then(|page| page.view.topic.clone()), before) {
            (Some(topic), _) => topic,
            (None, Some(before)) => before.topic.clone(),
            (None, None) => deck.topics.keys().next().cloned().unwrap_or_default(),
        };
        let form = QuestionForm::new(next_kind(before.map(|question| &**question)), &topic);
        self.decks.editor = Some(Editor::for_new_question(&deck, form, now));
    }

    fn edit_question(&mut self, id: &str, now: &Moment) {
        let Some(deck) = self.page_deck().cloned() else { return };
        if self.decks.editor.as_ref().is_some_and(Editor::is_changed) {
            self.decks.dialog = Some(Dialog::Unsaved);
            return;
        }
        if let Some(question) = deck.questions.iter().find(|question| *question.id == *id) {
            self.decks.editor = Some(Editor::for_question(&deck, question, now));
        }
    }

    pub(super) fn save_question(&mut self, another: bool, now: &Moment) {
        let Some(editor) = &mut self.decks.editor else { return };
        let question = match editor.written_question() {
            Ok(question) => question,
            Err(_) => {
                editor.shows_problems = true;
                return;
            }
        };
        if editor.conflict.is_some() {
            self.notify_error(CONFLICT);
            return;
        }
        let deck_id = editor.deck.clone();
        if self.library.deck(&deck_id).is_none() {
            self.notify_error(
                "Not saved: the file of this deck is gone. What you wrote stays here until it is back.",
            );
            return;
        }
        // A change by another program is loaded first; if it touched this question, both versions are shown.
        let is_current = self.reload_if_changed(&deck_id, now);
        let Some(editor) = self.decks.editor.as_ref().filter(|_| is_current) else { return };
        if editor.conflict.is_some() {
            self.notify_error(CONFLICT);
            return;
        }
        let Some(deck) = self.library.deck(&deck_id).map(|loaded| loaded.deck.clone()) else { return };
        let at = editor.question.as_ref().and_then(|id| deck.questions.iter().position(|it| it.id == *id));
        let is_taken = |(other, each): (usize, &Arc<Question>)| each.id == question.id && Some(other) != at;
        if deck.questions.iter().enumerate().any(is_taken) {
            let message = match question.id_is_written {
                true => "Another question of this deck has this id.",
                false => {
                    "Another question of this deck asks the same. Say what sets them apart, or give an id."
                }
            };
            self.notify_error(message);
            return;
        }
        let mut label = EditLabel::new(format!("the change of “{}”", words::excerpt(&question.prompt)));
        let new = question.clone();
        let id = editor.question.clone();
        let mut events = Vec::new();
        if let Some(old) = id.as_ref().filter(|old| **old != question.id) {
            // Rewording a question in the editor keeps its identity, so its progress moves along.
            let key = |id: &Arc<str>| QuestionKey { deck: deck_id.clone(), question: id.clone() };
            let moves = self.rekey_changes(key(old), key(&question.id)).into_iter();
            events.extend(moves.map(|(card, change)| (card, change, None)));
            label.rekeyed = Some((key(old), key(&question.id)));
        }
        let make = move |text: &str, deck: &Deck| match id {
            Some(id) => {
                let at = deck.questions.iter().position(|it| it.id == id).ok_or(edit::EditError::Stale)?;
                edit::replace_question(text, deck, at, &new)
            }
            None => edit::insert_questions(text, deck, deck.questions.len(), std::slice::from_ref(&new)),
        };
        if self.edit_deck(&deck_id, label, make, events, now) {
            self.after_saving(&deck_id, &question, another, now);
        }
    }

    fn after_saving(&mut self, deck_id: &str, question: &Question, another: bool, now: &Moment) {
        let Some(deck) = self.library.deck(deck_id).map(|loaded| loaded.deck.clone()) else { return };
        let Some(editor) = &mut self.decks.editor else { return };
        let written = editor.questions_written + 1;
        if another {
            let form = editor.form.next();
            let mut editor = Editor::for_new_question(&deck, form, now);
            editor.questions_written = written;
            self.decks.editor = Some(editor);
            self.notify(format!("Saved. {} written.", words::count(written, "question")));
        } else {
            self.decks.editor = None;
            self.notify("Saved.");
        }
        if let Some(page) = &mut self.decks.page {
            page.current = Some(question.id.clone());
            page.selected.clear();
        }
    }

    fn set_topic(&mut self, topic: &str, now: &Moment) {
        let Some((deck, selected)) = self.selected_questions(now) else { return };
        if !deck.topics.contains_key(topic) {
            return;
        }
        let label =
            EditLabel::new(format!("moving {} to another topic", words::count(selected.len(), "question")));
        let name = deck.topic_name(topic).to_owned();
        let count = selected.len();
        let topic = topic.to_owned();
        let make = move |text: &str, deck: &Deck| {
            edit::edit_each(text, deck, &selected, |text, deck, at| {
                let question = deck.questions.get(at).ok_or(edit::EditError::Stale)?;
                let new = Question { topic: topic.clone(), ..(**question).clone() };
                edit::replace_question(text, deck, at, &new)
            })
        };
        if self.edit_deck(&deck.id, label, make, Vec::new(), now) {
            self.notify(format!("{} moved to “{name}”.", words::count(count, "question")));
        }
    }

    fn delete_selected(&mut self, now: &Moment) {
        let Some((deck, selected)) = self.selected_questions(now) else { return };
        let count = words::count(selected.len(), "question");
        let label = EditLabel::new(format!("deleting {count}"));
        let make =
            move |text: &str, deck: &Deck| edit::edit_each(text, deck, &selected, edit::remove_question);
        if self.edit_deck(&deck.id, label, make, Vec::new(), now) {
            if let Some(page) = &mut self.decks.page {
                page.selected.clear();
                page.current = None;
            }
            self.notify(format!("{count} deleted. Their answers are kept. Ctrl Z brings them back."));
        }
    }

    fn move_selected(&mut self, up: bool, now: &Moment) {
        let Some((deck, selected)) = self.selected_questions(now) else { return };
        let [at] = selected.as_slice() else { return };
        let from = *at;
        let Some(to) = (if up { from.checked_sub(1) } else { Some(from + 1) }) else { return };
        if to >= deck.questions.len() {
            return;
        }
        let label = EditLabel::new(format!("moving “{}”", words::excerpt(&deck.questions[from].prompt)));
        self.edit_deck(
            &deck.id,
            label,
            move |text, deck| edit::move_question(text, deck, from, to),
            Vec::new(),
            now,
        );
    }

    fn pin_ids(&mut self, now: &Moment) {
        let Some(id) = self.page_deck().map(|deck| deck.id.clone()) else { return };
        if !self.reload_if_changed(&id, now) {
            return;
        }
        let Some(deck) = self.page_deck().cloned() else { return };
        let without = deck.questions.iter().filter(|question| !question.id_is_written).count();
        if without == 0 {
            self.notify("Every question has its id already.");
            return;
        }
        let label = EditLabel::new(format!("writing {}", words::count(without, "id")));
        let make = |text: &str, deck: &Deck| edit::pin_ids(text, deck).map(|(edit, _)| edit);
        if self.edit_deck(&deck.id, label, make, Vec::new(), now) {
            self.notify(format!("{} written.", words::count(without, "id")));
        }
    }

    /// The deck of the page as its file is now, and the indices of the selected questions. `None`, with an
    /// error where one is needed, if the deck cannot be changed or nothing is selected.
    fn selected_questions(&mut self, now: &Moment) -> Option<(Arc<Deck>, Vec<usize>)> {
        let id = self.page_deck()?.id.clone();
        if self.own_file(&id).is_none() {
            self.notify_error(IS_SHIPPED);
            return None;
        }
        if !self.reload_if_changed(&id, now) {
            return None;
        }
        let deck = self.page_deck()?.clone();
        let selected = self.decks.page.as_ref()?.selected_in(&deck);
        (!selected.is_empty()).then_some((deck, selected))
    }
}
