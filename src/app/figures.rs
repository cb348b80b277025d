//! What Today and Scores show, computed once after every change.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Settings;
use super::sure::{self, TopicMistakes};
use crate::domain::card::Card;
use crate::domain::day::{Moment, StudyDay};
use crate::domain::effort::{self, ANSWERS_OF_A_REVIEW, Pace};
use crate::domain::event::Due;
use crate::domain::goal::Goal;
use crate::domain::goal::sitting::{Sitting, WEAKEST_SECONDS, weakest, whole_minutes};
use crate::domain::goal::today::{Clocked, Done, Followed, plan_towards};
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::domain::question::Answer;
use crate::domain::queue::{Candidate, Limits, Plan, is_due};
use crate::domain::schedule::Scheduler;
use crate::domain::score::subjects::Cancelled;
use crate::domain::score::{self, CardOfTopic, Score, TopicScore};
use crate::library::{Library, LoadedDeck};

/// Cards seen that make a topic worth naming as slipping.
const SLIPPING_LEAST_CARDS: usize = 3;
/// Cards between two looks at whether the figures are still wanted.
const CARDS_BETWEEN_LOOKS: usize = 64;
/// Recall below which a topic is slipping.
const SLIPPING_RECALL: f64 = 0.9;

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
    pub left_for_later: usize,
    /// New cards that exist at all.
    pub new_available: usize,
    /// Cards that will be due tomorrow, if all of today's are done: buried ones and waiting siblings too.
    pub due_tomorrow: usize,
    /// Every card of every deck together: what is known today, what is being learned.
    pub total: Score,
    /// Answers given today, practice left out.
    pub answers_today: usize,
    /// Seconds an answer takes.
    pub seconds_an_answer: f64,
    /// Seconds that today's session is expected to take.
    pub seconds: f64,
    /// For each of the settings' exams what there is to study for it today.
    pub exams: Vec<ExamToday>,
    /// When the soonest timed card comes back, in UTC milliseconds.
    pub next_learning_ms: Option<i64>,
    /// In the library's order.
    pub decks: Vec<DeckFigures>,
    /// The weakest topic, if one is slipping.
    pub slipping: Option<Slipping>,
    /// Answers that the learner was sure of, that were wrong and were not put right since: topics that have some,
    /// in the library's order.
    pub sure_but_wrong: Vec<TopicMistakes>,
}

/// What there is to study for an exam today.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExamToday {
    /// The session that studying for it begins; nothing once its day has come.
    pub sitting: Sitting,
    /// Going through the weakest once more; nothing until the day before it.
    pub weakest: Sitting,
    /// Seconds studied for it today.
    pub spent: f64,
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
pub struct Slipping {
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
        let pace = Pace::of(progress, today, || !cancel.load(Ordering::Relaxed)).ok_or(Cancelled)?;
        let (seconds_an_answer, answers_today) = (pace.seconds, pace.answers_today);
        let new_left = (settings.new_cards_a_day as usize).saturating_sub(progress.introduced_on(today));
        let mut figures = Self { day: today, seconds_an_answer, answers_today, ..Self::default() };
        let limits = Limits {
            new_cards: new_left,
            reviews: settings.minutes_a_day.map(|minutes| figures.cards_left_in(minutes)),
            again_today: false,
        };
        let cards = Cards::of(decks, progress, cancel)?;
        let exams = Followed::all(&settings.goals, scheduler, today);
        let takes = |(card, answer): (&Candidate<'_>, &&Answer)| {
            seconds_an_answer * effort::answers(card.state, answer, model, today)
        };
        let clocked = Clocked {
            seconds: cards.candidates.iter().zip(&cards.answers).map(takes).collect(),
            done: Done::on(
                today,
                &exams,
                cards.candidates.iter().map(|card| (&card.key, card.topic)),
                progress,
            ),
        };
        let plan = plan_towards(&cards.candidates, &exams, limits, scheduler, now, Some(&clocked));
        figures.seconds = Sitting::of(&plan, &cards.candidates, &clocked.seconds).seconds;
        let longest_ms = progress.longest_answer_ms();
        for goal in &settings.goals {
            go_on(cancel)?;
            let of_goal = Exam { goal, exams: &exams, clocked: &clocked, limits, scheduler, now, longest_ms };
            figures.exams.push(of_goal.today(&cards));
        }
        figures.to_review = plan.reviews + plan.learning.len();
        let is_overdue = |key: &&CardKey| is_due(progress.state(key), StudyDay(today.0 - 1));
        figures.overdue = plan.queue.iter().filter(is_overdue).count();
        figures.to_learn = plan.new_cards;
        figures.left_for_later = plan.left_for_later;
        figures.next_learning_ms = plan.learning.first().and_then(|key| match progress.state(key).due {
            Some(Due::At(ms)) => Some(ms),
            _ => None,
        });

