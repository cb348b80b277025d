//! A question while it is edited. The form has the fields of all answer kinds, so that changing the kind
//! loses nothing. No I/O.

use crate::app::kind::field_text::{non_empty, non_empty_lines, wrong_options, wrong_rows};
use crate::app::kind::{self, AnswerFields};
use crate::domain::image::ImageRef;
use crate::domain::question::{Kind, Question};
use crate::formats::images::{format_field, parse_field};
use crate::formats::ron_deck::question_id_from_prompt;
use crate::text;

/// A question as typed. Empty lines in lists are ignored.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionForm {
    /// The answer kind.
    pub kind: Kind,
    /// Key of one of the deck's topics.
    pub topic: String,
    /// The prompt.
    pub prompt: String,
    /// The right answer, in the fields of each kind. Only those of `kind` count.
    pub answer: AnswerFields,
    /// Choice: accepted answers for typing it once it is learned.
    pub typed: Vec<String>,
    /// Typed, Cloze and a typed Choice: words that are easily confused with the answer, each with the
    /// difference.
    pub confusable: Vec<(String, String)>,
    /// Shown on request.
    pub hint: String,
    /// Shown with the verdict.
    pub explain: String,
    /// Keys of the cited passages.
    pub cite: Vec<String>,
    /// Tags, separated by commas.
    pub tags: String,
    /// The path of an image, relative to the deck file.
    pub image: String,
    /// The alternative text of the image.
    pub image_alt: String,
    /// The id; if it is empty, it is made from the prompt.
    pub id: String,
    formerly: Vec<String>,
}

/// The field that a problem belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormField {
    /// The prompt.
    Prompt,
    /// The answer.
    Answer,
    /// The topic.
    Topic,
    /// The id.
    Id,
    /// No field in particular.
    Other,
}

/// Why the form is not a question yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormProblem {
    /// The field.
    pub field: FormField,
    /// What the author should do.
    pub message: String,
}

impl QuestionForm {
    /// An empty form.
    pub fn new(kind: Kind, topic: &str) -> Self {
        Self {
            kind,
            topic: topic.to_owned(),
            prompt: String::new(),
            answer: AnswerFields::default(),
            typed: Vec::new(),
            confusable: Vec::new(),
            hint: String::new(),
            explain: String::new(),
            cite: Vec::new(),
            tags: String::new(),
            image: String::new(),
            image_alt: String::new(),
            id: String::new(),
            formerly: Vec::new(),
        }
    }

    /// The form of an existing question.
    pub fn of(question: &Question) -> Self {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut form = Self::new(question.answer.kind(), &question.topic);
        form.prompt.clone_from(&question.prompt);
        form.answer = AnswerFields::of(&question.answer);
        form.hint = or_empty(&question.hint);
        form.explain = or_empty(&question.explain);
        form.image = or_empty(&question.image);
        let image = parse_field(&form.image);
        // An image field in another notation is kept as it is.
        if format_field(&image) == form.image {
            form.image = image.file;
            form.image_alt = image.alt;
        }
        form.cite.clone_from(&question.cite);
        form.tags = question.tags.join(", ");
        form.typed.clone_from(&question.typed);
        form.formerly.clone_from(&question.formerly);
        if question.id_is_written {
            form.id = question.id.to_string();
        }
        form.confusable = wrong_rows(&question.confusable);
        form
    }

    /// Whether nothing was written that would be missed.
    pub fn is_blank(&self) -> bool {
        let mut blank = self.next();
        // A Bool always has an answer, so that choosing one is not yet writing.
        blank.answer.true_false = self.answer.true_false.clone();
        *self == blank
    }

    /// An empty form for the next question, with the same kind, topic and citations.
    pub fn next(&self) -> Self {
        Self { cite: self.cite.clone(), ..Self::new(self.kind, &self.topic) }
    }

