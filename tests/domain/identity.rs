//! Progress stays with its question through every edit; an uncertain match is left to the learner.

use std::sync::Arc;

use std::collections::HashSet;

use linchpin::domain::deck::Deck;
use linchpin::domain::identity::{
    AmbiguousMove, ProgressLookup, ProgressMove, ProgressMoves, QuestionKey, RemovedQuestion, find_moves,
};
use linchpin::formats::ron_deck;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A deck of questions written as `id|prompt|answer`; without an id where that is empty.
fn deck(id: &str, lines: &[&str]) -> Deck {
    let questions: Vec<String> = lines
        .iter()
        .map(|line| {
            let parts: Vec<&str> = line.split('|').collect();
            let id = if parts[0].is_empty() { String::new() } else { format!("id: \"{}\", ", parts[0]) };
            let more = parts.get(3).map_or(String::new(), |more| format!(", {more}"));
            format!("({id}topic: \"t\", prompt: \"{}\", answer: {}{more})", parts[1], parts[2])
        })
        .collect();
    let text = format!(
        "Deck(format: 1, id: \"{id}\", title: \"Deck\", topics: {{\"t\": \"T\"}}, questions: [{}])",
        questions.join(",\n")
    );
    ron_deck::parse(&text).deck.expect("a sound deck")
}

fn key(text: &str) -> QuestionKey {
    QuestionKey::from_text(text).expect("a key")
}

fn key_of(deck: &Deck, nth: usize) -> QuestionKey {
    QuestionKey { deck: deck.id.clone(), question: deck.questions[nth].id.clone() }
}

/// Every question of `before` has progress, and no other.
fn compare(before: &[&Deck], after: &[&Deck]) -> ProgressMoves {
    let learned: HashSet<QuestionKey> = all(before);
    compare_with(before, after, &learned)
}

fn compare_with(before: &[&Deck], after: &[&Deck], learned: &HashSet<QuestionKey>) -> ProgressMoves {
    let has_progress = |key: &QuestionKey| learned.contains(key);
    find_moves(
        before,
        after,
        &[],
        &ProgressLookup { has_progress: &has_progress, is_match_rejected: &|_, _| false },
    )
}

fn all(decks: &[&Deck]) -> HashSet<QuestionKey> {
    decks.iter().flat_map(|deck| (0..deck.questions.len()).map(|nth| key_of(deck, nth))).collect()
}

fn assert_nothing(found: &ProgressMoves) {
    assert_eq!((&found.certain, &found.renamed_gaps, &found.ambiguous), (&vec![], &vec![], &vec![]));
}

const FRANCE: &str = "|Which city is the captial of France?|Typed([\"Paris\"])";
const FRANCE_FIXED: &str = "|Which city is the capital of France?|Typed([\"Paris\"])";
const TREATY: &str = "|In which year was the treaty signed?|Number(1953)";
const HAN: &str = "|Which river runs through Seoul?|Typed([\"Han\"])";

#[test]
fn a_question_with_a_fixed_typo_keeps_its_progress() {
    let before = deck("d", &[TREATY, FRANCE, HAN]);
    let after = deck("d", &[TREATY, FRANCE_FIXED, HAN]);
    let found = compare(&[&before], &[&after]);
    assert_eq!(found.certain, [ProgressMove { from: key_of(&before, 1), to: key_of(&after, 1) }]);
    assert_eq!(found.ambiguous, []);
    for at in [0, 2] {
        let mut lines = [TREATY, HAN, TREATY];
        lines[1] = HAN;
        lines[at] = FRANCE;
        let before = deck("e", &lines[..=at.max(1)]);
        lines[at] = FRANCE_FIXED;
        let after = deck("e", &lines[..=at.max(1)]);
        assert_eq!(
            compare(&[&before], &[&after]).certain.len(),
            1,
            "at the beginning and the end of a deck too"
        );
    }
}

