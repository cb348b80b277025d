//! What counts as known, on every screen and in every file, after nothing but failures.

use linchpin::app::Screen;
use linchpin::app::command::Command;
use linchpin::app::decks::DeckCommand;
use linchpin::app::decks::table::{QuestionColumn, QuestionTableView};
use linchpin::app::history_export;
use linchpin::app::scores::{ScoresCommand, ScoresPage};
use linchpin::app::study::{Scope, SessionKind, StudyCommand};
use linchpin::domain::rating::Rating;
use linchpin::domain::score::KnowledgeLevel;
use linchpin::text;

use crate::fixtures::AppFixture;

const ALLIANCE: &str = "rok-us-alliance";

/// After a session over the first cards of the alliance; `right` says of each in turn whether it is answered right.
fn after_answers(right: &[bool]) -> AppFixture {
    let mut fixture = AppFixture::new();
    fixture.start(Scope::Deck(ALLIANCE.into()), SessionKind::Today);
    let mut cards = std::collections::HashSet::new();
    for right in right {
        assert!(cards.insert(fixture.study(*right)), "each of them once");
    }
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture
}

fn open(fixture: &mut AppFixture, page: ScoresPage) {
    fixture.apply(Command::Go(Screen::Scores));
    fixture.apply(Command::Scores(ScoresCommand::SetDeck(Some(ALLIANCE.into()))));
    fixture.apply(Command::Scores(ScoresCommand::Open(page)));
}

#[test]
fn after_six_failures_out_of_six_no_figure_counts_anything_as_known() {
    let mut fixture = after_answers(&[false; 6]);
    let total = fixture.app.figures().total.clone();
    assert_eq!(text::scores::known_of_seen(&total).as_deref(), Some("0 known, 6 being learned, of 6 seen"));
    assert_eq!(total.recall_now(), Some(0.0));
    let deck = fixture.app.figures().deck(ALLIANCE).expect("the deck").clone();
    assert_eq!((deck.total.known(), deck.total.learning, deck.total.recall_now()), (0, 6, Some(0.0)));
    // The expected score of a test today is that of a learner who has seen nothing.
    let nobody = AppFixture::new().app.figures().deck(ALLIANCE).expect("the deck").total.expected;
    assert!((deck.total.expected.mean - nobody.mean).abs() < 1e-9);

    open(&mut fixture, ScoresPage::Topics);
    let table = fixture.app.scores().table().expect("a table").clone();
    assert_eq!(table.total.score.recall_now(), Some(0.0));
    for row in &table.rows {
        let wanted = if row.score.seen > 0 { KnowledgeLevel::Learning } else { KnowledgeLevel::Unseen };
        assert_eq!((row.score.knowledge_level(), row.score.known()), (wanted, 0), "{}", row.key.name);
    }
    let charts = fixture.app.scores().charts().expect("charts");
    assert_eq!((charts.recall[0], charts.recall.iter().sum::<usize>(), charts.learning), (6, 6, 6));
    let today: Vec<f64> = charts.trends.iter().filter_map(|trend| trend.points()[10]).collect();
    assert!(!today.is_empty() && today.iter().all(|point| *point == 0.0), "{today:?}");

    open(&mut fixture, ScoresPage::Passages(ALLIANCE.into()));
    let passages = fixture.app.scores().passages().expect("passages");
    assert!(passages.iter().any(|passage| passage.score.seen > 0));
    for passage in passages {
        assert!(
            matches!(passage.score.knowledge_level(), KnowledgeLevel::Learning | KnowledgeLevel::Unseen),
            "{}",
            passage.gist
        );
    }

    let mut csv = Vec::new();
    let (decks, model) = (fixture.app.library().decks(), &fixture.app.scheduler().model);
    history_export::write_scores(
        &mut csv,
        decks,
        fixture.app.progress(),
        model,
        fixture.now.day(),
        Some(ALLIANCE),
    )
    .expect("it is written");
    let csv = String::from_utf8(csv).expect("text");
    let mut lines = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heads = lines.next().expect("heads");
    // From the end: a name may have a comma in it.
    let back = |name: &str| heads.len() - heads.iter().position(|head| *head == name).expect("a column");
    let counts = lines.map(|row| {
        let cell = |name: &str| row[row.len() - back(name)];
        if cell("seen") != "0" {
            assert_eq!((cell("recall_now"), cell("known")), ("0.000000", "0"));
        }
        cell("being_learned").parse::<usize>().expect("a number")
    });
    assert_eq!(counts.sum::<usize>(), 6);
}

