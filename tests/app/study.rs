//! Studying, through the whole program: commands in, state and log out.

mod accept;
mod groups;
mod month;
mod slips;
mod undo;

use std::collections::{HashMap, HashSet};

use linchpin::app::Setting;
use linchpin::app::command::Command;
use linchpin::app::draft::Draft;
use linchpin::app::study::{Scope, SessionKind, Stage, StudyCommand};
use linchpin::app::{App, Dirs};
use linchpin::domain::card::CardPhase;
use linchpin::domain::event::{Change, Confidence, Due, ReviewSource};
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::{Response, TaskForm};
use linchpin::text::words;

use crate::fixtures::{AppFixture, kinds, korean, time};

#[test]
fn right_and_wrong_answers_of_every_kind_are_logged() {
    for right in [true, false] {
        let mut fixture = AppFixture::studying();
        let mut kinds = HashSet::new();
        for _ in 0..11 {
            let kind = fixture.active_card().task.kind;
            let key = fixture.key();
            fixture.answer(right);
            let review = fixture.last_review();
            assert_eq!((review.kind, review.score), (kind, if right { 1.0 } else { 0.0 }));
            assert_eq!(review.rating, if right { Rating::Good } else { Rating::Again });
            assert_eq!(fixture.state(&key).due, Some(review.due), "the granted interval holds");
            assert_eq!(fixture.state(&key).phase, CardPhase::Learning { step: u8::from(right) });
            kinds.insert(kind);
            fixture.next_card();
        }
        assert_eq!(kinds.len(), Kind::ALL.len());
    }
}

#[test]
fn the_answer_is_on_the_disk_when_the_verdict_shows() {
    let mut fixture = AppFixture::studying();
    let key = fixture.key();
    fixture.apply(Command::Study(StudyCommand::Answer(Response::Typed("busan".into()))));
    let Stage::Graded { verdict, rating, .. } = &fixture.active_card().stage else { panic!("a verdict") };
    assert_eq!((verdict.score, *rating), (1.0, Rating::Good));
    let events = fixture.stored_events();
    assert_eq!((events.len(), &events[0].card), (1, &key));
    let given =
        linchpin::store::Store::open_read_only(fixture.folder()).expect("a log").answer_record(events[0].id);
    assert_eq!(given.expect("sound").expect("given").response, Response::Typed("busan".into()));
    assert_eq!(fixture.last_review().latency_ms, 3_000);
}

#[test]
fn a_draft_counts_only_when_checked_and_an_empty_one_never() {
    let mut fixture = AppFixture::studying();
    fixture.apply(Command::Study(StudyCommand::Check));
    assert!(fixture.is_asking(), "checking an empty field does nothing");
    fixture.apply(Command::Study(StudyCommand::SetDraft(Draft::Typed("Busan".into()))));
    assert!(fixture.stored_events().is_empty());
    fixture.apply(Command::Study(StudyCommand::Check));
    assert_eq!(fixture.last_review().score, 1.0);
    fixture.apply(Command::Study(StudyCommand::SetDraft(Draft::Typed("Seoul".into()))));
    fixture.apply(Command::Study(StudyCommand::Check));
    fixture.apply(Command::Study(StudyCommand::Answer(Response::GaveUp)));
    fixture.apply(Command::Study(StudyCommand::ShowAnswer));
    fixture.apply(Command::Study(StudyCommand::ShowHint));
    assert_eq!(fixture.stored_events().len(), 1, "one question has one answer");
}

