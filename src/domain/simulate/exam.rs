//! Simulating the study days until an exam: what a learner who studies at some pace would know on the exam
//! day, and how long the study takes.
//!
//! The rules are those of [`crate::domain::queue`] and [`crate::domain::schedule`], reduced to numbers: no
//! keys, sessions or times of day. So hundreds of runs take a fraction of a second.

use std::collections::VecDeque;

use rand::{Rng, RngExt};

use super::SimulatedLearner;
use crate::domain::expectation::expected_score;
use crate::domain::goal::selection::{self, RemainingBudget, select_cards};
use crate::domain::memory::{Memory, MemoryModel};
use crate::domain::rating::Rating;
use crate::domain::schedule::{days_before_exam, fuzz_range, whole_days};
use crate::domain::seed::Seed;
use crate::domain::workload;

/// The most answers that a card takes on one day, learning steps and lapses included.
const MAX_ANSWERS_A_DAY: u32 = 6;

/// A simulated card. Days are counted from today, which is day 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimCard {
    /// Index of its topic among the exam's topics.
    pub topic: usize,
    /// Index of its question. Siblings, which share a question, are not shown on the same day.
    pub question: usize,
    /// The probability that a blind guess is right, 0 to 1.
    pub blind_chance: f64,
    /// How many right answers in a row it needs while it is in learning steps.
    pub steps: u8,
    /// How many of those are left today. 0 for a card that is not in learning steps.
    pub steps_left: u8,
    /// Seed for the day of its pre-exam review, so that these reviews are spread.
    pub pre_exam_seed: Seed,
    /// The memory state that the program knows of. `None` for a card that was never seen.
    pub memory: Option<Memory>,
    /// The true memory state. `None` for a card that was never seen.
    pub true_memory: Option<Memory>,
    /// Day of its last answer.
    pub last_day: i32,
    /// Day on which it is due. Meaningless for a card that was never seen.
    pub due_day: i32,
    /// First day on which it may be shown.
    pub buried_until: i32,
}

/// How cards are scheduled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimRules {
    /// Desired retention, 0 to 1.
    pub retention: f32,
    /// A card whose recall on the exam day would be below this gets one pre-exam review. `None` means that
    /// there are none.
    pub pre_exam_recall_threshold: Option<f32>,
    /// Number of days before the exam over which these reviews are spread.
    pub pre_exam_review_days: u32,
    /// Whether intervals are fuzzed.
    pub fuzz: bool,
}

/// How much a learner studies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StudyPace {
    /// Time limit for a study day, in minutes. `None` means no limit.
    pub minutes: Option<f64>,
    /// New cards on a study day.
    pub new_cards: f64,
    /// Share of days without study, 0 to 1.
    pub days_off_share: f64,
}

/// What stays the same throughout a run.
#[derive(Clone, Copy, Debug)]
pub struct SimEnv<'a> {
    /// The learner.
    pub learner: &'a SimulatedLearner,
    /// The program's model of the learner's memory.
    pub model: &'a MemoryModel,
    /// Day of the exam. The last study day is the one before it.
    pub exam_day: i32,
    /// Mean time for one answer, in seconds.
    pub seconds_per_answer: f64,
    /// Time already studied today, in seconds.
    pub spent_today_seconds: f64,
    /// New cards already begun today.
    pub new_cards_today: f64,
    /// Questions already asked today whose cards are not simulated.
    pub questions_asked_today: &'a [usize],
}

/// The cards on one day, as [`select_cards`] needs them.
struct SimDay<'a> {
    cards: &'a [SimCard],
    env: &'a SimEnv<'a>,
    day: i32,
}

