//! From step to step: how each begins, is waited for, and ends.

use firstvalue_model::guide::{Effect, GuideKind, Missing};
use js_sys::Function;
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

use super::running::{Running, Stage};
use super::{App, Msg, Ticket};
use crate::ALL;
use crate::components::Act;
use crate::content::guide::{Advance, Step};
use crate::content::json::Json;
use crate::content::leads_on;
use crate::page::script::{self, focused, give_back};
use crate::page::search::Miss;
use crate::page::timeout::Timeout;

impl App {
    /// Begins another stage; what was meant for the last comes too late.
    fn next_ticket(&mut self) -> Ticket {
        self.ticket = Ticket(self.ticket.0.wrapping_add(1));
        self.ticket
    }

    /// Goes to where the step leads. What led on may itself decide that, such as an event that it caused: if
    /// conditions do, all that has happened is taken in first.
    pub(super) fn forward(&mut self, ctx: &Context<Self>) {
        self.keep_focus(ctx);
        self.hand_in(ctx);
        let Some(running) = &mut self.running else {
            return;
        };
        if running.branches() && !std::mem::replace(&mut running.settled, true) {
            report(&ctx.props().report, "at", running.after(running.step), "");
            let (link, ticket) = (ctx.link().clone(), running.step_ticket);
            let later = Timeout::new(0, move || link.send_message(Msg::Advanced(ticket)));
            running.advancing.replace(Some(later));
            return;
        }
        running.trail.push(running.step);
        let next = running.after(running.step);
        self.arrive(ctx, next);
    }

    /// Goes to a step, or from there to the first that the answers lead to and that is not done already; if
    /// there is none, that is the end.
    pub(super) fn arrive(&mut self, ctx: &Context<Self>, from: usize) {
        let Some(running) = &self.running else {
            return;
        };
        let guide = &running.guide;
        let mut place = from;
        // What is passed over may lead in a circle.
        for _ in 0..guide.steps.len() {
            let Some(step) = guide.steps.get(place) else {
                break;
            };
            let is_done = match &step.advance {
                Some(Advance::Route(page)) => script::is_on(page),
                Some(Advance::Milestone(milestone)) => running.known.has_reached(milestone),
                Some(Advance::When(rule)) => running.known.is_due(rule),
                _ => false,
            };
            if !is_done && running.answers.lead_to(guide, place) {
                return self.go(ctx, place);
            }
            place = running.after(place);
        }
        // Whoever has seen no step of it did not follow it to its end.
        if !running.begun && !running.missed.is_empty() {
            self.end(ctx, "missing", "");
        } else {
            self.end(ctx, "completed", "");
        }
    }

    /// Keeps and reports what was answered.
    fn hand_in(&mut self, ctx: &Context<Self>) {
        let Some(running) = self.running.as_mut().filter(|_| ALL) else {
            return;
        };
        let step = running.step;
        let asked = running.guide.steps.get(step);
        let asked = asked.and_then(|step| step.ask.as_ref());
        if let Some(answer) = asked.and_then(|asked| running.answers.hand_in(asked)) {
            report(&ctx.props().report, "answered", step, &answer);
        }
    }

    /// Carries out what the user did; whether that is to be drawn.
    pub(super) fn act(&mut self, ctx: &Context<Self>, act: Act) -> bool {
        let Some(running) = &mut self.running else {
            return false;
        };
        match act {
            Act::Do(effect, _) if leads_on(effect) && running.note().is_some_and(|it| it.holds) => {
                self.tell_note();
                return false;
            }
            Act::Do(effect, with) => {
                running.focus_follows = true;
                let with = with.unwrap_or_default();
                match effect {
                    Effect::Next => self.forward(ctx),
                    Effect::Back => self.backward(ctx),
                    Effect::Complete => self.complete(ctx),
                    Effect::Dismiss => self.dismiss(ctx),
                    Effect::Start => self.start(ctx, &with),
                    Effect::GoTo => self.go_to(ctx, &with),
                    Effect::Snooze => self.snooze(ctx, &with),
                    Effect::Link => self.open(ctx, &with),
                    Effect::Track => self.tell(ctx, "track", &with),
                    Effect::Call => self.tell(ctx, "action", &with),
                }
            }
            // A hotspot and a checklist stay, and are only closed.
            Act::Escape if running.folds() => {
                if running.is_open() {
                    self.fold();
                }
            }
            Act::Escape => self.dismiss(ctx),
            Act::Fold | Act::Task(_) | Act::Choose(_) | Act::Write(_) if !ALL => {}
            Act::Fold => self.fold(),
            Act::Task(task) if running.tasks().waits(task) => return false,
            Act::Task(task) => {
                running.open = Some(task).filter(|task| running.open != Some(*task));
            }
            Act::Choose(value) => {
                let asked = running.guide.steps.get(running.step);
                if let Some(asked) = asked.and_then(|step| step.ask.as_ref()) {
                    running.answers.choose(asked, value);
                }
            }
            Act::Write(text) => {
                running.answers.now.clear();
                if !text.trim().is_empty() {
                    running.answers.now.push(text);
                }
            }
        }
        true
    }

