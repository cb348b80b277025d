//! Scores per topic: what changes them and what does not.

use linchpin::domain::day::Moment;
use linchpin::domain::deck::Deck;
use linchpin::domain::event::{AnswerRecord, Change, Due, Event, ReviewSource};
use linchpin::domain::ids::{CardKey, Facet};
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::progress::Progress;
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::schedule::Scheduler;
use linchpin::domain::score::charts::ChartData;
use linchpin::domain::score::confusion::confusions;
use linchpin::domain::score::scored_cards::ScoredHistories;
use linchpin::domain::score::table::TopicTable;
use linchpin::domain::score::{Period, Score, wilson_95};
use linchpin::domain::task::Response;
use linchpin::formats::ron_deck;

use crate::fixtures::cards;
use crate::fixtures::cards::{Card, answer, when_due};
use crate::fixtures::time::{days_later, morning};

/// Four cards of one topic, one of another, and a topic without cards.
fn deck() -> Deck {
    let text = r#"Deck(format: 1, id: "war", title: "The war",
        topics: {"dates": "Dates", "places": "Places", "none": "None"},
        questions: [
            (id: "a", topic: "dates", prompt: "When a?", answer: Number(1950)),
            (id: "b", topic: "dates", prompt: "When b?", answer: Number(1951)),
            (id: "c", topic: "dates", prompt: "When c?", answer: Number(1952)),
            (id: "d", topic: "dates", prompt: "When d?", answer: Number(1953)),
            (id: "e", topic: "places", prompt: "Where e?", answer: Typed(["Busan"])),
        ])"#;
    ron_deck::parse(text).deck.expect("a deck")
}

fn card(question: &str) -> CardKey {
    CardKey::new("war", question, Facet::Front)
}

#[derive(Default)]
struct Log {
    progress: Progress,
    rules: Scheduler,
    events: u64,
}

impl Log {
    fn push(&mut self, question: &str, change: Change, now: &Moment) {
        self.events += 1;
        let event = Event { id: cards::id(self.events), stamp: now.stamp, card: card(question), change };
        cards::push(&mut self.progress, event, &self.rules.model);
    }

    fn answer(&mut self, question: &str, rating: Rating, now: &Moment) {
        let state = *self.progress.state(&card(question));
        let due = self.rules.outcome(&card(question), Kind::Number, &state, now, rating).due;
        self.push(question, Change::Answer(cards::review(rating, Kind::Number, due)), now);
    }

    /// Answers Good until the card is known for months.
    fn learn_well(&mut self, question: &str, from: &Moment) -> Moment {
        let mut now = *from;
        for nth in 0..6 {
            if nth > 0 {
                now = when_due(&now, self.progress.state(&card(question)).due.expect("answered"));
            }
            self.answer(question, Rating::Good, &now);
        }
        now
    }

    fn table(&self, now: &Moment) -> TopicTable {
        let (deck, never) = (deck(), std::sync::atomic::AtomicBool::new(false));
        let cards = ScoredHistories::of([&deck], &self.progress, &never).expect("not cancelled");
        TopicTable::of_period(&cards, &self.rules.model, now.day(), Period::All, &never)
            .expect("not cancelled")
    }

    fn dates(&self, now: &Moment) -> Score {
        self.table(now).rows[0].score.clone()
    }
}

#[test]
fn topics_come_in_the_decks_order_with_the_empty_ones() {
    let topics = Log::default().table(&morning()).rows;
    let names: Vec<(&str, usize)> =
        topics.iter().map(|topic| (topic.key.name.as_str(), topic.score.cards)).collect();
    assert_eq!(names, [("Dates", 4), ("Places", 1), ("None", 0)]);
    let none = &topics[2].score;
    assert_eq!((none.mastery(), none.coverage(), none.accuracy.share()), (None, None, None));
}

#[test]
fn before_the_first_answer_there_is_no_recall_and_no_accuracy() {
    let score = Log::default().dates(&morning());
    assert_eq!((score.mastery(), score.coverage()), (Some(0.0), Some(0.0)));
    assert_eq!((score.recall_now(), score.accuracy.share(), score.accuracy.interval()), (None, None, None));
    assert_eq!((score.new_cards, score.due, score.last_studied), (4, 0, None));
}

#[test]
fn unseen_cards_count_as_not_mastered() {
    let mut log = Log::default();
    let now = log.learn_well("a", &morning());
    let score = log.dates(&now);
    assert_eq!((score.mastered, score.mastery(), score.coverage()), (1, Some(0.25), Some(0.25)));
}

