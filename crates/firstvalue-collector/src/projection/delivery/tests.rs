use std::collections::{BTreeSet, HashMap};

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

use super::*;

const NOW: Millis = 1_767_603_600_000; // 2026-01-05T09:00:00Z

/// Messages of a page that come together.
#[derive(Debug, Clone)]
struct Sent {
    device: &'static str,
    page: u64,
    numbers: Vec<u32>,
    at: Millis,
    transport: Transport,
}

fn browser(page: u64) -> &'static str {
    ["Chrome", "Firefox"][(page % 2) as usize]
}

fn ledger(sent: &[Sent]) -> Ledger {
    let mut ledger = Ledger::default();
    for sent in sent {
        for number in &sent.numbers {
            enter(&mut ledger, sent, *number);
        }
    }
    ledger
}

fn enter(ledger: &mut Ledger, sent: &Sent, number: u32) {
    let message = Numbered {
        device: sent.device,
        page: sent.page,
        number,
        browser: Some(browser(sent.page)),
        transport: sent.transport,
    };
    // Pages of a month are open at the same time.
    ledger.wait(sent.at - (sent.at - NOW).rem_euclid(30 * DAY));
    ledger.enter(message, sent.at);
}

fn named(ledger: &Ledger, now: Millis) -> BTreeMap<(String, Transport), Counts> {
    let ways = ledger.since(Millis::MIN, now).into_iter();
    ways.map(|((place, transport), counts)| {
        let name = ledger.browser(place).unwrap().to_owned();
        ((name, transport), counts)
    })
    .collect()
}

/// The same, by looking at all messages of a page side by side, and then at every number one by one.
fn reference(sent: &[Sent], now: Millis) -> BTreeMap<(String, Transport), Counts> {
    let mut total: BTreeMap<(String, Transport), Counts> = BTreeMap::new();
    // By device and page: which number came with what.
    let mut pages: BTreeMap<(&str, u64), BTreeMap<u32, &Sent>> = BTreeMap::new();
    for sent in sent {
        for number in &sent.numbers {
            let page = pages.entry((sent.device, sent.page)).or_default();
            page.insert(*number, sent);
        }
    }
    let mut devices = BTreeSet::new();
    for ((device, page), numbers) in pages {
        // They come in order.
        let is_devices_first = devices.insert(device);
        let highest = *numbers.keys().max().unwrap();
        let last = numbers[&highest].at;
        // Of the last request, what is higher than everything before.
        let before = numbers.iter().filter(|(_, sent)| sent.at < last);
        let before = before.map(|(number, _)| *number).max().unwrap_or(0);
        let mut of_last = numbers
            .range(before + 1..)
            .filter(|(_, sent)| sent.at == last);
        let begins = *of_last.next().unwrap().0;
        for number in 1..=highest {
            let next = numbers.range(number..).next().unwrap().1;
            let counts = total
                .entry((browser(page).to_owned(), next.transport))
                .or_default();
            let is_judged = number < begins && !is_devices_first;
            let came = numbers.contains_key(&number);
            let is_settled = now - last > KEPT_FOR;
            counts.delivered += u64::from(came);
            counts.judged += u64::from(came && is_judged && is_settled);
            counts.lost += u64::from(!came && is_judged && is_settled);
            counts.awaited += u64::from(!came && is_judged && !is_settled);
        }
    }
    total.retain(|_, counts| *counts != Counts::default());
    total
}

prop_compose! {
    /// Requests of which some do not come, and others not in order; a number comes once, as in the store.
    fn requests()(
        drawn in vec((
            prop::sample::select(vec!["d1", "d2"]),
            1_u64..4,
            (0_u32..8, 1_u32..6, 0_u32..64),
            prop::sample::select(Transport::ALL.to_vec()),
            any::<bool>(),
        ), 1..24),
    ) -> Vec<Sent> {
        let half = drawn.len() / 2;
        let mut numbered: HashMap<_, BTreeSet<u32>> = HashMap::new();
        let requests = drawn.into_iter().enumerate();
        requests.filter_map(|(place, (device, page, (start, length, holes), transport, later))| {
            // Pages of a second month are others.
            let month = place / half.max(1);
            let page = page + month as u64 * 10;
            let known = numbered.entry((device, page)).or_default();
            let range = start * 5 + 1..start * 5 + 1 + length;
            let numbers = range.filter(|number| holes & (1 << (number % 6)) == 0 && known.insert(*number));
            let numbers: Vec<u32> = numbers.collect();
            let at = NOW + month as Millis * 30 * DAY + place as Millis * 1_000 + Millis::from(later);
            (!numbers.is_empty()).then_some(Sent { device, page, numbers, at, transport })
        }).collect()
    }
}

