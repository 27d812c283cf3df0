//! The ledger of delivery: which messages of our package never came, told from the gaps in the numbers that
//! it gives them.
//!
//! `context.sequence` counts the messages of a page of a device from 1, in steps of one; which page it is
//! stands in the millions. A number that did not come before a higher one did is missing: it may still come
//! until a week after the last request of its page, since devices keep what they could not send for so long, and
//! is lost after that. What a page sent last cannot be known to be missing, so of the requests that could have
//! been, the last is left out of the count of what came. Then the share of losses is that of all requests, if
//! they are lost independently of each other.
//!
//! The first page that is seen of a device only counts as delivered: what it sent before may have been erased.
//! Of a page that is silent for a week nothing more is counted.

use std::collections::{BTreeMap, HashMap};

use firstvalue_model::message::{Message, transport};
use firstvalue_model::time::{DAY, Millis};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How long devices keep what they could not send; see `LIFETIME` in `www/loader/sender.ts`.
pub(crate) const KEPT_FOR: Millis = 7 * DAY;

/// Messages of a page are numbered from a multiple of this on; see `NUMBERS` in `www/loader/user.ts`.
const NUMBERS: u64 = 1_000_000;

/// The most browsers that are told apart, and the longest name: both are what clients say.
const MOST_BROWSERS: usize = 100;
const LONGEST_NAME: usize = 40;

/// The most pages of a device of which more is expected: of each document that it has loaded within a week.
const MOST_PAGES: usize = 200;

/// The most gaps of a page that are counted.
const MOST_GAPS: usize = 200;

/// How a message came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Transport {
    Fetch,
    Beacon,
    /// The browser did not say.
    Unknown,
}

impl Transport {
    const ALL: [Self; 3] = [Self::Fetch, Self::Beacon, Self::Unknown];

    fn of(said: Option<&Value>) -> Self {
        match said.and_then(Value::as_str) {
            Some(transport::FETCH) => Self::Fetch,
            Some(transport::BEACON) => Self::Beacon,
            _ => Self::Unknown,
        }
    }
}

/// What became of messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counts {
    /// Those that came.
    pub(crate) delivered: u64,
    /// Those that are missing and may still come.
    pub(crate) awaited: u64,
    /// Those that are missing for good.
    pub(crate) lost: u64,
    /// Those that came of which it would be known if they were lost.
    pub(crate) judged: u64,
}

impl Counts {
    /// The share of messages that are lost; `None` if of none it would be known.
    pub(crate) fn loss(&self) -> Option<f64> {
        let known = self.lost + self.judged;
        (known > 0).then(|| self.lost as f64 / known as f64)
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.delivered += other.delivered;
        self.awaited += other.awaited;
        self.lost += other.lost;
        self.judged += other.judged;
    }
}

/// By browser and transport. What is missing is counted under the transport of what came next.
pub(crate) type ByWay = BTreeMap<(u16, Transport), Counts>;

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ledger {
    browsers: Vec<String>,
    devices: HashMap<String, Device>,
    /// Of pages from which nothing comes any more, by the day of their last request.
    settled: BTreeMap<i64, ByWay>,
    /// When the latest message was made.
    clock: Millis,
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Device {
    /// Those of which more may come, in the order in which they began to.
    pages: Vec<Page>,
    /// The lowest that was seen.
    first: u64,
    /// The highest that is settled.
    settled: Option<u64>,
}

/// What came of a page.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Page {
    number: u64,
    /// The place of its browser's name.
    browser: u16,
    last: Request,
    /// Numbers that did not come, each gap with the transport of what came after it.
    gaps: Vec<Gap>,
    /// By transport.
    came: [Came; Transport::ALL.len()],
}

/// Messages that came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
struct Came {
    delivered: u32,
    /// Those of which it would be known if they were lost.
    judged: u32,
    /// Those with the numbers of the last request.
    last: u32,
}

/// The request with the highest number, and of its numbers those that are higher than any other's.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Request {
    /// When it came. Other requests of the page came at another moment.
    at: Millis,
    from: u32,
    to: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Gap {
    from: u32,
    to: u32,
    transport: Transport,
}

