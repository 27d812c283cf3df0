//! Sets of values that are in an order: numbers and texts.

use std::cmp::Ordering;

/// Stretches in order, none empty and no two of them touching.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Intervals<T>(Vec<(Cut<T>, Cut<T>)>);

/// A place between values. With two on either side of each value a stretch with or without its ends
/// needs no telling apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cut<T> {
    /// Before all values.
    Start,
    /// Between what is less and the value.
    Before(T),
    /// Between the value and what is more.
    After(T),
    /// After all values.
    End,
}

impl<T: PartialOrd> Cut<T> {
    fn order(&self, other: &Self) -> Ordering {
        let rank = |cut: &Self| match cut {
            Self::Start => 0,
            Self::Before(_) | Self::After(_) => 1,
            Self::End => 2,
        };
        let (Self::Before(a) | Self::After(a), Self::Before(b) | Self::After(b)) = (self, other)
        else {
            return rank(self).cmp(&rank(other));
        };
        let side = |cut: &Self| matches!(cut, Self::After(_));
        // There is no number that has no order: neither JSON nor a playbook can write one.
        let values = a.partial_cmp(b).unwrap_or(Ordering::Equal);
        values.then(side(self).cmp(&side(other)))
    }

    fn lesser(&self, other: &Self) -> Self
    where
        T: Clone,
    {
        if self.order(other).is_le() {
            self.clone()
        } else {
            other.clone()
        }
    }

    fn greater(&self, other: &Self) -> Self
    where
        T: Clone,
    {
        if self.order(other).is_ge() {
            self.clone()
        } else {
            other.clone()
        }
    }
}

impl<T: PartialOrd + Clone> Intervals<T> {
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    pub(super) fn all() -> Self {
        Self::between(Cut::Start, Cut::End)
    }

    /// The stretch between two places; none if the second is not after the first.
    pub(super) fn between(from: Cut<T>, to: Cut<T>) -> Self {
        if from.order(&to).is_lt() {
            Self(vec![(from, to)])
        } else {
            Self::none()
        }
    }

    pub(super) fn only(value: T) -> Self {
        Self::between(Cut::Before(value.clone()), Cut::After(value))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is in neither.
    pub(super) fn complement(&self) -> Self {
        let mut stretches = Vec::new();
        let mut from = Cut::Start;
        for (start, end) in &self.0 {
            stretches.extend(Self::between(from, start.clone()).0);
            from = end.clone();
        }
        stretches.extend(Self::between(from, Cut::End).0);
        Self(stretches)
    }

    /// What is in both.
    pub(super) fn intersect(&self, other: &Self) -> Self {
        let mut stretches = Vec::new();
        for (start, end) in &self.0 {
            for (other_start, other_end) in &other.0 {
                let common = Self::between(start.greater(other_start), end.lesser(other_end));
                stretches.extend(common.0);
            }
        }
        Self(stretches)
    }

    /// The place before the least value; after all if there is none.
    pub(super) fn start(&self) -> Cut<T> {
        self.0.first().map_or(Cut::End, |(start, _)| start.clone())
    }

    /// The place after the greatest value; before all if there is none.
    pub(super) fn end(&self) -> Cut<T> {
        self.0.last().map_or(Cut::Start, |(_, end)| end.clone())
    }
}

impl Intervals<f64> {
    /// The whole numbers among them.
    pub(super) fn whole(&self) -> Self {
        let rounded = |(start, end): &(Cut<f64>, Cut<f64>)| {
            let start = match start {
                Cut::Before(least) => Cut::Before(least.ceil()),
                Cut::After(below) => Cut::Before(below.floor() + 1.0),
                other => other.clone(),
            };
            let end = match end {
                Cut::After(most) => Cut::After(most.floor()),
                Cut::Before(above) => Cut::After(above.ceil() - 1.0),
                other => other.clone(),
            };
            Self::between(start, end).0
        };
        Self(self.0.iter().flat_map(rounded).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_least(n: f64) -> Intervals<f64> {
        Intervals::between(Cut::Before(n), Cut::End)
    }

    fn below(n: f64) -> Intervals<f64> {
        Intervals::between(Cut::Start, Cut::Before(n))
    }

    #[test]
    fn ends_belong_or_do_not() {
        assert!(at_least(3.0).intersect(&below(3.0)).is_empty());
        let to_three = Intervals::between(Cut::Start, Cut::After(3.0));
        assert_eq!(at_least(3.0).intersect(&to_three), Intervals::only(3.0));
        assert_eq!(at_least(3.0).complement(), below(3.0));
    }

    #[test]
    fn between_two_neighbours_there_is_no_whole_number() {
        let between = Intervals::between(Cut::After(2.0), Cut::Before(3.0));
        assert!(!between.is_empty());
        assert!(between.whole().is_empty());
        let holes = Intervals::only(2.0).complement().intersect(&at_least(2.0));
        assert_eq!(holes.whole(), at_least(3.0));
    }

    #[test]
    fn texts_are_in_order_too() {
        let after = Intervals::between(Cut::After("m"), Cut::End);
        assert!(after.intersect(&Intervals::only("m")).is_empty());
        assert!(!after.intersect(&Intervals::only("n")).is_empty());
    }
}
