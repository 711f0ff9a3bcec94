//! The requests of a connection that have no answer yet, and until when each of them waits.
//!
//! *Invariants.* An entry is taken out once: by its answer, by its end of patience, by whoever gives it up, or with the connection;
//! whoever waits for it learns of that at once. After the connection ended nothing is taken in. One task watches the deadlines of all:
//! a timer of its own for every call would wake the reactor once for each of them.

use super::Progress;
use super::face::Reader;
use super::misconduct::Misconduct;
use rmcp::model::{CallToolResult, ErrorData, ProgressToken, RequestId};
use std::collections::VecDeque;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

/// How many requests that are over are remembered, to tell a second answer from a late one.
const REMEMBERED: usize = 256;

/// What a server answers to a call.
#[derive(Debug)]
pub(super) enum Answer {
    Result(Box<CallToolResult>),
    /// An error of the protocol.
    Refused(ErrorData),
    /// None that can be read, and in what way.
    Malformed(&'static str),
    /// Nothing in time.
    Late,
}

/// How long a call may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Without a sign of life.
    pub(super) silence: Duration,
    /// In all.
    pub(super) total: Duration,
}

/// Until when a call waits.
#[derive(Debug, Clone, Copy)]
struct Patience {
    silence: Duration,
    end: Instant,
    due: Instant,
}

impl Patience {
    fn from(now: Instant, Limits { silence, total }: Limits) -> Self {
        let end = now + total;
        Self { silence, end, due: end.min(now + silence) }
    }

    /// The call gave a sign of life.
    fn renew(&mut self, now: Instant) {
        self.due = self.end.min(now + self.silence);
    }
}

/// Where the progress of a call goes, and its answer.
#[derive(Debug)]
pub(super) struct Route {
    /// Told what the server says of how far it is.
    pub(super) progress: Option<mpsc::Sender<Progress>>,
    /// Reads the answer.
    pub(super) read: Reader,
    /// Told the answer; dropped where there will be none.
    pub(super) reply: oneshot::Sender<Answer>,
}

/// A call without its answer.
#[derive(Debug)]
struct Call {
    token: ProgressToken,
    route: Route,
    patience: Patience,
}

/// A request without its answer.
#[derive(Debug)]
struct Open {
    id: RequestId,
    /// What the handshake asks has none.
    call: Option<Call>,
}

/// The requests of a connection.
#[derive(Debug, Default)]
pub(super) struct Book {
    open: Vec<Open>,
    over: VecDeque<(RequestId, Misconduct)>,
    /// Until when the watch sleeps, where it does. It may be earlier than any deadline, as answers do not wake it.
    alarm: Option<Instant>,
    ended: bool,
}

impl Book {
    /// Takes in a request of the library's, which waits by itself.
    pub(super) fn other(&mut self, id: RequestId) {
        self.open.push(Open { id, call: None });
    }

    /// Takes in a call; none where the connection ended, otherwise whether the watch sleeps for longer than it may.
    pub(super) fn call(&mut self, id: RequestId, token: ProgressToken, route: Route, limits: Limits) -> Option<bool> {
        if self.ended {
            return None;
        }
        let patience = Patience::from(Instant::now(), limits);
        self.open.push(Open { id, call: Some(Call { token, route, patience }) });
        Some(self.alarm.is_none_or(|alarm| patience.due < alarm))
    }

    /// Takes a request out, with its route where it is a call; what still comes for it is misconduct of the given kind.
    pub(super) fn close(&mut self, id: &RequestId, then: Misconduct) -> Option<Option<Route>> {
        let at = self.open.iter().position(|open| open.id == *id)?;
        let open = self.open.swap_remove(at);
        self.remember(open.id, then);
        Some(open.call.map(|call| call.route))
    }

    /// What an answer is that no open request waits for.
    pub(super) fn unwanted(&mut self, id: &RequestId) -> Misconduct {
        let over = self.over.iter_mut().rev().find(|(over, _)| over == id);
        // What is late comes once.
        over.map_or(Misconduct::Unasked, |(_, kind)| std::mem::replace(kind, Misconduct::Second))
    }

    /// Whether one request has no answer, and no other.
    pub(super) fn is_alone(&self) -> bool {
        self.open.len() == 1
    }

    /// Whether requests of the library's have no answer, and no call.
    pub(super) fn waits_for_others(&self) -> bool {
        !self.open.is_empty() && self.open.iter().all(|open| open.call.is_none())
    }

