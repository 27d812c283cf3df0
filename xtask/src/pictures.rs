//! The pictures of guides in the README.

use std::process::Command;

use anyhow::Result;

use crate::process::execute;
use crate::workspace::Workspace;
use crate::{pack, setup};

/// Takes them anew; of every guide if a folder is named, to look through.
pub fn run(workspace: &Workspace, options: &[String]) -> Result<()> {
    let chromium = setup::browser::chromium()?;
    pack::build(workspace)?;
    let mut node = Command::new("node");
    node.arg("www/gallery/pictures.mjs")
        .current_dir(&workspace.root)
        .env("FIRSTVALUE_CHROMIUM", chromium);
    match options {
        [folder, ..] => execute(node.args([folder, "--all"])),
        [] => execute(node.arg("docs/pictures")),
    }
}
