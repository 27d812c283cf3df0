//! The geometry of the plots: axes, ticks, paths and what a reading finds. Arithmetic
//! only; components turn the results into SVG.

mod frame;
mod share_axis;
mod step_curve;
mod time_axis;

pub use frame::Frame;
pub use share_axis::ShareAxis;
pub use step_curve::{area, line, point_at, share_at};
pub use time_axis::TimeAxis;
