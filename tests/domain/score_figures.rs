//! Every figure of the scores, compared with a reference implementation that works straight from the events: over
//! the simulated learner's year, with answers undone, ratings overruled, cards suspended, buried and reset, and practice
//! in between.

mod slow;

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use linchpin::domain::day::{Stamp, StudyDay};
use linchpin::domain::deck::Deck;
use linchpin::domain::event::{Change, Confidence, Due, Event, EventId, ReviewSource};
use linchpin::domain::expectation::Expectation;
use linchpin::domain::history::CardEvent;
use linchpin::domain::ids::CardKey;
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::progress::Progress;
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::replay::ReplayError;
use linchpin::domain::score::charts::{ChartData, STABILITY_DAYS};
use linchpin::domain::score::passages::passage_scores;
use linchpin::domain::score::scored_cards::{Cancelled, ScoredCards, ScoredHistories};
use linchpin::domain::score::table::TopicTable;
use linchpin::domain::score::weakness::by_weakness;
use linchpin::domain::score::{Accuracy, Period, wilson_95};
use linchpin::domain::seed::rng;
use rand::RngExt;

use crate::fixtures::cards::{Card, push};
use crate::fixtures::simulated_learner::{SimulationOptions, simulate_year};

/// One year, folded by the program and by the reference implementation.
struct BothComputations {
    deck: Deck,
    today: StudyDay,
    model: MemoryModel,
    progress: Progress,
    /// In the deck's order.
    reference: Vec<(CardKey, usize, slow::Card)>,
}

static YEAR: LazyLock<BothComputations> = LazyLock::new(|| {
    let year = simulate_year(SimulationOptions::default());
    let today = year.now.day();
    let mut events: Vec<Event> = year.events().collect();
    assert_eq!(events.len(), 20_000);
    let offsets: std::collections::BTreeSet<i32> =
        events.iter().map(|event| event.stamp.offset_minutes).collect();
    assert!(offsets.len() >= 3, "time zones changed twice: {offsets:?}");
    add_undone_and_suspended(&mut events, today);
    let model = MemoryModel::default();
    let mut of_card: BTreeMap<CardKey, Vec<Event>> = BTreeMap::new();
    for event in &events {
        of_card.entry(event.card.clone()).or_default().push(event.clone());
    }
    let reference = year
        .deck
        .cards()
        .map(|(key, question)| {
            let card = of_card.get(&key).map(|events| slow::card(&key, events)).unwrap_or_default();
            (key, question, card)
        })
        .collect();
    BothComputations {
        today,
        progress: Progress::from_events(events, &model),
        model,
        deck: year.deck,
        reference,
    }
});

/// Adds to some of the cards, after the last answer, one of the other things that happen in a log.
fn add_undone_and_suspended(events: &mut Vec<Event>, today: StudyDay) {
    let mut chance = rng(7);
    let mut newest: BTreeMap<CardKey, (EventId, Stamp)> = BTreeMap::new();
    for event in events.iter() {
        newest.insert(event.card.clone(), (event.id, event.stamp));
    }
    let mut seq = 0;
    for (card, (target, stamp)) in newest {
        let mut add = |change: Change| {
            seq += 1;
            let stamp = Stamp { utc_ms: stamp.utc_ms + seq as i64 % 900 + 1, ..stamp };
            events.push(Event { id: EventId { log: u64::MAX >> 1, seq }, stamp, card: card.clone(), change });
            EventId { log: u64::MAX >> 1, seq }
        };
        match chance.random_range(0..20) {
            0 => drop(add(Change::Retract(target))),
            1 => {
                let undone = add(Change::Retract(target));
                add(Change::Retract(undone));
            }
            2 => {
                let (rating, due) = (Rating::Hard, Due::Day(stamp.day.plus(9)));
                add(Change::Rate { target, rating, due, confidence: Some(Confidence::Sure) });
            }
            3 => drop(add(Change::Suspend)),
            4 => drop(add(Change::Bury { until: today.plus(4) })),
            5 => drop(add(Change::Reset)),
            6 => {
                let practice = events
                    .iter()
                    .rfind(|event| event.id == target)
                    .map(|event| event.change.clone())
                    .expect("the newest");
                if let Change::Answer(mut review) = practice {
                    (review.source, review.score) = (ReviewSource::Practice, 0.0);
                    seq += 1;
                    let stamp = Stamp { utc_ms: stamp.utc_ms + 5_000, ..stamp };
                    let id = EventId { log: u64::MAX >> 1, seq };
                    events.push(Event { id, stamp, card, change: Change::Answer(review) });
                }
            }
            _ => {}
        }
    }
    events.sort_by_key(|event| (event.stamp.utc_ms, event.id));
}

