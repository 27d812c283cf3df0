//! A call before each frame that the browser draws.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::rc::{Rc, Weak};

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::window;

/// Calls back before each frame until it is told to stop or is dropped. In a tab that cannot be seen
/// the browser draws no frames, and so makes no calls.
#[derive(Debug)]
pub struct Frames(#[expect(dead_code, reason = "held for its `Drop`")] Rc<Loop>);

#[derive(Debug)]
struct Loop {
    request: Cell<Option<i32>>,
    tick: Closure<dyn FnMut()>,
}

impl Frames {
    /// The first call is before the next frame.
    pub fn new(mut callback: impl FnMut() -> ControlFlow<()> + 'static) -> Self {
        let frames = Rc::new_cyclic(|frames: &Weak<Loop>| {
            let frames = frames.clone();
            let tick = Closure::new(move || {
                if callback().is_continue()
                    && let Some(frames) = frames.upgrade()
                {
                    frames.request_next();
                }
            });
            Loop {
                request: Cell::new(None),
                tick,
            }
        });
        frames.request_next();
        Self(frames)
    }
}

impl Loop {
    fn request_next(&self) {
        let tick = self.tick.as_ref().unchecked_ref();
        self.request
            .set(window().and_then(|window| window.request_animation_frame(tick).ok()));
    }
}

impl Drop for Loop {
    fn drop(&mut self) {
        if let (Some(request), Some(window)) = (self.request.get(), window()) {
            let _ = window.cancel_animation_frame(request);
        }
    }
}
