use super::*;
use proptest::prelude::*;

const CARD: Size = Size {
    width: 300.0,
    height: 160.0,
};
const AREA: Rect = Rect {
    x: 12.0,
    y: 12.0,
    width: 1256.0,
    height: 696.0,
};

fn request(target: Rect, side: Option<Side>) -> Request {
    Request {
        target,
        card: CARD,
        area: AREA,
        side,
        gap: 12.0,
        corner: 20.0,
        right_to_left: false,
        spare: None,
    }
}

fn at(x: f64, y: f64) -> Rect {
    Rect {
        x,
        y,
        width: 100.0,
        height: 40.0,
    }
}

#[test]
fn stands_where_it_is_asked_to_when_there_is_room() {
    let target = at(600.0, 300.0);
    for (side, x, y) in [
        (Side::Top, 500.0, 128.0),
        (Side::Bottom, 500.0, 352.0),
        (Side::Left, 288.0, 240.0),
        (Side::Right, 712.0, 240.0),
    ] {
        let placed = place(&request(target, Some(side)));
        assert_eq!((placed.x, placed.y, placed.side), (x, y, side));
    }
}

#[test]
fn the_arrow_points_at_the_centre_of_the_target() {
    assert_eq!(
        place(&request(at(600.0, 300.0), Some(Side::Bottom))).arrow,
        Some(150.0)
    );
    // Shifted by the left edge: the card starts at 12, the target's centre is at 70.
    assert_eq!(
        place(&request(at(20.0, 300.0), Some(Side::Bottom))).arrow,
        Some(58.0)
    );
}

#[test]
fn the_arrow_keeps_away_from_rounded_corners() {
    let target = Rect {
        x: 12.0,
        y: 300.0,
        width: 20.0,
        height: 20.0,
    };
    assert_eq!(
        place(&request(target, Some(Side::Bottom))).arrow,
        Some(20.0)
    );
}

#[test]
fn flips_to_the_opposite_side_and_then_to_the_others() {
    assert_eq!(
        place(&request(at(600.0, 20.0), Some(Side::Top))).side,
        Side::Bottom
    );
    assert_eq!(
        place(&request(at(600.0, 660.0), Some(Side::Bottom))).side,
        Side::Top
    );
    assert_eq!(
        place(&request(at(20.0, 300.0), Some(Side::Left))).side,
        Side::Right
    );
    let tall = Rect {
        x: 600.0,
        y: 20.0,
        width: 100.0,
        height: 680.0,
    };
    assert_eq!(place(&request(tall, None)).side, Side::Right);
    assert_eq!(
        place(&Request {
            right_to_left: true,
            ..request(tall, None)
        })
        .side,
        Side::Left
    );
}

#[test]
fn without_room_anywhere_it_stays_in_the_area_without_an_arrow() {
    let everything = Rect {
        x: 0.0,
        y: 0.0,
        width: 1280.0,
        height: 720.0,
    };
    let placed = place(&request(everything, None));
    assert!(AREA.contains(&Rect {
        x: placed.x,
        y: placed.y,
        width: 300.0,
        height: 160.0
    }));
    assert_eq!(placed.arrow, None);
}

#[test]
fn a_target_out_of_sight_leaves_the_card_at_the_nearest_edge() {
    let placed = place(&request(at(600.0, -900.0), Some(Side::Bottom)));
    assert_eq!((placed.y, placed.arrow), (12.0, None));
}

proptest! {
    #[test]
    fn a_card_that_fits_lies_within_the_area(
        x in -2000.0..3000.0f64, y in -2000.0..3000.0f64,
        width in 0.0..2000.0f64, height in 0.0..2000.0f64, side in 0..5usize,
    ) {
        let side = [None, Some(Side::Top), Some(Side::Right), Some(Side::Bottom), Some(Side::Left)][side];
        let target = Rect { x, y, width, height };
        let placed = place(&request(target, side));
        let card = Rect { x: placed.x, y: placed.y, width: CARD.width, height: CARD.height };
        prop_assert!(AREA.contains(&card));
        if let Some(arrow) = placed.arrow {
            // Where there is an arrow, the card covers none of the target.
            prop_assert_eq!(card.intersection(&target), None);
            prop_assert!((20.0..=280.0).contains(&arrow));
        }
    }
}
