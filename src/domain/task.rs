//! What one card asks, resolved: the side chosen, the options shuffled by a seed.
//! The window and the terminal draw the same task and hand back a [`Response`] in its indices.

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

/// A card as it is asked now.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// CommonMark; for a cloze, the plain text with blanks (the form has the pieces).
    pub prompt: String,
    /// The kind of the question it came from.
    pub kind: Kind,
    /// What to show and what is right.
    pub form: TaskForm,
}

/// What to show and what is right, for one task.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskForm {
    /// Think, reveal, grade yourself.
    Recall {
        /// CommonMark.
        back: String,
    },
    /// Type words.
    Typed(TypedForm),
    /// Type a number.
    Number {
        /// The right value.
        value: f64,
        /// Largest distance that is still right.
        within: f64,
        /// Shown behind the field.
        unit: Option<String>,
        /// How the deck's language writes numbers.
        habits: LocaleFormat,
    },
    /// Type a date.
    Date {
        /// The right day.
        value: civil::Date,
        /// Largest distance in days that is still right.
        within_days: u32,
        /// How the deck's language writes dates.
        habits: LocaleFormat,
    },
    /// Say whether the prompt is true.
    Bool {
        /// What is right.
        right: bool,
    },
    /// Pick options.
    Choice {
        /// As shown.
        options: Vec<TaskOption>,
        /// Several may be picked.
        many: bool,
    },
    /// Fill gaps.
    Cloze {
        /// In reading order; gaps of other groups are text here.
        pieces: Vec<TaskPiece>,
        /// Whether each gap may be filled with the answer of any.
        any_order: bool,
    },
    /// Put in order.
    Order {
        /// As shown first.
        items: Vec<TaskOrderItem>,
    },
    /// Pair up.
    Match {
        /// As shown, fixed.
        lefts: Vec<String>,
        /// As shown, shuffled.
        rights: Vec<String>,
        /// For each left, the index of its right.
        right_of: Vec<usize>,
    },
    /// Put items into bins.
    Sort {
        /// As shown, fixed.
        bins: Vec<String>,
        /// As shown, shuffled.
        items: Vec<TaskSortItem>,
    },
}

/// What a typed answer is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedForm {
    /// Any of these is right; the first is shown.
    pub accepted: Vec<String>,
    /// Spelling is what is learned: accents count, and a slip is wrong.
    pub strict: bool,
    /// What is easily taken for the answer, and perhaps why it is something else.
    pub confusable: Vec<WrongOption>,
    /// The prompt: its words are no slips either.
    pub prompt: String,
    /// The deck's other answers: never slips in this one.
    pub reserved: ReservedAnswers,
}

/// An option as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskOption {
    /// CommonMark.
    pub text: String,
    /// Whether picking it is right.
    pub right: bool,
    /// Why it is wrong.
    pub why: Option<String>,
}

/// A part of a cloze as shown.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskPiece {
    /// CommonMark.
    Text(String),
    /// To be filled in.
    Gap {
        /// What is right.
        answer: TypedForm,
        /// Shown inside the empty gap.
        hint: Option<String>,
    },
}

/// A line of an ordering as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskOrderItem {
    /// CommonMark.
    pub text: String,
    /// Shown with the verdict.
    pub note: Option<String>,
    /// Its right place, from 0.
    pub right_position: usize,
}

/// An item to be put into a bin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskSortItem {
    /// CommonMark.
    pub text: String,
    /// Index of the right bin.
    pub bin: usize,
}

/// What the learner did, in the indices of the task as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Revealed and graded by the learner.
    #[serde(rename = "recalled")]
    Recall,
    /// Words, a number, a date.
    #[serde(rename = "text")]
    Typed(String),
    /// True or false.
    Bool(bool),
    /// Indices of the options picked.
    #[serde(rename = "picks")]
    Choice(Vec<usize>),
    /// One text a gap, in reading order.
    #[serde(rename = "gaps")]
    Cloze(Vec<String>),
    /// Item indices in the order given, first to last.
    #[serde(rename = "arrangement")]
    Order(Vec<usize>),
    /// For each left the index of a right, or none.
    #[serde(rename = "pairs")]
    Match(Vec<Option<usize>>),
    /// For each item the index of a bin, or none.
    #[serde(rename = "bins")]
    Sort(Vec<Option<usize>>),
    /// "I don't know."
    GaveUp,
}

impl TaskForm {
    /// What is held against each field that words are typed into, in reading order.
    pub fn typed_forms(&self) -> Vec<&TypedForm> {
        match self {
            TaskForm::Typed(form) => vec![form],
            TaskForm::Cloze { pieces, .. } => pieces.iter().filter_map(TaskPiece::gap).collect(),
            _ => Vec::new(),
        }
    }
}

impl TaskPiece {
    /// What is right in a gap; `None` for text.
    pub fn gap(&self) -> Option<&TypedForm> {
        match self {
            TaskPiece::Gap { answer, .. } => Some(answer),
            TaskPiece::Text(_) => None,
        }
    }
}

