//! Tasks: a card prepared for one showing, with its side chosen and its options shuffled by a seed. The
//! window and the terminal both show a [`Task`] and return a [`Response`], whose indices refer to the task as
//! shown.

use jiff::civil;
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

use super::cloze::ClozePiece;
use super::deck::Deck;
use super::grade::locale::LocaleFormat;
use super::ids::Facet;
use super::question::{Answer, Kind, Question, WrongOption};
use super::reserved::ReservedAnswers;
use super::seed::{Seed, rng};

/// A card as it is shown once.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// CommonMark. For a cloze, the text with blanks in place of the gaps; the form has the pieces.
    pub prompt: String,
    /// The kind of the question. It may differ from the form: a learned Choice can be asked as Typed.
    pub kind: Kind,
    /// What to show, and the correct answer.
    pub form: TaskForm,
}

/// What a task shows, and the correct answer, by kind.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskForm {
    /// Recall the answer, reveal it, and grade yourself.
    Recall {
        /// CommonMark.
        back: String,
    },
    /// Type a word or a phrase.
    Typed(TypedForm),
    /// Type a number.
    Number {
        /// The correct value.
        value: f64,
        /// Largest deviation that is still correct, in the same unit.
        within: f64,
        /// Shown after the field.
        unit: Option<String>,
        /// How numbers are written in the deck's language.
        locale: LocaleFormat,
    },
    /// Type a date.
    Date {
        /// The correct date.
        value: civil::Date,
        /// Largest deviation in days that is still correct.
        within_days: u32,
        /// How dates are written in the deck's language.
        locale: LocaleFormat,
    },
    /// Decide whether the prompt is true.
    Bool {
        /// The correct answer.
        right: bool,
    },
    /// Pick the one right option.
    Choice {
        /// In the order shown.
        options: Vec<TaskOption>,
    },
    /// Pick every right option.
    Choices {
        /// In the order shown.
        options: Vec<TaskOption>,
    },
    /// Fill in gaps.
    Cloze {
        /// In reading order; gaps of other groups appear as text.
        pieces: Vec<TaskPiece>,
        /// Whether the answers may be given in any order.
        any_order: bool,
    },
    /// Put items in order.
    Order {
        /// The items in the order first shown.
        items: Vec<TaskOrderItem>,
    },
    /// Match pairs.
    Match {
        /// The left sides in the order shown, which is the author's.
        lefts: Vec<String>,
        /// The right sides in the order shown, shuffled.
        rights: Vec<String>,
        /// For each left, the index in `rights` of its partner.
        right_of: Vec<usize>,
    },
    /// Sort items into bins.
    Sort {
        /// The bins' names in the order shown, which is the author's.
        bins: Vec<String>,
        /// The items in the order shown, shuffled.
        items: Vec<TaskSortItem>,
    },
}

/// What a typed answer is compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedForm {
    /// Accepted answers; the first is the one to show.
    pub accepted: Vec<String>,
    /// Whether spelling is what is learned: accents count, and a slip is wrong.
    pub strict: bool,
    /// Wrong answers that are easily confused with the right one, each with an optional reason.
    pub confusable: Vec<WrongOption>,
    /// The prompt: a word that stands in it is never graded as a slip.
    pub prompt: String,
    /// The other answers of the deck: none of them is graded as a slip of this one.
    pub reserved: ReservedAnswers,
}

/// One option of a Choice or Choices task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskOption {
    /// CommonMark.
    pub text: String,
    /// Whether it is a correct option.
    pub is_right: bool,
    /// Why it is wrong; `None` for correct options, or when the author did not say.
    pub why: Option<String>,
}

/// One part of a Cloze task.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskPiece {
    /// CommonMark.
    Text(String),
    /// A gap to fill in.
    Gap {
        /// What the typed text is compared with.
        answer: TypedForm,
        /// Shown inside the empty gap.
        hint: Option<String>,
    },
}

/// One item of an Order task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskOrderItem {
    /// CommonMark.
    pub text: String,
    /// Shown after grading.
    pub note: Option<String>,
    /// Its correct position, from 0.
    pub right_position: usize,
}

