//! A learner at the program: a folder, a clock that only the test moves, and a deck of every kind.

use std::collections::HashMap;
use std::path::Path;

use linchpin::app::command::{Scope, Take};
use linchpin::app::study::{Asked, Place, Stage};
use linchpin::app::{App, Command, Dirs};
use linchpin::domain::card::CardState;
use linchpin::domain::day::Moment;
use linchpin::domain::event::{Change, Event, Review};
use linchpin::domain::grade::right_answer;
use linchpin::domain::ids::{CardKey, Facet};
use linchpin::domain::progress::Progress;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::{Form, Response};
use linchpin::store::Store;
use tempfile::TempDir;

use crate::learner::{MINUTE, days_later, later, morning};

pub const KINDS: &str = r#"Deck(format: 1, id: "kinds", title: "Kinds", topics: {"one": "One", "two": "Two"}, questions: [
    (id: "typed", topic: "one", prompt: "Type it.", answer: Typed(["Busan"]), hint: "A harbour."),
    (id: "number", topic: "one", prompt: "Which year?", answer: Number(1953)),
    (id: "date", topic: "one", prompt: "Which day?", answer: Date("2023-04-26")),
    (id: "bool", topic: "one", prompt: "It is so.", answer: Bool(true)),
    (id: "choice", topic: "one", prompt: "Which one?", answer: Choice(right: "NCG", wrong: ["one", "two", "three"]),
     typed: ["NCG"]),
    (id: "choices", topic: "two", prompt: "Which ones?", answer: Choices(right: ["a", "b"], wrong: ["c", "d"])),
    (id: "cloze", topic: "two", prompt: "The {{treaty}} holds.", answer: Cloze),
    (id: "order", topic: "two", prompt: "In order.", answer: Order(["first", "second", "third"])),
    (id: "match", topic: "two", prompt: "Pairs.", answer: Match([("a", "1"), ("b", "2"), ("c", "3")])),
    (id: "sort", topic: "two", prompt: "Bins.", answer: Sort({"x": ["1", "2"], "y": ["3"]})),
    (id: "recall", topic: "two", prompt: "Think.", answer: Recall("back")),
])"#;

