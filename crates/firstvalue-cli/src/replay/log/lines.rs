//! Lines read quickly, as most of a log can be.
//!
//! Reading lines is most of the work of a replay. Going through one takes a fraction of what it takes
//! to make values of it; from there what an event says is borrowed, and of its properties those are
//! read that a playbook looks at. Whatever is not as usual is left to [`Event::read`], which also says
//! what is wrong with it.

use std::borrow::Cow;

use firstvalue_engine::Rules;
use firstvalue_model::message::MessageKind;
use firstvalue_model::time::{Millis, Timestamp};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;
use smallvec::SmallVec;

use super::clock::Clock;
use super::line::{Event, Properties, Raw};
use super::scan::{Field, Json, Piece};

/// Mostly there are so few that they need no memory.
type Fields<'l> = SmallVec<[Field<'l>; 8]>;

/// The longest text that is an id or a name, in bytes; with a longer one a line is no event.
const LONGEST_NAME: usize = 255;

/// The most digits of a number that is read here: far fewer than would lose anything.
const MOST_DIGITS: usize = 14;

/// Lines longer than that are rare enough to be left to whoever knows how long they may be.
const LONGEST_LINE: usize = 1_024 * 1_024;

/// Reads one line after the other.
pub struct Lines<'r> {
    rules: &'r [Rules],
    clock: Clock,
}

impl<'r> Lines<'r> {
    /// Reads what these playbooks look at.
    pub fn new(rules: &'r [Rules]) -> Self {
        Self {
            rules,
            clock: Clock::default(),
        }
    }

    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn read<'l>(&mut self, line: &'l [u8]) -> Result<Event<'l>, String> {
        let usual = str::from_utf8(line).ok().and_then(|line| self.event(line));
        usual.map_or_else(|| Event::read(line), Ok)
    }

    fn event<'l>(&mut self, line: &'l str) -> Option<Event<'l>> {
        if line.len() > LONGEST_LINE {
            return None;
        }
        let mut kind = None;
        let [
            mut message_id,
            mut user_id,
            mut anonymous_id,
            mut previous_id,
        ] = [None; 4];
        let [mut group_id, mut event, mut timestamp] = [None; 3];
        let [mut properties, mut traits, mut context, mut utc_offset] = [None; 4];
        let mut of_event = Fields::new();
        Json::new(line)?.fields(|outer, name, value| {
            let field = match (outer, name) {
                (None, "type") => &mut kind,
                (None, "messageId") => &mut message_id,
                (None, "userId") => &mut user_id,
                (None, "anonymousId") => &mut anonymous_id,
                (None, "previousId") => &mut previous_id,
                (None, "groupId") => &mut group_id,
                (None, "event") => &mut event,
                (None, "timestamp") => &mut timestamp,
                (None, "properties") => &mut properties,
                (None, "traits") => &mut traits,
                (None, "context") => &mut context,
                (Some("context"), "utcOffset") => &mut utc_offset,
                (None, "name" | "sentAt") => {
                    return matches!(value, Piece::Text(_) | Piece::Null).then_some(());
                }
                (Some("properties"), _) => {
                    of_event.push((name, value));
                    return Some(());
                }
                _ => return Some(()),
            };
            // Of a name that comes twice the last counts, also with what is in it.
            field.replace(value).is_none().then_some(())
        })?;
        let raw = Raw {
            kind: match kind {
                None => MessageKind::default(),
                Some(Piece::Text(kind)) => {
                    MessageKind::deserialize(IntoDeserializer::<Error>::into_deserializer(kind))
                        .ok()?
                }
                Some(_) => return None,
            },
            message_id: text(message_id)?,
            user_id: text(user_id)?,
            anonymous_id: text(anonymous_id)?,
            previous_id: text(previous_id)?,
            group_id: text(group_id)?,
            event: text(event)?,
            moment: match timestamp? {
                Piece::Text(text) => self.clock.read(text)?,
                value => Timestamp {
                    at: whole(value)?.parse::<Millis>().ok()?,
                    offset: None,
                },
            },
            utc_offset: object(context)?.and(utc_offset).and_then(number),
            properties: object(properties)?,
            traits: object(traits)?,
        };
        let rules = self.rules;
        raw.event(
            |traits| serde_json::from_str(traits).ok(),
            |event, _| looked_at(rules, event, &of_event).map(Properties::Fields),
        )
    }
}

