//! The question editor and its preview.

use std::sync::Arc;

use super::form::{FormProblem, QuestionForm};
use crate::app::core::rekeyed::Rekeyed;
use crate::app::study::{ActiveCard, StudyCommand};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::identity::QuestionKey;
use crate::domain::ids::{CardKey, Facet};
use crate::domain::question::{Kind, Question};

/// The open editor.
#[derive(Clone, Debug)]
pub struct Editor {
    /// The deck's id.
    pub deck: Arc<str>,
    /// The question's id when the editor was opened; `None` for a new question.
    pub question: Option<Arc<str>>,
    /// The question as typed.
    pub form: QuestionForm,
    /// The question as it was in the file when the editor was opened.
    original: Option<Arc<Question>>,
    /// The form when the editor was opened.
    saved_form: QuestionForm,
    /// The question as it will be shown, and the answer that was tried.
    preview: Option<ActiveCard>,
    /// What keeps the form from being a question.
    problems: Vec<FormProblem>,
    /// Whether problems are shown: not before the first attempt to save.
    pub shows_problems: bool,
    /// The current version in the file, if another program changed the question while it was edited.
    pub conflict: Option<Arc<Question>>,
    /// Number of questions saved since the editor was opened.
    pub questions_written: usize,
}

impl Editor {
    /// An editor for a new question.
    pub fn for_new_question(deck: &Deck, form: QuestionForm, now: &Moment) -> Self {
        Self::open(deck, None, form, now)
    }

    /// An editor for an existing question.
    pub fn for_question(deck: &Deck, question: &Arc<Question>, now: &Moment) -> Self {
        Self::open(deck, Some(question), QuestionForm::of(question), now)
    }

    fn open(deck: &Deck, question: Option<&Arc<Question>>, form: QuestionForm, now: &Moment) -> Self {
        let mut editor = Self {
            deck: deck.id.clone(),
            question: question.map(|question| question.id.clone()),
            original: question.cloned(),
            saved_form: form.clone(),
            form,
            preview: None,
            problems: Vec::new(),
            shows_problems: false,
            conflict: None,
            questions_written: 0,
        };
        editor.update_preview(deck, now);
        editor
    }

    /// Whether there are unsaved changes.
    pub fn is_changed(&self) -> bool {
        match self.question {
            Some(_) => self.form != self.saved_form,
            None => !self.form.is_blank(),
        }
    }

    /// The question as it will be shown; `None` while the form is not a question.
    pub fn preview(&self) -> Option<&ActiveCard> {
        self.preview.as_ref()
    }

    /// What keeps the form from being a question.
    pub fn problems(&self) -> &[FormProblem] {
        &self.problems
    }

    /// The question as it was in the file when the editor was opened; `None` for a new question.
    pub fn original(&self) -> Option<&Arc<Question>> {
        self.original.as_ref()
    }

    /// Replaces the form. `deck` is `None` if the deck is missing for a while; then there is no preview.
    pub fn set_form(&mut self, form: QuestionForm, deck: Option<&Deck>, now: &Moment) {
        self.form = form;
        match deck {
            Some(deck) => self.update_preview(deck, now),
            None => self.preview = None,
        }
    }

    /// The key of the question; `None` for a new one.
    pub fn key(&self) -> Option<QuestionKey> {
        Some(QuestionKey { deck: self.deck.clone(), question: self.question.clone()? })
    }

    /// The question as typed. Fields that were not edited stay exactly as they are in the file.
    ///
    /// # Errors
    /// Everything that keeps the form from being a question.
    pub fn written_question(&self) -> Result<Question, Vec<FormProblem>> {
        let question = self.form.question()?;
        Ok(match &self.original {
            Some(original) => self.form.keep_untouched(question, original),
            None => question,
        })
    }

    /// Follows a question whose key changed.
    pub(in crate::app) fn rekey(&mut self, rekeyed: &Rekeyed) {
        let Some(id) = &self.question else { return };
        if let Some(new) = rekeyed.new_key(&CardKey::new(self.deck.clone(), id.clone(), Facet::Front)) {
            self.deck = new.deck;
            self.question = Some(new.question);
        }
    }

    /// Runs a study command on the preview.
    pub fn answer_preview(&mut self, command: StudyCommand, deck: &Deck, now: &Moment) {
        match (&mut self.preview, command) {
            (Some(_), StudyCommand::Continue) => self.update_preview(deck, now),
            (Some(card), command) => card.apply_preview(command, now),
            (None, _) => {}
        }
    }

    /// Follows a change of the file. An unedited question shows the new version; an edited one reports a
    /// conflict.
    pub fn sync_with_file(&mut self, deck: &Deck, now: &Moment) {
        let Some(id) = &self.question else {
            self.update_preview(deck, now);
            return;
        };
        let theirs = deck.questions.iter().find(|question| question.id == *id);
        match theirs {
            Some(theirs) if self.original.as_ref().is_some_and(|original| original == theirs) => {
                self.conflict = None;
            }
            Some(theirs) if !self.is_changed() => *self = Self::for_question(deck, theirs, now),
            Some(theirs) if self.written_question().is_ok_and(|mine| mine == **theirs) => {
                *self = Self::for_question(deck, theirs, now);
            }
            Some(theirs) => self.conflict = Some(theirs.clone()),
            // The question was removed from the file, so it will be saved as a new one.
            None => {
                self.question = None;
                self.original = None;
                self.conflict = None;
            }
        }
    }

    /// Resolves a conflict: the edited version will replace the one in the file, or is dropped in favour of
    /// it.
    pub fn resolve_conflict(&mut self, keep_mine: bool, deck: &Deck, now: &Moment) {
        let Some(theirs) = self.conflict.take() else { return };
        if keep_mine {
            self.original = Some(theirs);
        } else {
            *self =
                Self { questions_written: self.questions_written, ..Self::for_question(deck, &theirs, now) };
        }
    }

    /// Validates the form and makes a new preview.
    fn update_preview(&mut self, deck: &Deck, now: &Moment) {
        match self.written_question() {
            Ok(question) => {
                self.problems.clear();
                self.preview = Some(preview(deck, question, now));
            }
            Err(problems) => {
                self.problems = problems;
                self.preview = None;
            }
        }
    }
}

/// The question alone in a deck with the same header.
fn preview(deck: &Deck, question: Question, now: &Moment) -> ActiveCard {
    let alone = Deck::new(
        deck.id.clone(),
        deck.title.clone(),
        None,
        deck.language.clone(),
        deck.source.clone(),
        deck.topics.clone(),
        vec![question],
    );
    ActiveCard::preview_of(Arc::new(alone), now)
}

/// The answer kind of a new question: that of the question before it.
pub fn next_kind(before: Option<&Question>) -> Kind {
    before.map_or(Kind::Typed, |question| question.answer.kind())
}
