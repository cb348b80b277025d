//! The Scores screen in the window: by label and by keyboard, over what a simulated learner left behind.

use std::collections::HashSet;
use std::path::Path;

use crate::simulated::kept;
use crate::util::{Bench, Opening, answer};
use eframe::egui::{self, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use linchpin::app::Screen;
use linchpin::app::scores::Page;
use linchpin::domain::ids::CardKey;
use linchpin::domain::score::{Period, Standing};
use tempfile::TempDir;

const ALLIANCE: &str = "rok-us-alliance";
const TERMS: &str = "korean-terms";

fn learned() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    kept::both_shipped(folder.path());
    folder
}

fn open(folder: &Path) -> Bench<'static> {
    open_as(Opening::new(folder))
}

fn open_as(opening: Opening<'_>) -> Bench<'static> {
    let mut bench = opening.open();
    bench.chord(Modifiers::COMMAND, Key::Num3);
    settle(&mut bench);
    bench
}

/// Draws until what is computed beside the window is there.
fn settle(bench: &mut Bench<'_>) {
    for _ in 0..400 {
        bench.settle();
        if !bench.app().scores().is_computing() && bench.app().scores().table().is_some() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("the scores were not computed");
}

fn press(bench: &mut Bench<'_>, key: Key) {
    bench.key(key);
    settle(bench);
}

fn click(bench: &mut Bench<'_>, label: &str) {
    bench.harness.get_by_label(label).click();
    settle(bench);
}

/// Keys of a deck's topics, from the top of the window down, as they are drawn.
fn drawn_topics(bench: &Bench<'_>) -> Vec<String> {
    let table = bench.app().scores().table().expect("a table");
    let mut drawn: Vec<(f32, String)> = table
        .rows
        .iter()
        .filter_map(|row| {
            // A name with a colon behind it, or a deck in brackets, begins what is told of a row.
            let told = |node: &egui_kittest::Node<'_>| {
                let label = node.accesskit_node().label().unwrap_or_default();
                label.strip_prefix(&row.key.name).is_some_and(|rest| rest.starts_with([':', ' ']))
            };
            let mut rows = bench.harness.query_all_by_label_contains(&row.key.name).filter(told);
            rows.next().map(|node| (node.rect().top(), row.key.topic.clone()))
        })
        .collect();
    drawn.sort_by(|a, b| a.0.total_cmp(&b.0));
    drawn.into_iter().map(|(_, topic)| topic).collect()
}

fn only_the_alliance(bench: &mut Bench<'_>) {
    press(bench, Key::D);
    press(bench, Key::ArrowDown);
    press(bench, Key::Enter);
    assert_eq!(bench.app().scores().deck().map(|deck| &**deck), Some(ALLIANCE));
}

/// A session asks one card of each question.
fn questions<'a>(cards: impl IntoIterator<Item = &'a CardKey>) -> HashSet<String> {
    cards.into_iter().map(|card| format!("{}/{}", card.deck, card.question)).collect()
}

fn session_cards(bench: &Bench<'_>) -> HashSet<CardKey> {
    bench.app().study().expect("a session").session().cards().cloned().collect()
}