#[test]
fn a_fixed_typo_in_a_question_with_an_id_moves_nothing() {
    let before = deck("d", &["x|Which city is the captial?|Typed([\"Paris\"])"]);
    let after = deck("d", &["x|Which city is the capital?|Typed([\"Paris\"])"]);
    assert_nothing(&compare(&[&before], &[&after]));
}

#[test]
fn a_fixed_answer_or_another_kind_keeps_the_key() {
    let before = deck("d", &[TREATY, FRANCE]);
    for line in [
        "|Which city is the captial of France?|Typed([\"Lutetia\"])",
        "|Which city is the captial of France?|Choice(right: \"Paris\", wrong: [\"Lyon\"])",
        "|Which city is the captial of France?|Recall(\"Paris\")",
    ] {
        assert_nothing(&compare(&[&before], &[&deck("d", &[TREATY, line])]));
    }
}

#[test]
fn a_fixed_gap_keeps_its_key_and_a_renamed_gap_keeps_its_progress() {
    let before = deck("d", &["|The {{treaty}} of {{year:1935}}.|Cloze"]);
    let after = deck("d", &["|The {{accord}} of {{year:1953}}.|Cloze"]);
    assert_eq!(before.questions[0].id, after.questions[0].id);
    assert_nothing(&compare(&[&before], &[&after]));

    let renamed = deck("d", &["|The {{accord}} of {{when:1953}}.|Cloze"]);
    let found = compare(&[&after], &[&renamed]);
    let [(from, to)] = found.renamed_gaps.as_slice() else { panic!("{:?}", found.renamed_gaps) };
    assert!(from.to_string().ends_with("#gap:year") && to.to_string().ends_with("#gap:when"), "{from} {to}");
}

#[test]
fn two_renamed_gaps_with_the_same_answer_are_not_matched() {
    let before = deck("d", &["x|{{a:one}} and {{b:one}}.|Cloze"]);
    let after = deck("d", &["x|{{c:one}} and {{d:one}}.|Cloze"]);
    assert_eq!(compare(&[&before], &[&after]).renamed_gaps, []);
}

#[test]
fn reordered_questions_move_nothing() {
    let before = deck("d", &[TREATY, FRANCE, HAN]);
    for lines in [[HAN, TREATY, FRANCE], [FRANCE, TREATY, HAN], [HAN, FRANCE, TREATY]] {
        assert_nothing(&compare(&[&before], &[&deck("d", &lines)]));
    }
}

#[test]
fn a_question_added_or_removed_moves_nothing() {
    let two = deck("d", &[TREATY, HAN]);
    let three = deck("d", &[TREATY, FRANCE, HAN]);
    assert_nothing(&compare(&[&two], &[&three]));
    let found = compare(&[&three], &[&two]);
    assert_eq!((found.certain.len(), found.ambiguous.len()), (0, 0));
    assert_eq!(found.removed.len(), 1, "the removed question is remembered");
}

#[test]
fn a_question_in_the_place_of_another_is_suggested_only_when_they_are_similar() {
    let iran = "|What is the capital of Iran?|Typed([\"Tehran\"])";
    let iraq = "|What is the capital of Iraq?|Typed([\"Baghdad\"])";
    let (before, after) = (deck("d", &[TREATY, iran, HAN]), deck("d", &[TREATY, iraq, HAN]));
    let found = compare(&[&before], &[&after]);
    assert_eq!(found.certain, []);
    let wanted = AmbiguousMove::Reworded { from: key_of(&before, 1), candidates: vec![key_of(&after, 1)] };
    assert_eq!(found.ambiguous, [wanted]);
    let different = deck("d", &[TREATY, "|Who wrote Hamlet?|Typed([\"Shakespeare\"])", HAN]);
    let found = compare(&[&before], &[&different]);
    assert_eq!((found.certain, found.ambiguous), (vec![], vec![]));
}

