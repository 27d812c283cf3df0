//! Guide renderer: draws tours, tooltips, modals and banners over a page that it does not own.
//!
//! In a page it is a wasm package with five [`exports`], driven by the loader. What is pure comes
//! first: [`content`] makes a step into what is drawn, [`geometry`] says where it stands. [`page`]
//! holds all dealings with the host's page, [`components`] are what is drawn, and [`app`] puts these
//! together. A yew application shows a guide by itself with [`guide::GuideView`].

#[cfg(target_family = "wasm")]
mod allocator;

/// Whether every kind of guide is drawn. Tours, tooltips and modals are what most pages begin with, and the
/// package that they load first does without the rest.
pub const ALL: bool = cfg!(feature = "all");

pub mod app;
pub mod components;
pub mod content;
pub mod exports;
pub mod geometry;
pub mod guide;
pub mod page;
pub mod style;
