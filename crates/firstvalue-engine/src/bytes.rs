//! Numbers and texts as few bytes: what a saved state is made of.
//!
//! Numbers are written seven bits at a time, the lowest first; the sign is the lowest bit. Serde
//! would do the same with several times the code, which every page loads.

use std::collections::VecDeque;

/// Bytes that are being written.
pub(crate) struct Writer(pub Vec<u8>);

impl Writer {
    pub(crate) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    pub(crate) fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63) as u64);
    }

    pub(crate) fn maybe(&mut self, number: Option<i64>) {
        self.number(number.is_some().into());
        if let Some(number) = number {
            self.signed(number);
        }
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }
}

/// Bytes that are being read; `None` where they are not what was written.
pub(crate) struct Reader<'b>(pub &'b [u8]);

impl<'b> Reader<'b> {
    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            let bits = u64::from(byte & 0x7F);
            // The tenth byte has room for one bit.
            if shift == 63 && bits > 1 {
                return None;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(crate) fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    pub(crate) fn flag(&mut self) -> Option<bool> {
        match self.number()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    pub(crate) fn maybe(&mut self) -> Option<Option<i64>> {
        Some(if self.flag()? {
            Some(self.signed()?)
        } else {
            None
        })
    }

    pub(crate) fn text(&mut self) -> Option<&'b str> {
        let length = self.length()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    /// How many items follow. Each takes a byte or more, so damaged bytes cannot ask for more
    /// memory than they have.
    pub(crate) fn length(&mut self) -> Option<usize> {
        let length = usize::try_from(self.number()?).ok()?;
        (length <= self.0.len()).then_some(length)
    }

    /// A list of signed numbers.
    pub(crate) fn list(&mut self) -> Option<VecDeque<i64>> {
        let mut list = VecDeque::new();
        for _ in 0..self.length()? {
            list.push_back(self.signed()?);
        }
        Some(list)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_written_is_read(number: u64, signed: i64, maybe: Option<i64>, text: String) {
            let mut writer = Writer(Vec::new());
            writer.number(number);
            writer.signed(signed);
            writer.maybe(maybe);
            writer.text(&text);
            let mut reader = Reader(&writer.0);
            prop_assert_eq!(reader.number(), Some(number));
            prop_assert_eq!(reader.signed(), Some(signed));
            prop_assert_eq!(reader.maybe(), Some(maybe));
            prop_assert_eq!(reader.text(), Some(text.as_str()));
            prop_assert!(reader.0.is_empty());
        }

        #[test]
        fn what_was_not_written_does_no_harm(bytes: Vec<u8>) {
            let mut reader = Reader(&bytes);
            while !reader.0.is_empty() && reader.list().is_some() {}
            Reader(&bytes).text();
        }
    }
}
