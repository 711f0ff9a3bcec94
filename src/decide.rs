//! `aegis decide`: JSON lines in, decisions out. The same decode, screen, decide and bind as `serve`; nothing is executed.

use crate::output::{CommandError, say};
use aegis_runtime::denial::{Code, Denial};
use aegis_runtime::gate::{self, Snapshot};
use aegis_runtime::intercept::Screens;
use aegis_runtime::kernel::{Evidence, Kernel, Standing, Subject};
use aegis_runtime::spec::{DatasetId, Phase, Spec};
use serde_json::{Map, Value, json};
use std::io::{self, BufRead};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

pub(crate) fn run<K: Kernel>(state: Option<&Path>) -> Result<ExitCode, CommandError> {
    let mut screens = Screens::new(K::SPEC).map_err(CommandError::refused)?;
    if let Some(state) = state {
        screens = screens.under(&std::path::absolute(state).map_err(CommandError::io("state directory"))?);
    }
    for line in io::stdin().lock().lines() {
        let line = line.map_err(CommandError::io("standard input"))?;
        if !line.trim().is_empty() {
            say(Value::Object(decide_line::<K>(&screens, &line)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A line that cannot be read is a deny like any other.
fn decide_line<K: Kernel>(screens: &Screens, line: &str) -> Map<String, Value> {
    let mut answer = Answer::default();
    let denial = match serde_json::from_str(line) {
        Ok(Value::Object(request)) => {
            answer.id = request.get("id").cloned().unwrap_or_default();
            decide_request::<K>(screens, request, &mut answer).err()
        }
        Ok(_) => Some(Denial::new(Code::MalformedLine, "not an object")),
        Err(error) => Some(Denial::new(Code::MalformedLine, format!("line is not JSON at column {}", error.column()))),
    };
    answer.into_map(denial.as_ref())
}

/// What is known of a call, in the order in which the fields are printed.
#[derive(Default)]
struct Answer {
    id: Value,
    tool: Value,
    rule: Value,
    capabilities: Vec<String>,
    facts: Map<String, Value>,
    needs: Vec<Value>,
    transforms: Vec<Value>,
    arguments: Value,
    why: Value,
}

impl Answer {
    fn into_map(self, denial: Option<&Denial>) -> Map<String, Value> {
        let mut map = Map::new();
        let mut fields = denial.map(Denial::fields).unwrap_or_default();
        let mut field = |name: &str| fields.remove(name).unwrap_or_default();
        let allowed = denial.is_none();
        map.insert("id".into(), self.id);
        map.insert("tool".into(), self.tool);
        map.insert("decision".into(), json!(if allowed { "allow" } else { "deny" }));
        map.insert("phase".into(), if allowed { json!(Phase::Allow.as_str()) } else { field("phase") });
        map.insert("rule".into(), if allowed { self.rule } else { field("rule") });
        map.insert("code".into(), field("code"));
        map.insert("why".into(), if allowed { self.why } else { field("why") });
        map.insert("remedy".into(), field("remedy"));
        map.insert("capabilities".into(), json!(self.capabilities));
        map.insert("facts".into(), Value::Object(self.facts));
        map.insert("at".into(), field("at"));
        map.insert("needs".into(), json!(self.needs));
        map.insert("transforms".into(), json!(self.transforms));
        map.insert("arguments".into(), if allowed { self.arguments } else { Value::Null });
        map
    }
}

fn decide_request<K: Kernel>(
    screens: &Screens,
    request: Map<String, Value>,
    answer: &mut Answer,
) -> Result<(), Denial> {
    let name = request.get("tool").and_then(Value::as_str);
    let name = name.ok_or_else(|| Denial::new(Code::MalformedLine, "`tool` is not a string"))?;
    // Here a tool may be spelled as policies do.
    let known = K::SPEC.tools.iter().find(|tool| tool.wire == name || tool.dotted == name);
    let (name, dotted) = known.map_or((name, name), |tool| (tool.wire, tool.dotted));
    answer.tool = json!(dotted);
    let arguments = match request.get("arguments") {
        None | Some(Value::Null) => None,
        Some(Value::Object(map)) => Some(map.clone()),
        Some(_) => return Err(Denial::new(Code::NotAnObject, "")),
    };
    let evidence = evidence(K::SPEC, request.get("evidence"))?;
    let call = gate::decode::<K>(name, arguments)?;
    let screened = gate::screen(call, screens)?;
    answer.capabilities = gate::capability_names::<K>(screened.capabilities());
    answer.facts = screened.facts().clone();
    let permit = gate::decide(screened, Snapshot::stated(evidence))?;
    let grant = permit.grant();
    let needs = permit.needs().map(|need| {
        let dataset = match need.subject {
            Subject::Dataset(id) => K::SPEC.datasets.get(usize::from(id.0)).map(|dataset| dataset.name),
            Subject::Call => None,
        };
        json!({"receipt": need.gate.receipt, "dataset": dataset, "max_age_s": need.gate.max_age.as_secs()})
    });
    answer.needs = needs.collect();
    // The last is of the strongest effect: of a change, the rule that permits it and not the reading.
    answer.rule = grant.rules.last().map_or(Value::Null, |rule| json!(rule.id));
    answer.why = grant.rules.last().map_or(Value::Null, |rule| json!(rule.why));
    answer.transforms = grant.masks.iter().map(|mask| json!(mask.rule.id)).collect();
    answer.arguments = Value::Object(gate::bind(permit, screens)?.arguments().clone());
    Ok(())
}

/// `{"receipts": [{"kind", "dataset", "age_s"}]}`. Without it no receipt stands; what cannot be read is no receipt but a deny.
fn evidence(spec: &'static Spec, given: Option<&Value>) -> Result<Evidence, Denial> {
    let malformed =
        || Denial::new(Code::MalformedLine, "`evidence` is `{\"receipts\": [{\"kind\", \"dataset\", \"age_s\"}]}`");
    let Some(given) = given.filter(|value| !value.is_null()) else { return Ok(Evidence::default()) };
    let given = given.get("receipts").and_then(Value::as_array).ok_or_else(malformed)?;
    let mut receipts = Vec::new();
    for (index, receipt) in given.iter().enumerate() {
        let text = |name: &str| receipt.get(name).and_then(Value::as_str).ok_or_else(malformed);
        // An approval is stated for the line's own call, and names no dataset.
        let subject = if receipt.get("dataset").is_none() {
            Subject::Call
        } else {
            let dataset = text("dataset")?;
            let place = spec.datasets.iter().position(|known| known.name == dataset);
            let place = place.and_then(|place| u16::try_from(place).ok());
            Subject::Dataset(DatasetId(place.ok_or_else(|| Denial::new(Code::UnknownDataset, ""))?))
        };
        let stated = |name: &str, usual: &str| {
            receipt
                .get(name)
                .map_or(Ok(usual.to_owned()), |value| value.as_str().map(str::to_owned).ok_or_else(malformed))
        };
        let usual = if subject == Subject::Call { ("operator", "call") } else { ("kernel-read", "etag") };
        receipts.push(Standing {
            id: format!("stated-{index}"),
            kind: text("kind")?.to_owned(),
            subject,
            age: Duration::from_secs(receipt.get("age_s").and_then(Value::as_u64).ok_or_else(malformed)?),
            assurance: stated("assurance", usual.0)?,
            version_kind: stated("version_kind", usual.1)?,
        });
    }
    Ok(Evidence { receipts })
}
