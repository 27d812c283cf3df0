//! `firstvalue schema`: the playbook format, for editors.

use crate::command::{Ran, firstvalue};

#[test]
fn it_is_the_committed_one() {
    let Ran {
        code,
        stdout,
        stderr,
    } = firstvalue(&["schema"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let committed = include_str!("../../../firstvalue-model/playbook.schema.json");
    assert_eq!(stdout, committed);
}
