use std::time::Duration;

/// How much of everything is taken. The defaults are Segment's where Segment has any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a body as sent, compressed or not.
    pub body: usize,
    /// Bytes of a body after decompression.
    pub unpacked: usize,
    /// Events of one request.
    pub events: usize,
    /// Bytes of an event as JSON.
    pub event: usize,
    /// How deep objects and arrays of an event may lie within each other; at most 127.
    pub depth: usize,
    /// Keys of an event, those of objects within it included.
    pub keys: usize,
    /// How long a body may take to arrive.
    pub body_time: Duration,
    /// How long a client may take nothing of an export.
    pub answer_time: Duration,
    /// How long a connection may be silent before a request, and how long the header of one may
    /// take to arrive. Proxies keep silent connections for a minute.
    pub header_time: Duration,
    /// Bytes of a request's header; at least 8,192.
    pub header: usize,
    /// Connections at a time; whoever comes beyond that waits.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 500 * 1_024,
            unpacked: 4 * 1_024 * 1_024,
            events: 10_000,
            event: 32 * 1_024,
            depth: 32,
            keys: 1_000,
            body_time: Duration::from_secs(30),
            answer_time: Duration::from_secs(60),
            header_time: Duration::from_secs(75),
            header: 32 * 1_024,
            connections: 4_096,
        }
    }
}

/// So many bytes, for people.
pub(crate) fn size(bytes: usize) -> String {
    match bytes {
        1_024.. if bytes.is_multiple_of(1_024) => format!("{} KB", bytes / 1_024),
        _ => format!("{bytes} bytes"),
    }
}
