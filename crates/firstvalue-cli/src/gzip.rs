//! What a gzip file holds, of one member or of several behind each other.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// The first bytes of gzip.
pub const BEGINNING: [u8; 2] = [0x1f, 0x8b];

/// Unpacks what is gzip from its beginning to its end. Zeros behind a member, with which tapes and blocks
/// are filled up, mean nothing.
pub struct Unpacked<R> {
    /// `None` when all has been read.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Unpacked<R> {
    /// Unpacks these bytes.
    pub fn new(packed: R) -> Self {
        Self {
            member: Some(GzDecoder::new(packed)),
        }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let read = member.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let rest = self.member.take().map(GzDecoder::into_inner);
            self.member = rest.map(next_member).transpose()?.flatten();
        }
        Ok(0)
    }
}

/// The member behind another one, if there is one.
fn next_member<R: BufRead>(mut rest: R) -> io::Result<Option<GzDecoder<R>>> {
    loop {
        let bytes = rest.fill_buf()?;
        match bytes.iter().position(|byte| *byte != 0) {
            None if bytes.is_empty() => return Ok(None),
            None => {
                let zeros = bytes.len();
                rest.consume(zeros);
            }
            Some(zeros) if bytes.get(zeros) == BEGINNING.first() => {
                rest.consume(zeros);
                return Ok(Some(GzDecoder::new(rest)));
            }
            Some(_) => {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "something other than gzip follows the gzip that it begins with",
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Write};

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// What is read in small pieces, so that members end anywhere in them.
    fn unpacked(parts: &[&[u8]]) -> Result<String, String> {
        let whole = parts.concat();
        let mut text = String::new();
        let read = Unpacked::new(BufReader::with_capacity(7, &whole[..])).read_to_string(&mut text);
        read.map(|_| text).map_err(|error| error.to_string())
    }

    #[test]
    fn members_follow_each_other_perhaps_behind_zeros() {
        let [a, b, nothing] = [&packed(b"one "), &packed(b"two"), &packed(b"")];
        let both = Ok("one two".to_owned());
        assert_eq!(unpacked(&[a, b]), both);
        assert_eq!(unpacked(&[a, nothing, b]), both);
        assert_eq!(unpacked(&[a, b, &[0; 512]]), both);
        assert_eq!(unpacked(&[a, &[0; 20], b, &[0]]), both);
    }

    #[test]
    fn what_follows_and_is_no_gzip_is_called_so() {
        let a = &packed(b"one");
        let follows =
            Err("something other than gzip follows the gzip that it begins with".to_owned());
        assert_eq!(unpacked(&[a, b"and more"]), follows);
        assert_eq!(unpacked(&[a, &[0; 20], b"and more"]), follows);
        assert!(unpacked(&[a, &a[..a.len() - 1]]).is_err());
        assert!(unpacked(&[a, &BEGINNING[..1]]).is_err());
    }
}
