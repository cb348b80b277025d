//! A task of one question, in a deck of its own.

use indexmap::IndexMap;
use linchpin::domain::deck::Deck;
use linchpin::domain::ids::Facet;
use linchpin::domain::question::{Answer, Question};
use linchpin::domain::task::Task;

pub fn task(answer: Answer, language: Option<&str>) -> Task {
    let question = Question {
        id: "q".into(),
        id_is_written: true,
        topic: "t".to_owned(),
        prompt: "How many?".to_owned(),
        answer,
        hint: None,
        explain: None,
        cite: Vec::new(),
        tags: Vec::new(),
        image: None,
        typed: Vec::new(),
        formerly: Vec::new(),
        confusable: Vec::new(),
    };
    let language = language.map(str::to_owned);
    let deck = Deck::new("d", "D".to_owned(), None, language, None, IndexMap::new(), vec![question]);
    Task::new(&deck, &deck.questions[0], &Facet::Front, 1, false)
}
