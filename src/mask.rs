//! `aegis mask`: JSON lines in, masked results out.

use crate::output::{CommandError, say};
use crate::state;
use aegis_runtime::denial::{Code, Denial};
use aegis_runtime::kernel::Kernel;
use aegis_runtime::mask::{MaskError, Masker, Plan};
use aegis_runtime::spec::MaskSpec;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::io::{self, BufRead};
use std::process::ExitCode;

/// One line of input. `session` is read and, until results share a memory of values, changes nothing.
#[derive(Deserialize)]
struct Line<'line> {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    tool: Option<String>,
    #[serde(borrow)]
    result: &'line RawValue,
}

/// One line of output; the untouched parts of the result are the input's own bytes.
#[derive(Serialize)]
struct Answer {
    id: Value,
    result: Option<Box<RawValue>>,
    masked: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
}

pub(crate) fn run<K: Kernel>() -> Result<ExitCode, CommandError> {
    // Tokens of this command join within one run only; the state directory's key stays where it is.
    let masker = Masker::new(K::SPEC, state::random_key()?);
    for line in io::stdin().lock().lines() {
        let line = line.map_err(CommandError::io("standard input"))?;
        if !line.trim().is_empty() {
            let answer = serde_json::to_string(&mask_line::<K>(&masker, &line)).map_err(CommandError::refused)?;
            say(answer)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn mask_line<K: Kernel>(masker: &Masker, line: &str) -> Answer {
    let line: Line<'_> = match serde_json::from_str(line) {
        Ok(line) => line,
        Err(error) => {
            let denial = Denial::new(Code::MalformedLine, format!("line does not read at column {}", error.column()));
            return withheld(Value::Null, &denial);
        }
    };
    let plan = match plan_of::<K>(masker, line.tool.as_deref()) {
        Ok(plan) => plan,
        Err(denial) => return withheld(line.id, &denial),
    };
    match masker.json(line.result.get(), &plan) {
        Ok((text, report)) => match RawValue::from_string(text) {
            Ok(result) => Answer { id: line.id, result: Some(result), masked: report.to_json(), error: None },
            Err(_) => withheld(line.id, &Denial::new(Code::MaskFailed, "")),
        },
        Err(MaskError::Limit(what)) => withheld(line.id, &Denial::new(Code::MaskLimit, what.to_string())),
        Err(MaskError::Malformed(_)) => withheld(line.id, &Denial::new(Code::MaskFailed, "")),
    }
}

/// Without a tool the plan for text of no tool; with one, everything the policy can ever mask of its results.
fn plan_of<K: Kernel>(masker: &Masker, tool: Option<&str>) -> Result<Plan, Denial> {
    let Some(name) = tool else { return Ok(masker.everywhere()) };
    let tool = K::SPEC.tools.iter().find(|tool| tool.wire == name || tool.dotted == name);
    let tool = tool.ok_or_else(|| Denial::new(Code::UnknownTool, ""))?;
    let masks: Vec<&'static MaskSpec> = K::SPEC.masks.iter().collect();
    Ok(masker.plan(tool, &masks))
}

fn withheld(id: Value, denial: &Denial) -> Answer {
    Answer {
        id,
        result: None,
        masked: Map::new(),
        error: Some(json!({"code": denial.code().as_str(), "why": denial.why()})),
    }
}
