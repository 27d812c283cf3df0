//! Numbers with a fraction as text: the shortest that reads back as the same number.
//!
//! Every browser knows that text, and finding it takes a twentieth of all that a page loads. So in
//! WebAssembly the host brings it: see [`use_numbers`].

#[cfg(target_family = "wasm")]
thread_local! {
    static HOST: std::cell::Cell<Option<fn(f64, &mut String)>> = const { std::cell::Cell::new(None) };
}

/// Has the host write numbers on this thread: those of 0 or more, to the character as `serde_json`
/// does. Natively there is no need, and it changes nothing. Without a host, in WebAssembly, `null`
/// is written.
pub fn use_numbers(write: fn(f64, &mut String)) {
    #[cfg(target_family = "wasm")]
    HOST.set(Some(write));
    #[cfg(not(target_family = "wasm"))]
    let _ = write;
}

/// Adds a number that is finite.
#[cfg(target_family = "wasm")]
pub(super) fn write_number(number: f64, out: &mut String) {
    let Some(write) = HOST.get() else {
        return out.push_str("null");
    };
    if number.is_sign_negative() {
        out.push('-');
    }
    write(number.abs(), out);
}

/// Adds a number that is finite.
#[cfg(not(target_family = "wasm"))]
pub(super) fn write_number(number: f64, out: &mut String) {
    out.push_str(zmij::Buffer::new().format_finite(number));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `text.js` of the core package is held against as well, by `tests/browser/texts.test.mjs`.
    #[test]
    fn numbers_are_written_as_browsers_are_to_write_them() {
        for line in include_str!("numbers.txt").lines() {
            let mut text = String::new();
            write_number(line.parse().unwrap(), &mut text);
            assert_eq!(text, line);
        }
    }
}
