//! The Scores screen in the window, by label and by keyboard, over the history of a simulated learner.

use eframe::egui::{self, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use linchpin::app::Screen;
use linchpin::app::scores::ScoresPage;
use linchpin::app::scores::columns::COLUMNS;
use linchpin::domain::ids::CardKey;
use linchpin::domain::score::{KnowledgeLevel, Period};
use linchpin::text;
use std::collections::HashSet;

use crate::fixtures::{DataFolder, WindowFixture, WindowOptions, study_both_shipped};

const ALLIANCE: &str = "rok-us-alliance";
const TERMS: &str = "korean-terms";

fn studied() -> DataFolder {
    let folder = DataFolder::new();
    study_both_shipped(folder.path());
    folder
}

fn open(folder: &DataFolder) -> WindowFixture {
    open_as(WindowOptions::new(folder))
}

fn open_as(opening: WindowOptions<'_>) -> WindowFixture {
    let mut window = opening.open();
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.wait_for_scores();
    window
}

fn press(window: &mut WindowFixture, key: Key) {
    window.press(key);
    window.wait_for_scores();
}

fn click(window: &mut WindowFixture, label: &str) {
    window.harness.get_by_label(label).click();
    window.wait_for_scores();
}

/// Keys of the topics of a deck in the order in which they are drawn, from the top.
fn drawn_topics(window: &WindowFixture) -> Vec<String> {
    let table = window.app().scores().table().expect("a table");
    let mut drawn: Vec<(f32, String)> = table
        .rows
        .iter()
        .filter_map(|row| {
            // The label of a row begins with its name, and a colon or a deck in brackets follows.
            let is_row = |node: &egui_kittest::Node<'_>| {
                let label = node.accesskit_node().label().unwrap_or_default();
                label.strip_prefix(&row.key.name).is_some_and(|rest| rest.starts_with([':', ' ']))
            };
            let mut rows = window.harness.query_all_by_label_contains(&row.key.name).filter(is_row);
            rows.next().map(|node| (node.rect().top(), row.key.topic.clone()))
        })
        .collect();
    drawn.sort_by(|a, b| a.0.total_cmp(&b.0));
    drawn.into_iter().map(|(_, topic)| topic).collect()
}

fn only_the_alliance(window: &mut WindowFixture) {
    press(window, Key::D);
    press(window, Key::ArrowDown);
    press(window, Key::Enter);
    assert_eq!(window.app().scores().deck().map(|deck| &**deck), Some(ALLIANCE));
}

/// The questions of these cards; a session shows one card of each.
fn questions<'a>(cards: impl IntoIterator<Item = &'a CardKey>) -> HashSet<String> {
    cards.into_iter().map(|card| format!("{}/{}", card.deck, card.question)).collect()
}

fn session_cards(window: &WindowFixture) -> HashSet<CardKey> {
    window.app().active_session().expect("a session").session().cards().cloned().collect()
}

#[test]
fn a_deck_is_chosen_by_keys_and_has_its_topics_alone() {
    let folder = studied();
    let mut window = open(&folder);
    window.harness.get_by_label_contains("Origins: war, armistice, treaty (Seventy Years");
    only_the_alliance(&mut window);
    assert!(window.harness.query_by_label_contains("(Seventy Years").is_none(), "one deck needs no name");
    assert!(!window.shows("War and armistice"));
    assert_eq!(drawn_topics(&window).len(), 8);
    let table = window.app().scores().table().expect("a table");
    let expected = table.total.score.expected;
    let sentence = format!("You would answer {:.0} of {} right today", expected.mean, expected.cards);
    window.harness.get_by_label_contains(&sentence);
    // Esc closes the list and nothing else.
    press(&mut window, Key::D);
    press(&mut window, Key::Escape);
    assert!(window.harness.query_by_label("All decks").is_none());
    assert_eq!(window.app().scores().deck().map(|deck| &**deck), Some(ALLIANCE));
}

