//! The ways through a guide, from step to step.

use crate::guide::{Effect, Guide, GuideKind, Missing, Step};

/// Where each step of a guide leads.
pub(super) struct Ways<'a> {
    steps: &'a [Step],
    /// By step, the places of those that it leads to; past the last is the end.
    to: Vec<Vec<usize>>,
}

impl<'a> Ways<'a> {
    /// Those of a guide; `None` if it names a step that it does not have, which is an error of its own.
    pub(super) fn of(guide: &'a Guide) -> Option<Self> {
        let steps = guide.content.steps.as_slice();
        let place = |id: &str| steps.iter().position(|it| it.id.as_deref() == Some(id));
        let mut to = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            let mut places = Vec::new();
            if leads_on(guide, step) {
                for branch in &step.next {
                    places.push(match &branch.to {
                        Some(id) => place(id)?,
                        None => steps.len(),
                    });
                }
                if step.next.iter().all(|branch| branch.when.is_some()) {
                    places.push(number + 1);
                }
            }
            for action in &step.actions {
                if let (Effect::GoTo, Some(id)) = (action.effect, &action.with) {
                    places.push(place(id)?);
                }
            }
            to.push(places);
        }
        Some(Self { steps, to })
    }

    /// Of each step whether a way leads there from the first, and as the last of the end.
    pub(super) fn reached(&self) -> Vec<bool> {
        let mut reached = vec![false; self.to.len() + 1];
        let mut next = vec![0];
        while let Some(place) = next.pop() {
            if let Some(is) = reached.get_mut(place).filter(|is| !**is) {
                *is = true;
                next.extend(self.to.get(place).into_iter().flatten());
            }
        }
        reached
    }

    /// Of each step whether a way leads from there to an end, be it that of the guide or a button's.
    pub(super) fn ending(&self) -> Vec<bool> {
        let mut from = vec![Vec::new(); self.to.len() + 1];
        for (place, places) in self.to.iter().enumerate() {
            for to in places {
                if let Some(from) = from.get_mut(*to) {
                    from.push(place);
                }
            }
        }
        let mut ending = vec![false; self.to.len() + 1];
        let mut next = vec![self.to.len()];
        next.extend(self.steps.iter().enumerate().filter_map(|(place, step)| {
            let ends = |effect| {
                use Effect::{Complete, Dismiss, Snooze, Start};
                matches!(effect, Complete | Dismiss | Snooze | Start)
            };
            let by_button = step.actions.iter().any(|action| ends(action.effect));
            by_button.then_some(place)
        }));
        while let Some(place) = next.pop() {
            if let Some(is) = ending.get_mut(place).filter(|is| !**is) {
                *is = true;
                next.extend(from.get(place).into_iter().flatten());
            }
        }
        ending
    }
}

/// Whether anything moves a guide on from a step.
pub(super) fn leads_on(guide: &Guide, step: &Step) -> bool {
    let usual = guide.content.kind != GuideKind::Banner || guide.content.steps.len() > 1;
    // A task is done by its milestone, whatever its buttons do; an answer leads on. What need not be shown
    // is passed over.
    step.done.is_some()
        || step.ask.is_some()
        || step.advance.is_some()
        || !step.only_if.is_empty()
        || step.missing == Missing::Skip
        || step.actions.iter().any(|action| action.effect.moves_on())
        || (step.actions.is_empty() && usual)
}
