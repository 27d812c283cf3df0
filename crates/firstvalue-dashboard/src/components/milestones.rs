//! Milestones: the table, and the distribution of the one that is chosen.

use super::curve_plot::CurvePlot;
use super::milestone::Milestone;
use super::spread_axis::SpreadAxis;
use crate::api::Overview;
use crate::view::{MilestoneRow, north_star, time_axis};
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub overview: Rc<Overview>,
}

#[component]
pub fn Milestones(props: &Props) -> Html {
    let milestones = &props.overview.milestones;
    // By id, so that the choice outlives a change of the playbook.
    let chosen = use_state(|| None::<String>);
    let index = chosen
        .as_ref()
        .and_then(|id| milestones.iter().position(|milestone| milestone.id == *id))
        .or_else(|| north_star(milestones))
        .unwrap_or_default();
    let axis = time_axis(milestones);
    let on_choose = {
        let chosen = chosen.setter();
        Callback::from(move |id: String| chosen.set(Some(id)))
    };
    let rows = milestones.iter().enumerate().map(|(at, milestone)| {
        html! {
            <Milestone
                key={milestone.id.clone()}
                row={MilestoneRow::of(milestone, axis)}
                chosen={at == index}
                on_choose={on_choose.clone()}
            />
        }
    });
    html! {
        <section class="panel" aria-labelledby="milestones-title">
            <div class="panel-head">
                <h2 id="milestones-title">{"Milestones"}</h2>
                <p class="note">{"Time to value, from sign-up"}</p>
            </div>
            <table class="table milestones" role="table" aria-labelledby="milestones-title">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">{"Milestone"}</th>
                        <th role="columnheader" scope="col">{"Reached"}</th>
                        <th role="columnheader" scope="col" class="number">{"Median"}</th>
                        <th role="columnheader" scope="col" class="number">
                            <abbr title="a quarter of the users, and three quarters, get there by then">
                                {"p25–p75"}
                            </abbr>
                        </th>
                        <th role="columnheader" scope="col" class="number">
                            <abbr title="nine of ten users get there by then">{"p90"}</abbr>
                        </th>
                        <th role="columnheader" scope="col" class="spread-column">
                            <span class="unseen">{"Spread"}</span><SpreadAxis {axis} />
                        </th>
                        <th role="columnheader" scope="col">{"Target"}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{ for rows }</tbody>
            </table>
            <CurvePlot overview={props.overview.clone()} {index} {axis} />
        </section>
    }
}
