//! The figures of an exam agree everywhere: its page, Today, the button, the session and the forecast. Every topic gets
//! its share, and a target that cannot be reached is named together with the best result that can.

use std::collections::BTreeMap;

use linchpin::app::command::Command;
use linchpin::app::core::card_changes::CardCommand;
use linchpin::app::goals::GoalCommand;
use linchpin::app::goals::Goals;
use linchpin::app::offers::today;
use linchpin::app::study::{Scope, SessionKind, StudyCommand};
use linchpin::app::words;
use linchpin::domain::event::Due;
use linchpin::domain::forecast::Forecast;
use linchpin::domain::goal::session_workload::{SessionWorkload, whole_minutes};
use linchpin::domain::ids::CardKey;
use linchpin::domain::seed::{rng, seed_of};
use rand::{Rng, RngExt};

use crate::fixtures::{AppFixture, simulated_deck, time};

const ALLIANCE: &str = "rok-us-alliance";
const ATLAS: &str = "simulated-atlas";

/// Moves the clock to that moment in Seoul, as if the program were opened then.
fn open_at(fixture: &mut AppFixture, text: &str) {
    fixture.now = time::at(&format!("{text}[Asia/Seoul]"));
    let now = fixture.now;
    fixture.app.tick(&now);
}

fn forecast(fixture: &AppFixture) -> Forecast {
    fixture.app.goals().forecast(0).expect("worked out").clone()
}

fn workload(fixture: &AppFixture) -> SessionWorkload {
    fixture.app.figures().exams[0].session.clone()
}

/// The cards of the running session, by topic.
fn by_topic<'a>(
    fixture: &AppFixture,
    cards: impl IntoIterator<Item = &'a CardKey>,
) -> BTreeMap<String, usize> {
    let mut topics = BTreeMap::new();
    for card in cards {
        let deck = &fixture.app.library().deck(&card.deck).expect("a deck").deck;
        let question = deck.questions.iter().find(|question| question.id == card.question).expect("one");
        *topics.entry(question.topic.clone()).or_default() += 1;
    }
    topics
}

/// Starts and ends the session of a command; returns its cards.
fn cards_of_session(fixture: &mut AppFixture, command: impl Into<Command>) -> Vec<CardKey> {
    fixture.apply(command);
    let cards = fixture.app.active_session().expect("a session").session().cards().cloned().collect();
    fixture.apply(Command::Study(StudyCommand::EndSession));
    cards
}

/// All figures that are shown for a day before the exam agree with each other.
fn assert_sums(fixture: &mut AppFixture, what: &str) {
    let (today, goal) = (fixture.now.day(), fixture.app.settings().goals[0].clone());
    let (workload, forecast) = (workload(fixture), forecast(fixture));
    let planned = forecast.plan.clone().expect("days left");
    let minutes = workload.minutes();

    // The first bar of the chart, and the plan.
    assert!(
        (planned.minutes_by_day[0] * 60.0 - workload.seconds).abs() < 1e-3,
        "{what}: {planned:?} {workload:?}"
    );
    assert_eq!(whole_minutes(planned.minutes_by_day[0] * 60.0), minutes, "{what}");
    assert_eq!(goal.plan, Some(planned.plan), "{what}");
    let spent = fixture.app.figures().exams[0].spent_seconds;
    let most = whole_minutes(f64::from(planned.plan.minutes_a_day) * 60.0 - spent);
    // A single card may take longer than the time left, and cards on learning steps come in any case.
    let cards = cards_of_session(fixture, Goals::session_for(fixture.app.core(), &goal));
    let on_steps = cards.iter().any(|card| matches!(fixture.state(card).due, Some(Due::At(_))));
    assert!(minutes <= most || workload.cards <= 1 || on_steps, "{what}: {minutes} of {most}");
    assert!(workload.new_cards <= planned.plan.new_cards_a_day as usize, "{what}: {workload:?} {planned:?}");

    // The session.
    assert_eq!(cards.len(), workload.cards, "{what}");
    let stated: BTreeMap<String, usize> =
        workload.topics.iter().map(|(topic, part)| (topic.clone(), part.cards)).collect();
    assert_eq!(by_topic(fixture, &cards), stated, "{what}");
    let new = cards.iter().filter(|card| fixture.state(card).memory.is_none()).count();
    assert_eq!(new, workload.new_cards, "{what}");
    assert_eq!(workload.topics.values().map(|part| part.minutes).sum::<u32>(), minutes, "{what}");

    // The row of the deck on Today, where the exam covers the whole deck.
    let deck = fixture.app.figures().deck(&goal.deck).expect("its deck").clone();
    if goal.topics.is_empty() {
        assert_eq!((deck.to_learn, deck.to_learn + deck.to_review), (new, cards.len()), "{what}");
    }

    // The sentences.
    let line = fixture.app.exam_summary(0, today).expect("an exam");
    let expected = words::expected_with_range(&forecast.expected());
    assert!(line.contains(&expected), "{what}: {line}");
    let in_minutes = words::count(minutes as usize, "minute");
    assert!(minutes == 0 || line.contains(&format!("with {in_minutes} today")), "{what}: {line}");
    if let Some(soon) = fixture.app.imminent_exam(today) {
        assert!(
            soon.description(&fixture.now).contains(&expected),
            "{what}: {}",
            soon.description(&fixture.now)
        );
        if workload.cards > 0 {
            let count = words::count(workload.cards, "card");
            assert_eq!(soon.label(), format!("Study for it: {count}, about {in_minutes}"), "{what}");
            assert_eq!(soon.primary(), Some(Goals::session_for(fixture.app.core(), &goal)), "{what}");
            assert_eq!(today::primary(&fixture.app), soon.primary().map(Command::from), "{what}");
        }
    }
}

