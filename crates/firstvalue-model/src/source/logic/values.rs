//! Sets of the values that something can have.

use serde_json::Value;

use super::intervals::{Cut, Intervals};
use crate::Comparison;

/// A set of values: JSON's, and "there is none", which is also what `null` stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Values {
    pub(super) absent: bool,
    pub(super) no: bool,
    pub(super) yes: bool,
    pub(super) numbers: Intervals<f64>,
    /// By UTF-16 code units, as queries compare them.
    pub(super) texts: Intervals<Vec<u16>>,
    /// Arrays and objects: all or none of them.
    pub(super) other: bool,
}

impl Values {
    pub(super) fn none() -> Self {
        Self {
            absent: false,
            no: false,
            yes: false,
            numbers: Intervals::none(),
            texts: Intervals::none(),
            other: false,
        }
    }

    pub(super) fn all() -> Self {
        Self::none().complement()
    }

    pub(super) fn absent() -> Self {
        Self {
            absent: true,
            ..Self::none()
        }
    }

    pub(super) fn truth(value: bool) -> Self {
        Self {
            no: !value,
            yes: value,
            ..Self::none()
        }
    }

    pub(super) fn either() -> Self {
        Self {
            no: true,
            yes: true,
            ..Self::none()
        }
    }

    pub(super) fn numbers(numbers: Intervals<f64>) -> Self {
        Self {
            numbers,
            ..Self::none()
        }
    }

    pub(super) fn texts(texts: Intervals<Vec<u16>>) -> Self {
        Self {
            texts,
            ..Self::none()
        }
    }

    pub(super) fn other() -> Self {
        Self {
            other: true,
            ..Self::none()
        }
    }

    /// The numbers from one to another, both included; without end if there is no other.
    pub(super) fn from_to(from: f64, to: Option<f64>) -> Self {
        let end = to.map_or(Cut::End, Cut::After);
        Self::numbers(Intervals::between(Cut::Before(from), end))
    }

    /// The numbers that satisfy a comparison.
    pub(super) fn satisfying(comparison: &Comparison) -> Self {
        let [gte, gt, lte, lt, eq, ne] = comparison.bounds();
        let bounds = [
            gte.map(|bound| Intervals::between(Cut::Before(bound), Cut::End)),
            gt.map(|bound| Intervals::between(Cut::After(bound), Cut::End)),
            lte.map(|bound| Intervals::between(Cut::Start, Cut::After(bound))),
            lt.map(|bound| Intervals::between(Cut::Start, Cut::Before(bound))),
            eq.map(Intervals::only),
            ne.map(|bound| Intervals::only(bound).complement()),
        ];
        let bounds = bounds.into_iter().flatten();
        Self::numbers(bounds.fold(Intervals::all(), |all, bound| all.intersect(&bound)))
    }

    /// The values that are equal to a JSON value that is no array or object; else those that may be.
    pub(super) fn equal_to(value: &Value) -> Self {
        match value {
            Value::Null => Self::absent(),
            Value::Bool(value) => Self::truth(*value),
            Value::Number(number) => number
                .as_f64()
                .map_or_else(Self::none, |number| Self::numbers(Intervals::only(number))),
            Value::String(text) => Self::texts(Intervals::only(text.encode_utf16().collect())),
            Value::Array(_) | Value::Object(_) => Self::other(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        let Self {
            absent,
            no,
            yes,
            numbers,
            texts,
            other,
        } = self;
        !(*absent || *no || *yes || *other) && numbers.is_empty() && texts.is_empty()
    }

    pub(super) fn complement(&self) -> Self {
        Self {
            absent: !self.absent,
            no: !self.no,
            yes: !self.yes,
            numbers: self.numbers.complement(),
            texts: self.texts.complement(),
            other: !self.other,
        }
    }

    pub(super) fn intersect(&self, other: &Self) -> Self {
        Self {
            absent: self.absent && other.absent,
            no: self.no && other.no,
            yes: self.yes && other.yes,
            numbers: self.numbers.intersect(&other.numbers),
            texts: self.texts.intersect(&other.texts),
            other: self.other && other.other,
        }
    }

    pub(super) fn union(&self, other: &Self) -> Self {
        self.complement()
            .intersect(&other.complement())
            .complement()
    }

    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.intersect(&other.complement()).is_empty()
    }
}

/// Of numbers that there may be none of.
impl Values {
    /// No number, or one that is not above the greatest of these.
    pub(super) fn up_to_greatest(&self) -> Self {
        Self {
            absent: true,
            ..Self::numbers(Intervals::between(Cut::Start, self.numbers.end()))
        }
    }

    /// No number, or one that is not below the least of these.
    pub(super) fn at_or_above_least(&self) -> Self {
        Self {
            absent: true,
            ..Self::numbers(Intervals::between(self.numbers.start(), Cut::End))
        }
    }
}
