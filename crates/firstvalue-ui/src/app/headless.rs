//! Guides that the host draws: it is handed each step as data, with functions for what the user does. What
//! decides which step that is, what it waits for and what is reported, is the same as for guides of ours.

use firstvalue_model::guide::GuideKind;
use firstvalue_model::json;
use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::running::{Running, Stage};
use super::show::Follower;
use super::{App, Msg};
use crate::components::Act;
use crate::content::read;
use crate::content::{Screen, leads_on};
use crate::page::script;

/// What the host's buttons, and its controls for answers, do.
type Control = Closure<dyn FnMut(String, JsValue)>;

impl App {
    /// Hands the step that is shown to the host, once for each stage.
    pub(super) fn hand_over(&mut self, ctx: &Context<Self>) {
        let (root, Some(draw)) = (&ctx.props().root, &ctx.props().draw) else {
            return;
        };
        let Some(running) = &mut self.running else {
            return;
        };
        let step = match &running.stage {
            Stage::Shown {
                screen,
                frames: None,
                ..
            } => state(running, screen),
            Stage::Shown { .. } => return,
            // Its target is waited for, or is gone.
            Stage::Seeking { .. } => return self.take_back(draw),
        };
        self.handed = true;
        let Stage::Shown {
            screen,
            target,
            ticket,
            frames,
            ..
        } = &mut running.stage
        else {
            return;
        };
        let acts: Vec<Act> = screen
            .buttons
            .iter()
            .map(|button| Act::Do(button.effect, button.with.clone()))
            .collect();
        let target = target.clone();
        let drawn = script::hand(draw, &step, target.as_ref(), &control(ctx, acts));
        let drawn = drawn.dyn_into::<HtmlElement>().ok();
        // Without an element of its own the host says itself when the step is seen.
        let seen = drawn.is_none();
        let follower = Follower {
            root: root.clone(),
            surface: drawn.unwrap_or_else(|| root.element().clone()),
            anchor: None,
            target: target.clone(),
            frame: 0,
            seen,
        };
        *frames = Some(follower.start(ctx.link().clone(), *ticket));
        running.last_target = target.or(running.last_target.take());
        running.listen_for_advance(ctx.link(), &ctx.props().report);
    }

    /// Has the host take away what it drew.
    pub(super) fn take_back(&mut self, draw: &Function) {
        if std::mem::take(&mut self.handed) {
            script::hand(draw, "null", None, &JsValue::UNDEFINED);
        }
    }
}

/// The function that the host's controls call: with a word for what is done, and with what.
fn control(ctx: &Context<App>, acts: Vec<Act>) -> JsValue {
    let link = ctx.link().clone();
    let control: Control = Closure::new(move |what: String, with: JsValue| {
        let place = || with.as_f64().map(|place| place as usize);
        let message = match &*what {
            "press" => place().and_then(|it| acts.get(it).cloned()).map(Msg::Act),
            "answer" => {
                let values = js_sys::Array::from(&with);
                let values = values.iter().filter_map(|value| value.as_string());
                Some(Msg::Answer(values.collect()))
            }
            "next" => Some(Msg::Next),
            "back" => Some(Msg::Back),
            "dismiss" => Some(Msg::Act(Act::Do(
                firstvalue_model::guide::Effect::Dismiss,
                None,
            ))),
            _ => Some(Msg::Shown),
        };
        if let Some(message) = message {
            link.send_message(message);
        }
    });
    control.into_js_value()
}

/// A step as JSON; `www/loader/firstvalue.d.ts` describes it as `GuideStep`.
fn state(running: &Running, screen: &Screen) -> String {
    let mut fields = Fields("{".to_owned());
    let guide = &running.guide;
    fields.text("kind", read::kind_name(guide.kind));
    fields.raw("step", &running.step.to_string());
    fields.raw("count", &guide.steps.len().to_string());
    if let Some(title) = &screen.title {
        fields.text("title", title);
    }
    fields.text("body", &screen.body);
    fields.text("language", screen.words.language);
    fields.text("close", screen.words.close);
    if let Some(accent) = &guide.theme.accent {
        fields.text("accent", accent);
    }
    let note = running.note();
    if let Some(note) = note {
        fields.text("note", note.says);
    }
    let holds = note.is_some_and(|note| note.holds);
    let buttons = screen.buttons.iter().map(|button| {
        let mut fields = Fields("{".to_owned());
        fields.text("label", &button.label);
        fields.flag("primary", button.primary);
        fields.flag("disabled", holds && leads_on(button.effect));
        fields.end()
    });
    fields.list("buttons", buttons);
    if let Some(asked) = &screen.ask {
        let mut question = Fields("{".to_owned());
        question.text("id", &asked.id);
        question.text("form", read::form_name(asked.form));
        question.flag("optional", asked.optional);
        for (name, text) in [("low", &asked.low), ("high", &asked.high)] {
            if let Some(text) = text {
                question.text(name, text);
            }
        }
        let options = asked.options.iter().map(|(value, label)| {
            let mut option = Fields("{".to_owned());
            option.text("value", value);
            option.text("label", label);
            option.end()
        });
        question.list("options", options);
        let given = running.answers.now.iter().map(|value| quoted(value));
        question.list("answer", given);
        fields.raw("question", &question.end());
    }
    if guide.kind == GuideKind::Checklist {
        let tasks = running.tasks();
        let each = guide.steps.iter().enumerate().map(|(place, step)| {
            let mut task = Fields("{".to_owned());
            task.text("title", step.title.as_deref().unwrap_or_default());
            task.text("body", step.body.as_deref().unwrap_or_default());
            task.flag("done", tasks.is_done(place));
            task.flag("waits", tasks.waits(place));
            task.end()
        });
        fields.list("tasks", each);
        fields.flag("dismissible", tasks.can_be_dismissed());
    }
    fields.end()
}

fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    json::write_text(text, &mut quoted);
    quoted
}

/// An object of JSON, put together as text.
struct Fields(String);

impl Fields {
    fn raw(&mut self, name: &str, json: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        json::write_text(name, &mut self.0);
        self.0.push(':');
        self.0.push_str(json);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.raw(name, &quoted(text));
    }

    fn flag(&mut self, name: &str, is: bool) {
        self.raw(name, if is { "true" } else { "false" });
    }

    fn list(&mut self, name: &str, values: impl Iterator<Item = String>) {
        let values: Vec<String> = values.collect();
        self.raw(name, &["[", &values.join(","), "]"].concat());
    }

    fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}
