//! From what happened to what is remembered of it, and to the conditions that this may change.

use firstvalue_model::EventMatch;
use firstvalue_model::message::{Object, PAGE_VIEWED};
use firstvalue_model::playbook::Per;

use super::{GUIDE_EVENTS, Input, State, Traits, What, list};
use crate::graph::{AtLeast, Graph};
use crate::query;
use crate::rules::Rules;
use crate::schedule::PUT_OFF;
use crate::uses::Touched;

impl State {
    /// Remembers what happened at the clock's moment, and has evaluated what depends on it.
    pub(crate) fn take_in(&mut self, rules: &Rules, input: &Input<'_>) {
        let uses = &rules.graph(self.per).uses;
        match input.what {
            What::Event { name, properties } => {
                self.remember(rules, input, name, properties);
                if name == PAGE_VIEWED && self.per == Per::User {
                    let path = properties.and_then(|it| it.get("path")?.as_str());
                    self.page = path.map(Box::from);
                    self.touch(&uses.of_page);
                }
            }
            What::Elsewhere { name, properties } => {
                self.remember(rules, input, name, properties);
            }
            What::Identify(traits) => {
                self.user_traits = self.user_traits.with(traits);
                self.touch(&uses.of_user_traits);
                if traits.contains_key("createdAt") {
                    self.created = self.user_traits.created().into();
                    self.touch(&uses.of_signup);
                }
            }
            What::Account(traits) => self.set_account_traits(rules, &Traits::of(traits)),
            What::Elements(visible) => {
                if *self.elements != *visible {
                    self.elements = visible.into();
                    self.touch(&uses.of_element);
                }
            }
            What::Seen => {}
        }
    }

    /// Replaces the traits of the account.
    pub(crate) fn set_account_traits(&mut self, rules: &Rules, traits: &Traits) {
        self.account_traits = traits.clone();
        let uses = &rules.graph(self.per).uses;
        self.touch(&uses.of_account_traits);
        if self.per == Per::Account {
            self.created = traits.created().into();
            self.touch(&uses.of_signup);
        }
    }

    fn remember(
        &mut self,
        rules: &Rules,
        input: &Input<'_>,
        name: &str,
        properties: Option<&Object>,
    ) {
        let graph = rules.graph(self.per);
        if let Some(touched) = graph.uses.event(name) {
            self.add_to_memories(graph, touched, input, name, properties);
        }
        if self.per == Per::Account {
            return;
        }
        let text = |name| properties?.get(name)?.as_str();
        if name.starts_with(GUIDE_EVENTS)
            && let Some(guide) = text("guide").and_then(|id| rules.guide(id))
            && let Some(history) = self.guides.get_mut(guide)
            && history.follow(name, input.at, || {
                let chosen = properties?.get("for")?.as_i64()?;
                let every = rules.guides.get(guide)?.frequency.every;
                Some(chosen.saturating_sub(every.unwrap_or(PUT_OFF)))
            })
            && let Some(nodes) = graph.uses.of_guide.get(guide)
        {
            self.touch(nodes);
        }
    }

    fn add_to_memories(
        &mut self,
        graph: &Graph,
        touched: &Touched,
        input: &Input<'_>,
        name: &str,
        properties: Option<&Object>,
    ) {
        let agrees = |event: &EventMatch| match (&event.query, properties) {
            (None, _) => true,
            (Some(query), Some(properties)) => query::matches(query, properties),
            (Some(query), None) => query::matches(query, &Object::new()),
        };
        let matches = |event: &EventMatch| event.name == name && agrees(event);
        for &place in &touched.atoms {
            let index = place as usize;
            if let (Some(atom), Some(memory)) =
                (graph.atoms.get(index), self.memories.get_mut(index))
                && agrees(&atom.event)
            {
                memory.add(input.at, input.utc_offset, properties, &atom.keep);
                let Some(nodes) = graph.uses.of_atom.get(index) else {
                    continue;
                };
                for &node in &nodes.always {
                    self.touched.add(node);
                }
                for run in &nodes.unless {
                    self.truth.missing(run.first, run.end(), |node| {
                        let asks = run.asks.get((node - run.first) as usize);
                        if match asks {
                            Some(AtLeast::Events(times)) => memory.has(times, input.at).holds,
                            _ => true,
                        } {
                            self.touched.add(node);
                        }
                    });
                }
            }
        }
        for &place in &touched.sequences {
            let index = place as usize;
            if let (Some(sequence), Some(progress)) =
                (graph.sequences.get(index), self.progress.get_mut(index))
                && !progress.done
            {
                let interrupts = sequence.without.iter().any(matches);
                let at_place = |n: usize| sequence.events.get(n).is_some_and(matches);
                let length = sequence.events.len();
                progress.add(input.at, length, sequence.within, interrupts, at_place);
                if progress.done {
                    self.touch(list(&graph.uses.of_sequence, place));
                }
            }
        }
    }
}