#[test]
fn suspended_cards_are_left_out_and_counted_separately() {
    let mut log = Log::default();
    let now = log.learn_well("a", &morning());
    log.push("b", Change::Suspend, &now);
    let score = log.dates(&now);
    assert_eq!((score.cards, score.suspended, score.mastery()), (3, 1, Some(1.0 / 3.0)));
    log.push("a", Change::Suspend, &now);
    let score = log.dates(&now);
    assert_eq!((score.cards, score.seen, score.accuracy.answers, score.mastery()), (2, 0, 0, Some(0.0)));
    log.push("a", Change::Resume, &now);
    assert_eq!(log.dates(&now).mastered, 1);
}

#[test]
fn a_card_is_mastered_when_it_would_still_be_recalled_after_a_month_without_study() {
    let model = MemoryModel::default();
    let mut log = Log::default();
    let now = log.learn_well("a", &morning());
    for days in [0, 60, 400, 1_000, 3_000] {
        let later = days_later(&now, days);
        let memory = log.progress.state(&card("a")).memory.expect("answered");
        let mastered = model.recall(memory, days + 30) >= 0.8;
        assert_eq!(log.dates(&later).mastered == 1, mastered, "{days} days on");
    }
    assert_eq!(log.dates(&days_later(&now, 3_000)).mastered, 0, "mastery does not last for ever");
    log.answer("b", Rating::Good, &now);
    assert_eq!(log.dates(&now).mastered, 1, "one answer is not mastery");
}

#[test]
fn mastery_does_not_depend_on_due_cards_or_on_the_desired_retention() {
    let now = morning();
    let at_retention = |retention: f32, due_in: u32| {
        let mut log = Log::default();
        log.rules.desired_retention = retention;
        for question in ["a", "b"] {
            let due = Due::Day(now.day().plus(due_in));
            log.push(question, Change::Answer(cards::review(Rating::Easy, Kind::Number, due)), &now);
        }
        let score = log.dates(&days_later(&now, 5));
        (score.due, score.mastered, score.recall_now())
    };
    let (due, mastered, recall) = at_retention(0.9, 5);
    let (later_due, later_mastered, later_recall) = at_retention(0.7, 50);
    assert_eq!((due, later_due), (2, 0));
    assert_eq!((mastered, recall), (later_mastered, later_recall));
}

#[test]
fn a_card_that_becomes_due_overnight_does_not_change_mastery() {
    let mut log = Log::default();
    let now = log.learn_well("a", &morning());
    let Some(Due::Day(due)) = log.progress.state(&card("a")).due else { panic!("learned") };
    let days = due.days_since(now.day());
    let (before, after) = (log.dates(&days_later(&now, days - 1)), log.dates(&days_later(&now, days)));
    assert_eq!((before.due, after.due), (0, 1));
    assert_eq!(before.mastered, after.mastered);
}

#[test]
fn recall_now_is_the_mean_over_the_seen_cards_with_0_for_those_being_learned() {
    let mut log = Log::default();
    let mut now = morning();
    log.answer("c", Rating::Again, &now);
    log.answer("d", Rating::Good, &now);
    let score = log.dates(&now);
    assert_eq!((score.recall_now(), score.known(), score.learning), (Some(0.0), 0, 2));
    log.answer("a", Rating::Good, &now);
    now = when_due(&now, log.progress.state(&card("a")).due.expect("answered"));
    log.answer("a", Rating::Good, &now);
    log.answer("b", Rating::Easy, &now);
    let later = days_later(&now, 7);
    let model = MemoryModel::default();
    let recall = |question| log.progress.state(&card(question)).recall(&model, later.day()).expect("seen");
    let mean = log.dates(&later).recall_now().expect("seen");
    assert!((mean - (recall("a") + recall("b")) / 4.0).abs() < 1e-12);
    assert!(recall("a") < recall("b"));
    let score = log.dates(&now);
    assert!((score.recall_now().expect("seen") - 0.5).abs() < 1e-6);
    assert_eq!((score.known(), score.learning, score.forgotten(), score.seen), (2, 2, 0, 4));
    let score = log.dates(&days_later(&now, 400));
    assert_eq!(score.known() + score.forgotten() + score.learning, 4, "the figures add up");
    assert!(score.forgotten() > 0);
}

