//! The health score of a user or an account as rows of a table.

use super::answer::{amount, float, items, or_dash, words};
use super::listing::{Cell, Line};
use crate::format::{decimal, duration};
use serde_json::Value;

/// All of it first, then part by part; nothing if there is none.
pub fn health(of: &Value) -> Vec<Line> {
    let health = of.get("health").unwrap_or(&Value::Null);
    let Some(score) = float(health, "score") else {
        return Vec::new();
    };
    let all = [row("All", String::new(), points(score, 100.0))];
    let parts = items(health, "parts").iter().map(|part| {
        let points = float(part, "points")
            .zip(float(part, "of_points"))
            .map_or_else(|| String::from("left out"), |(of, most)| points(of, most));
        row(&words(part, "name"), judged_by(part), points)
    });
    all.into_iter().chain(parts).collect()
}

fn row(name: &str, is: String, points: String) -> Line {
    vec![
        Cell::Text(String::from(name)),
        Cell::Number(or_dash(is)),
        Cell::Number(points),
    ]
}

/// `24 of 40`
fn points(of: f64, most: f64) -> String {
    format!("{} of {}", decimal(of), decimal(most))
}

/// What a part is judged by, as people read it; nothing if it is not known.
fn judged_by(part: &Value) -> String {
    let Some(value) = float(part, "value") else {
        return String::new();
    };
    match words(part, "unit").as_str() {
        "condition" if value > 0.0 => String::from("yes"),
        "condition" => String::from("no"),
        "milliseconds" => duration(value as i64),
        _ => amount(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_says_what_it_is_judged_by_and_what_it_adds() {
        let part = |name: &str, value: Option<f64>, unit: &str, points: Option<f64>| {
            serde_json::json!({ "name": name, "value": value, "unit": unit, "points": points,
                "of_points": points.map(|_| 40.0) })
        };
        let user = serde_json::json!({ "health": { "score": 62.04, "parts": [
            part("Shares", Some(1.0), "condition", Some(40.0)),
            part("Exports", Some(0.0), "condition", Some(0.0)),
            part("Days", Some(7.0), "number", Some(22.04)),
            part("Seats", Some(12_000.0), "number", Some(0.0)),
            part("Lately here", Some(7_200_000.0), "milliseconds", Some(0.0)),
            part("Satisfaction", None, "number", None),
        ] } });
        let texts = health(&user).into_iter().map(|row| {
            let texts = row.into_iter().map(|cell| match cell {
                Cell::Text(text) | Cell::Number(text) => text,
                cell => panic!("{cell:?}"),
            });
            texts.collect::<Vec<_>>().join(" | ")
        });
        assert_eq!(
            texts.collect::<Vec<_>>(),
            [
                "All | – | 62 of 100",
                "Shares | yes | 40 of 40",
                "Exports | no | 0 of 40",
                "Days | 7 | 22 of 40",
                "Seats | 12,000 | 0 of 40",
                "Lately here | 2 h | 0 of 40",
                "Satisfaction | – | left out",
            ]
        );
        assert_eq!(
            health(&serde_json::json!({ "health": null })),
            Vec::<Line>::new()
        );
    }
}
