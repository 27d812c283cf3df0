//! What the root component draws: the live region, and one surface.

use firstvalue_model::guide::Scheme;
use web_sys::Event;
use yew::prelude::*;

use super::running::{Running, Stage};
use super::{App, Msg};
use crate::ALL;
use crate::components::node::{Node, button, node};
use crate::components::{Act, NOTE_ID, card, description_of, name_of, strip, tasks};
use crate::content::Form;

impl App {
    /// Whether we draw, and not the host.
    pub(super) fn is_ours(&self, ctx: &Context<Self>) -> bool {
        !ALL || ctx.props().draw.is_none()
    }

    /// All that is in the shadow root.
    pub(super) fn stage(&self, ctx: &Context<Self>) -> Html {
        // It is always there: a live region that comes with its text is not announced.
        let live = node("div", "live")
            .fixed("role", "status")
            .fixed("aria-live", "polite")
            .at(&self.parts.live);
        // Where the host draws, only the live region is ours.
        let ours = self.running.as_ref().filter(|_| self.is_ours(ctx));
        let surface = ours.and_then(|it| self.surface(ctx, it));
        let all = [Some(live.into()), surface];
        all.into_iter().flatten().collect()
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
        let on_act = ctx.link().callback(Msg::Act);
        let (name, description) = (name_of(screen), description_of(screen));
        let scheme = running.guide.theme.scheme.map(|scheme| match scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        });
        let edge = |top: bool| {
            if top == running.flipped {
                "bottom"
            } else {
                "top"
            }
        };
        let named = |node: Node| node.fixed("tabindex", "-1").fixed("aria-labelledby", name);
        let note = running.note();
        let description = match (description, note) {
            (Some(_), Some(_)) => Some("body note"),
            (None, Some(_)) => Some(NOTE_ID),
            (described, None) => described,
        };
        let described = |node: Node| named(node).perhaps("aria-describedby", description);
        // All but a card beside its target are the surface themselves.
        let surface = |tag, class| node(tag, class).at(&self.parts.surface);
        let card = |node: Node| card(described(node), screen, note, &running.answers.now, &on_act);
        let float = |hole: Option<Node>| {
            let dialog = card(node("div", "card").fixed("role", "dialog"));
            let arrow = node("div", "arrow").at(&self.parts.arrow);
            let float = surface("div", "float").on("onkeydown", running.tab_to_target());
            // It moves along with the card, so that one element is moved as the page scrolls.
            let float = hole.into_iter().fold(float, Node::child);
            Html::from(float.child(dialog).child(arrow))
        };
        let inner: Html = match screen.form {
            Form::Anchored { spotlight } => {
                let hole = node("div", "hole").at(&self.parts.hole);
                float(Some(hole.flag("data-spot", spotlight)))
            }
            Form::Beacon
            | Form::Strip { .. }
            | Form::Inline(_)
            | Form::Corner { .. }
            | Form::Tasks { .. }
                if !ALL =>
            {
                return None;
            }
            Form::Beacon => {
                let open = running.open.is_some();
                let beacon = button("beacon", &on_act, Act::Fold)
                    .at(&self.parts.hole)
                    .written("aria-label", &screen.name())
                    .expanded(open);
                if open {
                    [beacon.into(), float(None)].into_iter().collect()
                } else {
                    beacon.into()
                }
            }
            Form::Dialog => {
                let cancel = on_act.reform(|event: Event| {
                    event.prevent_default();
                    Act::Escape
                });
                card(surface("dialog", "card").on("oncancel", cancel)).into()
            }
            Form::Strip { top } => {
                let section = named(surface("section", "card strip"));
                strip(section.fixed("data-edge", edge(top)), screen, &on_act).into()
            }
            Form::Inline(_) => {
                strip(named(surface("section", "card strip")), screen, &on_act).into()
            }
            Form::Corner { left } => {
                let side = left.map(|left| if left { "left" } else { "right" });
                let corner = surface("div", "card corner")
                    .fixed("role", "dialog")
                    .fixed("data-edge", edge(false))
                    .perhaps("data-left", side);
                card(corner).into()
            }
            Form::Tasks { slot } => {
                let section = surface("section", if slot { "card slot" } else { "card corner" });
                let section = named(section)
                    .perhaps("data-edge", Some(edge(false)).filter(|_| !slot))
                    .flag("data-folded", running.known.folded);
                tasks(section, running.tasks(), screen, &on_act).into()
            }
        };
        // A dialog stays open from step to step; anything else appears anew.
        let key = if screen.form == Form::Dialog {
            0
        } else {
            self.ticket.0
        };
        let page = node("div", "page")
            .perhaps("data-scheme", scheme)
            .fixed("dir", if *right_to_left { "rtl" } else { "ltr" })
            .styled(&running.style)
            .having(|page| page.key = Some(key.into()))
            .child(inner)
            .into();
        Some(match running.slot.as_ref().filter(|_| ALL) {
            Some(slot) => create_portal(page, slot.stage().clone()),
            None => page,
        })
    }
}
