//! Going through JSON text without making anything of it.
//!
//! Of most lines little is wanted, but all of it must be right. This goes through a text once, checks
//! it, and gives out pieces of it. What is seldom met it does not follow — numbers with exponents,
//! names with escapes, tabs, what lies deep — so that whoever asks must be ready to read it otherwise. It
//! takes nothing that `serde_json` would not.

use memchr::{Memchr, memchr, memchr_iter};

/// The deepest that it goes.
const DEEPEST: usize = 64;

/// The longest number that it follows, which is far from the largest there is.
const LONGEST_NUMBER: usize = 40;

/// A value in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'l> {
    /// A text without escapes.
    Text(&'l str),
    /// An object, as it is written.
    Object(&'l str),
    /// `null`.
    Null,
    /// Something else, as it is written.
    Other(&'l str),
}

/// Goes through a text that is an object, and gives its fields in their order. Ends early, with
/// `None`, where it does not follow, or where `field` does not.
pub(super) fn fields<'l>(
    object: &'l str,
    mut field: impl FnMut(&'l str, Piece<'l>) -> Option<()>,
) -> Option<()> {
    let mut scan = Scan::new(object)?;
    scan.object(0, &mut field)?;
    scan.space();
    (scan.at == object.len()).then_some(())
}

struct Scan<'l> {
    text: &'l str,
    at: usize,
    /// The quotation marks from here on, where no escape can hold one.
    marks: Option<Memchr<'l>>,
}

impl<'l> Scan<'l> {
    fn new(text: &'l str) -> Option<Self> {
        let bytes = text.as_bytes();
        // None may stand in a string; between values some may, but hardly ever do. To look at every
        // byte is quicker than to stop at the first.
        let control = |found, byte: &u8| found | (*byte < 0x20);
        if bytes.iter().fold(false, control) {
            return None;
        }
        let has_escapes = memchr(b'\\', bytes).is_some();
        Some(Self {
            text,
            at: 0,
            marks: (!has_escapes).then(|| memchr_iter(b'"', bytes)),
        })
    }

    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes a byte if it comes next.
    fn passes(&mut self, byte: u8) -> bool {
        let passes = self.next() == Some(byte);
        self.at += usize::from(passes);
        passes
    }

    fn space(&mut self) {
        while self.passes(b' ') {}
    }

    fn object(
        &mut self,
        depth: usize,
        field: &mut impl FnMut(&'l str, Piece<'l>) -> Option<()>,
    ) -> Option<()> {
        if depth == DEEPEST || !self.passes(b'{') {
            return None;
        }
        self.space();
        if self.passes(b'}') {
            return Some(());
        }
        loop {
            self.space();
            let Piece::Text(name) = self.string()? else {
                return None;
            };
            self.space();
            if !self.passes(b':') {
                return None;
            }
            self.space();
            let value = self.value(depth)?;
            field(name, value)?;
            self.space();
            if !self.passes(b',') {
                return self.passes(b'}').then_some(());
            }
        }
    }

    fn array(&mut self, depth: usize) -> Option<()> {
        if depth == DEEPEST || !self.passes(b'[') {
            return None;
        }
        self.space();
        if self.passes(b']') {
            return Some(());
        }
        loop {
            self.space();
            self.value(depth)?;
            self.space();
            if !self.passes(b',') {
                return self.passes(b']').then_some(());
            }
        }
    }

