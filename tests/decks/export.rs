//! Decks are exported as tables that can be imported again, and as a quiz to print that reveals no answers.

use linchpin::domain::deck::Deck;
use linchpin::domain::question::{Answer, Kind, Question, RecallAnswer, TypedAnswer};
use linchpin::formats::import::{read, sniff};
use linchpin::formats::{export, ron_deck};
use linchpin::library::SHIPPED;

use crate::fixtures::{EVERY_KIND, rows};

fn deck(text: &str) -> Deck {
    ron_deck::parse(text).deck.unwrap()
}

fn reimported(deck: &Deck) -> Vec<Question> {
    let sniffed = sniff("table.csv", export::csv::table(deck).as_bytes()).unwrap();
    let imported = read(&sniffed, &sniffed.options, &mut |_| true).unwrap();
    assert_eq!(imported.skipped.total, 0, "{:?}", imported.skipped);
    imported.questions
}

#[test]
fn an_exported_table_imports_with_everything_that_it_can_hold() {
    for text in [EVERY_KIND, SHIPPED[0].1, SHIPPED[1].1] {
        let deck = deck(text);
        let again = reimported(&deck);
        assert_eq!(again.len(), deck.questions.len());
        for (question, again) in deck.questions.iter().zip(&again) {
            assert_eq!((&again.prompt, &again.id), (&question.prompt, &question.id));
            assert_eq!(
                (&again.hint, &again.explain, &again.tags),
                (&question.hint, &question.explain, &question.tags)
            );
            match &question.answer {
                Answer::Typed(TypedAnswer { accepted, .. }) => {
                    assert!(
                        matches!(&again.answer, Answer::Typed(TypedAnswer { accepted: read, .. }) if read == accepted)
                    );
                }
                Answer::Recall(RecallAnswer { back, reverse, .. }) => assert!(
                    matches!(&again.answer, Answer::Recall(RecallAnswer { back: read, reverse: both, .. }) if read == back && both == reverse)
                ),
                answer @ (Answer::Number { .. }
                | Answer::Date { .. }
                | Answer::Bool(_)
                | Answer::Cloze(_)) => {
                    assert_eq!(answer, &again.answer);
                }
                _ => assert_eq!(again.answer.kind(), Kind::Recall),
            }
        }
    }
}

#[test]
fn no_cell_of_a_deck_is_a_formula_and_every_text_comes_back() {
    let texts = [
        "=1+1",
        "+1+1",
        "-1+1 = 0",
        "@SUM(A1)",
        "'=1",
        "''-x",
        "'tis",
        "-",
        "- one\n- two",
        "a;=1",
        "a,=1\n=2",
        "\u{200b}=1",
    ];
    let mut deck = deck(EVERY_KIND);
    let template = Question::clone(&deck.questions[0]);
    let questions = texts.iter().zip(1..).map(|(text, number)| Question {
        prompt: format!("{text} ({number})"),
        answer: Answer::Recall(RecallAnswer {
            back: (*text).to_owned(),
            reverse: false,
            reverse_prompt: None,
        }),
        explain: Some((*text).to_owned()),
        hint: Some((*text).to_owned()),
        ..template.clone()
    });
    deck = Deck::new("x", "T".to_owned(), None, None, None, deck.topics.clone(), questions.collect());
    for cell in rows(&export::csv::table(&deck)).iter().flat_map(|row| row.values()) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\u{200b}']), "{cell}");
    }
    for (question, again) in deck.questions.iter().zip(reimported(&deck)) {
        assert_eq!((&again.prompt, &again.answer), (&question.prompt, &question.answer));
        assert_eq!((&again.explain, &again.hint), (&question.explain, &question.hint));
    }
    // In a table of another program an apostrophe is part of the text.
    let sniffed = sniff("table.csv", "prompt,answer\n'-ness',suffix\n".as_bytes()).unwrap();
    assert_eq!(read(&sniffed, &sniffed.options, &mut |_| true).unwrap().questions[0].prompt, "'-ness'");
}

