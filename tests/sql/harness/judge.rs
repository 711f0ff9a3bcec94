//! What must hold of a statement that was served, on the evidence of the engine.

use super::canary::Canaries;
use super::decide::{Decider, Forward};
use super::seed::{Version, tables};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What an engine answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ran {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Option<String>>>,
    pub(crate) error: Option<String>,
    pub(crate) changes: u64,
    /// It ran into the limit of time.
    pub(crate) late: bool,
    /// A transaction was left open.
    pub(crate) open: bool,
}

impl Ran {
    /// Everything in it, as one text.
    pub(crate) fn text(&self) -> String {
        let cells = self.rows.iter().flatten().flatten();
        let said: Vec<&str> = self.columns.iter().chain(cells).chain(&self.error).map(String::as_str).collect();
        said.join("\u{1}")
    }

    /// As a downstream answers.
    pub(crate) fn result(&self) -> Value {
        match &self.error {
            Some(error) => json!({"content": [{"type": "text", "text": error}], "isError": true}),
            None => json!({"content": [], "structuredContent": {"columns": self.columns, "rows": self.rows}}),
        }
    }
}

/// A database, whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) schema: Vec<String>,
    pub(crate) tables: BTreeMap<&'static str, Vec<Vec<Option<String>>>>,
}

/// A real engine over seeded data.
pub(crate) trait Store {
    /// One statement on a fresh copy, as the warehouse runs it.
    fn run(&self, tool: &str, sql: &str, version: Version) -> (Ran, State);
    /// Its answer without us, where a personal value is itself.
    fn truth(&self, tool: &str, sql: &str) -> Ran {
        self.run(tool, sql, Version::One).0
    }
    /// The same without any guard.
    fn naive(&self, sql: &str, version: Version) -> (Ran, State);
}

/// Everything a judgement needs.
pub(crate) struct Judge<S> {
    pub(crate) decider: Decider,
    pub(crate) store: S,
    canaries: Canaries,
    before: State,
}

/// How often two databases are asked before they count as told apart.
const ASKED: usize = 16;

impl<S: Store> Judge<S> {
    pub(crate) fn new(decider: Decider, store: S) -> Self {
        let canaries = Canaries::of(&tables(Version::One));
        let before = store.run("query", "SELECT 1", Version::One).1;
        assert!(before.tables.values().all(|rows| rows.len() >= 20), "seeded");
        Self { decider, store, canaries, before }
    }

    /// What breaks when the statement was let through as `forward`; `None` if all holds.
    pub(crate) fn broken(&self, tool: &str, said: &str, forward: &Forward) -> Option<String> {
        let (ran, after) = self.heard(tool, forward, Version::One);
        let denied = |reason: String| Some(format!("{reason}; south: {}", forward.sql));
        if let Some(reason) = self.harm(tool, said, &ran, &after) {
            return denied(reason);
        }
        let masked = self.decider.mask(&ran.result(), forward);
        if let Some(part) = self.canaries.found(&masked, said) {
            return denied(format!("`{part}` behind the masker"));
        }
        if ran.late { None } else { self.told_apart(tool, (ran, after), said, forward).and_then(denied) }
    }

    /// One statement on a fresh copy, as the agent hears of it.
    fn heard(&self, tool: &str, forward: &Forward, version: Version) -> (Ran, State) {
        let (mut ran, after) = self.store.run(tool, &forward.sql, version);
        ran.error = ran.error.map(|said| forward.quotable.told(&said).unwrap_or(said));
        (ran, after)
    }

    /// What an answer and a changed database betray or destroy.
    pub(crate) fn harm(&self, tool: &str, said: &str, ran: &Ran, after: &State) -> Option<String> {
        if let Some(part) = self.canaries.found(&ran.text(), said) {
            return Some(format!("`{part}` in the answer"));
        }
        if ran.open {
            return Some("a transaction was left open".to_owned());
        }
        if tool == "query" && *after != self.before {
            return Some("a query changed the database".to_owned());
        }
        if after.schema != self.before.schema {
            return Some("the schema changed".to_owned());
        }
        for table in tables(Version::One) {
            let (was, is) = (&self.before.tables[table.name], &after.tables[table.name]);
            if table.name.starts_with("gold_") && was != is {
                return Some(format!("{} changed", table.name));
            }
            let kept = was.iter().filter(|row| is.contains(row)).count();
            if kept * 2 < was.len() {
                return Some(format!("{} of {} rows of {} are left as they were", kept, was.len(), table.name));
            }
            for row in is {
                for (cell, (name, _, personal)) in row.iter().zip(table.columns) {
                    let found = cell.as_deref().filter(|_| !personal).and_then(|text| self.canaries.found(text, said));
                    if let Some(part) = found {
                        return Some(format!("`{part}` in {}.{name}", table.name));
                    }
                }
            }
        }
        None
    }

