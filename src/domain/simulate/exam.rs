//! From today to an exam, day by day: what somebody who studies at a pace would know then, and what it takes.
//!
//! The rules are those of [`crate::domain::queue`] and [`crate::domain::schedule`], on bare figures: without keys,
//! sessions and minutes of the clock, so that hundreds of such walks take a fraction of a second.

use std::collections::VecDeque;

use rand::{Rng, RngExt};

use super::SimulatedLearner;
use crate::domain::expectation::expected_score;
use crate::domain::goal::selection::{self, RemainingBudget, select_cards};
use crate::domain::memory::{Memory, Model};
use crate::domain::rating::Rating;
use crate::domain::schedule::{days_before_exam, fuzz_range, whole_days};
use crate::domain::seed::Seed;
use crate::domain::workload;

/// Answers a card takes at most on one day: steps, and slips on the way.
const MAX_ANSWERS_A_DAY: u32 = 6;

/// A card; days are counted from today.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimCard {
    /// Which of the exam's topics.
    pub topic: usize,
    /// Which of its questions: cards that share one do not come on one day.
    pub question: usize,
    /// Chance of a blind hit.
    pub blind_chance: f64,
    /// Right answers in a row that it needs while it is being learned.
    pub steps: u8,
    /// How many of them are left today; 0 for a card that is not on minute steps.
    pub steps_left: u8,
    /// What tells the day of its last look from another card's.
    pub pre_exam_seed: Seed,
    /// What the program believes; `None` for a card never seen.
    pub memory: Option<Memory>,
    /// What is truly remembered.
    pub true_memory: Option<Memory>,
    /// Day of its last answer.
    pub last_day: i32,
    /// Day on which it comes back; without meaning for a card never seen.
    pub due_day: i32,
    /// First day on which it may be asked.
    pub buried_until: i32,
}

/// What the schedule goes by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimRules {
    /// Recall at which cards come back, 0 to 1.
    pub retention: f32,
    /// Recall on the day of the exam below which a card has a last look; `None`: none has.
    pub pre_exam_review: Option<f32>,
    /// Days before the exam over which last looks are spread.
    pub pre_exam_review_days: u32,
    /// Whether intervals are spread.
    pub fuzz: bool,
}

/// How much is studied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StudyPace {
    /// Minutes a study day; `None`: as many as it takes.
    pub minutes: Option<f64>,
    /// New cards a study day.
    pub new_cards: f64,
    /// Share of days without study, 0 to 1.
    pub days_off: f64,
}

/// The frame of a walk.
#[derive(Clone, Copy, Debug)]
pub struct SimEnv<'a> {
    /// The truth.
    pub learner: &'a SimulatedLearner,
    /// What the program believes of it.
    pub model: &'a Model,
    /// Days until the exam; the last day of study is the one before it.
    pub exam_day: i32,
    /// Seconds that an answer takes.
    pub seconds_per_answer: f64,
    /// Seconds studied today already.
    pub spent_today_seconds: f64,
    /// Cards begun today already.
    pub new_cards_today: f64,
    /// Questions asked today already, of cards that are not among these.
    pub questions_asked_today: &'a [usize],
}

/// The cards of a day, as they are chosen from.
struct SimDay<'a> {
    cards: &'a [SimCard],
    world: &'a SimEnv<'a>,
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
        self.world.seconds_per_answer * expected_answers(&self.cards[card], self.day, self.world.model)
    }

    fn gain(&self, card: usize) -> f64 {
        gain_by_exam(&self.cards[card], self.day, self.world)
    }

    fn urgency(&self, card: usize) -> f64 {
        let SimCard { due_day: due, last_day: last, .. } = self.cards[card];
        let interval = f64::from(due.saturating_sub(last).max(0));
        let overdue = f64::from(self.day.saturating_sub(due).max(0));
        if overdue * 10.0 > interval { overdue / interval.max(1.0) } else { 0.0 }
    }
}

/// Answers that a card is expected to take on a day, as [`workload::answers`] has it.
fn expected_answers(card: &SimCard, day: i32, model: &Model) -> f64 {
    match card.memory {
        _ if card.steps_left > 0 => workload::answers_for_steps(card.steps, card.steps_left),
        Some(memory) => workload::answers_for_review(
            model.recall(memory, (day - card.last_day).max(0).unsigned_abs()),
            card.blind_chance,
        ),
        None => workload::answers_for_new(card.steps, card.blind_chance),
    }
}

