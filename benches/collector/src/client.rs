//! A connection that sends one request after the other, with as little work as possible: what the client
//! takes of the processor, the server does not get.

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub struct Client {
    connection: TcpStream,
    answer: Vec<u8>,
}

impl Client {
    pub async fn connect(address: &str) -> Result<Self> {
        let connection = TcpStream::connect(address).await;
        let connection = connection.with_context(|| format!("cannot connect to `{address}`"))?;
        connection.set_nodelay(true)?;
        Ok(Self {
            connection,
            answer: Vec::with_capacity(4_096),
        })
    }

    /// Sends a request and reads its answer; the status.
    pub async fn send(&mut self, request: &[u8]) -> Result<u16> {
        self.connection.write_all(request).await?;
        self.answer.clear();
        let head = loop {
            ensure!(
                self.connection.read_buf(&mut self.answer).await? > 0,
                "the connection was closed"
            );
            if let Some(end) = find(&self.answer, b"\r\n\r\n") {
                break end + 4;
            }
        };
        let text = String::from_utf8_lossy(self.answer.get(..head).unwrap_or_default());
        let status = text
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        let status = status.context("the answer has no status")?;
        let length = text
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .and_then(|(_, length)| length.trim().parse::<usize>().ok())
            .context("the answer has no length")?;
        while self.answer.len() < head + length {
            ensure!(
                self.connection.read_buf(&mut self.answer).await? > 0,
                "the answer was cut off"
            );
        }
        Ok(status)
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}
