//! Studying, through the whole program: commands in, state and log out.

mod accept;
mod groups;
mod month;
mod slips;
mod undo;

use std::collections::{HashMap, HashSet};

use crate::desk::{Desk, kinds, korean};
use linchpin::app::Setting;
use linchpin::app::command::{Command, Scope, Take};
use linchpin::app::draft::Draft;
use linchpin::app::study::Stage;
use linchpin::app::{App, Dirs};
use linchpin::domain::card::Phase;
use linchpin::domain::event::{Change, Confidence, Due, Source};
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::schedule::interval_words;
use linchpin::domain::task::{Form, Response};

#[test]
fn every_kind_is_answered_right_and_wrong_and_the_log_has_it() {
    for right in [true, false] {
        let mut desk = Desk::studying();
        let mut kinds = HashSet::new();
        for _ in 0..11 {
            let kind = desk.asked().task.kind;
            let key = desk.key();
            desk.answer(right);
            let review = desk.last_review();
            assert_eq!((review.kind, review.score), (kind, if right { 1.0 } else { 0.0 }));
            assert_eq!(review.rating, if right { Rating::Good } else { Rating::Again });
            assert_eq!(desk.state(&key).due, Some(review.granted), "what was granted holds");
            assert_eq!(desk.state(&key).phase, Phase::Learning { step: u8::from(right) });
            kinds.insert(kind);
            desk.go_on();
        }
        assert_eq!(kinds.len(), Kind::ALL.len());
    }
}

#[test]
fn the_answer_is_on_the_disk_when_the_verdict_shows() {
    let mut desk = Desk::studying();
    let key = desk.key();
    desk.apply(Command::Answer(Response::Text("busan".into())));
    let Stage::Judged { verdict, rating, .. } = &desk.asked().stage else { panic!("a verdict") };
    assert_eq!((verdict.score, *rating), (1.0, Rating::Good));
    let events = desk.on_disk();
    assert_eq!((events.len(), &events[0].card), (1, &key));
    let given = linchpin::store::Store::open_read_only(desk.folder()).expect("a log").given(events[0].id);
    assert_eq!(given.expect("sound").expect("given").response, Response::Text("busan".into()));
    assert_eq!(desk.last_review().latency_ms, 3_000);
}

#[test]
fn a_draft_counts_only_when_checked_and_an_empty_one_never() {
    let mut desk = Desk::studying();
    desk.apply(Command::Check);
    assert!(desk.is_asking(), "an empty field is a slip of the finger");
    desk.apply(Command::SetDraft(Draft::Text("Busan".into())));
    assert!(desk.on_disk().is_empty());
    desk.apply(Command::Check);
    assert_eq!(desk.last_review().score, 1.0);
    desk.apply(Command::SetDraft(Draft::Text("Seoul".into())));
    desk.apply(Command::Check);
    desk.apply(Command::Answer(Response::GaveUp));
    desk.apply(Command::ShowAnswer);
    desk.apply(Command::ShowHint);
    assert_eq!(desk.on_disk().len(), 1, "one question has one answer");
}

#[test]
fn a_recalled_card_counts_only_once_the_learner_has_rated_it() {
    for rating in Rating::ALL {
        let mut desk = Desk::studying();
        desk.until("recall");
        let (key, before) = (desk.key(), desk.on_disk().len());
        desk.apply(Command::Rate(rating));
        assert!(desk.is_asking(), "not before the answer shows");
        desk.apply(Command::ShowAnswer);
        let Stage::Revealed { outcomes, revealed, .. } = desk.asked().stage else { panic!("revealed") };
        assert_eq!(desk.on_disk().len(), before);
        // Thinking about the rating takes no time off the interval, be it days or minutes.
        desk.now = crate::learner::later(&desk.now, 3 * crate::learner::MINUTE);
        desk.app.tick(&desk.now);
        desk.apply(Command::Rate(rating));
        let promised = interval_words(outcomes[usize::from(rating.number()) - 1].due, &revealed);
        let given = desk.state(&key).due.expect("answered");
        assert_eq!(interval_words(given, &desk.now), promised);
        let review = desk.last_review();
        assert_eq!((review.rating, review.proposed), (rating, rating));
        assert_eq!(review.score, if rating == Rating::Again { 0.0 } else { 1.0 });
        assert!(desk.is_asking(), "on to the next card");
        let promised = outcomes[usize::from(rating.number()) - 1];
        match promised.due {
            Due::Day(day) => assert_eq!(desk.state(&key).due, Some(Due::Day(day))),
            Due::At(ms) => {
                assert_eq!(desk.state(&key).due, Some(Due::At(ms + 3 * crate::learner::MINUTE + 3_000)))
            }
        }
    }
}

