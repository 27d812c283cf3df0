//! A guide's steps with their figures.

use super::share_bar::ShareBar;
use crate::format::count;
use crate::view::StepRow;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub steps: Vec<StepRow>,
}

#[component]
pub fn StepList(props: &Props) -> Html {
    let steps = props.steps.iter().map(|step| {
        html! {
            <li>
                <span class="step-title">{step.title.clone()}</span>
                <ShareBar share={step.share} />
                <span class="number">{step.shown.clone()}</span>
                <span class="number note">{step.share_text.clone()}</span>
                <span class="number note">
                    if step.lost > 0 {
                        { format!("{} left", count(step.lost)) }
                    }
                </span>
                if !step.ended.is_empty() {
                    <span class="step-ends note">{ format!("ended here: {}", step.ended.join(", ")) }</span>
                }
            </li>
        }
    });
    html! { <ol class="step-list">{ for steps }</ol> }
}
