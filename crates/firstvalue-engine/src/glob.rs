//! Globs over the paths of pages.

/// Whether a path matches a glob: `*` stands for anything within a segment, `**` for anything.
pub fn matches(glob: &str, path: &str) -> bool {
    matches_bytes(glob.as_bytes(), path.as_bytes())
}

/// Two places to return to are enough: a later star makes an earlier one of its kind pointless.
fn matches_bytes(glob: &[u8], path: &[u8]) -> bool {
    let (mut g, mut p) = (0, 0);
    // Where to go on in the glob, and from where in the path, when what follows a star fails.
    let mut star: Option<(usize, usize)> = None;
    let mut double_star: Option<(usize, usize)> = None;
    loop {
        match (glob.get(g), path.get(p)) {
            (Some(b'*'), _) if glob.get(g + 1) == Some(&b'*') => {
                g += 2;
                double_star = Some((g, p));
                star = None;
                continue;
            }
            (Some(b'*'), _) => {
                g += 1;
                star = Some((g, p));
                continue;
            }
            (None, None) => return true,
            (Some(expected), Some(found)) if expected == found => {
                g += 1;
                p += 1;
                continue;
            }
            _ => {}
        }
        // A mismatch: let the nearest star take one more byte.
        match (&mut star, &mut double_star) {
            (Some((after, from)), _) if path.get(*from).is_some_and(|&byte| byte != b'/') => {
                *from += 1;
                (g, p) = (*after, *from);
            }
            (_, Some((after, from))) if *from < path.len() => {
                *from += 1;
                (g, p) = (*after, *from);
                star = None;
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_star_stays_within_a_segment() {
        for (glob, path, expected) in [
            ("/reports", "/reports", true),
            ("/reports", "/reports/", false),
            ("/reports/*", "/reports/7", true),
            ("/reports/*", "/reports/7/edit", false),
            ("/reports/**", "/reports/7/edit", true),
            ("/**/edit", "/reports/7/edit", true),
            ("/*/x*/**", "/a/xy/b/c", true),
            ("**", "", true),
            ("*", "/", false),
        ] {
            assert_eq!(matches(glob, path), expected, "{glob} {path}");
        }
    }

    /// The meaning, written down without care for time.
    fn naive(glob: &[u8], path: &[u8]) -> bool {
        match glob {
            [] => path.is_empty(),
            [b'*', b'*', rest @ ..] => (0..=path.len()).any(|n| naive(rest, &path[n..])),
            [b'*', rest @ ..] => (0..=path.len())
                .take_while(|&n| n == 0 || path[n - 1] != b'/')
                .any(|n| naive(rest, &path[n..])),
            [expected, rest @ ..] => path.first() == Some(expected) && naive(rest, &path[1..]),
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_naive_reading(glob in "[ab/*]{0,8}", path in "[ab/]{0,8}") {
            prop_assert_eq!(matches(&glob, &path), naive(glob.as_bytes(), path.as_bytes()));
        }
    }
}
