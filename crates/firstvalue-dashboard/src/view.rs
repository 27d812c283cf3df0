//! What the components show, made from the collector's answers.

mod account_rows;
mod answer;
mod curve_summary;
mod curve_table;
mod deed;
mod event_row;
mod guide_row;
mod health_rows;
mod listing;
mod milestone_row;
mod north_star;
mod rows;
mod standing;
mod user_rows;

pub use answer::milestone_address;
pub use curve_summary::curve_summary;
pub use curve_table::curve_table;
pub use deed::Deed;
pub use event_row::{EventRow, Sort, event_rows};
pub use guide_row::{GuideRow, StepRow};
pub use listing::{Cell, Line, List, Listing, Part};
pub use milestone_row::{MilestoneRow, Spread, Target, time_axis};
pub use north_star::{ACTIVATED, north_star};
pub use standing::Standing;
