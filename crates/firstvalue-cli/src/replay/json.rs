//! One JSON object a line for each change.

use std::io::{self, Seek, Write};

use firstvalue_engine::{Change, Rules};
use firstvalue_model::time::{self, Millis};
use serde::Serialize;
use tempfile::SpooledTempFile;

use super::play::Audience;
use super::shards::{Told, Wanted, Who};

/// How much is held in memory before it goes to a temporary file.
const HELD: usize = 16 << 20;

/// Lines that are held back until the replay is known not to begin again.
pub struct JsonLines<'r> {
    rules: &'r Rules,
    lines: io::BufWriter<SpooledTempFile>,
}

impl<'r> JsonLines<'r> {
    /// No lines yet, for a playbook.
    pub fn new(rules: &'r Rules) -> Self {
        Self {
            rules,
            lines: io::BufWriter::new(SpooledTempFile::new(HELD)),
        }
    }

    /// Writes all lines.
    ///
    /// # Errors
    /// If they cannot be written, or read again from the temporary file.
    pub fn write(self, out: &mut impl Write) -> io::Result<()> {
        let mut lines = self
            .lines
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        lines.rewind()?;
        io::copy(&mut lines, out)?;
        out.flush()
    }
}

impl Audience for JsonLines<'_> {
    fn wants(&self) -> Wanted {
        |_| true
    }

    fn restart(&mut self) {
        *self = Self::new(self.rules);
    }

    fn tell(&mut self, _: usize, told: &Told) -> io::Result<()> {
        let line = Line::of(self.rules, told);
        serde_json::to_writer(&mut self.lines, &line)?;
        self.lines.write_all(b"\n")
    }
}

#[derive(Serialize)]
struct Line<'a> {
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
    #[serde(flatten)]
    what: What<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum What<'a> {
    Milestone {
        milestone: &'a str,
        /// Accounts have none.
        #[serde(skip_serializing_if = "Option::is_none")]
        ttv_ms: Option<Millis>,
    },
    Guide {
        guide: &'a str,
        eligible: bool,
    },
}

impl<'a> Line<'a> {
    fn of(rules: &'a Rules, told: &'a Told) -> Self {
        let (user, account) = match &told.who {
            Who::User(user) => (Some(&**user), None),
            Who::Account(account) => (None, Some(&**account)),
        };
        let what = match told.change {
            Change::Milestone {
                milestone,
                time_to_value,
                ..
            } => What::Milestone {
                milestone: rules.milestones.get(milestone).map_or("", |it| &it.id),
                ttv_ms: user.map(|_| time_to_value),
            },
            Change::Guide {
                guide, eligible, ..
            } => What::Guide {
                guide: rules.guides.get(guide).map_or("", |it| &it.id),
                eligible,
            },
        };
        Self {
            at: time::to_iso(told.at()),
            user,
            account,
            what,
        }
    }
}