/// Every topic with unseen cards has its share of the new cards, rounded down.
fn assert_shares(fixture: &mut AppFixture, what: &str) {
    let goal = fixture.app.settings().goals[0].clone();
    let forecast = forecast(fixture);
    let cards = cards_of_session(fixture, Goals::session_for(fixture.app.core(), &goal));
    let new: Vec<&CardKey> = cards.iter().filter(|card| fixture.state(card).memory.is_none()).collect();
    let come = by_topic(fixture, new.iter().copied());
    for line in &forecast.topics {
        let share = new.len() * line.unseen / forecast.total.unseen.max(1);
        let has = come.get(&line.topic).copied().unwrap_or(0);
        assert!(has >= share && has <= share + 1, "{what}: {has} of {} for {share}, {come:?}", line.topic);
    }
}

/// Like [`assert_shares`] where some cards share a question: counts questions, of which each comes once.
fn assert_shares_of_questions(fixture: &mut AppFixture) {
    let goal = fixture.app.settings().goals[0].clone();
    let deck = fixture.app.library().deck(&goal.deck).expect("its deck").deck.clone();
    let cards = cards_of_session(fixture, Goals::session_for(fixture.app.core(), &goal));
    let come = by_topic(fixture, &cards);
    for topic in deck.topics.keys() {
        let in_topic = deck.questions.iter().filter(|question| question.topic == *topic).count();
        // A card that waits for its sibling counts for its topic too, hence the tolerance.
        let share = cards.len() * in_topic / deck.questions.len();
        let has = come.get(topic).copied().unwrap_or(0);
        assert!(has + 1 >= share && has <= share + 2, "{has} of {topic} for {share}, {come:?}");
    }
}