fn focused_label(bench: &Bench<'_>) -> String {
    let focused = bench.harness.root().children_recursive().find(|node| node.is_focused());
    focused.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

#[test]
fn a_deck_is_chosen_by_keys_and_has_its_topics_alone() {
    let folder = learned();
    let mut bench = open(folder.path());
    bench.harness.get_by_label_contains("Origins: war, armistice, treaty (Seventy Years");
    only_the_alliance(&mut bench);
    assert!(bench.harness.query_by_label_contains("(Seventy Years").is_none(), "one deck needs no name");
    assert!(bench.harness.query_by_label_contains("War and armistice").is_none());
    assert_eq!(drawn_topics(&bench).len(), 8);
    let table = bench.app().scores().table().expect("a table");
    let expected = table.total.score.expected;
    let sentence = format!("You would answer {:.0} of {} right today", expected.mean, expected.cards);
    bench.harness.get_by_label_contains(&sentence);
    // Esc closes the list, and nothing else.
    press(&mut bench, Key::D);
    press(&mut bench, Key::Escape);
    assert!(bench.harness.query_by_label("All decks").is_none());
    assert_eq!(bench.app().scores().deck().map(|deck| &**deck), Some(ALLIANCE));
}

#[test]
fn every_head_sorts_and_says_so() {
    let folder = learned();
    let mut bench = open(folder.path());
    only_the_alliance(&mut bench);
    let by_author = drawn_topics(&bench);
    click(&mut bench, "Sort by recall now");
    bench.harness.get_by_label("Recall now, sorted upwards");
    let table = bench.app().scores().table().expect("a table").clone();
    let recall = |topic: &String| {
        let row = table.rows.iter().find(|row| row.key.topic == *topic).expect("a row");
        row.score.recall_now()
    };
    let upwards = drawn_topics(&bench);
    assert_ne!(upwards, by_author);
    let known: Vec<f64> = upwards.iter().filter_map(recall).collect();
    assert!(known.len() >= 5 && known.is_sorted(), "{known:?}");
    assert!(upwards[known.len()..].iter().all(|topic| recall(topic).is_none()), "the unseen come last");
    click(&mut bench, "Recall now, sorted upwards");
    bench.harness.get_by_label("Recall now, sorted downwards");
    let known: Vec<f64> = drawn_topics(&bench).iter().filter_map(recall).collect();
    assert!(known.iter().rev().is_sorted(), "{known:?}");
    for head in ["topic", "mastery", "seen", "accuracy", "95\u{a0}% (n)", "30 days", "due"] {
        click(&mut bench, &format!("Sort by {head}"));
        assert!(bench.harness.query_by_label(&format!("Sort by {head}")).is_none(), "{head}");
    }
}

#[test]
fn a_period_is_chosen_by_its_digit() {
    let folder = learned();
    let mut bench = open(folder.path());
    let answers =
        |bench: &Bench<'_>| bench.app().scores().table().expect("a table").total.score.accuracy.answers;
    let mut before = 0;
    for (key, period) in [(Key::Num1, Period::Week), (Key::Num2, Period::Month), (Key::Num3, Period::Year)] {
        press(&mut bench, key);
        assert_eq!(bench.app().scores().period(), period);
        let chip = bench.harness.get_by_label(period.label());
        assert_eq!(chip.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
        assert!(answers(&bench) > before, "{period:?}");
        before = answers(&bench);
    }
    press(&mut bench, Key::Num4);
    assert_eq!(bench.app().scores().period(), Period::All);
    bench.harness.get_by_label_contains("Study days. On 58 of 76 days since 9 September 2026");
}

#[test]
fn a_topic_is_opened_studied_and_left_by_keys() {
    let folder = learned();
    let mut bench = open(folder.path());
    only_the_alliance(&mut bench);
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowUp] {
        press(&mut bench, key);
    }
    assert!(focused_label(&bench).starts_with("From the 1960s to the 1990s: "), "{}", focused_label(&bench));
    press(&mut bench, Key::Enter);
    assert!(matches!(bench.app().scores().page(), Page::Topic { topic, .. } if topic == "decades"));
    let detail = bench.app().scores().topic().expect("the topic").clone();
    assert_eq!(detail.cards.len(), 14);
    bench.harness.get_by_label("Study these 14");
    let recalls: Vec<f64> = detail.cards.iter().filter_map(|card| card.recall).collect();
    assert!(recalls.is_sorted());
    press(&mut bench, Key::Escape);
    assert_eq!(*bench.app().scores().page(), Page::Topics);
    assert!(focused_label(&bench).starts_with("From the 1960s"), "the keyboard is where it was");
    press(&mut bench, Key::Enter);

    bench.key(Key::Space);
    let wanted: HashSet<CardKey> = detail.cards.iter().map(|card| card.key.clone()).collect();
    assert_eq!(session_cards(&bench), wanted, "exactly these");
    let first = bench.asked().key.clone();
    answer(&mut bench, true);
    bench.key(Key::Space);
    bench.chord(Modifiers::COMMAND, Key::Num3);
    settle(&mut bench);
    let after = bench.app().scores().topic().expect("the topic").clone();
    let answers = |cards: &[linchpin::domain::score::weakness::CardScore]| {
        cards.iter().find(|card| card.key == first).map(|card| card.accuracy.answers)
    };
    assert_eq!(answers(&after.cards), answers(&detail.cards).map(|before| before + 1));
}

#[test]
fn the_page_of_a_topic_tells_what_was_taken_for_what_and_leads_to_its_questions() {
    let folder = learned();
    let mut bench = open_as(Opening { size: vec2(1280.0, 2400.0), ..Opening::new(folder.path()) });
    press(&mut bench, Key::Num4);
    bench.harness.get_by_label_contains("Origins: war, armistice, treaty (").click();
    settle(&mut bench);
    let detail = bench.app().scores().topic().expect("the topic").clone();
    let confusion = detail.confusions.first().expect("something was confused");
    assert!(confusion.times > 2);
    let told = format!("Took “{}” for “{}”, {} times", confusion.taken, confusion.right, confusion.times);
    assert!(bench.harness.query_all_by_label(&told).next().is_some(), "{told}");
    assert_eq!(
        bench.harness.query_all_by_label_contains("Study passage ").count(),
        detail.passages.len(),
        "its passages"
    );
    press(&mut bench, Key::ArrowDown);
    press(&mut bench, Key::Enter);
    assert_eq!(bench.app().screen(), Screen::Decks);
    let editor = bench.app().decks().editor().expect("the question is open");
    assert_eq!(editor.question.as_deref(), Some(&*detail.cards[0].key.question));
}

#[test]
fn the_source_is_told_passage_by_passage_and_each_can_be_studied() {
    let folder = learned();
    let mut bench = open(folder.path());
    press(&mut bench, Key::P);
    assert_eq!(*bench.app().scores().page(), Page::Passages(ALLIANCE.into()));
    let passages = bench.app().scores().passages().expect("the passages").to_vec();
    assert_eq!(bench.harness.query_all_by_label_contains("Study passage ").count(), 10);
    let mut standings = HashSet::new();
    for passage in &passages {
        let standing = passage.score.standing();
        let words = match standing {
            Standing::Known => "known well",
            Standing::Shaky => "shaky",
            Standing::Slipping => "slipping",
            Standing::Learning => "being learned",
            Standing::JustLearned => "just learned",
            Standing::Unseen => "not studied yet",
        };
        let name = format!("Study passage {}: ", passage.number);
        let row = bench.harness.get_by_label_contains(&name);
        assert!(row.accesskit_node().label().is_some_and(|label| label.contains(words)), "{words}");
        standings.insert(words);
    }
    assert!(standings.len() > 2, "{standings:?}");
    let third = passages[2].clone();
    bench.harness.get_by_label_contains("Study passage 3: ").click();
    bench.settle();
    let asked = session_cards(&bench);
    assert!(asked.iter().all(|card| third.cards.cards().contains(card)));
    assert_eq!(questions(&asked), questions(third.cards.cards().iter()));
    bench.chord(Modifiers::COMMAND, Key::Num3);
    settle(&mut bench);

    let recall = |nth: &usize| passages[*nth].score.recall_now();
    let seen = (0..passages.len()).filter(|nth| recall(nth).is_some());
    let weakest = seen.min_by(|a, b| recall(a).partial_cmp(&recall(b)).expect("shares")).expect("one seen");
    bench.key(Key::Space);
    assert_eq!(questions(&session_cards(&bench)), questions(passages[weakest].cards.cards().iter()));
    bench.chord(Modifiers::COMMAND, Key::Num3);
    settle(&mut bench);
    press(&mut bench, Key::Escape);
    assert_eq!(*bench.app().scores().page(), Page::Topics);
}

#[test]
fn a_deck_without_a_source_has_no_passages_to_show() {
    let folder = learned();
    let decks = folder.path().join("decks");
    std::fs::create_dir_all(&decks).expect("a folder");
    let text = r#"Deck(format: 1, id: "plain", title: "A plain deck", topics: {"t": "Only topic"}, questions: [
        (id: "q", topic: "t", prompt: "Yes?", answer: Bool(true))])"#;
    std::fs::write(decks.join("plain.ron"), text).expect("a deck");
    let mut bench = open(folder.path());
    bench.harness.get_by_label("By passage");
    press(&mut bench, Key::D);
    bench.harness.get_by_label("A plain deck").click();
    settle(&mut bench);
    assert_eq!(bench.app().scores().deck().map(|deck| &**deck), Some("plain"));
    assert!(bench.harness.query_by_label("By passage").is_none());
    press(&mut bench, Key::P);
    assert_eq!(*bench.app().scores().page(), Page::Topics);
}

