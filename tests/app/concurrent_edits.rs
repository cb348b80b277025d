//! The program and another one edit the same deck file: nothing is lost or overwritten, and no question is mistaken for
//! another.

use std::sync::Arc;

use linchpin::app::Command;
use linchpin::app::decks::form::QuestionForm;
use linchpin::app::decks::{DeckCommand, Dialog, SelectionChange};
use linchpin::app::moves::orphans;
use linchpin::app::study::{Scope, SessionKind, StudyCommand};
use linchpin::domain::question::Question;
use linchpin::domain::task::Response;
use linchpin::formats::import::ImportAs;

use super::three_questions::{FRANCE, FRANCE_CORRECTED, HAN, TREATY, deck_of};
use crate::fixtures::AppFixture;

const SKY: &str = r#"prompt: "Which colour has the sky?", answer: Typed(["blue"])"#;

impl AppFixture {
    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder().join("decks").join(name)).expect("a deck file")
    }

    fn questions(&self) -> &[Arc<Question>] {
        &self.app.library().deck("d").expect("the deck").deck.questions
    }

    fn reviews_of(&self, nth: usize) -> u32 {
        self.app.progress().state(&self.card("d", nth)).reviews
    }

    fn prompts(&self) -> Vec<&str> {
        self.questions().iter().map(|question| question.prompt.as_str()).collect()
    }

    fn apply_deck(&mut self, command: DeckCommand) {
        self.apply(Command::Deck(command));
    }

    /// Opens the page of the deck, if it is not open.
    fn open_page(&mut self) {
        if self.app.decks().page().is_none() {
            self.apply_deck(DeckCommand::Open("d".into()));
        }
    }

    /// Picks a question on the page of the deck.
    fn pick(&mut self, nth: usize) {
        self.open_page();
        let id = self.questions()[nth].id.clone();
        self.apply_deck(DeckCommand::Select(SelectionChange::Only(id)));
    }

    /// Opens a question in the editor.
    fn open_editor(&mut self, nth: usize) {
        self.open_page();
        let id = self.questions()[nth].id.clone();
        self.apply_deck(DeckCommand::Edit(id));
    }

    /// Changes the form of the open editor.
    fn change_form(&mut self, change: impl FnOnce(&mut QuestionForm)) {
        let mut form = self.app.decks().editor().expect("an editor").form.clone();
        change(&mut form);
        self.apply_deck(DeckCommand::SetForm(Box::new(form)));
    }

    /// Opens a question in the editor and changes its form; nothing is saved yet.
    fn edit(&mut self, nth: usize, change: impl FnOnce(&mut QuestionForm)) {
        self.open_editor(nth);
        self.change_form(change);
    }
}

/// A deck of three questions, and no other deck of the learner's own.
fn three_questions() -> AppFixture {
    let mut fixture = AppFixture::new();
    std::fs::remove_file(fixture.folder().join("decks/kinds.ron")).expect("the deck of every kind");
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE, HAN]));
    fixture
}

/// The same, each answered rightly once; no session runs.
fn studied() -> AppFixture {
    let mut fixture = three_questions();
    fixture.apply(Command::Study(StudyCommand::Start(Scope::Deck("d".into()), SessionKind::Today)));
    for _ in 0..3 {
        fixture.study(true);
    }
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture
}

#[test]
fn the_picked_question_is_deleted_even_if_another_program_has_just_moved_it() {
    let mut fixture = three_questions();
    fixture.pick(1);
    fixture.write_deck("d.ron", &deck_of("d", &[SKY, TREATY, FRANCE, HAN]));
    fixture.apply_deck(DeckCommand::Delete);
    assert!(fixture.read("d.ron").contains("treaty"), "another question was deleted");
}

