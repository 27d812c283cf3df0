//! What is sent: batches as the browser package makes them, in bytes.

use uuid::Uuid;

/// Users that events are spread over.
const USERS: u64 = 20_000;

/// Makes requests, each with ids of its own that are in the order of time, as clients make them.
pub struct Requests {
    batch: usize,
    next: u64,
    host: String,
    body: String,
    request: Vec<u8>,
}

impl Requests {
    /// Batches of so many events; `seed` tells senders apart.
    pub fn new(batch: usize, seed: u64, host: &str) -> Self {
        Self {
            batch,
            // Far apart, and odd steps go through all users.
            next: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            host: host.to_owned(),
            body: String::new(),
            request: Vec::new(),
        }
    }

    /// The next request.
    pub fn next(&mut self) -> &[u8] {
        let at = now();
        self.body.clear();
        self.body.push_str("{\"writeKey\":\"wk\",\"batch\":[");
        for place in 0..self.batch {
            self.next = self.next.wrapping_add(7_919);
            let (user, id) = (self.next % USERS, Uuid::now_v7());
            if place > 0 {
                self.body.push(',');
            }
            self.body += &format!(
                "{{\"type\":\"track\",\"messageId\":\"{id}\",\"anonymousId\":\"d-{user}\",\
                 \"userId\":\"u-{user}\",\"event\":\"{}\",\"properties\":{{\"rows\":{},\
                 \"template\":\"month-end\"}},\"timestamp\":{at},\"context\":{{\"utcOffset\":60,\
                 \"page\":{{\"path\":\"/reports/r-{user}\"}},\"library\":{{\"name\":\"firstvalue\",\
                 \"version\":\"0.1.0\"}}}}}}",
                NAMES
                    .get((self.next % 8) as usize)
                    .unwrap_or(&"report.viewed"),
                self.next % 1_000,
            );
        }
        self.body.push_str("]}");
        self.request.clear();
        self.request.extend_from_slice(
            format!(
                "POST /v1/batch HTTP/1.1\r\nhost: {}\r\ncontent-type: text/plain\r\n\
                 content-length: {}\r\n\r\n",
                self.host,
                self.body.len()
            )
            .as_bytes(),
        );
        self.request.extend_from_slice(self.body.as_bytes());
        &self.request
    }
}

const NAMES: [&str; 8] = [
    "report.created",
    "report.viewed",
    "report.viewed",
    "report.viewed",
    "page.viewed",
    "page.viewed",
    "report.shared",
    "session.started",
];

/// Milliseconds since the epoch.
fn now() -> u128 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |now| now.as_millis())
}
