//! A question while it is edited. The form has the fields of all answer kinds, so that changing the kind
//! loses nothing. No I/O.

use jiff::civil;

use super::form_text::{
    non_empty, non_empty_lines, parse_number_field, readings_by_word, readings_of, wrong_options,
};
use crate::domain::cloze::{Cloze, ClozeError};
use crate::domain::grade::date::parse_dates;
use crate::domain::grade::number::format_number;
use crate::domain::image::ImageRef;
use crate::domain::question::{
    Answer, Bin, ChoiceAnswer, ChoicesAnswer, DateAnswer, Kind, NumberAnswer, OrderItem, Question,
    RecallAnswer, TypedAnswer, WrongOption,
};
use crate::formats::images::{format_field, parse_field};
use crate::formats::ron_deck::{question_id_from_prompt, read_date, write_date};

/// A bin of a Sort with its items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BinForm {
    /// The bin's label.
    pub name: String,
    /// The items that belong in it.
    pub items: Vec<String>,
}

/// A question as typed. Empty lines in lists are ignored.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionForm {
    /// The answer kind.
    pub kind: Kind,
    /// Key of one of the deck's topics.
    pub topic: String,
    /// The prompt.
    pub prompt: String,
    /// Recall: the back of the card.
    pub back: String,
    /// Recall: whether there is a reverse card.
    pub reverse: bool,
    /// Recall: the prompt of the reverse card.
    pub reverse_prompt: String,
    /// Typed: accepted answers.
    pub accepted: Vec<String>,
    /// Typed: whether spelling must be exact.
    pub strict: bool,
    /// Typed: the pronunciation of each accepted answer, by position.
    pub readings: Vec<String>,
    /// Typed: accepted answers of the reverse card.
    pub also_reverse: Vec<String>,
    /// Typed: the pronunciation of each of them, by position.
    pub reverse_readings: Vec<String>,
    /// Cloze: whether the gaps of a card may be filled in any order.
    pub any_order: bool,
    /// Number: the value.
    pub number: String,
    /// Number: the tolerance.
    pub within: String,
    /// Number: the unit, shown after the input.
    pub unit: String,
    /// Date: the date.
    pub date: String,
    /// Date: the tolerance in days.
    pub within_days: String,
    /// Bool: the right answer.
    pub truth: bool,
    /// Choice and Choices: the right options.
    pub right: Vec<String>,
    /// Choice and Choices: the wrong options, each with the reason why it is wrong.
    pub wrong: Vec<(String, String)>,
    /// Choice: accepted answers for typing it once it is learned.
    pub typed: Vec<String>,
    /// Typed, Cloze and a typed Choice: words that are easily confused with the answer, each with the
    /// difference.
    pub confusable: Vec<(String, String)>,
    /// Order: items with their notes, in the right order.
    pub items: Vec<(String, String)>,
    /// Match: left and right side of each pair.
    pub pairs: Vec<(String, String)>,
    /// Sort: the bins.
    pub bins: Vec<BinForm>,
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
            back: String::new(),
            reverse: false,
            reverse_prompt: String::new(),
            accepted: Vec::new(),
            strict: false,
            readings: Vec::new(),
            also_reverse: Vec::new(),
            reverse_readings: Vec::new(),
            any_order: false,
            number: String::new(),
            within: String::new(),
            unit: String::new(),
            date: String::new(),
            within_days: String::new(),
            truth: true,
            right: Vec::new(),
            wrong: Vec::new(),
            typed: Vec::new(),
            confusable: Vec::new(),
            items: Vec::new(),
            pairs: Vec::new(),
            bins: Vec::new(),
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
        let wrong_lines = |wrong: &[WrongOption]| {
            wrong.iter().map(|each| (each.text.clone(), or_empty(&each.why))).collect()
        };
        form.confusable = wrong_lines(&question.confusable);
        match &question.answer {
            Answer::Recall(RecallAnswer { back, reverse, reverse_prompt }) => {
                form.back.clone_from(back);
                form.reverse = *reverse;
                form.reverse_prompt = or_empty(reverse_prompt);
            }
            Answer::Typed(TypedAnswer { accepted, strict, also_reverse, .. }) => {
                form.accepted.clone_from(accepted);
                form.strict = *strict;
                form.readings = readings_of(&question.answer, accepted);
                form.also_reverse.clone_from(also_reverse);
                form.reverse_readings = readings_of(&question.answer, also_reverse);
            }
            Answer::Number(NumberAnswer { value, within, unit }) => {
                form.number = format_number(*value);
                form.within = if *within == 0.0 { String::new() } else { format_number(*within) };
                form.unit = or_empty(unit);
            }
            Answer::Date(DateAnswer { value, within_days }) => {
                form.date = write_date(*value);
                form.within_days = if *within_days == 0 { String::new() } else { within_days.to_string() };
            }
            Answer::Bool(truth) => form.truth = *truth,
            Answer::Choice(ChoiceAnswer { right, wrong }) => {
                form.right = vec![right.clone()];
                form.wrong = wrong_lines(wrong);
            }
            Answer::Choices(ChoicesAnswer { right, wrong }) => {
                form.right.clone_from(right);
                form.wrong = wrong_lines(wrong);
            }
            Answer::Cloze(cloze) => form.any_order = cloze.any_order,
            Answer::Order(items) => {
                form.items = items.iter().map(|item| (item.text.clone(), or_empty(&item.note))).collect();
            }
            Answer::Match(pairs) => form.pairs.clone_from(pairs),
            Answer::Sort(bins) => {
                form.bins = bins
                    .iter()
                    .map(|bin| BinForm { name: bin.name.clone(), items: bin.items.clone() })
                    .collect();
            }
        }
        form
    }

    /// Whether nothing was written that would be missed.
    pub fn is_blank(&self) -> bool {
        let blank = Self { cite: self.cite.clone(), ..Self::new(self.kind, &self.topic) };
        *self == Self { truth: self.truth, ..blank }
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
            problem(FormField::Prompt, "Write what is asked.");
        }
        if self.topic.is_empty() {
            problem(FormField::Topic, "Choose a topic.");
        }
        if self.id.contains(|c: char| c == '/' || c.is_whitespace() || c.is_control()) {
            problem(FormField::Id, "An id has neither spaces nor a / in it.");
        }
        let answer = match self.answer() {
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
        let is_choice = matches!(answer, Answer::Choice { .. });
        let typed = if is_choice { non_empty_lines(&self.typed) } else { Vec::new() };
        let is_typed = matches!(answer, Answer::Typed { .. } | Answer::Cloze(_)) || !typed.is_empty();
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
            typed,
            formerly: self.formerly.clone(),
            confusable: if is_typed { wrong_options(&self.confusable) } else { Vec::new() },
        })
    }

    /// The question that this form makes, with every unedited field taken from `original`: the form itself
    /// trims text and splits tags at commas.
    pub fn keep_untouched(&self, question: Question, original: &Question) -> Question {
        let opened = Self::of(original);
        let same_answer = {
            // The form with everything but the answer replaced by the original.
            let alike = Self {
                topic: opened.topic.clone(),
                hint: opened.hint.clone(),
                explain: opened.explain.clone(),
                cite: opened.cite.clone(),
                tags: opened.tags.clone(),
                image: opened.image.clone(),
                image_alt: opened.image_alt.clone(),
                id: opened.id.clone(),
                typed: opened.typed.clone(),
                confusable: opened.confusable.clone(),
                prompt: if self.kind == Kind::Cloze { self.prompt.clone() } else { opened.prompt.clone() },
                ..self.clone()
            };
            alike == opened
        };
        let keep = |is_same: bool, old: &Option<String>, new: Option<String>| {
            if is_same { old.clone() } else { new }
        };
        Question {
            id: if self.prompt == opened.prompt && self.id == opened.id {
                original.id.clone()
            } else {
                question.id
            },
            prompt: if self.prompt == opened.prompt { original.prompt.clone() } else { question.prompt },
            answer: if same_answer { original.answer.clone() } else { question.answer },
            hint: keep(self.hint == opened.hint, &original.hint, question.hint),
            explain: keep(self.explain == opened.explain, &original.explain, question.explain),
            image: keep(
                self.image == opened.image && self.image_alt == opened.image_alt,
                &original.image,
                question.image,
            ),
            tags: if self.tags == opened.tags { original.tags.clone() } else { question.tags },
            typed: if self.typed == opened.typed && self.kind == opened.kind {
                original.typed.clone()
            } else {
                question.typed
            },
            confusable: if self.confusable == opened.confusable && self.kind == opened.kind {
                original.confusable.clone()
            } else {
                question.confusable
            },
            ..question
        }
    }

    fn answer(&self) -> Result<Answer, &'static str> {
        Ok(match self.kind {
            Kind::Recall => Answer::Recall(RecallAnswer {
                back: non_empty(&self.back).ok_or("Write the answer.")?,
                reverse: self.reverse,
                reverse_prompt: non_empty(&self.reverse_prompt).filter(|_| self.reverse),
            }),
            Kind::Typed => {
                let accepted = non_empty_lines(&self.accepted);
                if accepted.is_empty() {
                    return Err("Write at least one answer that is right.");
                }
                let also_reverse = non_empty_lines(&self.also_reverse);
                let mut readings = readings_by_word(&self.accepted, &self.readings);
                for (word, reading) in readings_by_word(&self.also_reverse, &self.reverse_readings) {
                    readings.entry(word).or_insert(reading);
                }
                let reading = accepted.first().and_then(|first| readings.shift_remove(first));
                Answer::Typed(TypedAnswer { accepted, strict: self.strict, reading, readings, also_reverse })
            }
            Kind::Number => {
                let value = parse_number_field(&self.number, "Write the number, such as 1953 or 3.5.")?;
                let within = match non_empty(&self.within) {
                    Some(text) => {
                        parse_number_field(&text, "How far off may it be? Write a number, such as 2.")?
                    }
                    None => 0.0,
                };
                if within < 0.0 {
                    return Err("How far off it may be cannot be negative.");
                }
                Answer::Number(NumberAnswer { value, within, unit: non_empty(&self.unit) })
            }
            Kind::Date => {
                let value = self.day().ok_or("Write the date as year-month-day, such as 1953-07-27.")?;
                let within_days = match non_empty(&self.within_days) {
                    Some(text) => text.parse().map_err(|_| "How many days off may it be? Write a number.")?,
                    None => 0,
                };
                Answer::Date(DateAnswer { value, within_days })
            }
            Kind::Bool => Answer::Bool(self.truth),
            Kind::Choice | Kind::Choices => self.choice()?,
            Kind::Cloze => self.cloze()?,
            Kind::Order => {
                let items: Vec<OrderItem> = self
                    .items
                    .iter()
                    .filter_map(|(text, note)| {
                        Some(OrderItem { text: non_empty(text)?, note: non_empty(note) })
                    })
                    .collect();
                if items.len() < 2 {
                    return Err("Write at least two items, in the right order.");
                }
                Answer::Order(items)
            }
            Kind::Match => {
                let is_half = |(left, right): &(String, String)| {
                    non_empty(left).is_some() != non_empty(right).is_some()
                };
                if self.pairs.iter().any(is_half) {
                    return Err("Every pair needs both sides.");
                }
                let pairs: Vec<(String, String)> = self
                    .pairs
                    .iter()
                    .filter_map(|(left, right)| non_empty(left).zip(non_empty(right)))
                    .collect();
                if pairs.len() < 2 {
                    return Err("Write at least two pairs.");
                }
                Answer::Match(pairs)
            }
            Kind::Sort => {
                let bins: Vec<Bin> = self
                    .bins
                    .iter()
                    .filter_map(|bin| {
                        Some(Bin { name: non_empty(&bin.name)?, items: non_empty_lines(&bin.items) })
                    })
                    .collect();
                if bins.len() < 2 {
                    return Err("Name at least two groups.");
                }
                let nameless =
                    |bin: &BinForm| non_empty(&bin.name).is_none() && !non_empty_lines(&bin.items).is_empty();
                if self.bins.iter().any(nameless) {
                    return Err("A group has items and no name.");
                }
                if bins.iter().all(|bin| bin.items.is_empty()) {
                    return Err("Write what belongs into the groups.");
                }
                Answer::Sort(bins)
            }
        })
    }

    fn cloze(&self) -> Result<Answer, &'static str> {
        let cloze = Cloze::parse(self.prompt.trim()).map_err(|error| match error {
            ClozeError::NoGap => {
                "Put the answer into the prompt between double braces: The treaty is of {{1953}}."
            }
            ClozeError::Unclosed(_) => "A gap opens with {{ and never closes: write }}.",
            ClozeError::Empty(_) => "A gap is empty: write its answer between {{ and }}.",
        })?;
        Ok(Answer::Cloze(Cloze { any_order: self.any_order, ..cloze }))
    }

    fn choice(&self) -> Result<Answer, &'static str> {
        let right = non_empty_lines(&self.right);
        let wrong = wrong_options(&self.wrong);
        match (self.kind, right.len()) {
            (_, 0) => Err("Write what is right."),
            (Kind::Choice, 2..) => {
                Err("Only one option may be right here; for several choose “Multiple answers”.")
            }
            _ if wrong.is_empty() => Err("Write at least one option that is wrong."),
            (Kind::Choices, _) => Ok(Answer::Choices(ChoicesAnswer { right, wrong })),
            _ => Ok(Answer::Choice(ChoiceAnswer {
                right: right.into_iter().next().unwrap_or_default(),
                wrong,
            })),
        }
    }

    fn day(&self) -> Option<civil::Date> {
        let dates = parse_dates(&self.date);
        // "03/04/1950" can be read as two dates, which an author must not leave open.
        match dates.as_slice() {
            [one] => Some(*one),
            _ => read_date(&self.date),
        }
    }
}

/// The kinds with what each asks for, the ones that authors want most first.
pub const KINDS: [(Kind, &str); 11] = [
    (Kind::Choice, "Pick the right one of a few options."),
    (Kind::Typed, "A word or a phrase; small slips are forgiven."),
    (Kind::Recall, "Think, look, and grade yourself."),
    (Kind::Cloze, "Fill the gaps of a sentence: {{answer}}."),
    (Kind::Number, "A number or a year, exact or nearly."),
    (Kind::Date, "A day."),
    (Kind::Bool, "Is the sentence true?"),
    (Kind::Choices, "Pick every right one."),
    (Kind::Order, "Put things in order."),
    (Kind::Match, "Find what belongs together."),
    (Kind::Sort, "Sort things into groups."),
];