#[test]
fn two_adjacent_reworded_questions_are_ambiguous() {
    let before = deck("d", &[FRANCE, "|Which city is the captial of Chile?|Typed([\"Santiago\"])"]);
    let after = deck("d", &[FRANCE_FIXED, "|Which city is the capital of Chile?|Typed([\"Santiago\"])"]);
    let found = compare(&[&before], &[&after]);
    assert_eq!(found.certain, []);
    let moves =
        (0..2).map(|nth| ProgressMove { from: key_of(&before, nth), to: key_of(&after, nth) }).collect();
    assert_eq!(found.ambiguous, [AmbiguousMove::Group { from: "d".into(), to: "d".into(), moves }]);

    // In another order each question is ambiguous, with the most similar candidate first.
    let mut turned = after.clone();
    Arc::make_mut(&mut turned.questions).reverse();
    let found = compare(&[&before], &[&turned]);
    assert_eq!((found.certain.len(), found.ambiguous.len()), (0, 2));
    for (nth, ambiguous) in found.ambiguous.iter().enumerate() {
        let AmbiguousMove::Reworded { from, candidates } = ambiguous else { panic!("{ambiguous:?}") };
        assert_eq!((from, &candidates[0]), (&key_of(&before, nth), &key_of(&after, nth)));
    }
}

#[test]
fn a_word_replaced_throughout_a_deck_is_one_group_of_moves() {
    let lines = |word: &str| -> Vec<String> {
        (0..300).map(|nth| format!("|The {word} of the {nth}th country?|Typed([\"city {nth}\"])")).collect()
    };
    let (old, new) = (lines("captial"), lines("capital"));
    let before = deck("d", &old.iter().map(String::as_str).collect::<Vec<_>>());
    let after = deck("d", &new.iter().map(String::as_str).collect::<Vec<_>>());
    let found = compare(&[&before], &[&after]);
    assert!(matches!(&found.ambiguous[..], [AmbiguousMove::Group { moves, .. }] if moves.len() == 300));
}

#[test]
fn a_question_with_a_new_or_changed_id_keeps_its_progress() {
    let before = deck("d", &[TREATY, FRANCE, "river|Which river runs through Seoul?|Typed([\"Han\"])"]);
    let after = deck(
        "d",
        &[
            "year|In which year was the treaty signed?|Number(1953)",
            "paris|Which city is the captial of France?|Typed([\"Paris\"])",
            "han|Which river runs through Seoul?|Typed([\"Han\"])",
        ],
    );
    let found = compare(&[&before], &[&after]);
    let mut to: Vec<String> = found.certain.iter().map(|pair| pair.to.to_string()).collect();
    to.sort();
    assert_eq!(to, ["d/han", "d/paris", "d/year"]);
}

#[test]
fn a_deck_split_in_two_is_one_group_of_moves() {
    let before = deck("d", &[TREATY, FRANCE, HAN]);
    let (first, second) = (deck("d", &[TREATY]), deck("e", &[HAN, FRANCE]));
    let found = compare(&[&before], &[&first, &second]);
    assert_eq!(found.certain, []);
    let moves = vec![
        ProgressMove { from: key_of(&before, 1), to: key_of(&second, 1) },
        ProgressMove { from: key_of(&before, 2), to: key_of(&second, 0) },
    ];
    assert_eq!(found.ambiguous, [AmbiguousMove::Group { from: "d".into(), to: "e".into(), moves }]);
}

#[test]
fn a_deck_split_by_two_saves_is_recognised_in_either_order() {
    let (whole, rest, new) = (deck("d", &[TREATY, HAN]), deck("d", &[TREATY]), deck("e", &[HAN]));
    let learned = all(&[&whole]);
    // The new file first: the question that vanishes later is already in it.
    let found = compare_with(&[&whole, &new], &[&rest, &new], &learned);
    assert_eq!(found.ambiguous.len(), 1);
    // Cut first: what appears later had been removed.
    let cut = compare_with(&[&whole], &[&rest], &learned);
    assert_eq!(cut.ambiguous, []);
    let has_progress = |key: &QuestionKey| learned.contains(key);
    let known = ProgressLookup { has_progress: &has_progress, is_match_rejected: &|_, _| false };
    let removed: Vec<RemovedQuestion> = cut.removed;
    assert_eq!(find_moves(&[&rest], &[&rest, &new], &removed, &known).ambiguous.len(), 1);
}

