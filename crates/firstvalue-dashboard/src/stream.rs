//! A stream of server-sent events, piece by piece as it comes.

use crate::api::Event;

/// Reads a stream. A piece may end anywhere, also within a letter.
#[derive(Default)]
pub struct Stream {
    begun: Vec<u8>,
    /// The last event that came, by its place.
    last: Option<String>,
}

impl Stream {
    /// The last event that came: where to go on.
    pub fn last(&self) -> Option<&str> {
        self.last.as_deref()
    }

    /// What another connection brings begins anew.
    pub fn reconnect(&mut self) {
        self.begun.clear();
    }

    /// The events that are whole with this piece.
    pub fn read(&mut self, piece: &[u8]) -> Vec<Event> {
        self.begun.extend_from_slice(piece);
        let mut events = Vec::new();
        while let Some(end) = self.begun.windows(2).position(|two| two == b"\n\n") {
            let message: Vec<u8> = self.begun.drain(..end + 2).collect();
            let message = String::from_utf8_lossy(&message);
            for line in message.lines() {
                if let Some(id) = line.strip_prefix("id: ") {
                    self.last = Some(String::from(id));
                } else if let Some(data) = line.strip_prefix("data: ") {
                    // What a later version sends otherwise is left out.
                    events.extend(serde_json::from_str::<Event>(data).ok());
                }
            }
        }
        events
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_wherever_pieces_end() {
        let data = r#"{"at":5,"received_at":6,"user":"Åsa","type":"track","event":"a"}"#;
        let sent = format!(":\n\nid: 7\ndata: {data}\n\n:\n\nid: 8\ndata: {data}\n\nid: 9\nda");
        for size in [1, 2, 7, sent.len()] {
            let mut stream = Stream::default();
            let pieces = sent.as_bytes().chunks(size);
            let events: Vec<Event> = pieces.flat_map(|piece| stream.read(piece)).collect();
            assert_eq!(events.len(), 2, "{size}");
            assert_eq!(events[0].user.as_deref(), Some("Åsa"));
            assert_eq!(stream.last(), Some("8"));
            stream.reconnect();
            assert_eq!(stream.read(b"id: 9\ndata: {}\n\n").len(), 0);
            assert_eq!(stream.last(), Some("9"));
        }
    }
}
