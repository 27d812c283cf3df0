//! `firstvalue export`: the events of a collector as a file.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use firstvalue_collector::{ExportError, Format, export};
use firstvalue_model::time::{self, Millis};
use firstvalue_store::{Filter, StoreError};

use crate::{data_folder, output};

/// How much is written to the system at once.
const AT_ONCE: usize = 256 * 1_024;

/// Writes the events of a collector, in the order in which they were stored.
///
/// The collector may be running. However many events there are, few of them are in memory at a time.
#[derive(Args)]
#[command(after_help = "Examples:\n  \
    firstvalue export --data firstvalue-data > events.ndjson\n  \
    firstvalue export --data firstvalue-data --format parquet --output events.parquet\n  \
    firstvalue export --data firstvalue-data --user ann@acme.com")]
pub struct Export {
    /// The folder in which a collector keeps events.
    #[arg(
        long,
        env = "FIRSTVALUE_DATA",
        value_name = "DIR",
        default_value = "firstvalue-data"
    )]
    data: PathBuf,
    /// The form: ndjson is that of Segment's tracking API, which `import` and `replay` read.
    #[arg(long, value_enum, default_value = "ndjson")]
    format: Form,
    /// Where to write it; standard output when absent.
    #[arg(long, short, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Only what happened at or after this moment (ISO 8601).
    #[arg(long, value_name = "TIME", value_parser = moment)]
    from: Option<Millis>,
    /// Only what happened before this moment (ISO 8601).
    #[arg(long, value_name = "TIME", value_parser = moment)]
    until: Option<Millis>,
    /// Only what one user sent, also before they signed in.
    #[arg(long, value_name = "ID")]
    user: Option<String>,
    /// With `--user`, also what was done under other ids under which somebody has signed in, and that
    /// messages say are the same person's.
    #[arg(long, requires = "user")]
    joined: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Ndjson,
    Csv,
    Parquet,
}

impl Export {
    /// Writes the events.
    ///
    /// # Errors
    /// If there is no database, or it cannot be read, or the file cannot be written.
    pub fn run(&self) -> anyhow::Result<()> {
        let reader = data_folder::read(&self.data)?;
        let users = self.user.as_deref().map(|user| {
            let kept = reader.kept_under(user, self.joined)?;
            Ok::<_, StoreError>(kept.ids)
        });
        let filter = Filter {
            from: self.from,
            until: self.until,
            users: users.transpose()?,
        };
        let format = match self.format {
            Form::Ndjson => Format::Ndjson,
            Form::Csv => Format::Csv,
            Form::Parquet => Format::Parquet,
        };
        let count = match &self.output {
            Some(path) => to_file(path, |file| export(&*reader, &filter, format, file))?,
            None => match export(&*reader, &filter, format, io::stdout()) {
                // Whoever reads our output may stop early, as `head` does.
                Err(ExportError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
                    return Ok(());
                }
                exported => exported?,
            },
        };
        match &self.user {
            Some(user) if count == 0 => bail!("nothing is known of a user `{user}`"),
            _ => output::say(format_args!("{count} events")),
        }
        Ok(())
    }
}

/// Writes a file that is either whole or not there.
fn to_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&File>) -> Result<u64, ExportError>,
) -> anyhow::Result<u64> {
    let failed = || format!("cannot write `{}`", path.display());
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    // Only its owner may read it.
    let draft = tempfile::NamedTempFile::new_in(folder).with_context(failed)?;
    let mut output = BufWriter::with_capacity(AT_ONCE, draft.as_file());
    let count = write(&mut output)?;
    output.flush().with_context(failed)?;
    drop(output);
    draft.persist(path).with_context(failed)?;
    Ok(count)
}

fn moment(text: &str) -> Result<Millis, String> {
    let read = time::timestamp(text).ok_or("a moment is written as 2026-03-09T12:00:00Z")?;
    Ok(read.at)
}
