//! From step to step: how each begins, is waited for, and ends.

use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

use super::running::Stage;
use super::{App, Ticket};
use crate::page::focus::{focused, give_back};
use crate::page::search::Miss;

impl App {
    /// Begins another stage; what was meant for the last comes too late.
    fn next_ticket(&mut self) -> Ticket {
        self.ticket = Ticket(self.ticket.0.wrapping_add(1));
        self.ticket
    }

    pub(super) fn forward(&mut self, ctx: &Context<Self>) {
        self.keep_focus(ctx);
        let Some(running) = &self.running else {
            return;
        };
        let next = running.step + 1;
        if next < running.guide.steps.len() {
            self.go(ctx, next);
        } else {
            self.end(ctx, "completed", "");
        }
    }

    pub(super) fn backward(&mut self, ctx: &Context<Self>) {
        self.keep_focus(ctx);
        let step = self
            .running
            .as_ref()
            .and_then(|running| running.step.checked_sub(1));
        if let Some(step) = step {
            self.go(ctx, step);
        }
    }

    /// Lets the focus follow to what is drawn next if it is in what is drawn now.
    fn keep_focus(&mut self, ctx: &Context<Self>) {
        let has_focus = self.has_focus(ctx);
        if let Some(running) = &mut self.running {
            running.focus_follows |= has_focus;
        }
    }

    /// Goes to a step: shows it at once if it needs no target, else when that is found.
    pub(super) fn go(&mut self, ctx: &Context<Self>, step: usize) {
        let ticket = self.next_ticket();
        let Some(running) = &mut self.running else {
            return;
        };
        if running.enter(ctx.link(), step, ticket) {
            self.appear(None);
        }
    }

    fn has_focus(&self, ctx: &Context<Self>) -> bool {
        focused(Some(ctx.props().root.shadow())).is_some()
    }

    /// Draws the step.
    pub(super) fn appear(&mut self, target: Option<Element>) {
        let ticket = self.next_ticket();
        if let Some(running) = &mut self.running {
            running.appear(target, ticket);
        }
    }

    /// The step has been seen: it is announced unless the focus went to it.
    pub(super) fn seen(&mut self, ctx: &Context<Self>) {
        let has_focus = self.has_focus(ctx);
        let Some(running) = &mut self.running else {
            return;
        };
        if let Stage::Shown { screen, .. } = &running.stage
            && !has_focus
            && let Some(live) = self.parts.live.get()
        {
            live.set_text_content(Some(&screen.spoken()));
        }
        if !running.reported {
            running.reported = true;
            let step = running.step;
            report(ctx, "step", step, "");
        }
    }

    /// The target is gone: so is the step, until the target is back.
    pub(super) fn lost(&mut self, ctx: &Context<Self>) {
        let ticket = self.next_ticket();
        self.keep_focus(ctx);
        if let Some(running) = &mut self.running {
            running.seek(ctx.link(), ticket);
        }
    }

    pub(super) fn miss(&mut self, ctx: &Context<Self>, miss: &Miss) {
        let selector = self
            .running
            .as_ref()
            .map(|running| JsValue::from(running.selector()));
        let quoted = selector
            .and_then(|selector| js_sys::JSON::stringify(&selector).ok())
            .map(String::from);
        let reason = if miss.matches == 0 {
            "missing"
        } else {
            "hidden"
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "milliseconds since a moment ago"
        )]
        let waited = miss.waited as u32;
        let detail = [
            "{\"selector\":",
            quoted.as_deref().unwrap_or("null"),
            ",\"reason\":\"",
            reason,
            "\",\"matches\":",
            &miss.matches.to_string(),
            ",\"waited_ms\":",
            &waited.to_string(),
            "}",
        ];
        self.end(ctx, "missing", &detail.concat());
    }

    /// Ends the guide and reports how.
    pub(super) fn end(&mut self, ctx: &Context<Self>, kind: &str, detail: &str) {
        if let Some(step) = self.running.as_ref().map(|running| running.step) {
            self.clear(ctx);
            report(ctx, kind, step, detail);
        }
    }

    /// Takes everything away: dropping the guide ends its listeners, observers and frames.
    pub(super) fn clear(&mut self, ctx: &Context<Self>) {
        let root = &ctx.props().root;
        let has_focus = self.has_focus(ctx);
        self.next_ticket();
        let Some(running) = self.running.take() else {
            return;
        };
        if let Some(dialog) = self
            .parts
            .surface
            .cast::<HtmlDialogElement>()
            .filter(HtmlDialogElement::open)
        {
            // Closed and not just removed: only then does the browser give the focus back.
            dialog.close();
        }
        if let Some(live) = self.parts.live.get() {
            live.set_text_content(None);
        }
        root.lower();
        root.go_home();
        if has_focus {
            give_back(running.before.as_ref(), running.last_target.as_ref());
        }
    }
}

/// Tells the loader. What it throws is its own affair.
fn report(ctx: &Context<App>, kind: &str, step: usize, detail: &str) {
    let step = JsValue::from(u32::try_from(step).unwrap_or(u32::MAX));
    let _ = ctx
        .props()
        .report
        .call3(&JsValue::NULL, &kind.into(), &step, &detail.into());
}
