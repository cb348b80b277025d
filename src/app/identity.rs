//! Progress follows its questions over edits of the decks: what is certain moves at once and can be undone, what is
//! not is put to the learner.
//!
//! What the learner refused is in the log ([`Change::KeepApart`]), and so is a move that was taken back: neither is
//! brought up again, on no machine.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{App, words};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::event::Change;
use crate::domain::identity::{self, Gone, Known, Move, Moves, Orphan, QuestionKey, Unclear};
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::library::Library;

/// What is known of questions that are gone.
#[derive(Debug, Default)]
pub(super) struct Identity {
    /// Everything asked since the start; what was answered is not open, until that is undone.
    asked: Vec<OpenMove>,
    gone: Vec<Gone>,
    /// By id, the decks as they were before what was asked.
    before: HashMap<Arc<str>, Arc<Deck>>,
}

/// Something to ask the learner: whether, and where to, progress moves whose question is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenMove {
    /// Its name in commands.
    pub number: u64,
    /// The question to the learner.
    pub words: String,
    /// What can be chosen, the likeliest first; beside them there is always keeping apart.
    pub choices: Vec<Choice>,
    /// The cards whose progress it is about.
    cards: Vec<CardKey>,
}

/// One way to answer an [`OpenMove`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The question that would get the progress, or how many would.
    pub label: String,
    /// What would move.
    pub moves: Vec<Move>,
}

/// The cards with progress, by question.
type Cards = HashMap<QuestionKey, Vec<CardKey>>;

impl App {
    /// Compares the decks in use with those of before: moves what is certain, tells of it, and keeps what is to be
    /// asked. Without any before, only what questions say of their former keys counts.
    pub fn compare_with(&mut self, before: &[Arc<Deck>], now: &Moment) {
        if !self.store.is_writable() {
            return;
        }
        let after = self.decks_in_use(before);
        let after: Vec<&Deck> = after.iter().map(Arc::as_ref).collect();
        let before_decks: Vec<&Deck> = before.iter().map(Arc::as_ref).collect();
        let found: OnceCell<Cards> = OnceCell::new();
        let cards = || found.get_or_init(|| cards_with_progress(&self.progress));
        // Cards of the session have a place to lose, if no progress yet.
        let in_session: HashSet<QuestionKey> =
            self.study.iter().flat_map(|study| study.session().cards()).map(QuestionKey::of).collect();
        let asked: Option<QuestionKey> =
            self.study.as_ref().and_then(|study| study.asked()).map(|asked| QuestionKey::of(&asked.key));
        let known = Known {
            has_progress: &|key| {
                in_session.contains(key) || asked.as_ref() == Some(key) || cards().contains_key(key)
            },
            are_kept_apart: &|from, to| {
                cards().get(from).into_iter().flatten().any(|card| {
                    let other = to.card(card.facet.clone());
                    self.progress.are_kept_apart(card, &other)
                        || self.progress.was_move_taken_back(card, &other)
                })
            },
        };
        let Moves { certain, gaps, unclear, gone } =
            identity::moves(&before_decks, &after, &self.identity.gone, &known);
        self.identity.forget_what_is_settled(&after);
        if certain.is_empty() && gaps.is_empty() && unclear.is_empty() && gone.is_empty() {
            self.identity.gone.clear();
            return;
        }
        let cards = found.into_inner().unwrap_or_else(|| cards_with_progress(&self.progress));
        self.identity.gone = gone.into_iter().filter(|gone| cards.contains_key(&gone.key)).collect();
        self.move_what_is_certain(before, &certain, &gaps, &cards, now);
        for unclear in unclear {
            self.ask_about(before, unclear, &cards);
        }
    }

    /// What moves the progress of a question whose key its author changed.
    pub(super) fn moves_along(&self, from: QuestionKey, to: QuestionKey) -> Vec<(CardKey, Change)> {
        let cards = cards_with_progress(&self.progress);
        let moved = pairs(&[Move { from, to }], &cards).into_iter();
        moved.map(|(card, to)| (card, Change::Rekey { to })).collect()
    }

    /// What is to be asked about progress whose question is gone.
    pub fn open_moves(&self) -> impl Iterator<Item = &OpenMove> {
        self.identity.asked.iter().filter(|asked| {
            let has_progress = |card: &&CardKey| self.progress.card(card).is_some_and(identity::has_progress);
            // All of its cards move, or are refused, together: the first that is left speaks for them.
            asked.cards.iter().find(has_progress).is_some_and(|card| !self.is_refused(asked, card))
        })
    }

