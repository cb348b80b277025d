//! What Today and Scores show, computed once after every change.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Settings;
use super::overconfidence::{self, TopicMistakes};
use crate::domain::card::Card;
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
use crate::domain::queue::{StudyCandidate, StudyLimits, StudyPlan, is_due};
use crate::domain::schedule::Scheduler;
use crate::domain::score::scored_cards::Cancelled;
use crate::domain::score::{self, Score, TopicCard, TopicScore};
use crate::domain::workload::{self, AnswerPace, DEFAULT_ANSWERS_PER_REVIEW};
use crate::library::{Library, LoadedDeck};

/// Cards seen that make a topic worth naming as slipping.
const DECLINING_MIN_CARDS: usize = 3;
/// Cards between two looks at whether the figures are still wanted.
const CARDS_PER_CANCEL_CHECK: usize = 64;
/// Recall below which a topic is slipping.
const DECLINING_MAX_RECALL: f64 = 0.9;

/// Counts and scores.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// The study day they are of.
    pub day: StudyDay,
    /// Cards to review today: due ones and those on minute steps.
    pub to_review: usize,
    /// How many of them were due before today.
    pub overdue: usize,
    /// New cards that today's session brings.
    pub to_learn: usize,
    /// Due cards beyond the daily time.
    pub postponed: usize,
    /// New cards that exist at all.
    pub new_available: usize,
    /// Cards that will be due tomorrow, if all of today's are done: buried ones and waiting siblings too.
    pub due_tomorrow: usize,
    /// Every card of every deck together: what is known today, what is being learned.
    pub total: Score,
    /// Answers given today, practice left out.
    pub answers_today: usize,
    /// Seconds an answer takes.
    pub seconds_per_answer: f64,
    /// Seconds that today's session is expected to take.
    pub session_seconds: f64,
    /// For each of the settings' exams what there is to study for it today.
    pub exams: Vec<ExamToday>,
    /// When the soonest timed card comes back, in UTC milliseconds.
    pub next_learning_ms: Option<i64>,
    /// In the library's order.
    pub decks: Vec<DeckFigures>,
    /// The weakest topic, if one is slipping.
    pub declining_topic: Option<DecliningTopic>,
    /// Answers that the learner was sure of, that were wrong and were not put right since: topics that have some,
    /// in the library's order.
    pub high_confidence_errors: Vec<TopicMistakes>,
}

/// What there is to study for an exam today.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExamToday {
    /// The session that studying for it begins; nothing once its day has come.
    pub session: SessionWorkload,
    /// Going through the weakest once more; nothing until the day before it.
    pub weakest_review: SessionWorkload,
    /// Seconds studied for it today.
    pub spent_seconds: f64,
}

/// One deck.
#[derive(Clone, Debug)]
pub struct DeckFigures {
    /// The deck's id.
    pub id: Arc<str>,
    /// Reviews of it in today's session.
    pub to_review: usize,
    /// New cards of it in today's session.
    pub to_learn: usize,
    /// The deck as a whole.
    pub total: Score,
    /// Its topics in its order.
    pub topics: Vec<TopicScore>,
}

/// A topic that is being forgotten, or where much is still being learned.
#[derive(Clone, Debug, PartialEq)]
pub struct DecliningTopic {
    /// The deck's id.
    pub deck: Arc<str>,
    /// The topic's key.
    pub topic: String,
    /// The topic's name.
    pub name: String,
    /// How it stands.
    pub score: Score,
    /// Mean recall today, cards being learned as 0.
    pub recall_now: f64,
    /// Mean recall tomorrow, without study, as memory predicts it.
    pub recall_tomorrow: f64,
}

impl Default for StudyDay {
    fn default() -> Self {
        StudyDay(i32::MIN)
    }
}

impl Figures {
    /// Computes everything.
    pub fn compute(
        library: &Library,
        progress: &Progress,
        scheduler: &Scheduler,
        settings: &Settings,
        now: &Moment,
    ) -> Self {
        let never = AtomicBool::new(false);
        // Nobody calls it off.
        Self::of_decks(library.decks(), progress, scheduler, settings, now, &never).unwrap_or_default()
    }