#[test]
fn accuracy_counts_wholly_right_answers_and_not_their_ratings() {
    let mut log = Log::default();
    let now = morning();
    for (score, rating) in
        [(1.0, Rating::Again), (1.0, Rating::Good), (0.8, Rating::Easy), (0.0, Rating::Good)]
    {
        let mut review = cards::review(rating, Kind::Number, Due::Day(now.day().plus(1)));
        review.score = score;
        log.push("a", Change::Answer(review), &now);
    }
    assert_eq!(log.dates(&now).accuracy.share(), Some(0.5));
}

#[test]
fn practice_counts_for_no_score() {
    let mut log = Log::default();
    let now = morning();
    log.answer("a", Rating::Good, &now);
    let before = log.dates(&now);
    let mut review = cards::review(Rating::Again, Kind::Number, Due::Day(now.day().plus(1)));
    review.source = ReviewSource::Practice;
    log.push("a", Change::Answer(review), &now);
    log.push("b", Change::Answer(review), &now);
    assert_eq!(log.dates(&now), before);
}

#[test]
fn a_retracted_answer_counts_for_nothing() {
    let mut log = Log::default();
    let now = morning();
    let before = log.dates(&now);
    log.answer("a", Rating::Good, &now);
    let target = cards::id(log.events);
    log.push("a", Change::Retract(target), &now);
    assert_eq!(log.dates(&now), before);
}

#[test]
fn cards_on_learning_steps_count_as_due_and_buried_ones_do_not() {
    let mut log = Log::default();
    let now = morning();
    log.answer("a", Rating::Again, &now);
    log.answer("b", Rating::Again, &now);
    log.push("b", Change::Bury { until: now.day().plus(1) }, &now);
    assert_eq!(log.dates(&now).due, 1);
    assert_eq!(log.dates(&days_later(&now, 1)).due, 2);
}

#[test]
fn the_total_score_is_the_sum_over_its_topics() {
    let mut log = Log::default();
    let now = log.learn_well("a", &morning());
    log.answer("e", Rating::Again, &now);
    let total = log.table(&now).total.score;
    assert_eq!((total.cards, total.seen, total.accuracy.answers, total.accuracy.right), (5, 2, 7, 6));
    assert_eq!(total.last_studied, Some(now.day()));
}

#[test]
fn wilsons_interval_has_its_known_values() {
    // Computed from the formula independently of this program.
    let cases = [
        (8, 10, 0.490_162, 0.943_318),
        (0, 10, 0.0, 0.277_533),
        (10, 10, 0.722_467, 1.0),
        (1, 1, 0.206_549, 1.0),
        (50, 100, 0.403_832, 0.596_168),
    ];
    for (right, answers, low, high) in cases {
        let (found_low, found_high) = wilson_95(right as f64, answers).expect("answers");
        assert!((found_low - low).abs() < 1e-5, "{right} of {answers}: {found_low}");
        assert!((found_high - high).abs() < 1e-5, "{right} of {answers}: {found_high}");
    }
    assert_eq!(wilson_95(0.0, 0), None);
}

#[test]
fn a_card_that_was_reset_is_new_and_its_answers_still_count() {
    let mut log = Log::default();
    let now = morning();
    log.answer("a", Rating::Easy, &now);
    log.push("a", Change::Reset, &now);
    let score = log.dates(&now);
    assert_eq!((score.seen, score.new_cards, score.accuracy.answers), (0, 4, 1));
    assert_eq!(log.progress.introduced_on(now.day()), 0);
}

#[test]
fn a_card_forgotten_again_and_again_is_a_leech() {
    let rules = Scheduler::default();
    let (mut leech, mut now) = (Card::default(), morning());
    for _ in 0..8 {
        assert!(!leech.state().is_leech());
        for rating in [Rating::Easy, Rating::Again] {
            answer(&mut leech, &card("a"), Kind::Number, &rules, &now, rating);
            now = when_due(&now, leech.state().due.expect("answered"));
        }
    }
    assert!(leech.state().is_leech());
}

