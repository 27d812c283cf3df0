//! Folders and files that only their owner may use.

use std::fs;
use std::io;
use std::path::Path;

/// Makes a folder that only its owner may use, unless it is there.
///
/// # Errors
/// If the system refuses.
pub fn folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes an empty file that only its owner may read.
///
/// # Errors
/// If it is there already, or the system refuses.
pub fn file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
