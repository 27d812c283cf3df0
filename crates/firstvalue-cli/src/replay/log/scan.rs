//! Going through JSON text without making anything of it.
//!
//! Of most lines little is wanted, but all of it must be right. This goes through a text once, checks
//! it, and gives out pieces of it. What is seldom met it does not follow — numbers with exponents,
//! names with escapes, tabs, what lies deep — so that whoever asks must be ready to read it otherwise. It
//! takes nothing that `serde_json` would not.

use serde_json::Value;

/// The deepest that it goes.
const DEEPEST: usize = 64;

/// The longest number that it follows, which is far from the largest there is.
const LONGEST_NUMBER: usize = 40;

/// A text that holds no control characters: none may stand in a string, and elsewhere they hardly ever
/// do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Json<'l> {
    text: &'l str,
    has_escapes: bool,
}

impl<'l> Json<'l> {
    /// A text, unless it holds control characters.
    pub(super) fn new(text: &'l str) -> Option<Self> {
        let bytes = text.as_bytes();
        // To look at every byte is quicker than to stop at the first.
        let least = bytes.iter().fold(u8::MAX, |least, byte| least.min(*byte));
        (least >= 0x20).then(|| Self {
            text,
            has_escapes: memchr::memchr(b'\\', bytes).is_some(),
        })
    }

    /// Goes through the text, which is to be an object, and gives its fields in their order, each
    /// after those that it consists of, if it is an object itself: these come with its name. Ends
    /// early, with `None`, where it does not follow, or where `field` does not.
    pub(super) fn fields(
        self,
        mut field: impl FnMut(Option<&'l str>, &'l str, Piece<'l>) -> Option<()>,
    ) -> Option<()> {
        let mut scan = Scan { json: self, at: 0 };
        scan.object(0, &mut |scan, outer| {
            let value = scan.value(1, &mut |scan, inner| {
                let value = scan.any(2)?;
                field(Some(outer), inner, value)
            })?;
            field(None, outer, value)
        })?;
        scan.space();
        (scan.at == self.text.len()).then_some(())
    }
}

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

/// A field of an object: its name, and its value as it is written.
pub(super) type Field<'l> = (&'l str, Piece<'l>);

impl Piece<'_> {
    /// The value.
    pub(super) fn read(self) -> Value {
        match self {
            Self::Text(text) => Value::from(text),
            Self::Null => Value::Null,
            // `serde_json` takes what was gone through; a test compares the two.
            Self::Object(json) | Self::Other(json) => {
                serde_json::from_str(json).unwrap_or_default()
            }
        }
    }
}

struct Scan<'l> {
    json: Json<'l>,
    at: usize,
}

impl<'l> Scan<'l> {
    fn next(&self) -> Option<u8> {
        self.json.text.as_bytes().get(self.at).copied()
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

    /// What was passed since then.
    fn since(&self, start: usize) -> Option<&'l str> {
        self.json.text.get(start..self.at)
    }

    /// Passes an object; `field` is told the name of each field, and passes its value.
    fn object(
        &mut self,
        depth: usize,
        field: &mut impl FnMut(&mut Self, &'l str) -> Option<()>,
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
            field(self, name)?;
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
            self.any(depth + 1)?;
            self.space();
            if !self.passes(b',') {
                return self.passes(b']').then_some(());
            }
        }
    }

    /// Passes a value. If it is an object, `field` is told the name of each field, and passes its value.
    fn value(
        &mut self,
        depth: usize,
        field: &mut impl FnMut(&mut Self, &'l str) -> Option<()>,
    ) -> Option<Piece<'l>> {
        let start = self.at;
        match self.next()? {
            b'"' => return self.string(),
            b'{' => {
                self.object(depth, field)?;
                return self.since(start).map(Piece::Object);
            }
            b'[' => self.array(depth)?,
            b'n' => return self.word("null").map(|()| Piece::Null),
            b't' => self.word("true")?,
            b'f' => self.word("false")?,
            _ => self.number()?,
        }
        self.since(start).map(Piece::Other)
    }

    /// Passes a value, whatever it holds.
    fn any(&mut self, depth: usize) -> Option<Piece<'l>> {
        self.value(depth, &mut |scan, _| scan.any(depth + 1).map(drop))
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let rest = self.json.text.as_bytes().get(self.at..)?;
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
        if !self.passes(b'"') {
            return None;
        }
        let start = self.at;
        if self.json.has_escapes {
            return self.escaped(start);
        }
        let rest = self.json.text.get(start..)?;
        let length = mark(rest.as_bytes())?;
        self.at = start + length + 1;
        rest.get(..length).map(Piece::Text)
    }

    /// The string that began there, in a text that holds escapes.
    fn escaped(&mut self, start: usize) -> Option<Piece<'l>> {
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
        if is_plain {
            let text = self.since(start);
            self.at += 1;
            text.map(Piece::Text)
        } else {
            self.at += 1;
            self.since(start - 1).map(Piece::Other)
        }
    }

    fn escape(&mut self) -> Option<()> {
        self.at += 1;
        match self.next()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
            b'u' => {
                let digits = self.json.text.get(self.at + 1..self.at + 5)?;
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

/// Where the next quotation mark is, looking at eight bytes at a time. Most strings are so short that
/// wider steps take longer.
fn mark(text: &[u8]) -> Option<usize> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGHEST: u64 = 0x8080_8080_8080_8080;
    let (eights, rest) = text.as_chunks::<8>();
    let mut at = 0;
    for eight in eights {
        let other = u64::from_le_bytes(*eight) ^ (EACH * u64::from(b'"'));
        // The highest bit of a byte is set where it is a mark; up to the first of them this is exact.
        let found = other.wrapping_sub(EACH) & !other & HIGHEST;
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let place = rest.iter().position(|byte| *byte == b'"')?;
    Some(at + place)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Map;

    use super::*;

    /// The fields of a text, read; those of each that is an object must be the same one by one.
    fn read(text: &str) -> Option<Vec<(String, Value)>> {
        let (mut read, mut inner) = (Vec::new(), Map::new());
        Json::new(text)?.fields(|outer, name, piece| {
            let value = piece.read();
            if outer.is_some() {
                inner.insert(name.to_owned(), value);
                return Some(());
            }
            let inner = std::mem::take(&mut inner);
            assert_eq!(value.as_object().unwrap_or(&Map::new()), &inner, "{text}");
            read.push((name.to_owned(), value));
            Some(())
        })?;
        Some(read)
    }

    #[test]
    fn what_an_object_consists_of_comes_with_its_name() {
        let text = r#"{"a":{"b":{"c":1},"d":[{"e":2}]},"f":3,"g":{}}"#;
        let mut names = Vec::new();
        Json::new(text).unwrap().fields(|outer, name, _| {
            names.push((outer, name));
            Some(())
        });
        let within = Some("a");
        assert_eq!(
            names,
            [
                (within, "b"),
                (within, "d"),
                (None, "a"),
                (None, "f"),
                (None, "g")
            ]
        );
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
