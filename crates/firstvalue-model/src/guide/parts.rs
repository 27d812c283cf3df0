//! Guides that stand on the page, as what decides sees them: each part on a condition is a guide of its own
//! that nobody starts, so that it is decided, and remembered as seen, like any other.

use std::collections::BTreeMap;

use super::{Checklist, Colours, Entry, Frequency, Guide, GuideContent, GuideKind, Notice, Step};
use crate::condition::Condition;

/// Between the id of a guide and that of its part; no id has it.
const SEPARATOR: char = '/';

impl Guide {
    /// Whether it starts when it is due and it is its turn.
    pub fn starts_by_itself(&self) -> bool {
        self.when.is_some() && !self.content.kind.stands()
    }
}

/// The guides with the parts of those that stand on the page beside them.
///
/// An entry that comes up by itself is a slideout. The others draw nothing of their own: their panel does.
pub fn with_parts(guides: &BTreeMap<String, Guide>) -> BTreeMap<String, Guide> {
    let mut all = BTreeMap::new();
    for (id, guide) in guides {
        let Some(panel) = &guide.content.panel else {
            all.insert(id.clone(), guide.clone());
            continue;
        };
        let mut standing = guide.clone();
        // It is there or not, so its page is a condition like any other.
        let page = standing.page.take().map(Condition::Page);
        standing.when = both(page, guide.when.clone());
        let part = |part: &str, content| Guide {
            when: both(standing.when.clone(), guide.parts.get(part).cloned()),
            content,
            parts: BTreeMap::new(),
            frequency: Frequency::default(),
            ..standing.clone()
        };
        let name = |part: &str| format!("{id}{SEPARATOR}{part}");
        for entry in &panel.entries {
            let popup = entry.notice == Notice::Popup;
            let content = if popup {
                popped_up(guide, entry)
            } else {
                nothing(guide)
            };
            let mut part = part(&entry.id, content);
            if popup && part.when.is_none() {
                part.when = Some(Condition::All(Vec::new()));
            }
            all.insert(name(&entry.id), part);
        }
        for section in panel
            .sections
            .iter()
            .filter_map(|section| section.id.as_ref())
        {
            all.insert(name(section), part(section, nothing(guide)));
        }
        let accent = standing.content.theme.accent.as_deref();
        let colours = accent.and_then(Colours::of);
        if let Some(panel) = &mut standing.content.panel {
            panel.colours = colours;
            panel.entries.sort_by(|a, b| b.date.cmp(&a.date));
        }
        all.insert(id.clone(), standing);
    }
    all
}

fn both(a: Option<Condition>, b: Option<Condition>) -> Option<Condition> {
    match (a, b) {
        (Some(a), Some(b)) => Some(Condition::All(vec![a, b])),
        (a, b) => a.or(b),
    }
}

fn nothing(guide: &Guide) -> GuideContent {
    GuideContent {
        steps: Vec::new(),
        panel: None,
        ..guide.content.clone()
    }
}

/// An entry that comes up by itself.
fn popped_up(guide: &Guide, entry: &Entry) -> GuideContent {
    let panel = guide.content.panel.as_ref();
    let step = Step {
        title: Some(entry.title.clone()),
        body: entry.body.clone(),
        placement: panel.and_then(|panel| panel.placement),
        actions: entry.actions.clone(),
        ..Step::default()
    };
    GuideContent {
        kind: GuideKind::Slideout,
        title: None,
        slot: None,
        checklist: Checklist::default(),
        theme: guide.content.theme.clone(),
        steps: vec![step],
        panel: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::{Panel, Text, Theme};

    fn entry(id: &str, date: &str, notice: Notice) -> Entry {
        Entry {
            id: id.to_owned(),
            date: date.to_owned(),
            title: Text::from(id),
            body: None,
            actions: Vec::new(),
            notice,
        }
    }

    #[test]
    fn entries_are_guides_of_their_own_and_the_newest_is_first() {
        let page = |path: &str| Condition::Page(path.to_owned());
        let entries = vec![
            entry("old", "2026-01-05", Notice::Badge),
            entry("new", "2026-03-01", Notice::Popup),
        ];
        let guide = Guide {
            audience: None,
            when: None,
            page: Some("/reports".to_owned()),
            frequency: Frequency::default(),
            priority: 7,
            content: GuideContent {
                kind: GuideKind::Announcement,
                title: Some(Text::from("What's new")),
                slot: None,
                checklist: Checklist::default(),
                theme: Theme::default(),
                steps: Vec::new(),
                panel: Some(Panel {
                    entries,
                    ..Panel::default()
                }),
            },
            parts: BTreeMap::from([("old".to_owned(), page("/old"))]),
        };
        let all = with_parts(&BTreeMap::from([("news".to_owned(), guide)]));
        assert_eq!(
            all.keys().collect::<Vec<_>>(),
            ["news", "news/new", "news/old"]
        );
        let [news, new, old] = ["news", "news/new", "news/old"].map(|id| &all[id]);
        assert_eq!(news.when, Some(page("/reports")));
        assert_eq!(
            old.when,
            Some(Condition::All(vec![page("/reports"), page("/old")]))
        );
        assert_eq!(
            [news, new, old].map(Guide::starts_by_itself),
            [false, true, false]
        );
        assert_eq!((new.priority, new.content.kind), (7, GuideKind::Slideout));
        let order = news.content.panel.as_ref().unwrap().entries.iter();
        assert_eq!(
            order.map(|entry| &*entry.id).collect::<Vec<_>>(),
            ["new", "old"]
        );
    }
}
