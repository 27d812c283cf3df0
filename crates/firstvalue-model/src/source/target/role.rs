//! Roles, and the elements that have them without saying so (HTML Accessibility API Mappings).

/// A selector for what has a role, given what has it by itself.
pub(super) fn css(role: Option<&str>, implicit: &str) -> String {
    let said = format!("[role={}]", role.unwrap_or_default());
    if implicit.is_empty() {
        said
    } else {
        // What says that it has another role does not have its own.
        format!("{said},:is({implicit}):not([role])")
    }
}

/// The roles by which a target may be named, and which elements have them by themselves.
#[rustfmt::skip]
pub(in crate::source) const ROLES: &[(&str, &str)] = &[
    ("alert", ""),
    ("alertdialog", ""),
    ("application", ""),
    ("article", "article"),
    ("banner", "header"),
    ("button", "button,summary,input:is([type=button],[type=submit],[type=reset],[type=image])"),
    ("cell", "td"),
    ("checkbox", "input[type=checkbox]"),
    ("columnheader", "th:not([scope=row])"),
    ("combobox", "select:not([multiple],[size]),input[list]"),
    ("complementary", "aside"),
    ("contentinfo", "footer"),
    ("dialog", "dialog"),
    ("feed", ""),
    ("figure", "figure"),
    ("form", "form"),
    ("grid", ""),
    ("gridcell", ""),
    ("group", "fieldset,details,optgroup"),
    ("heading", "h1,h2,h3,h4,h5,h6"),
    ("img", "img:not([alt=\"\"])"),
    ("link", "a[href],area[href]"),
    ("list", "ul,ol,menu"),
    ("listbox", "select:is([multiple],[size])"),
    ("listitem", "li"),
    ("log", ""),
    ("main", "main"),
    ("menu", ""),
    ("menubar", ""),
    ("menuitem", ""),
    ("menuitemcheckbox", ""),
    ("menuitemradio", ""),
    ("meter", "meter"),
    ("navigation", "nav"),
    ("option", "option"),
    ("progressbar", "progress"),
    ("radio", "input[type=radio]"),
    ("radiogroup", ""),
    ("region", "section:is([aria-label],[aria-labelledby])"),
    ("row", "tr"),
    ("rowgroup", "tbody,thead,tfoot"),
    ("rowheader", "th[scope=row]"),
    ("scrollbar", ""),
    ("search", "search"),
    ("searchbox", "input[type=search]:not([list])"),
    ("separator", "hr"),
    ("slider", "input[type=range]"),
    ("spinbutton", "input[type=number]"),
    ("status", "output"),
    ("switch", ""),
    ("tab", ""),
    ("table", "table"),
    ("tablist", ""),
    ("tabpanel", ""),
    ("textbox", "textarea,input:is(:not([type]),[type=text],[type=email],[type=tel],[type=url]):not([list])"),
    ("timer", ""),
    ("toolbar", ""),
    ("tooltip", ""),
    ("tree", ""),
    ("treegrid", ""),
    ("treeitem", ""),
];

#[cfg(test)]
mod tests {
    use super::{ROLES, css};
    use crate::source::target::TEST_IDS;

    #[test]
    fn a_role_is_said_or_implied() {
        assert_eq!(css(Some("tab"), ""), "[role=tab]");
        assert_eq!(
            css(Some("navigation"), "nav"),
            "[role=navigation],:is(nav):not([role])"
        );
    }

    #[test]
    fn the_inspector_names_targets_as_they_are_found() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/author/targets.ts");
        let script = std::fs::read_to_string(path).expect("the inspector's tables");
        let test_ids = TEST_IDS.map(|name| format!("\"{name}\"")).join(", ");
        assert!(script.contains(&format!("const TEST_IDS = [{test_ids}];")));
        let (_, rest) = script.split_once("const ROLES").expect("the roles");
        let rows = rest.lines().skip(1).take_while(|line| *line != "];");
        let mut count = 0;
        for row in rows {
            let known = |(role, css): &&(&str, &str)| {
                let quoted = |quote| format!("  [{quote}{css}{quote}, \"{role}\"],");
                row == quoted('"') || row == quoted('\'')
            };
            assert!(ROLES.iter().any(|it| known(&it)), "{row}");
            count += 1;
        }
        assert!(count > 9, "{count}");
    }
}
