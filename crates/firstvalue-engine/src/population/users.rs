//! The users of a population, by their places and by their ids.

use super::Member;
use super::places::Places;

/// Users. Whoever is taken out leaves a place that is given to the next.
#[derive(Debug, Clone, Default)]
pub(super) struct Users {
    /// Each on its own, so that the list can grow without moving what is known of them.
    list: Vec<Option<Box<Member>>>,
    vacant: Vec<u32>,
    places: Places,
}

impl Users {
    /// Where the user of an id stands.
    pub(super) fn place(&self, id: &str) -> Option<u32> {
        self.places.get(id, |place| id_at(&self.list, place))
    }

    /// Who stands at a place.
    pub(super) fn get(&self, place: u32) -> Option<&Member> {
        self.list.get(place as usize)?.as_deref()
    }

    /// Who stands at a place, to be changed.
    pub(super) fn get_mut(&mut self, place: u32) -> Option<&mut Member> {
        self.list.get_mut(place as usize)?.as_deref_mut()
    }

    /// Puts in a user whose id nobody has, and says where.
    pub(super) fn put(&mut self, member: Member) -> u32 {
        let member = Some(Box::new(member));
        let place = match self.vacant.pop() {
            Some(place) => {
                if let Some(gap) = self.list.get_mut(place as usize) {
                    *gap = member;
                }
                place
            }
            None => {
                self.list.push(member);
                u32::try_from(self.list.len() - 1).unwrap_or(u32::MAX)
            }
        };
        self.places.insert(place, |place| id_at(&self.list, place));
        place
    }

    /// Takes out the user of an id, and says where they were.
    pub(super) fn take(&mut self, id: &str) -> Option<(u32, Member)> {
        let place = self.places.remove(id, |place| id_at(&self.list, place))?;
        let member = self.list.get_mut(place as usize)?.take()?;
        self.vacant.push(place);
        Some((place, *member))
    }

    /// Has the user of an id go by another one, which nobody has.
    pub(super) fn rename(&mut self, id: &str, other: &str) {
        let Some(place) = self.places.remove(id, |place| id_at(&self.list, place)) else {
            return;
        };
        if let Some(member) = self.get_mut(place) {
            member.id = other.into();
        }
        self.places.insert(place, |place| id_at(&self.list, place));
    }

    /// All of them, in no particular order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Member> {
        self.list.iter().flatten().map(|member| &**member)
    }

    /// The places at which somebody may stand.
    pub(super) fn places(&self) -> impl Iterator<Item = u32> + use<> {
        (0..).take(self.list.len())
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }
}

fn id_at(list: &[Option<Box<Member>>], place: u32) -> &str {
    let member = list.get(place as usize).and_then(Option::as_deref);
    member.map_or("", |member| &member.id)
}