#[test]
fn a_recalled_card_counts_only_once_the_learner_has_rated_it() {
    for rating in Rating::ALL {
        let mut fixture = AppFixture::studying();
        fixture.study_until("recall");
        let (key, before) = (fixture.key(), fixture.stored_events().len());
        fixture.apply(Command::Study(StudyCommand::Rate(rating)));
        assert!(fixture.is_asking(), "not before the answer shows");
        fixture.apply(Command::Study(StudyCommand::ShowAnswer));
        let Stage::Revealed { outcomes, revealed, .. } = fixture.active_card().stage else {
            panic!("revealed")
        };
        assert_eq!(fixture.stored_events().len(), before);
        // Thinking about the rating does not shorten the interval, whether it is in days or in minutes.
        fixture.now = time::later(&fixture.now, 3 * time::MINUTE);
        fixture.app.tick(&fixture.now);
        fixture.apply(Command::Study(StudyCommand::Rate(rating)));
        let promised = words::interval(outcomes[usize::from(rating.number()) - 1].due, &revealed);
        let given = fixture.state(&key).due.expect("answered");
        assert_eq!(words::interval(given, &fixture.now), promised);
        let review = fixture.last_review();
        assert_eq!((review.rating, review.proposed_rating), (rating, rating));
        assert_eq!(review.score, if rating == Rating::Again { 0.0 } else { 1.0 });
        assert!(fixture.is_asking(), "on to the next card");
        let promised = outcomes[usize::from(rating.number()) - 1];
        match promised.due {
            Due::Day(day) => assert_eq!(fixture.state(&key).due, Some(Due::Day(day))),
            Due::At(ms) => {
                assert_eq!(fixture.state(&key).due, Some(Due::At(ms + 3 * time::MINUTE + 3_000)))
            }
        }
    }
}

#[test]
fn every_verdict_can_be_overruled_and_grants_the_interval_on_its_button() {
    for right in [true, false] {
        for rating in Rating::ALL {
            let mut fixture = AppFixture::studying();
            let key = fixture.key();
            fixture.answer(right);
            let Stage::Graded { outcomes, .. } = fixture.active_card().stage.clone() else {
                panic!("a verdict")
            };
            fixture.apply(Command::Study(StudyCommand::Rate(rating)));
            let promised = outcomes[usize::from(rating.number()) - 1];
            let state = fixture.state(&key);
            assert_eq!((state.due, state.phase), (Some(promised.due), promised.phase));
            assert_eq!(state.memory, Some(promised.memory));
            assert_ne!(fixture.key(), key);
            let review = fixture.last_review();
            assert_eq!(review.rating, review.proposed_rating, "the logged answer does not change");
        }
    }
}

#[test]
fn a_guess_comes_back_soon_and_is_logged_as_a_guess() {
    let mut fixture = AppFixture::studying();
    let key = fixture.key();
    fixture.answer(true);
    fixture.apply(Command::Study(StudyCommand::MarkGuessed));
    fixture.apply(Command::Study(StudyCommand::MarkGuessed));
    assert_eq!(fixture.state(&key).phase, CardPhase::Learning { step: 0 });
    let events = fixture.stored_events();
    assert_eq!(events.len(), 2, "marked twice, logged once");
    assert!(matches!(
        events[1].change,
        Change::Rate { rating: Rating::Again, confidence: Some(Confidence::Guess), .. }
    ));
    let review = fixture.history(&key).reviews().next().map(|(_, it)| it);
    assert_eq!(review.and_then(|review| review.confidence), Some(Confidence::Guess));
    assert_eq!(review.map(|review| review.score), Some(1.0), "the answer is still right");
}

#[test]
fn a_wrong_answer_cannot_be_marked_as_a_guess() {
    let mut fixture = AppFixture::studying();
    fixture.answer(false);
    fixture.apply(Command::Study(StudyCommand::MarkGuessed));
    assert_eq!(fixture.stored_events().len(), 1);
}

#[test]
fn a_used_hint_is_logged_for_its_card_only() {
    let mut fixture = AppFixture::studying();
    fixture.apply(Command::Study(StudyCommand::ShowHint));
    fixture.study(true);
    assert!(fixture.last_review().hint_used);
    fixture.study(true);
    assert!(!fixture.last_review().hint_used);
}

#[test]
fn giving_up_counts_as_wrong_and_shows_the_answer() {
    let mut fixture = AppFixture::studying();
    fixture.apply(Command::Study(StudyCommand::GiveUp));
    let Stage::Graded { verdict, response, .. } = &fixture.active_card().stage else { panic!("a verdict") };
    assert_eq!((verdict.score, response), (0.0, &Response::GaveUp));
}

