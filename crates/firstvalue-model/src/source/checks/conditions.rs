//! Conditions that never hold, that always hold, and parts that add nothing to the others.
//!
//! What is wrong is said where it is smallest: not of a whole condition if a part of it is wrong by
//! itself, and of two parts rather than of all. `{ all: [] }` and `{ any: [] }` are how one writes
//! "always" and "never", so nothing is said of those.

use super::place::{Owned, Placed};
use super::{completion, explain};
use crate::playbook::Per;
use crate::source::logic::Logic;
use crate::source::node::Node;
use crate::source::reader::Reader;
use crate::{Condition, GuideStanding, Playbook};

/// The most parts of one condition that are compared with each other, which takes their square.
const MOST_PARTS: usize = 60;

/// What is known of a condition, whether or not it had to be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Open,
    Never,
    Always,
}

pub(super) fn check(
    reader: &mut Reader,
    document: &Node,
    owned: &[Owned],
    playbook: &Playbook,
    [logic, due]: [&Logic; 2],
) {
    for condition in owned {
        let mut walk = Walk {
            reader,
            document,
            playbook,
            logic,
            due,
            about: condition.about,
        };
        walk.condition(condition.placed);
    }
}

struct Walk<'w, 't, 'a> {
    reader: &'w mut Reader<'t>,
    document: &'a Node,
    playbook: &'a Playbook,
    logic: &'a Logic<'a>,
    /// Likewise, where guides that are never due are never shown.
    due: &'a Logic<'a>,
    about: &'static [Per],
}