pub struct Desk {
    pub app: App,
    pub now: Moment,
    folder: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("decks")).expect("a folder");
        std::fs::write(folder.path().join("decks/kinds.ron"), KINDS).expect("a file");
        let now = morning();
        let app = App::open(Dirs::in_folder(folder.path()), &now).expect("an empty folder");
        assert_eq!(app.library().problems(), []);
        Self { app, now, folder }
    }

    /// A session over the deck of every kind.
    pub fn studying() -> Self {
        let mut desk = Self::new();
        desk.start(kinds(), Take::Today);
        desk
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Closes the program and opens it again.
    pub fn reopen(self) -> Self {
        let Self { app, now, folder } = self;
        drop(app);
        let app = App::open(Dirs::in_folder(folder.path()), &now).expect("what was there");
        Self { app, now, folder }
    }

    /// Another program saves a deck file, of which this one does not know yet.
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder().join("decks").join(name), text).expect("a file");
    }

    /// Loads the decks again, a second later.
    pub fn reload(&mut self) {
        self.now = later(&self.now, 1_000);
        self.app.reload_decks(&self.now);
    }

    /// Another program saves a deck file, and this one loads it.
    pub fn save(&mut self, name: &str, text: &str) {
        self.write(name, text);
        self.reload();
    }

    /// The card of a question, by its number in the deck.
    pub fn card(&self, deck: &str, nth: usize) -> CardKey {
        let deck = &self.app.library().deck(deck).expect("a deck").deck;
        CardKey::new(deck.id.clone(), deck.questions[nth].id.clone(), Facet::Front)
    }

    /// A command, three seconds later.
    pub fn apply(&mut self, command: Command) {
        self.now = later(&self.now, 3_000);
        self.app.apply(command, &self.now);
    }

    pub fn start(&mut self, scope: Scope, take: Take) {
        self.apply(Command::Start(scope, take));
    }

    pub fn sleep(&mut self, days: u32) {
        self.now = days_later(&self.now, days);
        self.app.tick(&self.now);
    }

    pub fn asked(&self) -> &Asked {
        self.app.study().and_then(|study| study.asked()).expect("a card")
    }

    pub fn key(&self) -> CardKey {
        self.asked().key.clone()
    }

    pub fn is_asking(&self) -> bool {
        matches!(self.asked().stage, Stage::Asking)
    }

    pub fn is_finished(&self) -> bool {
        matches!(self.app.study().map(|study| study.place()), Some(Place::Finished))
    }

    pub fn right(&self) -> Response {
        right_answer(&self.asked().task)
    }

    /// Answers, up to the verdict.
    pub fn answer(&mut self, right: bool) {
        if matches!(self.asked().task.form, Form::Reveal { .. }) {
            self.apply(Command::ShowAnswer);
            self.apply(Command::Rate(if right { Rating::Good } else { Rating::Again }));
        } else {
            let response = if right { self.right() } else { Response::GaveUp };
            self.apply(Command::Answer(response));
        }
    }

    /// Goes on from a verdict, if one shows: recalled cards go on by themselves.
    pub fn go_on(&mut self) {
        if self.app.study().and_then(|study| study.asked()).is_some() && !self.is_asking() {
            self.apply(Command::Continue);
        }
    }

    /// Answers and goes on; the card.
    pub fn study(&mut self, right: bool) -> CardKey {
        let key = self.key();
        self.answer(right);
        self.go_on();
        key
    }

    /// Studies to the end, all right; the cards in the order asked.
    pub fn finish(&mut self) -> Vec<CardKey> {
        let mut asked = Vec::new();
        while !self.is_finished() {
            if let Some(until) = self.app.study().and_then(|study| study.waits_until()) {
                self.now = later(&self.now, until - self.now.ms() + MINUTE);
                self.app.tick(&self.now);
                continue;
            }
            asked.push(self.study(true));
            assert!(asked.len() < 2_000, "this never ends");
        }
        asked
    }

    /// Goes on until that question is before the learner.
    pub fn until(&mut self, question: &str) {
        for _ in 0..60 {
            if *self.key().question == *question {
                return;
            }
            self.study(true);
        }
        panic!("{question} does not come");
    }

    pub fn state(&self, key: &CardKey) -> CardState {
        *self.app.progress().state(key)
    }

    /// Every card that is not as new.
    pub fn states(&self) -> HashMap<CardKey, CardState> {
        touched(self.app.progress())
    }

    /// What another program reads from the disk now.
    pub fn on_disk(&self) -> Vec<Event> {
        Store::open_read_only(self.folder()).expect("a log").events().expect("sound")
    }

    pub fn last_review(&self) -> Review {
        let answers = self.on_disk().into_iter().rev().find_map(|event| match event.change {
            Change::Answer(review) => Some(review),
            _ => None,
        });
        answers.expect("an answer")
    }

    pub fn notice(&self) -> &str {
        self.app.notice().map_or("", |notice| notice.text.as_str())
    }

    /// The counts that Today shows.
    pub fn counts(&self) -> [usize; 5] {
        let figures = self.app.figures();
        [
            figures.to_review,
            figures.to_learn,
            figures.new_available,
            figures.due_tomorrow,
            figures.left_for_later,
        ]
    }
}

pub fn kinds() -> Scope {
    Scope::Deck("kinds".into())
}

pub fn korean() -> Scope {
    Scope::Deck("korean-terms".into())
}

pub fn touched(progress: &Progress) -> HashMap<CardKey, CardState> {
    progress
        .cards()
        .map(|(key, card)| (key.clone(), *card.state()))
        .filter(|(_, state)| *state != CardState::default())
        .collect()
}