#[test]
fn a_recall_card_given_up_and_not_rated_counts_as_again() {
    for (how, rating) in [
        (Command::Study(StudyCommand::GiveUp), Rating::Again),
        (Command::Study(StudyCommand::ShowAnswer), Rating::Good),
    ] {
        let mut fixture = AppFixture::studying();
        fixture.study_until("recall");
        fixture.apply(how);
        assert_eq!(fixture.active_card().proposed_rating(), rating);
        fixture.apply(Command::Study(StudyCommand::Continue));
        assert_eq!(fixture.last_review().rating, rating);
    }
}

#[test]
fn a_learned_choice_is_asked_by_typing() {
    let mut fixture = AppFixture::studying();
    fixture.study_until("choice");
    assert!(matches!(fixture.active_card().task.form, TaskForm::Choice { .. }));
    fixture.finish();
    fixture.pass_days(60);
    fixture.start(kinds(), SessionKind::Today);
    fixture.study_until("choice");
    assert!(matches!(fixture.active_card().task.form, TaskForm::Typed(_)));
    fixture.answer(true);
    assert_eq!((fixture.last_review().score, fixture.last_review().blind_chance), (1.0, 0.0));
}

#[test]
fn options_are_shuffled_again_each_time_while_a_card_is_learned() {
    let mut fixture = AppFixture::studying();
    let mut orders = HashSet::new();
    for _ in 0..12 {
        fixture.study_until("choice");
        orders.insert(fixture.active_card().task.shown_options());
        fixture.study(false);
    }
    assert!(orders.len() > 3, "{orders:?}");
}

#[test]
fn a_true_or_false_card_has_one_more_learning_step() {
    let mut fixture = AppFixture::studying();
    let cards = fixture.finish();
    let times = |name: &str| cards.iter().filter(|key| *key.question == *name).count();
    assert_eq!((times("bool"), times("number")), (3, 2));
}

#[test]
fn the_limit_of_new_cards_a_day_is_shared_by_all_decks_in_turns() {
    let mut fixture = AppFixture::new();
    assert_eq!(fixture.app.figures().to_learn, 20);
    fixture.start(Scope::All, SessionKind::Today);
    let cards: HashSet<_> = fixture.finish().into_iter().collect();
    let mut decks: HashMap<&str, usize> = HashMap::new();
    cards.iter().for_each(|key| *decks.entry(&*key.deck).or_default() += 1);
    assert_eq!(decks, HashMap::from([("rok-us-alliance", 7), ("korean-terms", 7), ("kinds", 6)]));
    fixture.apply(Command::Study(StudyCommand::EndSession));
    assert_eq!((fixture.app.figures().to_learn, fixture.app.figures().to_review), (0, 0));
    fixture.start(kinds(), SessionKind::Today);
    assert!(fixture.is_finished(), "the limit is shared by all decks");
    fixture.apply(Command::Set(Setting::NewCardsADay(23)));
    fixture.start(kinds(), SessionKind::Today);
    assert_eq!(fixture.finish().iter().collect::<HashSet<_>>().len(), 3);
}

#[test]
fn ten_more_new_cards_are_no_siblings_of_cards_seen_today() {
    let mut fixture = AppFixture::new();
    fixture.start(korean(), SessionKind::Today);
    let first: HashSet<_> = fixture.finish().into_iter().collect();
    assert_eq!(first.len(), 20);
    fixture.start(korean(), SessionKind::ExtraNew(10));
    let more: HashSet<_> = fixture.finish().into_iter().collect();
    assert_eq!(more.len(), 10);
    for key in &more {
        assert!(!first.iter().any(|other| other.is_sibling_of(key)), "{key} came with its sibling");
    }
}

