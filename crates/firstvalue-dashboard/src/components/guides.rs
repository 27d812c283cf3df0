//! Guides: how many users saw them, completed them, closed them, and where they left.

use super::guide::Guide;
use crate::api::Overview;
use crate::view::GuideRow;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub overview: Rc<Overview>,
}

#[component]
pub fn Guides(props: &Props) -> Html {
    let rows = props.overview.guides.iter().map(|guide| {
        html! { <Guide key={guide.id.clone()} row={GuideRow::of(guide)} /> }
    });
    html! {
        <section class="panel" aria-labelledby="guides-title">
            <div class="panel-head">
                <h2 id="guides-title">{"Guides"}</h2>
                <p class="note">{"Distinct users"}</p>
            </div>
            <table class="table guides" role="table" aria-labelledby="guides-title">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">{"Guide"}</th>
                        <th role="columnheader" scope="col" class="number">{"Eligible now"}</th>
                        <th role="columnheader" scope="col" class="number">{"Shown"}</th>
                        <th role="columnheader" scope="col" class="number">{"Completed"}</th>
                        <th role="columnheader" scope="col" class="number">{"Dismissed"}</th>
                        <th role="columnheader" scope="col" class="number">{"Failed"}</th>
                        <th role="columnheader" scope="col">{"Completion"}</th>
                        <th role="columnheader" scope="col">{"Steps"}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{ for rows }</tbody>
            </table>
        </section>
    }
}
