//! Numbers and texts as few bytes: what a saved state is made of.
//!
//! Numbers are written seven bits at a time, the lowest first; the sign is the lowest bit. Serde
//! would do the same with several times the code, which every page loads.

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

/// Bytes that are being read. Once they are not what was written, everything reads as nothing, which
/// is asked about in the end: looking each time would take more code than all the rest.
pub(crate) struct Reader<'b>(pub Option<&'b [u8]>);

impl<'b> Reader<'b> {
    /// Whether all was read, and was what had been written.
    pub(crate) fn is_done(&self) -> bool {
        self.0.is_some_and(<[u8]>::is_empty)
    }

    pub(crate) fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let Some((&byte, rest)) = self.0.and_then(<[u8]>::split_first) else {
                break;
            };
            self.0 = Some(rest);
            let bits = u64::from(byte & 0x7F);
            // The tenth byte has room for one bit.
            if shift == 63 && bits > 1 {
                break;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return number;
            }
        }
        self.0 = None;
        0
    }

    /// A number that is not large.
    pub(crate) fn small<N: TryFrom<u64> + Default>(&mut self) -> N {
        let number = N::try_from(self.number());
        if number.is_err() {
            self.0 = None;
        }
        number.unwrap_or_default()
    }

    pub(crate) fn signed(&mut self) -> i64 {
        let number = self.number();
        (number >> 1) as i64 ^ -((number & 1) as i64)
    }

    pub(crate) fn flag(&mut self) -> bool {
        let number = self.number();
        if number > 1 {
            self.0 = None;
        }
        number == 1
    }

    pub(crate) fn maybe(&mut self) -> Option<i64> {
        self.flag().then(|| self.signed())
    }

    pub(crate) fn text(&mut self) -> &'b str {
        let length = self.length();
        let text = self.0.and_then(|bytes| bytes.split_at_checked(length));
        self.0 = text.map(|(_, rest)| rest);
        let text = text.map(|(text, _)| std::str::from_utf8(text));
        if let Some(Err(_)) = text {
            self.0 = None;
        }
        text.and_then(Result::ok).unwrap_or_default()
    }

    /// What was written as so many bytes.
    pub(crate) fn bytes(&mut self) -> &'b [u8] {
        let length = self.length();
        let bytes = self.0.and_then(|bytes| bytes.split_at_checked(length));
        self.0 = bytes.map(|(_, rest)| rest);
        bytes.map(|(bytes, _)| bytes).unwrap_or_default()
    }

    /// How many items follow. Each takes a byte or more, so damaged bytes cannot ask for more
    /// memory than they have.
    pub(crate) fn length(&mut self) -> usize {
        let length = self.number();
        match self.0 {
            Some(rest) if length <= rest.len() as u64 => length as usize,
            _ => {
                self.0 = None;
                0
            }
        }
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
            let mut reader = Reader(Some(&writer.0));
            prop_assert_eq!(reader.number(), number);
            prop_assert_eq!(reader.signed(), signed);
            prop_assert_eq!(reader.maybe(), maybe);
            prop_assert_eq!(reader.text(), text.as_str());
            prop_assert!(reader.is_done());
        }

        #[test]
        fn what_was_not_written_does_no_harm(bytes: Vec<u8>) {
            let mut reader = Reader(Some(&bytes));
            while reader.0.is_some_and(|rest| !rest.is_empty()) {
                for _ in 0..reader.length() {
                    reader.maybe();
                }
            }
            Reader(Some(&bytes)).text();
        }

        #[test]
        fn what_is_cut_off_is_damaged(number: u64, text: String) {
            let mut writer = Writer(Vec::new());
            writer.number(number);
            writer.text(&text);
            for end in 0..writer.0.len() {
                let mut reader = Reader(writer.0.get(..end));
                reader.number();
                reader.text();
                prop_assert!(!reader.is_done());
            }
        }
    }
}