#[test]
fn the_minutes_of_a_day_limit_the_day_and_not_each_session() {
    let mut fixture = AppFixture::new();
    fixture.start(Scope::Deck("rok-us-alliance".into()), SessionKind::ExtraNew(60));
    while !fixture.is_finished() {
        fixture.apply(Command::Study(StudyCommand::ShowAnswer));
        fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
    }
    fixture.apply(Command::Set(Setting::NewCardsADay(0)));
    fixture.apply(Command::Set(Setting::MinutesADay(Some(5))));
    fixture.pass_days(200);
    fixture.apply(Command::Study(StudyCommand::EndSession));
    let (first, later) = (fixture.app.figures().to_review, fixture.app.figures().postponed);
    assert!(first > 5 && later > 5, "five minutes are enough for some: {first}, {later}");
    fixture.start(Scope::All, SessionKind::Today);
    fixture.finish();
    fixture.apply(Command::Study(StudyCommand::EndSession));
    assert_eq!(fixture.app.figures().to_review, 0, "the five minutes are used up");
    assert!(fixture.app.figures().postponed >= later, "the other cards wait");
}

#[test]
fn a_session_of_more_new_cards_has_no_reviews() {
    let mut fixture = AppFixture::studying();
    fixture.finish();
    fixture.pass_days(90);
    assert!(fixture.app.figures().to_review > 5);
    fixture.start(Scope::All, SessionKind::ExtraNew(3));
    let cards: HashSet<_> = fixture.finish().into_iter().collect();
    assert_eq!(cards.len(), 3);
    assert!(cards.iter().all(|key| *key.deck != *"kinds"));
}

#[test]
fn a_session_of_the_most_valuable_cards_has_only_due_ones_up_to_its_number() {
    let mut fixture = AppFixture::studying();
    fixture.finish();
    fixture.pass_days(90);
    fixture.start(Scope::All, SessionKind::MostValuable(4));
    assert_eq!(fixture.app.active_session().map(|study| study.session().remaining()), Some(4));
    let cards: HashSet<_> = fixture.finish().into_iter().collect();
    assert_eq!(cards.len(), 4);
    assert!(cards.iter().all(|key| *key.deck == *"kinds"));
    assert_eq!(fixture.app.figures().to_review, 7);
}

#[test]
fn studying_ahead_takes_due_and_undue_cards_of_a_topic_and_updates_the_schedule() {
    let mut fixture = AppFixture::studying();
    fixture.finish();
    let topic = Scope::Topic { deck: "kinds".into(), topic: "one".into() };
    fixture.start(topic.clone(), SessionKind::Ahead);
    assert!(fixture.is_finished(), "cards answered today are left out");
    fixture.pass_days(1);
    assert_eq!(fixture.app.figures().to_review, 0);
    fixture.start(topic, SessionKind::Ahead);
    let cards: HashSet<_> = fixture.finish().into_iter().collect();
    assert_eq!(cards.len(), 5);
    for key in &cards {
        assert_eq!(fixture.state(key).last_day, Some(fixture.now.day()));
    }
}

#[test]
fn practice_is_logged_and_leaves_the_schedule_alone() {
    let mut fixture = AppFixture::studying();
    fixture.finish();
    let (before, written) = (fixture.states(), fixture.stored_events().len());
    let counts = fixture.counts();
    fixture.start(Scope::All, SessionKind::Practice);
    for nth in 0..11 {
        fixture.study(nth % 2 == 0);
    }
    assert!(fixture.is_finished());
    assert_eq!(fixture.states(), before);
    assert_eq!(fixture.stored_events().len(), written + 11);
    assert_eq!(fixture.last_review().source, ReviewSource::Practice);
    fixture.apply(Command::Study(StudyCommand::EndSession));
    assert_eq!(fixture.counts(), counts);
}

#[test]
fn overruling_or_guessing_in_practice_leaves_the_schedule_alone() {
    let mut fixture = AppFixture::studying();
    fixture.finish();
    let before = fixture.states();
    fixture.start(kinds(), SessionKind::Practice);
    fixture.answer(true);
    fixture.apply(Command::Study(StudyCommand::MarkGuessed));
    fixture.next_card();
    fixture.answer(true);
    fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
    assert_eq!(fixture.states(), before);
}