    /// The same for decks alone.
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
        let pace =
            AnswerPace::of_history(progress, today, || !cancel.load(Ordering::Relaxed)).ok_or(Cancelled)?;
        let (seconds_an_answer, answers_today) = (pace.seconds_per_answer, pace.answers_today);
        let new_left = (settings.new_cards_a_day as usize).saturating_sub(progress.introduced_on(today));
        let mut figures =
            Self { day: today, seconds_per_answer: seconds_an_answer, answers_today, ..Self::default() };
        let limits = StudyLimits {
            new_cards: new_left,
            reviews: settings.minutes_a_day.map(|minutes| figures.cards_left_in(minutes)),
            allow_repeats: false,
        };
        let cards = LibraryCards::of(decks, progress, cancel)?;
        let exams = ActiveGoal::all(&settings.goals, scheduler, today);
        let takes = |(card, answer): (&StudyCandidate<'_>, &&Answer)| {
            seconds_an_answer * workload::expected_answers(card.state, answer, model, today)
        };
        let clocked = TimeBudget {
            card_seconds: cards.candidates.iter().zip(&cards.answers).map(takes).collect(),
            progress: DayProgress::per_exam(
                today,
                &exams,
                cards.candidates.iter().map(|card| (&card.key, card.topic)),
                progress,
            ),
        };
        let plan = plan_for_exams(&cards.candidates, &exams, limits, scheduler, now, Some(&clocked));
        figures.session_seconds =
            SessionWorkload::of(&plan, &cards.candidates, &clocked.card_seconds).seconds;
        let longest_ms = progress.longest_answer_ms();
        for goal in &settings.goals {
            check_cancelled(cancel)?;
            let of_goal =
                ExamContext { goal, exams: &exams, budget: &clocked, limits, scheduler, now, longest_ms };
            figures.exams.push(of_goal.today(&cards));
        }
        figures.to_review = plan.reviews + plan.learning.len();
        let is_overdue = |key: &&CardKey| is_due(progress.state(key), StudyDay(today.0 - 1));
        figures.overdue = plan.queue.iter().filter(is_overdue).count();
        figures.to_learn = plan.new_cards;
        figures.postponed = plan.postponed;
        figures.next_learning_ms = plan.learning.first().and_then(|key| match progress.state(key).due {
            Some(Due::At(ms)) => Some(ms),
            _ => None,
        });

        let tomorrow = today.plus(1);
        let today_keys: HashSet<&CardKey> = plan.queue.iter().chain(&plan.learning).collect();
        let mut slipping: Option<DecliningTopic> = None;
        let mut total = Score::default();
        for (loaded, range) in decks.iter().zip(&cards.deck_ranges) {
            let deck = &loaded.deck;
            check_cancelled(cancel)?;
            let candidates = &cards.candidates[range.clone()];
            let histories = &cards.histories[range.clone()];
            let each = candidates.iter().zip(histories).map(|(card, (blind_chance, history))| TopicCard {
                topic: card.topic,
                blind_chance: *blind_chance,
                state: card.state,
                card: *history,
            });
            let topics = score::topic_scores_of(deck, each, model, today);
            let known =
                candidates.iter().zip(histories).filter_map(|(card, history)| Some((card, history.1?)));
            figures.high_confidence_errors.extend(overconfidence::mistakes_in_deck(deck, known));
            let deck_total = score::total_score(&topics);
            let of_deck = |key: &&CardKey| key.deck == deck.id;
            let planned: Vec<_> = plan.queue.iter().chain(&plan.learning).filter(of_deck).collect();
            let to_learn = planned.iter().filter(|key| progress.state(key).memory.is_none()).count();
            for StudyCandidate { key, state, .. } in candidates {
                let due_tomorrow = is_due(state, tomorrow) && state.is_available(tomorrow);
                figures.due_tomorrow += usize::from(due_tomorrow && !today_keys.contains(key));
            }
            if let Some(weakest) = weakest_topic(deck, &topics, candidates, scheduler, today)
                && slipping.as_ref().is_none_or(|other| weakest.recall_now < other.recall_now)
            {
                slipping = Some(weakest);
            }
            total.absorb(&deck_total);
            figures.decks.push(DeckFigures {
                id: deck.id.clone(),
                to_review: planned.len() - to_learn,
                to_learn,
                total: deck_total,
                topics,
            });
        }
        figures.new_available = total.new_cards;
        figures.total = total;
        figures.declining_topic = slipping;
        Ok(figures)
    }

    /// Minutes that today's session takes, rounded up.
    pub fn minutes(&self) -> u32 {
        whole_minutes(self.session_seconds)
    }

    /// How many cards still fit into some minutes of this day, with the repeats of what was forgotten. What those
    /// repeats did not take in the end is no reason to begin again.
    pub fn cards_left_in(&self, minutes: u32) -> usize {
        let answers = (f64::from(minutes) * 60.0 / self.seconds_per_answer.max(1.0)).floor();
        let left = answers - self.answers_today as f64;
        if left <= answers * (DEFAULT_ANSWERS_PER_REVIEW - 1.0) {
            return 0;
        }
        (left / DEFAULT_ANSWERS_PER_REVIEW) as usize
    }

    /// Whether anything was ever answered.
    pub fn has_history(&self) -> bool {
        self.decks.iter().any(|deck| deck.total.seen > 0)
    }

    /// The figures of a deck.
    pub fn deck(&self, id: &str) -> Option<&DeckFigures> {
        self.decks.iter().find(|deck| *deck.id == *id)
    }
}

/// Every card of the library, looked up once: with many cards that is most of the work.
struct LibraryCards<'a> {
    candidates: Vec<StudyCandidate<'a>>,
    /// Of each candidate: the chance of a blind hit, and its history, if it has one.
    histories: Vec<(f64, Option<&'a Card>)>,
    /// Of each candidate what is to be answered.
    answers: Vec<&'a Answer>,
    /// Where the cards of each deck are.
    deck_ranges: Vec<Range<usize>>,
}

