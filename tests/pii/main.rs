//! Labelled tables of the masker: what must go, what must stay, and how much of each does. Seeded; the values are nobody's.
//!
//! Every run writes the tables to `target/tmp/pii-cases.jsonl`, which `aegis mask` and `compare.py` read.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::print_stdout,
    missing_docs,
    unreachable_pub,
    reason = "tests may fail loudly"
)]

mod cases;
mod core;
mod declared;
mod evasions;
mod families;
mod harmless;
mod random;
mod unseen;
mod values;

use aegis_runtime::kernel::Kernel as _;
use aegis_runtime::mask::{Masker, Plan};
use aegis_runtime::spec::MaskSpec;
use cases::Case;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

mod tables_kernel {
    aegis_macros::kernel!("manifests", "policy.toml");
}
use tables_kernel::Kernel;

fn masker() -> Masker {
    Masker::new(Kernel::SPEC, [7; 32])
}

fn plan(masker: &Masker, tool: Option<&str>) -> Plan {
    let Some(tool) = tool else { return masker.everywhere() };
    let tool = Kernel::SPEC.tools.iter().find(|spec| spec.wire == tool).unwrap();
    let masks: Vec<&'static MaskSpec> = Kernel::SPEC.masks.iter().collect();
    masker.plan(tool, &masks)
}

/// What became of a case's result; an error withholds it, so that nothing is left of it.
fn masked(masker: &Masker, case: &Case) -> String {
    for result in &case.before {
        // What came before teaches names by its own tool.
        let _taught = masker.json(result, &plan(masker, Some("store__get_object")));
    }
    masker
        .json(&case.result, &plan(masker, case.tool))
        .map_or_else(|error| panic!("{error}: {}", case.result), |(out, _)| out)
}

/// Counts of one class.
#[derive(Default)]
struct Tally {
    cases: usize,
    good: usize,
    torn: usize,
    shown: Vec<String>,
}

impl Tally {
    fn share(&self) -> f64 {
        100.0 * self.good as f64 / self.cases.max(1) as f64
    }
}

/// Caught cases by class, or for a harmless table the untouched ones.
struct Score(BTreeMap<String, Tally>);

impl Score {
    fn of(cases: impl IntoIterator<Item = (Case, String)>) -> Self {
        let mut classes: BTreeMap<String, Tally> = BTreeMap::new();
        for (case, out) in cases {
            let tally = classes.entry(case.class.clone()).or_default();
            let harmless = case.gone.is_empty();
            let good = if harmless { out == case.result } else { case.leaks(&out).is_empty() };
            tally.cases += 1;
            tally.good += usize::from(good);
            tally.torn += usize::from(!harmless && !case.intact(&out));
            if tally.shown.len() < 3 && (!good || (!harmless && !case.intact(&out))) {
                let mark = if good {
                    "torn"
                } else if harmless {
                    "harmed"
                } else {
                    "missed"
                };
                tally.shown.push(format!("{mark}: {} => {out}", case.result));
            }
        }
        Self(classes)
    }

    fn total(&self) -> Tally {
        self.0.values().fold(Tally::default(), |sum, tally| Tally {
            cases: sum.cases + tally.cases,
            good: sum.good + tally.good,
            torn: sum.torn + tally.torn,
            shown: Vec::new(),
        })
    }

    /// The whole table, and up to three failures of each class.
    fn print(&self, title: &str) -> String {
        let total = self.total();
        let mut out = format!(
            "{title}: {} of {} ({:.1} %), surroundings torn {}\n",
            total.good,
            total.cases,
            total.share(),
            total.torn
        );
        for (class, tally) in self.0.iter().filter(|(_, tally)| tally.good < tally.cases || tally.torn > 0) {
            writeln!(out, "  {class}: {} of {}, torn {}", tally.good, tally.cases, tally.torn).unwrap();
            tally.shown.iter().for_each(|line| writeln!(out, "    {line}").unwrap());
        }
        println!("{out}");
        out
    }

    /// Asserts a bar in per cent over all classes.
    fn bar(&self, title: &str, least: f64) {
        let printed = self.print(title);
        assert!(self.total().share() >= least, "under {least} %\n{printed}");
    }
}