/// Walks to the exam. `morning` is called before every day's study, and once more on the day of the exam, with the
/// day, the cards as they are then and the seconds that were planned for the day before.
///
/// A day takes the cards that a session would take, and the seconds that are expected of them: what somebody is told
/// in the morning, whatever chance then makes of it.
pub fn simulate(
    cards: &mut [SimCard],
    world: &SimEnv<'_>,
    rules: &SimRules,
    pace: &StudyPace,
    chance: &mut impl Rng,
    mut morning: impl FnMut(i32, &[SimCard], f64),
) {
    let topics = cards.iter().map(|card| card.topic + 1).max().unwrap_or(0);
    let mut unseen = vec![VecDeque::new(); topics];
    let mut buried = Vec::new();
    for (at, card) in cards.iter().enumerate().filter(|(_, card)| card.memory.is_none()) {
        if card.buried_until > 0 { buried.push(at) } else { unseen[card.topic].push_back(at) }
    }
    // Left over from today, so they are done on the first day of study; one put off waits among the others.
    for card in cards.iter_mut().filter(|card| card.steps_left > 0 && card.buried_until > 0) {
        (card.steps_left, card.due_day) = (0, card.buried_until);
    }
    let mut on_steps: Vec<usize> = (0..cards.len()).filter(|card| cards[*card].steps_left > 0).collect();
    let mut taken = TakenQuestions::of(cards, world.questions_asked_today);
    let mut fraction = 0.0;
    let mut seconds = 0.0;
    for day in 0..world.exam_day {
        morning(day, cards, seconds);
        seconds = 0.0;
        buried.retain(|at| {
            let comes = cards[*at].buried_until <= day;
            if comes {
                unseen[cards[*at].topic].push_front(*at);
            }
            !comes
        });
        if pace.days_off > 0.0 && chance.random::<f64>() < pace.days_off {
            continue;
        }
        let (spent, begun) =
            if day == 0 { (world.spent_today_seconds, world.new_cards_today) } else { (0.0, 0.0) };
        let new_cards = pace.new_cards + fraction;
        fraction = new_cards.fract();
        let room = RemainingBudget {
            seconds: pace.minutes.map(|minutes| (minutes * 60.0 - spent).max(0.0)),
            new_cards: (new_cards - begun).max(0.0) as usize,
        };
        let on_steps = std::mem::take(&mut on_steps);
        let due = (0..cards.len()).filter(|card| is_scheduled(&cards[*card], day, world, rules)).collect();
        let of_day = SimDay { cards, world, day };
        let chosen = select_cards(
            &of_day,
            &on_steps,
            due,
            &mut unseen,
            room,
            taken.on(day, cards, world.questions_asked_today),
        );
        seconds = chosen.seconds;
        for card in on_steps.into_iter().chain(chosen.new_cards) {
            learn_until_graduated(&mut cards[card], day, world, rules, chance);
        }
        for card in chosen.reviews {
            review_until_right(&mut cards[card], day, world, rules, chance);
        }
    }
    morning(world.exam_day, cards, seconds);
}

/// Goes through the weakest cards on the day of the exam, as far as some seconds go; how many that takes.
pub fn review_weakest(
    cards: &mut [SimCard],
    world: &SimEnv<'_>,
    rules: &SimRules,
    most_seconds: f64,
    chance: &mut impl Rng,
) -> f64 {
    let day = world.exam_day;
    let mut taken = TakenQuestions::of(cards, world.questions_asked_today);
    let mut weakest: Vec<(f64, usize, usize)> = Vec::new();
    let mut unseen_of_topic: Vec<usize> = Vec::new();
    let mut seconds = 0.0;
    let mut asked = taken.on(day, cards, world.questions_asked_today);
    let mut chosen = Vec::new();
    for (at, card) in cards.iter().enumerate() {
        match card.memory {
            _ if card.steps_left > 0 && card.buried_until <= day => {
                if let Some(taken) = asked.as_deref_mut() {
                    taken[card.question] = true;
                }
                seconds += world.seconds_per_answer * expected_answers(card, day, world.model);
                chosen.push(at);
            }
            Some(memory) if card.last_day < day && card.buried_until <= day => {
                let recall = world.model.recall(memory, (day - card.last_day).unsigned_abs());
                weakest.push((recall, 0, at));
            }
            None if card.buried_until <= day => {
                let topics = unseen_of_topic.len().max(card.topic + 1);
                unseen_of_topic.resize(topics, 0);
                weakest.push((f64::INFINITY, unseen_of_topic[card.topic], at));
                unseen_of_topic[card.topic] += 1;
            }
            _ => {}
        }
    }
    weakest.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, _, at) in weakest {
        let card = &cards[at];
        if asked.as_deref().is_some_and(|taken| taken[card.question]) {
            continue;
        }
        let more = world.seconds_per_answer * expected_answers(card, day, world.model);
        if seconds + more > most_seconds {
            break;
        }
        if let Some(taken) = asked.as_deref_mut() {
            taken[card.question] = true;
        }
        seconds += more;
        chosen.push(at);
    }
    for at in chosen {
        if cards[at].memory.is_none() || cards[at].steps_left > 0 {
            learn_until_graduated(&mut cards[at], day, world, rules, chance);
        } else {
            review_until_right(&mut cards[at], day, world, rules, chance);
        }
    }
    seconds
}