#[test]
fn every_column_header_sorts_and_says_so() {
    let folder = studied();
    let mut window = open(&folder);
    only_the_alliance(&mut window);
    let by_author = drawn_topics(&window);
    click(&mut window, "Sort by recall now");
    window.harness.get_by_label("Recall now, sorted ascending");
    let table = window.app().scores().table().expect("a table").clone();
    let recall = |topic: &String| {
        let row = table.rows.iter().find(|row| row.key.topic == *topic).expect("a row");
        row.score.recall_now()
    };
    let upwards = drawn_topics(&window);
    assert_ne!(upwards, by_author);
    let known: Vec<f64> = upwards.iter().filter_map(recall).collect();
    assert!(known.len() >= 5 && known.is_sorted(), "{known:?}");
    assert!(upwards[known.len()..].iter().all(|topic| recall(topic).is_none()), "the unseen come last");
    click(&mut window, "Recall now, sorted ascending");
    window.harness.get_by_label("Recall now, sorted descending");
    let known: Vec<f64> = drawn_topics(&window).iter().filter_map(recall).collect();
    assert!(known.iter().rev().is_sorted(), "{known:?}");
    for head in ["topic", "mastery", "seen", "accuracy", "95\u{a0}% (n)", "30 days", "due"] {
        click(&mut window, &format!("Sort by {head}"));
        assert!(window.harness.query_by_label(&format!("Sort by {head}")).is_none(), "{head}");
    }
}

#[test]
fn a_period_is_chosen_by_its_digit() {
    let folder = studied();
    let mut window = open(&folder);
    let answers =
        |window: &WindowFixture| window.app().scores().table().expect("a table").total.score.accuracy.answers;
    let mut before = 0;
    for (key, period) in [(Key::Num1, Period::Week), (Key::Num2, Period::Month), (Key::Num3, Period::Year)] {
        press(&mut window, key);
        assert_eq!(window.app().scores().period(), period);
        let chip = window.harness.get_by_label(text::scores::period(period));
        assert_eq!(chip.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
        assert!(answers(&window) > before, "{period:?}");
        before = answers(&window);
    }
    press(&mut window, Key::Num4);
    assert_eq!(window.app().scores().period(), Period::All);
    window.harness.get_by_label_contains("Study days. You studied on 58 of 76 days since 9 September 2026");
}

#[test]
fn a_topic_is_opened_studied_and_left_by_keys() {
    let folder = studied();
    let mut window = open(&folder);
    only_the_alliance(&mut window);
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowUp] {
        press(&mut window, key);
    }
    assert!(
        window.focused_label().unwrap_or_default().starts_with("From the 1960s to the 1990s: "),
        "{}",
        window.focused_label().unwrap_or_default()
    );
    press(&mut window, Key::Enter);
    assert!(matches!(window.app().scores().page(), ScoresPage::Topic { topic, .. } if topic == "decades"));
    let detail = window.app().scores().topic().expect("the topic").clone();
    assert_eq!(detail.cards.len(), 14);
    window.harness.get_by_label("Study these 14");
    let recalls: Vec<f64> = detail.cards.iter().filter_map(|card| card.recall).collect();
    assert!(recalls.is_sorted());
    press(&mut window, Key::Escape);
    assert_eq!(*window.app().scores().page(), ScoresPage::Topics);
    assert!(
        window.focused_label().unwrap_or_default().starts_with("From the 1960s"),
        "the focus is where it was"
    );
    press(&mut window, Key::Enter);

    window.press(Key::Space);
    let wanted: HashSet<CardKey> = detail.cards.iter().map(|card| card.key.clone()).collect();
    assert_eq!(session_cards(&window), wanted, "exactly these");
    let first = window.active_card().key.clone();
    window.answer(true);
    window.press(Key::Space);
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.wait_for_scores();
    let after = window.app().scores().topic().expect("the topic").clone();
    let answers = |cards: &[linchpin::domain::score::weakness::CardScore]| {
        cards.iter().find(|card| card.key == first).map(|card| card.accuracy.answers)
    };
    assert_eq!(answers(&after.cards), answers(&detail.cards).map(|before| before + 1));
}

