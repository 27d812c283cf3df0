//! Where a card stands beside its target: which side, how far along it, and where its arrow points.

use firstvalue_model::guide::Placement;

use super::{Rect, Size};

/// A side of the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Side {
    Top,
    Right,
    Bottom,
    Left,
}

impl Side {
    /// The side that an author asks for, if it is one.
    pub fn asked(placement: Placement) -> Option<Self> {
        match placement {
            Placement::Top => Some(Self::Top),
            Placement::Right => Some(Self::Right),
            Placement::Bottom => Some(Self::Bottom),
            Placement::Left => Some(Self::Left),
            Placement::Before | Placement::After => None,
        }
    }
}

/// What decides where a card stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Request {
    /// The part of the target that can be seen.
    pub target: Rect,
    /// The card.
    pub card: Size,
    /// Where the card may stand; already without a margin to the edges.
    pub area: Rect,
    /// The side that is asked for; by room when absent.
    pub side: Option<Side>,
    /// From the target to the card.
    pub gap: f64,
    /// The least distance from the arrow's centre to a corner of the card.
    pub corner: f64,
    /// Whether text runs from right to left, which decides between left and right.
    pub right_to_left: bool,
    /// What the card must not hide, since the user is at it.
    pub spare: Option<Rect>,
}

/// Where a card stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The card's left edge.
    pub x: f64,
    /// The card's top edge.
    pub y: f64,
    /// The side of the target on which it stands.
    pub side: Side,
    /// The centre of the arrow along the edge that faces the target, from that edge's start;
    /// `None` when the card had to move so far that an arrow would point at something else.
    pub arrow: Option<f64>,
}

/// Places a card: the side asked for, else the opposite one, else the others, whichever is the first
/// to have room for all of it and to hide nothing that must be spared; if none has, the first that
/// hides nothing; else the side with the most room. Along that side it is centred on the target and
/// shifted only as far as the area demands.
pub fn place(request: &Request) -> Placed {
    let sides = preference(request.side, request.right_to_left);
    let spares = |side: &Side| {
        let Some(spare) = request.spare else {
            return true;
        };
        let (x, y, ..) = stand(request, *side);
        let Size { width, height } = request.card;
        let card = Rect {
            x,
            y,
            width,
            height,
        };
        card.intersection(&spare).is_none()
    };
    let has_room = |side: &Side| lack(request, *side) <= 0.0;
    let mut free = sides.into_iter().filter(spares);
    let side = sides
        .into_iter()
        .find(|side| has_room(side) && spares(side))
        .or_else(|| request.spare.and_then(|_| free.next()))
        .unwrap_or_else(|| roomiest(request, sides));
    let Request { target, card, .. } = *request;
    let (centre_x, centre_y) = target.centre();
    let (shifted_x, shifted_y, x, y) = stand(request, side);
    // A card that could not keep its distance covers the target or has left it behind.
    let arrow = match side {
        Side::Top | Side::Bottom if near(y, shifted_y) => {
            along(centre_x - shifted_x, card.width, request.corner)
        }
        Side::Left | Side::Right if near(x, shifted_x) => {
            along(centre_y - shifted_y, card.height, request.corner)
        }
        _ => None,
    };
    Placed {
        x: shifted_x,
        y: shifted_y,
        side,
        arrow,
    }
}

/// The top left corner of a card on a side: as it can be, and as it would be if there were room.
fn stand(request: &Request, side: Side) -> (f64, f64, f64, f64) {
    let Request {
        target,
        card,
        area,
        gap,
        ..
    } = *request;
    let (centre_x, centre_y) = target.centre();
    let (x, y) = match side {
        Side::Top => (centre_x - card.width / 2.0, target.y - gap - card.height),
        Side::Bottom => (centre_x - card.width / 2.0, target.bottom() + gap),
        Side::Left => (target.x - gap - card.width, centre_y - card.height / 2.0),
        Side::Right => (target.right() + gap, centre_y - card.height / 2.0),
    };
    let shifted_x = within(x, card.width, area.x, area.right());
    let shifted_y = within(y, card.height, area.y, area.bottom());
    (shifted_x, shifted_y, x, y)
}

/// The sides in the order in which they are tried.
fn preference(asked: Option<Side>, right_to_left: bool) -> [Side; 4] {
    use Side::{Bottom, Left, Right, Top};
    let (start, end) = if right_to_left {
        (Right, Left)
    } else {
        (Left, Right)
    };
    match asked {
        None | Some(Bottom) => [Bottom, Top, end, start],
        Some(Top) => [Top, Bottom, end, start],
        Some(Left) => [Left, Right, Bottom, Top],
        Some(Right) => [Right, Left, Bottom, Top],
    }
}

/// How much room is missing on a side; zero or less if there is enough.
fn lack(request: &Request, side: Side) -> f64 {
    let Request {
        target,
        card,
        area,
        gap,
        ..
    } = request;
    let (across, along) = match side {
        Side::Top => (
            target.y - gap - card.height - area.y,
            area.width - card.width,
        ),
        Side::Bottom => (
            area.bottom() - target.bottom() - gap - card.height,
            area.width - card.width,
        ),
        Side::Left => (
            target.x - gap - card.width - area.x,
            area.height - card.height,
        ),
        Side::Right => (
            area.right() - target.right() - gap - card.width,
            area.height - card.height,
        ),
    };
    -across.min(along)
}

fn roomiest(request: &Request, sides: [Side; 4]) -> Side {
    let [first, rest @ ..] = sides;
    rest.into_iter().fold(first, |best, side| {
        if lack(request, side) < lack(request, best) {
            side
        } else {
            best
        }
    })
}

/// The position nearest to `start` at which something of this length lies between the bounds; at the
/// lower bound if it is longer than they are apart.
fn within(start: f64, length: f64, low: f64, high: f64) -> f64 {
    start.min(high - length).max(low)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1.0
}

/// The arrow's place along an edge, unless that is further than a corner's width off the target's centre.
fn along(wanted: f64, length: f64, corner: f64) -> Option<f64> {
    let held = within(wanted - corner, 2.0 * corner, 0.0, length) + corner;
    ((wanted - held).abs() <= corner).then_some(held)
}

#[cfg(test)]
mod tests;
