//! What is drawn around the curve: grid, target, median, and what is being read.

use crate::format::{decimal, duration, share};
use crate::plot::{Frame, ShareAxis, TimeAxis};
use yew::prelude::*;

/// What a label on the axis of time needs, in CSS pixels.
const LABEL: f64 = 56.0;

/// The axes of one drawing.
#[derive(Clone, Copy)]
pub struct Marks {
    pub frame: Frame,
    pub time: TimeAxis,
    pub shares: ShareAxis,
}

impl Marks {
    fn x(self, time: i64) -> f64 {
        self.frame.x(self.time.fraction(time))
    }

    fn y(self, share: f64) -> f64 {
        self.frame.y(self.shares.fraction(share))
    }

    /// Lines at round shares, ticks at round times.
    pub fn grid(self) -> Html {
        let (left, right) = (self.frame.left(), self.frame.right());
        let bottom = self.frame.bottom();
        let across = self.shares.ticks().map(|tick| {
            let (from, to) = (decimal(left), decimal(right));
            let (y, beside) = (decimal(self.y(tick)), decimal(left - 8.0));
            html! {
                <>
                    <line class="grid" x1={from} x2={to} y1={y.clone()} y2={y.clone()} />
                    <text class="tick" x={beside} {y} dy="4" text-anchor="end">{share(tick)}</text>
                </>
            }
        });
        let ticks = self.time.ticks(LABEL / (right - left));
        let along = ticks.into_iter().map(|tick| {
            let (x, y) = (decimal(self.x(tick)), decimal(bottom));
            let end = decimal(bottom + 4.0);
            html! {
                <>
                    <line class="grid-tick" x1={x.clone()} x2={x.clone()} y1={y.clone()} y2={end} />
                    <text class="tick" {x} {y} dy="18" text-anchor="middle">{duration(tick)}</text>
                </>
            }
        });
        html! { <>{ for across }{ for along }</> }
    }

    pub fn target(self, target: i64) -> Html {
        let x = self.x(target);
        let from = decimal(self.frame.top() - 6.0);
        let y = decimal(self.frame.top() - 10.0);
        html! {
            <>
                { self.down("target-line", target, from) }
                <text class="mark target-label" x={decimal(x)} {y} text-anchor={self.anchor(x)}>
                    { format!("Target {}", duration(target)) }
                </text>
            </>
        }
    }

    pub fn median(self, median: i64, share: f64) -> Html {
        let from = decimal(self.y(share));
        let label = format!("Median {}", duration(median));
        html! { <>{ self.down("median-line", median, from) }{ self.point(median, share, label) }</> }
    }

    /// What the pointer or the keyboard is at.
    pub fn reading(self, time: i64, at: f64) -> Html {
        let from = decimal(self.frame.top());
        let label = format!("{} by {}", share(at), duration(time));
        html! { <>{ self.down("reading-line", time, from) }{ self.point(time, at, label) }</> }
    }

    /// A line at a time, from a height down to the axis.
    fn down(self, class: &'static str, time: i64, from: String) -> Html {
        let x = decimal(self.x(time));
        let to = decimal(self.frame.bottom());
        html! { <line {class} x1={x.clone()} x2={x} y1={from} y2={to} /> }
    }

    /// A dot on the curve. Its label is on the side where the curve is lower, unless that
    /// would be off the drawing.
    fn point(self, time: i64, at: f64, label: String) -> Html {
        let (x, y) = (self.x(time), self.y(at));
        let leftwards = x - self.frame.left() > 90.0;
        let (anchor, beside) = if leftwards {
            ("end", x - 9.0)
        } else {
            ("start", x + 9.0)
        };
        html! {
            <>
                <circle class="dot" cx={decimal(x)} cy={decimal(y)} r="4" />
                <text class="mark" x={decimal(beside)} y={decimal(y - 7.0)} text-anchor={anchor}>
                    { label }
                </text>
            </>
        }
    }

    /// Labels near an end of the axis grow inwards.
    fn anchor(self, x: f64) -> &'static str {
        match (x - self.frame.left(), self.frame.right() - x) {
            (before, _) if before < 40.0 => "start",
            (_, after) if after < 40.0 => "end",
            _ => "middle",
        }
    }
}
