//! Ids that stand for one person: what somebody did before they signed in is theirs.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// Who stands behind an id.
///
/// An `identify` call joins the anonymous id that it names to the user, and an `alias` call the
/// earlier id. An id belongs to whoever it was joined to first: of two who sign in on one device the
/// first has done what was done there before. What is said of an id counts for its person from the
/// beginning, not from the join.
#[derive(Debug, Clone, Default)]
pub struct Joins {
    places: HashMap<Box<str>, u32, RandomState>,
    people: Vec<Person>,
    /// Places of people who were forgotten, which are given to the next.
    vacant: Vec<u32>,
}

/// A person who is known by several ids.
#[derive(Debug, Clone, Default)]
struct Person {
    /// The one by which they go.
    name: Box<str>,
    ids: Vec<Box<str>>,
}

impl Joins {
    /// Everybody has one id.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether everybody has one id.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Notes that whoever is known as `id` is the person known as `other`. Returns whether that
    /// changes anything: it does not if the id belongs to somebody already.
    pub fn join(&mut self, id: &str, other: &str) -> bool {
        let place = self.places.get(id).copied();
        if id == other || place.is_some() && self.of(id) != id {
            return false;
        }
        let to = self.place(other);
        match place {
            // In a circle: the other one is known as this one already.
            Some(place) if place == to => return false,
            Some(place) => self.merge(place, to),
            None => {
                if let Some(person) = self.people.get_mut(to as usize) {
                    person.ids.push(id.into());
                }
                self.places.insert(id.into(), to);
            }
        }
        true
    }

    /// The id by which the person behind an id goes.
    pub fn of<'a>(&'a self, id: &'a str) -> &'a str {
        let place = self.places.get(id);
        let person = place.and_then(|place| self.people.get(*place as usize));
        person.map_or(id, |person| &person.name)
    }

    /// All ids of the person who goes by an id.
    pub fn ids<'a>(&'a self, name: &'a str) -> Vec<&'a str> {
        let place = self.places.get(name);
        match place.and_then(|place| self.people.get(*place as usize)) {
            Some(person) => person.ids.iter().map(|id| &**id).collect(),
            None => vec![name],
        }
    }

    /// All ids of each person who has several, first the one by which they go.
    pub fn people(&self) -> impl Iterator<Item = Vec<&str>> {
        let people = self.people.iter().filter(|person| person.ids.len() > 1);
        people.map(|person| {
            let name = &*person.name;
            let others = person.ids.iter().map(|id| &**id).filter(|id| *id != name);
            std::iter::once(name).chain(others).collect()
        })
    }

    /// Forgets that these ids were joined, which must be all ids of their people.
    pub fn forget(&mut self, ids: &[String]) {
        for id in ids {
            let Some(place) = self.places.remove(&**id) else {
                continue;
            };
            if let Some(person) = self.people.get_mut(place as usize)
                && !person.ids.is_empty()
            {
                *person = Person::default();
                self.vacant.push(place);
            }
        }
    }

    fn place(&mut self, id: &str) -> u32 {
        if let Some(place) = self.places.get(id) {
            return *place;
        }
        let person = Person {
            name: id.into(),
            ids: vec![id.into()],
        };
        let place = match self.vacant.pop() {
            Some(place) => {
                if let Some(gap) = self.people.get_mut(place as usize) {
                    *gap = person;
                }
                place
            }
            None => {
                self.people.push(person);
                u32::try_from(self.people.len() - 1).unwrap_or(u32::MAX)
            }
        };
        self.places.insert(id.into(), place);
        place
    }

    /// Makes one of two people, who goes by the name of the second. The ids of whoever has fewer are
    /// moved, so that a long chain of joins costs little.
    fn merge(&mut self, one: u32, other: u32) {
        let Ok([first, second]) = self.people.get_disjoint_mut([one as usize, other as usize])
        else {
            return;
        };
        let (from, into, place, gap) = if first.ids.len() > second.ids.len() {
            first.name = std::mem::take(&mut second.name);
            (second, first, one, other)
        } else {
            (first, second, other, one)
        };
        self.vacant.push(gap);
        for id in std::mem::take(from).ids {
            self.places.insert(id.clone(), place);
            into.ids.push(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(joins: &[(&str, &str)]) -> Joins {
        let mut joined = Joins::new();
        for (id, other) in joins {
            joined.join(id, other);
        }
        joined
    }

    #[test]
    fn an_id_belongs_to_whoever_it_was_joined_to_first() {
        let mut joins = joined(&[("device", "ann")]);
        assert!(!joins.join("device", "bob"));
        assert_eq!((joins.of("device"), joins.of("bob")), ("ann", "bob"));
        assert!(joins.join("phone", "ann"));
        assert_eq!(joins.ids("ann"), ["ann", "device", "phone"]);
        assert_eq!(joins.ids("bob"), ["bob"]);
    }

    #[test]
    fn chains_lead_to_their_end_in_whatever_order_they_are_made() {
        let chain = [("a", "b"), ("b", "c"), ("c", "d")];
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0], [0, 2, 1]] {
            let joins = joined(&order.map(|link| chain[link]));
            assert!("abcd".chars().all(|id| joins.of(&id.to_string()) == "d"));
            assert_eq!(joins.ids("d").len(), 4);
        }
    }

    #[test]
    fn circles_and_oneself_change_nothing() {
        let mut joins = joined(&[("a", "b"), ("b", "c")]);
        assert!(!joins.join("c", "a"));
        assert!(!joins.join("c", "c"));
        assert!(!Joins::new().join("x", "x"));
        assert_eq!(joins.of("a"), "c");
    }

    #[test]
    fn whoever_is_forgotten_leaves_nothing_behind() {
        let mut joins = joined(&[("device", "ann")]);
        for _ in 0..100 {
            joins.join("laptop", "bob");
            joins.join("phone", "bobby");
            joins.join("bob", "bobby");
            let ids = ["bob", "laptop", "phone", "bobby"];
            assert!(ids.iter().all(|id| joins.of(id) == "bobby"));
            joins.forget(&ids.map(str::to_owned));
            assert!(ids.iter().all(|id| joins.of(id) == *id));
        }
        assert_eq!(joins.ids("ann"), ["ann", "device"]);
        assert!(joins.people.len() <= 3, "{}", joins.people.len());
    }
}
