//! Another program edits the decks, and progress follows the questions: in files, through reloads and restarts.

use linchpin::app::Command;
use linchpin::app::draft::Draft;
use linchpin::app::moves::MoveCommand;
use linchpin::app::moves::orphans;
use linchpin::app::study::{Scope, SessionKind, StudyCommand};
use linchpin::domain::event::Change;
use linchpin::domain::ids::{CardKey, Facet};
use linchpin::domain::rating::Rating;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::three_questions::{FRANCE, FRANCE_CORRECTED, HAN, HAN_REWORDED, TREATY, TREATY_REWORDED, deck_of};
use crate::fixtures::AppFixture;

impl AppFixture {
    fn reviews(&self, card: &CardKey) -> u32 {
        self.state(card).reviews
    }

    fn study_deck(&mut self, deck: &str) {
        self.start(Scope::Deck(deck.into()), SessionKind::Today);
    }

    fn open_words(&self) -> Vec<String> {
        self.app.open_moves().map(|open| open.text.clone()).collect()
    }
}

/// A fixture with a deck of three questions, each answered once; no session runs.
fn studied() -> AppFixture {
    let mut fixture = AppFixture::new();
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE, HAN]));
    fixture.study_deck("d");
    for _ in 0..3 {
        fixture.study(true);
    }
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture
}

#[test]
fn a_fixed_typo_keeps_the_progress_with_a_notice_and_undo() {
    let mut fixture = studied();
    let old = fixture.card("d", 1);
    let state = fixture.state(&old);
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE_CORRECTED, HAN]));
    let new = fixture.card("d", 1);
    assert_ne!(old, new);
    assert_eq!(
        fixture.notice(),
        "Progress of “Which city is the capital of France?” moved along with its new wording. Ctrl Z to undo."
    );
    assert_eq!((fixture.state(&new), fixture.reviews(&old)), (state, 0));

    fixture.apply(Command::Undo);
    assert_eq!(fixture.notice(), "Undone: moving progress to “Which city is the capital of France?”");
    assert_eq!((fixture.state(&old), fixture.reviews(&new)), (state, 0));
    fixture.reload_decks();
    assert_eq!(fixture.reviews(&new), 0, "an undone move is not repeated on its own");
    fixture.apply(Command::Redo);
    assert_eq!(fixture.state(&new), state);

    let fixture = fixture.reopen();
    assert_eq!(fixture.state(&new), state);
}

#[test]
fn answers_older_than_a_move_are_undone_after_it() {
    let mut fixture = studied();
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE_CORRECTED, HAN]));
    let states = fixture.states();
    for _ in 0..4 {
        fixture.apply(Command::Undo);
    }
    assert!(fixture.states().is_empty());
    for _ in 0..4 {
        fixture.apply(Command::Redo);
    }
    assert_eq!(fixture.states(), states);
}

#[test]
fn fixed_answers_reordered_questions_renamed_files_and_changed_kinds_move_nothing() {
    let mut fixture = studied();
    let states = fixture.states();
    let fixed = r#"prompt: "In which year was the treaty signed?", answer: Number(1954)"#;
    let changed =
        r#"prompt: "Which river runs through Seoul?", answer: Choice(right: "Han", wrong: ["Nakdong"])"#;
    fixture.save_deck("d.ron", &deck_of("d", &[HAN, fixed, FRANCE]));
    fixture.save_deck("d.ron", &deck_of("d", &[changed, TREATY, FRANCE]));
    let decks = fixture.folder().join("decks");
    std::fs::rename(decks.join("d.ron"), decks.join("renamed.ron")).expect("renamed");
    fixture.reload_decks();
    assert_eq!(fixture.states(), states);
    assert_eq!(fixture.stored_events().len(), 3, "the log has only the answers");
    assert_eq!(fixture.open_words(), [""; 0]);
}

