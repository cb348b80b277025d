//! The kinds of question. Each has a file with its part of a question ([`Answer`]), its part of a task
//! ([`TaskForm`]), its grading, and what is said of them in words; this file has what they have in common.
//!
//! [`AnswerPart`] and [`TaskPart`] say what a kind has to define, and [`Answer`] and [`TaskForm`] hand everything
//! on. No other place in the domain matches on all kinds, so a kind that is added cannot be forgotten.

#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

mod assignment;
mod choice;
mod choices;
mod cloze;
mod date;
mod matching;
mod number;
mod options;
mod order;
mod parts;
mod recall;
mod response;
mod sort;
mod true_false;
mod typed;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use choice::{ChoiceAnswer, ChoiceTask};
pub use choices::{ChoicesAnswer, ChoicesTask};
pub use cloze::{ClozeTask, TaskPiece};
pub use date::{DateAnswer, DateTask};
pub use matching::MatchTask;
pub use number::{NumberAnswer, NumberTask};
pub use options::{TaskOption, WrongOption};
pub use order::{OrderItem, OrderTask, TaskOrderItem};
pub use recall::{RecallAnswer, RecallTask};
pub use response::Response;
pub use sort::{Bin, SortTask, TaskSortItem};
pub use true_false::BoolTask;
pub use typed::{TypedAnswer, TypedForm};

use super::answer_text::AnswerText;
use super::cloze::Cloze;
use super::deck::Deck;
use super::grade::locale::LocaleFormat;
use super::grade::{Marks, Verdict};
use super::ids::Facet;
use super::question::Question;
use super::seed::Seed;

/// Between the parts of an answer that has several.
const PART_SEPARATOR: &str = ", ";
/// Between the items of an Order answer.
const ORDER_SEPARATOR: &str = " → ";

/// Defines [`Kind`] from one line for each kind: its name in files and in the code, and the name that people read.
macro_rules! kinds {
    ($($kind:ident $label:literal,)*) => {
        /// The kinds of answer. Each kind has one name, which is used in deck files, the event log and exports.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Kind {
            $(#[doc = concat!("[`Answer::", stringify!($kind), "`]")] $kind,)*
        }

        impl Kind {
            /// Every kind, in the order of the documentation of the deck format.
            pub const ALL: [Kind; [$(Kind::$kind),*].len()] = [$(Kind::$kind),*];

            /// The name that people read: the same on every screen.
            pub fn label(self) -> &'static str {
                match self {
                    $(Kind::$kind => $label,)*
                }
            }

            /// The name in deck files and in the event log.
            pub fn name(self) -> &'static str {
                match self {
                    $(Kind::$kind => stringify!($kind),)*
                }
            }
        }
    };
}

kinds! {
    Recall "Recall",
    Typed "Typed answer",
    Number "Number",
    Date "Date",
    Bool "True or false",
    Choice "Multiple choice",
    Choices "Multiple answers",
    Cloze "Cloze",
    Order "Order",
    Match "Match",
    Sort "Sort",
}

impl Kind {
    /// The kind with that name; `None` for any other text.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The correct answer, by kind.
///
/// Serialised in drawn tests and in the index of decks, as [`Question`] says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// Recall the answer, reveal it, and grade yourself.
    Recall(RecallAnswer),
    /// Type a word or a phrase.
    Typed(TypedAnswer),
    /// Type a number.
    Number(NumberAnswer),
    /// Type a date.
    Date(DateAnswer),
    /// Decide whether the prompt is true; the value is the correct answer.
    Bool(bool),
    /// Pick the only correct option.
    Choice(ChoiceAnswer),
    /// Pick all correct options.
    Choices(ChoicesAnswer),
    /// Fill in the gaps of the prompt.
    Cloze(Cloze),
    /// Put items in order; stored in the correct order.
    Order(Vec<OrderItem>),
    /// Match pairs; each left is stored with its right.
    Match(Vec<(String, String)>),
    /// Sort every item into its bin.
    Sort(Vec<Bin>),
}

/// What a task shows, and the correct answer, by kind.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskForm {
    /// Recall the answer, reveal it, and grade yourself.
    Recall(RecallTask),
    /// Type a word or a phrase.
    Typed(TypedForm),
    /// Type a number.
    Number(NumberTask),
    /// Type a date.
    Date(DateTask),
    /// Decide whether the prompt is true.
    Bool(BoolTask),
    /// Pick the one right option.
    Choice(ChoiceTask),
    /// Pick every right option.
    Choices(ChoicesTask),
    /// Fill in gaps.
    Cloze(ClozeTask),
    /// Put items in order.
    Order(OrderTask),
    /// Match pairs.
    Match(MatchTask),
    /// Sort items into bins.
    Sort(SortTask),
}

