//! Edits of questions: replacing, adding, removing, moving, pinning ids, adding accepted answers.

use std::collections::HashSet;

use linchpin::domain::cloze::Cloze;
use linchpin::domain::question::{
    Answer, ChoiceAnswer, ChoicesAnswer, NumberAnswer, Question, RecallAnswer, TypedAnswer,
};
use linchpin::formats::ron_deck::edit::{
    AnswerField, EditError, add_accepted, insert_questions, move_question, pin_ids, read_question,
    remove_question, replace_question,
};
use linchpin::library::SHIPPED;
use proptest::prelude::*;

use super::messy::DeckGenerator;
use super::{cases, checked, notes, questions_of, sound, written};

/// Replaces a question and checks the result.
fn replaced(text: &str, at: usize, new: &Question) -> String {
    let deck = sound(text);
    let edit = replace_question(text, &deck, at, new).unwrap_or_else(|error| panic!("{error:?}\n{text}"));
    let span = deck.spans[at].range();
    let (after, changed) = checked(text, &deck, &edit);
    let mut expected = questions_of(&deck);
    expected[at] = new.clone();
    assert_eq!(questions_of(&changed), expected, "{text}\n------\n{after}");
    assert_eq!(&after[..span.start], &text[..span.start], "the text before the question");
    assert!(after.ends_with(&text[span.end..]), "the text after the question");
    after
}

