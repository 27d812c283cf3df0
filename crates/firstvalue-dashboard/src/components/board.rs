//! The signed-in page: bar, notice and panels around the live connection.

use super::connection_notice::ConnectionNotice;
use super::empty::Empty;
use super::events::Events;
use super::first_steps::FirstSteps;
use super::guides::Guides;
use super::lists::Lists;
use super::milestones::Milestones;
use super::nav::Nav;
use super::recomputing::Recomputing;
use super::stream::Stream;
use super::summary::Summary;
use super::top_bar::TopBar;
use crate::api::Overview;
use crate::feed::{Action, Answer, Connection};
use crate::hooks::{use_live, use_page, use_visible};
use crate::page::Page;
use crate::view;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub token: Rc<str>,
    /// Called when this session is over; true if the collector refused the token.
    pub on_end: Callback<bool>,
}

#[component]
pub fn Board(props: &Props) -> Html {
    let paused = use_state(|| false);
    let visible = use_visible();
    let running = visible && !*paused;
    let feed = use_live(&props.token, running);
    let page = use_page();

    {
        let on_end = props.on_end.clone();
        use_effect_with(feed.connection == Connection::Refused, move |refused| {
            if *refused {
                on_end.emit(true);
            }
        });
    }

    let overview = feed.answer.as_ref().map(|answer| &answer.overview);
    let product = overview.map(|overview| overview.product.clone());
    let title = title(&page, overview.map(Rc::as_ref));
    use_effect_with(title, |title| name_page(title));

    let on_pause = {
        let paused = paused.clone();
        Callback::from(move |()| paused.set(!*paused))
    };
    let on_sign_out = props.on_end.reform(|()| false);
    let on_retry = {
        let dispatcher = feed.dispatcher();
        Callback::from(move |()| dispatcher.dispatch(Action::AskNow))
    };

    html! {
        <>
            <TopBar
                {product}
                connection={feed.connection.clone()}
                paused={*paused}
                {on_pause}
                {on_sign_out}
            />
            <Nav page={page.clone()} />
            <main class="page">
                if !*paused {
                    <ConnectionNotice
                        connection={feed.connection.clone()}
                        received={feed.answer.as_ref().map(|answer| answer.received)}
                        is_shown={page == Page::Overview}
                        due={feed.due}
                        {on_retry}
                    />
                }
                { content(feed.answer.as_ref(), &feed.connection, feed.opened_at, &page, &props.token, running) }
            </main>
        </>
    }
}

fn content(
    answer: Option<&Answer>,
    connection: &Connection,
    opened_at: i64,
    page: &Page,
    token: &Rc<str>,
    running: bool,
) -> Html {
    let Some(answer) = answer else {
        return match connection {
            Connection::Lost { .. } => html! {
                <p class="loading">
                    {"Nothing to show yet. Check that the collector runs and can be reached from \
                      here; this page goes on trying."}
                </p>
            },
            _ => html! { <p class="loading">{"Loading…"}</p> },
        };
    };
    let overview = &answer.overview;
    let ahead = overview.now as f64 - answer.received;
    let lists = view::List::of(page, overview);
    if let Some(key) = lists.first().map(|list| list.path.clone()) {
        return html! {
            <>
                if let Some(progress) = overview.recomputing.filter(|_| *page == Page::Playbook) {
                    <Recomputing {progress} />
                }
                <Lists {key} {lists} token={token.clone()} overview={overview.clone()} {running} {ahead} />
            </>
        };
    }
    if *page == Page::Events {
        let lost = matches!(connection, Connection::Lost { .. });
        return html! { <Stream token={token.clone()} {running} {ahead} {opened_at} {lost} /> };
    }
    if *page == Page::Unknown {
        return html! {
            <Empty title={page.name().to_owned()}>
                {"There is nothing at this address. "}<a href="#/">{"To the overview"}</a>
            </Empty>
        };
    }
    if overview.users.total == 0 {
        return html! { <FirstSteps /> };
    }
    html! {
        <>
            if let Some(progress) = overview.recomputing {
                <Recomputing {progress} />
            }
            <Summary overview={overview.clone()} />
            <div class="columns">
                <div class="column">
                    if overview.milestones.is_empty() {
                        <Empty title="Milestones">
                            {"The playbook declares none yet. A milestone is a named condition, \
                              such as a first report; its time to value is shown here."}
                        </Empty>
                    } else {
                        <Milestones overview={overview.clone()} />
                    }
                    if overview.guides.is_empty() {
                        <Empty title="Guides">
                            {"The playbook declares none yet. Tours, tooltips, modals and banners are \
                              listed here with how many users saw and completed them."}
                        </Empty>
                    } else {
                        <Guides overview={overview.clone()} />
                    }
                </div>
                <Events answer={answer.clone()} {opened_at} />
            </div>
        </>
    }
}

/// What a tab of the browser and its history call the page.
fn title(page: &Page, overview: Option<&Overview>) -> String {
    let Some(overview) = overview else {
        return String::from("Firstvalue");
    };
    let name = match page {
        Page::Milestone(id) => overview.milestone_title(id),
        page => String::from(page.name()),
    };
    format!("{name} – {} – Firstvalue", overview.product)
}

fn name_page(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}
