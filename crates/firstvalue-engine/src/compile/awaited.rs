//! The conditions for which steps of guides wait, and by which they branch, as rules that a browser decides like
//! any other.

use std::borrow::Cow;
use std::collections::BTreeMap;

use firstvalue_model::guide::{Advance, Checklist, Frequency, Guide, GuideContent, Step};
use firstvalue_model::{Condition, Playbook};

/// The playbook with a guide for each condition for which a step waits or by which it branches: due while it
/// holds, without content, and never to start. The renderer hears that it becomes due, as it hears everything that
/// happens; servers have no use for it.
pub(super) fn with_conditions_of_steps(playbook: &Playbook) -> Cow<'_, Playbook> {
    let mut with = Cow::Borrowed(playbook);
    for guide in playbook.guides.values() {
        for step in &guide.content.steps {
            for (rule, when) in conditions(step) {
                let decides = deciding(when, guide);
                with.to_mut().guides.insert(rule.clone(), decides);
            }
        }
    }
    with
}

/// The conditions of a step, with their rules.
fn conditions(step: &Step) -> impl Iterator<Item = (&String, &Condition)> {
    let awaited = match &step.advance {
        Some(Advance::When { rule, when }) => Some(rule).zip(when.as_ref()),
        _ => None,
    };
    let branches = step.next.iter();
    let branches = branches.filter_map(|it| it.rule.as_ref().zip(it.when.as_ref()));
    awaited.into_iter().chain(branches)
}

/// A guide that only decides whether a condition of another holds.
fn deciding(when: &Condition, of: &Guide) -> Guide {
    Guide {
        audience: None,
        when: Some(when.clone()),
        page: None,
        frequency: Frequency::never(),
        priority: i32::MIN,
        content: GuideContent {
            kind: of.content.kind,
            title: None,
            slot: None,
            checklist: Checklist::default(),
            theme: of.content.theme.clone(),
            steps: Vec::new(),
            panel: None,
        },
        parts: BTreeMap::new(),
    }
}