        let tomorrow = today.plus(1);
        let today_keys: HashSet<&CardKey> = plan.queue.iter().chain(&plan.learning).collect();
        let mut slipping: Option<Slipping> = None;
        let mut total = Score::default();
        for (loaded, range) in decks.iter().zip(&cards.of_deck) {
            let deck = &loaded.deck;
            go_on(cancel)?;
            let candidates = &cards.candidates[range.clone()];
            let histories = &cards.histories[range.clone()];
            let each = candidates.iter().zip(histories).map(|(card, (blind_chance, history))| CardOfTopic {
                topic: card.topic,
                blind_chance: *blind_chance,
                state: card.state,
                card: *history,
            });
            let topics = score::topics_of(deck, each, model, today);
            let known =
                candidates.iter().zip(histories).filter_map(|(card, history)| Some((card, history.1?)));
            figures.sure_but_wrong.extend(sure::of_deck(deck, known));
            let deck_total = score::total(&topics);
            let of_deck = |key: &&CardKey| key.deck == deck.id;
            let planned: Vec<_> = plan.queue.iter().chain(&plan.learning).filter(of_deck).collect();
            let to_learn = planned.iter().filter(|key| progress.state(key).memory.is_none()).count();
            for Candidate { key, state, .. } in candidates {
                let due_tomorrow = is_due(state, tomorrow) && state.is_askable(tomorrow);
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
        figures.slipping = slipping;
        Ok(figures)
    }

    /// Minutes that today's session takes, rounded up.
    pub fn minutes(&self) -> u32 {
        whole_minutes(self.seconds)
    }

    /// How many cards still fit into some minutes of this day, with the repeats of what was forgotten. What those
    /// repeats did not take in the end is no reason to begin again.
    pub fn cards_left_in(&self, minutes: u32) -> usize {
        let answers = (f64::from(minutes) * 60.0 / self.seconds_an_answer.max(1.0)).floor();
        let left = answers - self.answers_today as f64;
        if left <= answers * (ANSWERS_OF_A_REVIEW - 1.0) {
            return 0;
        }
        (left / ANSWERS_OF_A_REVIEW) as usize
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
struct Cards<'a> {
    candidates: Vec<Candidate<'a>>,
    /// Of each candidate: the chance of a blind hit, and its history, if it has one.
    histories: Vec<(f64, Option<&'a Card>)>,
    /// Of each candidate what is to be answered.
    answers: Vec<&'a Answer>,
    /// Where the cards of each deck are.
    of_deck: Vec<Range<usize>>,
}

impl<'a> Cards<'a> {
    fn of(decks: &'a [LoadedDeck], progress: &'a Progress, cancel: &AtomicBool) -> Result<Self, Cancelled> {
        let count = decks.iter().map(|loaded| loaded.deck.questions.len()).sum();
        let mut cards = Self {
            candidates: Vec::with_capacity(count),
            histories: Vec::with_capacity(count),
            answers: Vec::with_capacity(count),
            of_deck: Vec::new(),
        };
        for loaded in decks {
            let begin = cards.candidates.len();
            for (key, index) in loaded.deck.cards() {
                if cards.candidates.len().is_multiple_of(CARDS_BETWEEN_LOOKS) {
                    go_on(cancel)?;
                }
                let history = progress.card(&key);
                let state = history.map_or_else(|| progress.state(&key), Card::state);
                let topic = loaded.deck.questions[index].topic.as_str();
                cards.candidates.push(Candidate { topic, state, key });
                let answer = &loaded.deck.questions[index].answer;
                cards.histories.push((answer.blind_chance(), history));
                cards.answers.push(answer);
            }
            cards.of_deck.push(begin..cards.candidates.len());
        }
        Ok(cards)
    }
}

fn weakest_topic(
    deck: &crate::domain::deck::Deck,
    topics: &[TopicScore],
    candidates: &[Candidate<'_>],
    scheduler: &Scheduler,
    today: StudyDay,
) -> Option<Slipping> {
    let weakest = topics
        .iter()
        .filter(|topic| topic.score.remembered >= SLIPPING_LEAST_CARDS)
        .filter_map(|topic| Some((topic, topic.score.recall_now()?)))
        .filter(|(_, recall)| *recall < SLIPPING_RECALL)
        .min_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let (topic, recall_now) = weakest;
    let tomorrow: Vec<f64> = candidates
        .iter()
        .filter(|candidate| candidate.topic == topic.topic)
        .map(|candidate| candidate.state)
        .filter(|state| !state.suspended)
        .filter_map(|state| state.recall(&scheduler.model, today.plus(1)))
        .collect();
    Some(Slipping {
        deck: deck.id.clone(),
        topic: topic.topic.clone(),
        name: topic.name.clone(),
        score: topic.score.clone(),
        recall_now,
        recall_tomorrow: tomorrow.iter().sum::<f64>() / tomorrow.len().max(1) as f64,
    })
}

/// An exam, and what its session goes by.
struct Exam<'a> {
    goal: &'a Goal,
    exams: &'a [Followed],
    clocked: &'a Clocked,
    limits: Limits,
    scheduler: &'a Scheduler,
    now: &'a Moment,
    longest_ms: u32,
}

impl Exam<'_> {
    fn today(&self, cards: &Cards<'_>) -> ExamToday {
        let days = self.goal.days_left(self.now.day());
        if self.goal.is_over(self.now.day()) {
            return ExamToday::default();
        }
        let asked: Vec<usize> = (0..cards.candidates.len())
            .filter(|at| self.goal.covers(&cards.candidates[*at].key.deck, cards.candidates[*at].topic))
            .collect();
        let candidates: Vec<Candidate<'_>> = asked.iter().map(|at| cards.candidates[*at].clone()).collect();
        let seconds: Vec<f64> = asked.iter().map(|at| self.clocked.seconds[*at]).collect();
        let done = |at: &usize| {
            Some(Done::of_card(cards.histories[*at].1?, self.now.day(), self.longest_ms).seconds)
        };
        let mut today = ExamToday { spent: asked.iter().filter_map(done).sum(), ..ExamToday::default() };
        if days > 0 {
            let clocked = Clocked { seconds, done: self.clocked.done.clone() };
            let plan =
                plan_towards(&candidates, self.exams, self.limits, self.scheduler, self.now, Some(&clocked));
            today.sitting = Sitting::of(&plan, &candidates, &clocked.seconds);
            if days == 1 {
                let plan = self.weakest(&candidates, &clocked.seconds);
                today.weakest = Sitting::of(&plan, &candidates, &clocked.seconds);
            }
        } else {
            today.weakest = Sitting::of(&self.weakest(&candidates, &seconds), &candidates, &seconds);
        }
        today
    }

    fn weakest(&self, candidates: &[Candidate<'_>], seconds: &[f64]) -> Plan {
        weakest(candidates, seconds, &self.scheduler.model, self.now, WEAKEST_SECONDS)
    }
}

fn go_on(cancel: &AtomicBool) -> Result<(), Cancelled> {
    if cancel.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
}
