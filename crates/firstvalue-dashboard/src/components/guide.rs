//! One guide in the table, with its steps in a row that opens under it.

use super::share_bar::ShareBar;
use super::step_bars::StepBars;
use super::step_list::StepList;
use crate::format::{count, share};
use crate::view::GuideRow;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub row: GuideRow,
}

#[component]
pub fn Guide(props: &Props) -> Html {
    let row = &props.row;
    let open = use_state(|| false);
    let onclick = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let failed = (row.failed > 0).then_some("bad");
    // Of a guide with one step there is something to say only if it ended there.
    let has_more = row.steps.len() > 1 || row.steps.iter().any(|step| !step.ended.is_empty());
    let single = (!has_more).then_some("single-step");
    let steps_id = format!("steps-{}", row.id);
    html! {
        <>
            <tr role="row">
                <th role="rowheader" scope="row">
                    <span class="guide-title">{row.title.clone()}</span>{" "}
                    <span class="kind">{ format!("{} · {}", row.kind, row.id) }</span>
                </th>
                <td role="cell" data-label="Eligible now" class="number">{row.eligible.clone()}</td>
                <td role="cell" data-label="Shown" class="number">{row.shown.clone()}</td>
                <td role="cell" data-label="Completed" class="number">{row.completed.clone()}</td>
                <td role="cell" data-label="Dismissed" class="number">{row.dismissed.clone()}</td>
                <td role="cell" data-label="Failed" class={classes!("number", failed)}>
                    { count(row.failed) }
                </td>
                <td role="cell" data-label="Completion" class="completion">
                    if let Some(completion) = row.completion {
                        <span>{share(completion)}</span>
                        <ShareBar share={completion} />
                    } else {
                        <span class="note">{"not shown yet"}</span>
                    }
                </td>
                <td role="cell" data-label="Steps" class={single}>
                    if has_more {
                        <button
                            class="steps"
                            aria-expanded={if *open { "true" } else { "false" }}
                            aria-controls={open.then(|| steps_id.clone())}
                            {onclick}
                        >
                            <StepBars steps={row.steps.clone()} />
                            <span class="unseen">
                                {format!("{} of {}", steps_text(row.steps.len()), row.title)}
                            </span>
                        </button>
                    } else {
                        <span class="note">{steps_text(row.steps.len())}</span>
                    }
                </td>
            </tr>
            if *open && has_more {
                <tr role="row" class="steps-row" id={steps_id}>
                    <td role="cell" colspan="8"><StepList steps={row.steps.clone()} /></td>
                </tr>
            }
        </>
    }
}

fn steps_text(steps: usize) -> String {
    match steps {
        1 => String::from("1 step"),
        steps => format!("{steps} steps"),
    }
}