    /// Puts the guide off, for so many milliseconds if the author says how many.
    fn snooze(&mut self, ctx: &Context<Self>, milliseconds: &str) {
        let detail = if milliseconds.is_empty() {
            String::new()
        } else {
            ["{\"for\":", milliseconds, "}"].concat()
        };
        self.end(ctx, "snoozed", &detail);
    }

    fn complete(&mut self, ctx: &Context<Self>) {
        self.hand_in(ctx);
        self.end(ctx, "completed", "");
    }

    /// Sends the guide away. A survey of which only the thanks are left is completed all the same.
    fn dismiss(&mut self, ctx: &Context<Self>) {
        self.hand_in(ctx);
        let thanks = ALL
            && self.running.as_ref().is_some_and(|running| {
                let guide = &running.guide;
                let asks = |place: usize| {
                    let step = guide.steps.get(place);
                    step.is_some_and(|step| step.ask.is_some())
                        && running.answers.lead_to(guide, place)
                };
                guide.kind == GuideKind::Survey && !(running.step..guide.steps.len()).any(asks)
            });
        self.end(ctx, if thanks { "completed" } else { "dismissed" }, "");
    }

    /// Starts another guide. A checklist makes room for it and is back afterwards.
    fn start(&mut self, ctx: &Context<Self>, guide: &str) {
        let Some(running) = &self.running else {
            return;
        };
        let step = running.step;
        if ALL && running.guide.kind == GuideKind::Checklist {
            report(&ctx.props().report, "rest", step, "");
        } else {
            self.complete(ctx);
        }
        report(&ctx.props().report, "start", step, guide);
    }

    /// Goes to the step with this id.
    fn go_to(&mut self, ctx: &Context<Self>, id: &str) {
        self.hand_in(ctx);
        let Some(running) = &mut self.running else {
            return;
        };
        if let Some(place) = running.place_of(id) {
            running.trail.push(running.step);
            self.go(ctx, place);
        }
    }

    /// Opens an address and moves on; that is reported first, since this page may be left.
    fn open(&mut self, ctx: &Context<Self>, address: &str) {
        if let Some(running) = self.running.as_ref().filter(|_| script::leads(address)) {
            report(&ctx.props().report, "at", running.after(running.step), "");
            self.forward(ctx);
            script::open(address);
        }
    }

    /// Reports what a button says, and moves on.
    fn tell(&mut self, ctx: &Context<Self>, kind: &str, what: &str) {
        let step = self.running.as_ref().map_or(0, |running| running.step);
        report(&ctx.props().report, kind, step, what);
        self.forward(ctx);
    }

    /// Announces what is said of the target.
    fn tell_note(&self) {
        let note = self
            .running
            .as_ref()
            .and_then(super::running::Running::note);
        if let (Some(note), Some(live)) = (note, self.parts.live.get()) {
            // What is there already is not announced again.
            live.set_text_content(None);
            live.set_text_content(Some(note.says));
        }
    }

    /// The target was used, or was to be; whether that is to be drawn.
    pub(super) fn used(&mut self, ctx: &Context<Self>, ticket: Ticket) -> bool {
        let is_ours = self.is_ours(ctx);
        let Some(running) = &mut self.running else {
            return false;
        };
        match running.note() {
            Some(note) if running.step_ticket == ticket => {
                if !note.holds {
                    self.tell_note();
                    return false;
                }
                running.used = true;
                if let Some(live) = self.parts.live.get() {
                    live.set_text_content(Some(running.words.done));
                }
                if !is_ours {
                    // The host is handed what has changed.
                    let target = running.target_shown();
                    self.appear(target);
                }
                true
            }
            _ => false,
        }
    }

    /// Opens what is closed, and closes what is open.
    fn fold(&mut self) {
        let Some(running) = &mut self.running else {
            return;
        };
        running.focus_follows = true;
        let target = running.target_shown();
        if running.guide.kind == GuideKind::Checklist {
            running.known.folded = !running.known.folded;
            running.reported = false;
        } else {
            running.open = Some(0).filter(|_| running.open.is_none());
        }
        self.appear(target);
    }