/// The question with one random change.
fn with_one_change(generator: &mut DeckGenerator, question: &Question) -> Question {
    let mut new = question.clone();
    let text = generator.text();
    match generator.below(9) {
        0 => new.hint = new.hint.is_none().then_some(text),
        1 => new.explain = Some(text),
        2 => new.tags.push(text),
        3 => new.tags.clear(),
        4 => new.image = new.image.is_none().then(|| "other.png".to_owned()),
        5 => {
            new.id_is_written = !new.id_is_written;
            generator.give_id(&mut new);
        }
        6 => new.formerly.insert(0, "old/zero".to_owned()),
        7 => new.topic = "unused".to_owned(),
        _ => match &mut new.answer {
            Answer::Typed(TypedAnswer { accepted, .. }) => accepted.push(text),
            Answer::Choice(ChoiceAnswer { wrong, .. }) | Answer::Choices(ChoicesAnswer { wrong, .. }) => {
                wrong[0].why = Some(text)
            }
            Answer::Order(items) => items[1].text = text,
            Answer::Match(pairs) => pairs.swap(0, 1),
            Answer::Sort(bins) => bins[1].items.push(text),
            Answer::Recall(RecallAnswer { reverse, .. }) => *reverse = true,
            Answer::Number(NumberAnswer { value, .. }) => *value += 1.0,
            _ => new.hint = Some(text),
        },
    }
    new
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn any_question_becomes_any_other(seed in any::<u64>()) {
        let mut generator = DeckGenerator::new(seed);
        let text = generator.deck();
        let at = generator.below(sound(&text).questions.len());
        let new = generator.question();
        replaced(&text, at, &new);
    }

    #[test]
    fn a_small_change_keeps_every_comment(seed in any::<u64>()) {
        let mut generator = DeckGenerator::new(seed);
        let text = generator.deck();
        let deck = sound(&text);
        let at = generator.below(deck.questions.len());
        let new = with_one_change(&mut generator, &deck.questions[at]);
        let old = &deck.questions[at];
        let cleared = (new.tags.is_empty() && !old.tags.is_empty())
            || (new.hint.is_none() && old.hint.is_some())
            || (new.image.is_none() && old.image.is_some())
            || (!new.id_is_written && old.id_is_written);
        let after = replaced(&text, at, &new);
        // Comments inside a removed field are removed with it.
        if !cleared {
            prop_assert_eq!(notes(&text), notes(&after), "{}\n------\n{}", text, after);
        }
    }

    #[test]
    fn an_unchanged_question_changes_nothing(seed in any::<u64>()) {
        let text = DeckGenerator::new(seed).deck();
        let deck = sound(&text);
        for (at, question) in deck.questions.iter().enumerate() {
            prop_assert!(replace_question(&text, &deck, at, question).expect("an edit").is_empty());
            let alone = &text[deck.spans[at].range()];
            prop_assert_eq!(&read_question(alone, &deck, Some(at)).expect("a question"), &**question);
            prop_assert!(read_question(alone, &deck, None).is_err(), "its id is taken");
        }
    }

    #[test]
    fn questions_are_added_anywhere(seed in any::<u64>()) {
        let mut generator = DeckGenerator::new(seed);
        let text = generator.deck();
        let deck = sound(&text);
        let at = generator.below(deck.questions.len() + 1);
        let new: Vec<Question> = (0..1 + generator.below(3)).map(|_| generator.question()).collect();
        let edit = insert_questions(&text, &deck, at, &new).unwrap_or_else(|error| panic!("{error:?}\n{text}"));
        prop_assert!(edit.splices.iter().all(|splice| splice.range.is_empty()), "only additions");
        let (after, changed) = checked(&text, &deck, &edit);
        let mut expected = questions_of(&deck);
        expected.splice(at..at, new);
        prop_assert_eq!(questions_of(&changed), expected, "{}\n------\n{}", text, after);
    }

    #[test]
    fn removing_a_question_removes_nothing_else(seed in any::<u64>()) {
        let mut generator = DeckGenerator::new(seed);
        let text = generator.deck();
        let deck = sound(&text);
        let at = generator.below(deck.questions.len());
        let edit = remove_question(&text, &deck, at).unwrap_or_else(|error| panic!("{error:?}\n{text}"));
        prop_assert!(edit.splices.iter().all(|splice| splice.replacement.is_empty()), "nothing is written");
        let (after, changed) = checked(&text, &deck, &edit);
        let mut expected = written(&text, &deck);
        expected.remove(at);
        prop_assert_eq!(written(&after, &changed), expected, "{}\n------\n{}", text, after);
    }

    #[test]
    fn moving_a_question_changes_nothing_in_it(seed in any::<u64>()) {
        let mut generator = DeckGenerator::new(seed);
        let text = generator.deck();
        let deck = sound(&text);
        let (from, to) = (generator.below(deck.questions.len()), generator.below(deck.questions.len()));
        let edit = move_question(&text, &deck, from, to).unwrap_or_else(|error| panic!("{error:?}\n{text}"));
        let (after, changed) = checked(&text, &deck, &edit);
        let mut expected = written(&text, &deck);
        let moved = expected.remove(from);
        expected.insert(to, moved);
        prop_assert_eq!(written(&after, &changed), expected, "{}\n------\n{}", text, after);
        prop_assert_eq!(notes(&text), notes(&after), "{}\n------\n{}", text, after);
    }

    #[test]
    fn pinning_ids_keeps_every_id(seed in any::<u64>()) {
        let text = DeckGenerator::new(seed).deck();
        let deck = sound(&text);
        let (edit, count) = pin_ids(&text, &deck).unwrap_or_else(|error| panic!("{error:?}\n{text}"));
        let (after, pinned) = checked(&text, &deck, &edit);
        prop_assert_eq!(count, deck.questions.iter().filter(|question| !question.id_is_written).count());
        prop_assert!(pinned.questions.iter().all(|question| question.id_is_written));
        let ids = |deck: &linchpin::domain::deck::Deck| -> Vec<_> { deck.questions.iter().map(|it| it.id.clone()).collect() };
        prop_assert_eq!(ids(&pinned), ids(&deck));
        prop_assert_eq!(notes(&text), notes(&after));
        prop_assert_eq!(pin_ids(&after, &pinned).expect("an edit").1, 0);
    }

    #[test]
    fn an_added_answer_is_accepted(seed in any::<u64>()) {
        let mut generator = DeckGenerator::new(seed);
        let text = generator.deck();
        let deck = sound(&text);
        let answer = ["new: answer", "a|b", "동맹 조약", "brace}", "back\\"][generator.below(5)];
        for (at, question) in deck.questions.iter().enumerate() {
            let field = match &question.answer {
                Answer::Typed(TypedAnswer { also_reverse, .. }) if !also_reverse.is_empty() && generator.chance(50) => AnswerField::Reverse,
                Answer::Cloze(_) => AnswerField::Gap(generator.below(2)),
                _ => AnswerField::Front,
            };
            let edit = match add_accepted(&text, &deck, at, field, answer) {
                Ok(edit) => edit,
                Err(error) => {
                    prop_assert_eq!(error, EditError::NotTyped);
                    continue;
                }
            };
            let (_, changed) = checked(&text, &deck, &edit);
            let question = &changed.questions[at];
            let accepted = match (&question.answer, field) {
                (Answer::Typed(TypedAnswer { also_reverse, .. }), AnswerField::Reverse) => also_reverse,
                (Answer::Typed(TypedAnswer { accepted, .. }), _) => accepted,
                (Answer::Cloze(cloze), AnswerField::Gap(gap)) => &cloze.gaps().nth(gap).expect("a gap").accepted,
                _ => &question.typed,
            };
            prop_assert_eq!(accepted.last().map(String::as_str), Some(answer));
            let again = edit.apply(&text);
            prop_assert!(add_accepted(&again, &changed, at, field, answer).expect("an edit").is_empty());
        }
    }
}

