//! Numbers as people read them.

mod count;
mod duration;
mod share;

pub use count::{count, decimal};
pub use duration::{ago, duration, duration_in_words};
pub use share::share;
