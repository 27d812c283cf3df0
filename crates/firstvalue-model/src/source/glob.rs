//! Globs over paths.

use super::node::{Node, shortened};
use super::reader::Reader;

/// A glob such as `/reports/*`.
pub(super) fn glob(reader: &mut Reader, node: &Node) -> Option<String> {
    let glob = reader.text(node, "a path such as `/reports/*`")?;
    if !glob.starts_with(['/', '*']) {
        let message = format!(
            "no path matches `{}`: paths begin with `/`",
            shortened(glob)
        );
        let bare = glob.split_once("://").map_or(glob, |(_, rest)| {
            rest.find('/')
                .and_then(|slash| rest.get(slash + 1..))
                .unwrap_or_default()
        });
        let path = bare.split(['?', '#']).next().unwrap_or_default();
        let error = reader.error("invalid-value", node.span, message);
        error.help(format!("write `/{}`", shortened(path)));
    } else if let Some((path, _)) = glob.split_once(['?', '#']) {
        let message =
            "no path of an address holds a `?` or `#`, so only `firstvalue.page` could say it";
        let warning = reader.warning("page-path", node.span, message);
        warning.help(format!(
            "pages are told apart by their path alone: write `{}`",
            shortened(path)
        ));
    }
    Some(glob.to_owned())
}