    /// Takes in what happened in the page; whether that is to be drawn.
    pub(super) fn hear(&mut self, ctx: &Context<Self>, is_milestone: bool, detail: &Json) -> bool {
        let is_ours = self.is_ours(ctx);
        let Some(running) = &mut self.running else {
            return false;
        };
        let text = |key| detail.get(key)?.text();
        let milestone = text("milestone").filter(|_| is_milestone);
        if let Some(milestone) = &milestone {
            running.known.reach(milestone.clone());
        }
        if let (Some(rule), Some(state)) = (text("guide"), text("state"))
            && matches!(&*state, "due" | "undue")
        {
            running.known.note_due(rule, state == "due");
            running.ahead.set(running.after(running.step));
        }
        let advance = running.step().and_then(|step| step.advance.as_ref());
        // What comes while it moves on already says where to.
        let advances = match advance.filter(|_| !running.settled) {
            Some(Advance::Event(event)) => text("event").as_ref() == Some(event),
            Some(Advance::Route(page)) => script::is_on(page),
            Some(Advance::Milestone(awaited)) => milestone.as_ref() == Some(awaited),
            Some(Advance::When(rule)) => running.known.is_due(rule),
            _ => false,
        };
        if let Some(milestone) = milestone.filter(|_| ALL && !advances) {
            let is_it = |step: &Step| step.done.as_ref() == Some(&milestone);
            let task = running.guide.steps.iter().position(is_it);
            let done = task.and_then(|task| running.guide.steps.get(task));
            if let (Some(done), Some(live)) = (done, self.parts.live.get()) {
                let title = done.title.as_deref().unwrap_or_default();
                live.set_text_content(Some(&[title, ": ", running.words.done].concat()));
            }
            let is_done = task.is_some();
            if is_done && running.open == task {
                running.open = running.tasks().next();
            }
            if is_done && !is_ours {
                // The host is handed what has changed.
                let target = running.target_shown();
                self.appear(target);
            }
            return is_done;
        }
        if advances {
            report(&ctx.props().report, "at", running.after(running.step), "");
            self.forward(ctx);
        }
        advances
    }

    pub(super) fn backward(&mut self, ctx: &Context<Self>) {
        self.keep_focus(ctx);
        self.hand_in(ctx);
        if let Some(step) = self.running.as_mut().and_then(Running::before) {
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

    /// Goes to a step: shows it at once if it needs no target, else when that is found. If the page is left for
    /// it, what is shown stays until then.
    pub(super) fn go(&mut self, ctx: &Context<Self>, step: usize) {
        let running = self.running.as_ref().filter(|it| it.travels);
        let path = running.and_then(|it| it.guide.steps.get(step)?.path.as_deref());
        if path.is_some() {
            report(&ctx.props().report, "at", step, "");
        }
        if script::travel(path) {
            return;
        }
        let ticket = self.next_ticket();
        let Some(running) = &mut self.running else {
            return;
        };
        if running.enter(ctx.link(), step, ticket) {
            self.appear(None);
        }
    }

    fn has_focus(&self, ctx: &Context<Self>) -> bool {
        let slot = self
            .running
            .as_ref()
            .and_then(|it| it.slot.as_ref())
            .filter(|_| ALL);
        let root = slot.unwrap_or(&ctx.props().root);
        focused(Some(root.shadow())).is_some()
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
            running.begun = true;
            let step = running.step;
            let mut remark = std::mem::take(&mut running.missed);
            if let (Some(target), Some(element), true) =
                (running.target(), running.target_shown(), remark.is_empty())
            {
                remark = script::remark(target, &element, running.matches);
            }
            let folded = ALL && running.guide.kind == GuideKind::Checklist && running.known.folded;
            report(
                &ctx.props().report,
                if folded { "rest" } else { "step" },
                step,
                &remark,
            );
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

    /// The target did not come: what its author says becomes of the step.
    pub(super) fn miss(&mut self, ctx: &Context<Self>, miss: &Miss) {
        let Some(running) = &mut self.running else {
            return;
        };
        let target = running.target().map_or("null", String::as_str);
        running.missed = script::missed(target, miss.reason, miss.matches, miss.waited);
        let step = running.step;
        match running.policy() {
            Missing::Skip => {
                let next = running.after(step);
                self.arrive(ctx, next);
            }
            Missing::Middle => {
                if let Some(step) = running.guide.steps.get_mut(step) {
                    step.stand_alone();
                }
                self.appear(None);
            }
            Missing::End | Missing::Hold => self.end(ctx, "missing", ""),
        }
    }

    /// Ends the guide and reports how, and what there is to say of a target that did not come.
    pub(super) fn end(&mut self, ctx: &Context<Self>, kind: &str, detail: &str) {
        if let Some(running) = &mut self.running {
            let (step, missed) = (running.step, std::mem::take(&mut running.missed));
            let detail = if detail.is_empty() { &missed } else { detail };
            self.clear(ctx);
            report(&ctx.props().report, kind, step, detail);
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
        if let Some(draw) = ctx.props().draw.as_ref().filter(|_| ALL) {
            self.take_back(draw);
        }
        root.lower();
        root.go_home();
        if has_focus {
            give_back(running.before.as_ref(), running.last_target.as_ref());
        }
    }
}

/// Tells the loader. What it throws is its own affair.
pub(super) fn report(to: &Function, kind: &str, step: usize, detail: &str) {
    let step = JsValue::from(u32::try_from(step).unwrap_or(u32::MAX));
    let _ = to.call3(&JsValue::NULL, &kind.into(), &step, &detail.into());
}