#[test]
fn on_the_eve_a_learner_who_studied_nothing_sees_the_same_figures_everywhere() {
    let mut fixture = AppFixture::new();
    open_at(&mut fixture, "2026-11-26T18:00");
    fixture.set_exam(ALLIANCE, 1, |_| {});
    assert_sums(&mut fixture, "the eve");
    let (all, forecast) = (workload(&fixture), forecast(&fixture));
    let plan = forecast.plan.clone().expect("an evening").plan;
    // Of 105 cards ten share a question with another and wait, but every question of every topic comes.
    assert_eq!((all.cards, all.new_cards, all.topics.len()), (95, 95, 8));
    assert_eq!((plan.minutes_a_day, plan.new_cards_a_day), (all.minutes(), 95));
    let soon = fixture.app.imminent_exam(fixture.now.day()).expect("tomorrow");
    assert_eq!(soon.title(&fixture.now), "Your exam is tomorrow");
    assert!(
        soon.description(&fixture.now).contains("Studying tonight brings you from"),
        "{}",
        soon.description(&fixture.now)
    );
    let morning = forecast.total.after_weakest_review.expect("a morning");
    assert!(morning.expected > forecast.expected().expected, "the morning brings something too");
    let reach = format!(
        "85\u{a0}% is out of reach by tomorrow. {} minutes tonight and {} in the morning would get you closest: {}.",
        all.minutes(),
        whole_minutes(forecast.weakest_review_seconds),
        words::percent(morning.expected)
    );
    assert_eq!(soon.target_outlook(&fixture.now), Some(reach));
    // The expected result is the sum of the results of the topics.
    let topics =
        forecast.topics.iter().map(|line| line.with_plan.expect("a plan").expected * line.cards as f64);
    assert!((topics.sum::<f64>() / 105.0 - forecast.expected().expected).abs() < 1e-9);
}

#[test]
fn after_midnight_and_a_session_the_rest_of_the_eve_has_the_same_figures_everywhere() {
    let mut fixture = AppFixture::new();
    open_at(&mut fixture, "2026-11-26T22:00");
    fixture.set_exam(ALLIANCE, 1, |_| {});
    let (before, expected) = (workload(&fixture), forecast(&fixture).expected().expected);
    let stop = forecast(&fixture).total.without_study.expected;
    fixture.apply(today::primary(&fixture.app).expect("a session"));
    for nth in 0..60 {
        fixture.study(nth % 3 != 0);
    }
    fixture.apply(Command::Study(StudyCommand::EndSession));
    open_at(&mut fixture, "2026-11-27T01:30");
    fixture.forecast_exams();
    assert_sums(&mut fixture, "half past one");
    let left = workload(&fixture);
    assert!(left.new_cards < before.new_cards && left.seconds < before.seconds, "{left:?}");
    let after = forecast(&fixture);
    assert!(after.total.without_study.expected > stop + 0.1, "{:?}", after.total);
    assert!((after.expected().expected - expected).abs() < 0.12, "{:?}, before {expected}", after.total);
    let soon = fixture.app.imminent_exam(fixture.now.day()).expect("an exam");
    // The study day is still yesterday, but to the learner the exam is today.
    assert_eq!((soon.title(&fixture.now), soon.when(&fixture.now)), ("Your exam is today", "now"));

    fixture.apply(today::primary(&fixture.app).expect("the rest"));
    fixture.finish();
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture.forecast_exams();
    let soon = fixture.app.imminent_exam(fixture.now.day()).expect("an exam");
    assert!(
        soon.today.session.cards == 0 && soon.description(&fixture.now).contains("You are done for today")
    );
    assert_sums(&mut fixture, "when all is done");
}

#[test]
fn from_three_weeks_before_the_exam_on_the_figures_agree_every_day() {
    let mut fixture = AppFixture::new();
    open_at(&mut fixture, "2026-11-26T18:00");
    fixture.set_exam(ALLIANCE, 21, |_| {});
    let mut chance = rng(seed_of("three weeks"));
    for day in 0..21 {
        assert_sums(&mut fixture, &format!("day {day}"));
        let goal = fixture.app.settings().goals[0].clone();
        let (stated_minutes, before) = (workload(&fixture).minutes(), fixture.now.ms());
        fixture.apply(Goals::session_for(fixture.app.core(), &goal));
        while !fixture.is_finished() {
            if let Some(until) = fixture.app.active_session().and_then(|study| study.waiting_until_ms()) {
                fixture.now = time::later(&fixture.now, until - fixture.now.ms() + 1_000);
                let now = fixture.now;
                fixture.app.tick(&now);
                continue;
            }
            fixture.study(chance.random_bool(0.9));
        }
        fixture.apply(Command::Study(StudyCommand::EndSession));
        assert!(stated_minutes == 0 || fixture.now.ms() > before);
        fixture.pass_days(1);
        fixture.forecast_exams();
    }
}

