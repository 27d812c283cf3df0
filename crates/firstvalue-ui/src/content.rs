//! What a step says, from the playbook to what is drawn: pure, and tested without a browser.

pub mod guide;
pub mod json;
pub mod read;
pub mod screen;
pub mod words;

pub use screen::{Button, Form, Position, Screen, leads_on};
