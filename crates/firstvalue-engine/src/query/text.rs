//! What queries ask of text that needs to know all the world's scripts: patterns and lower case.
//!
//! Every browser has both, and bringing them along would double the size of the engine there. So
//! without the feature `text` the host brings them: see [`use_text`].

/// What the host knows of text.
#[derive(Clone, Copy)]
pub struct Text {
    /// Whether a text matches a pattern: pattern, text, and whether letter case is ignored. A
    /// pattern that cannot be read matches nothing.
    pub matches: fn(&str, &str, bool) -> bool,
    /// Whether two texts are the same but for letter case.
    pub same_letters: fn(&str, &str) -> bool,
}

#[cfg(not(feature = "text"))]
thread_local! {
    static HOST: std::cell::Cell<Option<Text>> = const { std::cell::Cell::new(None) };
}

/// Has queries ask the host, on this thread. With the feature `text` there is no need, and it
/// changes nothing.
pub fn use_text(text: Text) {
    #[cfg(feature = "text")]
    let _ = text;
    #[cfg(not(feature = "text"))]
    HOST.set(Some(text));
}

#[cfg(feature = "text")]
pub(super) fn matches(pattern: &str, text: &str, ignore_case: bool) -> bool {
    let pattern = regex_lite::RegexBuilder::new(pattern)
        .case_insensitive(ignore_case)
        .build();
    pattern.is_ok_and(|pattern| {
        if ignore_case && text.contains(['\u{17f}', '\u{212a}']) {
            // Two letters whose lower case is an ASCII letter, which browsers take for that.
            let text = text.replace('\u{17f}', "s").replace('\u{212a}', "k");
            return pattern.is_match(&text);
        }
        pattern.is_match(text)
    })
}

#[cfg(feature = "text")]
pub(super) fn same_letters(one: &str, other: &str) -> bool {
    let lower = |text| str::chars(text).flat_map(char::to_lowercase);
    lower(one).eq(lower(other))
}

#[cfg(not(feature = "text"))]
pub(super) fn matches(pattern: &str, text: &str, ignore_case: bool) -> bool {
    HOST.get()
        .is_some_and(|host| (host.matches)(pattern, text, ignore_case))
}

#[cfg(not(feature = "text"))]
pub(super) fn same_letters(one: &str, other: &str) -> bool {
    HOST.get()
        .map_or(one == other, |host| (host.same_letters)(one, other))
}
