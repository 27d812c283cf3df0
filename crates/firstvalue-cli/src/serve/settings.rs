//! Everything that can be set, once: as a flag, in the environment, or in a file.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

/// What can be set. The keys of the file are the flags without their dashes. What is not set has the
/// default that is said here.
#[derive(Args, Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// The folder in which events are kept; made if it is not there [default: firstvalue-data].
    #[arg(long, env = "FIRSTVALUE_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The playbook [default: playbook.yaml if it is here, else none].
    #[arg(long, env = "FIRSTVALUE_PLAYBOOK", value_name = "FILE")]
    pub playbook: Option<PathBuf>,
    /// The address to listen on; port 0 takes any that is free [default: 127.0.0.1:8787].
    #[arg(long, env = "FIRSTVALUE_LISTEN", value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// The folder with the files of dashboard/, sdk/ and demo/, each of which may be missing
    /// [default: dist].
    #[arg(long, env = "FIRSTVALUE_ASSETS", value_name = "DIR")]
    pub assets: Option<PathBuf>,
    /// Takes out events that happened more than so many days ago, and whatever follows from them alone
    /// [default: they are kept for ever].
    #[arg(long, env = "FIRSTVALUE_KEEP_DAYS", value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..))]
    pub keep_days: Option<u32>,
    /// The form of what is logged to standard error [default: text].
    #[arg(long, env = "FIRSTVALUE_LOG", value_enum, value_name = "FORM")]
    pub log: Option<LogForm>,

    /// Lets clients add events; it stands in public pages. Here as for the others, `sha256:` and the
    /// hash of a key stand for the key.
    #[arg(
        long,
        env = "FIRSTVALUE_WRITE_KEY",
        value_name = "KEY",
        hide_env_values = true,
        help_heading = "Keys"
    )]
    pub write_key: Option<String>,
    /// Lets people read what was collected.
    #[arg(
        long,
        env = "FIRSTVALUE_ADMIN_TOKEN",
        value_name = "TOKEN",
        hide_env_values = true,
        help_heading = "Keys"
    )]
    pub admin_token: Option<String>,
    /// With it your server signs ids of users, so that browsers may load their state.
    #[arg(
        long,
        env = "FIRSTVALUE_IDENTITY_SECRET",
        value_name = "SECRET",
        hide_env_values = true,
        help_heading = "Keys"
    )]
    pub identity_secret: Option<String>,
    /// Only pages of this origin may use the write key; may be given more than once [default: any].
    #[arg(
        long = "origin",
        env = "FIRSTVALUE_ORIGINS",
        value_name = "ORIGIN",
        value_delimiter = ',',
        help_heading = "Keys"
    )]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<String>,
    /// Events a second that the write key may send in the long run [default: any number].
    #[arg(
        long,
        env = "FIRSTVALUE_RATE",
        value_name = "EVENTS",
        help_heading = "Keys"
    )]
    pub rate: Option<f64>,
    /// Events that it may send at once after a quiet while [default: those of ten seconds].
    #[arg(
        long,
        env = "FIRSTVALUE_BURST",
        value_name = "EVENTS",
        requires = "rate",
        help_heading = "Keys"
    )]
    pub burst: Option<f64>,

    /// Bytes of a request as sent, compressed or not [default: 512000].
    #[arg(
        long,
        env = "FIRSTVALUE_MAX_BODY",
        value_name = "BYTES",
        help_heading = "Limits"
    )]
    pub max_body: Option<usize>,
    /// Bytes of a request after decompression [default: 4194304].
    #[arg(
        long,
        env = "FIRSTVALUE_MAX_UNPACKED",
        value_name = "BYTES",
        help_heading = "Limits"
    )]
    pub max_unpacked: Option<usize>,
    /// Events of a request [default: 10000].
    #[arg(
        long,
        env = "FIRSTVALUE_MAX_EVENTS",
        value_name = "NUMBER",
        help_heading = "Limits"
    )]
    pub max_events: Option<usize>,
    /// Bytes of an event [default: 32768].
    #[arg(
        long,
        env = "FIRSTVALUE_MAX_EVENT",
        value_name = "BYTES",
        help_heading = "Limits"
    )]
    pub max_event: Option<usize>,
    /// How deep the objects and arrays of an event may lie within each other [default: 32].
    #[arg(
        long,
        env = "FIRSTVALUE_MAX_DEPTH",
        value_name = "NUMBER",
        help_heading = "Limits"
    )]
    pub max_depth: Option<usize>,
    /// Keys of an event, those of objects within it included [default: 1000].
    #[arg(
        long,
        env = "FIRSTVALUE_MAX_KEYS",
        value_name = "NUMBER",
        help_heading = "Limits"
    )]
    pub max_keys: Option<usize>,
    /// Connections at a time; whoever comes beyond that waits [default: 4096].
    #[arg(
        long,
        env = "FIRSTVALUE_MAX_CONNECTIONS",
        value_name = "NUMBER",
        help_heading = "Limits"
    )]
    pub max_connections: Option<usize>,

    /// Several products in one collector; only in the file.
    #[arg(skip)]
    #[serde(default, rename = "product", skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<ProductSettings>,
}