#[test]
fn pictures_are_told_in_words_and_step_by_step() {
    let folder = learned();
    let mut bench = open_as(Opening { size: vec2(1280.0, 2600.0), ..Opening::new(folder.path()) });
    let titles = [
        "Due in the next days",
        "Predicted against actual",
        "Study days",
        "Retention by month",
        "Minutes a day",
        "Recall today",
        "Stability",
        "Accuracy by kind",
        "Confidence against accuracy",
    ];
    for title in titles {
        let begin = format!("{title}. ");
        let picture = bench.harness.get_by_label_contains(&begin);
        let told = picture.accesskit_node().label().unwrap_or_default();
        assert!(told.matches("; ").count() > 0 && told.contains(char::is_numeric), "{told}");
    }
    let due = bench.app().scores().pictures().expect("pictures").due.clone();
    bench.harness.get_by_label_contains("Due in the next days. ").focus();
    bench.settle();
    for _ in 0..due.days.len() {
        bench.key(Key::ArrowLeft);
    }
    let today = due.backlog + due.days[0];
    let told = format!("Today: {today} cards, {} of them from earlier days", due.backlog);
    bench.harness.get_by_label(&told);
    bench.key(Key::ArrowRight);
    assert!(bench.harness.query_by_label(&told).is_none());
    bench.harness.get_by_label(&format!(
        "Tomorrow: {}",
        match due.days[1] {
            1 => "1 card".to_owned(),
            cards => format!("{cards} cards"),
        }
    ));
}

