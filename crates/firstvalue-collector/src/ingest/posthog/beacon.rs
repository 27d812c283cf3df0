//! What `posthog-js` sends when a page is left, as long as no settings have told it that gzip is understood:
//! a form, since a browser asks no questions before it sends one, with the JSON in base64 as `data`.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::error::HttpError;

/// What such a form begins with. No JSON does.
const DATA: &[u8] = b"data=";

/// The JSON of a body, be it in such a form or not.
pub(crate) fn unpack(body: Cow<'_, [u8]>) -> Result<Cow<'_, [u8]>, HttpError> {
    if !body.starts_with(DATA) {
        return Ok(body);
    }
    let Some((_, data)) = form_urlencoded::parse(&body).next() else {
        return Ok(body);
    };
    if data.trim_start().starts_with(['{', '[']) {
        return Ok(Cow::Owned(data.into_owned().into_bytes()));
    }
    STANDARD.decode(&*data).map(Cow::Owned).map_err(|error| {
        let message = format!("`data` is neither JSON nor readable as base64: {error}");
        HttpError::bad_request("invalid_form", message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_hold_json_as_it_is_or_in_base64() {
        for (body, expected) in [
            ("data=eyJhIjoi8J%2BYgD4%2FIn0%3D", r#"{"a":"😀>?"}"#),
            ("data=eyJhIjoxfQ%3D%3D&ver=1", r#"{"a":1}"#),
            (
                "data=%5B%7B%22a%22%3A%221%2B%31+%22%7D%5D",
                r#"[{"a":"1+1 "}]"#,
            ),
            (r#"{"data":"data="}"#, r#"{"data":"data="}"#),
            ("", ""),
        ] {
            let unpacked = unpack(Cow::Borrowed(body.as_bytes())).unwrap();
            assert_eq!(str::from_utf8(&unpacked).unwrap(), expected);
        }
        for body in ["data=%%%", "data=e", "data=\u{fffd}"] {
            unpack(Cow::Borrowed(body.as_bytes())).unwrap_err();
        }
    }
}
