//! Business results, and what they are worth.

use super::fields::Fields;
use super::node::{Key, Node, shortened};
use super::reader::Reader;
use super::text::text;
use crate::guide::Text;
use crate::playbook::{Money, Outcome};

pub(super) fn outcome(reader: &mut Reader, key: &Key, node: &Node) -> Option<Outcome> {
    let expected = "an outcome such as `{ title: Hours saved, unit: h }`";
    let mut fields = Fields::of(node, expected, reader)?.named(key);
    let title = fields.take("title").and_then(|node| text(reader, node));
    let unit = fields.take("unit").and_then(|node| text(reader, node));
    let value_of_one = fields.take("value-of-one");
    let value_of_one = value_of_one.and_then(|node| money(reader, node));
    fields.finish(reader);
    Some(Outcome {
        title: title.unwrap_or_else(|| Text::from(&*key.text)),
        unit,
        value_of_one,
    })
}

fn money(reader: &mut Reader, node: &Node) -> Option<Money> {
    let expected = "an amount such as `{ amount: 40, currency: EUR }`";
    let mut fields = Fields::of(node, expected, reader)?;
    let amount = fields.require("amount", "40", reader);
    let amount = amount.and_then(|node| reader.number(node));
    let currency = fields.require("currency", "EUR", reader);
    let currency = currency.and_then(|node| currency_code(reader, node));
    fields.finish(reader);
    Some(Money {
        amount: amount?,
        currency: currency?,
    })
}

/// A code of ISO 4217, by which a browser writes amounts as the reader's country does. Which codes
/// there are changes, so only their form is looked at.
fn currency_code(reader: &mut Reader, node: &Node) -> Option<String> {
    const EXPECTED: &str = "the code of a currency such as `EUR`";
    let code = reader.text(node, EXPECTED)?;
    let is_code = |code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    if is_code(code) {
        return Some(code.to_owned());
    }
    let message = format!("expected {EXPECTED}, found `{}`", shortened(code));
    let error = reader.error("invalid-value", node.span, message);
    let upper = code.to_uppercase();
    if is_code(&upper) {
        error.help(format!("write `{upper}`"));
    } else {
        error.help("codes are those of ISO 4217: three capital letters");
    }
    None
}