#[test]
fn a_gap_with_a_fixed_answer_or_a_new_name_keeps_its_progress() {
    let mut fixture = AppFixture::new();
    let cloze = |gaps: &str| deck_of("d", &[&format!("prompt: \"{gaps}\", answer: Cloze")]);
    fixture.save_deck("d.ron", &cloze("Signed in {{year:1935}}."));
    fixture.study_deck("d");
    fixture.study(true);
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture.save_deck("d.ron", &cloze("Signed in {{year:1953}}."));
    assert_eq!(fixture.stored_events().len(), 1);
    fixture.save_deck("d.ron", &cloze("Signed in {{when:1953}}."));
    let question = fixture.card("d", 0).question;
    let gap = |name: &str| CardKey::new("d", question.clone(), Facet::Gap(name.into()));
    assert_eq!((fixture.reviews(&gap("year")), fixture.reviews(&gap("when"))), (0, 1));
    fixture.apply(Command::Undo);
    assert_eq!((fixture.reviews(&gap("year")), fixture.reviews(&gap("when"))), (1, 0));
}

#[test]
fn switching_a_branch_and_back_restores_the_progress() {
    let mut fixture = studied();
    let states = fixture.states();
    for _ in 0..3 {
        fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE_CORRECTED, HAN]));
        assert_ne!(fixture.states(), states);
        fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE, HAN]));
        assert_eq!(fixture.states(), states);
    }
}

#[test]
fn an_id_duplicated_by_copy_and_paste_moves_nothing() {
    let mut fixture = AppFixture::new();
    let (one, two) = (
        r#"id: "one", prompt: "One?", answer: Number(1)"#,
        r#"id: "two", prompt: "Two?", answer: Number(2)"#,
    );
    fixture.save_deck("d.ron", &deck_of("d", &[one, two]));
    fixture.study_deck("d");
    fixture.study(true);
    fixture.study(true);
    fixture.apply(Command::Study(StudyCommand::EndSession));
    let states = fixture.states();
    fixture.save_deck("d.ron", &deck_of("d", &[one, r#"id: "one", prompt: "Two?", answer: Number(2)"#]));
    assert!(fixture.app.notice().is_some_and(|notice| notice.is_error));
    assert_eq!((fixture.states(), fixture.stored_events().len()), (states, 2));
    assert_eq!(fixture.open_words(), [""; 0]);
}

#[test]
fn splitting_a_deck_in_two_asks_one_question() {
    let mut fixture = studied();
    let (treaty, france, han) = (fixture.card("d", 0), fixture.card("d", 1), fixture.card("d", 2));
    fixture.save_deck("e.ron", &deck_of("e", &[FRANCE, HAN]));
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY]));
    assert_eq!(fixture.open_words(), ["2 questions seem to have moved from “Deck d” to “Deck e”."]);
    let number = fixture.app.open_moves().next().expect("an open question").number;
    fixture.apply(Command::Move(MoveCommand::Accept { number, choice: 0 }));
    assert_eq!(fixture.open_words(), [""; 0]);
    assert_eq!((fixture.reviews(&treaty), fixture.reviews(&france), fixture.reviews(&han)), (1, 0, 0));
    assert_eq!((fixture.reviews(&fixture.card("e", 0)), fixture.reviews(&fixture.card("e", 1))), (1, 1));
    fixture.apply(Command::Undo);
    assert_eq!((fixture.reviews(&france), fixture.open_words().len()), (1, 1), "the question is open again");
    assert_eq!(orphans(fixture.app.library(), fixture.app.progress()).len(), 2);
}

#[test]
fn two_questions_reworded_at_once_are_asked_about_together() {
    let mut fixture = studied();
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE_CORRECTED, HAN_REWORDED]));
    assert_eq!(fixture.open_words(), ["2 questions of “Deck d” seem to have been reworded."]);
    fixture.apply(Command::Move(MoveCommand::Accept { number: 1, choice: 0 }));
    assert!((0..3).all(|nth| fixture.reviews(&fixture.card("d", nth)) == 1));
    assert_eq!(orphans(fixture.app.library(), fixture.app.progress()), []);
}

#[test]
fn a_rejected_match_is_not_suggested_again_and_keeps_its_progress() {
    let mut fixture = studied();
    fixture.save_deck("e.ron", &deck_of("e", &[HAN]));
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE]));
    let number = fixture.app.open_moves().next().expect("an open question").number;
    fixture.apply(Command::Move(MoveCommand::Reject(number)));
    assert_eq!(fixture.open_words(), [""; 0]);
    assert_eq!(orphans(fixture.app.library(), fixture.app.progress()).len(), 1);
    assert_eq!(orphans(fixture.app.library(), fixture.app.progress())[0].answers, 1);
    for _ in 0..2 {
        fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE, HAN]));
        assert_eq!(orphans(fixture.app.library(), fixture.app.progress()), []);
        fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE]));
        assert_eq!(fixture.open_words(), [""; 0]);
    }
    let mut fixture = fixture.reopen();
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE, HAN]));
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE]));
    assert_eq!(fixture.open_words(), [""; 0], "nor after a restart");
}

