//! Lines read quickly, as most of a log can be.
//!
//! Reading lines is most of the work of a replay. Going through one takes a fraction of what it takes
//! to make values of it; from there what an event says is borrowed, and of its properties those are
//! read that a playbook looks at. Whatever is not as usual is left to [`Event::read`], which also says
//! what is wrong with it.

use std::borrow::Cow;

use firstvalue_engine::Rules;
use firstvalue_model::message::MessageKind;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;
use smallvec::SmallVec;

use super::clock::Clock;
use super::line::{Event, Properties, Raw};
use super::scan::{Field, Json, Piece};

/// Mostly there are so few that they need no memory.
type Fields<'l> = SmallVec<[Field<'l>; 8]>;

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
        usual.map_or_else(|| Event::read(line, true), Ok)
    }

    fn event<'l>(&mut self, line: &'l str) -> Option<Event<'l>> {
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
                (Some("properties"), _) => {
                    of_event.push((name, value));
                    return Some(());
                }
                _ => return Some(()),
            };
            // A name that comes twice is a mistake.
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
            timestamp: text(timestamp)?,
            utc_offset: object(context)?.and(utc_offset).and_then(number),
            properties: object(properties)?,
            traits: object(traits)?,
        };
        let whole = |traits| serde_json::from_str(traits).map_err(|_| String::new());
        let (clock, rules) = (&mut self.clock, self.rules);
        let read = |text: &str| clock.read(text);
        raw.event(read, whole, |event, _| {
            Ok(looked_at(rules, event, &of_event).map(Properties::Fields))
        })
        .ok()
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

/// A text, or none; `None` if it is something else.
fn text(value: Option<Piece<'_>>) -> Option<Option<Cow<'_, str>>> {
    match value {
        None | Some(Piece::Null) => Some(None),
        Some(Piece::Text(text)) => Some(Some(Cow::Borrowed(text))),
        Some(_) => None,
    }
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
            "other",
            "user\\u0049d",
        ]);
        let values = prop::sample::select(vec![
            "null",
            "1",
            "-0",
            "1.5e3",
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
            let slow = Event::read(&line, true);
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
            let slow = Event::read(line.as_bytes(), true);
            let rules = [rules(&["n", "m"])];
            assert_eq!(
                told(&Lines::new(&rules).read(line.as_bytes())),
                told(&slow),
                "{depth}"
            );
        }
    }
}
