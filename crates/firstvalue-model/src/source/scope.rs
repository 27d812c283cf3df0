//! What a condition is about: one user or one account. Not every form goes into both.
//!
//! An audience is about whoever it is asked of, so what stands in it is checked at the places
//! that name it.

use std::collections::{BTreeMap, BTreeSet};

use super::diagnostic::Span;
use super::node::shortened;
use super::reader::Reader;
use super::references::{Item, Kind, Reference};
use crate::playbook::Per;

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Scope {
    /// One user.
    #[default]
    User,
    /// One user among those whom `users` counts.
    Member,
    /// One account.
    Account,
    /// Whoever is asked about: an audience.
    Open,
}

/// What does not go into every condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    User,
    /// `user` where a number is measured.
    UserNumber,
    Guide,
    Page,
    Element,
    Users,
}

/// A place where such a form stands.
#[derive(Debug)]
pub(super) struct Use {
    /// What the place is part of, if others can refer to it.
    item: Option<Item>,
    scope: Scope,
    form: Form,
    span: Span,
}

impl Form {
    /// The form that the key of a condition names, if it does not go everywhere.
    pub(super) fn of(key: &str) -> Option<Self> {
        [
            Self::User,
            Self::Guide,
            Self::Page,
            Self::Element,
            Self::Users,
        ]
        .into_iter()
        .find(|form| form.key() == key)
    }

    const fn key(self) -> &'static str {
        match self {
            Self::User | Self::UserNumber => "user",
            Self::Guide => "guide",
            Self::Page => "page",
            Self::Element => "element",
            Self::Users => "users",
        }
    }

    /// Whether a condition of this scope can hold it.
    fn goes_into(self, scope: Scope) -> bool {
        match scope {
            Scope::User | Scope::Open => true,
            Scope::Member => self != Self::Users,
            Scope::Account => self == Self::Users,
        }
    }

    /// What to write instead where it does not go.
    const fn instead(self) -> &'static str {
        match self {
            Self::User => {
                "count the users of whom it holds: `users: { user: … }, count: { gte: 1 }`"
            }
            Self::UserNumber => "measure a trait of the account: `account: …`",
            Self::Guide => {
                "count the users of whom it holds: `users: { guide: …, is: … }, count: { gte: 1 }`"
            }
            Self::Page => "ask what was done: `did: { event: page.viewed, where: { path: … } }`",
            Self::Element => "record as an event what makes it appear, and ask for that: `did: …`",
            Self::Users => "say all that must hold of one user by `all: [ … ]`, and count once",
        }
    }
}

impl Reader<'_> {
    /// Decodes what is about one thing or the other, whatever is around it.
    pub(super) fn about<T>(&mut self, scope: Scope, decode: impl FnOnce(&mut Self) -> T) -> T {
        let around = std::mem::replace(&mut self.scope, scope);
        let decoded = decode(self);
        self.scope = around;
        decoded
    }

    /// Notes that a form stands here.
    pub(super) fn note_use(&mut self, form: Form, span: Span) {
        let (item, scope) = (self.item.clone(), self.scope);
        self.uses.push(Use {
            item,
            scope,
            form,
            span,
        });
    }
}

/// Reports what stands in a condition that cannot be about it.
pub(super) fn check(reader: &mut Reader, references: &[Reference]) {
    let uses = std::mem::take(&mut reader.uses);
    for Use {
        scope, form, span, ..
    } in &uses
    {
        if !form.goes_into(*scope) {
            let key = form.key();
            let message = match scope {
                Scope::Member => format!("`{key}` inside `users`: who is counted is one user"),
                _ => format!("`{key}` is about one user, and this is about an account"),
            };
            reader.error("scope", *span, message).help(form.instead());
        }
    }
    let per = std::mem::take(&mut reader.per);
    let contents = Contents::of(&uses, references, &per);
    for Reference {
        scope, to, span, ..
    } in references
    {
        let (kind, id) = (to.0, shortened(&to.1));
        match (kind, scope) {
            (Kind::Milestone, Scope::Account) if per.get(&to.1) == Some(&Per::User) => {
                let message =
                    format!("users reach the milestone `{id}`, and this is about an account");
                let help = format!(
                    "count those who did: `users: {{ milestone: {id} }}, count: {{ gte: 1 }}`"
                );
                reader.error("scope", *span, message).help(help);
            }
            (Kind::Audience, Scope::Account | Scope::Member) => {
                let Some((key, at)) = contents.misfit(to, *scope) else {
                    continue;
                };
                let (message, help) = if *scope == Scope::Member {
                    (
                        format!(
                            "the audience `{id}` counts users itself (line {}), and cannot stand \
                             inside `users`",
                            at.line
                        ),
                        format!("ask for both: `all: [ {{ audience: {id} }}, {{ users: … }} ]`"),
                    )
                } else {
                    (
                        format!(
                            "the audience `{id}` is about one user, by `{key}` on line {}, and \
                             this is about an account",
                            at.line
                        ),
                        format!(
                            "count those in it: `users: {{ audience: {id} }}, count: {{ gte: 1 }}`"
                        ),
                    )
                };
                reader.error("scope", *span, message).help(help);
            }
            _ => {}
        }
    }
}

/// What stands in each audience.
struct Contents<'a> {
    /// The key and the place of what is not for accounts, and of what is not for members.
    forms: BTreeMap<&'a Item, Vec<(Form, Span)>>,
    /// The milestones of users that are named.
    of_users: BTreeMap<&'a Item, Span>,
    audiences: BTreeMap<&'a Item, Vec<&'a Item>>,
}

impl<'a> Contents<'a> {
    fn of(uses: &'a [Use], references: &'a [Reference], per: &BTreeMap<String, Per>) -> Self {
        let mut contents = Self {
            forms: BTreeMap::new(),
            of_users: BTreeMap::new(),
            audiences: BTreeMap::new(),
        };
        for found in uses.iter().filter(|found| found.scope == Scope::Open) {
            if let Some(item) = &found.item {
                let forms = contents.forms.entry(item).or_default();
                forms.push((found.form, found.span));
            }
        }
        for Reference {
            from,
            scope,
            to,
            span,
        } in references
        {
            let Some(from) = from.as_ref().filter(|_| *scope == Scope::Open) else {
                continue;
            };
            match to.0 {
                Kind::Audience => contents.audiences.entry(from).or_default().push(to),
                Kind::Milestone if per.get(&to.1) == Some(&Per::User) => {
                    contents.of_users.entry(from).or_insert(*span);
                }
                _ => {}
            }
        }
        contents
    }

    /// What in an audience, or in those that it names, does not go into a condition of this scope.
    fn misfit(&self, audience: &'a Item, scope: Scope) -> Option<(&'static str, Span)> {
        let mut seen = BTreeSet::from([audience]);
        // By hand rather than by recursion: a chain of references may be as long as the playbook.
        let mut open = vec![audience];
        while let Some(audience) = open.pop() {
            let forms = self.forms.get(audience).into_iter().flatten();
            let form = forms
                .map(|(form, span)| (*form, *span))
                .find(|(form, _)| !form.goes_into(scope))
                .map(|(form, span)| (form.key(), span));
            let milestone = self
                .of_users
                .get(audience)
                .filter(|_| scope == Scope::Account);
            let found = form.or_else(|| milestone.map(|span| ("milestone", *span)));
            if found.is_some() {
                return found;
            }
            let named = self.audiences.get(audience).into_iter().flatten();
            open.extend(named.copied().filter(|named| seen.insert(*named)));
        }
        None
    }
}