#[test]
fn every_verdict_can_be_overruled_and_what_its_button_says_is_given() {
    for right in [true, false] {
        for rating in Rating::ALL {
            let mut desk = Desk::studying();
            let key = desk.key();
            desk.answer(right);
            let Stage::Judged { outcomes, .. } = desk.asked().stage.clone() else { panic!("a verdict") };
            desk.apply(Command::Rate(rating));
            let promised = outcomes[usize::from(rating.number()) - 1];
            let state = desk.state(&key);
            assert_eq!((state.due, state.phase), (Some(promised.due), promised.phase));
            assert_eq!(state.memory, Some(promised.memory));
            assert_ne!(desk.key(), key);
            let review = desk.last_review();
            assert_eq!(review.rating, review.proposed, "the answer stays as it was written");
        }
    }
}

#[test]
fn a_guess_comes_back_soon_and_the_log_says_that_it_was_one() {
    let mut desk = Desk::studying();
    let key = desk.key();
    desk.answer(true);
    desk.apply(Command::Guessed);
    desk.apply(Command::Guessed);
    assert_eq!(desk.state(&key).phase, Phase::Learning { step: 0 });
    let events = desk.on_disk();
    assert_eq!(events.len(), 2, "said twice, written once");
    assert!(matches!(
        events[1].change,
        Change::Rate { rating: Rating::Again, confidence: Some(Confidence::Guess), .. }
    ));
    let review = desk.app.progress().card(&key).and_then(|card| card.reviews().next()).map(|(_, it)| it);
    assert_eq!(review.and_then(|review| review.confidence), Some(Confidence::Guess));
    assert_eq!(review.map(|review| review.score), Some(1.0), "it was right all the same");
}

#[test]
fn a_wrong_answer_was_no_guess() {
    let mut desk = Desk::studying();
    desk.answer(false);
    desk.apply(Command::Guessed);
    assert_eq!(desk.on_disk().len(), 1);
}

#[test]
fn the_hint_is_logged_and_only_for_its_card() {
    let mut desk = Desk::studying();
    desk.apply(Command::ShowHint);
    desk.study(true);
    assert!(desk.last_review().hint_used);
    desk.study(true);
    assert!(!desk.last_review().hint_used);
}

#[test]
fn giving_up_is_wrong_and_shows_the_answer() {
    let mut desk = Desk::studying();
    desk.apply(Command::GiveUp);
    let Stage::Judged { verdict, response, .. } = &desk.asked().stage else { panic!("a verdict") };
    assert_eq!((verdict.score, response), (0.0, &Response::GaveUp));
}

#[test]
fn whoever_gives_up_a_card_to_recall_and_goes_on_did_not_know_it() {
    for (how, rating) in [(Command::GiveUp, Rating::Again), (Command::ShowAnswer, Rating::Good)] {
        let mut desk = Desk::studying();
        desk.until("recall");
        desk.apply(how);
        assert_eq!(desk.asked().proposed(), rating);
        desk.apply(Command::Continue);
        assert_eq!(desk.last_review().rating, rating);
    }
}

#[test]
fn a_learned_choice_is_asked_by_typing() {
    let mut desk = Desk::studying();
    desk.until("choice");
    assert!(matches!(desk.asked().task.form, Form::Pick { .. }));
    desk.finish();
    desk.sleep(60);
    desk.start(kinds(), Take::Today);
    desk.until("choice");
    assert!(matches!(desk.asked().task.form, Form::Text(_)));
    desk.answer(true);
    assert_eq!((desk.last_review().score, desk.last_review().blind_chance), (1.0, 0.0));
}

#[test]
fn options_are_shuffled_anew_while_a_card_is_learned() {
    let mut desk = Desk::studying();
    let mut orders = HashSet::new();
    for _ in 0..12 {
        desk.until("choice");
        orders.insert(desk.asked().task.shown());
        desk.study(false);
    }
    assert!(orders.len() > 3, "{orders:?}");
}

#[test]
fn true_or_false_takes_one_step_more() {
    let mut desk = Desk::studying();
    let asked = desk.finish();
    let times = |name: &str| asked.iter().filter(|key| *key.question == *name).count();
    assert_eq!((times("bool"), times("number")), (3, 2));
}