#[test]
fn on_the_day_of_the_exam_its_weakest_cards_come_before_any_other_deck() {
    let mut fixture = AppFixture::new();
    open_at(&mut fixture, "2026-11-26T18:00");
    fixture.set_exam(ALLIANCE, 1, |form| form.minutes_a_day = Some(30));
    fixture.apply(today::primary(&fixture.app).expect("a session"));
    let mut nth = 0;
    while !fixture.is_finished() && nth < 90 {
        nth += 1;
        fixture.study(nth % 4 != 0);
    }
    fixture.apply(Command::Study(StudyCommand::EndSession));
    open_at(&mut fixture, "2026-11-27T07:30");
    fixture.forecast_exams();
    let (today, now) = (fixture.now.day(), fixture.now);
    let soon = fixture.app.imminent_exam(today).expect("today");
    let weakest = soon.today.weakest_review.clone();
    assert_eq!(soon.title(&now), "Your exam is today");
    assert!(weakest.cards > 10 && weakest.minutes() <= 15, "{weakest:?}");
    let label = format!(
        "Go through the weakest, then new ones: {} cards, about {} minutes",
        weakest.cards,
        weakest.minutes()
    );
    assert_eq!(soon.label(), label);
    let expected = words::expected_with_range(&forecast(&fixture).expected());
    assert!(soon.description(&now).contains(&expected), "{}", soon.description(&now));
    assert!(fixture.app.exam_summary(0, today).is_some_and(|line| line.contains(&expected)));
    assert!(
        (forecast(&fixture).weakest_review_seconds - weakest.seconds).abs() < 1e-3,
        "the forecast's and the session's"
    );

    let primary = today::primary(&fixture.app).expect("something to do");
    assert_eq!(Some(&primary), soon.primary().map(Command::from).as_ref());
    let cards = cards_of_session(&mut fixture, primary.clone());
    assert_eq!(cards.len(), weakest.cards);
    assert!(cards.iter().all(|card| &*card.deck == ALLIANCE));
    // Seen cards come first, the weakest at the head, then unseen ones. Cards on learning steps have their own time.
    let recall = |fixture: &AppFixture, card: &CardKey| {
        let state = fixture.state(card);
        state.recall(&fixture.app.scheduler().model, today).unwrap_or(f64::INFINITY)
    };
    fixture.apply(primary);
    let mut recalls = Vec::new();
    while recalls.len() < cards.len() && !fixture.is_finished() {
        let key = fixture.key();
        let days = fixture.state(&key).last_day;
        if days != Some(today) && !matches!(fixture.state(&key).due, Some(Due::At(_))) {
            recalls.push(recall(&fixture, &key));
        }
        fixture.study(true);
    }
    assert!(recalls.len() > 5 && recalls.windows(2).all(|pair| pair[0] <= pair[1]), "{recalls:?}");
    if !fixture.is_finished() {
        fixture.finish();
    }
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture.forecast_exams();

    // The next sessions have the cards that have not come yet, until there are none.
    for _ in 0..20 {
        let Some(command) = fixture.app.imminent_exam(today).and_then(|soon| soon.primary()) else { break };
        let again = cards_of_session(&mut fixture, command.clone());
        assert!(again.iter().all(|card| fixture.state(card).last_day != Some(today)), "{again:?}");
        fixture.apply(command);
        fixture.finish();
        fixture.apply(Command::Study(StudyCommand::EndSession));
    }
    fixture.forecast_exams();
    let soon = fixture.app.imminent_exam(today).expect("still today");
    assert_eq!(soon.primary(), None);
    assert!(
        soon.description(&fixture.now).contains("You have been through it all today"),
        "{}",
        soon.description(&fixture.now)
    );
}

