//! The numbers on the Today and Scores screens, computed once after every change.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use foldhash::fast::RandomState;

use super::Settings;
use super::overconfidence::{self, TopicMistakes};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::event::Due;
use crate::domain::goal::Goal;
use crate::domain::goal::session_workload::{
    SessionWorkload, WEAKEST_REVIEW_SECONDS, plan_weakest_review, whole_minutes,
};
use crate::domain::goal::today::{ActiveGoal, DayProgress, TimeBudget, plan_for_exams};
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::domain::question::Answer;
use crate::domain::queue::{SessionPlan, StudyCandidate, StudyLimits, is_due};
use crate::domain::schedule::Scheduler;
use crate::domain::score::Score;
use crate::domain::score::scored_cards::{Cancelled, ScoredCards};
use crate::domain::score::table::{TopicRow, TopicTable};
use crate::domain::workload::{self, AnswerPace, DEFAULT_ANSWERS_PER_REVIEW};
use crate::library::{Library, LoadedDeck};

/// Seen cards that a topic needs before Today can offer it as the weakest.
const WEAKEST_TOPIC_MIN_CARDS: usize = 3;
/// Mean recall, from 0 to 1, below which Today offers the weakest topic. It asks whether studying the topic is worth
/// while; whether something is marked as declining is another question, with a lower limit
/// ([`DECLINING_BELOW`](crate::domain::score::DECLINING_BELOW)).
const WEAKEST_TOPIC_BELOW: f64 = 0.9;

/// Counts and scores of all decks.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// The study day of the numbers.
    pub day: StudyDay,
    /// The session over all decks that the numbers are of; `None` once it was started, or if anything changed since.
    pub session: Option<SessionPlan>,
    /// Cards to review today: due ones and those in learning steps.
    pub to_review: usize,
    /// How many of them were due before today.
    pub overdue: usize,
    /// New cards in today's session.
    pub to_learn: usize,
    /// Due cards beyond the daily time limit.
    pub postponed: usize,
    /// New cards in all decks.
    pub new_available: usize,
    /// Cards due tomorrow if today's session is completed, including buried cards and buried siblings.
    pub due_tomorrow: usize,
    /// The score over all cards.
    pub total: Score,
    /// Reviews answered today, without practice.
    pub answers_today: usize,
    /// Expected seconds for one answer.
    pub seconds_per_answer: f64,
    /// Expected seconds of today's session.
    pub session_seconds: f64,
    /// What is to be studied today for each exam of the settings, in their order.
    pub exams: Vec<ExamToday>,
    /// When the next card in learning steps is due, in UTC milliseconds; `None` if there is none.
    pub next_learning_ms: Option<i64>,
    /// One entry per deck, in the library's order.
    pub decks: Vec<DeckFigures>,
    /// The topic with the lowest recall, if studying it is worth while.
    pub weakest_topic: Option<WeakestTopic>,
    /// Topics with high-confidence errors that were not corrected since, in the library's order.
    pub high_confidence_errors: Vec<TopicMistakes>,
}

/// What is to be studied for an exam today.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExamToday {
    /// The session for the exam; empty from the day of the exam on.
    pub session: SessionWorkload,
    /// A review of the weakest cards; empty before the day before the exam.
    pub weakest_review: SessionWorkload,
    /// Seconds already studied today for the exam.
    pub spent_seconds: f64,
}

/// The numbers of one deck.
#[derive(Clone, Debug)]
pub struct DeckFigures {
    /// The deck's id.
    pub id: Arc<str>,
    /// Reviews of this deck in today's session.
    pub to_review: usize,
    /// New cards of this deck in today's session.
    pub to_learn: usize,
    /// The score over all its cards.
    pub total: Score,
}

/// The topic with the lowest mean recall, and how that goes on without study.
#[derive(Clone, Debug, PartialEq)]
pub struct WeakestTopic {
    /// The topic with its score.
    pub row: TopicRow,
    /// Mean recall today, from 0 to 1; cards in learning steps count as 0.
    pub recall_now: f64,
    /// Predicted mean recall tomorrow without study, from 0 to 1.
    pub recall_tomorrow: f64,
}

impl Default for StudyDay {
    fn default() -> Self {
        StudyDay(i32::MIN)
    }
}

impl Figures {
    /// Computes everything on this thread.
    pub fn compute(
        library: &Library,
        progress: &Progress,
        scheduler: &Scheduler,
        settings: &Settings,
        now: &Moment,
    ) -> Self {
        let never_cancelled = AtomicBool::new(false);
        // The flag is never set, so this cannot be cancelled.
        Self::of_decks(library.decks(), progress, scheduler, settings, now, &never_cancelled)
            .unwrap_or_default()
    }