/// The properties of an event of a name that a playbook looks at, if any does.
fn looked_at<'l>(rules: &[Rules], event: &str, properties: &Fields<'l>) -> Option<Vec<Field<'l>>> {
    let mut names = rules.iter().flat_map(|rules| rules.properties_of(event));
    let first = names.next()?;
    let is_looked_at =
        |(name, _): &Field<'_>| first == *name || names.clone().any(|known| known == *name);
    Some(properties.iter().copied().filter(is_looked_at).collect())
}

/// An id or a name, or none, as which an empty one counts; `None` if it is something else.
fn text(value: Option<Piece<'_>>) -> Option<Option<Cow<'_, str>>> {
    let text = match value {
        None | Some(Piece::Null | Piece::Text("")) => return Some(None),
        Some(Piece::Text(text)) if text.len() <= LONGEST_NAME => text,
        // Some clients send numbers.
        Some(value) => whole(value)?,
    };
    Some(Some(Cow::Borrowed(text)))
}

/// A whole number from 0, as it is written, if it is not all too large.
fn whole(value: Piece<'_>) -> Option<&str> {
    let Piece::Other(number) = value else {
        return None;
    };
    let is_whole = number.bytes().all(|byte| byte.is_ascii_digit());
    (is_whole && number.len() <= MOST_DIGITS).then_some(number)
}

/// An object as it is written, or none; `None` if it is something else.
fn object(value: Option<Piece<'_>>) -> Option<Option<&str>> {
    match value {
        None | Some(Piece::Null) => Some(None),
        Some(Piece::Object(object)) => Some(Some(object)),
        Some(_) => None,
    }
}

fn number(value: Piece<'_>) -> Option<f64> {
    let Piece::Other(number) = value else {
        return None;
    };
    match number.parse::<i32>() {
        Ok(number) => Some(number.into()),
        Err(_) => number.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use firstvalue_engine::{Said, compile};
    use firstvalue_model::source;
    use proptest::prelude::*;

    use super::*;

    /// A playbook that looks at these properties of `x` and of `a.b`.
    fn rules(properties: &[&str]) -> Rules {
        let sum =
            |event: &str, path: &&str| format!("{{ did: {event}, sum: {path}, is: {{ gte: 9 }} }}");
        let of = |event| properties.iter().map(move |path| sum(event, path));
        let conditions: Vec<String> = of("x").chain(of("a.b")).collect();
        let text = format!(
            "version: 1\nproduct: T\nmilestones:\n  m: {{ title: M, when: {{ any: [{}] }} }}",
            conditions.join(", "),
        );
        compile(&source::read(&text).playbook.expect(&text)).rules
    }

    #[test]
    fn properties_that_nobody_asks_for_are_not_read() {
        let line =
            br#"{"userId":"a","event":"x","timestamp":"2026-01-03","properties":{"n":1,"m":2}}"#;
        let read = |names: &[&[&str]]| {
            let rules: Vec<Rules> = names.iter().copied().map(rules).collect();
            let event = Lines::new(&rules).read(line).unwrap();
            event.tell(|call| match call.what {
                Said::Event { properties, .. } => properties.cloned(),
                _ => panic!("it is an event"),
            })
        };
        assert_eq!(read(&[]), None);
        assert_eq!(read(&[&[]]), None);
        let object = |fields: &[(&str, i64)]| {
            let fields = fields.iter();
            Some(
                fields
                    .map(|(name, it)| ((*name).to_owned(), (*it).into()))
                    .collect(),
            )
        };
        assert_eq!(read(&[&["m", "o"]]), object(&[("m", 2)]));
        assert_eq!(read(&[&["m"], &["n.x"]]), object(&[("m", 2), ("n", 1)]));
    }

    /// What the engine is told, and of the properties of events that are looked at `n` and `m`.
    fn told(event: &Result<Event<'_>, String>) -> Result<String, String> {
        let event = event.as_ref().map_err(Clone::clone)?;
        Ok(event.tell(|call| {
            let what = match call.what {
                Said::Event { name, properties } => {
                    let looked_at = properties.filter(|_| matches!(name, "x" | "a.b"));
                    let field = |name| looked_at.and_then(|properties| properties.get(name));
                    let fields = format!("{:?} {:?}", field("n"), field("m"));
                    // They are equal to everybody who looks at them.
                    format!("did {name} {}", fields.replace("-0.0", "0"))
                }
                other => format!("{other:?}"),
            };
            format!(
                "{} {:?} {} {} {what} {:?}",
                call.user, call.joins, call.at, call.utc_offset, event.id
            )
        }))
    }

    fn field() -> impl Strategy<Value = String> {
        let names = prop::sample::select(vec![
            "type",
            "messageId",
            "userId",
            "anonymousId",
            "previousId",
            "groupId",
            "event",
            "timestamp",
            "properties",
            "traits",
            "context",
            "originalTimestamp",
            "sentAt",
            "name",
            "other",
            "user\\u0049d",
        ]);
        let values = prop::sample::select(vec![
            "null",
            "1",
            "-0",
            "1.5e3",
            "1772359200000",
            "253402300800000",
            "true",
            r#""""#,
            r#""u""#,
            r#""a.b""#,
            r#""x""#,
            r#""a\u0062\n""#,
            r#""track""#,
            r#""page""#,
            r#""identify""#,
            r#""group""#,
            r#""alias""#,
            r#""dance""#,
            "[]",
            "[1,2]",
            "{}",
            r#"{"n":1,"m":{"a":[1,"b",null,{"c":false}]}}"#,
            r#"{"n":1,"n":"\"2\""}"#,
            r#"{"utcOffset":-90.5}"#,
            r#"{"utcOffset":"1","page":{}}"#,
            r#"{"utcOffset":1,"utcOffset":2}"#,
            "18446744073709551616",
            "1e999",
            r#""\ud800""#,
            "[1,]",
            "nul",
            "{1:2}",
            r#"{"m":[[[[]]]],"n":123456789012345678}"#,
        ]);
        let number = |number: f64| format!(r#"{{"n":{number},"m":{number:e}}}"#);
        let values = prop_oneof![
            values.prop_map(str::to_owned),
            any::<f64>().prop_map(number),
            "-?[0-9]{1,25}(\\.[0-9]{1,25})?".prop_map(|number| format!(r#"{{"n":{number}}}"#)),
        ];
        (names, values).prop_map(|(name, value)| format!(r#""{name}":{value}"#))
    }

    proptest! {
        #[test]
        fn lines_mean_the_same_read_quickly(
            mut fields in prop::collection::vec(field(), 0..5),
            damage in prop::option::weighted(0.3, (any::<prop::sample::Index>(), any::<u8>())),
        ) {
            for usual in [r#""userId":"u""#, r#""event":"a.b""#, r#""timestamp":"2026-01-05T10:00Z""#] {
                let name = usual.split(':').next().unwrap_or_default();
                if !fields.iter().any(|field| field.starts_with(name)) {
                    fields.push(usual.to_owned());
                }
            }
            let mut line = format!("{{{}}}", fields.join(" , ")).into_bytes();
            if let Some((place, byte)) = damage {
                let place = place.index(line.len());
                line[place] = byte;
            }
            let rules = [rules(&["n", "m"])];
            let slow = Event::read(&line);
            prop_assert_eq!(told(&Lines::new(&rules).read(&line)), told(&slow));
        }
    }

    #[test]
    fn what_lies_too_deep_is_refused() {
        for depth in [100, 127, 200, 5_000] {
            let deep = "[".repeat(depth) + &"]".repeat(depth);
            let line = format!(
                r#"{{"userId":"u","event":"x","timestamp":"2026-01-03","properties":{{"n":{deep}}}}}"#
            );
            let slow = Event::read(line.as_bytes());
            let rules = [rules(&["n", "m"])];
            assert_eq!(
                told(&Lines::new(&rules).read(line.as_bytes())),
                told(&slow),
                "{depth}"
            );
        }
    }
}
