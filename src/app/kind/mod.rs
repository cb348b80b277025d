//! The kinds of answer in the editor: a file with the fields of each kind, and here the matches over all of them.

#![deny(clippy::match_wildcard_for_single_variants, clippy::wildcard_enum_match_arm)]

mod assignment;
mod choice;
mod cloze;
mod date;
pub(super) mod field_text;
mod matching;
mod number;
mod order;
mod recall;
mod sort;
mod true_false;
mod typed;

pub use assignment::Assignment;
pub use choice::OptionFields;
pub use cloze::ClozeFields;
pub use date::DateFields;
pub use matching::MatchFields;
pub use number::NumberFields;
pub use order::{Arrangement, OrderFields};
pub use recall::RecallFields;
pub use sort::{BinForm, SortFields};
pub use true_false::BoolFields;
pub use typed::TypedFields;

use crate::domain::question::{Answer, Kind};

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
    pub true_false: BoolFields,
    /// Choice and Choices.
    pub options: OptionFields,
    /// Cloze.
    pub cloze: ClozeFields,
    /// Order.
    pub order: OrderFields,
    /// Match.
    pub matching: MatchFields,
    /// Sort.
    pub sort: SortFields,
}

impl AnswerFields {
    /// The fields of an existing answer; those of other kinds are empty.
    pub fn of(answer: &Answer) -> Self {
        let mut fields = Self::default();
        match answer {
            Answer::Recall(answer) => fields.recall = RecallFields::of(answer),
            Answer::Typed(answer) => fields.typed = TypedFields::of(answer),
            Answer::Number(answer) => fields.number = NumberFields::of(answer),
            Answer::Date(answer) => fields.date = DateFields::of(answer),
            Answer::Bool(truth) => fields.true_false = BoolFields { truth: *truth },
            Answer::Choice(answer) => fields.options = OptionFields::of_choice(answer),
            Answer::Choices(answer) => fields.options = OptionFields::of_choices(answer),
            Answer::Cloze(cloze) => fields.cloze = ClozeFields { any_order: cloze.any_order },
            Answer::Order(items) => fields.order = OrderFields::of(items),
            Answer::Match(pairs) => fields.matching = MatchFields { pairs: pairs.clone() },
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
            Kind::Bool => Ok(self.true_false.answer()),
            Kind::Choice => self.options.choice(),
            Kind::Choices => self.options.choices(),
            Kind::Cloze => self.cloze.answer(prompt),
            Kind::Order => self.order.answer(),
            Kind::Match => self.matching.answer(),
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