    /// Computes everything for some decks.
    ///
    /// # Errors
    /// [`Cancelled`] when `cancel` is set meanwhile.
    pub fn of_decks(
        decks: &[LoadedDeck],
        progress: &Progress,
        scheduler: &Scheduler,
        settings: &Settings,
        now: &Moment,
        cancel: &AtomicBool,
    ) -> Result<Self, Cancelled> {
        let today = now.day();
        let model = &scheduler.model;
        let answer_pace = AnswerPace::of_history(progress, today);
        let (seconds_per_answer, answers_today) = (answer_pace.seconds_per_answer, answer_pace.answers_today);
        let new_left = (settings.new_cards_a_day as usize).saturating_sub(progress.introduced_on(today));
        let mut figures = Self { day: today, seconds_per_answer, answers_today, ..Self::default() };
        let limits = StudyLimits {
            new_cards: new_left,
            reviews: settings.minutes_a_day.map(|minutes| figures.cards_left_in(minutes)),
            allow_repeats: false,
        };
        let cards = LibraryCards::of(decks, progress, cancel)?;
        let exams = ActiveGoal::all(&settings.goals, scheduler, today);
        let expected_seconds = |(card, answer): (&StudyCandidate<'_>, &&Answer)| {
            seconds_per_answer * workload::expected_answers(card.state, answer, model, today)
        };
        let budget = TimeBudget {
            card_seconds: cards.candidates.iter().zip(&cards.answers).map(expected_seconds).collect(),
            progress: DayProgress::per_exam(
                today,
                &exams,
                cards.candidates.iter().map(|card| (&card.key, card.topic)),
                progress,
            ),
        };
        let plan = plan_for_exams(&cards.candidates, &exams, limits, scheduler, now, Some(&budget));
        figures.session_seconds = SessionWorkload::of(&plan, &cards.candidates, &budget.card_seconds).seconds;
        for goal in &settings.goals {
            check_cancelled(cancel)?;
            let context = ExamContext { goal, exams: &exams, budget: &budget, limits, scheduler, now };
            figures.exams.push(context.today(&cards));
        }
        figures.to_review = plan.reviews + plan.learning.len();
        let is_overdue =
            |key: &&CardKey| matches!(progress.state(key).due, Some(Due::Day(day)) if day < today);
        figures.overdue = plan.queue.iter().filter(is_overdue).count();
        figures.to_learn = plan.new_cards;
        figures.postponed = plan.postponed;
        figures.next_learning_ms =
            plan.learning.first().and_then(|key| progress.state(key).step_ends_ms(now));

        let tomorrow = today.plus(1);
        let planned = || plan.queue.iter().chain(&plan.learning);
        let today_keys: HashSet<&CardKey, RandomState> = planned().collect();
        // For each deck the cards of the session, and how many of them are new.
        let mut planned_in: HashMap<&str, (usize, usize), RandomState> = HashMap::default();
        for key in planned() {
            let (cards, new_cards) = planned_in.entry(&key.deck).or_default();
            *cards += 1;
            *new_cards += usize::from(progress.state(key).memory.is_none());
        }
        let table = TopicTable::compute(&cards.scored, model, today, cancel)?;
        let (mut rows, mut begin) = (table.rows.as_slice(), 0);
        for loaded in decks {
            let deck = &loaded.deck;
            check_cancelled(cancel)?;
            let topics;
            (topics, rows) = rows.split_at(deck.topics.len());
            let of_deck = cards.candidates[begin..].partition_point(|card| card.key.deck == deck.id);
            let candidates = &cards.candidates[begin..begin + of_deck];
            let scored = &cards.scored.cards[begin..begin + of_deck];
            begin += of_deck;
            let known =
                candidates.iter().zip(scored).filter_map(|(card, scored)| Some((card, scored.summary?)));
            figures.high_confidence_errors.extend(overconfidence::mistakes_in_deck(deck, known));
            let mut deck_total = Score::default();
            topics.iter().for_each(|row| deck_total.absorb(&row.score));
            let (planned, to_learn) = planned_in.get(&*deck.id).copied().unwrap_or_default();
            for StudyCandidate { key, state, .. } in candidates {
                let due_tomorrow = is_due(state, tomorrow) && state.is_available(tomorrow);
                figures.due_tomorrow += usize::from(due_tomorrow && !today_keys.contains(key));
            }
            if let Some(weakest) = weakest_topic(topics, candidates, scheduler, today)
                && figures.weakest_topic.as_ref().is_none_or(|other| weakest.recall_now < other.recall_now)
            {
                figures.weakest_topic = Some(weakest);
            }
            figures.total.absorb(&deck_total);
            figures.decks.push(DeckFigures {
                id: deck.id.clone(),
                to_review: planned - to_learn,
                to_learn,
                total: deck_total,
            });
        }
        figures.new_available = figures.total.new_cards;
        figures.session = Some(plan);
        Ok(figures)
    }

    /// Expected minutes of today's session, rounded up.
    pub fn minutes(&self) -> u32 {
        whole_minutes(self.session_seconds)
    }

    /// How many reviews still fit into a daily limit of `minutes`, including the repetitions of forgotten
    /// cards. If the repetitions took less time than expected, the rest is not filled with new reviews.
    pub fn cards_left_in(&self, minutes: u32) -> usize {
        let answers = (f64::from(minutes) * 60.0 / self.seconds_per_answer.max(1.0)).floor();
        let left = answers - self.answers_today as f64;
        if left <= answers * (DEFAULT_ANSWERS_PER_REVIEW - 1.0) {
            return 0;
        }
        (left / DEFAULT_ANSWERS_PER_REVIEW) as usize
    }