#[test]
fn a_deck_with_another_id_is_one_group_of_moves() {
    let (before, after) = (deck("d", &[TREATY, HAN]), deck("better", &[TREATY, HAN]));
    let found = compare(&[&before], &[&after]);
    assert!(matches!(&found.ambiguous[..], [AmbiguousMove::Group { moves, .. }] if moves.len() == 2));
}

#[test]
fn a_copy_of_a_loaded_deck_moves_nothing() {
    let (before, copy) = (deck("d", &[TREATY, HAN]), deck("copy", &[TREATY, HAN]));
    assert_nothing(&compare(&[&before], &[&before, &copy]));
}

#[test]
fn switching_a_branch_and_back_restores_the_progress() {
    let (here, there) = (deck("d", &[TREATY, FRANCE]), deck("d", &[TREATY, FRANCE_FIXED]));
    let forth = compare(&[&here], &[&there]);
    let learned: HashSet<QuestionKey> = [key_of(&here, 0), key_of(&there, 1)].into();
    let back = compare_with(&[&there], &[&here], &learned);
    assert_eq!((forth.certain.len(), back.certain.len()), (1, 1));
    assert_eq!((&forth.certain[0].from, &forth.certain[0].to), (&back.certain[0].to, &back.certain[0].from));
}

#[test]
fn a_question_that_names_its_former_key_gets_its_progress() {
    let former = "new|Which river?|Typed([\"Han\"])|formerly: [\"old/river\"]";
    let after = deck("d", &[TREATY, former]);
    let learned: HashSet<QuestionKey> = [key("old/river")].into();
    let found = compare_with(&[], &[&after], &learned);
    assert_eq!(found.certain, [ProgressMove { from: key("old/river"), to: key("d/new") }]);

    assert_nothing(&compare_with(&[], &[&after], &HashSet::new()));
    let old = deck("old", &["river|Which river?|Typed([\"Han\"])"]);
    assert_nothing(&compare_with(&[], &[&after, &old], &learned));
}

#[test]
fn two_questions_that_name_the_same_former_key_are_ambiguous() {
    let lines = ["a|One?|Number(1)|formerly: [\"old/x\"]", "b|Two?|Number(2)|formerly: [\"old/x\"]"];
    let found = compare_with(&[], &[&deck("d", &lines)], &[key("old/x")].into());
    assert_eq!(found.certain, []);
    let candidates = vec![key("d/a"), key("d/b")];
    assert_eq!(found.ambiguous, [AmbiguousMove::Reworded { from: key("old/x"), candidates }]);
}

#[test]
fn a_question_with_its_own_progress_gets_no_other_unasked() {
    let before = deck("d", &[TREATY, FRANCE]);
    let after = deck("d", &[TREATY, FRANCE_FIXED]);
    let learned = all(&[&before, &after]);
    let found = compare_with(&[&before], &[&after], &learned);
    assert_eq!((found.certain.len(), found.ambiguous.len()), (0, 1));
}

#[test]
fn a_rejected_match_is_not_suggested_again() {
    let before = deck("d", &[TREATY, FRANCE]);
    let after = deck("d", &[TREATY, FRANCE_FIXED]);
    let elsewhere = deck("e", &[FRANCE]);
    let known = ProgressLookup { has_progress: &|_| true, is_match_rejected: &|_, _| true };
    let found = find_moves(&[&before], &[&after, &elsewhere], &[], &known);
    assert_eq!((found.certain, found.ambiguous), (vec![], vec![]));
}