#[test]
fn undoing_a_rejected_match_opens_its_question_again() {
    let mut fixture = studied();
    fixture.save_deck("e.ron", &deck_of("e", &[HAN]));
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE]));
    fixture.apply(Command::Move(MoveCommand::Reject(1)));
    fixture.apply(Command::Undo);
    assert_eq!(fixture.open_words().len(), 1);
}

#[test]
fn an_open_question_about_a_move_is_asked_again_at_the_next_start() {
    let mut fixture = studied();
    fixture.save_deck("e.ron", &deck_of("e", &[HAN]));
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE]));
    assert_eq!(fixture.open_words().len(), 1);
    let mut fixture = fixture.reopen();
    assert_eq!(fixture.open_words().len(), 1);
    fixture.apply(Command::Move(MoveCommand::Reject(1)));
    let fixture = fixture.reopen();
    assert_eq!(fixture.open_words(), [""; 0]);
}

#[test]
fn a_question_that_reappears_is_no_longer_asked_about() {
    let mut fixture = studied();
    fixture.save_deck("e.ron", &deck_of("e", &[HAN]));
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE]));
    assert_eq!(fixture.open_words().len(), 1);
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE, HAN]));
    assert_eq!(fixture.open_words(), [""; 0]);
}

#[test]
fn a_file_that_is_unreadable_for_a_while_moves_nothing() {
    let mut fixture = studied();
    let states = fixture.states();
    let path = fixture.folder().join("decks/d.ron");
    let whole = std::fs::read(&path).expect("a file");
    std::fs::write(&path, b"\xff\xff no text").expect("a file that is no text");
    fixture.save_deck(
        "e.ron",
        &deck_of("e", &[r#"prompt: "Which river?", answer: Typed(["Han"]), formerly: ["d/x"]"#, FRANCE, HAN]),
    );
    assert_eq!((fixture.states(), fixture.open_words().len()), (states.clone(), 0));
    std::fs::write(&path, whole).expect("a file");
    fixture.reload_decks();
    assert_eq!((fixture.states(), fixture.open_words().len()), (states, 0));
}

#[test]
fn a_former_key_is_checked_at_every_start_until_its_move_is_undone() {
    let fixture = studied();
    let old = fixture.card("d", 2);
    fixture.write_deck("d.ron", &deck_of("d", &[TREATY, FRANCE]));
    let new = format!(
        r#"id: "river", prompt: "A river?", answer: Typed(["Han"]), formerly: ["{}/{}"]"#,
        old.deck, old.question
    );
    fixture.write_deck("e.ron", &deck_of("e", &[&new]));
    let mut fixture = fixture.reopen();
    let river = fixture.card("e", 0);
    assert_eq!(fixture.reviews(&river), 1);
    assert_eq!(fixture.notice(), "Progress of “A river?” was found under its earlier name. Ctrl Z to undo.");
    fixture.apply(Command::Undo);
    let fixture = fixture.reopen();
    assert_eq!((fixture.reviews(&river), fixture.reviews(&old)), (0, 1));
}

#[test]
fn the_active_card_keeps_its_draft_and_its_answer_counts_for_the_new_key() {
    let mut fixture = AppFixture::new();
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE, HAN]));
    fixture.study_deck("d");
    let france = fixture.card("d", 1).question;
    fixture.study_until(&france);
    let Draft::Typed(_) = &fixture.active_card().draft else { panic!("a text") };
    fixture.apply(Command::Study(StudyCommand::SetDraft(Draft::Typed("Par".into()))));
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE_CORRECTED, HAN]));
    let new = fixture.card("d", 1);
    assert_eq!(fixture.key(), new);
    assert_eq!(fixture.active_card().draft, Draft::Typed("Par".into()));
    let position = fixture.app.active_session().map(|study| study.position());
    fixture.answer(true);
    // Reworded again while the verdict shows, then overruled: the override belongs to the earlier answer.
    let third = r#"prompt: "Which city is France’s capital?", answer: Typed(["Paris"])"#;
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, third, HAN]));
    let last = fixture.card("d", 1);
    assert_eq!((fixture.reviews(&new), fixture.reviews(&last)), (0, 1));
    fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
    assert_eq!(fixture.reviews(&last), 1);
    assert!(matches!(fixture.state(&last).due, Some(linchpin::domain::event::Due::Day(_))), "as overruled");
    assert_eq!(
        fixture.app.active_session().map(|study| study.position().1),
        position.map(|(_, total)| total)
    );
    let studied_cards = fixture.finish();
    assert!(!studied_cards.contains(&last), "its new key was answered already");
    assert!(studied_cards.iter().all(|key| key.question != france && *key != new));
}

