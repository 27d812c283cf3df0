//! The command to stop: Ctrl-C, or SIGTERM from a service manager.

use std::io;
use std::time::Duration;

use tokio::sync::watch;

/// Remembers that the command came, for whoever asks.
pub struct Stop {
    asked: watch::Receiver<bool>,
}

impl Stop {
    /// Begins to listen at once, so that no signal after this is missed.
    pub fn listen() -> io::Result<Self> {
        let (ask, asked) = watch::channel(false);
        #[cfg(unix)]
        let told = {
            use tokio::signal::unix::{SignalKind, signal};
            let mut terminate = signal(SignalKind::terminate())?;
            let mut interrupt = signal(SignalKind::interrupt())?;
            async move {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            }
        };
        #[cfg(not(unix))]
        let told = async { drop(tokio::signal::ctrl_c().await) };
        tokio::spawn(async move {
            told.await;
            ask.send_replace(true);
        });
        Ok(Self { asked })
    }

    /// Ends when the command comes.
    pub fn asked(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut asked = self.asked.clone();
        async move {
            // It cannot come any more if the sender is gone, which is when the process ends.
            drop(asked.wait_for(|asked| *asked).await);
        }
    }

    /// Ends some time after the command came.
    pub async fn overdue(&self, grace: Duration) {
        self.asked().await;
        tokio::time::sleep(grace).await;
    }
}