    /// The call that a progress token names gave a sign of life; where its progress goes.
    pub(super) fn beat(&mut self, token: &ProgressToken) -> Option<&mpsc::Sender<Progress>> {
        let call = self.open.iter_mut().filter_map(|open| open.call.as_mut()).find(|call| call.token == *token)?;
        call.patience.renew(Instant::now());
        call.route.progress.as_ref()
    }

    /// Lets go of calls whose time is over; whether there were some, and when to look again, where there is something to look for.
    pub(super) fn overdue(&mut self) -> (bool, Option<Instant>) {
        let now = Instant::now();
        let is_late = |open: &mut Open| open.call.as_ref().is_some_and(|call| call.patience.due <= now);
        let late: Vec<Open> = self.open.extract_if(.., is_late).collect();
        let some = !late.is_empty();
        for Open { id, call } in late {
            if let Some(call) = call {
                let _given_up = call.route.reply.send(Answer::Late);
            }
            self.remember(id, Misconduct::Late);
        }
        self.alarm = self.open.iter().filter_map(|open| open.call.as_ref()).map(|call| call.patience.due).min();
        (some, self.alarm)
    }

    /// Nobody can tell to which request an answer was: every call has had its own. Says whether there was a request of the library's.
    pub(super) fn spoil(&mut self, reason: &'static str) -> bool {
        let calls: Vec<Open> = self.open.extract_if(.., |open| open.call.is_some()).collect();
        for Open { id, call } in calls {
            if let Some(call) = call {
                let _given_up = call.route.reply.send(Answer::Malformed(reason));
            }
            self.remember(id, Misconduct::Late);
        }
        !self.open.is_empty()
    }

    /// The connection ended: nobody is answered any more.
    pub(super) fn end(&mut self) {
        self.ended = true;
        self.open.clear();
    }

    fn remember(&mut self, id: RequestId, then: Misconduct) {
        if self.over.len() == REMEMBERED {
            self.over.pop_front();
        }
        self.over.push_back((id, then));
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Book, Limits, Misconduct, Route};
    use rmcp::model::{NumberOrString, ProgressToken, RequestId};
    use std::time::Duration;
    use tokio::sync::oneshot::{self, error::TryRecvError};

    const LONG: Duration = Duration::from_secs(3600);

    /// Takes in a call; whether the watch must wake, and where its answer will come.
    fn ask(book: &mut Book, id: i64, silence: Duration, total: Duration) -> (Option<bool>, oneshot::Receiver<Answer>) {
        let (reply, answer) = oneshot::channel();
        let route = Route { progress: None, read: |_| None, reply };
        let token = ProgressToken(NumberOrString::Number(id));
        (book.call(RequestId::Number(id), token, route, Limits { silence, total }), answer)
    }

    #[test]
    fn a_call_is_let_go_of_when_its_time_is_over_and_the_watch_wakes_for_sooner_ones_only() {
        let mut book = Book::default();
        let (wakes, mut patient) = ask(&mut book, 1, LONG, LONG);
        assert_eq!(wakes, Some(true), "nobody watches yet");
        assert!(matches!(book.overdue(), (false, Some(_))));
        assert_eq!(ask(&mut book, 2, LONG, LONG).0, Some(false), "the watch wakes before that");
        let (wakes, mut hasty) = ask(&mut book, 3, Duration::ZERO, LONG);
        assert_eq!(wakes, Some(true));
        let (_, mut ended) = ask(&mut book, 4, LONG, Duration::ZERO);
        // A sign of life does not move the end.
        assert!(book.beat(&ProgressToken(NumberOrString::Number(4))).is_none());
        assert!(book.overdue().0);
        assert!(matches!((hasty.try_recv(), ended.try_recv()), (Ok(Answer::Late), Ok(Answer::Late))));
        assert_eq!(patient.try_recv().unwrap_err(), TryRecvError::Empty);
        assert_eq!(book.unwanted(&RequestId::Number(3)), Misconduct::Late);
        assert_eq!(book.unwanted(&RequestId::Number(3)), Misconduct::Second, "late answers are no way to flood");
    }

    #[test]
    fn whoever_waits_learns_of_the_end_and_nobody_comes_after_it() {
        let mut book = Book::default();
        let (_, mut answer) = ask(&mut book, 1, LONG, LONG);
        book.end();
        assert_eq!(answer.try_recv().unwrap_err(), TryRecvError::Closed);
        let (wakes, mut answer) = ask(&mut book, 2, LONG, LONG);
        assert_eq!((wakes, answer.try_recv().unwrap_err()), (None, TryRecvError::Closed));
    }
}
