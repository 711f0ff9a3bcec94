//! What analysts and pipelines really write is served, and gives the rows it gives without us.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, clippy::cast_possible_truncation, clippy::print_stdout, missing_docs, reason = "tests may fail loudly")]

#[path = "sql/harness/mod.rs"]
mod harness;

use harness::corpus::{Case, Engine, read};
use harness::decide::Decider;
use harness::judge::{Judge, Store};
use harness::lite::Lite;
use harness::seed::Version;

/// Counts of one corpus.
#[derive(Default)]
struct Count {
    all: usize,
    served: usize,
    masked: usize,
    masked_served: usize,
    report: Vec<String>,
}

fn honest<S: Store>(judge: &Judge<S>, engine: Engine) -> Count {
    let (mut count, mut invalid) = (Count::default(), Vec::new());
    for case in read("honest", engine) {
        count.all += 1;
        count.masked += usize::from(case.masked);
        let tool = case.tools[0];
        let truth = judge.store.run(tool, &case.sql, Version::One).0;
        if let Some(error) = truth.error {
            invalid.push(format!("{}:{}: {error}: {}", case.file, case.line, case.sql));
            continue;
        }
        match served(judge, tool, &case, truth.rows.len()) {
            Ok(()) => {
                count.served += 1;
                count.masked_served += usize::from(case.masked);
            }
            Err(reason) => count.report.push(format!("{}:{}: {reason}\n    {}", case.file, case.line, case.sql)),
        }
    }
    assert!(invalid.is_empty(), "no statements of this engine:\n{}", invalid.join("\n"));
    count
}

fn served<S: Store>(judge: &Judge<S>, tool: &str, case: &Case, rows: usize) -> Result<(), String> {
    let forward = judge.decider.decide(tool, &case.sql).map_err(|denial| {
        let fields = denial.fields();
        format!("{} {}", fields["code"], fields.get("detail").or(fields.get("why")).cloned().unwrap_or_default())
    })?;
    let ran = judge.store.run(tool, &forward.sql, Version::One).0;
    match ran.error {
        Some(error) => Err(format!("fails south: {error}: {}", forward.sql)),
        None if ran.rows.len() != rows => Err(format!("{} rows instead of {rows}: {}", ran.rows.len(), forward.sql)),
        None => match judge.broken(tool, &case.sql, &forward) {
            Some(reason) => Err(format!("breaks an invariant: {reason}")),
            None => Ok(()),
        },
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}

#[test]
fn honest_sqlite() {
    let judge = Judge::new(Decider::of::<aegis::kernel::Kernel>(), Lite::new());
    let count = honest(&judge, Engine::Sqlite);
    let (share, masked) = (percent(count.served, count.all), percent(count.masked_served, count.masked));
    println!("sqlite: {} of {} served ({share:.1} %), masked reads {masked:.1} %", count.served, count.all);
    assert!(count.all >= 170 && count.masked >= 40);
    assert!(share >= 98.0 && masked >= 95.0, "{share:.1} % and {masked:.1} %\n{}", count.report.join("\n"));
}
