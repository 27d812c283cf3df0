//! How a user stands: since sign-up, with milestones, guides and audiences.

use crate::source::choice::choice;
use crate::source::comparison::{Compared, comparison};
use crate::source::fields::Fields;
use crate::source::node::{Content, Node};
use crate::source::reader::Reader;
use crate::source::references::Kind;
use crate::{Condition, GuideStanding};

/// The id of something that the playbook declares.
pub(in crate::source) fn named(reader: &mut Reader, node: &Node, kind: Kind) -> Option<String> {
    let expected = format!("the id of one {}", kind.name());
    if let Content::List(_) = node.content {
        let error = reader.wrong_type(node, &expected);
        if kind == Kind::Audience {
            error.help("for several, declare an audience `{ any: [ { audience: … }, { audience: … } ] }` and name that");
        }
        return None;
    }
    let id = reader.text(node, &expected)?;
    reader.refer(kind, id, node.span);
    Some(id.to_owned())
}

pub(super) fn since(reader: &mut Reader, node: &Node, fields: &mut Fields) -> Option<Condition> {
    let signup = choice(reader, node, "`signup`", &[("signup", ())]);
    fields.misplaced("ago", "the comparison of `since` is `is`", reader);
    let is = fields.require("is", "{ lte: 14d }", reader);
    let is = is.and_then(|node| comparison(reader, node, Compared::Duration));
    signup.and(is).map(Condition::SinceSignup)
}

pub(super) fn milestone(
    reader: &mut Reader,
    node: &Node,
    fields: &mut Fields,
) -> Option<Condition> {
    let id = named(reader, node, Kind::Milestone);
    fields.misplaced(
        "within",
        "for no longer ago than 7 days write `ago: { lte: 7d }`",
        reader,
    );
    let ago = fields
        .take("ago")
        .and_then(|node| comparison(reader, node, Compared::Duration));
    Some(Condition::Milestone { id: id?, ago })
}

pub(super) fn guide(reader: &mut Reader, node: &Node, fields: &mut Fields) -> Option<Condition> {
    let id = named(reader, node, Kind::Guide);
    let is = fields.require("is", "completed", reader);
    let is = is.and_then(|node| choice(reader, node, "how a guide stands", STANDINGS));
    Some(Condition::Guide { id: id?, is: is? })
}

pub(in crate::source) const STANDINGS: &[(&str, GuideStanding)] = &[
    ("shown", GuideStanding::Shown),
    ("completed", GuideStanding::Completed),
    ("dismissed", GuideStanding::Dismissed),
    ("snoozed", GuideStanding::Snoozed),
];