/// What an [`Answer`] or a [`TaskForm`] says is what the part of its kind says.
macro_rules! of_kind {
    ($kinds:ident, $value:expr, $part:ident => $said:expr) => {
        match $value {
            $kinds::Recall($part) => $said,
            $kinds::Typed($part) => $said,
            $kinds::Number($part) => $said,
            $kinds::Date($part) => $said,
            $kinds::Bool($part) => $said,
            $kinds::Choice($part) => $said,
            $kinds::Choices($part) => $said,
            $kinds::Cloze($part) => $said,
            $kinds::Order($part) => $said,
            $kinds::Match($part) => $said,
            $kinds::Sort($part) => $said,
        }
    };
}

/// What a text of an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextRole {
    /// The back of a card, or the prompt of its reverse.
    Back,
    /// An option, an item, one side of a pair, or the name of a bin.
    Option,
    /// Shown after grading: why an option is wrong, or the note on an item.
    Note,
    /// An answer that is right when it is typed.
    Accepted,
    /// The same for a gap; it stands in the prompt too.
    Gap,
    /// How an accepted answer is pronounced.
    Reading,
    /// A number, its unit, or a date.
    Value,
}

impl TextRole {
    /// Whether it is CommonMark; the others are plain text.
    pub fn is_markdown(self) -> bool {
        match self {
            TextRole::Back | TextRole::Option | TextRole::Note => true,
            TextRole::Accepted | TextRole::Gap | TextRole::Reading | TextRole::Value => false,
        }
    }

    /// Whether it is a text that somebody could have meant who typed an answer to another question.
    pub(super) fn is_answer(self) -> bool {
        match self {
            TextRole::Option | TextRole::Accepted | TextRole::Gap => true,
            TextRole::Back | TextRole::Note | TextRole::Reading | TextRole::Value => false,
        }
    }
}

/// The cards of a question.
pub(super) enum CardSides<'a> {
    /// The question as written.
    Front,
    /// And the other way round, with this prompt.
    BothWays(&'a str),
    /// A cloze, with a card for each of these facets.
    Gaps(Vec<Facet>),
}

/// A card that is about to be shown.
pub(super) struct ShownCard<'a> {
    pub(super) deck: &'a Deck,
    pub(super) question: &'a Question,
    pub(super) facet: &'a Facet,
    /// Decides every shuffle.
    pub(super) seed: Seed,
    /// Whether a Choice that lists accepted answers is to be typed.
    pub(super) by_typing: bool,
}

impl ShownCard<'_> {
    fn prompt(&self) -> String {
        self.question.prompt.clone()
    }

    fn is_reverse(&self) -> bool {
        *self.facet == Facet::Reverse
    }

    fn locale(&self) -> LocaleFormat {
        LocaleFormat::of_language(self.deck.language.as_deref())
    }

    fn typed_form(&self, accepted: &[String], strict: bool) -> TypedForm {
        TypedForm {
            accepted: accepted.to_vec(),
            strict,
            confusable: self.question.confusable.clone(),
            prompt: self.prompt(),
            reserved: self.deck.reserved_answers(),
        }
    }
}

/// A wrong answer to one part of a question, and what would have been right.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WrongAnswer {
    /// The left side of a pair, or the item that was sorted. Empty if the question has only one part.
    pub part: String,
    /// The right answer.
    pub right: String,
    /// The answer that was given instead.
    pub given: String,
}

impl WrongAnswer {
    fn whole(right: String, given: String) -> Self {
        Self { part: String::new(), right, given }
    }
}

/// What each kind defines of its part of a question.
trait AnswerPart {
    const KIND: Kind;

