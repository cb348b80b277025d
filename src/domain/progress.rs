//! The state that the whole event log folds to: a summary of every card. The events themselves stay in the log.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::card::CardState;
use super::day::StudyDay;
use super::event::{Change, DEFAULT_LONGEST_ANSWER_MS, Event};
use super::event_log::{EventLog, EventLogError, MemoryLog};
use super::history::{CardEvent, CardHistory, FoldOrder};
use super::ids::CardKey;
use super::memory::MemoryModel;
use super::rekey::RekeyLinks;
use super::summary::{CardSummary, SummaryRules};

/// Every card that has events; all other cards are new.
#[derive(Clone, Debug)]
pub struct Progress {
    cards: CardMap,
    pub(super) rekey_links: RekeyLinks,
    pub(super) log: Arc<dyn EventLog>,
    /// The greatest order stamp; `None` without events.
    newest_ms: Option<i64>,
    availability_changes: u64,
    event_count: usize,
    rules: SummaryRules,
}

impl Default for Progress {
    fn default() -> Self {
        Self::empty(Arc::new(MemoryLog::default()), &MemoryModel::default(), DEFAULT_LONGEST_ANSWER_MS)
    }
}

/// Summaries by card. The hasher is seeded, so that no deck can choose ids that collide, and about three times as fast as
/// the standard one.
pub type CardMap = HashMap<CardKey, CardSummary, foldhash::fast::RandomState>;

/// Events by the card for which they were logged, in the order in which they were stored.
pub(super) type LoggedEvents = HashMap<CardKey, Vec<CardEvent>>;

/// The state of a card without events.
static NEW_CARD: CardState = CardState {
    memory: None,
    phase: super::card::CardPhase::New,
    due: None,
    first_day: None,
    last_day: None,
    last_rating: None,
    streak_start: None,
    interval_days: 0,
    reviews: 0,
    lapses: 0,
    suspended: false,
    buried_until: None,
};

/// The histories that have to be folded again with some changes, read before these are written: what cannot be read
/// then is not changed.
#[derive(Debug, Default)]
pub struct NeededHistories(LoggedEvents);

/// What events change, see [`Progress::folded`]: to be written with them, and applied when that is done.
#[derive(Debug, Default)]
pub struct ProgressChange {
    events: Vec<Event>,
    cards: HashMap<CardKey, Option<CardSummary>>,
    links: Option<RekeyLinks>,
    decisions: Vec<Event>,
}

impl ProgressChange {
    /// The events.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The new summaries, in arbitrary order; `None` where nothing belongs to a card any more. Each event's card is among
    /// them.
    pub fn cards(&self) -> impl Iterator<Item = (&CardKey, Option<&CardSummary>)> {
        self.cards.iter().map(|(key, summary)| (key, summary.as_ref()))
    }

    /// Those of the events that decide which card is which, see [`StoredProgress::decisions`].
    pub fn decisions(&self) -> &[Event] {
        &self.decisions
    }
}

/// A fold that was kept, so that it need not be done again.
#[derive(Debug)]
pub struct StoredProgress {
    /// The summaries of all cards that have one.
    pub cards: CardMap,
    /// The events that decide which card is which: re-keys, rejected matches and their retractions, in any order.
    pub decisions: Vec<Event>,
    /// How many events of the log were folded, from its beginning.
    pub event_count: usize,
    /// An order stamp that none of these events exceeds; `None` without events.
    pub newest_ms: Option<i64>,
}

impl Progress {
    /// Folds a log in memory, with the default of the longest time that counts. The events may come in any order.
    pub fn from_events(events: impl IntoIterator<Item = Event>, model: &MemoryModel) -> Self {
        let log: MemoryLog = events.into_iter().collect();
        // A log in memory can always be read.
        Self::from_log(Arc::new(log), model, DEFAULT_LONGEST_ANSWER_MS).unwrap_or_default()
    }

