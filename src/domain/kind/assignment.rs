//! The assignment problem: which column each row gets, at the lowest total cost.

/// For each row the column assigned to it, each column once, so that the sum of the costs is minimal. The
/// table must be square. Ties are always broken in the same way.
///
/// The Hungarian method: rows are added one by one, each along the cheapest augmenting path.
pub(super) fn cheapest(costs: &[Vec<i64>]) -> Vec<usize> {
    let size = costs.len();
    // Columns are counted from 1: column 0 stands for "no column yet".
    let (mut row_price, mut column_price) = (vec![0_i64; size + 1], vec![0_i64; size + 1]);
    let mut row_of = vec![0_usize; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let mut column = 0;
        let mut least = vec![i64::MAX; size + 1];
        let mut from = vec![0_usize; size + 1];
        let mut is_done = vec![false; size + 1];
        while row_of[column] != 0 {
            is_done[column] = true;
            let here = row_of[column];
            let (mut step, mut next) = (i64::MAX, 0);
            for other in (1..=size).filter(|other| !is_done[*other]) {
                let cost = costs[here - 1][other - 1] - row_price[here] - column_price[other];
                if cost < least[other] {
                    (least[other], from[other]) = (cost, column);
                }
                if least[other] < step {
                    (step, next) = (least[other], other);
                }
            }
            for other in 0..=size {
                if is_done[other] {
                    row_price[row_of[other]] += step;
                    column_price[other] -= step;
                } else {
                    least[other] = least[other].saturating_sub(step);
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[from[column]];
            column = from[column];
        }
    }
    let mut columns = vec![0; size];
    for column in 1..=size {
        columns[row_of[column] - 1] = column - 1;
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::cheapest;

    /// The lowest cost of all assignments, by trying every one.
    fn least(costs: &[Vec<i64>], row: usize, taken: u32) -> i64 {
        if row == costs.len() {
            return 0;
        }
        let free = (0..costs.len()).filter(|column| taken & (1 << column) == 0);
        free.map(|column| costs[row][column] + least(costs, row + 1, taken | 1 << column)).min().unwrap_or(0)
    }

    #[test]
    fn no_arrangement_costs_less() {
        let mut state = 7_u64;
        for size in 0..7 {
            for _ in 0..40 {
                let mut next = || {
                    state =
                        state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (state >> 60) as i64
                };
                let costs: Vec<Vec<i64>> = (0..size).map(|_| (0..size).map(|_| next()).collect()).collect();
                let found = cheapest(&costs);
                let sum: i64 = found.iter().enumerate().map(|(row, column)| costs[row][*column]).sum();
                assert_eq!(sum, least(&costs, 0, 0), "{costs:?}");
            }
        }
    }
}
