//! The compiled kernel against a slow interpreter over the IR, on random calls.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

use aegis::kernel::Kernel as Compiled;
use aegis_codegen::compile::{Posture, compile};
use aegis_codegen::interpret::{Receipt, Verdict, judge};
use aegis_codegen::ir::{Effect as IrEffect, Ir};
use aegis_codegen::source::Sources;
use aegis_runtime::kernel::{Evidence, Kernel, Standing, Subject};
use aegis_runtime::spec::DatasetId;
use aegis_runtime::vocabulary::{Capability, DomainId, Effect};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

fn ir() -> &'static Ir {
    static IR: OnceLock<Ir> = OnceLock::new();
    IR.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let sources = Sources::read(&root.join("manifests"), &root.join("policies/default.toml")).unwrap();
        compile(&sources, Posture::Guarded)
            .map(|compiled| compiled.ir)
            .unwrap_or_else(|_| panic!("the default policy compiles"))
    })
}

/// A call in both vocabularies: places of effects and domains are the same in both.
#[derive(Debug, Clone)]
struct Call {
    tool: usize,
    shown: Vec<(usize, usize)>,
    arguments: Value,
    receipts: Vec<(bool, usize, u64)>,
}

fn calls() -> impl Strategy<Value = Call> {
    let pair = (0..Effect::ALL.len(), 0..ir().domains.len());
    // Mostly what the tool can show, so that allows are common; now and then anything.
    let shown = (0..ir().tools.len()).prop_flat_map(move |tool| {
        let reachable: Vec<(usize, usize)> = ir().tools[tool]
            .reachable
            .iter()
            .map(|(effect, domain)| (IrEffect::ALL.iter().position(|other| other == effect).unwrap(), *domain))
            .collect();
        let own = proptest::sample::select(reachable);
        let one = prop_oneof![8 => own, 1 => pair.clone()];
        (Just(tool), proptest::collection::vec(one, 0..4))
    });
    let limit = prop_oneof![
        Just(json!({})),
        Just(json!({"limit": null})),
        (-10_i64..3000).prop_map(|limit| json!({"limit": limit})),
    ];
    let dataset = prop_oneof![Just("customers"), Just("orders")];
    let receipts = proptest::collection::vec((any::<bool>(), 0..ir().datasets.len(), 0_u64..2000), 0..4);
    (shown, limit, dataset, receipts).prop_map(|((tool, mut shown), mut arguments, dataset, receipts)| {
        shown.sort_unstable();
        shown.dedup();
        for (name, property) in ir().tools[tool].schema["properties"].as_object().unwrap() {
            if property["type"] == "string" {
                arguments[name] = json!(if name == "dataset" {
                    dataset
                } else if property["enum"].is_array() {
                    "*"
                } else {
                    "x"
                });
            }
        }
        Call { tool, shown, arguments, receipts }
    })
}

/// The compiled kernel's verdict: `None` allows; else the rule, or `-` for the kernel itself. Arguments that do not fit are no call.
fn decided(call: &Call) -> Option<Option<String>> {
    let tool = Compiled::tool(&ir().tools[call.tool].wire).unwrap();
    assert_eq!(usize::from(Compiled::id(tool).0), call.tool);
    let view = Compiled::view(tool, &call.arguments).ok()?;
    let found: Vec<Capability> = call
        .shown
        .iter()
        .map(|(effect, domain)| Capability::new(Effect::ALL[*effect], DomainId(u8::try_from(*domain).unwrap())))
        .collect();
    let receipts = call
        .receipts
        .iter()
        .enumerate()
        .map(|(index, (kind, dataset, age))| Standing {
            id: index.to_string(),
            kind: kind_of(*kind).to_owned(),
            subject: Subject::Dataset(DatasetId(u16::try_from(*dataset).unwrap())),
            age: Duration::from_secs(*age),
            assurance: "kernel-read".to_owned(),
            version_kind: "etag".to_owned(),
        })
        .collect();
    let _total = Compiled::needs(&view, &found);
    Some(match Compiled::decide(&view, &found, &Evidence { receipts }) {
        Ok(_grant) => None,
        Err(denial) => Some(denial.rule().map_or("-", |rule| rule.id).to_owned()),
    })
}

fn kind_of(right: bool) -> &'static str {
    if right { "silver-validation" } else { "another-kind" }
}

fn interpreted(call: &Call) -> Verdict {
    let mut arguments = call.arguments.clone();
    // The interpreter takes arguments to fit the schema; a tool without a limit has none.
    if ir().tools[call.tool].schema["properties"].get("limit").is_none() {
        arguments.as_object_mut().unwrap().remove("limit");
    }
    let shown: Vec<_> = call.shown.iter().map(|(effect, domain)| (IrEffect::ALL[*effect], *domain)).collect();
    let receipts: Vec<Receipt> = call
        .receipts
        .iter()
        .map(|(kind, dataset, age)| Receipt { kind: kind_of(*kind).to_owned(), dataset: Some(*dataset), age: *age })
        .collect();
    judge(ir(), call.tool, &shown, &arguments, &receipts)
}

fn trimmed(mut call: Call) -> Call {
    if ir().tools[call.tool].schema["properties"].get("limit").is_none() {
        call.arguments.as_object_mut().unwrap().remove("limit");
    }
    call
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn the_compiled_kernel_agrees_with_the_interpreter(call in calls()) {
        let call = trimmed(call);
        let Some(decided) = decided(&call) else { return Ok(()) };
        match (decided, interpreted(&call)) {
            (None, Verdict::Allow) => {}
            (Some(rule), Verdict::Deny(objections)) => prop_assert!(objections.contains(&rule), "{rule} {objections:?}"),
            (decided, interpreted) => prop_assert!(false, "{decided:?} {interpreted:?}"),
        }
    }

    #[test]
    fn one_more_blocked_capability_never_widens(call in calls(), domain in 0_usize..4) {
        let call = trimmed(call);
        let mut wider = call.clone();
        // `destroy` is blocked or undeclared wherever it is.
        wider.shown.push((2, domain));
        if let Some(decided) = decided(&wider) {
            prop_assert!(decided.is_some());
        }
    }
}

#[test]
fn allows_and_denials_are_both_common() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let verdicts: Vec<bool> = (0..2000)
        .filter_map(|_| decided(&trimmed(calls().new_tree(&mut runner).unwrap().current())))
        .map(|verdict| verdict.is_none())
        .collect();
    let allowed = verdicts.iter().filter(|allowed| **allowed).count();
    assert!(allowed > 200 && allowed < verdicts.len() - 200, "{allowed} of {}", verdicts.len());
}
