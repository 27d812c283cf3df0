//! Settings by which no guide ever starts by itself.

use crate::Playbook;
use crate::source::node::Node;
use crate::source::reader::Reader;

pub(super) fn check(reader: &mut Reader, document: &Node, playbook: &Playbook) {
    let all = document.get("holdout").filter(|_| playbook.holdout >= 1.0);
    if let Some(node) = all {
        let message = "everybody is held out, so no guide ever starts by itself";
        let warning = reader.warning("no-guides", node.span, message);
        warning.help("write for example `5%`; one in a hundred is `1%`");
    }
    let throttle = document.get("throttle");
    let most = throttle.and_then(|node| node.get("max-per-session"));
    if let (Some(node), Some(0)) = (most, playbook.throttle.max_per_session) {
        let message = "no guide may start in a session, so none ever starts by itself";
        let warning = reader.warning("no-guides", node.span, message);
        warning.help("write 1 or more, or leave `max-per-session` out for any number");
    }
}
