//! The quantiles of a milestone as a strip along the shared axis of time: the middle
//! half as a bar, the median as a line in it, a thin line on to p90.

use crate::format::decimal;
use crate::view::Spread as Places;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub spread: Places,
}

#[component]
pub fn Spread(props: &Props) -> Html {
    let Places {
        p25,
        median,
        p75,
        p90,
        target,
    } = props.spread;
    // Where the upper quartile is not known the bar goes on to the end, paler.
    let known = p75.is_some();
    let bar = p25.map(|from| (from, p75.unwrap_or(1.0)));
    html! {
        <svg class="spread" width="100%" height="20" aria-hidden="true">
            <line class="spread-base" x1="0" x2="100%" y1="10" y2="10" />
            if let Some((from, to)) = p75.zip(p90) {
                <line class="spread-tail" x1={percent(from)} x2={percent(to)} y1="10" y2="10" />
            }
            if let Some((from, to)) = bar {
                <rect
                    class={if known { "spread-middle" } else { "spread-middle spread-open" }}
                    x={percent(from)}
                    width={percent((to - from).max(0.01))}
                    y="6" height="8" rx="2"
                />
            }
            if let Some(target) = target {
                <line class="spread-target" x1={percent(target)} x2={percent(target)} y1="2" y2="18" />
            }
            if let Some(median) = median {
                <line class="spread-median" x1={percent(median)} x2={percent(median)} y1="4" y2="16" />
            }
        </svg>
    }
}

fn percent(place: f64) -> String {
    format!("{}%", decimal(place * 100.0))
}
