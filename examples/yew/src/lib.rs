//! A yew application that shows a tour of itself, and that Firstvalue records if the page has its script.
//! `trunk serve` in this folder runs it.

use std::rc::Rc;

use firstvalue_model::guide::{
    Advance, Checklist, GuideContent, GuideKind, Placement, Step, Target, Text, Theme,
};
use firstvalue_ui::guide::{GuideView, Report};
use firstvalue_yew::{track, use_firstvalue};
use serde_json::json;
use wasm_bindgen::prelude::wasm_bindgen;
use yew::prelude::*;

/// A tour of the two buttons.
fn tour() -> GuideContent {
    let target = |css: &str| Some(Target::of(css));
    GuideContent {
        kind: GuideKind::Tour,
        title: None,
        slot: None,
        checklist: Checklist::default(),
        panel: None,
        theme: Theme {
            accent: Some("#2459d6".to_owned()),
            ..Theme::default()
        },
        steps: vec![
            Step {
                target: target("#count"),
                title: Some(Text::from("Hello {{user.name|there}}")),
                body: Some(Text::from("**Press it** to go on.")),
                advance: Some(Advance::Click),
                ..Step::default()
            },
            Step {
                target: target("#tour"),
                placement: Some(Placement::Right),
                title: Some(Text::from("That is all")),
                body: Some(Text::from("This button shows it again.")),
                ..Step::default()
            },
        ],
    }
}

/// How far the user has come, as Firstvalue knows it.
#[component]
fn Reports() -> Html {
    let known = use_firstvalue();
    let milestone = known
        .as_ref()
        .and_then(|known| known.milestones.get("first-report"));
    let reached = milestone.and_then(|milestone| milestone.reached_at);
    let create = |_| track("report.created", json!({ "template": "board" }));
    html! {
        <section>
            <button id="create" onclick={create}>{ "New report" }</button>
            <p id="reports">
                { reached.map_or("no report yet".to_owned(), |at| format!("the first report was made at {at}")) }
            </p>
        </section>
    }
}

#[component]
fn Application() -> Html {
    let content = use_memo((), |()| tour());
    let count = use_state(|| 0);
    let running = use_state(|| true);
    let press = {
        let count = count.clone();
        move |_| count.set(*count + 1)
    };
    let again = {
        let running = running.clone();
        move |_| running.set(true)
    };
    let on_report = {
        let running = running.clone();
        Callback::from(move |report: Report| {
            // It ends in one of these ways, and can then begin anew.
            if ["completed", "dismissed", "missing"].contains(&report.kind.as_str()) {
                running.set(false);
            }
        })
    };
    html! {
        <main>
            <h1>{ "An application" }</h1>
            <button id="count" onclick={press}>{ format!("Pressed {} times", *count) }</button>
            <button id="tour" onclick={again}>{ "Show me around" }</button>
            <Reports />
            if *running {
                <GuideView content={Rc::clone(&content)} user={r#"{"name":"Ada"}"#} {on_report} />
            }
        </main>
    }
}

/// What runs when the page has loaded it.
#[wasm_bindgen(start)]
fn start() {
    yew::Renderer::<Application>::new().render();
}
