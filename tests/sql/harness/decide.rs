//! A statement through the compiled kernel: the same decode, screen, decide and bind as `aegis decide`.

use aegis_runtime::denial::Denial;
use aegis_runtime::gate::{self, Snapshot};
use aegis_runtime::intercept::Screens;
use aegis_runtime::intercept::sql::Quotable;
use aegis_runtime::kernel::{Evidence, Kernel};
use aegis_runtime::mask::{Masker, Plan};
use serde_json::{Map, Value, json};

/// What goes south.
#[derive(Debug, Clone)]
pub(crate) struct Forward {
    pub(crate) sql: String,
    pub(crate) facts: Value,
    pub(crate) personal: Option<Vec<bool>>,
    /// What an error can quote, and so is not heard.
    pub(crate) quotable: Quotable,
}

/// A kernel with its screens.
pub(crate) struct Decider {
    screens: Screens,
    decide: fn(&Screens, &str, &str) -> Result<Forward, Denial>,
    masker: Masker,
    plan: Plan,
}

impl Decider {
    pub(crate) fn of<K: Kernel>() -> Self {
        let masker = Masker::new(K::SPEC, [7; 32]);
        let tool = &K::SPEC.tools[usize::from(K::id(K::tool("postgres__query").unwrap()).0)];
        let masks: Vec<_> = K::SPEC.masks.iter().collect();
        let plan = masker.plan(tool, &masks);
        Self { screens: Screens::new(K::SPEC).unwrap(), decide: decide::<K>, masker, plan }
    }

    /// The text that is forwarded, or why nothing is.
    pub(crate) fn decide(&self, tool: &str, sql: &str) -> Result<Forward, Denial> {
        (self.decide)(&self.screens, tool, sql)
    }

    /// A result as the agent reads it: nothing where it is over a limit, since it is withheld then.
    pub(crate) fn mask(&self, result: &Value, forward: &Forward) -> String {
        let plan = self.plan.clone().bound(forward.personal.clone());
        self.masker.json(&result.to_string(), &plan).map(|(text, _)| text).unwrap_or_default()
    }
}

fn decide<K: Kernel>(screens: &Screens, tool: &str, sql: &str) -> Result<Forward, Denial> {
    let Value::Object(arguments) = json!({"sql": sql}) else {
        return Ok(Forward { sql: String::new(), facts: Value::Null, personal: None, quotable: Quotable::default() });
    };
    let call = gate::decode::<K>(&format!("postgres__{tool}"), Some(arguments))?;
    let screened = gate::screen(call, screens)?;
    let facts: Map<String, Value> = screened.facts().clone();
    let (personal, quotable) = (screened.personal(), screened.quotable());
    let permit = gate::decide(screened, Snapshot::stated(Evidence::default()))?;
    let bound = gate::bind(permit, screens)?;
    let sql = bound.arguments()["sql"].as_str().unwrap().to_owned();
    Ok(Forward { sql, facts: Value::Object(facts), personal, quotable })
}
