//! Which version of the playbook is in force.

use firstvalue_engine::CompiledPlaybook;
use firstvalue_model::Playbook;
use firstvalue_model::time::Millis;
use firstvalue_store::{NewPlaybook, Store};

use super::{PublishedPlaybook, check};
use crate::collector::OpenError;
use crate::projection::Basis;

/// Who publishes what the settings of the collector name.
const FILE: &str = "file";

/// The playbook in force.
#[derive(Debug)]
pub(crate) struct InForce {
    /// Its version; `None` if none was ever published, and nothing is decided.
    pub(crate) version: Option<i64>,
    pub(crate) published: PublishedPlaybook,
    pub(crate) compiled: CompiledPlaybook,
    /// What is decided by it.
    pub(crate) basis: Basis,
}

impl InForce {
    /// The version that was in force last; before that, the text in the settings if it is another one
    /// than it was. What was published otherwise so stays in force when the collector is started again.
    pub(crate) fn at_start(
        store: &dyn Store,
        in_settings: Option<String>,
        now: Millis,
    ) -> Result<Self, OpenError> {
        let reader = store.reader()?;
        if let Some(text) = in_settings {
            let before = reader.last_playbook_of(FILE)?;
            if before.is_none_or(|before| before.playbook.text != text) {
                // Nobody may be told of a playbook that cannot be read again.
                compile(&text, None)?;
                store.publish(NewPlaybook {
                    at: now,
                    actor: FILE.to_owned(),
                    note: String::new(),
                    text,
                })?;
            }
        }
        let latest = reader.playbooks(None, 1)?.pop();
        let version = latest.as_ref().map(|latest| latest.version);
        let text = latest.map(|latest| latest.playbook.text);
        let compiled = match &text {
            Some(text) => compile(text, version)?,
            None => firstvalue_engine::compile(&Playbook::default()),
        };
        Ok(Self {
            version,
            published: PublishedPlaybook::new(&compiled)?,
            compiled,
            basis: Basis::of(&text.unwrap_or_default()),
        })
    }
}

fn compile(text: &str, version: Option<i64>) -> Result<CompiledPlaybook, OpenError> {
    let compiled = check::read(text).compiled;
    compiled.ok_or(OpenError::BrokenPlaybook { version })
}
