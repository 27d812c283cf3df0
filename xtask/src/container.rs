//! The `Dockerfile` builds from what `.dockerignore` leaves.

use std::fs;
use std::path::Path;

use crate::workspace::Workspace;

/// Says which patterns leave out which files and folders, but for those that are made.
fn walk(folder: &Path, root: &Path, ignored: &[&str], found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let from_root = path.strip_prefix(root).unwrap().to_str().unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_made =
            ["node_modules", ".git"].contains(&name) || ["dist", "target"].contains(&from_root);
        if is_made {
            continue;
        }
        let leaves_out = |pattern: &&&str| match pattern.strip_prefix("**/") {
            Some(anywhere) => anywhere == name,
            None => **pattern == from_root,
        };
        found.extend(
            ignored
                .iter()
                .find(leaves_out)
                .map(|pattern| format!("{pattern} leaves out {from_root}")),
        );
        if path.is_dir() {
            walk(&path, root, ignored, found);
        }
    }
}

#[test]
fn nothing_that_is_built_from_is_left_out() {
    let root = Workspace::here().unwrap().root;
    let patterns = fs::read_to_string(root.join(".dockerignore")).unwrap();
    let patterns: Vec<&str> = patterns.lines().collect();
    // Others would have to be understood here first.
    let is_plain = |pattern: &&str| {
        !pattern
            .trim_start_matches("**/")
            .contains(['*', '?', '!', '#'])
    };
    assert!(patterns.iter().all(is_plain), "{patterns:?}");
    let mut left_out = Vec::new();
    walk(&root, &root, &patterns, &mut left_out);
    assert_eq!(left_out, [""; 0]);
    walk(&root, &root, &["**/src"], &mut left_out);
    assert!(!left_out.is_empty(), "it would be noticed");
}