impl selection::CardPool for SimDay<'_> {
    fn topic(&self, card: usize) -> usize {
        self.cards[card].topic
    }

    fn question(&self, card: usize) -> usize {
        self.cards[card].question
    }

    fn seconds(&self, card: usize) -> f64 {
        self.env.seconds_per_answer * expected_answers(&self.cards[card], self.day, self.env.model)
    }

    fn gain(&self, card: usize) -> f64 {
        gain_by_exam(&self.cards[card], self.day, self.env)
    }

    fn relative_overdueness(&self, card: usize) -> f64 {
        let SimCard { due_day, last_day, .. } = self.cards[card];
        let interval = f64::from(due_day.saturating_sub(last_day).max(0));
        let overdue = f64::from(self.day.saturating_sub(due_day).max(0));
        if overdue * 10.0 > interval { overdue / interval.max(1.0) } else { 0.0 }
    }
}

/// How many answers a card is expected to take on a day. The same as [`workload::expected_answers`].
fn expected_answers(card: &SimCard, day: i32, model: &MemoryModel) -> f64 {
    match card.memory {
        _ if card.steps_left > 0 => workload::answers_for_steps(card.steps, card.steps_left),
        Some(memory) => workload::answers_for_review(
            model.recall(memory, (day - card.last_day).max(0).unsigned_abs()),
            card.blind_chance,
        ),
        None => workload::answers_for_new(card.steps, card.blind_chance),
    }
}

/// Simulates every day until the exam. Calls `on_day_start` before the study of each day, and once more on
/// the exam day, with the day, the cards as they are then, and the seconds that were planned for the day
/// before.
///
/// A day takes the cards that a session would take. Its seconds are the expected ones, as the learner would
/// see them in the morning, not what chance makes of them.
pub fn simulate(
    cards: &mut [SimCard],
    env: &SimEnv<'_>,
    rules: &SimRules,
    pace: &StudyPace,
    rng: &mut impl Rng,
    mut on_day_start: impl FnMut(i32, &[SimCard], f64),
) {
    let topics = cards.iter().map(|card| card.topic + 1).max().unwrap_or(0);
    let mut unseen = vec![VecDeque::new(); topics];
    let mut buried = Vec::new();
    for (index, card) in cards.iter().enumerate().filter(|(_, card)| card.memory.is_none()) {
        if card.buried_until > 0 { buried.push(index) } else { unseen[card.topic].push_back(index) }
    }
    // Cards still in learning steps today are finished on the first study day. Buried ones wait like any
    // other card.
    for card in cards.iter_mut().filter(|card| card.steps_left > 0 && card.buried_until > 0) {
        (card.steps_left, card.due_day) = (0, card.buried_until);
    }
    let mut in_steps: Vec<usize> = (0..cards.len()).filter(|card| cards[*card].steps_left > 0).collect();
    let mut taken = AskedQuestions::of(cards, env.questions_asked_today);
    let mut carried_over = 0.0;
    let mut planned_seconds = 0.0;
    for day in 0..env.exam_day {
        on_day_start(day, cards, planned_seconds);
        planned_seconds = 0.0;
        buried.retain(|index| {
            let is_available = cards[*index].buried_until <= day;
            if is_available {
                unseen[cards[*index].topic].push_front(*index);
            }
            !is_available
        });
        if pace.days_off_share > 0.0 && rng.random::<f64>() < pace.days_off_share {
            continue;
        }
        let (spent_seconds, new_cards_begun) =
            if day == 0 { (env.spent_today_seconds, env.new_cards_today) } else { (0.0, 0.0) };
        let new_cards = pace.new_cards + carried_over;
        carried_over = new_cards.fract();
        let budget = RemainingBudget {
            seconds: pace.minutes.map(|minutes| (minutes * 60.0 - spent_seconds).max(0.0)),
            new_cards: (new_cards - new_cards_begun).max(0.0) as usize,
        };
        let in_steps = std::mem::take(&mut in_steps);
        let due = (0..cards.len()).filter(|card| is_scheduled(&cards[*card], day, env, rules)).collect();
        let sim_day = SimDay { cards, env, day };
        let selection = select_cards(
            &sim_day,
            &in_steps,
            due,
            &mut unseen,
            budget,
            taken.on(day, cards, env.questions_asked_today),
        );
        planned_seconds = selection.seconds;
        for card in in_steps.into_iter().chain(selection.new_cards) {
            learn_until_graduated(&mut cards[card], day, env, rules, rng);
        }
        for card in selection.reviews {
            review_until_right(&mut cards[card], day, env, rules, rng);
        }
    }
    on_day_start(env.exam_day, cards, planned_seconds);
}

