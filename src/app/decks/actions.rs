//! Runs the commands of the Decks screen.

use std::sync::Arc;

use super::dialog::Dialog;
use super::editor::{Editor, next_kind};
use super::form::QuestionForm;
use super::inspection::Inspection;
use super::{DeckCommand, DeckPage, Decks, PageSubject};
use crate::app::core::deck_files::EditLabel;
use crate::app::core::{Core, CoreChange};
use crate::app::effect::Effect;
use crate::app::moves::rekey_changes;
use crate::app::outcome::Outcome;
use crate::app::screen::Screen;
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::identity::QuestionKey;
use crate::domain::question::Question;
use crate::formats::ron_deck::{edit, write};
use crate::library::Origin;
use crate::text::{self, words};

/// Largest question that the editor opens, as it is written in a deck file. A field lays out all of its text, which takes
/// some 200 bytes a letter, in the form and again in the preview.
const MAX_EDITABLE_BYTES: usize = 64 * 1024;

impl Decks {
    /// The deck that a command is going to edit, by id: its file is read again before. An edit by a command that is not
    /// named here is refused if another program has changed the file meanwhile.
    pub(in crate::app) fn deck_to_edit(&self, core: &Core, command: &DeckCommand) -> Option<Arc<str>> {
        let shown = || self.page_deck(core).map(|deck| deck.id.clone());
        match command {
            DeckCommand::Save(_) => self.deck_of_editor(core),
            DeckCommand::SetTopic(_)
            | DeckCommand::Delete
            | DeckCommand::MoveQuestion(_)
            | DeckCommand::PinIds => shown(),
            DeckCommand::Confirm => match self.dialog.as_ref()? {
                Dialog::Paste { .. } => shown(),
                Dialog::Details(details) if !details.title.trim().is_empty() => shown(),
                Dialog::Unsaved => self.deck_of_editor(core),
                _ => None,
            },
            _ => None,
        }
    }

    /// Leaves the question whether to save, because that was tried and cannot be done: the editor has what was written.
    pub(in crate::app) fn close_unsaved_dialog(&mut self) {
        self.dialog.take_if(|dialog| *dialog == Dialog::Unsaved);
    }

    /// The deck of the editor, if its question can be saved.
    fn deck_of_editor(&self, core: &Core) -> Option<Arc<str>> {
        let editor = self.editor.as_ref().filter(|editor| editor.conflict.is_none())?;
        let can_save = editor.written_question().is_ok() && core.library.deck(&editor.deck).is_some();
        can_save.then(|| editor.deck.clone())
    }

