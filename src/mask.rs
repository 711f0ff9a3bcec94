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
use std::collections::VecDeque;
use std::io::{self, BufRead};
use std::process::ExitCode;

/// One line of input. Lines of one `session` share a memory of values; lines without one share none.
#[derive(Deserialize)]
struct Line<'line> {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    session: Option<String>,
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
    /// With `--explain`: class, place, detector, gate and context of what was masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    spans: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
}

/// Sessions that are kept at a time; the oldest is forgotten first.
const SESSIONS: usize = 256;

pub(crate) fn run<K: Kernel>(explain: bool) -> Result<ExitCode, CommandError> {
    // Tokens of this command join within one run only; the state directory's key stays where it is.
    let key = state::random_key()?;
    let mut sessions: VecDeque<(String, Masker)> = VecDeque::new();
    for line in io::stdin().lock().lines() {
        let line = line.map_err(CommandError::io("standard input"))?;
        if !line.trim().is_empty() {
            let answer = mask_line::<K>(&mut sessions, key, &line, explain);
            say(serde_json::to_string(&answer).map_err(CommandError::refused)?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn mask_line<K: Kernel>(sessions: &mut VecDeque<(String, Masker)>, key: [u8; 32], line: &str, explain: bool) -> Answer {
    let line: Line<'_> = match serde_json::from_str(line) {
        Ok(line) => line,
        Err(error) => {
            let denial = Denial::new(Code::MalformedLine, format!("line does not read at column {}", error.column()));
            return withheld(Value::Null, &denial);
        }
    };
    let alone;
    let masker = match &line.session {
        Some(name) => {
            let place = sessions.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
                if sessions.len() == SESSIONS {
                    sessions.pop_front();
                }
                sessions.push_back((name.clone(), Masker::new(K::SPEC, key)));
                sessions.len() - 1
            });
            match sessions.get(place) {
                Some((_, masker)) => masker,
                None => return withheld(line.id, &Denial::new(Code::MaskFailed, "")),
            }
        }
        None => {
            alone = Masker::new(K::SPEC, key);
            &alone
        }
    };
    let plan = match plan_of::<K>(masker, line.tool.as_deref()) {
        Ok(plan) => plan,
        Err(denial) => return withheld(line.id, &denial),
    };
    match masker.json(line.result.get(), &plan) {
        Ok((text, report)) => match RawValue::from_string(text) {
            Ok(result) => {
                let spans = explain.then(|| report.reasons());
                Answer { id: line.id, result: Some(result), masked: report.to_json(), spans, error: None }
            }
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
        spans: None,
        error: Some(json!({"code": denial.code().as_str(), "why": denial.why()})),
    }
}
