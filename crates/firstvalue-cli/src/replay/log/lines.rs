//! Lines read quickly, as most of a log can be.
//!
//! Reading lines is most of the work of a replay. simd-json reads one onto a tape several times sooner
//! than anything makes values of it; from there what an event says is borrowed, and of its
//! properties those are read that a playbook looks at. Whatever is not as usual is left to
//! [`Event::read`], which also says what is wrong with it.

use std::borrow::Cow;

use firstvalue_engine::Rules;
use firstvalue_model::message::{MessageKind, Object};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;
use serde_json::Value;
use simd_json::prelude::*;
use simd_json::tape::Node;
use simd_json::{Buffers, StaticNode, Tape};

use super::line::{Event, Raw};

/// As deep as `serde_json` goes.
const DEEPEST: usize = 127;

/// Reads one line after the other.
pub struct Lines<'r> {
    rules: &'r [Rules],
    buffers: Buffers,
    tape: Tape<'static>,
    /// The line as it was: reading it onto the tape changes it.
    copy: Vec<u8>,
}

/// The nodes of one value.
type Nodes<'t, 'l> = &'t [Node<'l>];

impl<'r> Lines<'r> {
    /// Reads what these playbooks look at.
    pub fn new(rules: &'r [Rules]) -> Self {
        Self {
            rules,
            buffers: Buffers::with_max_depth(1024, DEEPEST),
            tape: Tape(Vec::new()),
            copy: Vec::new(),
        }
    }