#[test]
fn the_page_of_a_topic_lists_confusions_and_links_to_its_questions() {
    let folder = studied();
    let mut window = open_as(WindowOptions { size: vec2(1280.0, 2400.0), ..WindowOptions::new(&folder) });
    press(&mut window, Key::Num4);
    window.harness.get_by_label_contains("Origins: war, armistice, treaty (").click();
    window.wait_for_scores();
    let detail = window.app().scores().topic().expect("the topic").clone();
    let confusion = detail.confusions.first().expect("something was confused");
    assert!(confusion.count > 2);
    let label =
        format!("Answered “{}” instead of “{}”, {} times", confusion.given, confusion.right, confusion.count);
    assert!(window.harness.query_all_by_label(&label).next().is_some(), "{label}");
    assert_eq!(
        window.harness.query_all_by_label_contains("Study passage ").count(),
        detail.passages.len(),
        "its passages"
    );
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert_eq!(window.app().screen(), Screen::Decks);
    let editor = window.app().decks().editor().expect("the question is open");
    assert_eq!(editor.question.as_deref(), Some(&*detail.cards[0].key.question));
}

#[test]
fn the_source_is_listed_by_passage_and_each_passage_can_be_studied() {
    let folder = studied();
    let mut window = open(&folder);
    press(&mut window, Key::P);
    assert_eq!(*window.app().scores().page(), ScoresPage::Passages(ALLIANCE.into()));
    let passages = window.app().scores().passages().expect("the passages").to_vec();
    assert_eq!(window.harness.query_all_by_label_contains("Study passage ").count(), 10);
    let mut standings = HashSet::new();
    for passage in &passages {
        let standing = passage.score.knowledge_level();
        let words = match standing {
            KnowledgeLevel::Known => "known well",
            KnowledgeLevel::Shaky => "shaky",
            KnowledgeLevel::Declining => "fading",
            KnowledgeLevel::Learning => "being learned",
            KnowledgeLevel::JustLearned => "just learned",
            KnowledgeLevel::Unseen => "not studied yet",
        };
        let name = format!("Study passage {}: ", passage.number);
        let row = window.harness.get_by_label_contains(&name);
        assert!(row.accesskit_node().label().is_some_and(|label| label.contains(words)), "{words}");
        standings.insert(words);
    }
    assert!(standings.len() > 2, "{standings:?}");
    let third = passages[2].clone();
    window.click_containing("Study passage 3: ");
    let shown = session_cards(&window);
    assert!(shown.iter().all(|card| third.cards.cards().contains(card)));
    assert_eq!(questions(&shown), questions(third.cards.cards().iter()));
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.wait_for_scores();

    let recall = |nth: &usize| passages[*nth].score.recall_now();
    let seen = (0..passages.len()).filter(|nth| recall(nth).is_some());
    let weakest = seen.min_by(|a, b| recall(a).partial_cmp(&recall(b)).expect("shares")).expect("one seen");
    window.press(Key::Space);
    assert_eq!(questions(&session_cards(&window)), questions(passages[weakest].cards.cards().iter()));
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.wait_for_scores();
    press(&mut window, Key::Escape);
    assert_eq!(*window.app().scores().page(), ScoresPage::Topics);
}

#[test]
fn a_deck_without_a_source_has_no_passages_to_show() {
    let folder = studied();
    let text = r#"Deck(format: 1, id: "plain", title: "A plain deck", topics: {"t": "Only topic"}, questions: [
        (id: "q", topic: "t", prompt: "Yes?", answer: Bool(true))])"#;
    folder.write_deck("plain.ron", text);
    let mut window = open(&folder);
    window.harness.get_by_label("By passage");
    press(&mut window, Key::D);
    window.harness.get_by_label("A plain deck").click();
    window.wait_for_scores();
    assert_eq!(window.app().scores().deck().map(|deck| &**deck), Some("plain"));
    assert!(window.harness.query_by_label("By passage").is_none());
    press(&mut window, Key::P);
    assert_eq!(*window.app().scores().page(), ScoresPage::Topics);
}

