//! What rules are written as for browsers: one flat list of JSON values, read in the order in which
//! they were written. Names of fields would take more bytes than all else, and so would code that
//! looks for them.

use firstvalue_model::message::Object;
use serde_json::Value;

/// A list that is being written.
#[derive(Default)]
pub(super) struct Writer(pub Vec<Value>);

impl Writer {
    pub(super) fn value(&mut self, value: impl Into<Value>) {
        self.0.push(value.into());
    }

    /// How many there are, and each of them.
    pub(super) fn list<'i, T: 'i>(
        &mut self,
        items: impl IntoIterator<Item = &'i T, IntoIter: ExactSizeIterator>,
        write: impl Fn(&'i T, &mut Self),
    ) {
        let items = items.into_iter();
        self.value(items.len());
        items.for_each(|item| write(item, self));
    }

    /// One of several, by its place among them.
    pub(super) fn one_of<T: PartialEq>(&mut self, all: &[T], one: &T) {
        self.value(all.iter().position(|other| other == one));
    }

    pub(super) fn places(&mut self, places: &Vec<u32>) {
        self.list(places, |place, out| out.value(*place));
    }
}

/// A list that is being read. Once something else comes than is asked for, that and everything
/// after it reads as nothing, which is asked about in the end: looking each time would take more
/// code than all the rest.
pub(super) struct Reader<'t> {
    rest: std::slice::IterMut<'t, Value>,
    is_damaged: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn new(tokens: &'t mut [Value]) -> Self {
        Self {
            rest: tokens.iter_mut(),
            is_damaged: false,
        }
    }

    /// Whether all was read, and was what it was asked for as.
    pub(super) fn is_done(&self) -> bool {
        !self.is_damaged && self.rest.len() == 0
    }

    /// Has nothing more read.
    pub(super) fn damaged(&mut self) {
        self.is_damaged = true;
        self.rest = Default::default();
    }

    pub(super) fn value(&mut self) -> Value {
        match self.rest.next() {
            Some(value) => value.take(),
            None => {
                self.is_damaged = true;
                Value::Null
            }
        }
    }

    /// A number, or nothing in its place.
    pub(super) fn maybe(&mut self) -> Option<f64> {
        match self.value() {
            Value::Number(number) => number.as_f64(),
            Value::Null => None,
            _ => {
                self.damaged();
                None
            }
        }
    }

    pub(super) fn number(&mut self) -> f64 {
        let number = self.maybe();
        if number.is_none() {
            self.damaged();
        }
        number.unwrap_or_default()
    }

    /// A place in one of the lists, or another number that is not large.
    pub(super) fn place(&mut self) -> u32 {
        self.number() as u32
    }

    /// A span of time, or nothing in its place.
    pub(super) fn span(&mut self) -> Option<i64> {
        self.maybe().map(|span| span as i64)
    }

    pub(super) fn flag(&mut self) -> bool {
        self.number() != 0.0
    }

    /// A text, or nothing in its place.
    pub(super) fn maybe_text(&mut self) -> Option<String> {
        match self.value() {
            Value::String(text) => Some(text),
            Value::Null => None,
            _ => {
                self.damaged();
                None
            }
        }
    }

    pub(super) fn text(&mut self) -> String {
        let text = self.maybe_text();
        if text.is_none() {
            self.damaged();
        }
        text.unwrap_or_default()
    }

    /// An object, or nothing in its place.
    pub(super) fn maybe_object(&mut self) -> Option<Object> {
        match self.value() {
            Value::Object(object) => Some(object),
            Value::Null => None,
            _ => {
                self.damaged();
                None
            }
        }
    }

    pub(super) fn object(&mut self) -> Object {
        let object = self.maybe_object();
        if object.is_none() {
            self.damaged();
        }
        object.unwrap_or_default()
    }

    /// As many as were written.
    pub(super) fn list<T>(&mut self, read: fn(&mut Self) -> T) -> Vec<T> {
        let mut list = Vec::new();
        for _ in 0..self.place() {
            if self.is_damaged {
                break;
            }
            list.push(read(self));
        }
        list
    }

    pub(super) fn places(&mut self) -> Vec<u32> {
        self.list(Self::place)
    }

    /// What [`Writer::one_of`] wrote.
    pub(super) fn one_of<T: Copy>(&mut self, all: &[T], otherwise: T) -> T {
        let one = all.get(self.place() as usize);
        if one.is_none() {
            self.damaged();
        }
        one.copied().unwrap_or(otherwise)
    }
}