    /// The question.
    ///
    /// # Errors
    /// At most one problem per field that is missing or wrong.
    pub fn question(&self) -> Result<Question, Vec<FormProblem>> {
        let mut problems = Vec::new();
        let mut problem = |field: FormField, message: &str| {
            problems.push(FormProblem { field, message: message.to_owned() });
        };
        if self.prompt.trim().is_empty() {
            problem(FormField::Prompt, text::editor::problem::NO_PROMPT);
        }
        if self.topic.is_empty() {
            problem(FormField::Topic, text::editor::problem::NO_TOPIC);
        }
        if self.id.contains(|c: char| c == '/' || c.is_whitespace() || c.is_control()) {
            problem(FormField::Id, text::editor::problem::BAD_ID);
        }
        let answer = match self.answer.answer(self.kind, &self.prompt) {
            Ok(answer) => Some(answer),
            Err(message) => {
                // For a Cloze the missing prompt has already been reported.
                if !(self.kind == Kind::Cloze && self.prompt.trim().is_empty()) {
                    problem(FormField::Answer, message);
                }
                None
            }
        };
        let Some(answer) = answer.filter(|_| problems.is_empty()) else { return Err(problems) };
        let prompt = self.prompt.trim().to_owned();
        let written = self.id.trim();
        Ok(Question {
            id: if written.is_empty() { question_id_from_prompt(&prompt).into() } else { written.into() },
            id_is_written: !written.is_empty(),
            topic: self.topic.clone(),
            prompt,
            answer,
            hint: non_empty(&self.hint),
            explain: non_empty(&self.explain),
            cite: self.cite.clone(),
            tags: non_empty_lines(self.tags.split(',').map(str::to_owned).collect::<Vec<_>>().as_slice()),
            image: non_empty(&self.image)
                .map(|file| format_field(&ImageRef { file, alt: self.image_alt.trim().to_owned() })),
            typed: self.typed_later(),
            formerly: self.formerly.clone(),
            confusable: if self.has_confusable() { wrong_options(&self.confusable) } else { Vec::new() },
        })
    }

    /// Whether the answer is a word that is typed, at once or once it is learned, so that another word can be taken for
    /// it.
    pub fn has_confusable(&self) -> bool {
        kind::is_typed_word(self.kind) || !self.typed_later().is_empty()
    }

    /// The words that are right when a Choice is asked by typing.
    fn typed_later(&self) -> Vec<String> {
        if self.kind == Kind::Choice { non_empty_lines(&self.typed) } else { Vec::new() }
    }

    /// The question that this form makes, with every unedited field taken from `original`: the form itself
    /// trims text and splits tags at commas.
    pub fn keep_untouched(&self, question: Question, original: &Question) -> Question {
        let opened = Self::of(original);
        let same_kind = self.kind == opened.kind;
        let same_prompt = self.prompt == opened.prompt;
        let same_answer =
            same_kind && self.answer == opened.answer && (same_prompt || self.kind != Kind::Cloze);
        let same_image = self.image == opened.image && self.image_alt == opened.image_alt;
        Question {
            id: keep(same_prompt && self.id == opened.id, &original.id, question.id),
            prompt: keep(same_prompt, &original.prompt, question.prompt),
            answer: keep(same_answer, &original.answer, question.answer),
            hint: keep(self.hint == opened.hint, &original.hint, question.hint),
            explain: keep(self.explain == opened.explain, &original.explain, question.explain),
            image: keep(same_image, &original.image, question.image),
            tags: keep(self.tags == opened.tags, &original.tags, question.tags),
            typed: keep(same_kind && self.typed == opened.typed, &original.typed, question.typed),
            confusable: keep(
                same_kind && self.confusable == opened.confusable,
                &original.confusable,
                question.confusable,
            ),
            ..question
        }
    }
}

/// `old` as long as the field was not edited.
fn keep<T: Clone>(is_same: bool, old: &T, new: T) -> T {
    if is_same { old.clone() } else { new }
}
