//! Playing a log to one or several playbooks.
//!
//! Most logs are by time, how most playbooks read a log does not depend on whether pages are in it,
//! and many name everybody by one id. So a replay begins as if that were so, and holds back what it has to say. Should the log turn
//! out otherwise, it begins again knowing better; a log is so read once in most cases.

mod once;
mod sift;

use std::collections::HashSet;
use std::io;
use std::sync::Mutex;

use firstvalue_engine::{Joins, Rules, State};
use firstvalue_model::time::Millis;
use self_cell::self_cell;

use super::log::{BlocksAhead, Lines, Log, LogError, Parsing, Piece};
use super::shards::{Placed, Shards, Told, Wanted};
use sift::{Sift, Surprise};

/// What is to be played, and how.
pub struct Play<'p> {
    /// The playbooks.
    pub rules: &'p [Rules],
    /// Leaves out what happened later, and lets time pass until then.
    pub until: Option<Millis>,
    /// Leaves out everybody else.
    pub only: Option<&'p HashSet<String>>,
}

/// Who is told what happens, as the replay comes to it.
pub trait Audience {
    /// Which changes are to be told at all.
    fn wants(&self) -> Wanted;

    /// Forgets everything: the replay begins again.
    fn restart(&mut self);

    /// Is told of the next change under a playbook.
    ///
    /// # Errors
    /// If it cannot be written.
    fn tell(&mut self, playbook: usize, told: &Told) -> io::Result<()>;
}

/// How everybody stands at the end of a replay.
pub struct Played {
    /// The playbooks, as the log was to be read.
    pub rules: Vec<Rules>,
    shards: Shards,
    /// How many events there were.
    pub events: u64,
    /// The first and last moment of an event; `None` if there was none.
    pub span: Option<(Millis, Millis)>,
    /// The moment up to which time has passed; `None` if there was no event and none was asked for.
    pub until: Option<Millis>,
}

impl Played {
    /// All users under one of the playbooks, in no order.
    pub fn users(&self, playbook: usize) -> impl Iterator<Item = (&str, &State)> {
        self.shards.users(playbook)
    }

    /// All accounts under one of the playbooks, in no order.
    pub fn accounts(&self, playbook: usize) -> impl Iterator<Item = (&str, &State)> {
        self.shards.accounts(playbook)
    }

    /// A user under one of the playbooks.
    pub fn user(&self, playbook: usize, user: &str) -> Option<&State> {
        self.shards.user(playbook, user)
    }

    /// The account that a user belongs to.
    pub fn account_of(&self, user: &str) -> Option<&str> {
        self.shards.account_of(user)
    }

    /// The moment from which everybody is looked at. Without one there is nobody.
    pub fn end(&self) -> Millis {
        self.until.unwrap_or_default()
    }

    /// A state at the end. Those of whom nothing changes by waiting stay where their last event
    /// has left them, but what is measured from now is to be measured from the end.
    pub fn at_end(&self, rules: &Rules, state: &State) -> State {
        let mut state = state.clone();
        state.advance(rules, self.end(), &mut Vec::new());
        state
    }
}

type Pieces<'b> = Vec<Piece<Placed<'b>>>;

self_cell!(
    /// A block, and what its lines say.
    struct Parsed {
        owner: Vec<u8>,
        #[covariant]
        dependent: Pieces,
    }
);

impl Parsed {
    fn nothing() -> Self {
        Self::new(Vec::new(), |_| Vec::new())
    }
}

/// Why playing has ended before the log did.
enum Stop {
    Surprise(Surprise),
    Log(LogError),
}

impl From<Surprise> for Stop {
    fn from(surprise: Surprise) -> Self {
        Self::Surprise(surprise)
    }
}

impl From<LogError> for Stop {
    fn from(error: LogError) -> Self {
        Self::Log(error)
    }
}