    fn value(&mut self, depth: usize) -> Option<Piece<'l>> {
        let start = self.at;
        match self.next()? {
            b'"' => return self.string(),
            b'{' => {
                self.object(depth + 1, &mut |_, _| Some(()))?;
                return self.text.get(start..self.at).map(Piece::Object);
            }
            b'[' => self.array(depth + 1)?,
            b'n' => return self.word("null").map(|()| Piece::Null),
            b't' => self.word("true")?,
            b'f' => self.word("false")?,
            _ => self.number()?,
        }
        self.text.get(start..self.at).map(Piece::Other)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let rest = self.text.as_bytes().get(self.at..)?;
        self.at += word.len();
        rest.starts_with(word.as_bytes()).then_some(())
    }

    fn number(&mut self) -> Option<()> {
        let start = self.at;
        self.passes(b'-');
        if !self.passes(b'0') {
            self.digits()?;
        }
        if self.passes(b'.') {
            self.digits()?;
        }
        let has_ended = !matches!(self.next(), Some(b'0'..=b'9' | b'e' | b'E'));
        (has_ended && self.at - start <= LONGEST_NUMBER).then_some(())
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.next() {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn string(&mut self) -> Option<Piece<'l>> {
        if self.marks.is_none() {
            return self.escaped_string();
        }
        let mut mark = || self.marks.as_mut()?.next();
        let (start, end) = (mark()?, mark()?);
        if start != self.at {
            return None;
        }
        self.at = end + 1;
        self.text.get(start + 1..end).map(Piece::Text)
    }

    /// A string in a text that holds escapes.
    fn escaped_string(&mut self) -> Option<Piece<'l>> {
        let start = self.at;
        if !self.passes(b'"') {
            return None;
        }
        let mut is_plain = true;
        loop {
            match self.next()? {
                b'"' => break,
                b'\\' => {
                    is_plain = false;
                    self.escape()?;
                }
                _ => self.at += 1,
            }
        }
        let end = self.at;
        self.at += 1;
        if is_plain {
            self.text.get(start + 1..end).map(Piece::Text)
        } else {
            self.text.get(start..=end).map(Piece::Other)
        }
    }

    fn escape(&mut self) -> Option<()> {
        self.at += 1;
        match self.next()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
            b'u' => {
                let digits = self.text.get(self.at + 1..self.at + 5)?;
                let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
                let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
                // Halves of a pair must stand together, which is not followed.
                char::from_u32(number)?;
                self.at += 5;
            }
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// The fields of a text, read.
    fn read(text: &str) -> Option<Vec<(String, Value)>> {
        let mut read = Vec::new();
        fields(text, |name, piece| {
            let value = match piece {
                Piece::Text(text) => Value::from(text),
                Piece::Null => Value::Null,
                Piece::Object(json) | Piece::Other(json) => serde_json::from_str(json).expect(json),
            };
            read.push((name.to_owned(), value));
            Some(())
        })?;
        Some(read)
    }

    #[test]
    fn gives_fields_in_their_order() {
        let text = r#" { "a" : "b\u00e9\n\"" , "b":[1,-0.5,[],{}], "ü" : {"c":null} ,"d":null, "a":true } "#;
        let read = read(text.trim()).expect(text);
        let names: Vec<&str> = read.iter().map(|(name, _)| &**name).collect();
        assert_eq!(names, ["a", "b", "ü", "d", "a"]);
        let object: Value = serde_json::from_str(text).expect(text);
        assert_eq!(Value::Object(read.into_iter().collect()), object);
    }

    fn json() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            Just("false".to_owned()),
            "-?[0-9]{1,3}(\\.[0-9]{0,3})?(e[0-9])?",
            "\"([ -~éü漢]|\\\\[nu\"0aA]|\\\\u[0-9a-fd]{4}|\t){0,24}\"",
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            let field = ("[a-z]{0,12}", inner.clone());
            prop_oneof![
                prop::collection::vec(inner, 0..4).prop_map(|it| format!("[{}]", it.join(" ,"))),
                prop::collection::vec(field, 0..4).prop_map(|fields| {
                    let fields = fields.iter().map(|(name, it)| format!("\"{name}\" : {it}"));
                    format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn takes_nothing_that_is_not_json(
            values in prop::collection::vec(json(), 0..4),
            damage in prop::option::weighted(0.5, (any::<prop::sample::Index>(), any::<char>())),
        ) {
            let fields = (0..).zip(values).map(|(n, value)| format!("\"{n}\": {value}"));
            let mut text = format!("{{{}}}", fields.collect::<Vec<_>>().join(","));
            if let Some((place, letter)) = damage {
                let mut letters: Vec<char> = text.chars().collect();
                let place = place.index(letters.len());
                letters[place] = letter;
                text = letters.into_iter().collect();
            }
            if let Some(read) = read(&text) {
                let object: Value = serde_json::from_str(&text).expect(&text);
                prop_assert_eq!(Value::Object(read.into_iter().collect()), object);
            }
        }
    }
}