/// Reviews the weakest cards on the exam day, for at most `max_seconds`. Returns the expected seconds that
/// this takes. The same rules as [`crate::domain::goal::session_workload::plan_weakest_review`].
pub fn review_weakest(
    cards: &mut [SimCard],
    env: &SimEnv<'_>,
    rules: &SimRules,
    max_seconds: f64,
    rng: &mut impl Rng,
) -> f64 {
    let day = env.exam_day;
    let mut taken = AskedQuestions::of(cards, env.questions_asked_today);
    let mut weakest: Vec<(f64, usize, usize)> = Vec::new();
    let mut unseen_of_topic: Vec<usize> = Vec::new();
    let mut seconds = 0.0;
    let mut is_taken = taken.on(day, cards, env.questions_asked_today);
    let mut chosen = Vec::new();
    for (index, card) in cards.iter().enumerate() {
        match card.memory {
            _ if card.steps_left > 0 && card.buried_until <= day => {
                if let Some(taken) = is_taken.as_deref_mut() {
                    taken[card.question] = true;
                }
                seconds += env.seconds_per_answer * expected_answers(card, day, env.model);
                chosen.push(index);
            }
            Some(memory) if card.last_day < day && card.buried_until <= day => {
                let recall = env.model.recall(memory, (day - card.last_day).unsigned_abs());
                weakest.push((recall, 0, index));
            }
            None if card.buried_until <= day => {
                let topics = unseen_of_topic.len().max(card.topic + 1);
                unseen_of_topic.resize(topics, 0);
                weakest.push((f64::INFINITY, unseen_of_topic[card.topic], index));
                unseen_of_topic[card.topic] += 1;
            }
            _ => {}
        }
    }
    weakest.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, _, index) in weakest {
        let card = &cards[index];
        if is_taken.as_deref().is_some_and(|taken| taken[card.question]) {
            continue;
        }
        let card_seconds = env.seconds_per_answer * expected_answers(card, day, env.model);
        if seconds + card_seconds > max_seconds {
            break;
        }
        if let Some(taken) = is_taken.as_deref_mut() {
            taken[card.question] = true;
        }
        seconds += card_seconds;
        chosen.push(index);
    }
    for index in chosen {
        if cards[index].memory.is_none() || cards[index].steps_left > 0 {
            learn_until_graduated(&mut cards[index], day, env, rules, rng);
        } else {
            review_until_right(&mut cards[index], day, env, rules, rng);
        }
    }
    seconds
}

/// Which questions were asked on a day, by index. `None` if no two cards share a question, because then it
/// does not matter.
struct AskedQuestions(Option<Vec<bool>>);

impl AskedQuestions {
    fn of(cards: &[SimCard], asked_today: &[usize]) -> Self {
        let questions = cards.iter().map(|card| card.question).chain(asked_today.iter().copied());
        let question_count = questions.map(|question| question + 1).max().unwrap_or(0);
        let mut seen = vec![false; question_count];
        let have_siblings = cards.iter().any(|card| std::mem::replace(&mut seen[card.question], true));
        Self((have_siblings || !asked_today.is_empty()).then_some(seen))
    }

    /// The questions that were asked on a day before its session begins.
    fn on(&mut self, day: i32, cards: &[SimCard], asked_today: &[usize]) -> Option<&mut [bool]> {
        let taken = self.0.as_mut()?;
        taken.fill(false);
        for card in cards.iter().filter(|card| card.memory.is_some() && card.last_day == day) {
            taken[card.question] = true;
        }
        if day == 0 {
            asked_today.iter().for_each(|question| taken[*question] = true);
        }
        Some(taken)
    }
}

