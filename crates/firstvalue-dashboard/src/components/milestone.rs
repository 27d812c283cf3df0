//! One milestone in the table.

use super::share_bar::ShareBar;
use super::spread::Spread;
use super::target::Target;
use crate::view::{MilestoneRow, milestone_address};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub row: MilestoneRow,
    /// Its distribution is the one that is plotted.
    pub chosen: bool,
    pub on_choose: Callback<String>,
}

#[component]
pub fn Milestone(props: &Props) -> Html {
    let row = &props.row;
    let onclick = {
        let (on_choose, id) = (props.on_choose.clone(), row.id.clone());
        // The whole row takes the pointer; the button in it takes the keyboard, and its
        // click arrives here too.
        Callback::from(move |_: MouseEvent| on_choose.emit(id.clone()))
    };
    let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| String::from("–"));
    html! {
        <tr role="row" class={classes!("choice", props.chosen.then_some("chosen"))} {onclick}>
            <th role="rowheader" scope="row">
                <button class="choose" aria-pressed={if props.chosen { "true" } else { "false" }}>
                    { row.title.clone() }
                </button>
                if row.is_of_accounts {
                    <span class="kind">{"Accounts"}</span>
                }
            </th>
            <td role="cell" data-label="Reached" class="reached">
                <span class="pair">
                    <span>{row.share_text.clone()}</span>{" "}
                    <a class="note" href={milestone_address(&row.id)}>{row.reached.clone()}</a>
                </span>
                <ShareBar share={row.share} />
            </td>
            <td role="cell" data-label="Median" class="number strong">{or_dash(&row.median)}</td>
            <td role="cell" data-label="p25–p75" class="number">{or_dash(&row.middle)}</td>
            <td role="cell" data-label="p90" class="number">{or_dash(&row.p90)}</td>
            <td role="cell" data-label="" class="spread-column"><Spread spread={row.spread} /></td>
            <td role="cell" data-label="Target" class="target-column">
                if let Some(target) = row.target.clone() {
                    <Target {target} />
                } else {
                    <span class="note">{"none"}</span>
                }
            </td>
        </tr>
    }
}