#[test]
fn charts_are_described_in_words_and_value_by_value() {
    let folder = studied();
    let mut window = open_as(WindowOptions { size: vec2(1280.0, 2600.0), ..WindowOptions::new(&folder) });
    let titles = [
        "Due in the next days",
        "Predicted and actual scores",
        "Study days",
        "Retention by month",
        "Minutes a day",
        "Recall today",
        "Stability",
        "Accuracy by kind",
        "Accuracy by confidence",
    ];
    for title in titles {
        let begin = format!("{title}. ");
        let chart = window.harness.get_by_label_contains(&begin);
        let label = chart.accesskit_node().label().unwrap_or_default();
        assert!(label.matches("; ").count() > 0 && label.contains(char::is_numeric), "{label}");
    }
    let due = window.app().scores().charts().expect("charts").due.clone();
    window.harness.get_by_label_contains("Due in the next days. ").focus();
    window.settle();
    for _ in 0..due.days.len() {
        window.press(Key::ArrowLeft);
    }
    let today = due.backlog + due.days[0];
    let label = format!("Today: {today} cards, {} of them overdue", due.backlog);
    window.harness.get_by_label(&label);
    window.press(Key::ArrowRight);
    assert!(window.harness.query_by_label(&label).is_none());
    window.harness.get_by_label(&format!(
        "Tomorrow: {}",
        match due.days[1] {
            1 => "1 card".to_owned(),
            cards => format!("{cards} cards"),
        }
    ));
}

#[test]
fn a_figure_under_the_pointer_shows_its_meaning() {
    let folder = studied();
    let mut window = open_as(WindowOptions { size: vec2(1280.0, 2600.0), ..WindowOptions::new(&folder) });
    let rect = window.harness.get_by_label_contains("Stability. ").rect();
    window.harness.hover_at(rect.left_center() + vec2(60.0, 0.0));
    window.settle();
    let cards = window.app().scores().charts().expect("charts").stability[0];
    window.harness.get_by_label(&format!("Less than a day: {cards} cards"));
}

#[test]
fn the_wheel_over_a_chart_scrolls_the_page() {
    let folder = studied();
    let mut window = open(&folder);
    only_the_alliance(&mut window);
    let chart =
        |window: &WindowFixture| window.harness.get_by_label_contains("Due in the next days. ").rect();
    let before = chart(&window);
    window.scroll_at(before.left_top() + vec2(40.0, 8.0), -200.0);
    let after = chart(&window);
    assert!(after.top() < before.top() - 100.0, "{before:?} {after:?}");
    assert_eq!(after.size(), before.size());
}

#[test]
fn before_the_first_answer_the_screen_says_what_it_will_show() {
    let folder = DataFolder::new();
    let mut window = open(&folder);
    window.harness.get_by_label_contains("Nothing answered yet.");
    assert!(!window.shows("Due in the next days"), "no empty charts");
    press(&mut window, Key::P);
    window.harness.get_by_label("Study the first passage");
    assert_eq!(*window.app().scores().page(), ScoresPage::Passages(ALLIANCE.into()));
}

#[test]
fn only_the_visible_rows_of_thousands_of_topics_are_drawn() {
    let folder = DataFolder::new();
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
    folder.write_deck("many.ron", &text);
    let mut window = open(&folder);
    press(&mut window, Key::D);
    window.harness.get_by_label("Many fields").click();
    window.wait_for_scores();
    let drawn = |window: &WindowFixture| window.harness.query_all_by_label_contains("Field ").count();
    assert!((5..40).contains(&drawn(&window)), "{}", drawn(&window));
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::End);
    window.wait_for_scores();
    assert!(
        window.focused_label().unwrap_or_default().starts_with("Field 2000: "),
        "{}",
        window.focused_label().unwrap_or_default()
    );
    let last = window.harness.get_by_label_contains("Field 2000: ").rect();
    assert!(last.bottom() <= 800.0 && last.top() >= 0.0, "it is in sight: {last:?}");
    assert!((5..40).contains(&drawn(&window)), "{}", drawn(&window));
}

