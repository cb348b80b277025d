//! Alignment of two texts: which letters agree.

use unicode_segmentation::UnicodeSegmentation;

use super::TypedMarks;
use super::fold::{AmbiguitySet, FoldedText, TextOrigin};

/// The largest alignment table. Longer texts, such as a page pasted into the field, get no marks by letter.
const MAX_CELLS: usize = 1_000_000;

/// A text split into grapheme clusters.
struct GraphemeText {
    /// All clusters, as written.
    graphemes: Vec<String>,
    /// For each cluster that counts, its index in `graphemes` and its folded form.
    letters: Vec<(usize, String)>,
}

impl GraphemeText {
    fn new(text: &str, origin: TextOrigin) -> Self {
        let graphemes: Vec<String> = text.trim().graphemes(true).map(str::to_owned).collect();
        // Strict, so that missing accents are shown as differences.
        let (folded, _) = FoldedText::new(text, origin, true, AmbiguitySet::default());
        let mut letters: Vec<(usize, String)> = Vec::new();
        for letter in folded.without_article().iter().flat_map(|word| &word.letters) {
            match letters.last_mut() {
                Some((cluster, key)) if *cluster == letter.cluster => key.push(letter.c),
                _ => letters.push((letter.cluster, letter.c.to_string())),
            }
        }
        Self { graphemes, letters }
    }

    /// The clusters with a flag: `false` for the letters at the indices `wrong`, `true` for all others.
    fn marked(self, wrong: &[usize]) -> Vec<(String, bool)> {
        let mut marks: Vec<(String, bool)> =
            self.graphemes.into_iter().map(|cluster| (cluster, true)).collect();
        for at in wrong {
            marks[self.letters[*at].0].1 = false;
        }
        marks
    }
}

/// The marks of a right answer: everything agrees.
pub(super) fn agreeing(typed: &str, expected: &str) -> TypedMarks {
    TypedMarks {
        typed: GraphemeText::new(typed, TextOrigin::Learner).marked(&[]),
        expected: GraphemeText::new(expected, TextOrigin::Author).marked(&[]),
    }
}

/// The marks of an answer that is not right, and the number of letters that differ.
pub(super) fn differing(typed: &str, expected: &str) -> (TypedMarks, usize) {
    let (typed, expected) =
        (GraphemeText::new(typed, TextOrigin::Learner), GraphemeText::new(expected, TextOrigin::Author));
    let edits = edits(&typed.letters, &expected.letters);
    let (wrong_typed, wrong_expected): (Vec<_>, Vec<_>) = edits.iter().copied().unzip();
    let marks = TypedMarks {
        typed: typed.marked(&wrong_typed.into_iter().flatten().collect::<Vec<_>>()),
        expected: expected.marked(&wrong_expected.into_iter().flatten().collect::<Vec<_>>()),
    };
    (marks, edits.len())
}

/// A shortest edit script from `a` to `b` (optimal string alignment: insert, delete, replace, swap
/// neighbours). Each edit is the index in `a` and the index in `b` that it touches. A swap is two edits of
/// one letter each.
fn edits(a: &[(usize, String)], b: &[(usize, String)]) -> Vec<(Option<usize>, Option<usize>)> {
    if (a.len() + 1).saturating_mul(b.len() + 1) > MAX_CELLS {
        return (0..a.len())
            .map(|at| (Some(at), None))
            .chain((0..b.len()).map(|at| (None, Some(at))))
            .collect();
    }
    let same = |i: usize, j: usize| a[i - 1].1 == b[j - 1].1;
    let swapped = |i: usize, j: usize| i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j);
    let mut cost = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            cost[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => {
                    let replaced = cost[i - 1][j - 1] + usize::from(!same(i, j));
                    let best = replaced.min(cost[i - 1][j] + 1).min(cost[i][j - 1] + 1);
                    if swapped(i, j) { best.min(cost[i - 2][j - 2] + 1) } else { best }
                }
            };
        }
    }
    let mut edits = Vec::new();
    let (mut i, mut j) = (a.len(), b.len());
    while i > 0 || j > 0 {
        let here = cost[i][j];
        if i > 0 && j > 0 && same(i, j) && here == cost[i - 1][j - 1] {
            (i, j) = (i - 1, j - 1);
        } else if swapped(i, j) && here == cost[i - 2][j - 2] + 1 {
            edits.push((Some(i - 1), Some(j - 1)));
            edits.push((Some(i - 2), Some(j - 2)));
            (i, j) = (i - 2, j - 2);
        } else if i > 0 && j > 0 && here == cost[i - 1][j - 1] + 1 {
            edits.push((Some(i - 1), Some(j - 1)));
            (i, j) = (i - 1, j - 1);
        } else if i > 0 && here == cost[i - 1][j] + 1 {
            edits.push((Some(i - 1), None));
            i -= 1;
        } else {
            edits.push((None, Some(j - 1)));
            j -= 1;
        }
    }
    edits
}