static NEVER: AtomicBool = AtomicBool::new(false);

impl BothComputations {
    fn scored_cards(&self) -> ScoredHistories<'_> {
        ScoredHistories::of([&self.deck], &self.progress, &NEVER).expect("not cancelled")
    }

    fn table(&self, period: Period) -> TopicTable {
        TopicTable::of_period(&self.scored_cards(), &self.model, self.today, period, &NEVER)
            .expect("not cancelled")
    }

    fn charts(&self, period: Period) -> ChartData {
        ChartData::compute(&self.scored_cards(), &self.model, self.today, period, &NEVER)
            .expect("not cancelled")
    }

    /// Answers in study and tests within the period, of every card that is not suspended.
    fn answers(&self, period: Period) -> impl Iterator<Item = &slow::Answer> {
        let active = self.reference.iter().filter(|(.., card)| !card.suspended);
        let all = active.flat_map(|(.., card)| &card.answers);
        all.filter(move |answer| {
            answer.review.source != ReviewSource::Practice
                && slow::is_within(answer.day, self.today, period.days())
        })
    }
}

fn near(found: f64, wanted: f64, what: &str) {
    assert!(
        (found - wanted).abs() <= 1e-3 * wanted.abs().max(1.0),
        "{what}: {found}, the reference has {wanted}"
    );
}

