//! Whether something has to be made again.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::workspace::Workspace;

/// Remembers what a result was made from.
pub struct Stamp {
    file: PathBuf,
    value: String,
}

impl Stamp {
    /// A stamp for the result `name`, which depends on `inputs` and nothing else.
    pub fn new(workspace: &Workspace, name: &str, inputs: impl Hash) -> Self {
        // Not a cryptographic hash: what is wrongly taken for unchanged costs a rebuild by hand.
        let mut hasher = DefaultHasher::new();
        inputs.hash(&mut hasher);
        Self {
            file: workspace.target.join("pack").join(format!("{name}.stamp")),
            value: format!("{:016x}", hasher.finish()),
        }
    }

    /// Whether `results` exist and were made from the same inputs.
    pub fn is_current<P: AsRef<Path>>(&self, results: &[P]) -> bool {
        results.iter().all(|file| file.as_ref().is_file())
            && fs::read_to_string(&self.file).is_ok_and(|value| value == self.value)
    }

    /// Says that the results have been made.
    pub fn record(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(&self.file, &self.value)?)
    }
}