#[test]
fn twenty_new_cards_a_day_over_all_decks_in_turns() {
    let mut desk = Desk::new();
    assert_eq!(desk.app.figures().to_learn, 20);
    desk.start(Scope::All, Take::Today);
    let asked: HashSet<_> = desk.finish().into_iter().collect();
    let mut decks: HashMap<&str, usize> = HashMap::new();
    asked.iter().for_each(|key| *decks.entry(&*key.deck).or_default() += 1);
    assert_eq!(decks, HashMap::from([("rok-us-alliance", 7), ("korean-terms", 7), ("kinds", 6)]));
    desk.apply(Command::EndSession);
    assert_eq!((desk.app.figures().to_learn, desk.app.figures().to_review), (0, 0));
    desk.start(kinds(), Take::Today);
    assert!(desk.is_finished(), "the number holds over all decks");
    desk.apply(Command::Set(Setting::NewCardsADay(23)));
    desk.start(kinds(), Take::Today);
    assert_eq!(desk.finish().iter().collect::<HashSet<_>>().len(), 3);
}

#[test]
fn ten_more_are_ten_more_and_no_siblings_of_what_was_seen_today() {
    let mut desk = Desk::new();
    desk.start(korean(), Take::Today);
    let first: HashSet<_> = desk.finish().into_iter().collect();
    assert_eq!(first.len(), 20);
    desk.start(korean(), Take::MoreNew(10));
    let more: HashSet<_> = desk.finish().into_iter().collect();
    assert_eq!(more.len(), 10);
    for key in &more {
        assert!(!first.iter().any(|other| other.is_sibling_of(key)), "{key} came with its sibling");
    }
}

#[test]
fn the_time_of_a_day_is_of_the_day_and_not_of_a_session() {
    let mut desk = Desk::new();
    desk.start(Scope::Deck("rok-us-alliance".into()), Take::MoreNew(60));
    while !desk.is_finished() {
        desk.apply(Command::ShowAnswer);
        desk.apply(Command::Rate(Rating::Easy));
    }
    desk.apply(Command::Set(Setting::NewCardsADay(0)));
    desk.apply(Command::Set(Setting::MinutesADay(Some(5))));
    desk.sleep(200);
    desk.apply(Command::EndSession);
    let (first, later) = (desk.app.figures().to_review, desk.app.figures().left_for_later);
    assert!(first > 5 && later > 5, "five minutes are enough for some: {first}, {later}");
    desk.start(Scope::All, Take::Today);
    desk.finish();
    desk.apply(Command::EndSession);
    assert_eq!(desk.app.figures().to_review, 0, "the five minutes are over");
    assert!(desk.app.figures().left_for_later >= later, "and the others wait");
}

#[test]
fn more_new_cards_bring_no_reviews() {
    let mut desk = Desk::studying();
    desk.finish();
    desk.sleep(90);
    assert!(desk.app.figures().to_review > 5);
    desk.start(Scope::All, Take::MoreNew(3));
    let asked: HashSet<_> = desk.finish().into_iter().collect();
    assert_eq!(asked.len(), 3);
    assert!(asked.iter().all(|key| *key.deck != *"kinds"));
}

#[test]
fn the_most_valuable_are_due_ones_and_no_more_than_asked_for() {
    let mut desk = Desk::studying();
    desk.finish();
    desk.sleep(90);
    desk.start(Scope::All, Take::MostValuable(4));
    assert_eq!(desk.app.study().map(|study| study.session().remaining()), Some(4));
    let asked: HashSet<_> = desk.finish().into_iter().collect();
    assert_eq!(asked.len(), 4);
    assert!(asked.iter().all(|key| *key.deck == *"kinds"));
    assert_eq!(desk.app.figures().to_review, 7);
}

#[test]
fn studying_ahead_takes_the_topic_due_or_not_and_the_schedule_learns_from_it() {
    let mut desk = Desk::studying();
    desk.finish();
    let topic = Scope::Topic { deck: "kinds".into(), topic: "one".into() };
    desk.start(topic.clone(), Take::Ahead);
    assert!(desk.is_finished(), "not what was answered today already");
    desk.sleep(1);
    assert_eq!(desk.app.figures().to_review, 0);
    desk.start(topic, Take::Ahead);
    let asked: HashSet<_> = desk.finish().into_iter().collect();
    assert_eq!(asked.len(), 5);
    for key in &asked {
        assert_eq!(desk.state(key).last_day, Some(desk.now.day()));
    }
}