#[test]
fn the_question_failed_most_recently_is_the_weakest() {
    // Two of three right; the cards come from different topics, so the test searches the whole deck.
    let mut fixture = after_answers(&[true, false, true, false, true, false]);
    let topics: Vec<String> =
        fixture.app.library().deck(ALLIANCE).expect("it").deck.topics.keys().cloned().collect();
    let mut failed = 0;
    for topic in topics {
        open(&mut fixture, ScoresPage::Topic { deck: ALLIANCE.into(), topic });
        let cards = fixture.app.scores().topic().expect("a topic").cards.clone();
        let right: Vec<usize> =
            cards.iter().filter(|card| card.recall.is_some()).map(|card| card.accuracy.right).collect();
        assert!(right.is_sorted(), "those answered wrong first: {right:?}");
        failed += right.iter().filter(|right| **right == 0).count();
        assert!(
            cards
                .iter()
                .filter(|card| card.recall.is_some())
                .all(|card| card.knowledge_level() == KnowledgeLevel::Learning)
        );
    }
    assert_eq!(failed, 3);
}

#[test]
fn a_question_has_a_tick_only_after_it_was_recalled_on_a_later_day() {
    let mut fixture = AppFixture::new();
    fixture.start(Scope::Deck(ALLIANCE.into()), SessionKind::Today);
    let learned = fixture.finish().into_iter().collect::<std::collections::HashSet<_>>().len();
    fixture.apply(Command::Study(StudyCommand::EndSession));
    let standings = |fixture: &mut AppFixture| -> Vec<KnowledgeLevel> {
        open(fixture, ScoresPage::Passages(ALLIANCE.into()));
        let passages = fixture.app.scores().passages().expect("passages");
        let of_passages: Vec<KnowledgeLevel> =
            passages.iter().map(|passage| passage.score.knowledge_level()).collect();
        let table = fixture.app.scores().table().expect("a table");
        of_passages.into_iter().chain(table.rows.iter().map(|row| row.score.knowledge_level())).collect()
    };
    let total = fixture.app.figures().total.clone();
    let wanted = format!("{learned} known of {learned} seen");
    assert_eq!(text::scores::known_of_seen(&total), Some(wanted), "every card was learned");
    let evening = standings(&mut fixture);
    assert!(
        evening.contains(&KnowledgeLevel::JustLearned) && !evening.contains(&KnowledgeLevel::Known),
        "{evening:?}"
    );
    fixture.pass_days(1);
    let morning = standings(&mut fixture);
    assert!(!morning.contains(&KnowledgeLevel::Known), "sleep alone proves nothing: {morning:?}");
    // Only reviews, until every card was recalled once more.
    fixture.app.apply(Command::Set(linchpin::app::Setting::NewCardsADay(0)), &fixture.now);
    for _ in 0..12 {
        fixture.start(Scope::Deck(ALLIANCE.into()), SessionKind::Today);
        fixture.finish();
        fixture.apply(Command::Study(StudyCommand::EndSession));
        fixture.pass_days(1);
    }
    assert!(standings(&mut fixture).contains(&KnowledgeLevel::Known));
}

#[test]
fn the_page_of_a_deck_marks_questions_that_are_being_learned() {
    let mut fixture = after_answers(&[false; 6]);
    fixture.apply(Command::Go(Screen::Decks));
    fixture.apply(Command::Deck(DeckCommand::Open(ALLIANCE.into())));
    let page = fixture.app.decks().page().expect("a page");
    let questions = fixture.app.library().deck(ALLIANCE).expect("it").deck.questions.len();
    let learning: Vec<Option<f32>> = (0..questions)
        .filter_map(|at| page.table.row(at))
        .filter(|row| row.is_being_learned)
        .map(|row| row.recall)
        .collect();
    assert_eq!(learning, [Some(0.0); 6]);
}

#[test]
fn a_deck_sorted_by_recall_begins_with_the_question_failed_most_recently() {
    let mut fixture = after_answers(&[true, false, true, false]);
    fixture.apply(Command::Go(Screen::Decks));
    fixture.apply(Command::Deck(DeckCommand::Open(ALLIANCE.into())));
    fixture.apply(Command::Deck(DeckCommand::SetView(QuestionTableView {
        sort: QuestionColumn::Recall,
        ..QuestionTableView::default()
    })));
    let page = fixture.app.decks().page().expect("a page");
    let rows = page.table.visible().iter().filter_map(|at| page.table.row(*at as usize));
    let ratings: Vec<Option<Rating>> = rows.take(5).map(|row| row.last_rating).collect();
    let (again, good) = (Some(Rating::Again), Some(Rating::Good));
    assert_eq!(ratings, [again, again, good, good, None]);
}