fn alone(cases: Vec<Case>) -> Score {
    Score::of(cases.into_iter().map(|case| {
        let out = masked(&masker(), &case);
        (case, out)
    }))
}

#[test]
fn core_values_are_caught() {
    let (strong, other): (Vec<Case>, Vec<Case>) =
        core::table().into_iter().partition(|case| core::STRONG.contains(&case.class.as_str()));
    alone(strong).bar("core, strong classes", STRONG);
    alone(other).bar("core, other classes", CORE);
}

#[test]
fn evasions_are_caught() {
    alone(evasions::table()).bar("evasions", EVASIONS);
}

#[test]
fn harmless_texts_stay_as_they_are() {
    alone(harmless::table()).bar("harmless", HARMLESS);
}

#[test]
fn families_are_held_and_what_looks_like_them_is_not() {
    alone(families::core()).bar("families, core", CORE);
    alone(families::evasions()).bar("families, evasions", EVASIONS);
    alone(families::harmless()).bar("families, harmless", HARMLESS);
}

#[test]
fn unseen_cases_are_judged_alike() {
    alone(unseen::table("core")).bar("unseen, core", CORE);
    alone(unseen::table("evasion")).bar("unseen, evasions", EVASIONS);
    alone(unseen::table("harmless")).bar("unseen, harmless", HARMLESS);
}

#[test]
fn declared_and_learned_values_are_caught() {
    let (harmless, cases): (Vec<Case>, Vec<Case>) =
        declared::table().into_iter().partition(|case| case.gone.is_empty());
    let (learned, declared): (Vec<Case>, Vec<Case>) = cases.into_iter().partition(|case| case.table == "learned");
    alone(declared).bar("declared", DECLARED);
    alone(learned).bar("learned", LEARNED);
    alone(harmless).bar("not learned", 100.0);
}

/// The agent names a statement's columns, so it could teach that any word is a name, or crowd the names out.
#[test]
fn an_answer_to_a_statement_teaches_nothing() {
    let (masker, note) = (masker(), r#"{"content":[{"type":"text","text":"shipped by Ada Lovelace"}]}"#);
    let rows = r#"{"structuredContent":{"columns":["full_name"],"rows":[["shipped by"],["Ada Lovelace"]]}}"#;
    let (out, _) = masker.json(rows, &plan(&masker, Some("crm__query"))).unwrap();
    assert!(!out.contains("shipped"), "a column by that name is masked: {out}");
    assert_eq!(masker.json(note, &plan(&masker, Some("store__get_object"))).unwrap().0, note);
}

#[test]
fn held_credentials_never_leave() {
    let score = Score::of(declared::held().into_iter().map(|held| {
        let masker = masker();
        masker.hold(&held.hold);
        let out = masked(&masker, &held.case);
        (held.case, out)
    }));
    score.bar("held", HELD);
}

#[test]
fn tables_are_written_for_others() {
    let mut lines = String::new();
    let families = [families::core(), families::evasions(), families::harmless()];
    let tables = [core::table(), evasions::table(), harmless::table(), declared::table()].into_iter().chain(families);
    for (place, case) in tables.flatten().enumerate() {
        let id = format!("{}/{}/{place}", case.table, case.class);
        let result: &serde_json::value::RawValue = serde_json::from_str(&case.result).unwrap();
        let line = json!({"id": id, "table": case.table, "class": case.class, "tool": case.tool, "session": id, "before": case.before, "gone": case.gone, "keep": case.keep});
        let line = line.to_string();
        writeln!(lines, "{},\"result\":{}}}", line.trim_end_matches('}'), result.get().replace('\n', " ")).unwrap();
        let _reads: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    }
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pii-cases.jsonl");
    std::fs::write(&path, lines).unwrap();
    println!("{}", path.display());
}

/// Bars in per cent: what is asked of the masker.
const STRONG: f64 = 100.0;
const CORE: f64 = 99.0;
const EVASIONS: f64 = 88.0;
const HARMLESS: f64 = 99.0;
const DECLARED: f64 = 100.0;
const LEARNED: f64 = 100.0;
const HELD: f64 = 100.0;
