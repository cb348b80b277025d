//! Gaps that may be filled in any order, and the score of sorting into bins.

use linchpin::domain::cloze::Cloze;
use linchpin::domain::grade::{Correctness, Marks, Verdict, grade, right_response};
use linchpin::domain::question::{Answer, Bin};
use linchpin::domain::task::{Response, SortTask, Task, TaskForm};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::fixtures::task;

fn gaps(prompt: &str, any_order: bool) -> Task {
    let cloze = Cloze { any_order, ..Cloze::parse(prompt).expect("a cloze") };
    task(Answer::Cloze(cloze), None)
}

fn filled(task: &Task, texts: &[&str]) -> Verdict {
    grade(task, &Response::Cloze(texts.iter().map(|text| (*text).to_owned()).collect()))
}

/// For each gap its score and the gap whose answer it was compared with.
fn marks(verdict: &Verdict) -> Vec<(f64, usize)> {
    match &verdict.marks {
        Marks::Cloze(marks) => marks.iter().map(|mark| (mark.score, mark.answer_gap)).collect(),
        marks => panic!("no gaps: {marks:?}"),
    }
}

#[test]
fn gaps_of_a_list_are_right_in_any_order() {
    let list = gaps("{{France|the French}}, {{Spain}} and {{Italy}} border on it.", true);
    for texts in [
        ["France", "Spain", "Italy"],
        ["Italy", "Spain", "the French"],
        ["Spain", "Italy", "France"],
        ["Italy", "France", "Spain"],
    ] {
        let verdict = filled(&list, &texts);
        assert_eq!((verdict.score, verdict.headline.as_str()), (1.0, "Right"), "{texts:?}");
    }
    assert_eq!(list.instruction(), "fill the gaps, in any order");
    assert_eq!(gaps("Only {{France}} does.", true).instruction(), "fill the gaps");
    // Without `any_order` the order counts.
    let fixed = gaps("{{France}}, {{Spain}} and {{Italy}} border on it.", false);
    assert_eq!(marks(&filled(&fixed, &["Italy", "Spain", "France"])), [(0.0, 0), (1.0, 1), (0.0, 2)]);
}

#[test]
fn an_answer_counts_once_and_is_marked_where_it_was_typed() {
    let list = gaps("{{France|the French}}, {{Spain}} and {{Italy}} border on it.", true);
    let twice = filled(&list, &["Spain", "Spain", "France"]);
    assert_eq!(twice.headline, "2 of 3 gaps");
    assert_eq!(marks(&twice), [(0.0, 2), (1.0, 1), (1.0, 0)]);
    // Two accepted texts of one gap count once.
    assert_eq!(
        marks(&filled(&list, &["France", "the French", ""])).iter().filter(|it| it.0 > 0.0).count(),
        1
    );
    let some = filled(&list, &["Italy", "Andorra"]);
    assert_eq!(marks(&some).iter().map(|mark| mark.0).collect::<Vec<_>>(), [1.0, 0.0, 0.0]);
    let mut answer_gaps: Vec<usize> = marks(&some).iter().map(|mark| mark.1).collect();
    answer_gaps.sort_unstable();
    assert_eq!(answer_gaps, [0, 1, 2]);
    assert_eq!(
        (filled(&list, &[]).headline.as_str(), filled(&list, &[]).correctness()),
        ("No answer", Correctness::Wrong)
    );
    assert_eq!(grade(&list, &right_response(&list)).score, 1.0);
}

fn bins(sizes: &[usize]) -> Task {
    let bin = |(at, size): (usize, &usize)| Bin {
        name: format!("bin {at}"),
        items: (0..*size).map(|item| format!("item {at} {item}")).collect(),
    };
    task(Answer::Sort(sizes.iter().enumerate().map(bin).collect()), None)
}

/// The verdict on putting each item where `place` says; it gets the item's index as shown and its right bin.
fn sorted(task: &Task, mut place: impl FnMut(usize, usize) -> Option<usize>) -> Verdict {
    let TaskForm::Sort(SortTask { items, .. }) = &task.form else { panic!("no bins") };
    let given = items.iter().enumerate().map(|(at, item)| place(at, item.bin)).collect();
    grade(task, &Response::Sort(given))
}

#[test]
fn putting_everything_into_one_bin_scores_nothing() {
    for sizes in [&[3, 3][..], &[5, 1], &[1, 5], &[2, 2, 2], &[4, 1, 1], &[3, 0, 3]] {
        let task = bins(sizes);
        for bin in 0..sizes.len() {
            let verdict = sorted(&task, |_, _| Some(bin));
            let total: usize = sizes.iter().sum();
            assert_eq!(verdict.score, 0.0, "{sizes:?}: all in bin {bin}");
            assert_eq!(verdict.headline, format!("{} of {total} in the right group", sizes[bin]));
        }
        assert_eq!(sorted(&task, |_, right| Some(right)).score, 1.0, "{sizes:?}");
    }
    // Where all items belong in one bin, putting them there is right.
    assert_eq!(sorted(&bins(&[3, 0]), |_, _| Some(0)).score, 1.0);
    let partly = sorted(&bins(&[3, 3]), |at, right| Some(if at == 0 { 1 - right } else { right }));
    assert!((partly.score - 2.0 / 3.0).abs() < 1e-9, "{}", partly.score);
    assert_eq!(
        (partly.headline.as_str(), partly.correctness()),
        ("5 of 6 in the right group", Correctness::Partly)
    );
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    #[test]
    fn one_more_item_in_its_right_bin_never_lowers_the_score(
        sizes in prop::collection::vec(0_usize..4, 2..5),
        given in prop::collection::vec(prop::option::of(0_usize..5), 12),
        corrected in 0_usize..12,
    ) {
        prop_assume!(sizes.iter().sum::<usize>() > 0);
        let task = bins(&sizes);
        let before = sorted(&task, |at, _| given[at]).score;
        let after = sorted(&task, |at, right| if at == corrected { Some(right) } else { given[at] });
        prop_assert!(after.score >= before, "{before} to {}", after.score);
        prop_assert_eq!(after.score >= 1.0, after.headline == "Right");
    }
}