    /// One card, unless the kind says otherwise.
    fn sides(&self) -> CardSides<'_> {
        CardSides::Front
    }

    /// The prompt of a card, and its task.
    fn task(&self, card: &ShownCard<'_>) -> (String, TaskForm);

    /// See [`Answer::for_each_text`].
    fn for_each_text<'a>(&'a self, visit: &mut dyn FnMut(TextRole, Cow<'a, str>));

    /// The right answer as CommonMark. `prompt` is that of the question.
    fn right_text(&self, prompt: &str, facet: &Facet) -> String;

    /// A logged response and the right answer in words. `shown` are the options as they were shown; the question
    /// may have been edited since.
    fn answer_text(&self, response: &Response, shown: &[String], right: String) -> AnswerText {
        AnswerText { response: response.text(shown), right }
    }

    /// See [`Answer::accepted_mut`].
    fn accepted_mut(&mut self, _facet: &Facet) -> Option<&mut Vec<String>> {
        None
    }

    /// See [`Answer::comparable_parts`].
    fn comparable_parts(&self) -> Vec<String>;

    /// See [`Answer::blind_chance`].
    fn blind_chance(&self) -> f64 {
        0.0
    }

    /// See [`Answer::wrong_answers`]. None, unless the kind says otherwise.
    fn wrong_answers(&self, _facet: &Facet, _response: &Response, _shown: &[String]) -> Vec<WrongAnswer> {
        Vec::new()
    }
}

/// How a task is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AnswerInput {
    /// The learner reveals the answer and grades it.
    Reveal,
    /// Typed into text fields.
    Text,
    /// Options, items or sides are picked or moved.
    Options,
}

/// What each kind defines of its part of a task.
trait TaskPart {
    const INPUT: AnswerInput;
    /// See [`super::task::Task::instruction`].
    const INSTRUCTION: &'static str;

    fn instruction(&self) -> &'static str {
        Self::INSTRUCTION
    }

    /// The verdict on a response; one of another kind is wrong.
    fn grade(&self, response: &Response) -> Verdict;

    /// The marks after giving up: the right answer, with nothing given.
    fn unanswered(&self) -> Marks {
        Marks::None
    }

    /// See [`super::grade::right_response`].
    fn right_response(&self) -> Response;

    /// See [`super::task::Task::shown_options`]. A kind with options has to define it.
    fn shown_options(&self) -> Vec<String> {
        const { assert!(!matches!(Self::INPUT, AnswerInput::Options)) };
        Vec::new()
    }

    /// See [`TaskForm::typed_forms`].
    fn typed_forms(&self) -> Vec<&TypedForm> {
        Vec::new()
    }

    /// Why a typed text cannot be graded; see [`super::grade::unreadable_reason`].
    fn unreadable_reason(&self, _text: &str) -> Option<&'static str> {
        None
    }

    /// See [`TaskForm::response_parts`]. A kind with options has to define it. A Recall is answered in the learner's
    /// own words in a test.
    fn response_parts(&self, response: &Response, _plain: &dyn Fn(&str) -> String) -> Vec<String> {
        const { assert!(!matches!(Self::INPUT, AnswerInput::Options)) };
        if let Response::Typed(text) = response { vec![text.clone()] } else { Vec::new() }
    }

    /// See [`TaskForm::right_parts`].
    fn right_parts(&self, plain: &dyn Fn(&str) -> String) -> Vec<String> {
        self.response_parts(&self.right_response(), plain)
    }
}

impl Answer {
    /// The kind of this answer.
    pub fn kind(&self) -> Kind {
        fn kind_of<P: AnswerPart>(_: &P) -> Kind {
            P::KIND
        }
        of_kind!(Answer, self, part => kind_of(part))
    }