/// A message that came, as far as the ledger is concerned.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Numbered<'m> {
    device: &'m str,
    page: u64,
    number: u32,
    browser: Option<&'m str>,
    transport: Transport,
}

impl<'m> Numbered<'m> {
    /// `None` if our package did not send it, or on a device that could not count its pages.
    fn of(message: &'m Message) -> Option<Self> {
        let context = message.context.as_ref()?;
        let sequence = context.get("sequence")?.as_u64()?;
        let number = u32::try_from(sequence % NUMBERS).ok()?;
        let browser = context
            .get("browser")
            .and_then(|browser| browser.get("name"));
        Some(Self {
            device: message.anonymous_id.as_deref()?,
            page: Some(sequence / NUMBERS).filter(|page| *page > 0)?,
            number: Some(number).filter(|number| *number > 0)?,
            browser: browser.and_then(Value::as_str),
            transport: Transport::of(context.get("transport")),
        })
    }
}

impl Ledger {
    /// Takes in a message that was made at one moment and came at another. One that was taken in before changes
    /// nothing.
    pub(super) fn take(&mut self, message: &Message, made_at: Millis, received_at: Millis) {
        if let Some(message) = Numbered::of(message) {
            self.wait(made_at.min(received_at));
            self.enter(message, received_at);
        }
    }

    /// Lets time pass until something was made. What comes late says nothing about the time.
    fn wait(&mut self, until: Millis) {
        let day = |at: Millis| at.div_euclid(DAY);
        let is_another_day = day(until) > day(self.clock);
        self.clock = self.clock.max(until);
        if is_another_day {
            for device in self.devices.values_mut() {
                device.settle(until - KEPT_FOR, &mut self.settled);
            }
        }
    }

    fn enter(&mut self, message: Numbered<'_>, at: Millis) {
        let known = self.devices.get_mut(message.device);
        if let Some(page) = known.and_then(|device| device.page(message.page)) {
            page.take(message.number, at, message.transport);
            return;
        }
        let browser = self.place(message.browser);
        let device = self.devices.entry(message.device.to_owned());
        let device = device.or_insert_with(|| Device {
            first: message.page,
            ..Device::default()
        });
        if device
            .settled
            .is_some_and(|settled| message.page <= settled)
        {
            return;
        }
        device.first = device.first.min(message.page);
        if device.pages.len() >= MOST_PAGES
            && let Some(oldest) = device.pages.iter().map(|page| page.last.at).min()
        {
            device.settle(oldest + 1, &mut self.settled);
        }
        device.pages.push(Page::new(&message, browser, at));
    }

    /// The place of a browser's name; beyond all names if it has none.
    fn place(&mut self, name: Option<&str>) -> u16 {
        let known = self
            .browsers
            .iter()
            .position(|known| Some(known.as_str()) == name);
        let place = known.or_else(|| {
            let name = name.filter(|name| name.len() <= LONGEST_NAME)?;
            let place = self.browsers.len();
            (place < MOST_BROWSERS).then(|| {
                self.browsers.push(name.to_owned());
                place
            })
        });
        place
            .and_then(|place| place.try_into().ok())
            .unwrap_or(u16::MAX)
    }

    /// Forgets a device that was erased. What it counted for in days that are settled stays: nobody is named there.
    pub(super) fn forget(&mut self, device: &str) {
        self.devices.remove(device);
    }

    /// The name of a browser.
    pub(crate) fn browser(&self, place: u16) -> Option<&str> {
        self.browsers.get(usize::from(place)).map(String::as_str)
    }

    /// What became of the messages of pages that sent something at or after a moment, as it is known at another.
    pub(crate) fn since(&self, since: Millis, now: Millis) -> ByWay {
        let mut total = ByWay::new();
        // A day counts whole.
        for (_, counts) in self.settled.range(since.div_euclid(DAY)..) {
            for (way, counts) in counts {
                total.entry(*way).or_default().add(*counts);
            }
        }
        for device in self.devices.values() {
            for page in device.pages.iter().filter(|page| page.last.at >= since) {
                let is_settled = page.last.at < now - KEPT_FOR;
                page.add_to(&mut total, is_settled, page.number == device.first);
            }
        }
        total
    }
}