/// One item of a Sort task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskSortItem {
    /// CommonMark.
    pub text: String,
    /// Index of the bin that it belongs in.
    pub bin: usize,
}

/// The learner's response; its indices refer to the task as shown.
///
/// Responses are stored in the event log and with tests: the serialised names must not change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Revealed, and graded by the learner.
    #[serde(rename = "recalled")]
    Recall,
    /// What was typed, for Typed, Number and Date.
    #[serde(rename = "text")]
    Typed(String),
    /// The answer to a Bool task.
    Bool(bool),
    /// Indices of the options picked, for Choice and Choices.
    #[serde(rename = "picks")]
    Choice(Vec<usize>),
    /// What was typed into each gap, in reading order.
    #[serde(rename = "gaps")]
    Cloze(Vec<String>),
    /// Indices of the items in the learner's order, first to last.
    #[serde(rename = "arrangement")]
    Order(Vec<usize>),
    /// For each left, the index of a right; `None` where nothing was matched.
    #[serde(rename = "pairs")]
    Match(Vec<Option<usize>>),
    /// For each item, the index of a bin; `None` where it was put into none.
    #[serde(rename = "bins")]
    Sort(Vec<Option<usize>>),
    /// "I don't know."
    GaveUp,
}

impl TaskForm {
    /// Whether the answer is typed into a text field, so that letter keys belong to the text.
    pub fn has_text_field(&self) -> bool {
        match self {
            TaskForm::Typed(_) | TaskForm::Number { .. } | TaskForm::Date { .. } | TaskForm::Cloze { .. } => {
                true
            }
            TaskForm::Recall { .. }
            | TaskForm::Bool { .. }
            | TaskForm::Choice { .. }
            | TaskForm::Choices { .. }
            | TaskForm::Order { .. }
            | TaskForm::Match { .. }
            | TaskForm::Sort { .. } => false,
        }
    }

    /// Whether the learner reveals the answer and grades it: nothing is entered that could be graded.
    pub fn is_self_graded(&self) -> bool {
        matches!(self, TaskForm::Recall { .. })
    }

    /// What each text field is compared with, in reading order; empty for kinds without such fields. Number
    /// and Date have fields of their own.
    pub fn typed_forms(&self) -> Vec<&TypedForm> {
        match self {
            TaskForm::Typed(form) => vec![form],
            TaskForm::Cloze { pieces, .. } => pieces.iter().filter_map(TaskPiece::gap).collect(),
            _ => Vec::new(),
        }
    }
}

impl TaskPiece {
    /// The answer of a gap; `None` for text.
    pub fn gap(&self) -> Option<&TypedForm> {
        match self {
            TaskPiece::Gap { answer, .. } => Some(answer),
            TaskPiece::Text(_) => None,
        }
    }
}

