//! A guide's steps as small columns: how many of those who saw the first saw each.

use crate::format::decimal;
use crate::view::StepRow;
use yew::prelude::*;

const HEIGHT: f64 = 20.0;
const FULL_HEIGHT: &str = "20";
const COLUMN: f64 = 8.0;
const COLUMN_WIDTH: &str = "8";
const GAP: f64 = 3.0;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub steps: Vec<StepRow>,
}

#[component]
pub fn StepBars(props: &Props) -> Html {
    let width = props.steps.len() as f64 * (COLUMN + GAP) - GAP;
    let columns = props.steps.iter().enumerate().map(|(at, step)| {
        let x = decimal(at as f64 * (COLUMN + GAP));
        // A step that nobody saw still has a foot, so that it can be seen to exist.
        let height = (step.share * HEIGHT).max(1.0);
        let (y, width, full) = (decimal(HEIGHT - height), COLUMN_WIDTH, FULL_HEIGHT);
        html! {
            <>
                <rect class="bar-track" x={x.clone()} {width} height={full} rx="1" />
                <rect class="bar-fill" {x} {width} {y} height={decimal(height)} rx="1" />
            </>
        }
    });
    html! {
        <svg class="step-bars" width={decimal(width)} height={FULL_HEIGHT} aria-hidden="true">
            { for columns }
        </svg>
    }
}
