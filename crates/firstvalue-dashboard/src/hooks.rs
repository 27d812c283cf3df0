//! What the components take from the browser. Whatever is subscribed to is owned by a
//! value whose drop gives it back.

mod clock;
mod list;
mod live;
mod page;
mod stream;
mod visible;
mod width;

pub use clock::use_clock;
pub use list::{Action as ListAction, use_list};
pub use live::use_live;
pub use page::use_page;
pub use stream::use_stream;
pub use visible::use_visible;
pub use width::use_width;