fn same(found: Option<f64>, wanted: Option<f64>, what: &str) {
    assert_eq!(found.is_some(), wanted.is_some(), "{what}");
    if let (Some(found), Some(wanted)) = (found, wanted) {
        near(found, wanted, what);
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

#[test]
fn the_table_agrees_with_the_reference_for_every_topic_and_period() {
    let both = &*YEAR;
    let total = both.table(Period::All).total.score;
    assert!(
        total.learning > 0
            && total.survived_a_night > 0
            && total.survived_a_night + total.learning < total.cards_with_memory
    );
    for period in Period::EACH {
        let table = both.table(period);
        assert_eq!(table.rows.len(), both.deck.topics.len());
        for row in &table.rows {
            let topic = row.key.topic.as_str();
            let cards: Vec<&slow::Card> = both
                .reference
                .iter()
                .filter(|(_, question, card)| {
                    both.deck.questions[*question].topic == topic && !card.suspended
                })
                .map(|(.., card)| card)
                .collect();
            let recalls: Vec<f64> = cards.iter().filter_map(|card| card.known(both.today)).collect();
            let in_a_month = StudyDay(both.today.0 + 30);
            let recalls_in_a_month: Vec<f64> =
                cards.iter().filter_map(|card| card.recall(in_a_month)).collect();
            let at_the_edge = recalls_in_a_month.iter().filter(|recall| (*recall - 0.8).abs() < 1e-4).count();
            let mastered = recalls_in_a_month.iter().filter(|recall| **recall >= 0.8).count();
            let score = &row.score;
            assert_eq!((score.cards, score.seen), (cards.len(), recalls.len()), "{topic}");
            assert!(
                score.mastered.abs_diff(mastered) <= at_the_edge,
                "{topic}: {} {mastered}",
                score.mastered
            );
            same(score.recall_now(), mean(&recalls), topic);
            let learning = cards.iter().filter(|card| card.is_being_learned()).count();
            let survived = cards.iter().filter(|card| card.has_survived_a_night()).count();
            assert_eq!((score.learning, score.survived_a_night), (learning, survived), "{topic}");
            let known: f64 = recalls.iter().sum();
            assert!((score.known() as f64 - known).abs() <= 0.501, "{topic}: {} {known}", score.known());
            assert_eq!(
                score.known() + score.learning + score.forgotten(),
                score.cards_with_memory,
                "{topic}"
            );
            same(score.coverage(), Some(recalls.len() as f64 / cards.len() as f64), topic);
            assert_eq!(score.new_cards, cards.len() - recalls.len());

            let answers: Vec<&slow::Answer> = cards
                .iter()
                .flat_map(|card| &card.answers)
                .filter(|answer| answer.review.source != ReviewSource::Practice)
                .collect();
            assert_eq!(score.last_studied, answers.iter().map(|answer| answer.day).max());
            let within: Vec<&&slow::Answer> = answers
                .iter()
                .filter(|answer| slow::is_within(answer.day, both.today, period.days()))
                .collect();
            let right = within.iter().filter(|answer| answer.review.score >= 1.0).count();
            assert_eq!((score.accuracy.answers, score.accuracy.right), (within.len(), right), "{topic}");
            let scores: Vec<f64> = within.iter().map(|answer| answer.review.score).collect();
            same(score.accuracy.mean_score(), mean(&scores), topic);
            assert_eq!(score.accuracy.interval(), wilson_95(right as f64, within.len()));
            let mut times: Vec<u32> = within.iter().map(|answer| answer.review.latency_ms).collect();
            times.sort_unstable();
            let middle = times.len().checked_sub(1).map(|last| times[last / 2]);
            assert_eq!(row.median_ms, middle, "{topic}");
        }
    }
}

/// At the end of each day, as the learner would look at the scores.
#[test]
fn known_cards_agree_with_the_reference_on_each_of_sixty_days() {
    let year = simulate_year(SimulationOptions { seed: 9, days: 60, cards: 60, reviews: 900, given: false });
    let (deck, model) = (&year.deck, MemoryModel::default());
    let events: Vec<Event> = year.events().collect();
    let study_days: std::collections::BTreeSet<StudyDay> =
        events.iter().map(|event| event.stamp.day).collect();
    let first = *study_days.first().expect("a day");
    let (mut progress, mut folded) = (Progress::default(), 0);
    let (mut learning, mut survived, mut faded) = (0, 0, 0);
    for today in (0..60).map(|day| first.plus(day)) {
        while let Some(event) = events.get(folded).filter(|event| event.stamp.day <= today) {
            push(&mut progress, event.clone(), &model);
            folded += 1;
        }
        let reference: Vec<(f64, slow::Card)> = deck
            .cards()
            .map(|(key, question)| {
                (deck.questions[question].answer.blind_chance(), slow::card(&key, &events[..folded]))
            })
            .collect();
        let known: Vec<f64> = reference.iter().filter_map(|(_, card)| card.known(today)).collect();
        let expected: f64 = reference
            .iter()
            .map(|(blind, card)| slow::expected(card.known(today).unwrap_or(0.0), *blind))
            .sum();
        let scored_cards = ScoredCards::of([deck], &progress, &NEVER).expect("not cancelled");
        let table = TopicTable::compute(&scored_cards, &model, today, &NEVER).expect("not cancelled");
        let total = &table.total.score;
        same(total.recall_now(), mean(&known), "known");
        near(total.expected.mean, expected, "expected");
        let count = |is: fn(&slow::Card) -> bool| reference.iter().filter(|(_, card)| is(card)).count();
        assert_eq!(total.learning, count(slow::Card::is_being_learned), "{today:?}");
        assert_eq!(total.survived_a_night, count(slow::Card::has_survived_a_night), "{today:?}");
        assert_eq!(total.known() + total.learning + total.forgotten(), known.len(), "{today:?}");
        (learning, survived) = (learning.max(total.learning), survived.max(total.survived_a_night));
        faded = faded.max(total.forgotten());
    }
    assert_eq!(folded, events.len());
    assert!(learning > 5 && survived > 30 && faded > 1, "{learning} {survived} {faded}");
}

#[test]
fn the_expected_test_score_is_the_sum_over_the_cards() {
    let both = &*YEAR;
    let reference: Expectation = both
        .reference
        .iter()
        .filter(|(.., card)| !card.suspended)
        .map(|(_, question, card)| {
            let blind = both.deck.questions[*question].answer.blind_chance();
            slow::expected(card.known(both.today).unwrap_or(0.0), blind)
        })
        .collect();
    let found = both.table(Period::All).total.score.expected;
    assert_eq!(found.cards, reference.cards);
    near(found.mean, reference.mean, "mean");
    near(found.variance, reference.variance, "variance");
    let ((low, high), (reference_low, reference_high)) = (found.interval_95(), reference.interval_95());
    near(low, reference_low, "low");
    near(high, reference_high, "high");
}

#[test]
fn due_cards_are_counted_on_their_days() {
    let both = &*YEAR;
    for period in Period::EACH {
        let found = both.charts(period).due;
        let (mut backlog, mut later, mut days) = (0, 0, vec![0; found.days.len()]);
        assert_eq!(days.len(), period.days().unwrap_or(365) as usize);
        for (.., card) in both.reference.iter().filter(|(.., card)| !card.suspended) {
            let Some(due) = card.due else { continue };
            let day = match due {
                Due::Day(day) => day.0,
                Due::At(_) => both.today.0,
            };
            let day = card.buried_until.map_or(day, |until| day.max(until.0)) - both.today.0;
            match usize::try_from(day) {
                Err(_) => backlog += 1,
                Ok(day) if day < days.len() => days[day] += 1,
                Ok(_) => later += 1,
            }
        }
        assert_eq!((found.backlog, found.days, found.later), (backlog, days, later));
        assert!(backlog + later > 0);
    }
}

#[test]
fn every_study_day_has_its_answers_and_its_time() {
    let both = &*YEAR;
    for period in Period::EACH {
        let mut reference: BTreeMap<StudyDay, (usize, usize, u64, usize, usize)> = BTreeMap::new();
        for answer in both.reference.iter().flat_map(|(.., card)| &card.answers) {
            if !slow::is_within(answer.day, both.today, period.days()) {
                continue;
            }
            let day = reference.entry(answer.day).or_default();
            day.2 += u64::from(answer.review.latency_ms.min(300_000));
            if answer.review.source != ReviewSource::Practice {
                day.0 += 1;
                day.1 += usize::from(answer.review.score >= 1.0);
                if answer.had_waited && answer.days > 0 {
                    day.3 += 1;
                    day.4 += usize::from(answer.review.rating != Rating::Again);
                }
            }
        }
        let charts = both.charts(period);
        let found: BTreeMap<StudyDay, (usize, usize, u64, usize, usize)> = charts
            .days
            .iter()
            .map(|it| {
                let (answers, right) = (it.accuracy.answers, it.accuracy.right);
                (it.day, (answers, right, it.answer_ms, it.reviewed, it.recalled))
            })
            .collect();
        assert_eq!(found.len(), charts.days.len(), "each day once");
        assert!(charts.days.is_sorted_by_key(|it| it.day));
        assert_eq!(found, reference);

        let mut months: BTreeMap<(i16, i8), (usize, usize)> = BTreeMap::new();
        for (day, (.., reviewed, recalled)) in &reference {
            let month = months.entry((day.date().year(), day.date().month())).or_default();
            *month = (month.0 + reviewed, month.1 + recalled);
        }
        months.retain(|_, (reviewed, _)| *reviewed > 0);
        let found: BTreeMap<(i16, i8), (usize, usize)> =
            charts.retention.iter().map(|it| ((it.year, it.month), (it.reviewed, it.recalled))).collect();
        assert_eq!(found, months);
    }
}

#[test]
fn recall_and_stability_fall_into_their_bins() {
    let both = &*YEAR;
    let charts = both.charts(Period::Month);
    let edges = |ends: &[f64]| ends.to_vec();
    let check = |found: &[usize], ends: &[f64], values: &[f64], tolerance: f64| {
        assert_eq!(found.iter().sum::<usize>(), values.len());
        let mut low = 0.0;
        for (bin, cards) in found.iter().enumerate() {
            let high = ends.get(bin).copied().unwrap_or(f64::INFINITY);
            let inside = values.iter().filter(|value| (low..high).contains(*value)).count();
            let at_an_edge = values
                .iter()
                .filter(|value| {
                    [low, high].iter().any(|edge| (*value - edge).abs() < tolerance * edge.max(1.0))
                })
                .count();
            assert!(cards.abs_diff(inside) <= at_an_edge, "bin {bin}: {cards}, the reference has {inside}");
            low = high;
        }
    };
    let active_cards = || both.reference.iter().map(|(.., card)| card).filter(|card| !card.suspended);
    let recalls: Vec<f64> = active_cards().filter_map(|card| card.known(both.today)).collect();
    assert_eq!(charts.learning, active_cards().filter(|card| card.is_being_learned()).count());
    let tenths: Vec<f64> = (1..10).map(|tenth| f64::from(tenth) / 10.0).collect();
    check(&charts.recall, &edges(&tenths), &recalls, 1e-4);
    let stabilities: Vec<f64> = active_cards().filter_map(|card| Some(card.memory?.stability)).collect();
    let ends: Vec<f64> = STABILITY_DAYS.iter().map(|days| f64::from(*days)).collect();
    check(&charts.stability, &ends, &stabilities, 1e-3);
}

#[test]
fn kinds_and_confidence_have_their_accuracy() {
    let both = &*YEAR;
    for period in Period::EACH {
        let charts = both.charts(period);
        let mut kinds: BTreeMap<Kind, Accuracy> = BTreeMap::new();
        let mut confidence = [Accuracy::default(); 3];
        for answer in both.answers(period) {
            kinds.entry(answer.review.kind).or_default().add(answer.review.score);
            if let Some(stated) = answer.stated_confidence {
                confidence[slow::rank(stated)].add(answer.review.score);
            }
        }
        let counts = |it: &Accuracy| (it.answers, it.right);
        assert_eq!(charts.kinds.len(), kinds.len());
        for (kind, found) in &charts.kinds {
            assert_eq!(counts(found), counts(&kinds[kind]), "{kind}");
            near(found.score_sum, kinds[kind].score_sum, kind.name());
        }
        for (found, reference) in charts.confidence.iter().zip(&confidence) {
            assert_eq!(counts(found), counts(reference));
        }
    }
    assert!(both.charts(Period::All).confidence.iter().all(|it| it.answers > 0));
}

#[test]
fn predictions_are_compared_with_results() {
    let both = &*YEAR;
    for period in Period::EACH {
        let bins = both.charts(period).calibration;
        let (mut answers, mut predicted, mut actual) = (0, 0.0, 0.0);
        for answer in both.answers(period) {
            let Some(memory) = answer.before.filter(|_| answer.days > 0) else { continue };
            answers += 1;
            predicted +=
                slow::expected(slow::recall(memory, f64::from(answer.days)), answer.review.blind_chance);
            actual += answer.review.score;
        }
        assert_eq!(bins.iter().map(|bin| bin.actual.answers).sum::<usize>(), answers);
        near(bins.iter().map(|bin| bin.predicted * bin.actual.answers as f64).sum(), predicted, "predicted");
        near(bins.iter().map(|bin| bin.actual.score_sum).sum(), actual, "actual");
        assert!(bins.is_sorted_by(|a, b| a.predicted < b.predicted), "lowest first");
        assert!(bins.len() <= 10);
    }
    // The learner's memory follows the model, so predictions come true.
    let bins = both.charts(Period::All).calibration;
    let inside = bins
        .iter()
        .filter(|bin| {
            let (low, high) = bin.actual.score_interval().expect("answers");
            (low - 0.02..=high + 0.02).contains(&bin.predicted)
        })
        .count();
    assert!(inside * 10 >= bins.len() * 7, "{bins:?}");
}

#[test]
fn trends_go_back_thirty_days() {
    let both = &*YEAR;
    let charts = both.charts(Period::Week);
    for (nth, topic) in both.deck.topics.keys().enumerate() {
        let points = charts.trends[nth].points();
        assert_eq!(points.len(), 11);
        for (at, found) in points.iter().enumerate() {
            let day = StudyDay(both.today.0 - 30 + at as i32 * 3);
            let reference: Vec<f64> = both
                .reference
                .iter()
                .filter(|(_, question, card)| {
                    both.deck.questions[*question].topic == *topic && !card.suspended
                })
                .filter_map(|(.., card)| card.known_at_end_of(day))
                .collect();
            same(*found, mean(&reference), &format!("{topic} on {day:?}"));
        }
    }
}

#[test]
fn a_passage_has_the_recall_of_the_questions_that_cite_it() {
    let both = &*YEAR;
    let found = passage_scores(&both.deck, &both.progress, &both.model, both.today);
    assert_eq!(found.len(), both.deck.source.as_ref().expect("a source").passages.len());
    for passage in &found {
        let cites = |question: usize| both.deck.questions[question].cite.contains(&passage.key);
        let cards: Vec<&slow::Card> = both
            .reference
            .iter()
            .filter(|(_, question, card)| cites(*question) && !card.suspended)
            .map(|(.., card)| card)
            .collect();
        let recalls: Vec<f64> = cards.iter().filter_map(|card| card.known(both.today)).collect();
        let survived = cards.iter().filter(|card| card.has_survived_a_night()).count();
        assert_eq!(passage.score.survived_a_night, survived);
        assert_eq!(passage.cards.len(), cards.len());
        same(passage.score.recall_now(), mean(&recalls), &passage.gist);
    }
}

#[test]
fn the_weakest_question_comes_first_and_suspended_ones_last() {
    let both = &*YEAR;
    let topic = both.deck.topics.keys().next().expect("a topic");
    let cards = by_weakness(&both.deck, topic, &both.progress, &both.model, both.today, Period::All, &NEVER)
        .expect("not cancelled");
    assert!(cards.iter().any(|card| card.suspended));
    let sort_key = |card: &linchpin::domain::score::weakness::CardScore| {
        let known = card.recall.map(|recall| (recall * 1e9) as i64);
        (card.suspended, card.recall.is_none(), known, card.last_rating.map(Rating::number))
    };
    assert!(cards.is_sorted_by_key(sort_key));
    for card in &cards {
        let (.., reference) = both.reference.iter().find(|(key, ..)| *key == card.key).expect("its card");
        same(card.recall, reference.known(both.today), "recall");
        assert_eq!(card.last_rating, reference.ratings.last().map(|(_, rating)| *rating));
        assert_eq!(card.is_being_learned, reference.is_being_learned());
        assert_eq!(card.has_survived_a_night, reference.has_survived_a_night());
        let right = reference
            .answers
            .iter()
            .filter(|answer| answer.review.source != ReviewSource::Practice && answer.review.score >= 1.0)
            .count();
        assert_eq!(card.accuracy.right, right);
    }
}

#[test]
fn a_cancelled_computation_returns_only_an_error() {
    let both = &*YEAR;
    let cancelled = AtomicBool::new(true);
    assert_eq!(ScoredCards::of([&both.deck], &both.progress, &cancelled).err(), Some(Cancelled));
    let scored_cards = both.scored_cards();
    let charts = ChartData::compute(&scored_cards, &both.model, both.today, Period::All, &cancelled);
    assert_eq!(charts.err(), Some(ReplayError::Cancelled));
}

#[test]
fn replaying_a_history_visits_the_folded_state_of_every_prefix() {
    let both = &*YEAR;
    let mut grown = Progress::default();
    for (key, ..) in &both.reference {
        let card = both.progress.history(key).expect("readable");
        // Event by event, as while studying.
        for entry in card.events().iter().cloned() {
            let CardEvent { id, stamp, change } = entry;
            push(&mut grown, Event { id, stamp, card: key.clone(), change }, &both.model);
        }
        let mut before: Vec<CardEvent> = Vec::new();
        let mut grown_states = Vec::new();
        let grown_card = grown.history(key).expect("readable");
        grown_card.replay(&both.model, |state, _| grown_states.push(*state));
        let mut grown_states = grown_states.into_iter();
        card.replay(&both.model, |state, entry| {
            let folded = Card::from_events(before.clone(), &both.model);
            assert_eq!(state, folded.state());
            assert_eq!(grown_states.next().as_ref(), Some(state));
            before.push(entry.clone());
        });
    }
}
