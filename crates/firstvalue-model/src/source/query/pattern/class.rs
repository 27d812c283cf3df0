//! Classes: `[a-z]`, `[^\n]`.

use super::{Flaw, Walk, apart, flaw, has_case, other_case};

/// What stands in a class.
struct Member {
    /// Nothing for a class of characters such as `\d`.
    character: Option<char>,
    escaped: bool,
}

impl Walk<'_> {
    /// What comes after `[`, up to its end.
    pub(super) fn class(&mut self) -> Result<(), Flaw> {
        self.rest.next_if_eq(&'^');
        let mut is_first = true;
        loop {
            let Some(next) = self.rest.next() else {
                let help = "close what was opened; for the character itself write `\\[`";
                return Err(flaw("in this pattern `[` has no counterpart", help));
            };
            match next {
                ']' if is_first => {
                    let help = "say which characters; for the character itself write `\\]`";
                    return Err(apart("[]", help));
                }
                ']' => return Ok(()),
                '-' if !is_first && self.rest.peek() != Some(&']') => {
                    return Err(hyphen());
                }
                next => {
                    let from = self.member(next)?;
                    self.range(&from)?;
                }
            }
            is_first = false;
        }
    }

    fn member(&mut self, first: char) -> Result<Member, Flaw> {
        let character = match first {
            '\\' if self.rest.next_if_eq(&'-').is_some() => Some('-'),
            '\\' if self.rest.next_if(|c| matches!(c, 'b' | 'B')).is_some() => {
                return Err(apart(
                    "[\\b]",
                    "inside of `[ … ]` there are characters only",
                ));
            }
            '\\' => self.escaped()?,
            '[' => {
                return Err(apart(
                    "[[",
                    "a class stands in no other; for the character itself write `\\[`",
                ));
            }
            '&' | '~' | '-' if self.rest.peek() == Some(&first) => {
                return Err(apart(
                    &format!("{first}{first}"),
                    "in a class write it once",
                ));
            }
            first => Some(first),
        };
        if let Some(character) = character {
            self.plain(character)?;
        }
        Ok(Member {
            character,
            escaped: first == '\\',
        })
    }

    /// What comes after a member, if it is the beginning of a range.
    fn range(&mut self, from: &Member) -> Result<(), Flaw> {
        let mut ahead = self.rest.clone();
        if ahead.next() != Some('-') || ahead.peek().is_none_or(|after| *after == ']') {
            return Ok(());
        }
        self.rest = ahead;
        let Some(next) = self.rest.next() else {
            return Ok(());
        };
        let to = self.member(next)?;
        let (Some(first), Some(last)) = (from.character, to.character) else {
            return Err(hyphen());
        };
        if first > last {
            let message = format!("there is nothing from `{first}` to `{last}`");
            return Err(flaw(message, format!("write `{last}-{first}`")));
        }
        if self.ignore_case {
            let letter = |member: &Member| {
                let is_letter = |character: char| character.is_ascii_alphabetic();
                member.escaped && member.character.is_some_and(is_letter)
            };
            if letter(from) || letter(&to) {
                return Err(apart(
                    "\\",
                    format!("write the letters themselves: `{first}-{last}`"),
                ));
            }
            let other = |character: &char| !character.is_ascii() && has_case(*character);
            if let Some(character) = (first..=last).find(other) {
                return Err(other_case(character));
            }
        }
        Ok(())
    }
}

fn hyphen() -> Flaw {
    let help = "put it first or last, or write `\\-`; a range is from one character to another";
    flaw(
        "this `-` in a class is neither the character nor a range",
        help,
    )
}