#[test]
fn less_time_gives_a_lower_forecast_and_can_be_undone() {
    let mut fixture = AppFixture::new();
    open_at(&mut fixture, "2026-11-26T18:00");
    fixture.set_exam(ALLIANCE, 1, |_| {});
    fixture.apply(Command::Go(linchpin::app::Screen::Today));
    let (all, free) = (workload(&fixture), forecast(&fixture));
    fixture.apply(Command::Goal(GoalCommand::AskMinutes));
    assert!(fixture.app.goals().asks_minutes());
    let offers = fixture.app.imminent_exam(fixture.now.day()).expect("tomorrow").minute_offers();
    assert!(offers.len() >= 4, "{offers:?}");
    let mut last = (0, 0.0);
    for minutes in [10, 20, 30, 45, 60] {
        let give = Command::Goal(GoalCommand::SetMinutes { at: 0, minutes: Some(minutes) });
        assert!(offers.iter().any(|(_, offer)| Command::from(offer.clone()) == give), "{offers:?}");
        fixture.apply(give);
        fixture.forecast_exams();
        assert!(!fixture.app.goals().asks_minutes());
        assert_sums(&mut fixture, &format!("{minutes} minutes"));
        let now = (workload(&fixture).cards, forecast(&fixture).expected().expected);
        assert!(
            workload(&fixture).minutes() <= minutes && workload(&fixture).seconds > f64::from(minutes) * 50.0
        );
        assert!(now.0 > last.0 && now.1 > last.1, "{now:?} after {last:?}");
        assert!(now.1 < free.expected().expected);
        // Every topic has its share although few cards come: 6 cards of 105 do not make one whole card of eleven.
        assert!(
            workload(&fixture).topics.len() >= if minutes == 10 { 7 } else { 8 },
            "{:?}",
            workload(&fixture)
        );
        assert_shares_of_questions(&mut fixture);
        last = now;
        // What would come nearest is what came nearest before the time was short.
        let nearest = forecast(&fixture).plan.and_then(|planned| planned.closest).expect("out of reach");
        assert_eq!(nearest.minutes_a_day, all.minutes());
        let morning = free.total.after_weakest_review.expect("a morning").expected;
        assert!((nearest.score.expected - morning).abs() < 1e-9, "{nearest:?} {morning}");
    }
    fixture.apply(Command::Undo);
    assert_eq!(fixture.app.settings().goals[0].minutes_a_day, Some(45));
    fixture.apply(Command::Goal(GoalCommand::SetMinutes { at: 0, minutes: None }));
    fixture.forecast_exams();
    assert_eq!((workload(&fixture), forecast(&fixture)), (all, free));
}

#[test]
fn with_more_cards_than_fit_into_an_evening_every_topic_has_its_share_of_three_hours() {
    let mut fixture = AppFixture::new();
    fixture.save_deck("atlas.ron", &simulated_deck::text(600, 3));
    fixture.set_exam(ATLAS, 1, |_| {});
    assert_sums(&mut fixture, "600 cards");
    assert_shares(&mut fixture, "600 cards");
    let all = workload(&fixture);
    assert!((170..=180).contains(&all.minutes()) && all.cards < 600, "{all:?}");
}

#[test]
fn exams_without_cards_with_some_topics_and_in_the_past_have_sensible_figures() {
    let mut fixture = AppFixture::new();
    fixture.set_exam(ALLIANCE, 1, |form| form.topics.extend(["origins".to_owned(), "coldwar".to_owned()]));
    let keys: Vec<String> =
        fixture.app.library().deck(ALLIANCE).expect("shipped").deck.topics.keys().take(2).cloned().collect();
    fixture.apply(Command::Goal(GoalCommand::Remove));
    fixture.set_exam(ALLIANCE, 1, |form| form.topics.extend(keys.clone()));
    assert_sums(&mut fixture, "two topics");
    assert_eq!(workload(&fixture).topics.keys().cloned().collect::<Vec<_>>(), keys);
    fixture.apply(Command::Goal(GoalCommand::Remove));

    // A topic that does not exist has no card, so Today leads with its usual offer.
    fixture.set_exam(ALLIANCE, 1, |form| form.topics.extend(["no such topic".to_owned()]));
    assert!(fixture.app.imminent_exam(fixture.now.day()).is_none());
    assert_eq!(
        today::primary(&fixture.app),
        Some(Command::Study(StudyCommand::Start(Scope::All, SessionKind::Today)))
    );
    fixture.apply(Command::Goal(GoalCommand::Remove));

    // All suspended.
    let all: Vec<CardKey> =
        fixture.app.library().deck("kinds").expect("a deck").deck.cards().map(|(key, _)| key).collect();
    fixture.apply(Command::Card(CardCommand::Suspend(all.clone())));
    fixture.set_exam("kinds", 1, |_| {});
    assert!(fixture.app.imminent_exam(fixture.now.day()).is_none());
    fixture.apply(Command::Card(CardCommand::Resume(all)));

    fixture.pass_days(1);
    fixture.forecast_exams();
    let soon = fixture.app.imminent_exam(fixture.now.day()).expect("today");
    assert!(soon.label().starts_with("Study for it: "), "nothing was ever seen of it: {}", soon.label());
    fixture.pass_days(1);
    fixture.forecast_exams();
    assert!(
        fixture.app.imminent_exam(fixture.now.day()).is_none()
            && fixture.app.figures().exams[0] == Default::default()
    );
    assert_eq!(
        today::primary(&fixture.app),
        Some(Command::Study(StudyCommand::Start(Scope::All, SessionKind::Today)))
    );
}