/// The form of what is logged.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogForm {
    /// For people.
    #[default]
    Text,
    /// An object a line, for programs.
    Json,
}

/// One of several products.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ProductSettings {
    /// Names its folder in the data folder.
    pub name: String,
    pub playbook: PathBuf,
    pub write_keys: Vec<KeySettings>,
    pub admin_tokens: Vec<String>,
    pub identity_secret: Option<String>,
    /// For how many days events are kept, if not for as many as those of other products.
    pub keep_days: Option<u32>,
}

/// A write key, and who may use it for how much.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KeySettings {
    pub key: String,
    #[serde(default)]
    pub origins: Vec<String>,
    pub rate: Option<f64>,
    pub burst: Option<f64>,
}

impl Settings {
    /// What was given as flags or in the environment, and for the rest what a file says.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn over(&self, file: &Path) -> anyhow::Result<Self> {
        let failed = || format!("cannot read the settings in `{}`", file.display());
        let text = std::fs::read_to_string(file).with_context(failed)?;
        // As a whole first, for errors that say where.
        toml::from_str::<Self>(&text).with_context(failed)?;
        let mut both: toml::Table = toml::from_str(&text).with_context(failed)?;
        both.extend(toml::Table::try_from(self).with_context(failed)?);
        both.try_into().with_context(failed)
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        settings: Settings,
    }

    fn given(flags: &[&str]) -> Settings {
        Command::parse_from([&["serve"], flags].concat()).settings
    }

    fn over(flags: &[&str], text: &str) -> anyhow::Result<Settings> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        given(flags).over(file.path())
    }

    #[test]
    fn flags_come_before_the_file() {
        let text = "data = 'there'\nmax-body = 7\norigins = ['https://a.example']\nlog = 'json'\n";
        let both = over(&["--data", "here", "--rate", "2.5"], text).unwrap();
        let expected = Settings {
            data: Some("here".into()),
            rate: Some(2.5),
            max_body: Some(7),
            origins: vec!["https://a.example".to_owned()],
            log: Some(LogForm::Json),
            ..Settings::default()
        };
        assert_eq!(both, expected);
        let origins = ["--origin", "https://b.example,https://c.example"];
        assert_eq!(over(&origins, text).unwrap().origins.len(), 2);
    }

    #[test]
    fn every_flag_can_stand_in_the_file() {
        use clap::CommandFactory;
        for flag in Command::command().get_arguments() {
            let Some(name) = flag.get_long().filter(|name| *name != "help") else {
                continue;
            };
            let name = if name == "origin" { "origins" } else { name };
            // Of every type, one is right.
            let values = ["1", "1.0", "'127.0.0.1:1'", "'json'", "['x']"];
            let fits = |value: &&str| over(&[], &format!("{name} = {value}")).is_ok();
            assert!(values.iter().any(fits), "{name}");
        }
    }

    #[test]
    fn what_is_wrong_with_the_file_is_said_with_its_place() {
        let error = over(&[], "data = 'x'\nmax-bodies = 7\n").unwrap_err();
        let error = format!("{error:#}");
        assert!(
            error.contains("line 2") && error.contains("max-bodies"),
            "{error}"
        );
        let products = "[[product]]\nname = 'a'\n";
        assert!(format!("{:#}", over(&[], products).unwrap_err()).contains("playbook"));
    }
}