impl Device {
    fn page(&mut self, number: u64) -> Option<&mut Page> {
        // It is mostly the last.
        self.pages.iter_mut().rfind(|page| page.number == number)
    }

    /// Takes out the pages of which the last request came before a moment, and counts them with the day on which it did.
    fn settle(&mut self, before: Millis, days: &mut BTreeMap<i64, ByWay>) {
        for page in self.pages.extract_if(.., |page| page.last.at < before) {
            self.settled = self.settled.max(Some(page.number));
            let day = days.entry(page.last.at.div_euclid(DAY)).or_default();
            page.add_to(day, true, page.number == self.first);
        }
    }
}

impl Page {
    fn new(first: &Numbered<'_>, browser: u16, at: Millis) -> Self {
        let mut page = Self {
            number: first.page,
            browser,
            last: Request {
                at,
                from: first.number,
                to: first.number,
            },
            gaps: Vec::new(),
            came: Default::default(),
        };
        page.leave_out(1, first.number, first.transport);
        page.count_with_last(first.transport);
        page
    }

    fn came(&mut self, transport: Transport) -> &mut Came {
        let [fetch, beacon, unknown] = &mut self.came;
        match transport {
            Transport::Fetch => fetch,
            Transport::Beacon => beacon,
            Transport::Unknown => unknown,
        }
    }

    /// The numbers from one up to another are missing.
    fn leave_out(&mut self, from: u32, until: u32, transport: Transport) {
        if from < until && self.gaps.len() < MOST_GAPS {
            let to = until - 1;
            self.gaps.push(Gap {
                from,
                to,
                transport,
            });
        }
    }

    fn count_with_last(&mut self, transport: Transport) {
        let came = self.came(transport);
        came.delivered += 1;
        came.last += 1;
    }

    fn take(&mut self, number: u32, at: Millis, transport: Transport) {
        if number <= self.last.to {
            return self.fill(number, transport);
        }
        self.leave_out(self.last.to + 1, number, transport);
        if at != self.last.at {
            for came in &mut self.came {
                came.judged += std::mem::take(&mut came.last);
            }
            self.last.at = at;
            self.last.from = number;
        }
        self.last.to = number;
        self.count_with_last(transport);
    }

    /// A number came after a higher one, if it was missing.
    fn fill(&mut self, number: u32, transport: Transport) {
        let is_in = |gap: &Gap| (gap.from..=gap.to).contains(&number);
        let Some(place) = self.gaps.iter().position(is_in) else {
            return;
        };
        let gap = self.gaps.remove(place);
        self.leave_out(gap.from, number, transport);
        self.leave_out(number + 1, gap.to + 1, gap.transport);
        if number >= self.last.from {
            return self.count_with_last(transport);
        }
        let came = self.came(transport);
        came.delivered += 1;
        came.judged += 1;
    }

    /// Adds what is known of it; `is_settled` if nothing more can come, `is_first` if what it sent before may have
    /// been erased.
    fn add_to(&self, total: &mut ByWay, is_settled: bool, is_first: bool) {
        let mut add = |transport, counts| {
            let way = total.entry((self.browser, transport)).or_default();
            way.add(counts);
        };
        for (transport, came) in Transport::ALL.into_iter().zip(self.came) {
            // Of what may still come it is not yet known whether it is lost.
            let is_judged = is_settled && !is_first;
            let counts = Counts {
                delivered: came.delivered.into(),
                judged: if is_judged { came.judged.into() } else { 0 },
                ..Counts::default()
            };
            if came.delivered > 0 {
                add(transport, counts);
            }
        }
        let before_last = |gap: &&Gap| gap.to < self.last.from;
        for gap in self.gaps.iter().filter(before_last) {
            let mut counts = Counts::default();
            let missing = if is_settled {
                &mut counts.lost
            } else {
                &mut counts.awaited
            };
            *missing = (gap.to - gap.from + 1).into();
            if !is_first {
                add(gap.transport, counts);
            }
        }
    }
}

#[cfg(test)]
mod tests;