/// Some days of study: right and wrong answers, unfinished sessions, buried and suspended cards.
fn some_history(fixture: &mut AppFixture, chance: &mut impl Rng) {
    for _ in 0..chance.random_range(0..6) {
        let new = chance.random_range(1..30);
        for take in [SessionKind::Today, SessionKind::ExtraNew(new)] {
            fixture.start(Scope::All, take);
            for _ in 0..chance.random_range(0..40) {
                if fixture.app.active_session().and_then(|study| study.active_card()).is_none() {
                    break;
                }
                match chance.random_range(0..20) {
                    0 => fixture.apply(Command::Study(StudyCommand::Suspend)),
                    1 => fixture.apply(Command::Study(StudyCommand::Bury)),
                    _ => drop(fixture.study(chance.random_bool(0.7))),
                }
            }
            fixture.apply(Command::Study(StudyCommand::EndSession));
        }
        fixture.pass_days(chance.random_range(1..4));
    }
    if chance.random_bool(0.5) {
        // Some answers of today too, with cards left on learning steps.
        fixture.start(Scope::All, SessionKind::ExtraNew(8));
        for _ in 0..chance.random_range(0..12) {
            if fixture.app.active_session().and_then(|study| study.active_card()).is_some() {
                fixture.study(chance.random_bool(0.6));
            }
        }
        fixture.apply(Command::Study(StudyCommand::EndSession));
    }
}

#[test]
fn after_any_history_button_session_sentence_and_forecast_agree() {
    for seed in 0..50 {
        let mut chance = rng(seed_of(&format!("sums {seed}")));
        let mut fixture = AppFixture::new();
        fixture.save_deck("atlas.ron", &simulated_deck::text(chance.random_range(10..160), seed));
        some_history(&mut fixture, &mut chance);
        let deck = [ALLIANCE, ATLAS, "kinds", "korean-terms"][chance.random_range(0..4)];
        let days = [1, 1, 2, 5, 21][chance.random_range(0..5)];
        let minutes = [None, None, Some(10), Some(25)][chance.random_range(0..4)];
        fixture.set_exam(deck, days, |form| form.minutes_a_day = minutes);
        let what = format!("{seed}: {deck} in {days} days, {minutes:?}");
        assert_sums(&mut fixture, &what);
        // In the other decks some cards share a question and wait for each other.
        if deck == ATLAS {
            assert_shares(&mut fixture, &what);
        }
        fixture.pass_days(days);
        fixture.forecast_exams();
        if let Some(soon) = fixture.app.imminent_exam(fixture.now.day())
            && let Some(primary) = soon.primary()
        {
            let weakest = soon.today.weakest_review.clone();
            assert!(
                (forecast(&fixture).weakest_review_seconds - weakest.seconds).abs() < 1e-3,
                "{what}: {weakest:?}"
            );
            assert_eq!(cards_of_session(&mut fixture, primary).len(), weakest.cards, "{what}, on the day");
        }
    }
}
