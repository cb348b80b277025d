//! The table: a row for what is measured, a column for each size.

use std::fmt::Write;

/// What a row's values are, and how they are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Values in seconds.
    Time,
    /// Values in bytes.
    Bytes,
    /// Numbers.
    Count,
}

/// The values of a row for a size.
struct Cell {
    row: String,
    column: usize,
    values: Vec<f64>,
    unit: Unit,
    note: Option<String>,
}

/// What was measured of one program.
#[derive(Default)]
pub struct Table {
    rows: Vec<String>,
    cells: Vec<Cell>,
}

impl Table {
    /// Adds a value.
    pub fn add(&mut self, row: &str, column: usize, unit: Unit, value: f64) {
        self.cell(row, column, unit).values.push(value);
    }

    /// Says instead of values why there are none.
    pub fn note(&mut self, row: &str, column: usize, note: impl ToString) {
        self.cell(row, column, Unit::Count).note = Some(note.to_string());
    }

    fn cell(&mut self, row: &str, column: usize, unit: Unit) -> &mut Cell {
        let is_this = |cell: &Cell| cell.row == row && cell.column == column;
        let nth = self.cells.iter().position(is_this).unwrap_or_else(|| {
            if !self.rows.iter().any(|it| it == row) {
                self.rows.push(row.to_owned());
            }
            self.cells.push(Cell { row: row.to_owned(), column, values: Vec::new(), unit, note: None });
            self.cells.len() - 1
        });
        &mut self.cells[nth]
    }

    fn find(&self, row: &str, column: usize) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.row == row && cell.column == column)
    }

    /// As Markdown. A cell is the median, the range, how often the value of the smallest size with cards it is, and how
    /// often that of the same cell in `before`. Of rows that collect every answer, p50 and p95 or p99 are rows of their own.
    pub fn markdown(&self, columns: &[String], before: Option<&Table>) -> String {
        let mut text = format!("| |{}\n|---|{}\n", heads(columns), "---|".repeat(columns.len()));
        for row in &self.rows {
            let _ = write!(text, "| {row} |");
            let smallest = (0..columns.len()).filter(|nth| columns[*nth] != "empty").find_map(|nth| {
                self.find(row, nth)
                    .filter(|cell| !cell.values.is_empty())
                    .map(|cell| (nth, median(&cell.values)))
            });
            for column in 0..columns.len() {
                let Some(cell) = self.find(row, column) else {
                    text.push_str(" |");
                    continue;
                };
                let _ = write!(text, " {}", cell.text());
                let of = |base: f64| median(&cell.values) / base;
                if let Some((nth, base)) = smallest.filter(|(nth, base)| *nth < column && *base > 0.0)
                    && !cell.values.is_empty()
                {
                    let _ = write!(text, " ×{:.1} of {}", of(base), short(&columns[nth]));
                }
                let old = before.and_then(|before| before.find(row, column));
                if let Some(old) = old.filter(|old| !old.values.is_empty() && !cell.values.is_empty()) {
                    let _ = write!(text, "; before {}, ×{:.2}", old.text(), of(median(&old.values)));
                }
                text.push_str(" |");
            }
            text.push('\n');
        }
        text
    }
}

impl Cell {
    fn text(&self) -> String {
        if let Some(note) = &self.note {
            return note.clone();
        }
        let (low, high) = self
            .values
            .iter()
            .fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(*value), high.max(*value)));
        let middle = median(&self.values);
        let (name, factor, digits) = self.unit.scale(middle);
        let text = |value: f64| format!("{:.digits$}", value / factor);
        match self.values.len() {
            1 => format!("{}{name}", text(middle)),
            _ => format!("{}{name} [{}–{}]", text(middle), text(low), text(high)),
        }
    }
}

impl Unit {
    /// In what a value of this size is printed: the name, how much one of it is, and the digits behind the point.
    fn scale(self, value: f64) -> (&'static str, f64, usize) {
        match self {
            Unit::Time if value >= 1.0 => (" s", 1.0, 2),
            Unit::Time => (" ms", 1e-3, 1),
            Unit::Bytes if value >= 1e6 => (" MB", 1e6, 1),
            Unit::Bytes => (" kB", 1e3, 1),
            Unit::Count => ("", 1.0, 2),
        }
    }
}

fn heads(columns: &[String]) -> String {
    columns.iter().map(|column| format!(" {column} |")).collect()
}

/// The first words of a column: "1000 cards".
fn short(column: &str) -> &str {
    column.split(',').next().unwrap_or(column)
}

/// The median; of an even number of values the mean of the two in the middle.
fn median(values: &[f64]) -> f64 {
    (quantile(values, 0.5) + quantile(values, 0.499_999)) / 2.0
}

/// The value below which that share of the values lies.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let nth = (share * sorted.len() as f64).floor() as usize;
    sorted.get(nth.min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}
