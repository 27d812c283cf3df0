//! Events as they come in.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::harness::{Harness, NOW, track};

/// A stream of events that somebody listens to.
struct Stream {
    response: Response<Body>,
    text: String,
}

impl Stream {
    async fn open(router: Router, last: Option<&str>) -> Self {
        let mut request =
            Request::get("/api/events/live").header("authorization", "Bearer at_test");
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = router
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self {
            response,
            text: String::new(),
        }
    }

    /// The id and the data of the next event; `None` at the end of the stream.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let event = event.to_owned();
                self.text = rest.to_owned();
                if let Some((id, data)) = event.split_once('\n') {
                    let id = id.strip_prefix("id: ").unwrap();
                    let data = data.strip_prefix("data: ").unwrap();
                    return Some((id.to_owned(), serde_json::from_str(data).unwrap()));
                }
                // A sign of life.
                assert_eq!(event, ":");
            }
            let frame = self.response.body_mut().frame().await?.unwrap();
            let piece = frame.into_data().unwrap();
            self.text += std::str::from_utf8(&piece).unwrap();
        }
    }
}

async fn send(harness: &Harness, ids: &[&str]) {
    let events: Vec<_> = ids.iter().map(|id| track(id, "u1", id, NOW)).collect();
    harness.batch(&events).await;
}

#[tokio::test]
async fn whoever_listens_gets_each_event_once_and_in_order() {
    let harness = Harness::start();
    send(&harness, &["before"]).await;
    let mut stream = Stream::open(harness.router(), None).await;
    send(&harness, &["a", "b"]).await;
    let (_, event) = stream.next().await.unwrap();
    assert_eq!(
        (&event["event"], &event["user"]),
        (&json!("a"), &json!("u1"))
    );
    assert_eq!(stream.next().await.unwrap().1["event"], "b");
    send(&harness, &["a", "c"]).await;
    let (last, event) = stream.next().await.unwrap();
    assert_eq!(event["event"], "c");

    // Who was away goes on where they were.
    drop(stream);
    send(&harness, &["d"]).await;
    let mut stream = Stream::open(harness.router(), Some(&last)).await;
    assert_eq!(stream.next().await.unwrap().1["event"], "d");
}

#[tokio::test]
async fn a_stream_ends_with_the_collector_and_does_not_hold_its_files() {
    let harness = Harness::start();
    let mut stream = Stream::open(harness.router(), None).await;
    let again = harness.restart();
    assert_eq!(stream.next().await, None);
    send(&again, &["a"]).await;
}