impl Task {
    /// The task for the card (`question`, `facet`) of `deck`; all shuffling is derived from `seed`. With
    /// `by_typing` a Choice question that lists accepted answers becomes a Typed task.
    pub fn new(deck: &Deck, question: &Question, facet: &Facet, seed: Seed, by_typing: bool) -> Self {
        let kind = question.answer.kind();
        let locale = LocaleFormat::of_language(deck.language.as_deref());
        // The wrong options of a Choice asked as Typed remain wrong, and are never graded as a slip.
        let as_confusable = |option: &WrongOption| WrongOption {
            text: option.text.clone(),
            why: option.why.clone().or_else(|| Some("That is one of the wrong options.".to_owned())),
        };
        let wrong_options = match &question.answer {
            Answer::Choice { wrong, .. } => wrong.as_slice(),
            _ => &[],
        };
        let typed_form = |accepted: &[String], strict: bool| TypedForm {
            accepted: accepted.to_vec(),
            strict,
            confusable: question
                .confusable
                .iter()
                .cloned()
                .chain(wrong_options.iter().map(as_confusable))
                .collect(),
            prompt: question.prompt.clone(),
            reserved: deck.reserved_answers(),
        };
        let reversed = |form: TypedForm, prompt: &str| TypedForm {
            // The confusable answers are those of the front.
            confusable: Vec::new(),
            prompt: prompt.to_owned(),
            ..form
        };
        let reverse = *facet == Facet::Reverse;
        let mut prompt = question.prompt.clone();
        let form = match &question.answer {
            Answer::Recall { back, reverse_prompt, .. } if reverse => {
                prompt = reverse_prompt.clone().unwrap_or_else(|| back.clone());
                TaskForm::Recall { back: question.prompt.clone() }
            }
            Answer::Recall { back, .. } => TaskForm::Recall { back: back.clone() },
            Answer::Typed { accepted, also_reverse, strict, .. } if reverse => {
                prompt = accepted.first().cloned().unwrap_or_default();
                TaskForm::Typed(reversed(typed_form(also_reverse, *strict), &prompt))
            }
            Answer::Typed { accepted, strict, .. } => TaskForm::Typed(typed_form(accepted, *strict)),
            Answer::Number { value, within, unit } => {
                TaskForm::Number { value: *value, within: *within, unit: unit.clone(), locale }
            }
            Answer::Date { value, within_days } => {
                TaskForm::Date { value: *value, within_days: *within_days, locale }
            }
            Answer::Bool(right) => TaskForm::Bool { right: *right },
            Answer::Choice { .. } if by_typing && !question.typed.is_empty() => {
                TaskForm::Typed(typed_form(&question.typed, false))
            }
            Answer::Choice { right, wrong } => {
                TaskForm::Choice { options: shuffled_options(std::slice::from_ref(right), wrong, seed) }
            }
            Answer::Choices { right, wrong } => {
                TaskForm::Choices { options: shuffled_options(right, wrong, seed) }
            }
            Answer::Cloze(cloze) => {
                let pieces: Vec<TaskPiece> = cloze
                    .pieces
                    .iter()
                    .map(|piece| match piece {
                        ClozePiece::Text(text) => TaskPiece::Text(text.clone()),
                        ClozePiece::Gap(gap) if gap.facet() == *facet => TaskPiece::Gap {
                            answer: typed_form(&gap.accepted, false),
                            hint: gap.hint.clone(),
                        },
                        ClozePiece::Gap(gap) => {
                            TaskPiece::Text(gap.accepted.first().cloned().unwrap_or_default())
                        }
                    })
                    .collect();
                prompt = pieces
                    .iter()
                    .map(|piece| match piece {
                        TaskPiece::Text(text) => text.clone(),
                        TaskPiece::Gap { hint: Some(hint), .. } => format!("____ ({hint})"),
                        TaskPiece::Gap { hint: None, .. } => "____".to_owned(),
                    })
                    .collect();
                TaskForm::Cloze { pieces, any_order: cloze.any_order }
            }
            Answer::Order(order) => {
                let items: Vec<TaskOrderItem> = order
                    .iter()
                    .enumerate()
                    .map(|(position, item)| TaskOrderItem {
                        text: item.text.clone(),
                        note: item.note.clone(),
                        right_position: position,
                    })
                    .collect();
                TaskForm::Order { items: shuffled_unsolved(items, seed, |item| item.text.as_str()) }
            }
            Answer::Match(pairs) => {
                let rights =
                    shuffled_unsolved(pairs.iter().enumerate().collect(), seed, |(_, (_, right))| {
                        right.as_str()
                    });
                let mut right_of = vec![0; pairs.len()];
                for (shown, (position, _)) in rights.iter().enumerate() {
                    right_of[*position] = shown;
                }
                TaskForm::Match {
                    lefts: pairs.iter().map(|(left, _)| left.clone()).collect(),
                    rights: rights.into_iter().map(|(_, (_, right))| right.clone()).collect(),
                    right_of,
                }
            }
            Answer::Sort(bins) => {
                let mut items: Vec<TaskSortItem> = bins
                    .iter()
                    .enumerate()
                    .flat_map(|(bin, each)| {
                        each.items.iter().map(move |text| TaskSortItem { text: text.clone(), bin })
                    })
                    .collect();
                items.shuffle(&mut rng(seed));
                TaskForm::Sort { bins: bins.iter().map(|bin| bin.name.clone()).collect(), items }
            }
        };
        Self { prompt, kind, form }
    }