    /// Runs a command.
    pub(in crate::app) fn apply(&mut self, core: &mut Core, command: DeckCommand, now: &Moment) -> Outcome {
        match command {
            DeckCommand::ShowLibrary => {
                self.page = None;
                core.screen = Screen::Decks;
            }
            DeckCommand::Open(id) => self.open_page(core, PageSubject::Deck(id)),
            DeckCommand::OpenProblems(path) => self.open_page(core, PageSubject::File(path)),
            DeckCommand::SetView(view) => {
                let deck = self.page_deck(core).cloned();
                if let (Some(page), Some(deck)) = (&mut self.page, deck) {
                    page.set_view(view, &deck);
                }
            }
            DeckCommand::Select(change) => {
                let deck = self.page_deck(core).cloned();
                if let (Some(page), Some(deck)) = (&mut self.page, deck) {
                    page.select(change, &deck);
                }
            }
            DeckCommand::Suspend => core.suspend_cards(&self.selected_cards(core), now),
            DeckCommand::Resume => core.resume_cards(&self.selected_cards(core), now),
            DeckCommand::Reset => core.reset_cards(&self.selected_cards(core), now),
            DeckCommand::SetTopic(topic) => self.set_topic(core, &topic, now),
            DeckCommand::Delete => self.delete_selected(core, now),
            DeckCommand::MoveQuestion(up) => self.move_selected(core, up, now),
            DeckCommand::NewQuestion => self.begin_question(core, now),
            DeckCommand::Edit(id) => self.edit_question(core, &id, now),
            DeckCommand::SetForm(form) => {
                if let Some(editor) = &mut self.editor {
                    // The deck may be missing for a while; what is typed is kept.
                    let deck = core.library.deck(&editor.deck).map(|loaded| loaded.deck.clone());
                    editor.set_form(*form, deck.as_deref(), now);
                }
            }
            DeckCommand::Preview(command) => {
                self.with_editor(core, |editor, deck| editor.answer_preview(command, deck, now));
            }
            DeckCommand::Save(another) => self.save_question(core, another, now),
            DeckCommand::CloseEditor => self.close_editor(),
            DeckCommand::Discard => {
                self.editor = None;
                self.dialog = None;
            }
            DeckCommand::KeepMine => {
                self.with_editor(core, |editor, deck| editor.resolve_conflict(true, deck, now))
            }
            DeckCommand::TakeTheirs => {
                self.with_editor(core, |editor, deck| editor.resolve_conflict(false, deck, now))
            }
            DeckCommand::SetDialog(dialog) => self.dialog = Some(self.prefilled(core, dialog)),
            DeckCommand::Confirm => return self.confirm(core, now),
            DeckCommand::CloseDialog => self.dialog = None,
            DeckCommand::Copy(id) => self.copy_deck(core, &id),
            DeckCommand::OpenFile(path, line) => return Effect::OpenFile(path, line).into(),
            DeckCommand::ToggleLints => {
                if let Some(page) = &mut self.page {
                    page.lints_shown = !page.lints_shown;
                }
            }
            DeckCommand::PinIds => self.pin_ids(core, now),
            DeckCommand::Fix(path, at) => {
                let found = self.page.as_ref().and_then(|page| page.inspection.errors.get(at));
                if let Some(diagnostic) = found.map(|found| found.diagnostic.clone()) {
                    return self.fix_diagnostic(core, &path, &diagnostic);
                }
            }
            DeckCommand::FixAll(path) => return self.fix_all_diagnostics(core, &path),
            DeckCommand::ChooseFolder => return Effect::ChooseFolder.into(),
            DeckCommand::ChooseImport => return Effect::ChooseImport.into(),
            DeckCommand::BeginImport(path) => self.begin_import(core, path),
            DeckCommand::SetImport(options) => {
                if let Some(import) = &mut self.import {
                    import.set_options(*options);
                }
            }
            DeckCommand::SetImportTitle(title) => {
                if let Some(import) = &mut self.import {
                    import.title = title;
                }
            }
            DeckCommand::FinishImport => self.finish_import(core),
            DeckCommand::CancelImport => self.cancel_import(),
            DeckCommand::Export(format) => return self.export_deck(core, format, now).into(),
            DeckCommand::ChooseImage => return self.choose_image(core).into(),
            DeckCommand::SetImage(file) => self.take_image(core, file, now),
        }
        Outcome::Done
    }

    /// Closes the editor, or asks whether to save first.
    fn close_editor(&mut self) {
        if self.editor.as_ref().is_some_and(Editor::is_changed) {
            self.dialog = Some(Dialog::Unsaved);
        } else {
            self.editor = None;
        }
    }

    /// Follows a change that was not made by this feature.
    pub(in crate::app) fn follow(&mut self, core: &Core, change: &CoreChange, now: &Moment) {
        match change {
            CoreChange::Rekeyed(rekeyed) => {
                if let Some(editor) = &mut self.editor {
                    editor.rekey(rekeyed);
                }
            }
            CoreChange::Decks => self.with_editor(core, |editor, deck| editor.sync_with_file(deck, now)),
            CoreChange::Stale => self.invalidate(),
            CoreChange::Cards(_) | CoreChange::LeaveSession | CoreChange::StaleFigures => {}
        }
    }