    /// Folds a log. Of an answer that took longer, only `longest_ms` milliseconds count.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn from_log(
        log: Arc<dyn EventLog>,
        model: &MemoryModel,
        longest_ms: u32,
    ) -> Result<Self, EventLogError> {
        let until = log.event_count()?;
        Self::fold(log, until, model, longest_ms)
    }

    /// The log that it was made from.
    pub fn log(&self) -> &Arc<dyn EventLog> {
        &self.log
    }

    fn empty(log: Arc<dyn EventLog>, model: &MemoryModel, longest_ms: u32) -> Self {
        Self {
            cards: CardMap::default(),
            rekey_links: RekeyLinks::default(),
            log,
            newest_ms: None,
            availability_changes: 0,
            event_count: 0,
            rules: SummaryRules::new(model, longest_ms),
        }
    }

    /// Takes a fold that was kept and was made by the same rules.
    pub fn from_stored(stored: StoredProgress, log: Arc<dyn EventLog>, rules: SummaryRules) -> Self {
        let StoredProgress { cards, decisions, event_count, newest_ms } = stored;
        let mut rekey_links = RekeyLinks::default();
        let mut retractions: Vec<(CardKey, CardEvent)> = Vec::new();
        for event in decisions {
            let (key, event) = (event.card.clone(), CardEvent::from(event));
            match event.change {
                Change::Retract(_) => retractions.push((key, event)),
                _ => rekey_links.note(&key, &event),
            }
        }
        rekey_links.note_retractions(retractions);
        Self { cards, rekey_links, log, newest_ms, availability_changes: 0, event_count, rules }
    }

    /// Folds event by event in one pass. Only the cards whose events do not stand alone are collected.
    fn fold(
        log: Arc<dyn EventLog>,
        until: usize,
        model: &MemoryModel,
        longest_ms: u32,
    ) -> Result<Self, EventLogError> {
        let mut progress = Self::empty(log.clone(), model, longest_ms);
        let mut cards: Vec<FoldedCard> = Vec::new();
        let mut retractions: Vec<(CardKey, CardEvent)> = Vec::new();
        log.for_each(until, &mut |number, key, event| {
            progress.count(event.order_ms, &event.change);
            if matches!(event.change, Change::Retract(_)) {
                retractions.push((key.clone(), event.clone()));
            } else {
                progress.rekey_links.note(key, event);
            }
            while cards.len() <= number {
                cards.push(FoldedCard::default());
            }
            let card = &mut cards[number];
            card.key.get_or_insert_with(|| key.clone());
            let order = Some(event.fold_order());
            card.is_plain &= !event.change.is_amendment() && card.newest < order;
            card.newest = order;
            if card.is_plain {
                card.summary.push(event, model, longest_ms);
            }
            ControlFlow::Continue(())
        })?;
        // Events of later versions were skipped.
        progress.event_count = until;
        progress.rekey_links.note_retractions(retractions);
        let mut amended: HashSet<CardKey> = progress.rekey_links.keys().cloned().collect();
        for FoldedCard { key, summary, is_plain, .. } in cards {
            match key {
                Some(key) if is_plain && !progress.rekey_links.contains(&key) => {
                    progress.cards.insert(key, summary);
                }
                Some(key) => drop(amended.insert(key)),
                None => {}
            }
        }
        let logged = progress.logged_events(amended, until)?;
        let mut folded: HashSet<&CardKey> = HashSet::new();
        for key in logged.keys() {
            if !folded.contains(key) {
                let component = progress.rekey_links.component(key);
                let summaries = refold(&component, &progress.rekey_links, &logged, model, longest_ms);
                progress.replace(summaries);
                folded.extend(component.iter().filter_map(|key| Some(logged.get_key_value(key)?.0)));
            }
        }
        Ok(progress)
    }

    /// The events logged for each of the cards.
    fn logged_events(
        &self,
        cards: impl IntoIterator<Item = CardKey>,
        until: usize,
    ) -> Result<LoggedEvents, EventLogError> {
        let mut logged: LoggedEvents = cards.into_iter().map(|key| (key, Vec::new())).collect();
        if logged.is_empty() {
            return Ok(logged);
        }
        let keys: Vec<CardKey> = logged.keys().cloned().collect();
        for event in self.log.events_of(&keys, until)? {
            if let Some(events) = logged.get_mut(&event.card) {
                events.push(event.into());
            }
        }
        Ok(logged)
    }

    fn count(&mut self, order_ms: i64, change: &Change) {
        self.availability_changes += u64::from(changes_availability(change));
        self.event_count += 1;
        self.newest_ms = self.newest_ms.max(Some(order_ms));
    }

    /// Reads what [`Progress::folded`] needs for changes that are about to be written, each with the order stamp that it
    /// will get at least.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn prepare<'c>(
        &self,
        changes: impl IntoIterator<Item = (i64, &'c CardKey, &'c Change)>,
    ) -> Result<NeededHistories, EventLogError> {
        let mut newest_change_ms = i64::MIN;
        let mut needed: HashSet<CardKey> = HashSet::new();
        for (order_ms, card, change) in changes {
            // Of the same millisecond, the changes keep their order; against another log the id decides.
            let is_late =
                order_ms < newest_change_ms || self.newest_ms.is_some_and(|newest_ms| order_ms <= newest_ms);
            newest_change_ms = newest_change_ms.max(order_ms);
            let moves_progress = matches!(change, Change::Rekey { .. });
            if is_late || moves_progress || change.is_amendment() || self.rekey_links.contains(card) {
                let other = change.other_card().filter(|_| moves_progress);
                for key in [Some(card), other].into_iter().flatten() {
                    needed.extend(self.rekey_links.component(key));
                }
            }
        }
        Ok(NeededHistories(self.logged_events(needed, self.event_count)?))
    }

    /// What the next events of the log change. `needed` is what [`Progress::prepare`] read for all of them.
    pub fn folded(&self, events: Vec<Event>, needed: NeededHistories, model: &MemoryModel) -> ProgressChange {
        let longest_ms = self.rules.longest_ms;
        let NeededHistories(mut logged) = needed;
        let mut links = Cow::Borrowed(&self.rekey_links);
        let mut cards: HashMap<CardKey, Option<CardSummary>> = HashMap::new();
        let mut decisions = Vec::new();
        for event in &events {
            let (key, card_event) = (&event.card, CardEvent::from(event.clone()));
            if links.is_decision(&card_event) {
                links.to_mut().note(key, &card_event);
                decisions.push(event.clone());
            }
            if let Some(events) = logged.get_mut(key) {
                events.push(card_event);
                cards.extend(refold(&links.component(key), &links, &logged, model, longest_ms));
            } else {
                let summary = cards.entry(key.clone()).or_insert_with(|| self.cards.get(key).cloned());
                summary.get_or_insert_default().push(&card_event, model, longest_ms);
            }
        }
        let links = match links {
            Cow::Owned(links) => Some(links),
            Cow::Borrowed(_) => None,
        };
        ProgressChange { events, cards, links, decisions }
    }

    /// Applies what [`Progress::folded`] found, after the events were written.
    pub fn apply(&mut self, change: ProgressChange) {
        let ProgressChange { events, cards, links, decisions: _ } = change;
        for event in &events {
            self.log.note(event);
            self.count(event.order_ms, &event.change);
        }
        self.replace(cards);
        if let Some(links) = links {
            self.rekey_links = links;
        }
    }

    fn replace(&mut self, summaries: impl IntoIterator<Item = (CardKey, Option<CardSummary>)>) {
        for (key, summary) in summaries {
            match summary {
                Some(summary) => drop(self.cards.insert(key, summary)),
                None => drop(self.cards.remove(&key)),
            }
        }
    }

    /// The events of a card, read from the log; none for a card without events.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn history(&self, key: &CardKey) -> Result<CardHistory, EventLogError> {
        Ok(self.histories(std::slice::from_ref(key))?.pop().unwrap_or_default())
    }

    /// The events of some cards, in the order of the cards, read from the log at once.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn histories(&self, keys: &[CardKey]) -> Result<Vec<CardHistory>, EventLogError> {
        let with_links = keys.iter().flat_map(|key| self.rekey_links.component(key));
        let mut logged = self.logged_events(with_links, self.event_count)?;
        let mut moved: HashMap<CardKey, CardHistory> = HashMap::new();
        for key in keys.iter().filter(|key| self.rekey_links.contains(key)) {
            if !moved.contains_key(key) {
                let component = self.rekey_links.component(key);
                let by_owner = self.rekey_links.events_by_owner(&component, &logged);
                moved.extend(by_owner.into_iter().map(|(key, events)| (key, CardHistory::new(events))));
            }
        }
        let history = |key: &CardKey| {
            if self.rekey_links.contains(key) {
                return moved.remove(key).unwrap_or_default();
            }
            CardHistory::new(logged.remove(key).unwrap_or_default())
        };
        Ok(keys.iter().map(history).collect())
    }

    /// Whether the learner rejected the suggestion that the progress of one of these cards belongs to the
    /// other.
    pub fn is_match_rejected(&self, one: &CardKey, other: &CardKey) -> bool {
        self.rekey_links.is_match_rejected(one, other) || self.rekey_links.is_match_rejected(other, one)
    }

    /// Whether the learner undid that the progress of one of these cards moved to the other.
    pub fn was_rekey_retracted(&self, one: &CardKey, other: &CardKey) -> bool {
        self.rekey_links.was_retracted(one, other)
    }

    /// The card that an answer to this one belongs to now: the card itself if it `exists`, else the one
    /// that its progress moved to, following any number of re-keys that were not retracted.
    pub fn current_key<'a>(&'a self, key: &'a CardKey, exists: impl Fn(&CardKey) -> bool) -> &'a CardKey {
        self.rekey_links.current_key(key, exists)
    }

    /// Counts the events that may have changed which cards are available. A session that has filtered its
    /// cards need not do so again while this count and the study day stay the same.
    pub fn availability_changes(&self) -> u64 {
        self.availability_changes
    }

    /// The longest time that counts for one answer, in milliseconds; all sums of answer times use it.
    pub fn longest_answer_ms(&self) -> u32 {
        self.rules.longest_ms
    }

    /// The rules by which the summaries were made.
    pub fn rules(&self) -> &SummaryRules {
        &self.rules
    }

    /// The number of events in the log.
    pub fn event_count(&self) -> usize {
        self.event_count
    }

    /// What is known of a card; `None` for a card without events.
    pub fn summary(&self, key: &CardKey) -> Option<&CardSummary> {
        self.cards.get(key)
    }

    /// A card's state; the state of a new card when it has no events.
    pub fn state(&self, key: &CardKey) -> &CardState {
        self.cards.get(key).map_or(&NEW_CARD, |summary| &summary.state)
    }

    /// Whether a card has any progress; see [`CardSummary::has_progress`].
    pub fn has_progress(&self, key: &CardKey) -> bool {
        self.cards.get(key).is_some_and(CardSummary::has_progress)
    }

    /// Every card with events, in arbitrary order.
    pub fn cards(&self) -> impl ExactSizeIterator<Item = (&CardKey, &CardSummary)> {
        self.cards.iter()
    }

    /// Every event that decides which card is which, in arbitrary order.
    pub fn decisions(&self) -> impl Iterator<Item = Event> {
        self.rekey_links.decisions()
    }

    /// Every card that a re-key named, in arbitrary order: it may have a summary without events of its own.
    pub fn moved_cards(&self) -> impl Iterator<Item = &CardKey> {
        self.rekey_links.keys()
    }

    /// How many cards of all decks were first answered on that day.
    pub fn introduced_on(&self, day: StudyDay) -> usize {
        self.cards.values().filter(|summary| summary.state.first_day == Some(day)).count()
    }
}

