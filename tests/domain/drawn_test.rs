//! The same code, setup and deck text give the same test to everybody.

use std::collections::HashMap;
use std::sync::Arc;

use linchpin::domain::attempt::{CardSnapshot, ChosenTopic, DrawnTest, Mix, TestCode, TestSetup};
use linchpin::domain::deck::Deck;
use linchpin::domain::grade::grade;
use linchpin::domain::ids::CardKey;
use linchpin::domain::question::Kind;
use linchpin::domain::task::{Response, Task};
use linchpin::formats::ron_deck;

use crate::fixtures::KINDS;

fn deck(text: &str) -> Arc<Deck> {
    Arc::new(ron_deck::parse(text).deck.expect("a sound deck"))
}

/// Six topics of 3, 6, 9, … questions.
fn six_topics() -> String {
    let mut questions = String::new();
    let mut topics = String::new();
    for topic in 0..6 {
        topics.push_str(&format!("\"t{topic}\": \"Topic {topic}\", "));
        for nth in 0..(topic + 1) * 3 {
            questions.push_str(&format!(
                "(id: \"q{topic}-{nth}\", topic: \"t{topic}\", prompt: \"Question {nth} of {topic}?\", \
                 answer: Choice(right: \"yes {nth}\", wrong: [\"no\", \"perhaps\", \"never\", \"soon\"])),\n"
            ));
        }
    }
    format!("Deck(format: 1, id: \"many\", title: \"Many\", topics: {{{topics}}}, questions: [{questions}])")
}

fn unseen(_: &CardKey) -> CardSnapshot {
    CardSnapshot::default()
}

fn code(text: &str) -> TestCode {
    text.parse().expect("a code")
}

fn draw(
    setup: &TestSetup,
    code_text: &str,
    decks: &[Arc<Deck>],
    snapshot_of: impl Fn(&CardKey) -> CardSnapshot,
) -> DrawnTest {
    DrawnTest::draw(setup, code(code_text), decks, snapshot_of).expect("questions that fit")
}

/// What the learner sees of a drawn test: every question with its options, in order.
fn seen(drawn: &DrawnTest) -> Vec<(CardKey, Task)> {
    drawn.items.iter().map(|item| (drawn.card(item), drawn.task(item))).collect()
}

fn setup(mix: Mix, number: u32) -> TestSetup {
    TestSetup { question_count: number, mix, ..TestSetup::default() }
}

#[test]
fn the_same_code_gives_the_same_test_whatever_was_learned_and_in_whatever_order_decks_are_loaded() {
    let (kinds, many) = (deck(KINDS), deck(&six_topics()));
    for mix in [Mix::Balanced, Mix::Random] {
        let setup = setup(mix, 20);
        let one = draw(&setup, "K7Q-F2M", &[kinds.clone(), many.clone()], unseen);
        let other = draw(&setup, "k7qf2m", &[many.clone(), kinds.clone()], |key| CardSnapshot {
            recall: Some(key.question.len() as f64 / 20.0),
            suspended: key.question.starts_with("q1"),
        });
        assert_eq!(seen(&one), seen(&other), "{mix:?}");
        let another = draw(&setup, "K7Q-F2N", &[kinds.clone(), many.clone()], unseen);
        assert_ne!(seen(&one), seen(&another), "another code draws another test");
    }
}