    /// A short instruction to show above the prompt.
    pub fn instruction(&self) -> &'static str {
        match &self.form {
            TaskForm::Recall { .. } => "recall, then check",
            TaskForm::Typed(_) => "type the answer",
            TaskForm::Number { .. } => "type a number",
            TaskForm::Date { .. } => "type a date",
            TaskForm::Bool { .. } => "true or false",
            TaskForm::Choice { .. } => "one answer",
            TaskForm::Choices { .. } => "all that apply",
            TaskForm::Cloze { any_order: true, .. } if self.has_several_gaps() => {
                "fill the gaps, in any order"
            }
            TaskForm::Cloze { .. } => "fill the gaps",
            TaskForm::Order { .. } => "put in order",
            TaskForm::Match { .. } => "match the pairs",
            TaskForm::Sort { .. } => "sort",
        }
    }

    fn has_several_gaps(&self) -> bool {
        let TaskForm::Cloze { pieces, .. } = &self.form else { return false };
        pieces.iter().filter(|piece| matches!(piece, TaskPiece::Gap { .. })).count() > 1
    }

    /// The options or items in the order shown; empty for kinds without any. They are stored with the answer,
    /// because the indices of a [`Response`] mean nothing without them.
    pub fn shown_options(&self) -> Vec<String> {
        match &self.form {
            TaskForm::Choice { options } | TaskForm::Choices { options } => {
                options.iter().map(|option| option.text.clone()).collect()
            }
            TaskForm::Order { items } => items.iter().map(|item| item.text.clone()).collect(),
            TaskForm::Match { rights, .. } => rights.clone(),
            TaskForm::Sort { items, .. } => items.iter().map(|item| item.text.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// The probability (0 to 1) that a blind guess is wholly right: 1/2 for Bool, 1/n for Choice; 0 where the
    /// answer is typed or recalled.
    pub fn blind_chance(&self) -> f64 {
        let factorial = |n: usize| (1..=n).map(|i| i as f64).product::<f64>();
        match &self.form {
            TaskForm::Bool { .. } => 0.5,
            TaskForm::Choice { options } => 1.0 / options.len().max(1) as f64,
            // Every subset but the empty one is a possible response.
            TaskForm::Choices { options } => 1.0 / (2f64.powi(options.len() as i32) - 1.0).max(1.0),
            TaskForm::Order { items } => 1.0 / factorial(items.len()),
            TaskForm::Match { lefts, .. } => 1.0 / factorial(lefts.len()),
            TaskForm::Sort { bins, items } => (bins.len().max(1) as f64).powi(-(items.len() as i32)),
            _ => 0.0,
        }
    }
}

fn shuffled_options(right: &[String], wrong: &[WrongOption], seed: Seed) -> Vec<TaskOption> {
    let right = right.iter().map(|text| TaskOption { text: text.clone(), is_right: true, why: None });
    let wrong = wrong.iter().map(|option| TaskOption {
        text: option.text.clone(),
        is_right: false,
        why: option.why.clone(),
    });
    let mut options: Vec<TaskOption> = right.chain(wrong).collect();
    options.shuffle(&mut rng(seed));
    options
}

/// Shuffles the items, but not into the order given, in which the task would already be solved. `text` is
/// what the learner sees: items with equal texts count as equal.
fn shuffled_unsolved<T: Clone>(items: Vec<T>, seed: Seed, text: impl Fn(&T) -> &str) -> Vec<T> {
    let mut shuffled = items.clone();
    shuffled.shuffle(&mut rng(seed));
    let is_solved =
        |shuffled: &[T]| shuffled.iter().zip(&items).all(|(shown, right)| text(shown) == text(right));
    if shuffled.len() > 1 && is_solved(&shuffled) {
        shuffled.rotate_left(1);
    }
    shuffled
}
