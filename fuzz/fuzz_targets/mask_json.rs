//! What is JSON stays JSON of the same shape, twice is once, and what a declared column teaches is left nowhere.

#![no_main]

mod common;

use aegis_runtime::kernel::Kernel;
use aegis_runtime::mask::Masker;
use aegis_runtime::spec::MaskSpec;
use common::sqlite;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const NAME: &str = "Quillon Vexborough";

fuzz_target!(|data: &str| {
    let spec = sqlite::Kernel::SPEC;
    let masker = Masker::new(spec, [7; 32]);
    let masks: Vec<&'static MaskSpec> = spec.masks.iter().collect();
    let tool = spec.tools.iter().find(|tool| tool.wire == "postgres__query").unwrap();
    let plan = masker.plan(tool, &masks);
    let Ok(tree) = serde_json::from_str::<Value>(data) else {
        let _total = masker.json(data, &plan);
        return;
    };
    let document = format!(
        "{{\"structuredContent\":{{\"columns\":[\"name\",\"note\"],\"rows\":[[\"{NAME}\",\"by {NAME}\"]],\"rest\":{data}}}}}"
    );
    let Ok((once, report)) = masker.json(&document, &plan) else { return };
    let masked: Value = serde_json::from_str(&once).unwrap();
    assert!(!once.contains(NAME) && report.total() > 0, "{once}");
    assert!(same_shape(&tree, &masked["structuredContent"]["rest"]), "{once}");
    assert_eq!(masker.json(&once, &plan).map(|(twice, _)| twice), Ok(once));
});

/// The same tree but for scalars; keys that are alike once masked may fall together.
fn same_shape(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_shape(one, other))
        }
        (Value::Object(one), Value::Object(other)) => other.len() <= one.len(),
        (Value::Null, other) => other.is_null(),
        (Value::Bool(one), other) => other == one,
        (Value::Number(_) | Value::String(_), other) => other.is_number() || other.is_string(),
        _ => false,
    }
}
