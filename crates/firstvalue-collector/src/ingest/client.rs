//! What the headers of a request say of the browser that sent it. It is kept with each event, so that
//! it can be told what arrives from which browsers, and how.

use axum::http::HeaderMap;
use axum::http::header::{HeaderName, USER_AGENT};
use firstvalue_model::message::{Object, transport};
use serde_json::{Value, json};
use woothee::parser::Parser;

/// How a script has sent a request. Browsers say it to whoever is reached by HTTPS, or on their own machine.
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// Programs with a `User-Agent` that people do not browse with.
const NO_BROWSERS: [&str; 3] = ["crawler", "misc", "UNKNOWN"];

/// The browser that sent a request, and how; nothing of what is not known.
#[derive(Debug, Default)]
pub(crate) struct Client {
    /// Its name and the first number of its version.
    browser: Option<Value>,
    transport: Option<&'static str>,
}

impl Client {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
        Self {
            browser: said(USER_AGENT).and_then(browser),
            // What asks for an answer is subject to CORS; a beacon asks for none.
            transport: match said(SEC_FETCH_MODE) {
                Some("cors" | "same-origin") => Some(transport::FETCH),
                Some("no-cors") => Some(transport::BEACON),
                _ => None,
            },
        }
    }

    /// Writes down with an event what is known.
    pub(crate) fn note_in(&self, event: &mut Object) {
        let browser = self.browser.clone().map(|browser| ("browser", browser));
        let transport = self.transport.map(|name| ("transport", name.into()));
        for (field, value) in browser.into_iter().chain(transport) {
            let context = event.entry("context").or_insert_with(|| json!({}));
            if let Some(context) = context.as_object_mut() {
                context.insert(field.to_owned(), value);
            }
        }
    }
}

fn browser(user_agent: &str) -> Option<Value> {
    let found = Parser::new().parse(user_agent)?;
    if NO_BROWSERS.contains(&found.category) {
        return None;
    }
    let version = found.version.split('.').next();
    let version = version.filter(|version| version.parse::<u32>().is_ok());
    Some(match version {
        Some(version) => json!({ "name": found.name, "version": version }),
        None => json!({ "name": found.name }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(headers: &[(&'static str, &'static str)], mut event: Value) -> Value {
        let headers = headers.iter().map(|(name, value)| {
            let name = HeaderName::from_static(name);
            (name, value.parse().unwrap())
        });
        Client::of(&headers.collect()).note_in(event.as_object_mut().unwrap());
        event
    }

    #[test]
    fn browsers_are_known_by_name_and_first_number() {
        for (user_agent, name, version) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
                "Chrome",
                "156",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
                "Firefox",
                "153",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Safari/605.1.15",
                "Safari",
                "18",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1",
                "Safari",
                "18",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
                "Edge",
                "131",
            ),
        ] {
            assert_eq!(
                noted(&[("user-agent", user_agent)], json!({})),
                json!({ "context": { "browser": { "name": name, "version": version } } })
            );
        }
    }

    #[test]
    fn servers_and_machines_are_no_browsers() {
        for user_agent in [
            "curl/8.1",
            "analytics-python/2.3",
            "Googlebot/2.1 (+http://www.google.com/bot.html)",
            "",
        ] {
            assert_eq!(noted(&[("user-agent", user_agent)], json!({})), json!({}));
        }
    }

    #[test]
    fn beacons_and_requests_that_want_an_answer_are_told_apart() {
        for (mode, expected) in [
            ("cors", json!({ "context": { "transport": "fetch" } })),
            (
                "same-origin",
                json!({ "context": { "transport": "fetch" } }),
            ),
            ("no-cors", json!({ "context": { "transport": "beacon" } })),
            ("navigate", json!({})),
        ] {
            assert_eq!(noted(&[("sec-fetch-mode", mode)], json!({})), expected);
        }
        assert_eq!(noted(&[], json!({})), json!({}));
    }

    #[test]
    fn what_else_the_event_says_of_itself_stands() {
        let event = json!({ "context": { "utcOffset": 60, "transport": "fetch" } });
        assert_eq!(noted(&[], event.clone()), event);
        assert_eq!(
            noted(&[("sec-fetch-mode", "no-cors")], event),
            json!({ "context": { "utcOffset": 60, "transport": "beacon" } })
        );
    }
}
