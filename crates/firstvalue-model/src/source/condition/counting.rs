//! How many users of an account a condition holds of.

use crate::Condition;
use crate::source::comparison::{Compared, comparison};
use crate::source::fields::Fields;
use crate::source::node::Node;
use crate::source::reader::Reader;
use crate::source::scope::Scope;

use super::condition;

pub(super) fn users(reader: &mut Reader, node: &Node, fields: &mut Fields) -> Option<Condition> {
    let of = reader.about(Scope::Member, |reader| condition(reader, node));
    fields.misplaced(
        "within",
        "put it inside: `users: { did: …, within: … }`",
        reader,
    );
    for name in ["times", "is"] {
        fields.misplaced(name, "the number of users is `count`", reader);
    }
    let count = fields.require("count", "{ gte: 3 }", reader);
    let count = count.and_then(|node| comparison(reader, node, Compared::Count));
    Some(Condition::Users {
        of: Box::new(of?),
        count: count?,
    })
}
