//! The object that is read, and what reading it may cost.

use super::{CheckError, File, refused};
use bytes::{Bytes, BytesMut};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Pages and dictionaries in memory at one time.
const HELD: u64 = 512 * 1024 * 1024;
/// What an object may grow to, decompressed and decoded: so much, or so many times its size.
const GROWN: u64 = 16 * 1024 * 1024 * 1024;
const TIMES: u64 = 100;
/// Pieces that are kept: columns stand side by side, and each goes on where it was.
const RECENT: usize = 128;

/// An object's bytes in pieces of one length, the last one perhaps shorter.
pub trait Pieces: Send {
    /// Bytes of the object.
    fn size(&self) -> u64;

    /// Bytes of a piece.
    fn piece(&self) -> u64;

    /// One piece, by its number from 0.
    ///
    /// # Errors
    /// It cannot be had.
    fn get(&mut self, number: u64) -> Result<Bytes, CheckError>;

    /// Whether anybody still waits for the result.
    fn is_wanted(&self) -> bool;
}

/// An object under reading; all clones are one.
#[derive(Clone)]
pub(in crate::native::checks) struct Object(Arc<Mutex<Inner>>);

struct Inner {
    pieces: Box<dyn Pieces>,
    recent: VecDeque<(u64, Bytes)>,
    held: u64,
    grown: u64,
    most: u64,
    failure: Option<CheckError>,
}

impl Object {
    pub(in crate::native::checks) fn new(pieces: Box<dyn Pieces>) -> Self {
        let most = pieces.size().saturating_mul(TIMES).max(GROWN);
        Self::within(pieces, most)
    }

    pub(super) fn within(pieces: Box<dyn Pieces>, most: u64) -> Self {
        let inner = Inner { pieces, recent: VecDeque::new(), held: 0, grown: 0, most, failure: None };
        Self(Arc::new(Mutex::new(inner)))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // A panic while it was held ends the pass; what is left behind is freed and never read.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn size(&self) -> u64 {
        self.inner().pieces.size()
    }

    /// The bytes from one place up to another; the caller has compared both with the size.
    pub(super) fn slice(&self, from: u64, to: u64) -> File<Bytes> {
        let mut inner = self.inner();
        let piece = inner.pieces.piece();
        let outside = || refused("described as larger than it is");
        if from > to || to > inner.pieces.size() || piece == 0 {
            return Err(outside());
        }
        let (mut at, mut parts) = (from, Vec::new());
        while at < to {
            let number = at / piece;
            let begin = number.saturating_mul(piece);
            let bytes = inner.get(number)?;
            let place = |at: u64| usize::try_from(at.saturating_sub(begin)).map_err(|_| outside());
            let part = place(at)?..place(to)?.min(bytes.len());
            if part.is_empty() || part.end > bytes.len() {
                return Err(outside());
            }
            at = at.saturating_add(u64::try_from(part.len()).unwrap_or(u64::MAX));
            parts.push(bytes.slice(part));
        }
        // Most slices lie in one piece, and are handed out without a copy.
        if parts.len() == 1 {
            return Ok(parts.pop().unwrap_or_default());
        }
        let mut all = BytesMut::with_capacity(parts.iter().map(Bytes::len).sum());
        parts.iter().for_each(|part| all.extend_from_slice(part));
        Ok(all.freeze())
    }

    /// Accounts for bytes that are about to be in memory.
    pub(super) fn hold(&self, bytes: u64) -> File<()> {
        let mut inner = self.inner();
        inner.held = inner.held.saturating_add(bytes);
        if inner.held > HELD { Err(refused("with pages over 512 MiB to be read side by side")) } else { Ok(()) }
    }

    /// They no longer are.
    pub(super) fn release(&self, bytes: u64) {
        let mut inner = self.inner();
        inner.held = inner.held.saturating_sub(bytes);
    }

    /// Accounts for bytes that came out of fewer.
    pub(super) fn grow(&self, bytes: u64) -> File<()> {
        let mut inner = self.inner();
        inner.grown = inner.grown.saturating_add(bytes);
        if inner.grown > inner.most { Err(refused("one that grows out of all proportion")) } else { Ok(()) }
    }

    /// Whether to go on.
    pub(super) fn go_on(&self) -> File<()> {
        if self.inner().pieces.is_wanted() { Ok(()) } else { Err(refused("no longer wanted")) }
    }

    /// Keeps the first error, which a decoder would make a word of its own of.
    pub(super) fn fail(&self, error: CheckError) {
        self.inner().failure.get_or_insert(error);
    }

    /// The error that was kept.
    pub(super) fn failure(&self) -> Option<CheckError> {
        self.inner().failure.take()
    }
}

impl Inner {
    fn get(&mut self, number: u64) -> File<Bytes> {
        if let Some((_, bytes)) = self.recent.iter().find(|(known, _)| *known == number) {
            return Ok(bytes.clone());
        }
        let bytes = self.pieces.get(number)?;
        if self.recent.len() >= RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back((number, bytes.clone()));
        Ok(bytes)
    }
}