#[test]
fn a_figure_under_the_pointer_says_what_it_is() {
    let folder = learned();
    let mut bench = open_as(Opening { size: vec2(1280.0, 2600.0), ..Opening::new(folder.path()) });
    let rect = bench.harness.get_by_label_contains("Stability. ").rect();
    bench.harness.hover_at(rect.left_center() + vec2(60.0, 0.0));
    bench.settle();
    let cards = bench.app().scores().pictures().expect("pictures").stability[0];
    bench.harness.get_by_label(&format!("Less than a day: {cards} cards"));
}

#[test]
fn the_wheel_over_a_picture_is_the_pages() {
    let folder = learned();
    let mut bench = open(folder.path());
    only_the_alliance(&mut bench);
    let picture = |bench: &Bench<'_>| bench.harness.get_by_label_contains("Due in the next days. ").rect();
    let before = picture(&bench);
    bench.harness.hover_at(before.left_top() + vec2(40.0, 8.0));
    bench.settle();
    bench.harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, -200.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    bench.settle();
    let after = picture(&bench);
    assert!(after.top() < before.top() - 100.0, "{before:?} {after:?}");
    assert_eq!(after.size(), before.size());
}

#[test]
fn before_the_first_answer_the_screen_says_what_will_be_here() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = open(folder.path());
    bench.harness.get_by_label_contains("Nothing answered yet.");
    assert!(bench.harness.query_by_label_contains("Due in the next days").is_none(), "no empty pictures");
    press(&mut bench, Key::P);
    bench.harness.get_by_label("Study the first passage");
    assert_eq!(*bench.app().scores().page(), Page::Passages(ALLIANCE.into()));
}

#[test]
fn of_thousands_of_topics_only_those_in_sight_are_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let decks = folder.path().join("decks");
    std::fs::create_dir_all(&decks).expect("a folder");
    let topics: Vec<String> = (1..=2_000).map(|nth| format!("\"t{nth}\": \"Field {nth:04}\"")).collect();
    let question = |nth: usize| {
        format!("(id: \"q{nth}\", topic: \"t{nth}\", prompt: \"Is {nth} so?\", answer: Bool(true))")
    };
    let questions: Vec<String> = (1..=2_000).map(question).collect();
    let text = format!(
        "Deck(format: 1, id: \"many\", title: \"Many fields\", topics: {{ {} }}, questions: [ {} ])",
        topics.join(", "),
        questions.join(", ")
    );
    std::fs::write(decks.join("many.ron"), text).expect("a deck");
    let mut bench = open(folder.path());
    press(&mut bench, Key::D);
    bench.harness.get_by_label("Many fields").click();
    settle(&mut bench);
    let drawn = |bench: &Bench<'_>| bench.harness.query_all_by_label_contains("Field ").count();
    assert!((5..40).contains(&drawn(&bench)), "{}", drawn(&bench));
    press(&mut bench, Key::ArrowDown);
    press(&mut bench, Key::End);
    settle(&mut bench);
    assert!(focused_label(&bench).starts_with("Field 2000: "), "{}", focused_label(&bench));
    let last = bench.harness.get_by_label_contains("Field 2000: ").rect();
    assert!(last.bottom() <= 800.0 && last.top() >= 0.0, "it is in sight: {last:?}");
    assert!((5..40).contains(&drawn(&bench)), "{}", drawn(&bench));
}

