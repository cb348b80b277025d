//! Studying, through the whole program: commands in, state and log out.

mod accept;
mod groups;
mod month;
mod slips;
mod undo;

use std::collections::{HashMap, HashSet};

use linchpin::app::Setting;
use linchpin::app::command::{Command, Scope, SessionKind};
use linchpin::app::draft::Draft;
use linchpin::app::study::Stage;
use linchpin::app::{App, Dirs};
use linchpin::domain::card::CardPhase;
use linchpin::domain::event::{Change, Confidence, Due, ReviewSource};
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::schedule::interval_text;
use linchpin::domain::task::{Response, TaskForm};

use crate::fixtures::{AppFixture, kinds, korean, time};

#[test]
fn every_kind_is_answered_right_and_wrong_and_the_log_has_it() {
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
            assert_eq!(fixture.state(&key).due, Some(review.due), "what was granted holds");
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
    fixture.apply(Command::Answer(Response::Typed("busan".into())));
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
    fixture.apply(Command::Check);
    assert!(fixture.is_asking(), "an empty field is a slip of the finger");
    fixture.apply(Command::SetDraft(Draft::Typed("Busan".into())));
    assert!(fixture.stored_events().is_empty());
    fixture.apply(Command::Check);
    assert_eq!(fixture.last_review().score, 1.0);
    fixture.apply(Command::SetDraft(Draft::Typed("Seoul".into())));
    fixture.apply(Command::Check);
    fixture.apply(Command::Answer(Response::GaveUp));
    fixture.apply(Command::ShowAnswer);
    fixture.apply(Command::ShowHint);
    assert_eq!(fixture.stored_events().len(), 1, "one question has one answer");
}

