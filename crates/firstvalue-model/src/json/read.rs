//! JSON from text.

use serde_json::{Map, Number, Value};

/// How deep values may lie inside one another.
const DEEPEST: u32 = 100;

/// Reads a value; `None` if the text is not JSON.
///
/// Numbers of up to 15 digits and 22 places are read exactly, others to within the last bit or two,
/// about as `serde_json` does. Half of a surrogate pair without the other becomes U+FFFD.
pub fn read(text: &str) -> Option<Value> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0)?;
    reader.space();
    (reader.at == text.len()).then_some(value)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// Passes over `byte`, if it is next.
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        let rest = self.text.get(self.at..)?;
        self.at += word.len();
        rest.starts_with(word).then_some(value)
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        self.space();
        match self.peek()? {
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b'"' => self.string().map(Value::String),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: u32) -> Option<Value> {
        self.at += 1;
        let mut object = Map::new();
        self.space();
        if self.takes(b'}') {
            return Some(Value::Object(object));
        }
        loop {
            self.space();
            let name = self.string()?;
            self.space();
            if !self.takes(b':') {
                return None;
            }
            let value = self.value(depth + 1)?;
            object.insert(name, value);
            self.space();
            match self.next()? {
                b',' => {}
                b'}' => return Some(Value::Object(object)),
                _ => return None,
            }
        }
    }

    fn array(&mut self, depth: u32) -> Option<Value> {
        self.at += 1;
        let mut array = Vec::new();
        self.space();
        if self.takes(b']') {
            return Some(Value::Array(array));
        }
        loop {
            array.push(self.value(depth + 1)?);
            self.space();
            match self.next()? {
                b',' => {}
                b']' => return Some(Value::Array(array)),
                _ => return None,
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        if !self.takes(b'"') {
            return None;
        }
        let mut string = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek()?, b'"' | b'\\' | 0..=31) {
                self.at += 1;
            }
            string.push_str(self.text.get(start..self.at)?);
            match self.next()? {
                b'"' => return Some(string),
                b'\\' => string.push(self.escaped()?),
                _ => return None,
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let unit = self.unit()?;
                let mut code = unit;
                if (0xD800..0xDC00).contains(&unit) {
                    let before = self.at;
                    let low = if self.takes(b'\\') && self.takes(b'u') {
                        self.unit()
                    } else {
                        None
                    };
                    match low {
                        Some(low @ 0xDC00..0xE000) => {
                            code = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                        }
                        _ => self.at = before,
                    }
                }
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.next()?).to_digit(16)?;
        }
        Some(unit)
    }

    fn number(&mut self) -> Option<Value> {
        let negative = self.takes(b'-');
        let starts_with_zero = self.peek() == Some(b'0');
        let (mut digits, mut exponent) = (0_u64, 0_i32);
        let whole = self.digits(&mut digits, &mut exponent)?;
        if starts_with_zero && whole > 1 {
            return None;
        }
        let mut is_whole = exponent == 0;
        if self.takes(b'.') {
            is_whole = false;
            exponent -= self.digits(&mut digits, &mut exponent)?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            is_whole = false;
            let down = self.takes(b'-');
            if !down {
                self.takes(b'+');
            }
            let (mut shift, mut beyond) = (0, 0);
            self.digits(&mut shift, &mut beyond)?;
            let shift = i32::try_from(shift).unwrap_or(i32::MAX).min(10_000);
            exponent += if down { -shift } else { shift };
        }
        let number = match (is_whole, negative) {
            (true, false) => Number::from(digits),
            (true, true) if digits != 0 && digits <= 1 << 63 => {
                Number::from((digits as i64).wrapping_neg())
            }
            _ => {
                let magnitude = scaled(digits, exponent);
                Number::from_f64(if negative { -magnitude } else { magnitude })?
            }
        };
        Some(Value::Number(number))
    }

    /// Adds decimal digits to `number`; those for which there is no room count in `exponent`.
    /// Returns how many there were, at least one.
    fn digits(&mut self, number: &mut u64, exponent: &mut i32) -> Option<i32> {
        let mut count = 0;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            let longer = number
                .checked_mul(10)
                .and_then(|it| it.checked_add(u64::from(digit - b'0')));
            match longer {
                Some(longer) if *exponent == 0 => *number = longer,
                _ => *exponent += 1,
            }
            self.at += 1;
            count += 1;
        }
        (count > 0).then_some(count)
    }
}