impl<'a> LibraryCards<'a> {
    fn of(decks: &'a [LoadedDeck], progress: &'a Progress, cancel: &AtomicBool) -> Result<Self, Cancelled> {
        let count = decks.iter().map(|loaded| loaded.deck.questions.len()).sum();
        let mut cards = Self {
            candidates: Vec::with_capacity(count),
            histories: Vec::with_capacity(count),
            answers: Vec::with_capacity(count),
            deck_ranges: Vec::new(),
        };
        for loaded in decks {
            let begin = cards.candidates.len();
            for (key, index) in loaded.deck.cards() {
                if cards.candidates.len().is_multiple_of(CARDS_PER_CANCEL_CHECK) {
                    check_cancelled(cancel)?;
                }
                let history = progress.card(&key);
                let state = history.map_or_else(|| progress.state(&key), Card::state);
                let topic = loaded.deck.questions[index].topic.as_str();
                cards.candidates.push(StudyCandidate { topic, state, key });
                let answer = &loaded.deck.questions[index].answer;
                cards.histories.push((answer.blind_chance(), history));
                cards.answers.push(answer);
            }
            cards.deck_ranges.push(begin..cards.candidates.len());
        }
        Ok(cards)
    }
}

fn weakest_topic(
    deck: &crate::domain::deck::Deck,
    topics: &[TopicScore],
    candidates: &[StudyCandidate<'_>],
    scheduler: &Scheduler,
    today: StudyDay,
) -> Option<DecliningTopic> {
    let weakest = topics
        .iter()
        .filter(|topic| topic.score.remembered >= DECLINING_MIN_CARDS)
        .filter_map(|topic| Some((topic, topic.score.recall_now()?)))
        .filter(|(_, recall)| *recall < DECLINING_MAX_RECALL)
        .min_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let (topic, recall_now) = weakest;
    let tomorrow: Vec<f64> = candidates
        .iter()
        .filter(|candidate| candidate.topic == topic.topic)
        .map(|candidate| candidate.state)
        .filter(|state| !state.suspended)
        .filter_map(|state| state.recall(&scheduler.model, today.plus(1)))
        .collect();
    Some(DecliningTopic {
        deck: deck.id.clone(),
        topic: topic.topic.clone(),
        name: topic.name.clone(),
        score: topic.score.clone(),
        recall_now,
        recall_tomorrow: tomorrow.iter().sum::<f64>() / tomorrow.len().max(1) as f64,
    })
}

/// An exam, and what its session goes by.
struct ExamContext<'a> {
    goal: &'a Goal,
    exams: &'a [ActiveGoal],
    budget: &'a TimeBudget,
    limits: StudyLimits,
    scheduler: &'a Scheduler,
    now: &'a Moment,
    longest_ms: u32,
}

impl ExamContext<'_> {
    fn today(&self, cards: &LibraryCards<'_>) -> ExamToday {
        let days = self.goal.days_left(self.now.day());
        if self.goal.is_over(self.now.day()) {
            return ExamToday::default();
        }
        let asked: Vec<usize> = (0..cards.candidates.len())
            .filter(|at| self.goal.covers(&cards.candidates[*at].key.deck, cards.candidates[*at].topic))
            .collect();
        let candidates: Vec<StudyCandidate<'_>> =
            asked.iter().map(|at| cards.candidates[*at].clone()).collect();
        let seconds: Vec<f64> = asked.iter().map(|at| self.budget.card_seconds[*at]).collect();
        let done = |at: &usize| {
            Some(DayProgress::of_card(cards.histories[*at].1?, self.now.day(), self.longest_ms).seconds)
        };
        let mut today =
            ExamToday { spent_seconds: asked.iter().filter_map(done).sum(), ..ExamToday::default() };
        if days > 0 {
            let clocked = TimeBudget { card_seconds: seconds, progress: self.budget.progress.clone() };
            let plan = plan_for_exams(
                &candidates,
                self.exams,
                self.limits,
                self.scheduler,
                self.now,
                Some(&clocked),
            );
            today.session = SessionWorkload::of(&plan, &candidates, &clocked.card_seconds);
            if days == 1 {
                let plan = self.weakest_plan(&candidates, &clocked.card_seconds);
                today.weakest_review = SessionWorkload::of(&plan, &candidates, &clocked.card_seconds);
            }
        } else {
            today.weakest_review =
                SessionWorkload::of(&self.weakest_plan(&candidates, &seconds), &candidates, &seconds);
        }
        today
    }

    fn weakest_plan(&self, candidates: &[StudyCandidate<'_>], seconds: &[f64]) -> StudyPlan {
        plan_weakest_review(candidates, seconds, &self.scheduler.model, self.now, WEAKEST_REVIEW_SECONDS)
    }
}

fn check_cancelled(cancel: &AtomicBool) -> Result<(), Cancelled> {
    if cancel.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
}
