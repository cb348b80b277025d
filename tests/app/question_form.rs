//! A question that is opened in the form and saved differs only in what was changed.

use jiff::civil::date;
use linchpin::app::decks::DeckCommand;
use linchpin::app::decks::form::QuestionForm;
use linchpin::app::kind::MENU;
use linchpin::app::study::{Scope, SessionKind};
use linchpin::app::{Command, Screen};
use linchpin::domain::cloze::Cloze;
use linchpin::domain::question::{
    Answer, ChoiceAnswer, DateAnswer, Kind, NumberAnswer, Question, TypedAnswer, WrongOption,
};

use crate::fixtures::AppFixture;

fn question(prompt: &str, answer: Answer) -> Question {
    let why =
        |text: &str, why: Option<&str>| WrongOption { text: text.to_owned(), why: why.map(str::to_owned) };
    Question {
        id: "q".into(),
        id_is_written: true,
        topic: "t".to_owned(),
        prompt: prompt.to_owned(),
        answer,
        hint: Some("A hint.".to_owned()),
        explain: None,
        cite: Vec::new(),
        tags: Vec::new(),
        image: None,
        typed: Vec::new(),
        formerly: vec!["old/q".to_owned()],
        confusable: vec![why("efferent", Some("The other way.")), why("deferent", None)],
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn read_aloud() -> Answer {
    let readings = [("맹방", "maengbang"), ("alliance", "əˈlaɪəns")];
    Answer::Typed(TypedAnswer {
        accepted: words(&["동맹", "연합", "맹방"]),
        strict: true,
        reading: Some("dongmaeng".to_owned()),
        readings: readings.into_iter().map(|(word, read)| (word.to_owned(), read.to_owned())).collect(),
        also_reverse: words(&["ally", "alliance"]),
    })
}

fn questions() -> Vec<Question> {
    let gaps = "{{North Korea}} and {{South Korea}}";
    let cloze = |any_order| Answer::Cloze(Cloze { any_order, ..Cloze::parse(gaps).expect("a cloze") });
    let choice = Answer::Choice(ChoiceAnswer {
        right: "afferent".to_owned(),
        wrong: vec![WrongOption { text: "efferent".to_owned(), why: None }],
    });
    vec![
        question("P", read_aloud()),
        question(gaps, cloze(true)),
        question(gaps, cloze(false)),
        Question { typed: words(&["afferent"]), ..question("P", choice) },
        // Fields that have no effect for a kind are kept as well.
        question("P", Answer::Bool(true)),
        question("P", Answer::Date(DateAnswer { value: date(-43, 3, 15), within_days: 2 })),
        question("P", Answer::Number(NumberAnswer { value: 1.234, within: 0.001, unit: None })),
    ]
}

#[test]
fn opening_and_saving_a_question_changes_nothing() {
    for question in questions() {
        let form = QuestionForm::of(&question);
        let saved = form.question().expect("a question");
        assert_eq!(form.keep_untouched(saved, &question), question);
    }
}

#[test]
fn changing_one_part_of_a_question_keeps_the_others() {
    for question in questions() {
        let mut form = QuestionForm::of(&question);
        form.hint = "Another hint.".to_owned();
        let saved = form.keep_untouched(form.question().expect("a question"), &question);
        assert_eq!(saved, Question { hint: Some("Another hint.".to_owned()), ..question });
    }
}

#[test]
fn a_reading_stays_with_its_word() {
    let question = question("P", read_aloud());
    let mut form = QuestionForm::of(&question);
    // The first word is removed, and the reading of another one changes.
    form.answer.typed.accepted[0].clear();
    form.answer.typed.readings[2] = "maeng-bang".to_owned();
    let saved = form.keep_untouched(form.question().expect("a question"), &question);
    assert_eq!(saved.answer.reading_of("연합"), None);
    assert_eq!(saved.answer.reading_of("동맹"), None);
    assert_eq!(saved.answer.reading_of("맹방"), Some("maeng-bang"));
    assert_eq!(saved.answer.reading_of("alliance"), Some("əˈlaɪəns"));
    assert_eq!(saved.confusable, question.confusable);
}

#[test]
fn changing_the_kind_and_back_keeps_the_whole_question() {
    for question in questions() {
        let opened = QuestionForm::of(&question);
        let mut form = opened.clone();
        form.kind = Kind::Recall;
        form.answer.recall.back = "Something".to_owned();
        assert!(form.question().expect("a question").confusable.is_empty());
        form.kind = opened.kind;
        form.answer.recall.back = opened.answer.recall.back.clone();
        assert_eq!(form, opened);
    }
}

#[test]
fn every_kind_can_be_chosen() {
    assert!(Kind::ALL.iter().all(|kind| MENU.contains(kind)));
}

#[test]
fn a_number_in_the_form_must_be_unambiguous() {
    let number = |text: &str| {
        let mut form = QuestionForm::new(Kind::Number, "t");
        form.prompt = "P".to_owned();
        form.answer.number.value = text.to_owned();
        match form.question() {
            Ok(Question { answer: Answer::Number(NumberAnswer { value, .. }), .. }) => Some(value),
            _ => None,
        }
    };
    for (text, value) in [
        ("1953", Some(1953.0)),
        ("1.234", Some(1.234)),
        ("1,5", Some(1.5)),
        ("1,234.5", Some(1234.5)),
        ("300 million", Some(3e8)),
        ("1,500", None),
        ("1.500", None),
        ("about 5", None),
        ("", None),
    ] {
        assert_eq!(number(text), value, "{text}");
    }
}

#[test]
fn a_question_that_is_too_long_for_the_editor_is_not_opened_there_and_can_be_studied() {
    let mut fixture = AppFixture::new();
    let accepted: String = (0..20_000).map(|number| format!("\"w{number}\",")).collect();
    let questions = [
        format!("(id: \"long\", topic: \"t\", prompt: \"{}\", answer: Bool(true)),", "word ".repeat(20_000)),
        format!("(id: \"many\", topic: \"t\", prompt: \"p\", answer: Typed([{accepted}])),"),
        format!("(id: \"page\", topic: \"t\", prompt: \"{}\", answer: Bool(true)),", "word ".repeat(1_000)),
    ];
    let questions = questions.concat();
    let deck = format!("Deck(format: 1, id: \"d\", title: \"D\", topics: {{\"t\": \"T\"}}, questions: [{questions}])");
    fixture.save_deck("d.ron", &deck);
    fixture.apply(Command::Go(Screen::Decks));
    fixture.apply(Command::Deck(DeckCommand::Open("d".into())));
    for (question, opens) in [("long", false), ("many", false), ("page", true)] {
        fixture.apply(Command::Deck(DeckCommand::Edit(question.into())));
        assert_eq!(fixture.app.decks().editor().is_some(), opens, "{question}");
        assert_eq!(fixture.notice().is_empty(), opens, "{question}");
    }
    fixture.start(Scope::Deck("d".into()), SessionKind::Today);
    assert_eq!(fixture.finish().len(), 3);
}
