//! What a backslash stands for.

use super::{Flaw, Walk, apart, flaw};
use crate::source::node::shortened;

/// What stands for itself only after a backslash.
const SYNTAX: &str = r"^$\.*+?()[]{}|/";

impl Walk<'_> {
    /// What comes after a backslash outside of a class, and whether it may come several times.
    pub(super) fn escape(&mut self) -> Result<bool, Flaw> {
        if let Some(boundary) = self.rest.next_if(|c| matches!(c, 'b' | 'B')) {
            if self.ignore_case {
                return Err(words(boundary));
            }
            return Ok(false);
        }
        if self.rest.next_if_eq(&'-').is_some() {
            return Err(apart(r"\-", "outside of `[ … ]` write `-`"));
        }
        if let Some(character) = self.escaped()? {
            self.plain(character)?;
        }
        Ok(true)
    }

    /// A character after a backslash; nothing for a class of them such as `\d`.
    pub(super) fn escaped(&mut self) -> Result<Option<char>, Flaw> {
        let Some(character) = self.rest.next() else {
            let help = "for the character itself write `\\\\`";
            return Err(flaw("in this pattern nothing comes after `\\`", help));
        };
        match character {
            'd' | 'D' => Ok(None),
            'w' | 'W' if !self.ignore_case => Ok(None),
            'w' | 'W' => Err(words(character)),
            't' => Ok(Some('\t')),
            'n' => Ok(Some('\n')),
            'r' => Ok(Some('\r')),
            'f' => Ok(Some('\u{c}')),
            'v' => Ok(Some('\u{b}')),
            'x' => self.digits(r"\x", 2).map(Some),
            'u' if self.rest.next_if_eq(&'{').is_some() => self.braced().map(Some),
            'u' => self.digits(r"\u", 4).map(Some),
            _ if SYNTAX.contains(character) => Ok(Some(character)),
            _ => Err(other(character)),
        }
    }

    /// A character by a fixed number of hexadecimal digits.
    fn digits(&mut self, sign: &str, number: usize) -> Result<char, Flaw> {
        let digits: String = self.rest.by_ref().take(number).collect();
        self.character(sign, &digits, digits.len() == number)
    }

    /// A character by its hexadecimal digits and `}`.
    fn braced(&mut self) -> Result<char, Flaw> {
        let digits: String = self.rest.by_ref().take_while(|c| *c != '}').collect();
        self.character(r"\u{", &digits, matches!(digits.len(), 1..=6))
    }

    fn character(&self, sign: &str, digits: &str, complete: bool) -> Result<char, Flaw> {
        let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16)
            .ok()
            .filter(|_| complete && plain)
            .and_then(char::from_u32)
            .ok_or_else(|| {
                flaw(
                    format!("`{sign}{}` is no character", shortened(digits)),
                    r"write `\x41`, `\u00e9` or `\u{1f600}`, or the character itself",
                )
            })
    }
}

/// What is made of the letters of words, of which a browser knows two more than the server.
fn words(sign: char) -> Flaw {
    let help = match sign {
        'w' => "write `[0-9a-z_]`".to_owned(),
        'W' => "write `[^0-9a-z_]`".to_owned(),
        _ => "say what stands there: `(?:^|[^0-9a-z_])` before a word, `(?:$|[^0-9a-z_])` after it"
            .to_owned(),
    };
    let message =
        format!("browsers and the server do not agree on what `\\{sign}` means in `$regexi`");
    flaw(message, help)
}

/// What only one side can read, or each in its own way.
fn other(character: char) -> Flaw {
    let help = match character {
        's' => r"write out which: `[ \t\r\n]`".to_owned(),
        'S' => r"write out which: `[^ \t\r\n]`".to_owned(),
        'A' => "for the beginning of the text write `^`".to_owned(),
        'z' | 'Z' => "for the end of the text write `$`".to_owned(),
        'p' | 'P' => "write out which: `[a-zà-ÿ]`".to_owned(),
        'k' | '1'..='9' => {
            "what was found before cannot be asked for again; ask for each by a query".to_owned()
        }
        '0' => r"write `\x00`".to_owned(),
        'a'..='z' | 'A'..='Z' => format!("for the letter write `{character}`"),
        _ => format!(
            "it needs no backslash: write `{}`",
            shortened(&character.to_string())
        ),
    };
    apart(&format!("\\{character}"), help)
}
