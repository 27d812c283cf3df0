//! What the fuzz targets share: a playbook with every form of condition.

use std::sync::OnceLock;

use firstvalue_engine::{Rules, compile};
use firstvalue_model::source;

/// The playbook with every form, as the engine's tests have it.
const EVERY_FORM: &str =
    include_str!("../../../crates/firstvalue-engine/tests/read/every-form.yaml");

/// Its rules.
pub fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| {
        let playbook = source::read(EVERY_FORM).playbook;
        compile(&playbook.expect("the playbook is good")).rules
    })
}