#[test]
fn numbers_and_dates_keep_tolerance_and_unit() {
    let deck = deck(
        r#"Deck(format: 1, id: "d", title: "D", topics: {"t": "T"}, questions: [
            (topic: "t", prompt: "one?", answer: Number(value: -1950.5, within: 3, unit: "light years"), tags: ["two words"]),
            (topic: "t", prompt: "two?", answer: Date(value: "2023-04-26", within_days: 2)),
            (topic: "t", prompt: "three \"and\", more?", answer: Number(value: 28500, unit: "troops")),
            (topic: "t", prompt: "four?", answer: Bool(false), hint: "  two\nlines"),
        ])"#,
    );
    let again = reimported(&deck);
    for (question, again) in deck.questions.iter().zip(&again) {
        assert_eq!((&again.answer, &again.tags), (&question.answer, &question.tags));
    }
    assert_eq!(again[3].hint.as_deref(), Some("two\nlines"));
}

#[test]
fn kinds_that_a_table_cannot_hold_are_exported_readably() {
    let deck = deck(EVERY_KIND);
    let of = |kind| {
        let question = deck.questions.iter().find(|it| it.answer.kind() == kind).unwrap();
        export::csv::answer_cell(&question.answer)
    };
    assert!(of(Kind::Choice).lines().filter(|line| line.starts_with("- ✓ ")).count() == 1);
    assert!(of(Kind::Choice).contains("\n- ✗ "));
    assert!(of(Kind::Order).starts_with("1. ") && of(Kind::Order).contains("\n2. "));
    assert!(of(Kind::Match).contains(" = "));
    assert!(of(Kind::Sort).contains(": "));
}

#[test]
fn the_quiz_page_needs_no_other_file_and_has_its_key_at_the_end() {
    let deck = deck(SHIPPED[0].1);
    let page = export::quiz_html(&deck, 7);
    for outside in ["<script", "<img", "<link", "src=", "url(", "href=", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<meta charset=\"utf-8\">"));
    assert!(page.contains("break-before:page"));
    let (quiz, key) = page.split_once("<section class=\"key\">").unwrap();
    assert_eq!(quiz.matches("class=\"number\"").count(), deck.questions.len());
    assert_eq!(key.matches("class=\"number\"").count(), deck.questions.len());
    assert!(key.contains("Passage ") && !quiz.contains("Passage "));
    let explanations = deck.questions.iter().filter_map(|question| question.explain.as_deref());
    for explain in explanations.filter(|text| text.chars().all(|c| c.is_alphanumeric() || " .,".contains(c)))
    {
        assert!(key.contains(explain) && !quiz.contains(explain), "{explain}");
    }
}

#[test]
fn the_same_seed_gives_the_same_order() {
    let deck = deck(SHIPPED[0].1);
    assert_eq!(export::quiz_html(&deck, 7), export::quiz_html(&deck, 7));
    assert_ne!(export::quiz_html(&deck, 7), export::quiz_html(&deck, 8));
}

#[test]
fn gaps_are_empty_in_the_quiz_and_filled_in_the_key() {
    let deck = deck(
        r#"Deck(format: 1, id: "d", title: "한미 <b> & \"동맹\"", language: "ko", topics: {"t": "T"}, questions: [
            (topic: "t", prompt: "The {{treaty::a paper}} of {{y:1953}} **held** <script>x</script>", answer: Cloze),
            (topic: "t", prompt: "See ![a map](map.png) and [this](javascript:x)", answer: Recall("동맹 < 조약")),
        ])"#,
    );
    let page = export::quiz_html(&deck, 1);
    assert!(page.contains("<html lang=\"ko\">"));
    assert!(page.contains("<title>한미 &lt;b&gt; &amp; &quot;동맹&quot;</title>"));
    let (quiz, key) = page.split_once("<section class=\"key\">").unwrap();
    assert!(!quiz.contains("treaty") && !quiz.contains("1953") && quiz.contains("(a paper)"));
    assert_eq!(quiz.matches("class=\"gap\"").count(), 2);
    assert!(key.contains("treaty; 1953") && key.contains("동맹 &lt; 조약"));
    assert!(quiz.contains("<strong>held</strong> &lt;script&gt;x&lt;/script&gt;"));
    assert!(quiz.contains("<span class=\"picture\">a map</span> and this") && !page.contains("javascript"));
}