/// The expected score of a card on a day. At least one day is assumed to have passed since the last answer,
/// because an answer of a minute ago does not show yet what will be remembered.
pub fn expected_score_on(card: &SimCard, learner: &SimulatedLearner, day: i32) -> f64 {
    expected_score(
        learner.recall(card.true_memory, (day - card.last_day).max(1).unsigned_abs()),
        card.blind_chance,
    )
}

/// Whether a seen card is due or has its pre-exam review on a day.
fn is_scheduled(card: &SimCard, day: i32, env: &SimEnv<'_>, rules: &SimRules) -> bool {
    let is_available = card.last_day < day && card.steps_left == 0 && card.buried_until <= day;
    let Some(memory) = card.memory.filter(|_| is_available) else { return false };
    if card.due_day <= day {
        return true;
    }
    let review_day = env.exam_day - days_before_exam(card.pre_exam_seed, rules.pre_exam_review_days) as i32;
    let is_below = |threshold: f32| {
        env.model.recall(memory, (env.exam_day - card.last_day).unsigned_abs()) < f64::from(threshold)
    };
    review_day <= day && card.last_day < review_day && rules.pre_exam_recall_threshold.is_some_and(is_below)
}

/// How much a review on this day raises the probability of recalling the card on the exam day.
fn gain_by_exam(card: &SimCard, day: i32, env: &SimEnv<'_>) -> f64 {
    let Some(memory) = card.memory else { return 0.0 };
    crate::domain::queue::memory_gain(
        env.model,
        memory,
        (day - card.last_day).max(0).unsigned_abs(),
        (env.exam_day - day).max(0).unsigned_abs(),
    )
}

/// Answers a card until it has enough right answers in a row. For its first day, or for the learning steps
/// that are left.
fn learn_until_graduated(
    card: &mut SimCard,
    day: i32,
    env: &SimEnv<'_>,
    rules: &SimRules,
    rng: &mut impl Rng,
) {
    let mut in_a_row = if card.steps_left > 0 { card.steps.saturating_sub(card.steps_left) } else { 0 };
    let mut answers = 0;
    card.steps_left = 0;
    while in_a_row < card.steps && answers < MAX_ANSWERS_A_DAY {
        in_a_row = if answer_once(card, day, env, rng) { in_a_row + 1 } else { 0 };
        answers += 1;
    }
    schedule_next(card, day, env, rules, rng);
}

/// Reviews a card, and again on the same day after each lapse.
fn review_until_right(card: &mut SimCard, day: i32, env: &SimEnv<'_>, rules: &SimRules, rng: &mut impl Rng) {
    let mut answers = 1;
    let mut right = answer_once(card, day, env, rng);
    while !right && answers < MAX_ANSWERS_A_DAY {
        right = answer_once(card, day, env, rng);
        answers += 1;
    }
    schedule_next(card, day, env, rules, rng);
}

/// Simulates one answer and updates both memory states. Returns whether the answer was right.
fn answer_once(card: &mut SimCard, day: i32, env: &SimEnv<'_>, rng: &mut impl Rng) -> bool {
    let days = if card.memory.is_some() { (day - card.last_day).max(0).unsigned_abs() } else { 0 };
    let answer = env.learner.answer(card.true_memory, days, card.blind_chance, rng);
    card.true_memory = Some(env.learner.memory_after(card.true_memory, days, answer.knew));
    let rating = if answer.is_right { Rating::Good } else { Rating::Again };
    card.memory = Some(env.model.after(card.memory, days, rating));
    card.last_day = day;
    answer.is_right
}

/// Sets the next due day from the memory state.
fn schedule_next(card: &mut SimCard, day: i32, env: &SimEnv<'_>, rules: &SimRules, rng: &mut impl Rng) {
    let Some(memory) = card.memory else { return };
    let interval = env.model.interval_days(memory.stability, rules.retention);
    let days = match fuzz_range(interval) {
        Some((low, high)) if rules.fuzz => rng.random_range(low..=high),
        _ => whole_days(interval),
    };
    card.due_day = day.saturating_add(i32::try_from(days).unwrap_or(i32::MAX));
}