proptest! {
    #[test]
    fn it_says_what_looking_at_every_number_says(sent in requests(), days in 0_i64..40) {
        let now = sent.last().map_or(NOW, |sent| sent.at) + days * DAY;
        let ledger = ledger(&sent);
        prop_assert_eq!(named(&ledger, now), reference(&sent, now));
    }

    #[test]
    fn it_is_the_same_in_the_order_of_coming_and_of_being_made(sent in requests(), days in 0_i64..40) {
        let now = sent.last().map_or(NOW, |sent| sent.at) + days * DAY;
        let mut sent = sent;
        for sent in &mut sent {
            // As pages send them: one after the other.
            let first = sent.numbers[0];
            sent.numbers = sent.numbers.iter().copied().zip(first..).take_while(|(a, b)| a == b).map(|(a, _)| a).collect();
        }
        let mut made: Vec<_> = sent.iter().flat_map(|sent| sent.numbers.iter().map(move |number| (sent, *number))).collect();
        made.sort_by_key(|(sent, number)| (sent.page, *number));
        let mut again = Ledger::default();
        for (sent, number) in made {
            enter(&mut again, sent, number);
        }
        prop_assert_eq!(named(&again, now), named(&ledger(&sent), now));
    }

    #[test]
    fn what_is_taken_in_again_changes_nothing(sent in requests(), again in requests(), days in 0_i64..40) {
        let now = sent.last().map_or(NOW, |sent| sent.at) + days * DAY;
        let mut ledger = ledger(&sent);
        let before = named(&ledger, now);
        for sent in sent.iter().filter(|sent| sent.numbers.len() % 2 == again.len() % 2) {
            for number in &sent.numbers {
                enter(&mut ledger, sent, *number);
            }
        }
        prop_assert_eq!(named(&ledger, now), before);
    }
}

#[test]
fn a_message_of_our_package_says_what_matters() {
    let read = |message: Value| serde_json::from_value::<Message>(message).unwrap();
    let message = read(json!({
        "anonymousId": "d1", "userId": "u1",
        "context": {
            "sequence": 3_000_007, "browser": { "name": "Firefox", "version": "153" }, "transport": "beacon",
        },
    }));
    let expected = Numbered {
        device: "d1",
        page: 3,
        number: 7,
        browser: Some("Firefox"),
        transport: Transport::Beacon,
    };
    assert_eq!(Numbered::of(&message), Some(expected));
    for other in [
        json!({ "anonymousId": "d1" }),
        json!({ "anonymousId": "d1", "context": { "utcOffset": 60 } }),
        json!({ "anonymousId": "d1", "context": { "sequence": 3_000_000 } }),
        json!({ "anonymousId": "d1", "context": { "sequence": -1 } }),
        // It cannot count its pages.
        json!({ "anonymousId": "d1", "context": { "sequence": 7 } }),
        json!({ "userId": "u1", "context": { "sequence": 3_000_007 } }),
    ] {
        assert_eq!(Numbered::of(&read(other)), None);
    }
}

fn sent(page: u64, numbers: &[u32], at: Millis) -> Sent {
    Sent {
        device: "d1",
        page,
        numbers: numbers.to_vec(),
        at,
        transport: Transport::Fetch,
    }
}

fn counts(delivered: u64, awaited: u64, lost: u64, judged: u64) -> Counts {
    Counts {
        delivered,
        awaited,
        lost,
        judged,
    }
}

/// What a ledger says of everything.
fn all(ledger: &Ledger, now: Millis) -> Counts {
    let mut all = Counts::default();
    for counts in ledger.since(Millis::MIN, now).into_values() {
        all.add(counts);
    }
    all
}

#[test]
fn what_is_missing_is_awaited_for_as_long_as_it_can_come_and_then_lost() {
    let mut requests = vec![
        sent(1, &[2], NOW),
        sent(2, &[1, 2], NOW),
        sent(2, &[3, 4], NOW + 1),
        sent(2, &[7, 8], NOW + 2),
    ];
    let last = NOW + 2;
    let waiting = ledger(&requests);
    assert_eq!(all(&waiting, last + KEPT_FOR), counts(7, 2, 0, 0));
    assert_eq!(all(&waiting, last + KEPT_FOR + 1), counts(7, 0, 2, 4));
    assert_eq!(all(&waiting, last + KEPT_FOR + 1).loss(), Some(1.0 / 3.0));
    requests.push(sent(2, &[5], NOW + 3));
    let found = ledger(&requests);
    assert_eq!(all(&found, last + KEPT_FOR), counts(8, 1, 0, 0));
    assert_eq!(all(&found, last + KEPT_FOR + 1), counts(8, 0, 1, 5));
}