impl Walk<'_, '_, '_> {
    /// Reports what is wrong with a condition and its parts.
    fn condition(&mut self, placed: Placed) -> Verdict {
        match placed.condition {
            Condition::All(_) => self.joined(placed, Verdict::Never),
            Condition::Any(_) => self.joined(placed, Verdict::Always),
            Condition::Not(_) => {
                let part = placed.parts().into_iter().next();
                match part.map_or(Verdict::Open, |part| self.condition(part)) {
                    Verdict::Never => Verdict::Always,
                    Verdict::Always => Verdict::Never,
                    Verdict::Open => Verdict::Open,
                }
            }
            Condition::Users { .. } => {
                let about = std::mem::replace(&mut self.about, &[Per::User]);
                let part = placed.parts().into_iter().next();
                let of = part.map_or(Verdict::Open, |part| self.condition(part));
                self.about = about;
                match of {
                    Verdict::Never => self.verdict(placed.condition),
                    _ => self.single(placed),
                }
            }
            Condition::Audience(_) | Condition::Milestone { .. } | Condition::Guide { .. } => {
                self.named(placed)
            }
            _ => self.single(placed),
        }
    }

    /// What is known of it by itself.
    fn verdict(&self, condition: &Condition) -> Verdict {
        if self.all(|per| self.logic.never(condition, per)) {
            Verdict::Never
        } else if self.all(|per| self.logic.always(condition, per)) {
            Verdict::Always
        } else {
            Verdict::Open
        }
    }

    fn all(&self, holds: impl Fn(Per) -> bool) -> bool {
        self.about.iter().all(|per| holds(*per))
    }

    /// A condition without parts.
    fn single(&mut self, placed: Placed) -> Verdict {
        let verdict = self.verdict(placed.condition);
        match verdict {
            Verdict::Open => {}
            Verdict::Never => {
                let why = explain::never(placed, self.logic);
                let error = self.reader.error("never-holds", why.span, why.message);
                error.help(why.help);
            }
            Verdict::Always => {
                let why = explain::always(placed);
                let warning = self.reader.warning("always-holds", why.span, why.message);
                warning.help(why.help);
            }
        }
        verdict
    }

    /// A condition that is about something which stands elsewhere: what is wrong with that is
    /// reported there.
    fn named(&mut self, placed: Placed) -> Verdict {
        const PUT_RIGHT: &str = "so this never holds; put right what is declared there";
        let (key, id, dead, message, help) = match placed.condition {
            Condition::Audience(id) => (
                "audience",
                id,
                self.is_empty(id),
                format!("nobody is ever in the audience `{id}`"),
                PUT_RIGHT,
            ),
            Condition::Milestone { id, .. } => (
                "milestone",
                id,
                self.due.is_unreachable(id),
                format!("the milestone `{id}` is never reached"),
                PUT_RIGHT,
            ),
            Condition::Guide { id, is }
                if *is == GuideStanding::Completed && self.is_endless(id) =>
            {
                (
                    "guide",
                    id,
                    true,
                    format!("nothing in the guide `{id}` completes it"),
                    "so this never holds; give its last step a button that does `complete`",
                )
            }
            Condition::Guide { id, .. } => (
                "guide",
                id,
                self.due.is_silent(id),
                format!("the guide `{id}` never starts by itself"),
                "so this never holds, unless the host starts it; put right what is declared there",
            ),
            _ => return Verdict::Open,
        };
        if dead {
            let span = placed.node.get(key).map_or(placed.span, |node| node.span);
            let section = self.document.get(&format!("{key}s"));
            let declared = section.and_then(|section| section.entry(id));
            let warning = self.reader.warning("unreachable", span, message);
            if let Some((key, _)) = declared {
                warning.see(key.span, "declared here");
            }
            warning.help(help);
            return Verdict::Never;
        }
        match placed.condition {
            Condition::Milestone { ago: Some(_), .. } => self.single(placed),
            condition => self.verdict(condition),
        }
    }

    /// Whether nothing follows a guide to its end.
    fn is_endless(&self, guide: &str) -> bool {
        let guide = self.playbook.guides.get(guide);
        guide.is_some_and(|guide| !completion::is_possible(guide))
    }

    fn is_empty(&self, audience: &str) -> bool {
        let audience = self.playbook.audiences.get(audience);
        audience.is_some_and(|condition| self.all(|per| self.due.never(condition, per)))
    }

    /// A condition that joins others: one part that is `decides` makes all of it so.
    fn joined(&mut self, placed: Placed, decides: Verdict) -> Verdict {
        let neutral = match decides {
            Verdict::Never => Verdict::Always,
            _ => Verdict::Never,
        };
        let parts = placed.parts();
        let verdicts: Vec<Verdict> = parts.iter().map(|part| self.condition(*part)).collect();
        if verdicts.contains(&decides) {
            return decides;
        }
        let open: Vec<Placed> = parts
            .into_iter()
            .zip(&verdicts)
            .filter(|(_, verdict)| **verdict == Verdict::Open)
            .map(|(part, _)| part)
            .collect();
        if open.is_empty() {
            return neutral;
        }
        if open.len() > 1 && self.decided(&open, decides) {
            self.report_decided(placed, &open, decides);
            return decides;
        }
        self.find_redundant(&open, decides);
        Verdict::Open
    }

    /// Whether the parts together never hold (of `all`), or one of them always does (of `any`).
    fn decided(&self, parts: &[Placed], decides: Verdict) -> bool {
        let conditions: Vec<&Condition> = parts.iter().map(|part| part.condition).collect();
        self.all(|per| match decides {
            Verdict::Never => self.logic.exclude(&conditions, per),
            _ => self.logic.cover(&conditions, per),
        })
    }

    fn report_decided(&mut self, placed: Placed, parts: &[Placed], decides: Verdict) {
        let pairs = pairs(parts);
        let pair = pairs
            .into_iter()
            .find(|(first, second)| self.decided(&[*first, *second], decides));
        match (pair, decides) {
            (Some((first, second)), Verdict::Never) => {
                let message = "this and another part of the same `all` never hold together";
                let error = self.reader.error("never-holds", second.span, message);
                error.see(first.span, "the other part");
                error.help("if either will do write `any: [ … ]`, else put one of them right");
            }
            (Some((first, second)), _) => {
                let message = "either this or another part of the same `any` always holds";
                let warning = self.reader.warning("always-holds", second.span, message);
                warning.see(first.span, "the other part");
                warning.help("if both must hold write `all: [ … ]`, else remove the whole `any`");
            }
            (None, Verdict::Never) => {
                let message = "the parts of this `all` never hold together";
                let error = self.reader.error("never-holds", placed.span, message);
                error.help("put one of them right; any two of them are possible together");
            }
            (None, _) => {
                let message = "one part of this `any` always holds, whichever it is";
                let warning = self.reader.warning("always-holds", placed.span, message);
                warning.help("put one of them right, or remove the whole `any`");
            }
        }
    }

    /// Reports parts that say no more than another one does.
    fn find_redundant(&mut self, parts: &[Placed], decides: Verdict) {
        let mut redundant = Vec::new();
        for (first, second) in pairs(parts) {
            if redundant.contains(&first.span) || redundant.contains(&second.span) {
                continue;
            }
            // Of two that say the same it is the second that is one too many.
            let [from, to] = match decides {
                Verdict::Never => [first, second],
                _ => [second, first],
            };
            let (useless, other) = if self.follows(from, to) {
                (second, first)
            } else if self.follows(to, from) {
                (first, second)
            } else {
                continue;
            };
            redundant.push(useless.span);
            let message = match decides {
                Verdict::Never => {
                    "this adds nothing: it holds whenever another part of the `all` does"
                }
                _ => "this adds nothing: another part of the `any` holds whenever it does",
            };
            let warning = self.reader.warning("redundant", useless.span, message);
            warning.see(other.span, "the other part");
            warning.help("remove it, or change it into what was meant");
        }
    }

    /// Whether one holds whenever the other does.
    fn follows(&self, from: Placed, to: Placed) -> bool {
        self.all(|per| self.logic.follows(&[from.condition], to.condition, per))
    }
}

/// Each part with each that comes after it.
fn pairs<'p>(parts: &[Placed<'p>]) -> Vec<(Placed<'p>, Placed<'p>)> {
    let parts = parts.get(..MOST_PARTS.min(parts.len())).unwrap_or_default();
    let after = |(place, first): (usize, &Placed<'p>)| {
        let first = *first;
        parts
            .iter()
            .skip(place + 1)
            .map(move |second| (first, *second))
            .collect::<Vec<_>>()
    };
    parts.iter().enumerate().flat_map(after).collect()
}