/// Folds again a card and all cards that re-keys connect it to: a whole [`RekeyLinks::component`].
fn refold(
    component: &[CardKey],
    links: &RekeyLinks,
    logged: &LoggedEvents,
    model: &MemoryModel,
    longest_ms: u32,
) -> Vec<(CardKey, Option<CardSummary>)> {
    if let [key] = component
        && !links.contains(key)
    {
        let events = logged.get(key).cloned().unwrap_or_default();
        let summary = CardSummary::of(&CardHistory::new(events), model, longest_ms);
        return vec![(key.clone(), Some(summary))];
    }
    let mut by_owner = links.events_by_owner(component, logged);
    let summary = |key: &CardKey| {
        let mut summary = CardSummary::of(&CardHistory::new(by_owner.remove(key)?), model, longest_ms);
        summary.needs_history = true;
        Some(summary)
    };
    component.iter().cloned().zip(component.iter().map(summary)).collect()
}

/// A card while the log is folded.
struct FoldedCard {
    key: Option<CardKey>,
    summary: CardSummary,
    newest: Option<FoldOrder>,
    /// Whether its events so far stand alone, in fold order.
    is_plain: bool,
}

impl Default for FoldedCard {
    fn default() -> Self {
        Self { key: None, summary: CardSummary::default(), newest: None, is_plain: true }
    }
}

/// Whether it may change which cards are available, in either direction.
fn changes_availability(change: &Change) -> bool {
    !matches!(change, Change::Answer(_) | Change::Rate { .. })
}
