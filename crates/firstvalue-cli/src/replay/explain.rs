//! Why something was decided about a user, or was not: `--explain user:guide@time`.

mod circle;
mod question;
mod tree;

use std::io::{self, Write};

use anyhow::bail;
use firstvalue_engine::{Asked, Explanation, Rules, State};
use firstvalue_model::playbook::Per;
use firstvalue_model::time::{self, Millis};
use serde::Serialize;

use super::log::{Log, LogError};
use super::play::{Play, Played};
use super::users::{Health, Nobody};
use circle::Instead;
pub use question::Question;

/// An answer, to be written for people or as JSON.
#[derive(Serialize)]
pub struct Answer {
    user: String,
    account: Option<String>,
    at: String,
    #[serde(flatten)]
    about: About,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum About {
    Guide {
        id: String,
        eligible: bool,
        /// The user belongs to the hold-out and is shown no guide.
        held_out: bool,
        why: Explanation,
    },
    Milestone {
        id: String,
        per: Per,
        reached_at: Option<String>,
        why: Explanation,
    },
    Standing {
        stage: Option<String>,
        stages: Vec<Stage>,
        health: Option<Health>,
        why_health: Option<Explanation>,
    },
}

#[derive(Serialize)]
struct Stage {
    id: String,
    why: Explanation,
}

impl Answer {
    /// Replays what concerns the user, up to the moment that is asked about, and looks.
    ///
    /// # Errors
    /// If the log cannot be read, or has not seen the user, or the playbook does not have what is
    /// asked about.
    pub fn to(
        question: &Question,
        rules: &[Rules; 1],
        until: Option<Millis>,
        log: &mut Log,
    ) -> anyhow::Result<Self> {
        let until = question.at.or(until);
        let joins = log.joins(until)?;
        let user = joins.of(&question.user);
        let circle = circle::of(user, &joins, log)?;
        let play = Play {
            rules,
            until,
            only: Some(&circle),
        };
        let played = play.play(log, &mut Nobody)?;
        let Some(state) = played.user(0, user) else {
            bail!(nothing_of(question, &played, log)?);
        };
        let [rules] = rules;
        // As the log was to be read.
        let rules = played.rules.first().unwrap_or(rules);
        let account = played.account_of(user);
        Ok(Self {
            about: about(question, user, rules, &played, state)?,
            user: user.to_owned(),
            account: account.map(str::to_owned),
            at: time::to_iso(played.end()),
        })
    }

    /// Writes it as JSON.
    pub fn as_json(&self, out: &mut impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        out.write_all(b"\n")
    }

    /// Writes it for people.
    pub fn for_people(&self, out: &mut impl Write) -> io::Result<()> {
        let Self {
            user, account, at, ..
        } = self;
        match account {
            Some(account) => writeln!(out, "user `{user}` of account `{account}`, as of {at}")?,
            None => writeln!(out, "user `{user}`, as of {at}")?,
        }
        match &self.about {
            About::Guide {
                id,
                eligible,
                held_out,
                why,
            } => {
                let is = if *eligible {
                    "eligible"
                } else {
                    "not eligible"
                };
                writeln!(out, "guide `{id}`: {is}\n")?;
                tree::write(out, why)?;
                if *held_out {
                    writeln!(
                        out,
                        "\nthe user belongs to the hold-out and is shown no guide"
                    )?;
                }
                Ok(())
            }
            About::Milestone {
                id,
                per,
                reached_at,
                why,
            } => {
                let of = match per {
                    Per::User => "",
                    Per::Account => " of the account",
                };
                match reached_at {
                    Some(at) => writeln!(out, "milestone `{id}`{of}: reached at {at}")?,
                    None => writeln!(out, "milestone `{id}`{of}: not reached")?,
                }
                writeln!(out, "its condition now:\n")?;
                tree::write(out, why)
            }
            About::Standing {
                stage,
                stages,
                why_health,
                ..
            } => {
                match stage {
                    Some(stage) => writeln!(out, "stage: {stage}")?,
                    None if stages.is_empty() => writeln!(out, "the playbook has no stages")?,
                    None => writeln!(out, "stage: none")?,
                }
                for Stage { id, why } in stages {
                    writeln!(out, "\nstage `{id}`")?;
                    tree::write(out, why)?;
                }
                if let Some(why) = why_health {
                    writeln!(out)?;
                    tree::write(out, why)?;
                }
                Ok(())
            }
        }
    }
}

/// Why there is no answer.
fn nothing_of(question: &Question, played: &Played, log: &Log) -> Result<String, LogError> {
    let user = &question.user;
    let hint = match circle::instead(user, log)? {
        Instead::Later(at) => Some(format!("it begins at {}", time::to_iso(at))),
        Instead::Other(hint) => match &question.unless_known {
            Some(wrong) => return Ok(wrong.clone()),
            None => hint,
        },
    };
    let hint = hint.map(|hint| format!("; {hint}")).unwrap_or_default();
    Ok(match played.until {
        Some(until) => format!(
            "the log holds nothing of user `{user}` until {}{hint}",
            time::to_iso(until)
        ),
        None => "the log holds no events".to_owned(),
    })
}

fn about(
    question: &Question,
    user: &str,
    rules: &Rules,
    played: &Played,
    state: &State,
) -> anyhow::Result<About> {
    let own = played.account_of(user);
    let mut accounts = played.accounts(0);
    let account = accounts.find(|(account, _)| Some(*account) == own);
    let account = account.map(|(_, state)| played.at_end(rules, state));
    let explain = |state: &State, asked| {
        let state = played.at_end(rules, state);
        state.explain(rules, asked, account.as_ref())
    };
    let Some(id) = &question.id else {
        let stages = rules.stages.iter().enumerate();
        let why_health = explain(state, Asked::Health).filter(|why| !why.parts.is_empty());
        return Ok(About::Standing {
            stage: state.stage(rules).map(|stage| stage.id.clone()),
            stages: stages
                .filter_map(|(place, rule)| {
                    Some(Stage {
                        id: rule.id.clone(),
                        why: explain(state, Asked::Stage(place))?,
                    })
                })
                .collect(),
            health: played.at_end(rules, state).health(rules).map(Health::from),
            why_health,
        });
    };
    if let Some(place) = rules.guide(id)
        && let Some(why) = explain(state, Asked::Guide(place))
    {
        return Ok(About::Guide {
            id: id.clone(),
            eligible: state.is_eligible(place),
            held_out: rules.is_held_out(user),
            why,
        });
    }
    let rule = rules
        .milestone(id)
        .and_then(|place| Some((place, rules.milestones.get(place)?)));
    let Some((place, rule)) = rule else {
        bail!("the playbook has neither guide nor milestone `{id}`");
    };
    let subject = match rule.per {
        Per::User => Some(state),
        Per::Account => account.as_ref(),
    };
    let why = subject.and_then(|subject| explain(subject, Asked::Milestone(place)));
    let (Some(subject), Some(why)) = (subject, why) else {
        bail!(
            "milestone `{id}` is one of accounts, and user `{user}` belongs to none at {}",
            time::to_iso(played.end())
        );
    };
    Ok(About::Milestone {
        id: id.clone(),
        per: rule.per,
        reached_at: subject.milestone(place).map(time::to_iso),
        why,
    })
}