    pub(super) fn sides(&self) -> CardSides<'_> {
        of_kind!(Answer, self, part => part.sides())
    }

    /// The prompt of the reverse card; `None` where there is none.
    pub fn reverse_prompt(&self) -> Option<&str> {
        match self.sides() {
            CardSides::BothWays(prompt) => Some(prompt),
            CardSides::Front | CardSides::Gaps(_) => None,
        }
    }

    pub(super) fn task(&self, card: &ShownCard<'_>) -> (String, TaskForm) {
        of_kind!(Answer, self, part => part.task(card))
    }

    /// Calls `visit` with every text of the answer, in reading order. Numbers and dates are written as in `1953` and
    /// `2023-04-26`; true or false is no text.
    pub fn for_each_text<'a>(&'a self, mut visit: impl FnMut(TextRole, Cow<'a, str>)) {
        of_kind!(Answer, self, part => part.for_each_text(&mut visit));
    }

    pub(super) fn right_text(&self, prompt: &str, facet: &Facet) -> String {
        of_kind!(Answer, self, part => part.right_text(prompt, facet))
    }

    pub(super) fn answer_text(&self, response: &Response, shown: &[String], right: String) -> AnswerText {
        of_kind!(Answer, self, part => part.answer_text(response, shown, right))
    }

    /// The accepted answers of a card that is typed as a whole; `None` for other kinds, and where there is no such card.
    pub fn accepted_mut(&mut self, facet: &Facet) -> Option<&mut Vec<String>> {
        of_kind!(Answer, self, part => part.accepted_mut(facet))
    }

    /// The right answer as parts that can be compared between kinds of question.
    pub(super) fn comparable_parts(&self) -> Vec<String> {
        of_kind!(Answer, self, part => part.comparable_parts())
    }

    /// The probability (0 to 1) that a blind guess is wholly right: 1/2 for Bool, 1/n for Choice; 0 where the answer is
    /// typed or recalled.
    pub fn blind_chance(&self) -> f64 {
        of_kind!(Answer, self, part => part.blind_chance())
    }

    /// What was taken for what in a wrong response, as far as its texts still occur in the question. `shown` are the
    /// options as they were shown.
    pub(super) fn wrong_answers(
        &self,
        facet: &Facet,
        response: &Response,
        shown: &[String],
    ) -> Vec<WrongAnswer> {
        of_kind!(Answer, self, part => part.wrong_answers(facet, response, shown))
    }

    /// How an accepted answer, of either direction, is pronounced; `None` when the author did not say.
    pub fn reading_of(&self, word: &str) -> Option<&str> {
        if let Answer::Typed(typed) = self { typed.reading_of(word) } else { None }
    }
}

impl TaskForm {
    pub(super) fn grade(&self, response: &Response) -> Verdict {
        if *response == Response::GaveUp && !self.is_self_graded() {
            return Verdict::new(0.0, "Didn’t know", of_kind!(TaskForm, self, part => part.unanswered()));
        }
        of_kind!(TaskForm, self, part => part.grade(response))
    }

    pub(super) fn right_response(&self) -> Response {
        of_kind!(TaskForm, self, part => part.right_response())
    }

    pub(super) fn instruction(&self) -> &'static str {
        of_kind!(TaskForm, self, part => part.instruction())
    }

    pub(super) fn shown_options(&self) -> Vec<String> {
        of_kind!(TaskForm, self, part => part.shown_options())
    }

    fn input(&self) -> AnswerInput {
        fn input_of<P: TaskPart>(_: &P) -> AnswerInput {
            P::INPUT
        }
        of_kind!(TaskForm, self, part => input_of(part))
    }

    /// Whether the answer is typed into a text field, so that letter keys belong to the text.
    pub fn has_text_field(&self) -> bool {
        self.input() == AnswerInput::Text
    }

    /// Whether the learner reveals the answer and grades it: nothing is entered that could be graded.
    pub fn is_self_graded(&self) -> bool {
        self.input() == AnswerInput::Reveal
    }

    /// What each text field is compared with, in reading order; empty for kinds without such fields. Number
    /// and Date have fields of their own.
    pub fn typed_forms(&self) -> Vec<&TypedForm> {
        of_kind!(TaskForm, self, part => part.typed_forms())
    }

    pub(super) fn unreadable_reason(&self, text: &str) -> Option<&'static str> {
        of_kind!(TaskForm, self, part => part.unreadable_reason(text))
    }

    /// A response in words: one text for each gap, item, pair or chosen option; one for the other kinds. Empty if
    /// the task was not answered. `plain` makes what is to be shown of CommonMark.
    pub fn response_parts(&self, response: &Response, plain: &dyn Fn(&str) -> String) -> Vec<String> {
        of_kind!(TaskForm, self, part => part.response_parts(response, plain))
    }

    /// The right answer in the same parts. Numbers include their unit.
    pub fn right_parts(&self, plain: &dyn Fn(&str) -> String) -> Vec<String> {
        of_kind!(TaskForm, self, part => part.right_parts(plain))
    }
}

/// The wrong answer that was typed; none where nothing was, or only the letters are compared otherwise.
fn wrong_text(right: &str, response: &Response) -> Vec<WrongAnswer> {
    let Response::Typed(typed) = response else { return Vec::new() };
    let typed = typed.trim();
    if typed.is_empty() || typed == right {
        return Vec::new();
    }
    vec![WrongAnswer::whole(right.to_owned(), typed.to_owned())]
}