#[test]
fn the_list_of_keys_includes_those_of_the_scores() {
    let folder = studied();
    let mut window = open(&folder);
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("365");
    window.press(Key::Enter);
    window.wait_for_scores();
    assert_eq!(window.app().scores().period(), Period::Year);
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("passage");
    window.press(Key::Enter);
    window.wait_for_scores();
    assert_eq!(*window.app().scores().page(), ScoresPage::Passages(ALLIANCE.into()));
    assert!(window.app().library().deck(TERMS).is_some());
}

#[test]
fn suspended_cards_are_listed_and_can_be_unsuspended() {
    let folder = studied();
    let mut window = open(&folder);
    only_the_alliance(&mut window);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    window.press(Key::Space);
    let first = window.active_card().key.clone();
    window.press_with(Modifiers::ALT, Key::S);
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.wait_for_scores();
    let left = window.app().scores().topic().expect("the topic").cards.iter().filter(|card| !card.suspended);
    let left = questions(left.map(|card| &card.key)).len();
    window.harness.get_by_label(&format!("Study these {left}"));
    let last = window.app().scores().topic().expect("the topic").cards.last().cloned().expect("cards");
    assert!(last.suspended && last.key == first);
    press(&mut window, Key::Escape);
    window.harness.get_by_label_contains("1 card suspended in Seventy Years");
    click(&mut window, "Resume them");
    assert!(!window.shows("1 card suspended"));
    assert_eq!(window.app().scores().table().expect("a table").total.score.suspended, 0);
}

#[test]
fn a_test_on_a_topic_or_a_source_is_set_up_from_its_page() {
    let folder = studied();
    let mut window = open(&folder);
    press(&mut window, Key::P);
    press(&mut window, Key::T);
    assert_eq!(window.app().screen(), Screen::Test);
    let setup = window.app().tests().setup().clone();
    assert_eq!(setup.decks.iter().map(|deck| &**deck).collect::<Vec<_>>(), [ALLIANCE]);
    assert_eq!((setup.topics.len(), setup.question_count), (0, 95));

    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.wait_for_scores();
    press(&mut window, Key::Escape);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    let ScoresPage::Topic { deck, topic } = window.app().scores().page().clone() else { panic!("a topic") };
    click(&mut window, "Test me on this");
    let setup = window.app().tests().setup();
    let topics: Vec<(&str, &str)> = setup.topics.iter().map(|it| (&*it.deck, it.topic.as_str())).collect();
    assert_eq!(topics, [(&*deck, topic.as_str())]);
    assert_eq!(window.app().tests().matching_questions(), setup.question_count as usize);
    press(&mut window, Key::Space);
    assert!(window.app().tests().is_active(), "and is begun there");
}

#[test]
fn every_column_can_be_shown_in_a_window_of_the_usual_size() {
    let folder = studied();
    let mut window = open(&folder);
    let hidden = |window: &WindowFixture| -> Vec<&str> {
        let is_hidden = |name: &&str| {
            window.harness.query_by_label(&format!("Sort by {}", name.to_lowercase())).is_none()
        };
        COLUMNS.iter().map(|spec| spec.text.name).filter(is_hidden).collect()
    };
    let without_room = hidden(&window);
    assert!(
        ["Score", "Median", "Studied"].iter().all(|name| without_room.contains(name)),
        "{without_room:?}"
    );
    press(&mut window, Key::C);
    assert_eq!(hidden(&window), [""; 0]);
    click(&mut window, "Sort by topic");
    click(&mut window, "Fewer columns");
    assert_eq!(hidden(&window), [&["Topic"], without_room.as_slice()].concat());
}