/// A deck with one question of each kind that has confusions.
#[test]
fn confusions_are_listed_for_each_kind() {
    let text = r#"Deck(format: 1, id: "mix", title: "Mixed up", topics: {"t": "T"}, questions: [
        (topic: "t", prompt: "Which?", answer: Choice(right: "Seoul", wrong: ["Busan", "Daegu"])),
        (topic: "t", prompt: "Which ones?", answer: Choices(right: ["a", "b"], wrong: ["c"])),
        (topic: "t", prompt: "Pair.", answer: Match([("war", "1950"), ("treaty", "1953")])),
        (topic: "t", prompt: "Sort.", answer: Sort({"north": ["x"], "south": ["y"]})),
        (topic: "t", prompt: "Type.", answer: Typed(accepted: ["동맹"], also_reverse: ["alliance"])),
        (topic: "t", prompt: "Year?", answer: Number(1953)),
    ])"#;
    let deck = ron_deck::parse(text).deck.expect("a deck");
    let given = |response: Response, shown: &[&str]| AnswerRecord {
        response,
        shown_options: shown.iter().map(|text| (*text).to_owned()).collect(),
    };
    let text = |text: &str| given(Response::Typed(text.to_owned()), &[]);
    let answers = [
        (0, Facet::Front, given(Response::Choice(vec![1]), &["Seoul", "Busan", "Daegu"])),
        // The same option elsewhere: shuffled.
        (0, Facet::Front, given(Response::Choice(vec![0]), &["Busan", "Seoul", "Daegu"])),
        (0, Facet::Front, given(Response::GaveUp, &["Seoul", "Busan", "Daegu"])),
        (1, Facet::Front, given(Response::Choice(vec![0, 2]), &["a", "b", "c"])),
        (2, Facet::Front, given(Response::Match(vec![Some(0), Some(1)]), &["1953", "1950"])),
        (3, Facet::Front, given(Response::Sort(vec![Some(0), Some(0)]), &["x", "y"])),
        (4, Facet::Reverse, text(" ally ")),
        (4, Facet::Front, text("")),
        (5, Facet::Front, text("1950")),
        // A question that has changed since, and one that is gone.
        (3, Facet::Front, given(Response::Sort(vec![Some(7), None]), &["z"])),
        (9, Facet::Front, text("1950")),
    ];
    let found = confusions(&deck, answers.iter().map(|(question, facet, given)| (*question, facet, given)));
    let listed: Vec<_> = found
        .iter()
        .map(|it| (it.question, it.part.as_str(), it.right.as_str(), it.given.as_str(), it.count))
        .collect();
    let wanted = [
        (0, "", "Seoul", "Busan", 2),
        (1, "", "b", "c", 1),
        (2, "war", "1950", "1953", 1),
        (2, "treaty", "1953", "1950", 1),
        (3, "y", "south", "north", 1),
        (4, "", "alliance", "ally", 1),
        (5, "", "1953", "1950", 1),
    ];
    assert_eq!(listed, wanted);
}

#[test]
fn a_card_answered_only_in_an_unscheduled_test_is_seen_and_has_no_recall() {
    let mut log = Log::default();
    let now = morning();
    let mut review = cards::review(Rating::Good, Kind::Number, Due::Day(now.day()));
    review.source = ReviewSource::TestUnscheduled;
    log.push("a", Change::Answer(review), &now);
    let score = log.dates(&now);
    assert_eq!((score.seen, score.cards_with_memory, score.recall_now()), (1, 0, None));
    assert_eq!((score.coverage(), score.accuracy.answers), (Some(0.25), 1));
    log.push("a", Change::Reset, &now);
    assert_eq!(log.dates(&now).seen, 0, "new again");
}

#[test]
fn answers_to_a_suspended_card_count_in_no_accuracy_and_stay_in_the_calendar() {
    let mut log = Log::default();
    let now = morning();
    log.answer("a", Rating::Again, &now);
    log.answer("b", Rating::Good, &now);
    log.push("a", Change::Suspend, &now);
    let (deck, never) = (deck(), std::sync::atomic::AtomicBool::new(false));
    let scored_cards = ScoredHistories::of([&deck], &log.progress, &never).expect("not cancelled");
    let charts = ChartData::compute(&scored_cards, &log.rules.model, now.day(), Period::All, &never);
    let charts = charts.expect("not cancelled");
    let kinds: Vec<(Kind, usize)> = charts.kinds.iter().map(|(kind, it)| (*kind, it.answers)).collect();
    assert_eq!(kinds, [(Kind::Number, 1)]);
    assert_eq!(log.dates(&now).accuracy.answers, 1);
    assert_eq!(charts.days[0].accuracy.answers, 2, "the calendar still counts that day's answers");
}