#[test]
fn a_recalled_card_counts_only_once_the_learner_has_rated_it() {
    for rating in Rating::ALL {
        let mut fixture = AppFixture::studying();
        fixture.study_until("recall");
        let (key, before) = (fixture.key(), fixture.stored_events().len());
        fixture.apply(Command::Rate(rating));
        assert!(fixture.is_asking(), "not before the answer shows");
        fixture.apply(Command::ShowAnswer);
        let Stage::Revealed { outcomes, revealed, .. } = fixture.active_card().stage else {
            panic!("revealed")
        };
        assert_eq!(fixture.stored_events().len(), before);
        // Thinking about the rating takes no time off the interval, be it days or minutes.
        fixture.now = time::later(&fixture.now, 3 * time::MINUTE);
        fixture.app.tick(&fixture.now);
        fixture.apply(Command::Rate(rating));
        let promised = interval_text(outcomes[usize::from(rating.number()) - 1].due, &revealed);
        let given = fixture.state(&key).due.expect("answered");
        assert_eq!(interval_text(given, &fixture.now), promised);
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
fn every_verdict_can_be_overruled_and_what_its_button_says_is_given() {
    for right in [true, false] {
        for rating in Rating::ALL {
            let mut fixture = AppFixture::studying();
            let key = fixture.key();
            fixture.answer(right);
            let Stage::Graded { outcomes, .. } = fixture.active_card().stage.clone() else {
                panic!("a verdict")
            };
            fixture.apply(Command::Rate(rating));
            let promised = outcomes[usize::from(rating.number()) - 1];
            let state = fixture.state(&key);
            assert_eq!((state.due, state.phase), (Some(promised.due), promised.phase));
            assert_eq!(state.memory, Some(promised.memory));
            assert_ne!(fixture.key(), key);
            let review = fixture.last_review();
            assert_eq!(review.rating, review.proposed_rating, "the answer stays as it was written");
        }
    }
}

#[test]
fn a_guess_comes_back_soon_and_the_log_says_that_it_was_one() {
    let mut fixture = AppFixture::studying();
    let key = fixture.key();
    fixture.answer(true);
    fixture.apply(Command::MarkGuessed);
    fixture.apply(Command::MarkGuessed);
    assert_eq!(fixture.state(&key).phase, CardPhase::Learning { step: 0 });
    let events = fixture.stored_events();
    assert_eq!(events.len(), 2, "said twice, written once");
    assert!(matches!(
        events[1].change,
        Change::Rate { rating: Rating::Again, confidence: Some(Confidence::Guess), .. }
    ));
    let review = fixture.app.progress().card(&key).and_then(|card| card.reviews().next()).map(|(_, it)| it);
    assert_eq!(review.and_then(|review| review.confidence), Some(Confidence::Guess));
    assert_eq!(review.map(|review| review.score), Some(1.0), "it was right all the same");
}

#[test]
fn a_wrong_answer_was_no_guess() {
    let mut fixture = AppFixture::studying();
    fixture.answer(false);
    fixture.apply(Command::MarkGuessed);
    assert_eq!(fixture.stored_events().len(), 1);
}

#[test]
fn the_hint_is_logged_and_only_for_its_card() {
    let mut fixture = AppFixture::studying();
    fixture.apply(Command::ShowHint);
    fixture.study(true);
    assert!(fixture.last_review().hint_used);
    fixture.study(true);
    assert!(!fixture.last_review().hint_used);
}

#[test]
fn giving_up_is_wrong_and_shows_the_answer() {
    let mut fixture = AppFixture::studying();
    fixture.apply(Command::GiveUp);
    let Stage::Graded { verdict, response, .. } = &fixture.active_card().stage else { panic!("a verdict") };
    assert_eq!((verdict.score, response), (0.0, &Response::GaveUp));
}

#[test]
fn whoever_gives_up_a_card_to_recall_and_goes_on_did_not_know_it() {
    for (how, rating) in [(Command::GiveUp, Rating::Again), (Command::ShowAnswer, Rating::Good)] {
        let mut fixture = AppFixture::studying();
        fixture.study_until("recall");
        fixture.apply(how);
        assert_eq!(fixture.active_card().proposed_rating(), rating);
        fixture.apply(Command::Continue);
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
fn options_are_shuffled_anew_while_a_card_is_learned() {
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
fn true_or_false_takes_one_step_more() {
    let mut fixture = AppFixture::studying();
    let asked = fixture.finish();
    let times = |name: &str| asked.iter().filter(|key| *key.question == *name).count();
    assert_eq!((times("bool"), times("number")), (3, 2));
}

#[test]
fn twenty_new_cards_a_day_over_all_decks_in_turns() {
    let mut fixture = AppFixture::new();
    assert_eq!(fixture.app.figures().to_learn, 20);
    fixture.start(Scope::All, SessionKind::Today);
    let asked: HashSet<_> = fixture.finish().into_iter().collect();
    let mut decks: HashMap<&str, usize> = HashMap::new();
    asked.iter().for_each(|key| *decks.entry(&*key.deck).or_default() += 1);
    assert_eq!(decks, HashMap::from([("rok-us-alliance", 7), ("korean-terms", 7), ("kinds", 6)]));
    fixture.apply(Command::EndSession);
    assert_eq!((fixture.app.figures().to_learn, fixture.app.figures().to_review), (0, 0));
    fixture.start(kinds(), SessionKind::Today);
    assert!(fixture.is_finished(), "the number holds over all decks");
    fixture.apply(Command::Set(Setting::NewCardsADay(23)));
    fixture.start(kinds(), SessionKind::Today);
    assert_eq!(fixture.finish().iter().collect::<HashSet<_>>().len(), 3);
}

#[test]
fn ten_more_are_ten_more_and_no_siblings_of_what_was_seen_today() {
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
fn the_time_of_a_day_is_of_the_day_and_not_of_a_session() {
    let mut fixture = AppFixture::new();
    fixture.start(Scope::Deck("rok-us-alliance".into()), SessionKind::ExtraNew(60));
    while !fixture.is_finished() {
        fixture.apply(Command::ShowAnswer);
        fixture.apply(Command::Rate(Rating::Easy));
    }
    fixture.apply(Command::Set(Setting::NewCardsADay(0)));
    fixture.apply(Command::Set(Setting::MinutesADay(Some(5))));
    fixture.pass_days(200);
    fixture.apply(Command::EndSession);
    let (first, later) = (fixture.app.figures().to_review, fixture.app.figures().postponed);
    assert!(first > 5 && later > 5, "five minutes are enough for some: {first}, {later}");
    fixture.start(Scope::All, SessionKind::Today);
    fixture.finish();
    fixture.apply(Command::EndSession);
    assert_eq!(fixture.app.figures().to_review, 0, "the five minutes are over");
    assert!(fixture.app.figures().postponed >= later, "and the others wait");
}

#[test]
fn more_new_cards_bring_no_reviews() {
    let mut fixture = AppFixture::studying();
    fixture.finish();
    fixture.pass_days(90);
    assert!(fixture.app.figures().to_review > 5);
    fixture.start(Scope::All, SessionKind::ExtraNew(3));
    let asked: HashSet<_> = fixture.finish().into_iter().collect();
    assert_eq!(asked.len(), 3);
    assert!(asked.iter().all(|key| *key.deck != *"kinds"));
}

#[test]
fn the_most_valuable_are_due_ones_and_no_more_than_asked_for() {
    let mut fixture = AppFixture::studying();
    fixture.finish();
    fixture.pass_days(90);
    fixture.start(Scope::All, SessionKind::MostValuable(4));
    assert_eq!(fixture.app.active_session().map(|study| study.session().remaining()), Some(4));
    let asked: HashSet<_> = fixture.finish().into_iter().collect();
    assert_eq!(asked.len(), 4);
    assert!(asked.iter().all(|key| *key.deck == *"kinds"));
    assert_eq!(fixture.app.figures().to_review, 7);
}

#[test]
fn studying_ahead_takes_the_topic_due_or_not_and_the_schedule_learns_from_it() {
    let mut fixture = AppFixture::studying();
    fixture.finish();
    let topic = Scope::Topic { deck: "kinds".into(), topic: "one".into() };
    fixture.start(topic.clone(), SessionKind::Ahead);
    assert!(fixture.is_finished(), "not what was answered today already");
    fixture.pass_days(1);
    assert_eq!(fixture.app.figures().to_review, 0);
    fixture.start(topic, SessionKind::Ahead);
    let asked: HashSet<_> = fixture.finish().into_iter().collect();
    assert_eq!(asked.len(), 5);
    for key in &asked {
        assert_eq!(fixture.state(key).last_day, Some(fixture.now.day()));
    }
}

#[test]
fn practice_is_recorded_and_leaves_the_schedule_alone() {
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
    fixture.apply(Command::EndSession);
    assert_eq!(fixture.counts(), counts);
}

#[test]
fn practice_overruled_or_guessed_leaves_the_schedule_alone_too() {
    let mut fixture = AppFixture::studying();
    fixture.finish();
    let before = fixture.states();
    fixture.start(kinds(), SessionKind::Practice);
    fixture.answer(true);
    fixture.apply(Command::MarkGuessed);
    fixture.next_card();
    fixture.answer(true);
    fixture.apply(Command::Rate(Rating::Easy));
    assert_eq!(fixture.states(), before);
}

#[test]
fn practice_takes_what_has_faded_most() {
    let mut fixture = AppFixture::new();
    let alliance = || Scope::Deck("rok-us-alliance".into());
    let mut learned = Vec::new();
    for days in [100, 0] {
        fixture.start(alliance(), SessionKind::ExtraNew(30));
        let mut keys = HashSet::new();
        while !fixture.is_finished() {
            keys.insert(fixture.key());
            fixture.apply(Command::ShowAnswer);
            fixture.apply(Command::Rate(Rating::Easy));
        }
        learned.push(keys);
        fixture.pass_days(days);
    }
    fixture.start(alliance(), SessionKind::Practice);
    let asked: HashSet<_> = fixture.finish().into_iter().collect();
    assert_eq!(asked.len(), 50, "more than fifty were seen");
    assert!(learned[0].is_subset(&asked), "those of a hundred days ago come before today's");
}

#[test]
fn buried_cards_are_told_for_tomorrow() {
    let mut fixture = AppFixture::studying();
    fixture.finish();
    fixture.pass_days(90);
    fixture.start(kinds(), SessionKind::Today);
    fixture.apply(Command::Bury);
    fixture.apply(Command::EndSession);
    assert_eq!((fixture.app.figures().to_review, fixture.app.figures().due_tomorrow), (10, 1));
    fixture.pass_days(1);
    assert_eq!(fixture.app.figures().to_review, 11);
}

#[test]
fn an_answer_that_cannot_be_saved_keeps_the_draft_and_says_so() {
    let fixture = AppFixture::new();
    let mut reader =
        App::open_read_only(Dirs::in_folder(fixture.folder()), &fixture.now).expect("reading is allowed");
    let now = fixture.now;
    reader.apply(Command::Start(kinds(), SessionKind::Today), &now);
    let draft = Draft::Typed("Busan".into());
    reader.apply(Command::SetDraft(draft.clone()), &now);
    reader.apply(Command::Check, &now);
    let asked = reader.active_session().and_then(|study| study.active_card()).expect("still there");
    assert!(matches!(asked.stage, Stage::Answering), "no verdict without a saved answer");
    assert_eq!(asked.draft, draft);
    let notice = reader.notice().expect("something is said");
    assert!(notice.is_error && notice.text.starts_with("This answer is not saved yet."), "{notice:?}");
    for command in [Command::Suspend, Command::Bury] {
        reader.apply(command, &now);
        assert!(reader.notice().is_some_and(|notice| notice.is_error));
        assert!(reader.active_session().and_then(|study| study.active_card()).is_some());
    }
    assert!(reader.progress().cards().next().is_none());
    assert_eq!(reader.can_undo_redo(), (false, false));
}

#[test]
fn the_next_start_finds_what_the_last_one_left() {
    let mut fixture = AppFixture::studying();
    fixture.study(true);
    fixture.study(false);
    fixture.apply(Command::Suspend);
    fixture.answer(true);
    fixture.apply(Command::Rate(Rating::Easy));
    fixture.apply(Command::Undo);
    fixture.apply(Command::Bury);
    fixture.apply(Command::EndSession);
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
    fixture.apply(Command::EndSession);
    assert_eq!(fixture.app.figures().day, fixture.now.day());
    assert_eq!(fixture.app.figures().to_learn, 10, "ten of today's twenty were learned after the rollover");
}