    /// The decks to compare with at the next start: as they are, and where something is still to be asked, as they
    /// were before it.
    pub fn known_decks(&self) -> Vec<Arc<Deck>> {
        let open: HashSet<&Arc<str>> = self
            .open_moves()
            .flat_map(|asked| &asked.choices)
            .flat_map(|choice| &choice.moves)
            .map(|pair| &pair.from.deck)
            .collect();
        let mut known: Vec<Arc<Deck>> =
            self.identity.before.values().filter(|deck| open.contains(&deck.id)).cloned().collect();
        known.sort_by(|one, other| one.id.cmp(&other.id));
        let as_they_are = self.library.decks().iter().filter(|loaded| {
            !open.contains(&loaded.deck.id) || !self.identity.before.contains_key(&loaded.deck.id)
        });
        known.extend(as_they_are.map(|loaded| loaded.deck.clone()));
        known
    }

    /// Progress whose question no deck has now; it is kept.
    pub fn orphans(&self) -> Vec<Orphan> {
        orphans(&self.library, &self.progress)
    }

    /// Moves the progress of one deck to the questions of the same ids in another one, its copy; how many questions
    /// that were. What the copy has already is kept beside it.
    pub fn carry_progress(&mut self, from_deck: &str, to_deck: &str, now: &Moment) -> usize {
        let Some(copy) = self.library.deck(to_deck).map(|loaded| loaded.deck.clone()) else { return 0 };
        let cards = cards_with_progress(&self.progress);
        let moves: Vec<Move> = copy
            .questions
            .iter()
            .map(|question| Move {
                from: QuestionKey { deck: from_deck.into(), question: question.id.clone() },
                to: QuestionKey { deck: copy.id.clone(), question: question.id.clone() },
            })
            .filter(|pair| pair.from != pair.to && cards.contains_key(&pair.from))
            .collect();
        let count = words::count(moves.len(), "question");
        let doing = format!("carrying the progress of {count} over to “{}”", copy.title);
        if !self.commit_moves(doing, pairs(&moves, &cards), now) {
            return 0;
        }
        if !moves.is_empty() {
            self.tell(format!("Progress of {count} goes on in “{}”. Ctrl Z undoes.", copy.title));
        }
        moves.len()
    }

    pub(super) fn move_progress(&mut self, asked: u64, choice: usize, now: &Moment) {
        let open = self.open_moves().find(|open| open.number == asked);
        let Some(choice) = open.and_then(|open| open.choices.get(choice)).cloned() else { return };
        let cards = cards_with_progress(&self.progress);
        let words = moved_words(choice.moves.len(), &choice.label);
        if self.commit_moves(words, pairs(&choice.moves, &cards), now) {
            self.tell("The progress goes on under the new question. Ctrl Z undoes.");
        }
    }

    pub(super) fn keep_apart(&mut self, asked: u64, now: &Moment) {
        let Some(open) = self.open_moves().find(|open| open.number == asked).cloned() else { return };
        let cards = cards_with_progress(&self.progress);
        let changes = open
            .choices
            .iter()
            .flat_map(|choice| pairs(&choice.moves, &cards))
            .map(|(card, other)| (card, Change::KeepApart { other }))
            .collect();
        if self.write_group("keeping progress and new questions apart", changes, now) {
            self.tell("Kept apart. What was learned stays, in case its question comes back.");
        }
    }

    /// The decks to compare: one that has faults, or that cannot be read for now, counts as it was.
    fn decks_in_use(&self, before: &[Arc<Deck>]) -> Vec<Arc<Deck>> {
        let problems = self.library.problems();
        let mut decks: Vec<Arc<Deck>> = self
            .library
            .decks()
            .iter()
            .map(|loaded| {
                let has_faults = problems.iter().any(|problem| problem.origin == loaded.origin);
                let as_it_was = before.iter().find(|deck| has_faults && deck.id == loaded.deck.id);
                as_it_was.unwrap_or(&loaded.deck).clone()
            })
            .collect();
        // Which of the missing decks is in a file that cannot be read, nobody knows.
        let some_are_missing = problems
            .iter()
            .any(|problem| !self.library.decks().iter().any(|loaded| loaded.origin == problem.origin));
        if some_are_missing {
            let missing = before.iter().filter(|deck| self.library.deck(&deck.id).is_none());
            decks.extend(missing.cloned());
        }
        decks
    }