/// Which questions were asked today; nothing where every card has one of its own.
struct TakenQuestions(Option<Vec<bool>>);

impl TakenQuestions {
    fn of(cards: &[SimCard], asked_today: &[usize]) -> Self {
        let questions = cards.iter().map(|card| card.question).chain(asked_today.iter().copied());
        let most = questions.map(|question| question + 1).max().unwrap_or(0);
        let mut met = vec![false; most];
        let have_siblings = cards.iter().any(|card| std::mem::replace(&mut met[card.question], true));
        Self((have_siblings || !asked_today.is_empty()).then_some(met))
    }

    /// Those asked on a day before its session.
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

/// Expected score of a card on a day. Days are whole: what was answered on the same day counts as if a night had
/// passed, because an answer of a minute ago says nothing yet of what stays.
pub fn expected_score_on(card: &SimCard, mind: &SimulatedLearner, day: i32) -> f64 {
    expected_score(
        mind.recall(card.true_memory, (day - card.last_day).max(1).unsigned_abs()),
        card.blind_chance,
    )
}

fn is_scheduled(card: &SimCard, day: i32, world: &SimEnv<'_>, rules: &SimRules) -> bool {
    let may_come = card.last_day < day && card.steps_left == 0 && card.buried_until <= day;
    let Some(memory) = card.memory.filter(|_| may_come) else { return false };
    if card.due_day <= day {
        return true;
    }
    let look = world.exam_day - days_before_exam(card.pre_exam_seed, rules.pre_exam_review_days) as i32;
    let pays = |below: f32| {
        world.model.recall(memory, (world.exam_day - card.last_day).unsigned_abs()) < f64::from(below)
    };
    look <= day && card.last_day < look && rules.pre_exam_review.is_some_and(pays)
}

/// What a review today adds to the chance of knowing it on the day of the exam.
fn gain_by_exam(card: &SimCard, day: i32, world: &SimEnv<'_>) -> f64 {
    let Some(memory) = card.memory else { return 0.0 };
    crate::domain::queue::memory_gain(
        world.model,
        memory,
        (day - card.last_day).max(0).unsigned_abs(),
        (world.exam_day - day).max(0).unsigned_abs(),
    )
}

/// The first day of a card, or what is left of it: so many right answers in a row.
fn learn_until_graduated(
    card: &mut SimCard,
    day: i32,
    world: &SimEnv<'_>,
    rules: &SimRules,
    chance: &mut impl Rng,
) {
    let mut in_a_row = if card.steps_left > 0 { card.steps.saturating_sub(card.steps_left) } else { 0 };
    let mut answers = 0;
    card.steps_left = 0;
    while in_a_row < card.steps && answers < MAX_ANSWERS_A_DAY {
        in_a_row = if answer_once(card, day, world, chance) { in_a_row + 1 } else { 0 };
        answers += 1;
    }
    schedule_next(card, day, world, rules, chance);
}

/// A review, and another look on the same day when it was forgotten.
fn review_until_right(
    card: &mut SimCard,
    day: i32,
    world: &SimEnv<'_>,
    rules: &SimRules,
    chance: &mut impl Rng,
) {
    let mut answers = 1;
    let mut right = answer_once(card, day, world, chance);
    while !right && answers < MAX_ANSWERS_A_DAY {
        right = answer_once(card, day, world, chance);
        answers += 1;
    }
    schedule_next(card, day, world, rules, chance);
}

fn answer_once(card: &mut SimCard, day: i32, world: &SimEnv<'_>, chance: &mut impl Rng) -> bool {
    let days = if card.memory.is_some() { (day - card.last_day).max(0).unsigned_abs() } else { 0 };
    let reply = world.learner.answer(card.true_memory, days, card.blind_chance, chance);
    card.true_memory = Some(world.learner.memory_after(card.true_memory, days, reply.knew));
    let rating = if reply.right { Rating::Good } else { Rating::Again };
    card.memory = Some(world.model.after(card.memory, days, rating));
    card.last_day = day;
    reply.right
}

fn schedule_next(card: &mut SimCard, day: i32, world: &SimEnv<'_>, rules: &SimRules, chance: &mut impl Rng) {
    let Some(memory) = card.memory else { return };
    let exact = world.model.interval_days(memory.stability, rules.retention);
    let days = match fuzz_range(exact) {
        Some((low, high)) if rules.fuzz => chance.random_range(low..=high),
        _ => whole_days(exact),
    };
    card.due_day = day.saturating_add(i32::try_from(days).unwrap_or(i32::MAX));
}