    /// Whether the answer, or what was written, tells two databases apart that differ in personal values only. Tokens are fresh in
    /// every call, so one difference says nothing: the databases are asked again and again, and told apart if each repeats itself
    /// and no answer was ever given by both.
    fn told_apart(&self, tool: &str, first: (Ran, State), said: &str, forward: &Forward) -> Option<String> {
        let (one, two) = (Seen::of(first), Seen::of(self.heard(tool, forward, Version::Two)));
        if one == two {
            return None;
        }
        // Each call is decided anew, as it would be: a token key may stand in the text.
        let answer = |version| {
            let decided = self.decider.decide(tool, said);
            Seen::of(self.heard(tool, decided.as_ref().unwrap_or(forward), version)).tokenless()
        };
        // By turns, so that a clock tells neither from the other.
        let both = (0..ASKED).map(|_| (answer(Version::One), answer(Version::Two)));
        let (one, two): (Vec<Seen>, Vec<Seen>) = both.unzip();
        apart(&one, &two).or_else(|| {
            let rows = |answers: Vec<Seen>| answers.into_iter().map(Seen::sorted).collect::<Vec<_>>();
            apart(&rows(one), &rows(two))
        })
    }
}

/// What somebody sees who reads no personal value: the answer, and every other cell of the database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    ran: Ran,
    rows: BTreeMap<&'static str, Vec<Vec<Option<String>>>>,
}

impl Seen {
    fn of((ran, mut after): (Ran, State)) -> Self {
        for table in tables(Version::One) {
            for row in after.tables.get_mut(table.name).into_iter().flatten() {
                let mut personal = table.columns.iter().map(|(_, _, personal)| *personal);
                row.retain(|_| !personal.next().unwrap_or(false));
            }
        }
        Self { ran, rows: after.tables }
    }

    /// Tokens by the order in which they stand in it.
    fn tokenless(mut self) -> Self {
        let mut known = Vec::new();
        let written = self.rows.values_mut().flatten().flatten().flatten();
        for cell in self.ran.rows.iter_mut().flatten().flatten().chain(written) {
            *cell = renamed(cell, &mut known);
        }
        self
    }

    fn sorted(mut self) -> Self {
        self.ran.rows.sort();
        self.rows.values_mut().for_each(|rows| rows.sort());
        self
    }

    fn text(&self) -> String {
        self.ran.text().replace('\u{1}', " ")
    }
}

fn apart(one: &[Seen], two: &[Seen]) -> Option<String> {
    let (one, two): (BTreeSet<&Seen>, BTreeSet<&Seen>) = (one.iter().collect(), two.iter().collect());
    let repeats = one.len() + two.len() < ASKED;
    let shown = |answers: &BTreeSet<&Seen>| answers.iter().next().map(|seen| seen.text()).unwrap_or_default();
    (repeats && one.is_disjoint(&two))
        .then(|| format!("tells personal values apart: {:.120} | {:.120}", shown(&one), shown(&two)))
}

fn renamed(cell: &str, known: &mut Vec<String>) -> String {
    let (mut out, mut rest) = (String::new(), cell);
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(']').filter(|end| rest[..*end].split_once(':').is_some_and(|(_, token)| token.len() >= 8));
        let Some(end) = end else {
            out.push('[');
            rest = &rest[1..];
            continue;
        };
        let token = &rest[..=end];
        let place = known.iter().position(|one| one == token).unwrap_or_else(|| {
            known.push(token.to_owned());
            known.len() - 1
        });
        out.push_str(&format!("<{place}>"));
        rest = &rest[end + 1..];
    }
    out + rest
}
