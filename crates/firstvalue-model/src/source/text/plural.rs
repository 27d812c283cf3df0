//! A text in the forms that a language has for numbers: `{ plural: user.reports, one: …, other: … }`.

use std::collections::BTreeMap;

use super::{plain, variables};
use crate::guide::{CATEGORIES, Phrase};
use crate::source::fields::{Fields, unknown_key};
use crate::source::node::{Node, shortened};
use crate::source::reader::Reader;

/// The forms of languages besides `other`, which all have (Unicode CLDR 48, cardinal numbers). Of a language
/// that is not listed nothing is said. `many` of French and the like is for millions alone.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("ar", &["zero", "one", "two", "few", "many"]),
    ("bg", &["one"]),
    ("ca", &["one"]),
    ("cs", &["one", "few"]),
    ("da", &["one"]),
    ("de", &["one"]),
    ("el", &["one"]),
    ("en", &["one"]),
    ("es", &["one"]),
    ("et", &["one"]),
    ("fi", &["one"]),
    ("fr", &["one"]),
    ("he", &["one", "two"]),
    ("hi", &["one"]),
    ("hr", &["one", "few"]),
    ("hu", &["one"]),
    ("id", &[]),
    ("it", &["one"]),
    ("ja", &[]),
    ("ko", &[]),
    ("lt", &["one", "few"]),
    ("lv", &["zero", "one"]),
    ("nb", &["one"]),
    ("nl", &["one"]),
    ("pl", &["one", "few", "many"]),
    ("pt", &["one"]),
    ("ro", &["one", "few"]),
    ("ru", &["one", "few", "many"]),
    ("sk", &["one", "few"]),
    ("sl", &["one", "two", "few"]),
    ("sr", &["one", "few"]),
    ("sv", &["one"]),
    ("th", &[]),
    ("tr", &["one"]),
    ("uk", &["one", "few", "many"]),
    ("vi", &[]),
    ("zh", &[]),
];

pub(super) fn plural(reader: &mut Reader, language: &str, node: &Node) -> Option<Phrase> {
    let expected = "text, or `{ plural: user.reports, one: …, other: … }`";
    let mut fields = Fields::of(node, expected, reader)?;
    let by = fields.require("plural", "user.reports", reader);
    let by = by.and_then(|node| {
        let path = reader.text(node, "a trait such as `user.reports`")?;
        if variables::path_is_wrong(path) {
            let message = format!("`{}` names nothing that is known", shortened(path));
            let error = reader.error("variable", node.span, message);
            error.help("name a trait that is a number: `user.reports` or `account.seats`");
        }
        Some(path.trim().to_owned())
    });
    fields.require("other", "\"{{user.reports}} reports\"", reader);
    let mut forms = BTreeMap::new();
    for (key, node) in node
        .entries()
        .iter()
        .filter(|(key, _)| key.text != "plural")
    {
        let is_number = key.text.parse::<u32>().is_ok();
        if !is_number && !CATEGORIES.contains(&&*key.text) {
            unknown_key(key, ["plural"].into_iter().chain(CATEGORIES), reader);
            continue;
        }
        if let Some(text) = plain(reader, node, "text", by.as_deref()) {
            forms.insert(key.text.clone(), text);
        }
    }
    missing(reader, language, node, &forms);
    forms.get("other")?;
    Some(Phrase::Plural { plural: by?, forms })
}

/// Notes forms that the language has and the text does not.
fn missing(reader: &mut Reader, language: &str, node: &Node, forms: &BTreeMap<String, String>) {
    let general = language.split('-').next().unwrap_or_default();
    let known = LANGUAGES
        .iter()
        .find(|(tag, _)| general.eq_ignore_ascii_case(tag));
    let lacking: Vec<String> = known
        .iter()
        .flat_map(|(_, categories)| *categories)
        .filter(|category| !forms.contains_key(**category))
        .map(|category| format!("`{category}`"))
        .collect();
    if !lacking.is_empty() && forms.contains_key("other") {
        let message = format!("`{language}` has a form for numbers that is missing here");
        let error = reader.warning("plural-form", node.span, message);
        error.help(format!("add {}", lacking.join(", ")));
    }
}
