//! The first thing that is read: activation, and the few numbers beside it.

use super::figure::Figure;
use super::target::Target;
use crate::api::{Milestone, Overview};
use crate::format::{ago, count, duration, share};
use crate::view::{ACTIVATED, Target as Row, north_star};
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub overview: Rc<Overview>,
}

#[component]
pub fn Summary(props: &Props) -> Html {
    let overview = &props.overview;
    let users = overview.users;
    let newest = overview
        .events
        .last_at
        .map(|last| html! { {format!("newest {}", ago(overview.now - last))} });
    let star = north_star(&overview.milestones).and_then(|at| overview.milestones.get(at));
    html! {
        <section class="panel summary" aria-labelledby="summary-title">
            { star.map(activation).unwrap_or_else(no_activation) }
            <dl class="figures">
                { star.map(median).unwrap_or_default() }
                <Figure name="Users" value={count(users.total)} />
                <Figure
                    name="Active, 7 days"
                    value={count(users.active_7d)}
                    note={of_users(users.active_7d, users.total)}
                />
                <Figure
                    name="New, 7 days"
                    value={count(users.new_7d)}
                    note={of_users(users.new_7d, users.total)}
                />
                <Figure name="Events" value={count(overview.events.total)} note={newest} />
            </dl>
        </section>
    }
}

fn activation(milestone: &Milestone) -> Html {
    let (reached, all) = (count(milestone.reached), count(milestone.users));
    let who = milestone.who();
    html! {
        <div class="star">
            <h2 id="summary-title">{"Activation"}</h2>
            <p class="headline">{ share(milestone.share) }</p>
            <p class="sentence">
                { format!("{reached} of {all} {who} reached ") }
                <strong>{ milestone.title.clone() }</strong>
            </p>
            if milestone.id != ACTIVATED {
                { how_to_choose() }
            }
        </div>
    }
}

fn no_activation() -> Html {
    html! {
        <div class="star">
            <h2 id="summary-title">{"Activation"}</h2>
            <p class="headline">{"–"}</p>
            { how_to_choose() }
        </div>
    }
}

fn how_to_choose() -> Html {
    html! {
        <p class="note">
            {"A milestone with the id "}<code>{ACTIVATED}</code>{" would stand here."}
        </p>
    }
}

fn of_users(part: u64, total: u64) -> Html {
    html! { {format!("{} of users", share(part as f64 / total.max(1) as f64))} }
}

fn median(milestone: &Milestone) -> Html {
    let value = milestone
        .ttv
        .median_ms
        .map_or_else(|| String::from("–"), duration);
    let target = Row::of(milestone);
    let unknown = milestone.ttv.median_ms.is_none();
    let note = html! {
        <>
            if unknown {
                <span>{"fewer than half got there"}</span>
            }
            if let Some(target) = target {
                <Target {target} />
            }
        </>
    };
    html! { <Figure name="Median time to value" {value} {note} /> }
}