    /// Brings the deck page up to date. Call it while the screen is shown.
    pub(in crate::app) fn refresh(&mut self, core: &mut Core, now: &Moment) {
        let Some(page) = &mut self.page else { return };
        if !page.is_stale {
            return;
        }
        page.is_stale = false;
        match &page.subject {
            PageSubject::Deck(id) => {
                let Some(loaded) = core.library.deck(id) else {
                    self.page = None;
                    return;
                };
                let deck = &loaded.deck;
                let model = &core.scheduler.model;
                page.table =
                    super::table::QuestionTable::new(deck, &core.progress, model, now.day(), &page.view);
                if page.view.topic.as_ref().is_some_and(|topic| !deck.topics.contains_key(topic)) {
                    page.view.topic = None;
                    page.table.apply_view(deck, &page.view);
                }
                if let Origin::File(path) = loaded.origin.clone() {
                    page.inspection = Inspection::read(&path, &mut core.library);
                }
            }
            PageSubject::File(path) => {
                let origin = Origin::File(path.clone());
                // The file was fixed meanwhile and is a deck now.
                if let Some(loaded) = core.library.decks().iter().find(|loaded| loaded.origin == origin) {
                    let subject = PageSubject::Deck(loaded.deck.id.clone());
                    self.open_page(core, subject);
                    return self.refresh(core, now);
                }
                page.inspection = Inspection::read(path, &mut core.library);
                if page.inspection.errors.is_empty() && !path.exists() {
                    self.page = None;
                }
            }
        }
    }

    pub(super) fn open_page(&mut self, core: &mut Core, subject: PageSubject) {
        core.show(Screen::Decks);
        if self.page.as_ref().is_none_or(|page| page.subject != subject) {
            self.page = Some(DeckPage::new(subject));
        }
    }

    pub(super) fn with_editor(&mut self, core: &Core, change: impl FnOnce(&mut Editor, &Deck)) {
        let Some(editor) = &mut self.editor else { return };
        if let Some(loaded) = core.library.deck(&editor.deck) {
            change(editor, &loaded.deck);
        }
    }

    pub(super) fn begin_question(&mut self, core: &mut Core, now: &Moment) {
        let Some(deck) = self.page_deck(core).cloned() else { return };
        if core.own_file(&deck.id).is_none() {
            core.notify_error(text::decks::SHIPPED_IS_FIXED);
            return;
        }
        let current = self.page.as_ref().and_then(|page| page.current.clone());
        let before = current
            .and_then(|id| deck.questions.iter().find(|question| question.id == id))
            .or(deck.questions.last());
        let topic = match (self.page.as_ref().and_then(|page| page.view.topic.clone()), before) {
            (Some(topic), _) => topic,
            (None, Some(before)) => before.topic.clone(),
            (None, None) => deck.topics.keys().next().cloned().unwrap_or_default(),
        };
        let form = QuestionForm::new(next_kind(before.map(|question| &**question)), &topic);
        self.editor = Some(Editor::for_new_question(&deck, form, now));
    }

    fn edit_question(&mut self, core: &mut Core, id: &str, now: &Moment) {
        let Some(deck) = self.page_deck(core).cloned() else { return };
        if self.editor.as_ref().is_some_and(Editor::is_changed) {
            self.dialog = Some(Dialog::Unsaved);
            return;
        }
        let Some(question) = deck.questions.iter().find(|question| *question.id == *id) else { return };
        if write::question(question, 0).len() > MAX_EDITABLE_BYTES {
            core.notify_error(text::decks::TOO_LONG_TO_EDIT);
            return;
        }
        self.editor = Some(Editor::for_question(&deck, question, now));
    }