/// `digits` times ten to the power of `exponent`.
fn scaled(digits: u64, exponent: i32) -> f64 {
    let mut number = digits as f64;
    // Beyond any number there is.
    let mut places = exponent.unsigned_abs().min(400);
    while places > 0 {
        // The largest power that is exact.
        let step = places.min(22);
        let power = (0..step).fold(1.0, |power, _| power * 10.0);
        number = if exponent < 0 {
            number / power
        } else {
            number * power
        };
        places -= step;
    }
    number
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_not_json_is_none() {
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\"}",
            "{\"a\":1,}",
            "tru",
            "01",
            "1.",
            "-",
            "1e",
            "\"a",
            "\"\\x\"",
            "1 2",
            "\"\n\"",
            "nul",
            "+1",
            ".5",
            "[1 2]",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read(&"[".repeat(100_000)), None);
    }

    #[test]
    fn half_a_pair_is_replaced() {
        assert_eq!(read(r#""\ud83d\ude00""#), Some("😀".into()));
        assert_eq!(read(r#""a\ud83d\u0041""#), Some("a\u{fffd}A".into()));
    }

    #[test]
    fn numbers_are_those_of_serde_json() {
        for text in [
            "0",
            "-0",
            "7",
            "-7",
            "18446744073709551615",
            "-9223372036854775807",
            "1.5",
            "-0.25",
            "1e3",
            "0.1",
            "123456789012345678",
            "1.0",
            "100e-2",
            "0.000001",
            "-9223372036854775808",
            "0.5e1",
        ] {
            assert_eq!(read(text), serde_json::from_str(text).ok(), "{text}");
        }
        let close = |text: &str| read(text)?.as_f64().zip(text.parse::<f64>().ok());
        for text in [
            "1e300",
            "4.9e-320",
            "1e-30",
            "123456789012345678901234567890",
            "0.00000000000000000000012345",
        ] {
            let (read, exact) = close(text).unwrap();
            assert!(
                (read - exact).abs() <= exact * 4e-15 + f64::MIN_POSITIVE * 1e-10,
                "{text}: {read} {exact}"
            );
        }
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            // serde_json itself reads others only to within the last bit.
            any::<i32>().prop_map(|number| Value::from(f64::from(number) / 64.0)),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_what_serde_json_writes(value in values()) {
            prop_assert_eq!(read(&value.to_string()), Some(value.clone()));
            prop_assert_eq!(read(&serde_json::to_string_pretty(&value).unwrap()), Some(value));
        }

        #[test]
        fn serde_json_reads_what_we_write(value in values()) {
            let text = crate::json::to_text(&value);
            prop_assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(value));
        }

        #[test]
        fn decimals_of_fifteen_digits_are_rounded_correctly(
            digits in 0..1_000_000_000_000_000_u64, exponent in -22..=22_i32,
        ) {
            let text = format!("{digits}e{exponent}");
            prop_assert_eq!(read(&text).and_then(|it| it.as_f64()), text.parse().ok());
        }

        #[test]
        fn agrees_with_serde_json_on_what_is_json(text in r#"[\[\]{}",:0-9eE.+\-a-f \\tnul]{0,16}"#) {
            let theirs = serde_json::from_str::<Value>(&text);
            prop_assert_eq!(read(&text).is_some(), theirs.is_ok(), "{}", text);
        }
    }
}