#[test]
fn the_list_of_keys_has_those_of_the_scores() {
    let folder = learned();
    let mut bench = open(folder.path());
    bench.chord(Modifiers::COMMAND, Key::K);
    bench.text("365");
    bench.key(Key::Enter);
    settle(&mut bench);
    assert_eq!(bench.app().scores().period(), Period::Year);
    bench.chord(Modifiers::COMMAND, Key::K);
    bench.text("passage");
    bench.key(Key::Enter);
    settle(&mut bench);
    assert_eq!(*bench.app().scores().page(), Page::Passages(ALLIANCE.into()));
    assert!(bench.app().library().deck(TERMS).is_some());
}

#[test]
fn suspended_cards_are_told_and_asked_again() {
    let folder = learned();
    let mut bench = open(folder.path());
    only_the_alliance(&mut bench);
    press(&mut bench, Key::ArrowDown);
    press(&mut bench, Key::Enter);
    bench.key(Key::Space);
    let first = bench.asked().key.clone();
    bench.chord(Modifiers::ALT, Key::S);
    bench.chord(Modifiers::COMMAND, Key::Num3);
    settle(&mut bench);
    let left = bench.app().scores().topic().expect("the topic").cards.iter().filter(|card| !card.suspended);
    let left = questions(left.map(|card| &card.key)).len();
    bench.harness.get_by_label(&format!("Study these {left}"));
    let last = bench.app().scores().topic().expect("the topic").cards.last().cloned().expect("cards");
    assert!(last.suspended && last.key == first);
    press(&mut bench, Key::Escape);
    bench.harness.get_by_label_contains("1 card suspended in Seventy Years");
    click(&mut bench, "Resume them");
    assert!(bench.harness.query_by_label_contains("1 card suspended").is_none());
    assert_eq!(bench.app().scores().table().expect("a table").total.score.suspended, 0);
}

#[test]
fn a_test_on_a_topic_or_a_source_is_set_up_from_its_page() {
    let folder = learned();
    let mut bench = open(folder.path());
    press(&mut bench, Key::P);
    press(&mut bench, Key::T);
    assert_eq!(bench.app().screen(), Screen::Test);
    let setup = bench.app().tests().setup().clone();
    assert_eq!(setup.decks.iter().map(|deck| &**deck).collect::<Vec<_>>(), [ALLIANCE]);
    assert_eq!((setup.topics.len(), setup.number), (0, 95));

    bench.chord(Modifiers::COMMAND, Key::Num3);
    settle(&mut bench);
    press(&mut bench, Key::Escape);
    press(&mut bench, Key::ArrowDown);
    press(&mut bench, Key::Enter);
    let Page::Topic { deck, topic } = bench.app().scores().page().clone() else { panic!("a topic") };
    click(&mut bench, "Test me on this");
    let setup = bench.app().tests().setup();
    let topics: Vec<(&str, &str)> = setup.topics.iter().map(|it| (&*it.deck, it.topic.as_str())).collect();
    assert_eq!(topics, [(&*deck, topic.as_str())]);
    assert_eq!(bench.app().tests().fitting(), setup.number as usize);
    press(&mut bench, Key::Space);
    assert!(bench.app().tests().is_running(), "and is begun there");
}

#[test]
fn every_column_can_be_had_in_a_window_of_the_usual_size() {
    let folder = learned();
    let mut bench = open(folder.path());
    let heads = ["Sort by score", "Sort by median", "Sort by studied"];
    let shown = |bench: &Bench<'_>| heads.map(|head| bench.harness.query_by_label(head).is_some());
    assert_eq!(shown(&bench), [false; 3]);
    press(&mut bench, Key::C);
    assert_eq!(shown(&bench), [true; 3]);
    click(&mut bench, "Sort by median");
    click(&mut bench, "Fewer columns");
    assert_eq!(shown(&bench), [false; 3]);
}