#[test]
fn practice_takes_the_cards_with_the_lowest_recall() {
    let mut fixture = AppFixture::new();
    let alliance = || Scope::Deck("rok-us-alliance".into());
    let mut learned = Vec::new();
    for days in [100, 0] {
        fixture.start(alliance(), SessionKind::ExtraNew(30));
        let mut keys = HashSet::new();
        while !fixture.is_finished() {
            keys.insert(fixture.key());
            fixture.apply(Command::Study(StudyCommand::ShowAnswer));
            fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
        }
        learned.push(keys);
        fixture.pass_days(days);
    }
    fixture.start(alliance(), SessionKind::Practice);
    let cards: HashSet<_> = fixture.finish().into_iter().collect();
    assert_eq!(cards.len(), 50, "more than fifty were seen");
    assert!(learned[0].is_subset(&cards), "cards of a hundred days ago come before those of today");
}

#[test]
fn buried_cards_count_as_due_tomorrow() {
    let mut fixture = AppFixture::studying();
    fixture.finish();
    fixture.pass_days(90);
    fixture.start(kinds(), SessionKind::Today);
    fixture.apply(Command::Study(StudyCommand::Bury));
    fixture.apply(Command::Study(StudyCommand::EndSession));
    assert_eq!((fixture.app.figures().to_review, fixture.app.figures().due_tomorrow), (10, 1));
    fixture.pass_days(1);
    assert_eq!(fixture.app.figures().to_review, 11);
}

#[test]
fn an_answer_that_cannot_be_saved_keeps_its_draft_and_shows_an_error() {
    let fixture = AppFixture::new();
    let mut reader =
        App::open_read_only(Dirs::in_folder(fixture.folder()), &fixture.now).expect("reading is allowed");
    let now = fixture.now;
    reader.apply(Command::Study(StudyCommand::Start(kinds(), SessionKind::Today)), &now);
    let draft = Draft::Typed("Busan".into());
    reader.apply(Command::Study(StudyCommand::SetDraft(draft.clone())), &now);
    reader.apply(Command::Study(StudyCommand::Check), &now);
    let active = reader.active_session().and_then(|study| study.active_card()).expect("still there");
    assert!(matches!(active.stage, Stage::Answering), "no verdict without a saved answer");
    assert_eq!(active.draft, draft);
    let notice = reader.notice().expect("a notice shows");
    assert!(notice.is_error && notice.text.starts_with("This answer is not saved yet."), "{notice:?}");
    for command in [Command::Study(StudyCommand::Suspend), Command::Study(StudyCommand::Bury)] {
        reader.apply(command, &now);
        assert!(reader.notice().is_some_and(|notice| notice.is_error));
        assert!(reader.active_session().and_then(|study| study.active_card()).is_some());
    }
    assert!(reader.progress().cards().next().is_none());
    assert_eq!(reader.can_undo_redo(), (false, false));
}

#[test]
fn the_next_start_restores_states_and_counts() {
    let mut fixture = AppFixture::studying();
    fixture.study(true);
    fixture.study(false);
    fixture.apply(Command::Study(StudyCommand::Suspend));
    fixture.answer(true);
    fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
    fixture.apply(Command::Undo);
    fixture.apply(Command::Study(StudyCommand::Bury));
    fixture.apply(Command::Study(StudyCommand::EndSession));
    let (states, counts) = (fixture.states(), fixture.counts());
    let fixture = fixture.reopen();
    assert_eq!((fixture.states(), fixture.counts()), (states, counts));
}

#[test]
fn a_session_past_the_rollover_goes_on_and_the_new_day_is_counted() {
    let mut fixture = AppFixture::studying();
    fixture.study(true);
    fixture.now = time::at("2026-11-24T04:05[Asia/Seoul]");
    fixture.app.tick(&fixture.now);
    fixture.finish();
    fixture.apply(Command::Study(StudyCommand::EndSession));
    assert_eq!(fixture.app.figures().day, fixture.now.day());
    assert_eq!(fixture.app.figures().to_learn, 10, "ten of today's twenty were learned after the rollover");
}