#[test]
fn only_the_weakest_mix_looks_at_progress() {
    let many = [deck(&six_topics())];
    let recall = |key: &CardKey| key.question[3..].parse::<f64>().expect("a number") / 20.0;
    let setup = setup(Mix::Weakest, 10);
    let drawn = draw(&setup, "K7Q-F2M", &many, |key| CardSnapshot {
        recall: key.question.starts_with("q5").then(|| recall(key)),
        suspended: *key.question == *"q5-0",
    });
    let recalls: Vec<f64> = drawn.items.iter().filter_map(|item| item.recall).collect();
    assert_eq!(recalls.len(), 10, "cards already seen come first");
    assert!(recalls.is_sorted(), "the weakest first: {recalls:?}");
    assert!(recalls[0] > 0.0, "a suspended card is left out");
    let all = draw(&TestSetup { question_count: 60, ..setup }, "K7Q-F2M", &many, |key| CardSnapshot {
        recall: key.question.starts_with("q5").then(|| recall(key)),
        suspended: false,
    });
    assert!(all.items[18..].iter().all(|item| item.recall.is_none()), "cards never seen come last");
}

#[test]
fn an_edit_of_one_question_changes_nothing_about_the_others() {
    let text = six_topics();
    let edited = text.replace("Question 2 of 5?", "Question 2 of 5, said otherwise?");
    let setup = setup(Mix::Random, 25);
    let before = seen(&draw(&setup, "K7Q-F2M", &[deck(&text)], unseen));
    let after = seen(&draw(&setup, "K7Q-F2M", &[deck(&edited)], unseen));
    let differs = before.iter().zip(&after).filter(|(one, other)| one != other).count();
    assert!(differs <= 1, "{differs} differ");
    // A longer test begins with the shorter one's questions.
    let longer = seen(&draw(&TestSetup { question_count: 40, ..setup }, "K7Q-F2M", &[deck(&text)], unseen));
    assert_eq!(before, longer[..25]);
}

#[test]
fn a_balanced_test_takes_equally_many_questions_of_every_topic() {
    let many = [deck(&six_topics())];
    for number in [1, 5, 6, 20, 40, 63, 100] {
        let drawn = draw(&setup(Mix::Balanced, number), "K7Q-F2M", &many, unseen);
        assert_eq!(drawn.items.len(), (number as usize).min(63));
        let mut taken: HashMap<&str, usize> =
            (0..6).map(|at| (["t0", "t1", "t2", "t3", "t4", "t5"][at], 0)).collect();
        for item in &drawn.items {
            *taken.entry(drawn.question(item).topic.as_str()).or_default() += 1;
        }
        let most = taken.values().max().copied().expect("topics");
        for (topic, count) in taken {
            let available = (topic[1..].parse::<usize>().expect("a number") + 1) * 3;
            assert!(
                count + 1 >= most || count == available,
                "{number}: {count} of {topic}, {most} of another"
            );
        }
    }
}

#[test]
fn a_test_has_only_questions_that_its_setup_allows() {
    let decks = [deck(KINDS), deck(&six_topics())];
    let of_topic = TestSetup {
        decks: vec!["many".into()],
        topics: vec![ChosenTopic { deck: "many".into(), topic: "t2".into() }],
        question_count: 100,
        ..TestSetup::default()
    };
    let drawn = draw(&of_topic, "K7Q-F2M", &decks, unseen);
    assert_eq!(drawn.items.len(), 9);
    assert!(drawn.items.iter().all(|item| drawn.question(item).topic == "t2"));
    let of_kind =
        TestSetup { kinds: vec![Kind::Order, Kind::Bool], question_count: 100, ..TestSetup::default() };
    let drawn = draw(&of_kind, "K7Q-F2M", &decks, unseen);
    let kinds: Vec<Kind> = drawn.items.iter().map(|item| drawn.task(item).kind).collect();
    assert_eq!(kinds.len(), 2);
    assert!(kinds.contains(&Kind::Order) && kinds.contains(&Kind::Bool));
    let of_none = TestSetup { decks: vec!["gone".into()], ..TestSetup::default() };
    assert_eq!(DrawnTest::draw(&of_none, code("K7Q-F2M"), &decks, unseen), None);
}

