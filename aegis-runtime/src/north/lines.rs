//! Lines of a stream, bounded while they are read. Both directions of the wire read through it.
//!
//! *Invariants.* No line is ever held beyond the limit, and no byte is lost when [`Lines::next`] is dropped half-way: the
//! protocol loop polls it inside a `select!`. There is no way to ask for an unbounded line.

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

/// One read of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A whole line without its terminator.
    Full(Vec<u8>),
    /// A line over the limit; what follows of it is skipped.
    Oversized,
    /// The stream ended or failed. An unterminated rest is dropped: it is no message.
    End,
}

/// A reader of bounded lines.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    read: BufReader<R>,
    held: Vec<u8>,
    limit: usize,
    skipping: bool,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    /// Reads lines of at most `limit` bytes.
    pub(crate) fn new(read: R, limit: usize) -> Self {
        Self { read: BufReader::with_capacity(64 * 1024, read), held: Vec::new(), limit, skipping: false }
    }

    /// The next line. Safe to drop and call again.
    pub(crate) async fn next(&mut self) -> Line {
        loop {
            let Ok(available) = self.read.fill_buf().await else { return Line::End };
            if available.is_empty() {
                return Line::End;
            }
            let newline = memchr::memchr(b'\n', available);
            let content = available.get(..newline.unwrap_or(available.len())).unwrap_or_default();
            let taken = newline.map_or(available.len(), |at| at.saturating_add(1));
            let fits = self.held.len().saturating_add(content.len()) <= self.limit;
            if fits && !self.skipping {
                self.held.extend_from_slice(content);
            }
            self.read.consume(taken);
            if self.skipping {
                self.skipping = newline.is_none();
            } else if !fits {
                self.held = Vec::new();
                self.skipping = newline.is_none();
                return Line::Oversized;
            } else if newline.is_some() {
                let mut line = std::mem::take(&mut self.held);
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Line::Full(line);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Lines};

    #[tokio::test]
    async fn an_oversized_line_is_skipped_and_the_next_is_read() {
        let mut lines = Lines::new(&b"ab\r\n12345\n12345678\nx\nrest"[..], 5);
        assert_eq!(lines.next().await, Line::Full(b"ab".to_vec()));
        assert_eq!(lines.next().await, Line::Full(b"12345".to_vec()));
        assert_eq!(lines.next().await, Line::Oversized);
        assert_eq!(lines.next().await, Line::Full(b"x".to_vec()));
        assert_eq!(lines.next().await, Line::End);
    }
}