    fn move_what_is_certain(
        &mut self,
        before: &[Arc<Deck>],
        certain: &[Move],
        gaps: &[(CardKey, CardKey)],
        cards: &Cards,
        now: &Moment,
    ) {
        let mut changed = pairs(certain, cards);
        let questions: Vec<&Move> = certain.iter().filter(|pair| cards.contains_key(&pair.from)).collect();
        let gaps: Vec<&(CardKey, CardKey)> = gaps
            .iter()
            .filter(|(from, to)| {
                self.progress.card(from).is_some_and(identity::has_progress)
                    && !self.progress.card(to).is_some_and(identity::has_progress)
                    && !self.progress.are_kept_apart(from, to)
                    && !self.progress.was_move_taken_back(from, to)
            })
            .collect();
        changed.extend(gaps.iter().map(|pair| (*pair).clone()));
        let moved = questions.len() + gaps.len();
        let to: Option<QuestionKey> =
            questions.first().map(|pair| pair.to.clone()).or(gaps.first().map(|(_, to)| QuestionKey::of(to)));
        let name =
            to.and_then(|to| self.prompt(&to)).map(|prompt| words::excerpt(&prompt)).unwrap_or_default();
        if !self.commit_moves(moved_words(moved, &name), changed, now) {
            return;
        }
        // Those without progress yet keep their place in the session.
        self.rename(&moved_keys(certain));
        let were_there = |pair: &&&Move| before.iter().any(|deck| deck.id == pair.from.deck);
        let told = match (moved, questions.iter().filter(were_there).count() + gaps.len()) {
            (0, _) => return,
            (1, 1) => format!("Progress of “{name}” moved along with its new wording. Ctrl Z undoes."),
            (1, _) => format!("Progress of “{name}” was found under its former name. Ctrl Z undoes."),
            _ => format!("Progress of {moved} questions moved along with their new wording. Ctrl Z undoes."),
        };
        self.tell_too(told);
    }

    fn ask_about(&mut self, before: &[Arc<Deck>], unclear: Unclear, cards: &Cards) {
        let title = |id: &str| {
            let old = before.iter().find(|deck| *deck.id == *id);
            let new = self.library.deck(id).map(|loaded| &loaded.deck);
            new.or(old).map_or_else(|| id.to_owned(), |deck| deck.title.clone())
        };
        let (words, choices) = match unclear {
            Unclear::Elsewhere { from, to, mut moves } => {
                moves.retain(|pair| cards.contains_key(&pair.from));
                let count = words::count(moves.len(), "question");
                let seem = if moves.len() == 1 { "seems" } else { "seem" };
                let words =
                    format!("{count} {seem} to have moved from “{}” to “{}”.", title(&from), title(&to));
                let label = format!("{count} of “{}”", title(&to));
                (words, vec![Choice { label, moves }])
            }
            Unclear::Reworded { from, candidates } => {
                let choices = candidates.into_iter().map(|to| {
                    let label =
                        self.prompt(&to).map_or_else(|| to.to_string(), |prompt| words::excerpt(&prompt));
                    Choice { label, moves: vec![Move { from: from.clone(), to }] }
                });
                let choices: Vec<Choice> = choices.filter(|_| cards.contains_key(&from)).collect();
                let old = before
                    .iter()
                    .filter(|deck| deck.id == from.deck)
                    .find_map(|deck| deck.questions.iter().find(|question| question.id == from.question));
                let name = old.map_or_else(|| from.question.to_string(), |old| words::excerpt(&old.prompt));
                (
                    format!("“{name}” is gone from “{}”. Is this what became of it?", title(&from.deck)),
                    choices,
                )
            }
        };
        if choices.iter().all(|choice| choice.moves.is_empty()) {
            return;
        }
        for pair in choices.iter().flat_map(|choice| &choice.moves) {
            if let Some(deck) = before.iter().find(|deck| deck.id == pair.from.deck) {
                self.identity.before.entry(deck.id.clone()).or_insert_with(|| deck.clone());
            }
        }
        let number = self.identity.asked.last().map_or(1, |asked| asked.number + 1);
        let mut cards: Vec<CardKey> = choices
            .iter()
            .flat_map(|choice| &choice.moves)
            .filter_map(|pair| cards.get(&pair.from))
            .flatten()
            .cloned()
            .collect();
        cards.sort_unstable();
        cards.dedup();
        self.identity.asked.push(OpenMove { number, words, choices, cards });
    }

