//! Which step follows which.

use super::Running;

impl Running {
    /// Where a step leads as things stand: to the step of the first of its branches that is open, else to the
    /// one after it. Past the last is the end.
    pub(in crate::app) fn after(&self, place: usize) -> usize {
        let steps = &self.guide.steps;
        let branches = steps.get(place).map_or(&[][..], |step| &step.next);
        let mut branches = branches.iter();
        let is_open = |rule: &String| self.known.is_due(rule);
        match branches.find(|branch| branch.rule.as_ref().is_none_or(is_open)) {
            None => place + 1,
            Some(branch) => {
                let to = branch.to.as_deref().and_then(|id| self.place_of(id));
                to.unwrap_or(steps.len())
            }
        }
    }

    /// The step before the one that is shown: that from which the user came. Nobody knows that after the page was
    /// loaded again; then it is the one that leads here as things stand.
    pub(in crate::app) fn before(&mut self) -> Option<usize> {
        if let Some(trodden) = self.trail.pop() {
            return Some(trodden);
        }
        let (mut place, mut before) = (0, None);
        // Branches may lead in a circle.
        for _ in 0..self.guide.steps.len() {
            if place == self.step {
                return before;
            }
            if self.answers.lead_to(&self.guide, place) {
                before = Some(place);
            }
            place = self.after(place);
        }
        self.step.checked_sub(1)
    }

    /// Whether conditions decide which step follows.
    pub(in crate::app) fn branches(&self) -> bool {
        let branches = self.step().map_or(&[][..], |step| &step.next);
        branches.iter().any(|branch| branch.rule.is_some())
    }

    /// The place of the step with this id.
    pub(in crate::app) fn place_of(&self, id: &str) -> Option<usize> {
        let mut steps = self.guide.steps.iter();
        steps.position(|step| step.id.as_deref() == Some(id))
    }
}