/// Prompts that are far from, near to, and equal to each other.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let line =
        (0..6usize, 0..3usize, 0..3usize, prop::option::of(0..6usize)).prop_map(|(what, how, answer, id)| {
            let what = ["capital", "river", "oldest bridge", "king", "longest word", "sea"][what];
            let how = ["What is the", "Which is the", "Name the"][how];
            let id = id.map_or_else(String::new, |id| format!("i{id}"));
            (id, format!("{how} {what}?"), format!("Typed([\"a{answer}\"])"))
        });
    prop::collection::vec(line, 1..7).prop_map(|lines| {
        let (mut ids, mut prompts) = (HashSet::new(), HashSet::new());
        lines
            .into_iter()
            .filter(|(id, prompt, _)| {
                (id.is_empty() || ids.insert(id.clone())) && prompts.insert(prompt.clone())
            })
            .map(|(id, prompt, answer)| format!("{id}|{prompt}|{answer}"))
            .collect()
    })
}

fn decks() -> impl Strategy<Value = Vec<Deck>> {
    prop::collection::vec(lines(), 1..4).prop_map(|decks| {
        decks
            .iter()
            .enumerate()
            .map(|(nth, lines)| {
                deck(&format!("d{nth}"), &lines.iter().map(String::as_str).collect::<Vec<_>>())
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn only_removed_questions_move_and_each_to_one_place(
        before in decks(), after in decks(), learned in prop::collection::vec(any::<bool>(), 30),
    ) {
        let (before, after): (Vec<&Deck>, Vec<&Deck>) = (before.iter().collect(), after.iter().collect());
        let mut keys: Vec<QuestionKey> = all(&before).union(&all(&after)).cloned().collect();
        keys.sort();
        let learned: HashSet<QuestionKey> =
            keys.into_iter().zip(learned).filter(|(_, is)| *is).map(|(key, _)| key).collect();
        let found = compare_with(&before, &after, &learned);
        let (old, new) = (all(&before), all(&after));
        let (mut from, mut to) = (HashSet::new(), HashSet::new());
        let elsewhere = found.ambiguous.iter().flat_map(|ambiguous| match ambiguous {
            AmbiguousMove::Group { moves, .. } => moves.as_slice(),
            AmbiguousMove::Reworded { .. } => &[],
        });
        for pair in found.certain.iter().chain(elsewhere) {
            prop_assert!(learned.contains(&pair.from) && old.contains(&pair.from) && !new.contains(&pair.from));
            prop_assert!(new.contains(&pair.to) && !learned.contains(&pair.to));
            prop_assert!(from.insert(pair.from.clone()), "{} moves twice", pair.from);
            prop_assert!(to.insert(pair.to.clone()), "two move to {}", pair.to);
        }
        for pair in &found.certain {
            prop_assert!(!old.contains(&pair.to) && pair.from.deck == pair.to.deck);
        }
        for ambiguous in &found.ambiguous {
            if let AmbiguousMove::Reworded { from: removed, candidates } = ambiguous {
                prop_assert!(learned.contains(removed) && !new.contains(removed) && !candidates.is_empty());
                prop_assert!(from.insert(removed.clone()), "{removed} is ambiguous twice");
                prop_assert!(candidates.iter().all(|key| new.contains(key)));
            }
        }
    }

    #[test]
    fn nothing_moves_between_a_library_and_itself(decks in decks(), rotated in 0..5usize) {
        let before: Vec<&Deck> = decks.iter().collect();
        let mut shuffled: Vec<Deck> = decks.clone();
        for deck in &mut shuffled {
            let by = rotated % deck.questions.len();
            Arc::make_mut(&mut deck.questions).rotate_left(by);
        }
        let after: Vec<&Deck> = shuffled.iter().rev().collect();
        let found = compare(&before, &after);
        prop_assert!(found.certain.is_empty() && found.ambiguous.is_empty() && found.removed.is_empty());
    }
}
