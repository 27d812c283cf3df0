//! The distribution of the time to value of one milestone, as the share of users that
//! has got there by a time since sign-up.

use super::curve_alternative::CurveAlternative;
use super::curve_marks::Marks;
use super::curve_reader::CurveReader;
use crate::api::Overview;
use crate::format::{decimal, duration, share};
use crate::hooks::use_width;
use crate::plot::{Frame, ShareAxis, TimeAxis, area, line, point_at, share_at};
use crate::view::curve_summary;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

const HEIGHT: f64 = 248.0;
/// The width that is assumed until the real one is known.
const USUAL_WIDTH: f64 = 820.0;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub overview: Rc<Overview>,
    /// Which milestone.
    pub index: usize,
    /// Shared by all milestones, so that one can be compared with another.
    pub axis: TimeAxis,
}

#[component]
pub fn CurvePlot(props: &Props) -> Html {
    let node = use_node_ref();
    let width = use_width(&node, USUAL_WIDTH);
    let reading = use_state(|| None::<usize>);

    let Some(milestone) = props.overview.milestones.get(props.index) else {
        return html! {};
    };
    let points = &milestone.curve;
    let frame = Frame {
        width: width.max(200.0),
        height: HEIGHT,
    };
    let time = props.axis;
    let ends = props
        .overview
        .milestones
        .iter()
        .filter_map(|milestone| milestone.curve.last());
    let shares = ShareAxis::holding(ends.map(|point| point.share));

    let onpointermove = {
        let (node, reading, points) = (node.clone(), reading.setter(), points.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(element) = node.cast::<Element>() else {
                return;
            };
            let x = f64::from(event.client_x()) - element.get_bounding_client_rect().left();
            reading.set(point_at(&points, time.time(frame.fraction(x))));
        })
    };
    let onpointerleave = {
        let reading = reading.setter();
        Callback::from(move |_: PointerEvent| reading.set(None))
    };
    let on_read = {
        let reading = reading.setter();
        Callback::from(move |at: Option<usize>| reading.set(at))
    };

    let read = reading.and_then(|at| points.get(at));
    let summary = curve_summary(milestone);
    let caption = match read {
        Some(point) => format!(
            "{} had got there {} after sign-up.",
            share(point.share),
            duration(point.ttv_ms)
        ),
        None => summary.clone(),
    };
    let marks = Marks {
        frame,
        time,
        shares,
    };
    html! {
        <figure class="curve" aria-label={format!("Time to value of {}", milestone.title)}>
            <figcaption>
                <h3>{milestone.title.clone()}</h3>
                <p class="curve-caption">{caption}</p>
            </figcaption>
            <div class="curve-area" ref={node} {onpointermove} {onpointerleave}>
                <svg
                    width={decimal(frame.width)}
                    height={decimal(frame.height)}
                    role="img"
                    aria-label={summary}
                >
                    { marks.grid() }
                    if !points.is_empty() {
                        <path class="curve-fill" d={area(points, frame, time, shares)} />
                        <path class="curve-line" d={line(points, frame, time, shares)} />
                    }
                    if let Some(target) = milestone.target_ms {
                        { marks.target(target) }
                    }
                    if let Some(point) = read {
                        { marks.reading(point.ttv_ms, point.share) }
                    } else if let Some(median) = milestone.ttv.median_ms {
                        { marks.median(median, share_at(points, median)) }
                    }
                </svg>
                <CurveReader
                    points={points.clone()}
                    title={milestone.title.clone()}
                    reading={*reading}
                    {on_read}
                />
            </div>
            <p class="curve-note">
                {"Share by time since sign-up. Whoever may still get there counts for as long as \
                  they have been here (Kaplan–Meier)."}
            </p>
            <CurveAlternative points={points.clone()} axis={time} />
        </figure>
    }
}