#[test]
fn nothing_else_is_deleted_from_a_file_with_errors() {
    let mut fixture = three_questions();
    fixture.open_page();
    fixture.save_deck(
        "d.ron",
        &deck_of(
            "d",
            &[r#"prompt: "Which colour has the sky?", answer: Typd(["blue"])"#, SKY, TREATY, FRANCE, HAN],
        ),
    );
    fixture.pick(1);
    fixture.apply_deck(DeckCommand::Delete);
    assert!(fixture.read("d.ron").contains("treaty"), "another question was deleted");
}

#[test]
fn a_question_that_cannot_be_saved_now_is_in_the_editor_again_when_it_was_to_be_closed() {
    let mut fixture = three_questions();
    fixture.edit(1, |form| form.hint = "On the Seine.".into());
    fixture.apply_deck(DeckCommand::CloseEditor);
    assert_eq!(fixture.app.decks().dialog(), Some(&Dialog::Unsaved));
    fixture
        .write_deck("d.ron", &deck_of("d", &[TREATY, FRANCE, r#"prompt: "Han", answer: Typd(["river"])"#]));
    fixture.apply_deck(DeckCommand::Confirm);
    assert_eq!(fixture.app.decks().dialog(), None);
    assert_eq!(fixture.app.decks().editor().expect("an editor").form.hint, "On the Seine.");
    assert!(fixture.app.notice().is_some_and(|notice| notice.is_error), "it says why");
}

#[test]
fn a_save_does_not_overwrite_a_change_of_another_program_to_the_same_question() {
    let mut fixture = three_questions();
    fixture.edit(1, |form| form.hint = "On the Seine.".into());
    let theirs = deck_of(
        "d",
        &[
            TREATY,
            r#"prompt: "Which city is the captial of France?", answer: Typed(["Paris", "Lutetia"])"#,
            HAN,
        ],
    );
    fixture.write_deck("d.ron", &theirs);
    fixture.apply_deck(DeckCommand::Save(false));
    assert!(fixture.read("d.ron").contains("Lutetia"), "their change is lost");
}

#[test]
fn the_loaded_deck_matches_the_file_even_if_two_programs_wrote_into_it() {
    let mut fixture = three_questions();
    fixture.edit(0, |form| form.hint = "After the war.".into());
    fixture.write_deck(
        "d.ron",
        &deck_of(
            "d",
            &[
                TREATY,
                FRANCE,
                r#"prompt: "Which river runs through Seoul?", answer: Typed(["Han", "Hangang"])"#,
            ],
        ),
    );
    fixture.apply_deck(DeckCommand::Save(false));
    assert!(fixture.read("d.ron").contains("Hangang"));
    fixture.reload_decks();
    let answer = |fixture: &AppFixture| {
        format!("{:?}", fixture.app.library().deck("d").expect("there").deck.questions[2].answer)
    };
    let one = answer(&fixture);
    let fixture = fixture.reopen();
    let two = answer(&fixture);
    assert!(one.contains("Hangang"), "after a reload");
    assert!(two.contains("Hangang"), "after a restart");
}

#[test]
fn progress_follows_a_rewording_that_is_loaded_with_a_save() {
    let mut fixture = studied();
    fixture.edit(2, |form| form.hint = "Wide.".into());
    fixture.write_deck("d.ron", &deck_of("d", &[TREATY, FRANCE_CORRECTED, HAN]));
    fixture.apply_deck(DeckCommand::Save(false));
    fixture.reload_decks();
    assert_eq!(fixture.reviews_of(1), 1);
}

#[test]
fn a_deck_that_had_an_error_at_the_start_keeps_its_progress_when_it_is_fixed() {
    assert_progress_survives(r#"prompt: "Which city is the capital of France?" answer: Typed(["Paris"]"#);
}

#[test]
fn a_deck_with_a_misspelt_kind_at_the_start_keeps_its_progress() {
    assert_progress_survives(r#"prompt: "Which city is the capital of France?", answer: Typd(["Paris"])"#);
}

/// The deck is saved with a faulty question while the program is closed, then opened, then fixed.
fn assert_progress_survives(faulty: &str) {
    let fixture = studied().reopen();
    fixture.write_deck("d.ron", &deck_of("d", &[TREATY, faulty, HAN]));
    let mut fixture = fixture.reopen();
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE_CORRECTED, HAN]));
    let open_moves = fixture.app.open_moves().count();
    assert!(open_moves > 0 || fixture.reviews_of(1) == 1, "orphaned");
}

#[test]
fn a_deck_that_was_removed_and_returns_reworded_keeps_its_progress() {
    let mut fixture = studied();
    std::fs::remove_file(fixture.folder().join("decks/d.ron")).expect("there");
    fixture.reload_decks();
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE_CORRECTED, HAN]));
    let open_moves = fixture.app.open_moves().count();
    assert!(open_moves > 0 || fixture.reviews_of(1) == 1, "orphaned");
}

#[test]
fn undo_continues_with_older_entries_past_an_edit_that_cannot_be_undone() {
    let mut fixture = studied();
    fixture.edit(1, |form| form.hint = "On the Seine.".into());
    fixture.apply_deck(DeckCommand::Save(false));
    std::fs::rename(fixture.folder().join("decks/d.ron"), fixture.folder().join("decks/e.ron"))
        .expect("there");
    fixture.reload_decks();
    let card = fixture.card("d", 2);
    for _ in 0..8 {
        fixture.apply(Command::Undo);
    }
    assert_eq!(fixture.state(&card).reviews, 0, "undo is stuck");
}

#[test]
fn undoing_a_deletion_never_damages_text_written_since() {
    let mut fixture = three_questions();
    fixture.pick(1);
    fixture.apply_deck(DeckCommand::Delete);
    // A text editor inserts a comment in front.
    let changed = fixture.read("d.ron").replace("questions: [\n", "questions: [\n    // Some words of the author on what is to come in this deck, in a comment of a hundred characters and some more.\n");
    fixture.save_deck("d.ron", &changed);
    fixture.apply(Command::Undo);
    let there = fixture.prompts().iter().any(|p| p.contains("France"));
    assert!(
        there || fixture.read("d.ron") == changed,
        "neither undone nor left alone: {:?}",
        fixture.prompts()
    );
}