#[test]
fn a_device_that_was_erased_does_not_count_as_one_that_lost_something() {
    let mut ledger = ledger(&[
        sent(1, &[1], NOW),
        sent(2, &[1, 2, 3, 9], NOW),
        sent(2, &[10], NOW + 1),
    ]);
    assert_eq!(all(&ledger, NOW).awaited, 5);
    ledger.forget("d1");
    assert_eq!(all(&ledger, NOW), Counts::default());
    for request in [sent(2, &[11, 12], NOW + 2), sent(2, &[13], NOW + 3)] {
        for number in &request.numbers {
            enter(&mut ledger, &request, *number);
        }
    }
    assert_eq!(all(&ledger, NOW + 30 * DAY), counts(3, 0, 0, 0));
}

#[test]
fn days_are_told_apart_and_pages_that_are_over_are_let_go() {
    let ledger = ledger(&[
        sent(1, &[1, 2], NOW),
        sent(2, &[1, 2], NOW + 30 * DAY),
        sent(3, &[1, 2], NOW + 60 * DAY),
    ]);
    let delivered = |since| {
        let ways = ledger.since(NOW + since * DAY, NOW + 60 * DAY);
        ways.values().map(|counts| counts.delivered).sum::<u64>()
    };
    assert_eq!([0, 1, 30, 31, 60, 61].map(delivered), [6, 4, 4, 2, 2, 0]);
    assert_eq!(ledger.devices["d1"].pages.len(), 1);
}

#[test]
fn of_many_pages_at_a_time_only_those_are_given_up_that_were_silent_longest() {
    let many = MOST_PAGES as u64 + 50;
    let mut requests: Vec<_> = (1..=many)
        .map(|page| sent(page, &[1, 2], NOW + page as Millis))
        .collect();
    // Those that came last go on.
    requests.extend((many - 50..=many).map(|page| sent(page, &[4], NOW + (many + page) as Millis)));
    let ledger = ledger(&requests);
    assert_eq!(ledger.devices["d1"].pages.len(), MOST_PAGES);
    assert_eq!(
        all(&ledger, NOW + DAY),
        counts(2 * many + 51, 51, 0, 2 * 49 - 98)
    );
}

#[test]
fn of_a_page_with_a_hole_after_each_number_only_so_many_are_counted() {
    let holes: Vec<u32> = (1..=2 * MOST_GAPS as u32).map(|n| 2 * n).collect();
    let ledger = ledger(&[
        sent(1, &[1], NOW),
        sent(2, &holes, NOW),
        sent(2, &[u32::MAX], NOW + 1),
    ]);
    assert_eq!(all(&ledger, NOW).awaited, MOST_GAPS as u64);
}

/// Numbers from 0 to 1 that are the same every time.
fn draws(mut seed: u64) -> impl FnMut() -> f64 {
    move || {
        // SplitMix64.
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = seed;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[test]
fn injected_losses_are_found_to_a_tenth_of_a_percent_point() {
    let mut draw = draws(7);
    let mut arrived = Vec::new();
    let mut told: BTreeMap<(String, Transport), (u32, u32)> = BTreeMap::new();
    for page in 1..6_000 {
        let mut number = 0;
        for request in 0..50 {
            let transport = match draw() < 0.2 {
                true => Transport::Beacon,
                false => Transport::Fetch,
            };
            let is_lost = draw()
                < match (browser(page), transport) {
                    ("Chrome", Transport::Fetch) => 0.002,
                    ("Chrome", _) => 0.01,
                    (_, Transport::Fetch) => 0.005,
                    (_, _) => 0.03,
                };
            let messages = 1 + (draw() * 4.0) as u32;
            let (sent, lost) = told
                .entry((browser(page).to_owned(), transport))
                .or_default();
            *sent += messages;
            *lost += if is_lost { messages } else { 0 };
            if !is_lost {
                arrived.push(Sent {
                    device: "d1",
                    page,
                    numbers: (number + 1..=number + messages).collect(),
                    at: NOW + page as Millis * 60_000 + request,
                    transport,
                });
            }
            number += messages;
        }
    }
    let ledger = ledger(&arrived);
    let found = named(&ledger, NOW + 60 * DAY);
    let all = all(&ledger, NOW + 60 * DAY);
    let loss = |(sent, lost): (u32, u32)| f64::from(lost) / f64::from(sent);
    let sum = told
        .values()
        .fold((0, 0), |(a, b), (sent, lost)| (a + sent, b + lost));
    assert!((all.loss().unwrap() - loss(sum)).abs() < 0.001);
    // What is missing is counted where the next message came from, so of transports only their sum is exact.
    for name in ["Chrome", "Firefox"] {
        let of = |transport| (name.to_owned(), transport);
        let mut both = Counts::default();
        both.add(found[&of(Transport::Fetch)]);
        both.add(found[&of(Transport::Beacon)]);
        let (fetch, beacon) = (told[&of(Transport::Fetch)], told[&of(Transport::Beacon)]);
        let injected = loss((fetch.0 + beacon.0, fetch.1 + beacon.1));
        assert!(
            (both.loss().unwrap() - injected).abs() < 0.001,
            "{name}: {both:?}, {injected}"
        );
    }
}
