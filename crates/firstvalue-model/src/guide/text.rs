//! Text that end users read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The forms that languages have for numbers, as Unicode names them.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Text by language tag; what is written without a language stands under `""`.
///
/// What is known of the user is named in it and filled in by the guide renderer: `{{user.name|there}}`,
/// `{{user.trialEnds:date|soon}}`, `{{account.mrr:EUR|something}}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<String, Phrase>);

/// Text in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Phrase {
    /// As it stands.
    Plain(String),
    /// In the form that the language has for a number.
    Plural {
        /// The variable that holds the number, such as `user.reports`.
        plural: String,
        /// By category (see [`CATEGORIES`]; there is always `other`), or for one number alone.
        #[serde(flatten)]
        forms: BTreeMap<String, String>,
    },
}

impl Text {
    /// The text for a locale (`pt-BR`): that language tag, then one that is less narrow, then any other
    /// of the language, then what has no language, then English, then whatever there is. Of a text in
    /// several forms, that for most numbers.
    pub fn in_locale(&self, locale: &str) -> &str {
        self.nearest(locale).map_or("", Phrase::usual)
    }

    fn nearest(&self, locale: &str) -> Option<&Phrase> {
        let begins = |tag: &str, with: &str| {
            let rest = tag.get(with.len()..);
            tag.get(..with.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(with))
                && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let find = |with: &str| {
            let mut entries = self.0.iter();
            entries.find(|(tag, _)| begins(tag, with)).map(|(_, it)| it)
        };
        let mut wanted = locale;
        while !wanted.is_empty() {
            if let Some(found) = find(wanted) {
                return Some(found);
            }
            wanted = wanted.rsplit_once('-').map_or("", |(before, _)| before);
        }
        let first = || self.0.values().next();
        self.0.get("").or_else(|| find("en")).or_else(first)
    }
}

impl Phrase {
    /// The text, or its form for most numbers.
    pub fn usual(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Plural { forms, .. } => forms.get("other").map_or("", String::as_str),
        }
    }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(BTreeMap::from([(String::new(), text.into())]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(phrases: &[(&str, &str)]) -> Text {
        let phrases = phrases.iter();
        Text(
            phrases
                .map(|(tag, text)| ((*tag).to_owned(), (*text).into()))
                .collect(),
        )
    }

    /// As the guide renderer's own choice, which `tests/browser/texts.test.mjs` tests with the same.
    #[test]
    fn the_nearest_language_is_chosen() {
        let all = text(&[
            ("", "none"),
            ("de", "de"),
            ("de-AT", "de-AT"),
            ("en", "en"),
            ("pt-BR", "pt-BR"),
            ("zh-Hant", "zh-Hant"),
        ]);
        for (locale, expected) in [
            ("de-AT", "de-AT"),
            ("de-CH", "de"),
            ("DE-at", "de-AT"),
            ("pt", "pt-BR"),
            ("pt-PT", "pt-BR"),
            ("zh-Hant-TW", "zh-Hant"),
            ("zh", "zh-Hant"),
            ("en-GB", "en"),
            ("fr", "none"),
        ] {
            assert_eq!(all.in_locale(locale), expected, "{locale}");
        }
        let others = text(&[("ja", "ja"), ("ko", "ko")]);
        assert_eq!(others.in_locale("fr"), "ja");
        assert_eq!(Text::default().in_locale("fr"), "");
    }

    #[test]
    fn a_text_in_several_forms_is_written_as_one_mapping() {
        let written = r#"{"en":{"plural":"user.n","one":"one","other":"many"}}"#;
        let read: Text = serde_json::from_str(written).unwrap();
        assert_eq!(read.in_locale("en"), "many");
        assert_eq!(serde_json::to_string(&read).unwrap(), written);
    }
}
