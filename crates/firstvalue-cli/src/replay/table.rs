//! Tables for people, and numbers as people say them.

use firstvalue_model::time::Millis;

/// Rows of text in columns: the first to the left, the others to the right.
pub struct Table(Vec<Vec<String>>);

impl Table {
    /// A table with the names of its columns.
    pub fn new(columns: &[&str]) -> Self {
        Self(vec![columns.iter().copied().map(str::to_owned).collect()])
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.0.push(cells.into_iter().collect());
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let width = |column: usize| {
            let cells = self.0.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let columns = self.0.first().map_or(0, Vec::len);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &self.0 {
            let mut line = String::new();
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                line += &match column {
                    0 => format!("{cell:<width$}"),
                    _ => format!("  {cell:>width$}"),
                };
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// What stands where there is no number.
pub const NONE: &str = "–";

/// A duration to two digits.
pub fn duration(millis: Millis) -> String {
    let seconds = millis as f64 / 1_000.0;
    let (number, unit) = match seconds {
        s if s < 60.0 => (s, "s"),
        s if s < 3_600.0 => (s / 60.0, "min"),
        s if s < 86_400.0 => (s / 3_600.0, "h"),
        s => (s / 86_400.0, "d"),
    };
    if number < 9.95 {
        format!("{number:.1} {unit}")
    } else {
        format!("{number:.0} {unit}")
    }
}

/// A duration, if there is one.
pub fn maybe(millis: Option<Millis>) -> String {
    millis.map_or_else(|| NONE.to_owned(), duration)
}

/// A part of a whole in percent.
pub fn share(part: usize, whole: usize) -> String {
    percent(part as f64 / whole.max(1) as f64)
}

/// A share from 0 to 1 in percent.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_what_stands_in_them() {
        let mut table = Table::new(&["stage", "users"]);
        table.row(["größer".to_owned(), "7".to_owned()]);
        assert_eq!(table.to_string(), "stage   users\ngrößer      7\n");
    }

    #[test]
    fn durations_have_two_digits() {
        let said = [0, 59_940, 599_000, 36 * 3_600_000, 90 * 86_400_000].map(duration);
        assert_eq!(said, ["0.0 s", "60 s", "10 min", "1.5 d", "90 d"]);
    }
}
