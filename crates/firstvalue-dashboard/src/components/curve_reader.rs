//! Reads the curve point by point with the keyboard or a screen reader: a slider over
//! the plot that is not drawn itself; the plot draws what it reads.

use crate::api::CurvePoint;
use crate::format::{duration_in_words, share};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub points: Vec<CurvePoint>,
    pub title: String,
    pub reading: Option<usize>,
    pub on_read: Callback<Option<usize>>,
}

#[component]
pub fn CurveReader(props: &Props) -> Html {
    let Some(last) = props.points.len().checked_sub(1) else {
        return html! {};
    };
    let at = props.reading.unwrap_or(last / 2).min(last);
    let spoken = props.points.get(at).map(|point| {
        format!(
            "{} within {}",
            share(point.share),
            duration_in_words(point.ttv_ms)
        )
    });
    let oninput = props.on_read.reform(|event: InputEvent| {
        let field = event.target_dyn_into::<HtmlInputElement>()?;
        field.value().parse().ok()
    });
    let onfocus = props.on_read.reform(move |_: FocusEvent| Some(at));
    let onblur = props.on_read.reform(|_: FocusEvent| None);
    html! {
        <input
            class="curve-reader"
            type="range"
            min="0"
            max={last.to_string()}
            value={at.to_string()}
            aria-label={format!("Read the curve of {}", props.title)}
            aria-valuetext={spoken}
            {oninput}
            {onfocus}
            {onblur}
        />
    }
}