/// What a log is taken for.
struct Assumed {
    is_by_time: bool,
    holds_pages: bool,
    /// Who has several ids; `None` if nobody has. What is said of one of them counts for their person
    /// from the beginning, so it has to be known before the first event.
    joins: Option<Joins>,
}

impl Play<'_> {
    /// Plays a log.
    ///
    /// # Errors
    /// If the log cannot be read, or what is told cannot be written.
    pub fn play(&self, log: &mut Log, audience: &mut impl Audience) -> Result<Played, LogError> {
        let mut assumed = Assumed {
            is_by_time: true,
            // Where nobody asks, the answer does not matter, and none may come as a surprise.
            holds_pages: !self.rules.iter().any(Rules::looks_at_pages),
            joins: None,
        };
        loop {
            match self.attempt(&assumed, log, audience) {
                Ok(played) => {
                    log.finish()?;
                    return Ok(played);
                }
                Err(Stop::Surprise(Surprise::Disorder)) => assumed.is_by_time = false,
                Err(Stop::Surprise(Surprise::Page)) => assumed.holds_pages = true,
                Err(Stop::Surprise(Surprise::Join)) => {
                    assumed.joins = Some(log.joins(self.until)?);
                }
                Err(Stop::Log(error)) => return Err(error),
            }
            audience.restart();
        }
    }

    fn attempt(
        &self,
        assumed: &Assumed,
        log: &mut Log,
        audience: &mut impl Audience,
    ) -> Result<Played, Stop> {
        let rules = self.rules.iter().cloned();
        let rules: Vec<Rules> = if assumed.holds_pages {
            rules.collect()
        } else {
            rules.map(Rules::without_pages).collect()
        };
        let mut shards = Shards::new(log.threads(), rules.len(), audience.wants());
        let mut sift = Sift::new(self, assumed);
        let nobody = Joins::new();
        let joins = assumed.joins.as_ref().unwrap_or(&nobody);
        let mut line = 0;
        let mut blocks = blocks(assumed, log)?;
        // While the events of a block are applied, those of the next are read, and what is left of
        // the one before is thrown away.
        let (mut before, mut present) = (None, Parsed::nothing());
        loop {
            let pieces = present.borrow_dependent();
            pieces.iter().for_each(|piece| log.note(&mut line, piece));
            let kept = sift.block(pieces.iter().flat_map(|piece| &piece.events))?;
            shards.settle(kept.iter().copied());
            let block = blocks.next().transpose()?;
            let is_last = block.is_none();
            let next = Parsed::new(block.unwrap_or_default(), |block| {
                let parsing = Parsing::new(block, log.threads());
                let rubbish = Mutex::new(before.take());
                shards.apply(&rules, kept.into_iter(), |homes| {
                    drop(rubbish.lock().ok().and_then(|mut rubbish| rubbish.take()));
                    let mut lines = Lines::new(&rules);
                    while parsing.next(&mut |line| Placed::read(line, &mut lines, joins, homes)) {}
                });
                parsing.pieces()
            });
            before = Some(std::mem::replace(&mut present, next));
            if shards.is_worth_advancing() {
                tell(shards.advance(&rules, sift.horizon()), audience)?;
            }
            if is_last {
                break;
            }
        }
        let until = self.until.or(sift.last());
        let horizon = until.unwrap_or_default().saturating_add(1);
        tell(shards.advance(&rules, horizon), audience)?;
        Ok(Played {
            rules,
            shards,
            events: sift.count(),
            span: sift.span(),
            until,
        })
    }
}

fn blocks(assumed: &Assumed, log: &mut Log) -> Result<BlocksAhead, LogError> {
    if assumed.is_by_time {
        log.as_it_lies()
    } else {
        log.by_time()
    }
}

fn tell(told: Vec<Vec<Told>>, audience: &mut impl Audience) -> Result<(), LogError> {
    for (playbook, told) in told.iter().enumerate() {
        for told in told {
            audience.tell(playbook, told)?;
        }
    }
    Ok(())
}