    pub(super) fn save_question(&mut self, core: &mut Core, another: bool, now: &Moment) {
        let Some(editor) = &mut self.editor else { return };
        let question = match editor.written_question() {
            Ok(question) => question,
            Err(_) => {
                editor.shows_problems = true;
                return;
            }
        };
        if editor.conflict.is_some() {
            core.notify_error(text::decks::CONFLICT);
            return;
        }
        let deck_id = editor.deck.clone();
        if core.library.deck(&deck_id).is_none() {
            core.notify_error(text::decks::DECK_GONE);
            return;
        }
        let Some(deck) = core.library.deck(&deck_id).map(|loaded| loaded.deck.clone()) else { return };
        let at = editor.question.as_ref().and_then(|id| deck.questions.iter().position(|it| it.id == *id));
        let is_taken = |(other, each): (usize, &Arc<Question>)| each.id == question.id && Some(other) != at;
        if deck.questions.iter().enumerate().any(is_taken) {
            core.notify_error(match question.id_is_written {
                true => text::decks::ID_TAKEN,
                false => text::decks::PROMPT_TAKEN,
            });
            return;
        }
        let mut label = EditLabel::new(text::decks::edit_of_question(&words::excerpt(&question.prompt)));
        let new = question.clone();
        let id = editor.question.clone();
        let mut events = Vec::new();
        if let Some(old) = id.as_ref().filter(|old| **old != question.id) {
            // Rewording a question in the editor keeps its identity, so its progress moves along.
            let key = |id: &Arc<str>| QuestionKey { deck: deck_id.clone(), question: id.clone() };
            let moves = rekey_changes(core, key(old), key(&question.id)).into_iter();
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
        if core.edit_deck(&deck_id, label, make, events, now) {
            self.after_saving(core, &deck_id, &question, another, now);
        }
    }

    fn after_saving(
        &mut self,
        core: &mut Core,
        deck_id: &str,
        question: &Question,
        another: bool,
        now: &Moment,
    ) {
        let Some(deck) = core.library.deck(deck_id).map(|loaded| loaded.deck.clone()) else { return };
        let Some(editor) = &mut self.editor else { return };
        let written = editor.questions_written + 1;
        if another {
            let form = editor.form.next();
            let mut editor = Editor::for_new_question(&deck, form, now);
            editor.questions_written = written;
            self.editor = Some(editor);
            core.notify(text::decks::saved_and_next(written));
        } else {
            self.editor = None;
            core.notify(text::decks::SAVED);
        }
        if let Some(page) = &mut self.page {
            page.current = Some(question.id.clone());
            page.selected.clear();
        }
    }

    fn set_topic(&mut self, core: &mut Core, topic: &str, now: &Moment) {
        let Some((deck, selected)) = self.selected_questions(core) else { return };
        if !deck.topics.contains_key(topic) {
            return;
        }
        let label = EditLabel::new(text::decks::edit_of_topic(selected.len()));
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
        if core.edit_deck(&deck.id, label, make, Vec::new(), now) {
            core.notify(text::decks::moved_to_topic(count, &name));
        }
    }

    fn delete_selected(&mut self, core: &mut Core, now: &Moment) {
        let Some((deck, selected)) = self.selected_questions(core) else { return };
        let count = selected.len();
        let label = EditLabel::new(text::decks::deletion(count));
        let make =
            move |text: &str, deck: &Deck| edit::edit_each(text, deck, &selected, edit::remove_question);
        if core.edit_deck(&deck.id, label, make, Vec::new(), now) {
            if let Some(page) = &mut self.page {
                page.selected.clear();
                page.current = None;
            }
            core.notify(text::decks::deleted(count));
        }
    }

    fn move_selected(&mut self, core: &mut Core, up: bool, now: &Moment) {
        let Some((deck, selected)) = self.selected_questions(core) else { return };
        let [at] = selected.as_slice() else { return };
        let from = *at;
        let Some(to) = (if up { from.checked_sub(1) } else { Some(from + 1) }) else { return };
        if to >= deck.questions.len() {
            return;
        }
        let label = EditLabel::new(text::decks::move_in_file(&words::excerpt(&deck.questions[from].prompt)));
        core.edit_deck(
            &deck.id,
            label,
            move |text, deck| edit::move_question(text, deck, from, to),
            Vec::new(),
            now,
        );
    }

    fn pin_ids(&mut self, core: &mut Core, now: &Moment) {
        let Some(deck) = self.page_deck(core).cloned() else { return };
        let without = deck.questions.iter().filter(|question| !question.id_is_written).count();
        if without == 0 {
            core.notify(text::decks::IDS_PINNED_ALREADY);
            return;
        }
        let label = EditLabel::new(text::decks::pinning(without));
        let make = |text: &str, deck: &Deck| edit::pin_ids(text, deck).map(|(edit, _)| edit);
        if core.edit_deck(&deck.id, label, make, Vec::new(), now) {
            core.notify(text::decks::ids_pinned(without));
        }
    }

    /// The deck of the page, and the indices of the selected questions. `None`, with an error where one is
    /// needed, if the deck cannot be changed or nothing is selected.
    fn selected_questions(&self, core: &mut Core) -> Option<(Arc<Deck>, Vec<usize>)> {
        let id = self.page_deck(core)?.id.clone();
        if core.own_file(&id).is_none() {
            core.notify_error(text::decks::SHIPPED_IS_FIXED);
            return None;
        }
        let deck = self.page_deck(core)?.clone();
        let selected = self.page.as_ref()?.selected_in(&deck);
        (!selected.is_empty()).then_some((deck, selected))
    }
}
