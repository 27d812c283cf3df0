//! What the root component draws: the live region, and one surface.

use firstvalue_model::guide::{Effect, Scheme};
use web_sys::Event;
use yew::prelude::*;

use super::running::{Running, Stage};
use super::{App, Msg};
use crate::components::{card, description_of, name_of, strip};
use crate::content::Form;

impl App {
    /// All that is in the shadow root. The live region is always there: one that comes with its text
    /// is not announced.
    pub(super) fn stage(&self, ctx: &Context<Self>) -> Html {
        html! {
            <>
                <div class="live" role="status" aria-live="polite" ref={&self.parts.live} />
                { for self.running.as_ref().and_then(|running| self.surface(ctx, running)) }
            </>
        }
    }

    fn surface(&self, ctx: &Context<Self>, running: &Running) -> Option<Html> {
        let Stage::Shown {
            screen,
            right_to_left,
            ..
        } = &running.stage
        else {
            return None;
        };
        let on_effect = ctx.link().callback(Msg::Act);
        let (name, description) = (name_of(screen), description_of(screen));
        let scheme = running.guide.theme.scheme.map(|scheme| match scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        });
        let surface = self.parts.surface.clone();
        let inner = match screen.form {
            Form::Anchored { spotlight } => html! {
                <>
                    <div class="hole" data-spot={spotlight.then_some("")} ref={&self.parts.hole} />
                    <div class="float" ref={surface} onkeydown={running.tab_to_target()}>
                        <div class="card" role="dialog" tabindex="-1" aria-labelledby={name} aria-describedby={description}>
                            { card(screen, &on_effect) }
                        </div>
                        <div class="arrow" ref={&self.parts.arrow} />
                    </div>
                </>
            },
            Form::Dialog => {
                let oncancel = ctx.link().callback(|event: Event| {
                    event.prevent_default();
                    Msg::Act(Effect::Dismiss)
                });
                html! {
                    <dialog class="card" tabindex="-1" ref={surface} aria-labelledby={name} aria-describedby={description} {oncancel}>
                        { card(screen, &on_effect) }
                    </dialog>
                }
            }
            Form::Strip { top } => html! {
                <section class="card strip" data-edge={if top { "top" } else { "bottom" }} tabindex="-1" ref={surface} aria-labelledby={name}>
                    { strip(screen, &on_effect) }
                </section>
            },
        };
        // A dialog stays open from step to step; anything else appears anew.
        let key = if screen.form == Form::Dialog {
            0
        } else {
            self.ticket.0
        };
        Some(html! {
            <div {key} class="page" data-scheme={scheme} dir={if *right_to_left { "rtl" } else { "ltr" }} ~style={&*running.style}>{ inner }</div>
        })
    }
}