    /// Reads a line, of which nobody can read anything else afterwards.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn read<'l>(&mut self, line: &'l mut [u8]) -> Result<Event<'l>, String> {
        self.copy.clear();
        self.copy.extend_from_slice(line);
        let mut tape = std::mem::replace(&mut self.tape, Tape(Vec::new())).reset();
        let filled = simd_json::fill_tape(line, &mut self.buffers, &mut tape);
        let event = filled.ok().and_then(|()| self.event(&tape.0));
        self.tape = tape.reset();
        match event {
            Some(event) => Ok(event),
            None => Event::read(&self.copy, true).map(Event::into_owned),
        }
    }

    fn event<'l>(&self, line: Nodes<'_, 'l>) -> Option<Event<'l>> {
        let mut kind = None;
        let [
            mut message_id,
            mut user_id,
            mut anonymous_id,
            mut previous_id,
        ] = [None; 4];
        let [mut group_id, mut event, mut timestamp] = [None; 3];
        let [mut properties, mut traits, mut context] = [None; 3];
        for (name, value) in fields(line)? {
            let field = match name {
                "type" => &mut kind,
                "messageId" => &mut message_id,
                "userId" => &mut user_id,
                "anonymousId" => &mut anonymous_id,
                "previousId" => &mut previous_id,
                "groupId" => &mut group_id,
                "event" => &mut event,
                "timestamp" => &mut timestamp,
                "properties" => &mut properties,
                "traits" => &mut traits,
                "context" => &mut context,
                _ => continue,
            };
            if field.replace(value).is_some() {
                return None;
            }
        }
        let raw = Raw {
            kind: match kind {
                None => MessageKind::default(),
                Some([Node::String(kind)]) => {
                    MessageKind::deserialize(IntoDeserializer::<Error>::into_deserializer(*kind))
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
            utc_offset: match object(context)? {
                Some(context) => utc_offset(context)?,
                None => None,
            },
            properties: object(properties)?,
            traits: object(traits)?,
        };
        let whole = |traits| as_object(traits).ok_or_else(String::new);
        raw.event(whole, |event, properties| {
            self.looked_at(event, properties).ok_or_else(String::new)
        })
        .ok()
    }

    /// The properties of an event of a name that a playbook looks at, if any does.
    fn looked_at(&self, event: &str, properties: Nodes<'_, '_>) -> Option<Option<Object>> {
        let mut found = None;
        for name in self
            .rules
            .iter()
            .flat_map(|rules| rules.properties_of(event))
        {
            let found = found.get_or_insert_with(Object::new);
            if found.contains_key(name) {
                continue;
            }
            // Of several with one name the last counts.
            if let Some((_, nodes)) = fields(properties)?.filter(|(is, _)| *is == name).last() {
                found.insert(name.to_owned(), value(nodes)?);
            }
        }
        Some(found)
    }
}

/// The fields of an object.
fn fields<'t, 'l>(object: Nodes<'t, 'l>) -> Option<impl Iterator<Item = (&'l str, Nodes<'t, 'l>)>> {
    let (Node::Object { .. }, mut rest) = object.split_first()? else {
        return None;
    };
    Some(std::iter::from_fn(move || {
        let (Node::String(name), after) = rest.split_first()? else {
            return None;
        };
        let (value, after) = first(after)?;
        rest = after;
        Some((*name, value))
    }))
}

/// The first value of several, and the others.
fn first<'t, 'l>(values: Nodes<'t, 'l>) -> Option<(Nodes<'t, 'l>, Nodes<'t, 'l>)> {
    let length = match values.first()? {
        Node::Object { count, .. } | Node::Array { count, .. } => count + 1,
        Node::String(_) | Node::Static(_) => 1,
    };
    values.split_at_checked(length)
}

/// A text, or none; `None` if it is something else.
fn text<'l>(value: Option<Nodes<'_, 'l>>) -> Option<Option<Cow<'l, str>>> {
    match value {
        None | Some([Node::Static(StaticNode::Null)]) => Some(None),
        Some([Node::String(text)]) => Some(Some(Cow::Borrowed(text))),
        Some(_) => None,
    }
}

/// An object, or none; `None` if it is something else.
fn object<'t, 'l>(value: Option<Nodes<'t, 'l>>) -> Option<Option<Nodes<'t, 'l>>> {
    match value {
        None | Some([Node::Static(StaticNode::Null)]) => Some(None),
        Some(nodes @ [Node::Object { .. }, ..]) => Some(Some(nodes)),
        Some(_) => None,
    }
}

fn utc_offset(context: Nodes<'_, '_>) -> Option<Option<f64>> {
    let mut offsets = fields(context)?.filter(|(name, _)| *name == "utcOffset");
    let offset = match offsets.next() {
        Some((_, [Node::Static(number)])) => number.cast_f64(),
        _ => None,
    };
    offsets.next().is_none().then_some(offset)
}

fn as_object(nodes: Nodes<'_, '_>) -> Option<Object> {
    let mut object = Object::new();
    for (name, nodes) in fields(nodes)? {
        object.insert(name.to_owned(), value(nodes)?);
    }
    Some(object)
}

fn value(nodes: Nodes<'_, '_>) -> Option<Value> {
    Some(match nodes.split_first()? {
        (Node::String(text), _) => Value::from(*text),
        (Node::Static(StaticNode::Null), _) => Value::Null,
        (Node::Static(StaticNode::Bool(is)), _) => Value::from(*is),
        (Node::Static(StaticNode::I64(number)), _) => Value::from(*number),
        (Node::Static(StaticNode::U64(number)), _) => Value::from(*number),
        (Node::Static(StaticNode::F64(number)), _) => Value::from(*number),
        (Node::Object { .. }, _) => Value::Object(as_object(nodes)?),
        (Node::Array { .. }, mut rest) => {
            let mut array = Vec::new();
            while !rest.is_empty() {
                let (nodes, after) = first(rest)?;
                array.push(value(nodes)?);
                rest = after;
            }
            Value::Array(array)
        }
    })
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
            let mut line = line.to_vec();
            let event = Lines::new(&rules).read(&mut line).unwrap();
            let Said::Event { properties, .. } = event.call().what else {
                panic!("it is an event");
            };
            properties.cloned()
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
        let call = event.call();
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
        Ok(format!(
            "{} {:?} {} {} {what} {:?}",
            call.user, call.joins, call.at, call.utc_offset, event.id
        ))
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
            let mut copy = line.clone();
            let mut lines = Lines::new(&rules);
            prop_assert_eq!(told(&lines.read(&mut copy)), told(&slow));
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
            let mut copy = line.clone().into_bytes();
            assert_eq!(
                told(&Lines::new(&rules).read(&mut copy)),
                told(&slow),
                "{depth}"
            );
        }
    }
}