#[test]
fn a_question_has_one_card_in_a_test_and_a_choice_is_never_typed() {
    let both = deck(
        r#"Deck(format: 1, id: "both", title: "Both", topics: {"a": "A"}, questions: [
            (id: "r", topic: "a", prompt: "front", answer: Recall(back: "back", reverse: true)),
            (id: "c", topic: "a", prompt: "The {{a:one}} and the {{b:other}}.", answer: Cloze),
            (id: "o", topic: "a", prompt: "Which?", answer: Choice(right: "x", wrong: ["y"]), typed: ["x"]),
        ])"#,
    );
    for nth in 0..40 {
        let code = TestCode::new(nth).to_string();
        let drawn = draw(&setup(Mix::Random, 10), &code, std::slice::from_ref(&both), |_| CardSnapshot {
            recall: Some(0.99),
            suspended: false,
        });
        assert_eq!(drawn.items.len(), 3);
        for item in &drawn.items {
            let is_typed = matches!(drawn.task(item).form, linchpin::domain::task::TaskForm::Typed(_));
            assert!(!is_typed || drawn.task(item).kind != Kind::Choice);
        }
    }
}

#[test]
fn a_drawn_test_grades_slips_as_the_whole_deck_does() {
    let mut questions = String::new();
    for nth in 0..1_500 {
        // Words that are a typo away from each other, in two scripts.
        let word = format!(
            "alliance{}{}",
            char::from(b'a' + (nth % 26) as u8),
            char::from(b'a' + (nth / 26 % 26) as u8)
        );
        let korean = format!("상호방위조약체결{}", ["가", "각", "간", "갈", "감"][nth % 5]);
        questions.push_str(&format!(
            "(id: \"q{nth}\", topic: \"a\", prompt: \"Word {nth}?\", answer: Typed([\"{word}{nth}x\", \"{word}\", \"{korean}\"])),"
        ));
    }
    let text = format!(
        "Deck(format: 1, id: \"large\", title: \"L\", topics: {{\"a\": \"A\"}}, questions: [{questions}])"
    );
    let deck = deck(&text);
    let drawn = draw(&setup(Mix::Random, 30), "K7Q-F2M", std::slice::from_ref(&deck), unseen);
    let json = serde_json::to_string(&drawn).expect("JSON");
    let typos = [
        "alliancexa",
        "alliancaab",
        "allianceb",
        "alliancezz",
        "상호방위조약체결각",
        "상호방의조약체결가",
        "alliance",
    ];
    for item in &drawn.items {
        let here = drawn.task(item);
        let card = drawn.card(item);
        let question = deck.questions.iter().find(|it| it.id == card.question).expect("its question");
        let there = Task::new(&deck, question, &card.facet, item.seed(), false);
        let own = question.prompt.chars().filter(char::is_ascii_digit).collect::<String>();
        for typed in typos
            .iter()
            .map(|typo| (*typo).to_owned())
            .chain(typos.iter().map(|typo| format!("{typo}{own}x")))
        {
            let response = Response::Typed(typed);
            assert_eq!(grade(&here, &response), grade(&there, &response), "{response:?}");
        }
    }
    let size = json.len();
    assert!(size < serde_json::to_string(&*deck).expect("JSON").len() / 3, "{size} bytes");
}

#[test]
fn a_code_is_parsed_in_any_spelling() {
    for number in [0, 1, 31, 32, 123_456_789, (1 << 30) - 1] {
        let code = TestCode::new(number);
        assert_eq!(code.to_string().parse(), Ok(code));
        assert_eq!(code.to_string().to_lowercase().replace('-', " ").parse(), Ok(code));
    }
    assert_eq!("OIL-oil".parse::<TestCode>(), "011-011".parse::<TestCode>());
    assert_eq!(TestCode::new(1 << 30), TestCode::new(0), "30 bits count");
    for wrong in ["", "K7Q-F2", "K7Q-F2MX", "K7Q-F2U", "K7Q–F2M", "가나다라마바"] {
        assert!(wrong.parse::<TestCode>().is_err(), "{wrong}");
    }
}