#[test]
fn undoing_a_deletion_leaves_a_file_alone_that_has_errors_since() {
    let mut fixture = three_questions();
    fixture.pick(1);
    fixture.apply_deck(DeckCommand::Delete);
    let changed = fixture.read("d.ron").replace("title: \"Deck d\"", "title: \"Deck d and more\" ");
    let changed = changed.replace("Number(1953)", "Nmber(1953)");
    fixture.save_deck("d.ron", &changed);
    fixture.apply(Command::Undo);
    let undone = fixture.read("d.ron");
    assert!(undone == changed || undone.contains("    (topic: \"t\", prompt: \"Which city is the captial of France?\", answer: Typed([\"Paris\"])),\n"), "garbled");
    let mut without = undone.clone();
    without = without.replace(
        "    (topic: \"t\", prompt: \"Which city is the captial of France?\", answer: Typed([\"Paris\"])),\n",
        "",
    );
    assert!(undone == changed || without == changed, "garbled");
    assert!(undone == changed || undone.contains("\n    (topic: \"t\", prompt: \"Which city"), "garbled");
}

#[test]
fn the_editor_follows_its_question_through_a_rewording_in_the_file() {
    let mut fixture = three_questions();
    fixture.edit(1, |form| form.hint = "On the Seine.".into());
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE_CORRECTED, HAN]));
    fixture.apply_deck(DeckCommand::Save(false));
    assert_eq!(fixture.prompts().len(), 3, "the question is there twice");
}

#[test]
fn a_session_follows_when_a_rewording_is_undone() {
    let mut fixture = three_questions();
    fixture.edit(0, |form| form.prompt = "What year was the treaty signed in?".into());
    fixture.apply_deck(DeckCommand::Save(false));
    fixture.apply(Command::Study(StudyCommand::Start(Scope::Deck("d".into()), SessionKind::Today)));
    assert!(fixture.active_card().question().prompt.contains("treaty"));
    fixture.apply(Command::Undo);
    fixture.answer(true);
    let orphans = orphans(fixture.app.library(), fixture.app.progress());
    assert!(orphans.is_empty());
}

#[test]
fn an_answer_can_be_accepted_after_its_question_was_reworded() {
    let mut fixture = three_questions();
    fixture.apply(Command::Study(StudyCommand::Start(Scope::Deck("d".into()), SessionKind::Today)));
    while !fixture.active_card().question().prompt.contains("France") {
        fixture.apply(Command::Study(StudyCommand::Bury));
    }
    fixture.apply(Command::Study(StudyCommand::Answer(Response::Typed("Lutetia".into()))));
    fixture.save_deck("d.ron", &deck_of("d", &[TREATY, FRANCE_CORRECTED, HAN]));
    fixture.apply(Command::Study(StudyCommand::AcceptAnswer));
    assert!(fixture.read("d.ron").contains("Lutetia"));
}

#[test]
fn typed_text_is_kept_while_the_deck_is_gone() {
    let mut fixture = three_questions();
    fixture.open_editor(1);
    std::fs::rename(fixture.folder().join("decks/d.ron"), fixture.folder().join("d.ron")).expect("there");
    fixture.reload_decks();
    fixture.change_form(|form| form.hint = "On the Seine.".into());
    fixture.apply_deck(DeckCommand::Save(false));
    assert_eq!(fixture.app.decks().editor().expect("there").form.hint, "On the Seine.");
    assert!(!fixture.notice().is_empty(), "no notice shows");
}

#[test]
fn a_pasted_list_is_kept_when_the_deck_cannot_be_written() {
    let mut fixture = three_questions();
    fixture.open_page();
    std::fs::rename(fixture.folder().join("decks/d.ron"), fixture.folder().join("d.ron")).expect("there");
    fixture.apply_deck(DeckCommand::SetDialog(Dialog::Paste {
        text: "a\tb\nc\td\n".into(),
        target: ImportAs::default(),
    }));
    fixture.apply_deck(DeckCommand::Confirm);
    assert!(fixture.app.decks().dialog().is_some(), "the pasted list is gone");
}

#[test]
fn editing_a_deck_whose_file_has_errors_disables_no_question() {
    let mut fixture = three_questions();
    fixture.open_page();
    fixture.save_deck(
        "d.ron",
        &deck_of(
            "d",
            &[SKY, TREATY, r#"prompt: "Which city is the captial of France?", answer: Typd(["Paris"])"#, HAN],
        ),
    );
    fixture.open_editor(0);
    fixture.change_form(|form| form.hint = "After the war.".into());
    fixture.apply_deck(DeckCommand::Save(false));
    assert!(
        fixture.prompts().iter().any(|p| p.contains("France")),
        "a question without errors is not in use"
    );
}