#[test]
fn practice_is_recorded_and_leaves_the_schedule_alone() {
    let mut desk = Desk::studying();
    desk.finish();
    let (before, written) = (desk.states(), desk.on_disk().len());
    let counts = desk.counts();
    desk.start(Scope::All, Take::Practice);
    for nth in 0..11 {
        desk.study(nth % 2 == 0);
    }
    assert!(desk.is_finished());
    assert_eq!(desk.states(), before);
    assert_eq!(desk.on_disk().len(), written + 11);
    assert_eq!(desk.last_review().source, Source::Practice);
    desk.apply(Command::EndSession);
    assert_eq!(desk.counts(), counts);
}

#[test]
fn practice_overruled_or_guessed_leaves_the_schedule_alone_too() {
    let mut desk = Desk::studying();
    desk.finish();
    let before = desk.states();
    desk.start(kinds(), Take::Practice);
    desk.answer(true);
    desk.apply(Command::Guessed);
    desk.go_on();
    desk.answer(true);
    desk.apply(Command::Rate(Rating::Easy));
    assert_eq!(desk.states(), before);
}

#[test]
fn practice_takes_what_has_faded_most() {
    let mut desk = Desk::new();
    let alliance = || Scope::Deck("rok-us-alliance".into());
    let mut learned = Vec::new();
    for days in [100, 0] {
        desk.start(alliance(), Take::MoreNew(30));
        let mut keys = HashSet::new();
        while !desk.is_finished() {
            keys.insert(desk.key());
            desk.apply(Command::ShowAnswer);
            desk.apply(Command::Rate(Rating::Easy));
        }
        learned.push(keys);
        desk.sleep(days);
    }
    desk.start(alliance(), Take::Practice);
    let asked: HashSet<_> = desk.finish().into_iter().collect();
    assert_eq!(asked.len(), 50, "more than fifty were seen");
    assert!(learned[0].is_subset(&asked), "those of a hundred days ago come before today's");
}

#[test]
fn buried_cards_are_told_for_tomorrow() {
    let mut desk = Desk::studying();
    desk.finish();
    desk.sleep(90);
    desk.start(kinds(), Take::Today);
    desk.apply(Command::Bury);
    desk.apply(Command::EndSession);
    assert_eq!((desk.app.figures().to_review, desk.app.figures().due_tomorrow), (10, 1));
    desk.sleep(1);
    assert_eq!(desk.app.figures().to_review, 11);
}

#[test]
fn an_answer_that_cannot_be_saved_keeps_the_draft_and_says_so() {
    let desk = Desk::new();
    let mut reader =
        App::open_read_only(Dirs::in_folder(desk.folder()), &desk.now).expect("reading is allowed");
    let now = desk.now;
    reader.apply(Command::Start(kinds(), Take::Today), &now);
    let draft = Draft::Text("Busan".into());
    reader.apply(Command::SetDraft(draft.clone()), &now);
    reader.apply(Command::Check, &now);
    let asked = reader.study().and_then(|study| study.asked()).expect("still there");
    assert!(matches!(asked.stage, Stage::Asking), "no verdict without a saved answer");
    assert_eq!(asked.draft, draft);
    let notice = reader.notice().expect("something is said");
    assert!(notice.is_problem && notice.text.starts_with("This answer is not saved yet."), "{notice:?}");
    for command in [Command::Suspend, Command::Bury] {
        reader.apply(command, &now);
        assert!(reader.notice().is_some_and(|notice| notice.is_problem));
        assert!(reader.study().and_then(|study| study.asked()).is_some());
    }
    assert!(reader.progress().cards().next().is_none());
    assert_eq!(reader.can_undo_redo(), (false, false));
}

#[test]
fn the_next_start_finds_what_the_last_one_left() {
    let mut desk = Desk::studying();
    desk.study(true);
    desk.study(false);
    desk.apply(Command::Suspend);
    desk.answer(true);
    desk.apply(Command::Rate(Rating::Easy));
    desk.apply(Command::Undo);
    desk.apply(Command::Bury);
    desk.apply(Command::EndSession);
    let (states, counts) = (desk.states(), desk.counts());
    let desk = desk.reopen();
    assert_eq!((desk.states(), desk.counts()), (states, counts));
}

#[test]
fn a_session_past_the_rollover_goes_on_and_the_new_day_is_counted() {
    let mut desk = Desk::studying();
    desk.study(true);
    desk.now = crate::learner::at("2026-11-24T04:05[Asia/Seoul]");
    desk.app.tick(&desk.now);
    desk.finish();
    desk.apply(Command::EndSession);
    assert_eq!(desk.app.figures().day, desk.now.day());
    assert_eq!(desk.app.figures().to_learn, 10, "ten of today's twenty were learned after the rollover");
}