    /// Whether any card was ever answered.
    pub fn has_history(&self) -> bool {
        self.decks.iter().any(|deck| deck.total.seen > 0)
    }

    /// The numbers of a deck, by id.
    pub fn deck(&self, id: &str) -> Option<&DeckFigures> {
        self.decks.iter().find(|deck| *deck.id == *id)
    }
}

/// Every card of the library, looked up once: in a large library the lookups are most of the work.
struct LibraryCards<'a> {
    scored: ScoredCards<'a>,
    /// The same cards, as sessions are planned from them.
    candidates: Vec<StudyCandidate<'a>>,
    /// For each card, the answer of its question.
    answers: Vec<&'a Answer>,
}

impl<'a> LibraryCards<'a> {
    fn of(decks: &'a [LoadedDeck], progress: &'a Progress, cancel: &AtomicBool) -> Result<Self, Cancelled> {
        let count = decks.iter().map(|loaded| loaded.deck.questions.len()).sum();
        let (mut candidates, mut answers) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let decks = decks.iter().map(|loaded| &*loaded.deck);
        let scored = ScoredCards::visiting(decks, progress, cancel, |key, question, state| {
            candidates.push(StudyCandidate { topic: &question.topic, state, key });
            answers.push(&question.answer);
        })?;
        Ok(Self { scored, candidates, answers })
    }
}

fn weakest_topic(
    topics: &[TopicRow],
    candidates: &[StudyCandidate<'_>],
    scheduler: &Scheduler,
    today: StudyDay,
) -> Option<WeakestTopic> {
    let weakest = topics
        .iter()
        .filter(|row| row.score.cards_with_memory >= WEAKEST_TOPIC_MIN_CARDS)
        .filter_map(|row| Some((row, row.score.recall_now()?)))
        .filter(|(_, recall)| *recall < WEAKEST_TOPIC_BELOW)
        .min_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let (row, recall_now) = weakest;
    let tomorrow: Vec<f64> = candidates
        .iter()
        .filter(|candidate| candidate.topic == row.key.topic)
        .map(|candidate| candidate.state)
        .filter(|state| !state.suspended)
        .filter_map(|state| state.recall(&scheduler.model, today.plus(1)))
        .collect();
    Some(WeakestTopic {
        row: row.clone(),
        recall_now,
        recall_tomorrow: tomorrow.iter().sum::<f64>() / tomorrow.len().max(1) as f64,
    })
}

/// An exam and what its session depends on.
struct ExamContext<'a> {
    goal: &'a Goal,
    exams: &'a [ActiveGoal],
    budget: &'a TimeBudget,
    limits: StudyLimits,
    scheduler: &'a Scheduler,
    now: &'a Moment,
}

impl ExamContext<'_> {
    fn today(&self, cards: &LibraryCards<'_>) -> ExamToday {
        let days = self.goal.days_left(self.now.day());
        if self.goal.is_over(self.now.day()) {
            return ExamToday::default();
        }
        let covered: Vec<usize> = (0..cards.candidates.len())
            .filter(|at| self.goal.covers(&cards.candidates[*at].key.deck, cards.candidates[*at].topic))
            .collect();
        let candidates: Vec<StudyCandidate<'_>> =
            covered.iter().map(|at| cards.candidates[*at].clone()).collect();
        let seconds: Vec<f64> = covered.iter().map(|at| self.budget.card_seconds[*at]).collect();
        let done =
            |at: &usize| Some(DayProgress::of_card(cards.scored.cards[*at].summary?, self.now.day()).seconds);
        let mut today =
            ExamToday { spent_seconds: covered.iter().filter_map(done).sum(), ..ExamToday::default() };
        if days > 0 {
            let budget = TimeBudget { card_seconds: seconds, progress: self.budget.progress.clone() };
            let plan =
                plan_for_exams(&candidates, self.exams, self.limits, self.scheduler, self.now, Some(&budget));
            today.session = SessionWorkload::of(&plan, &candidates, &budget.card_seconds);
            if days == 1 {
                let plan = self.weakest_plan(&candidates, &budget.card_seconds);
                today.weakest_review = SessionWorkload::of(&plan, &candidates, &budget.card_seconds);
            }
        } else {
            today.weakest_review =
                SessionWorkload::of(&self.weakest_plan(&candidates, &seconds), &candidates, &seconds);
        }
        today
    }

    fn weakest_plan(&self, candidates: &[StudyCandidate<'_>], seconds: &[f64]) -> SessionPlan {
        plan_weakest_review(candidates, seconds, &self.scheduler.model, self.now, WEAKEST_REVIEW_SECONDS)
    }
}

fn check_cancelled(cancel: &AtomicBool) -> Result<(), Cancelled> {
    if cancel.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
}
