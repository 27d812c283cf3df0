//! A moment that may not be known, in no more memory than one that is.

use firstvalue_model::time::Millis;

/// A moment, or none. (Natively the earliest of all, 292 million years ago, counts as none. In a
/// page, where there are those of one user, what is shorter to write is better.)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moment(Known);

#[cfg(not(target_family = "wasm"))]
type Known = Option<std::num::NonZeroI64>;
#[cfg(target_family = "wasm")]
type Known = Option<Millis>;

impl Moment {
    /// The moment, if it is known.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn get(self) -> Option<Millis> {
        self.0.map(|at| at.get() ^ Millis::MIN)
    }

    /// The moment, if it is known.
    #[cfg(target_family = "wasm")]
    pub(crate) fn get(self) -> Option<Millis> {
        self.0
    }
}

impl From<Option<Millis>> for Moment {
    #[cfg(not(target_family = "wasm"))]
    fn from(at: Option<Millis>) -> Self {
        Self(at.and_then(|at| std::num::NonZeroI64::new(at ^ Millis::MIN)))
    }

    #[cfg(target_family = "wasm")]
    fn from(at: Option<Millis>) -> Self {
        Self(at)
    }
}

impl From<Millis> for Moment {
    fn from(at: Millis) -> Self {
        Some(at).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_was_put_in() {
        for at in [
            None,
            Some(0),
            Some(-1),
            Some(Millis::MAX),
            Some(Millis::MIN + 1),
        ] {
            assert_eq!(Moment::from(at).get(), at);
        }
        assert_eq!(size_of::<Moment>(), size_of::<Millis>());
    }
}