#[test]
fn shipped_decks_can_be_edited_in_every_way() {
    for (name, text) in SHIPPED {
        let deck = sound(text);
        let count = deck.questions.len();
        for at in (0..count).step_by(3) {
            // Another kind each time, with a new id and a prompt of its own.
            let mut new = (*deck.questions[(at + 7) % count]).clone();
            new.id = format!("new-{at}").into();
            new.prompt = format!("{} (anew)", new.prompt);
            if let Answer::Cloze(cloze) = &mut new.answer {
                *cloze = Cloze::parse(&new.prompt).expect("a cloze");
            }
            replaced(text, at, &new);
            let mut new = (*deck.questions[at]).clone();
            new.explain = Some("Another explanation.".to_owned());
            let after = replaced(text, at, &new);
            let lines: HashSet<&str> = text.lines().collect();
            let changed = after.lines().filter(|line| !lines.contains(line)).count();
            assert_eq!(changed, 1, "{name}: one line differs");
            let removed = remove_question(text, &deck, at).expect("an edit");
            checked(text, &deck, &removed);
            let moved = move_question(text, &deck, at, (at * 31 + 5) % count).expect("an edit");
            checked(text, &deck, &moved);
        }
    }
}

#[test]
fn an_edit_of_a_changed_text_is_refused() {
    let text = DeckGenerator::new(1).deck();
    let deck = sound(&text);
    let question = (*deck.questions[0]).clone();
    for other in [String::new(), text.replace("\"Messy\"", "\"Messier\""), text.replace("t0", "t9")] {
        let deck_of_other = linchpin::formats::ron_deck::parse(&other).deck;
        if deck_of_other.is_some_and(|other| other.spans == deck.spans && other.questions == deck.questions) {
            continue;
        }
        assert_eq!(replace_question(&other, &deck, 0, &question), Err(EditError::Stale));
        assert_eq!(remove_question(&other, &deck, 0), Err(EditError::Stale));
    }
}

#[test]
fn an_invalid_question_is_not_written() {
    let text = DeckGenerator::new(2).deck();
    let deck = sound(&text);
    let mut new = DeckGenerator::new(3).question();
    new.topic = "nowhere".to_owned();
    let Err(EditError::InvalidQuestion(diagnostics)) = replace_question(&text, &deck, 0, &new) else {
        panic!("the question is invalid")
    };
    assert_eq!(diagnostics.iter().find(|it| it.code == "unknown-topic").map(|it| it.line), Some(1));
    let mut twice = DeckGenerator::new(4).question();
    (twice.id_is_written, twice.id) = (true, "one".into());
    let inserted = insert_questions(&text, &deck, 0, &[twice.clone(), twice]);
    assert!(matches!(inserted, Err(EditError::InvalidQuestion(_))));
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_text_changed_elsewhere_is_refused_or_edited_without_a_panic(seed in any::<u64>()) {
        let mut generator = DeckGenerator::new(seed);
        let text = generator.deck();
        let deck = sound(&text);
        let mut other = text.clone();
        let mut at = generator.below(other.len());
        while !other.is_char_boundary(at) {
            at -= 1;
        }
        match generator.below(4) {
            0 => other.truncate(at),
            1 => other.insert_str(at, "/*"),
            2 => other.insert_str(at, "동맹\""),
            _ => other = generator.deck(),
        }
        let count = deck.questions.len();
        let (one, two) = (generator.below(count), generator.below(count));
        let new = generator.question();
        let edits = [
            replace_question(&other, &deck, one, &new),
            insert_questions(&other, &deck, one, std::slice::from_ref(&new)),
            remove_question(&other, &deck, one),
            move_question(&other, &deck, one, two),
            pin_ids(&other, &deck).map(|(edit, _)| edit),
            add_accepted(&other, &deck, one, AnswerField::Front, "x"),
        ];
        for edit in edits.into_iter().flatten() {
            let after = edit.apply(&other);
            prop_assert_eq!(edit.inverse(&other).apply(&after), &*other);
            // Whatever deck results, computing it must not panic.
            let _ = linchpin::formats::ron_deck::edit::deck_after_edit(&deck, &other, &edit, &after);
        }
    }
}