#[test]
fn cards_waiting_in_the_session_are_shown_under_their_new_keys() {
    let mut fixture = AppFixture::new();
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE, HAN]));
    fixture.study_deck("d");
    let waiting = (0..3).find(|nth| fixture.card("d", *nth) != fixture.key()).expect("one");
    let mut lines = [TREATY, FRANCE, HAN];
    let fixed = [
        r#"prompt: "In which year was this treaty signed?", answer: Number(1953)"#,
        FRANCE_CORRECTED,
        r#"prompt: "Which river is it that runs through Seoul?", answer: Typed(["Han"])"#,
    ];
    lines[waiting] = fixed[waiting];
    fixture.save_deck("d.ron", &deck_of("d", &lines));
    let new = fixture.card("d", waiting);
    assert!(fixture.finish().contains(&new));
}

#[test]
fn progress_follows_a_copy_of_a_deck_and_returns_with_the_original() {
    let mut fixture = studied();
    fixture.save_deck("copy.ron", &deck_of("copy", &[TREATY, FRANCE, HAN]));
    let before = fixture.states();
    assert_eq!(fixture.app.carry_progress("d", "copy", &fixture.now), 3);
    assert_eq!(fixture.notice(), "Progress of 3 questions moved to “Deck copy”. Ctrl Z to undo.");
    assert!((0..3).all(|nth| fixture.reviews(&fixture.card("copy", nth)) == 1
        && fixture.reviews(&fixture.card("d", nth)) == 0));
    assert_eq!(fixture.app.carry_progress("d", "copy", &fixture.now), 0);
    fixture.apply(Command::Undo);
    assert_eq!(fixture.states(), before);
}

/// The questions of one save of the two decks: whether the first has each, and in which wording, and the second too.
type Version = [[u8; 3]; 2];

fn questions(wordings: &[u8; 3]) -> Vec<&'static str> {
    let known = [[TREATY, TREATY_REWORDED], [FRANCE, FRANCE_CORRECTED], [HAN, HAN_REWORDED]];
    let written = known.iter().zip(wordings);
    written.filter_map(|(wordings, which)| wordings.get(usize::from(*which)).copied()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn no_answer_is_ever_lost_or_counted_twice(
        actions in prop::collection::vec((prop::array::uniform2(prop::array::uniform3(0..3u8)), 0..5u8), 1..12),
    ) {
        let mut fixture = studied();
        let actions: Vec<(Version, u8)> = actions;
        for (version, action) in &actions {
            for (name, wordings) in ["d", "e"].iter().zip(version) {
                let questions = questions(wordings);
                if !questions.is_empty() {
                    fixture.save_deck(&format!("{name}.ron"), &deck_of(name, &questions));
                }
            }
            let open = fixture.app.open_moves().next().map(|open| open.number);
            match (action, open) {
                (0, Some(number)) => fixture.apply(Command::Move(MoveCommand::Accept { number, choice: 0 })),
                (1, Some(number)) => fixture.apply(Command::Move(MoveCommand::Reject(number))),
                (2, _) if fixture.notice().starts_with("Progress of") => fixture.apply(Command::Undo),
                _ => {}
            }
            let answers: usize = fixture.app.progress().cards().map(|(_, summary)| summary.answers()).sum();
            prop_assert_eq!(answers, 3);
        }
        let states = fixture.states();
        // The next start compares what was left open with the decks as they were before it.
        let is_settled = fixture.app.open_moves().next().is_none();
        let fixture = fixture.reopen();
        if is_settled {
            prop_assert_eq!(fixture.states(), states);
        }
        let answers = fixture.stored_events().iter().filter(|event| matches!(event.change, Change::Answer(_))).count();
        prop_assert_eq!(answers, 3);
    }
}