impl Task {
    /// What the card (`question`, `facet`) of `deck` asks; every shuffle comes from `seed`.
    /// `by_typing` asks a choice that has accepted words by typing, once it is learned.
    pub fn new(deck: &Deck, question: &Question, facet: &Facet, seed: Seed, by_typing: bool) -> Self {
        let kind = question.answer.kind();
        let habits = LocaleFormat::of_language(deck.language.as_deref());
        // The wrong options of a choice that is asked by typing are as wrong as before.
        let is_wrong = |option: &WrongOption| WrongOption {
            text: option.text.clone(),
            why: option.why.clone().or_else(|| Some("That is one of the wrong options.".to_owned())),
        };
        let wrong_options = match &question.answer {
            Answer::Choice { wrong, .. } => wrong.as_slice(),
            _ => &[],
        };
        let text_form = |accepted: &[String], strict: bool| TypedForm {
            accepted: accepted.to_vec(),
            strict,
            confusable: question
                .confusable
                .iter()
                .cloned()
                .chain(wrong_options.iter().map(is_wrong))
                .collect(),
            prompt: question.prompt.clone(),
            reserved: deck.reserved_answers(),
        };
        let is_reverse_of = |form: TypedForm, prompt: &str| TypedForm {
            // They are taken for the answer of the front.
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
                TaskForm::Typed(is_reverse_of(text_form(also_reverse, *strict), &prompt))
            }
            Answer::Typed { accepted, strict, .. } => TaskForm::Typed(text_form(accepted, *strict)),
            Answer::Number { value, within, unit } => {
                TaskForm::Number { value: *value, within: *within, unit: unit.clone(), habits }
            }
            Answer::Date { value, within_days } => {
                TaskForm::Date { value: *value, within_days: *within_days, habits }
            }
            Answer::Bool(right) => TaskForm::Bool { right: *right },
            Answer::Choice { .. } if by_typing && !question.typed.is_empty() => {
                TaskForm::Typed(text_form(&question.typed, false))
            }
            Answer::Choice { right, wrong } => TaskForm::Choice {
                options: shuffled_options(std::slice::from_ref(right), wrong, seed),
                many: false,
            },
            Answer::Choices { right, wrong } => {
                TaskForm::Choice { options: shuffled_options(right, wrong, seed), many: true }
            }
            Answer::Cloze(cloze) => {
                let pieces: Vec<TaskPiece> = cloze
                    .pieces
                    .iter()
                    .map(|piece| match piece {
                        ClozePiece::Text(text) => TaskPiece::Text(text.clone()),
                        ClozePiece::Gap(gap) if gap.facet() == *facet => {
                            TaskPiece::Gap { answer: text_form(&gap.accepted, false), hint: gap.hint.clone() }
                        }
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
                    .map(|(place, item)| TaskOrderItem {
                        text: item.text.clone(),
                        note: item.note.clone(),
                        right_position: place,
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
                for (shown, (place, _)) in rights.iter().enumerate() {
                    right_of[*place] = shown;
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

    /// A few words on what to do, shown over the prompt.
    pub fn instruction(&self) -> &'static str {
        match &self.form {
            TaskForm::Recall { .. } => "recall, then check",
            TaskForm::Typed(_) => "type the answer",
            TaskForm::Number { .. } => "type a number",
            TaskForm::Date { .. } => "type a date",
            TaskForm::Bool { .. } => "true or false",
            TaskForm::Choice { many: false, .. } => "one answer",
            TaskForm::Choice { many: true, .. } => "all that apply",
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

    /// The options as shown, for the log: an answer in indices means nothing without them.
    pub fn shown_options(&self) -> Vec<String> {
        match &self.form {
            TaskForm::Choice { options, .. } => options.iter().map(|option| option.text.clone()).collect(),
            TaskForm::Order { items } => items.iter().map(|item| item.text.clone()).collect(),
            TaskForm::Match { rights, .. } => rights.clone(),
            TaskForm::Sort { items, .. } => items.iter().map(|item| item.text.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// The chance that a blind answer is wholly right: 1/2 for true or false, 1/n for one of n, …
    pub fn blind_chance(&self) -> f64 {
        let factorial = |n: usize| (1..=n).map(|i| i as f64).product::<f64>();
        match &self.form {
            TaskForm::Bool { .. } => 0.5,
            TaskForm::Choice { options, many: false } => 1.0 / options.len().max(1) as f64,
            // Every subset but the empty one.
            TaskForm::Choice { options, many: true } => {
                1.0 / (2f64.powi(options.len() as i32) - 1.0).max(1.0)
            }
            TaskForm::Order { items } => 1.0 / factorial(items.len()),
            TaskForm::Match { lefts, .. } => 1.0 / factorial(lefts.len()),
            TaskForm::Sort { bins, items } => (bins.len().max(1) as f64).powi(-(items.len() as i32)),
            _ => 0.0,
        }
    }
}

fn shuffled_options(right: &[String], wrong: &[WrongOption], seed: Seed) -> Vec<TaskOption> {
    let right = right.iter().map(|text| TaskOption { text: text.clone(), right: true, why: None });
    let wrong = wrong.iter().map(|option| TaskOption {
        text: option.text.clone(),
        right: false,
        why: option.why.clone(),
    });
    let mut options: Vec<TaskOption> = right.chain(wrong).collect();
    options.shuffle(&mut rng(seed));
    options
}

/// Shuffles, but never into the order given, told by `text`: an ordering that is shown solved asks nothing.
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