    /// Moves progress from card to card as one deed, and the session with it.
    fn commit_moves(&mut self, words: String, pairs: Vec<(CardKey, CardKey)>, now: &Moment) -> bool {
        let changes =
            pairs.iter().map(|(from, to)| (from.clone(), Change::Rekey { to: to.clone() })).collect();
        if !self.write_group(words, changes, now) {
            return false;
        }
        let new: HashMap<CardKey, CardKey> = pairs.into_iter().collect();
        self.rename(&|key| new.get(key).cloned());
        true
    }

    pub(super) fn rename(&mut self, new_key: &dyn Fn(&CardKey) -> Option<CardKey>) {
        self.undo.rename(new_key);
        self.rename_in_study(new_key);
    }

    /// Says something beside what is said already, if that is a problem.
    fn tell_too(&mut self, text: String) {
        match self.notice.take().filter(|notice| notice.is_problem) {
            Some(problem) => self.tell_problem(format!("{} {text}", problem.text)),
            None => self.tell(text),
        }
    }

    fn is_refused(&self, asked: &OpenMove, card: &CardKey) -> bool {
        let from = QuestionKey::of(card);
        let moves = asked.choices.iter().flat_map(|choice| &choice.moves);
        moves
            .filter(|pair| pair.from == from)
            .any(|pair| self.progress.are_kept_apart(card, &pair.to.card(card.facet.clone())))
    }

    fn prompt(&self, question: &QuestionKey) -> Option<String> {
        let deck = &self.library.deck(&question.deck)?.deck;
        let question = deck.questions.iter().find(|other| other.id == question.question)?;
        Some(question.prompt.clone())
    }
}

impl Identity {
    /// Drops what was asked of questions that are there again, and choices that are there no more.
    fn forget_what_is_settled(&mut self, decks: &[&Deck]) {
        if self.asked.is_empty() {
            return;
        }
        let in_use: HashSet<(&str, &str)> = decks
            .iter()
            .flat_map(|deck| deck.questions.iter().map(|question| (&*deck.id, &*question.id)))
            .collect();
        let is_in_use = |key: &QuestionKey| in_use.contains(&(&*key.deck, &*key.question));
        for asked in &mut self.asked {
            for choice in &mut asked.choices {
                choice.moves.retain(|pair| !is_in_use(&pair.from) && is_in_use(&pair.to));
            }
            asked.choices.retain(|choice| !choice.moves.is_empty());
        }
        self.asked.retain(|asked| !asked.choices.is_empty());
    }
}

/// Progress whose question no deck of a library has.
pub fn orphans(library: &Library, progress: &Progress) -> Vec<Orphan> {
    let in_use: HashSet<(&str, &str)> = library
        .decks()
        .iter()
        .flat_map(|loaded| loaded.deck.questions.iter().map(|question| (&*loaded.deck.id, &*question.id)))
        .collect();
    identity::orphans(progress, |key| in_use.contains(&(&*key.deck, &*key.question)))
}

fn cards_with_progress(progress: &Progress) -> Cards {
    let mut cards: Cards = HashMap::new();
    for (key, _) in progress.cards().filter(|(_, card)| identity::has_progress(card)) {
        cards.entry(QuestionKey::of(key)).or_default().push(key.clone());
    }
    for cards in cards.values_mut() {
        cards.sort_unstable();
    }
    cards
}

/// Every card with progress of the questions that move, with its new key. Sides that the new question does not ask
/// go along: the kind may be changed back.
fn pairs(moves: &[Move], cards: &Cards) -> Vec<(CardKey, CardKey)> {
    let with = |pair: &Move| {
        let to = pair.to.clone();
        let cards = cards.get(&pair.from).into_iter().flatten().cloned();
        cards.map(move |card| (card.clone(), to.card(card.facet))).collect::<Vec<_>>()
    };
    moves.iter().flat_map(with).collect()
}

/// The new key of a card whose question moved.
fn moved_keys(moves: &[Move]) -> impl Fn(&CardKey) -> Option<CardKey> {
    let to: HashMap<QuestionKey, QuestionKey> =
        moves.iter().map(|pair| (pair.from.clone(), pair.to.clone())).collect();
    move |card| to.get(&QuestionKey::of(card)).map(|to| to.card(card.facet.clone()))
}

fn moved_words(count: usize, name: &str) -> String {
    match count {
        1 => format!("moving progress to “{name}”"),
        _ => format!("moving progress of {count} questions"),
    }
}
