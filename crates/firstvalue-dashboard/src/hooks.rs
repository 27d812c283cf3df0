//! What the components take from the browser. Whatever is subscribed to is owned by a
//! value whose drop gives it back.

mod clock;
mod live;
mod visible;
mod width;

pub use clock::use_clock;
pub use live::use_live;
pub use visible::use_visible;
pub use width::use_width;
