//! The kinds of answer in the editor: a file with the fields of each kind, and here the matches over all of them.

#![deny(clippy::match_wildcard_for_single_variants, clippy::wildcard_enum_match_arm)]

mod assignment;
mod bool_;
mod choice;
mod cloze;
mod date;
pub(super) mod field_text;
mod match_;
mod number;
mod order;
mod recall;
mod sort;
mod typed;

pub use assignment::Assignment;
pub use bool_::BoolFields;
pub use choice::OptionFields;
pub use cloze::ClozeFields;
pub use date::DateFields;
pub use match_::MatchFields;
pub use number::NumberFields;
pub use order::{Arrangement, OrderFields};
pub use recall::RecallFields;
pub use sort::{BinForm, SortFields};
pub use typed::TypedFields;

use crate::domain::question::{Answer, Kind};
use field_text::wrong_rows;

/// The right answer as typed, for every kind at once: choosing another kind loses nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerFields {
    /// Recall.
    pub recall: RecallFields,
    /// Typed.
    pub typed: TypedFields,
    /// Number.
    pub number: NumberFields,
    /// Date.
    pub date: DateFields,
    /// Bool.
    pub bool_: BoolFields,
    /// Choice and Choices.
    pub options: OptionFields,
    /// Cloze.
    pub cloze: ClozeFields,
    /// Order.
    pub order: OrderFields,
    /// Match.
    pub match_: MatchFields,
    /// Sort.
    pub sort: SortFields,
}

impl AnswerFields {
    /// The fields of an existing answer; those of other kinds are empty.
    pub fn of(answer: &Answer) -> Self {
        let mut fields = Self::default();
        match answer {
            Answer::Recall { back, reverse, reverse_prompt } => {
                fields.recall = RecallFields {
                    back: back.clone(),
                    reverse: *reverse,
                    reverse_prompt: reverse_prompt.clone().unwrap_or_default(),
                };
            }
            Answer::Typed { accepted, strict, also_reverse, .. } => {
                fields.typed = TypedFields {
                    accepted: accepted.clone(),
                    strict: *strict,
                    readings: typed::readings_of(answer, accepted),
                    also_reverse: also_reverse.clone(),
                    reverse_readings: typed::readings_of(answer, also_reverse),
                };
            }
            Answer::Number { value, within, unit } => {
                fields.number = NumberFields::of(*value, *within, unit.as_deref());
            }
            Answer::Date { value, within_days } => fields.date = DateFields::of(*value, *within_days),
            Answer::Bool(truth) => fields.bool_ = BoolFields { truth: *truth },
            Answer::Choice { right, wrong } => {
                fields.options = OptionFields { right: vec![right.clone()], wrong: wrong_rows(wrong) };
            }
            Answer::Choices { right, wrong } => {
                fields.options = OptionFields { right: right.clone(), wrong: wrong_rows(wrong) };
            }
            Answer::Cloze(cloze) => fields.cloze = ClozeFields { any_order: cloze.any_order },
            Answer::Order(items) => fields.order = OrderFields::of(items),
            Answer::Match(pairs) => fields.match_ = MatchFields { pairs: pairs.clone() },
            Answer::Sort(bins) => fields.sort = SortFields::of(bins),
        }
        fields
    }

    /// The answer of a kind. A Cloze is written into `prompt`.
    ///
    /// # Errors
    /// What the author should do, if something is missing or cannot be read.
    pub fn answer(&self, kind: Kind, prompt: &str) -> Result<Answer, &'static str> {
        match kind {
            Kind::Recall => self.recall.answer(),
            Kind::Typed => self.typed.answer(),
            Kind::Number => self.number.answer(),
            Kind::Date => self.date.answer(),
            Kind::Bool => Ok(self.bool_.answer()),
            Kind::Choice => self.options.choice(),
            Kind::Choices => self.options.choices(),
            Kind::Cloze => self.cloze.answer(prompt),
            Kind::Order => self.order.answer(),
            Kind::Match => self.match_.answer(),
            Kind::Sort => self.sort.answer(),
        }
    }
}

/// Every kind in the order of the menus, the ones that authors want most first.
pub const MENU: [Kind; Kind::ALL.len()] = [
    Kind::Choice,
    Kind::Typed,
    Kind::Recall,
    Kind::Cloze,
    Kind::Number,
    Kind::Date,
    Kind::Bool,
    Kind::Choices,
    Kind::Order,
    Kind::Match,
    Kind::Sort,
];

/// What a kind asks for, in a short sentence for authors.
pub fn help(kind: Kind) -> &'static str {
    match kind {
        Kind::Recall => "Think, look, and grade yourself.",
        Kind::Typed => "A word or a phrase; small slips are forgiven.",
        Kind::Number => "A number or a year, exact or nearly.",
        Kind::Date => "A day.",
        Kind::Bool => "Is the sentence true?",
        Kind::Choice => "Pick the right one of a few options.",
        Kind::Choices => "Pick every right one.",
        Kind::Cloze => "Fill the gaps of a sentence: {{answer}}.",
        Kind::Order => "Put things in order.",
        Kind::Match => "Find what belongs together.",
        Kind::Sort => "Sort things into groups.",
    }
}

/// Whether the answer of a kind is words that are typed, which other words can be taken for.
pub(super) fn is_typed_word(kind: Kind) -> bool {
    match kind {
        Kind::Typed | Kind::Cloze => true,
        Kind::Recall
        | Kind::Number
        | Kind::Date
        | Kind::Bool
        | Kind::Choice
        | Kind::Choices
        | Kind::Order
        | Kind::Match
        | Kind::Sort => false,
    }
}
