//! What analysts and pipelines really write is served, and gives the rows it gives without us.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::print_stdout,
    missing_docs,
    reason = "tests may fail loudly"
)]

#[path = "sql/harness/mod.rs"]
mod harness;

use aegis::kernel::Kernel;
use harness::corpus::{Case, Engine, elsewhere, only_known, read};
use harness::decide::Decider;
use harness::judge::{Judge, Store};
use harness::own::behind;
use harness::pg_store::Pg;
use harness::seed::Version;

/// Whether tokens keep equality, so that joins and groups over personal columns give the rows they gave.
#[derive(Clone, Copy, PartialEq)]
enum Tokens {
    Equal,
    /// A foreign SQLite has no hash function: one constant a class.
    Constant,
}

/// What became of one corpus.
#[derive(Default)]
struct Outcome {
    all: usize,
    served: usize,
    masked: usize,
    masked_served: usize,
    refused: Vec<(Case, String)>,
}

impl Outcome {
    fn of<S: Store>(judge: &Judge<S>, engine: Engine, tokens: Tokens) -> Self {
        let (mut outcome, mut invalid) = (Self::default(), Vec::new());
        // Reads first: the pages that a rolled-back write leaves show in the order of rows, and in plans.
        let (reads, writes): (Vec<Case>, Vec<Case>) =
            read("honest", engine).into_iter().partition(|case| case.tools[0] == "query");
        for case in reads.into_iter().chain(writes) {
            let tool = case.tools[0];
            let truth = judge.store.truth(tool, &case.sql);
            if let Some(error) = truth.error {
                invalid.push(format!("{}:{}: {error}: {}", case.file, case.line, case.sql));
                continue;
            }
            outcome.all += 1;
            outcome.masked += usize::from(case.masked);
            let rows = (tokens == Tokens::Equal || !case.masked).then_some(truth.rows.len());
            match served(judge, tool, &case, rows) {
                Ok(()) => {
                    outcome.served += 1;
                    outcome.masked_served += usize::from(case.masked);
                }
                Err(reason) => outcome.refused.push((case, reason)),
            }
        }
        assert!(invalid.is_empty(), "no statements of this engine:\n{}", invalid.join("\n"));
        outcome
    }

    /// Prints the shares, holds them to the bar, and lets nothing be refused that is not on the list.
    fn hold(&self, engine: Engine, list: &str, bar: (f64, f64)) {
        let (share, masked) = (percent(self.served, self.all), percent(self.masked_served, self.masked));
        println!(
            "{list}: {} of {} honest statements served ({share:.1} %), masked reads {masked:.1} %",
            self.served, self.all
        );
        assert!(elsewhere().is_some() || self.all >= 170 && self.masked >= 40);
        only_known(list, engine, &self.refused);
        assert!(share >= bar.0 && masked >= bar.1, "{share:.1} % and {masked:.1} % are below {bar:?}");
    }
}

fn served<S: Store>(judge: &Judge<S>, tool: &str, case: &Case, rows: Option<usize>) -> Result<(), String> {
    let forward = judge.decider.decide(tool, &case.sql).map_err(|denial| {
        let fields = denial.fields();
        format!("{} {}", fields["code"], fields.get("detail").or(fields.get("why")).cloned().unwrap_or_default())
    })?;
    let ran = judge.store.run(tool, &forward.sql, Version::One).0;
    if let Some(error) = ran.error {
        return Err(format!("fails south: {error}: {}", forward.sql));
    }
    if let Some(rows) = rows.filter(|rows| *rows != ran.rows.len()) {
        return Err(format!("{} rows instead of {rows}: {}", ran.rows.len(), forward.sql));
    }
    judge.broken(tool, &case.sql, &forward).map_or(Ok(()), |reason| Err(format!("breaks an invariant: {reason}")))
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}

#[test]
fn honest_sqlite() {
    let decider = Decider::of::<Kernel>();
    let store = behind::<Kernel>(&decider);
    let south = decider.decide("query", "SELECT email FROM customers").unwrap().sql;
    let tokens = if south.contains("aegis_masked_") { Tokens::Equal } else { Tokens::Constant };
    let judge = Judge::new(decider, store);
    let outcome = Outcome::of(&judge, Engine::Sqlite, tokens);
    outcome.hold(Engine::Sqlite, "honest-sqlite.sql", (98.0, 95.0));
}

#[test]
fn honest_postgres() {
    let judge = Judge::new(Decider::of::<harness::postgres::Kernel>(), Pg::patient());
    let outcome = Outcome::of(&judge, Engine::Postgres, Tokens::Equal);
    outcome.hold(Engine::Postgres, "honest-postgres.sql", (97.0, 95.0));
}
