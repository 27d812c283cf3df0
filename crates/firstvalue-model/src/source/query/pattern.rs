//! Patterns: the regular expressions that browsers and the server read alike.
//!
//! A browser reads a pattern by `new RegExp(pattern, "u")`, everything else by `regex-lite`, and a
//! playbook must mean the same to both. So what only one of them can read is refused here, and so
//! is what they read differently (`.` and `\s` above all): a known part of both languages is let
//! through, and everything else is not. With letter case ignored that part is smaller, since
//! `regex-lite` knows no case but that of ASCII.

mod class;
mod escape;

use std::iter::Peekable;
use std::str::Chars;

use crate::source::node::shortened;

/// Why a pattern is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flaw {
    /// What is wrong with it.
    pub(super) message: String,
    /// What to write instead.
    pub(super) help: String,
}

/// Looks for what in a pattern is not read alike, where letter case is ignored or not.
pub(super) fn check(pattern: &str, ignore_case: bool) -> Result<(), Flaw> {
    let mut walk = Walk {
        rest: pattern.chars().peekable(),
        ignore_case,
    };
    walk.pattern()?;
    // What is left to go wrong is its size.
    let mut builder = regex_lite::RegexBuilder::new(pattern);
    match builder.case_insensitive(ignore_case).build() {
        Ok(_) => Ok(()),
        Err(error) => Err(flaw(
            format!("this pattern cannot be used: {error}"),
            "make it shorter, with fewer brackets inside of others and smaller numbers of times",
        )),
    }
}

fn flaw(message: impl Into<String>, help: impl Into<String>) -> Flaw {
    Flaw {
        message: message.into(),
        help: help.into(),
    }
}

/// Something that only one side can read, or that each reads in its own way.
fn apart(what: &str, help: impl Into<String>) -> Flaw {
    let message = format!(
        "browsers and the server do not agree on what `{}` means",
        shortened(what)
    );
    flaw(message, help)
}

/// A way through a pattern, character by character.
struct Walk<'p> {
    rest: Peekable<Chars<'p>>,
    ignore_case: bool,
}

impl Walk<'_> {
    fn pattern(&mut self) -> Result<(), Flaw> {
        let mut open = 0_usize;
        // Whether a number of times may come next.
        let mut repeatable = false;
        while let Some(character) = self.rest.next() {
            repeatable = match character {
                '^' | '$' | '|' => false,
                '(' => {
                    self.group()?;
                    open += 1;
                    false
                }
                ')' if open > 0 => {
                    open -= 1;
                    true
                }
                '*' | '+' | '?' => {
                    self.repeated(repeatable, character)?;
                    false
                }
                '{' => {
                    self.times()?;
                    self.repeated(repeatable, character)?;
                    false
                }
                '[' => {
                    self.class()?;
                    true
                }
                '\\' => self.escape()?,
                ')' | ']' | '}' => {
                    let message = format!("in this pattern `{character}` has no counterpart");
                    let help = format!("for the character itself write `\\{character}`");
                    return Err(flaw(message, help));
                }
                '.' => {
                    return Err(apart(
                        ".",
                        "for any character but a line feed write `[^\\n]`; what stands before and \
                         after what is looked for can be left out",
                    ));
                }
                character => {
                    self.plain(character)?;
                    true
                }
            };
        }
        if open > 0 {
            let help = "close what was opened; for the character itself write `\\(`";
            return Err(flaw("in this pattern `(` has no counterpart", help));
        }
        Ok(())
    }

    /// What may come after `(`.
    fn group(&mut self) -> Result<(), Flaw> {
        if self.rest.next_if_eq(&'?').is_none() {
            return Ok(());
        }
        let after: String = self.rest.clone().take(2).collect();
        let around = ["=", "!", "<=", "<!"]
            .into_iter()
            .find(|sign| after.starts_with(sign));
        if let Some(sign) = around {
            return Err(flaw(
                format!("the server does not look around: `(?{sign}`"),
                "say it by two queries: `$and: [ … ]`, or `$not: { $regex: … }`",
            ));
        }
        match self.rest.next() {
            Some(':') => Ok(()),
            Some('P' | '<') => Err(flaw(
                "a group in a pattern needs no name",
                "write `( … )`: a query asks only whether the pattern is found",
            )),
            _ => Err(apart(
                &format!("(?{after}"),
                "only `(?: … )` and `( … )` group; for any letter case use `$regexi`",
            )),
        }
    }

    /// A number of times after `{`.
    fn times(&mut self) -> Result<(), Flaw> {
        let within: String = self.rest.clone().take_while(|c| *c != '}').collect();
        let number = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
            digits.parse::<u32>().ok().filter(|_| plain)
        };
        let (least, most) = match within.split_once(',') {
            None => (number(&within), Some(u32::MAX)),
            Some((least, "")) => (number(least), Some(u32::MAX)),
            Some((least, most)) => (number(least), number(most)),
        };
        let closed = self.rest.any(|character| character == '}');
        match (least, most) {
            (Some(least), Some(most)) if closed && least <= most => Ok(()),
            (Some(_), Some(_)) if closed => Err(flaw(
                format!(
                    "in `{{{}}}` the greater number comes first",
                    shortened(&within)
                ),
                "write the smaller number first",
            )),
            _ => Err(flaw(
                format!("`{{{}` is no number of times", shortened(&within)),
                "write `{2}`, `{2,}` or `{2,5}`; for the character itself write `\\{`",
            )),
        }
    }

    /// A number of times: what it may come after, and the `?` that may come after it.
    fn repeated(&mut self, repeatable: bool, sign: char) -> Result<(), Flaw> {
        if !repeatable {
            let message = format!("there is nothing before `{sign}` that could come several times");
            let help = format!(
                "put what is meant into `(?: … )`; for the character itself write `\\{sign}`"
            );
            return Err(flaw(message, help));
        }
        self.rest.next_if_eq(&'?');
        Ok(())
    }

    /// A character that stands for itself.
    fn plain(&self, character: char) -> Result<(), Flaw> {
        if self.ignore_case && !character.is_ascii() && has_case(character) {
            return Err(other_case(character));
        }
        Ok(())
    }
}

/// Whether there are other letters that differ from this one by their case alone.
fn has_case(character: char) -> bool {
    !character.to_lowercase().eq([character]) || !character.to_uppercase().eq([character])
}

fn other_case(character: char) -> Flaw {
    let lower = character.to_lowercase();
    let upper = character.to_uppercase();
    flaw(
        format!("the server knows the letter case of `a` to `z` alone, not that of `{character}`"),
        format!("use `$regex`, and write both: `[{lower}{upper}]`"),
    )
}

#[cfg(test)]
mod tests;
