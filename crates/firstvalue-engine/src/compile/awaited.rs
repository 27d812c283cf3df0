//! The conditions for which steps of guides wait, as rules that a browser decides like any other.

use std::borrow::Cow;
use std::collections::BTreeMap;

use firstvalue_model::Playbook;
use firstvalue_model::guide::{Advance, Frequency, Guide, GuideContent, Step};

/// The playbook with a guide for each condition for which a step waits: due while it holds, without
/// content, and never to start. The renderer hears that it becomes due, as it hears everything that
/// happens; servers have no use for it.
pub(super) fn with_conditions_of_steps(playbook: &Playbook) -> Cow<'_, Playbook> {
    let mut with = Cow::Borrowed(playbook);
    for guide in playbook.guides.values() {
        for step in &guide.content.steps {
            if let Some((rule, decides)) = awaited(step, guide) {
                with.to_mut().guides.insert(rule, decides);
            }
        }
    }
    with
}

fn awaited(step: &Step, of: &Guide) -> Option<(String, Guide)> {
    let Some(Advance::When {
        rule,
        when: Some(when),
    }) = &step.advance
    else {
        return None;
    };
    let decides = Guide {
        audience: None,
        when: Some(when.clone()),
        page: None,
        frequency: Frequency::never(),
        priority: i32::MIN,
        content: GuideContent {
            kind: of.content.kind,
            title: None,
            slot: None,
            theme: of.content.theme.clone(),
            steps: Vec::new(),
            panel: None,
        },
        parts: BTreeMap::new(),
    };
    Some((rule.clone(), decides))
}
