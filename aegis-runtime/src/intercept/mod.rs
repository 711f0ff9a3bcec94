//! Interceptors: each reads one part of the arguments and says what it would do.
//!
//! *Invariants.* A screen finds and never decides; what it cannot read is a denial with a place. A tool's screens all run,
//! and the union of what they find is what the policy judges.

mod compose;
mod object_key;
mod path;
mod pointer;
pub mod sql;
mod url;

use crate::denial::{Code, Denial};
use crate::spec::{Absent, DatasetSpec, Dialect, Origin, ScreenKind, ScreenSpec, ServerId, Spec, ToolSpec};
use crate::vocabulary::{Capability, Class, DomainId, Effect, Operator};
use serde_json::{Map, Value, json};
use sql::{Judged, Quotable, SqlRefusal, SqlScreen, SqlSetupError, StatementKind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The interceptors of one kernel, built once at start.
pub struct Screens {
    spec: &'static Spec,
    /// What `${state}` means to a path screen; without it no path below it is declared.
    state: PathBuf,
    sql: Vec<(ServerId, Dialect, SqlScreen)>,
}

/// What the screens of one call found.
#[derive(Debug)]
pub struct Finding {
    /// The manifest's capabilities and those found, sorted and distinct.
    pub capabilities: Vec<Capability>,
    /// Facts for records and people.
    pub facts: Map<String, Value>,
    /// What the call can change.
    pub touches: Vec<Touch>,
    statements: Vec<Statement>,
}

/// Something a call can change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touch {
    /// An object.
    Object {
        /// Where.
        server: ServerId,
        /// Its key.
        key: String,
    },
    /// A relation.
    Table {
        /// Where.
        server: ServerId,
        /// Its name.
        name: String,
    },
}

#[derive(Debug)]
struct Statement {
    pointer: String,
    server: ServerId,
    dialect: Dialect,
    judged: Judged,
    quotable: Quotable,
}

impl Finding {
    /// Says which statement shows the capability that a denial is about, where no argument was at fault.
    pub(crate) fn placed(&self, denial: Denial) -> Denial {
        let Some(over) = denial.over_capability().filter(|_| denial.place().is_none()) else { return denial };
        match self.statements.iter().find(|statement| statement.judged.facts().capabilities.contains(&over)) {
            Some(statement) => denial.at(statement.pointer.clone(), Some(statement.judged.bytes())),
            None => denial,
        }
    }
}

/// What one screen found in one place.
struct Found {
    capabilities: Vec<Capability>,
    facts: Map<String, Value>,
    touches: Vec<Touch>,
    statement: Option<Statement>,
}

impl Finding {
    /// What the reader of the result should know of it.
    pub(crate) fn notes(&self) -> Vec<String> {
        self.statements.iter().flat_map(|statement| statement.judged.facts().notes.iter().cloned()).collect()
    }

    /// What an error of the server can quote.
    pub(crate) fn quotable(&self) -> Quotable {
        self.statements.iter().fold(Quotable::default(), |all, statement| all.with(&statement.quotable))
    }

    /// For each column that comes out, whether anything personal flows into it; nothing where the call is not one bound SELECT.
    pub(crate) fn personal(&self) -> Option<Vec<bool>> {
        let [Statement { judged, .. }] = self.statements.as_slice() else { return None };
        let facts = judged.facts();
        (facts.kind == StatementKind::Select).then(|| facts.labels.iter().map(|classes| !classes.is_empty()).collect())
    }
}

impl Screens {
    /// Builds every interceptor that the tools of the spec ask for.
    ///
    /// # Errors
    /// When the estate cannot be turned into a catalogue; a build of the same manifests would have failed before.
    pub fn new(spec: &'static Spec) -> Result<Self, SqlSetupError> {
        let mut sql: Vec<(ServerId, Dialect, SqlScreen)> = Vec::new();
        for tool in spec.tools {
            for screen in tool.screens {
                if let (Origin::Downstream(server), ScreenKind::Sql(dialect, carrier)) = (tool.origin, screen.kind)
                    && !sql.iter().any(|(of, in_dialect, _)| *of == server && *in_dialect == dialect)
                {
                    sql.push((server, dialect, SqlScreen::new(spec, server, dialect, carrier)?));
                }
            }
        }
        Ok(Self { spec, state: PathBuf::new(), sql })
    }

    /// Says where `${state}` is.
    #[must_use]
    pub fn under(self, state: &Path) -> Self {
        Self { state: state.to_owned(), ..self }
    }

    pub(crate) fn run(&self, tool: &'static ToolSpec, arguments: &Map<String, Value>) -> Result<Finding, Denial> {
        let mut capabilities: BTreeSet<Capability> = tool.capabilities.iter().copied().collect();
        let mut finding =
            Finding { capabilities: Vec::new(), facts: Map::new(), touches: Vec::new(), statements: Vec::new() };
        for screen in tool.screens {
            for (pointer, value) in places(screen, arguments)? {
                let found =
                    self.look(tool, screen, &pointer, value, arguments).map_err(|denial| denial.within(&pointer))?;
                capabilities.extend(found.capabilities);
                merge(&mut finding.facts, found.facts);
                finding.touches.extend(found.touches);
                finding.statements.extend(found.statement);
            }
        }
        finding.capabilities = capabilities.into_iter().collect();
        Ok(finding)
    }

    fn look(
        &self,
        tool: &'static ToolSpec,
        screen: &ScreenSpec,
        pointer: &str,
        value: &Value,
        arguments: &Map<String, Value>,
    ) -> Result<Found, Denial> {
        if let ScreenKind::Opaque(_why) = screen.kind {
            return Ok(Found { capabilities: Vec::new(), facts: Map::new(), touches: Vec::new(), statement: None });
        }
        let text = value.as_str().ok_or_else(|| Denial::new(Code::ScreenAbsent, "not a string"))?;
        match (screen.kind, tool.origin) {
            (ScreenKind::Sql(dialect, _), Origin::Downstream(server)) => self.sql(server, dialect, pointer, text),
            (ScreenKind::ObjectKey(effect), Origin::Downstream(server)) => self.key(server, effect, text),
            (ScreenKind::Dataset(effect), Origin::Native(_)) => self.dataset(effect, text),
            (ScreenKind::Path(effect, base, _), Origin::Downstream(server)) => {
                let directories = path::Directories::new(self.spec, server, &self.state);
                let domains = directories.domains(text, base, arguments)?;
                let capabilities = domains.into_iter().map(|domain| Capability::new(effect, domain)).collect();
                let facts = Map::from_iter([("paths".to_owned(), json!([text]))]);
                Ok(Found { capabilities, facts, touches: Vec::new(), statement: None })
            }
            (ScreenKind::Url(effect), Origin::Downstream(server)) => {
                let capabilities = url::capabilities(self.spec, server, effect, text)?;
                let facts = Map::from_iter([("urls".to_owned(), json!([text]))]);
                Ok(Found { capabilities, facts, touches: Vec::new(), statement: None })
            }
            (ScreenKind::Compose(effect, with), Origin::Downstream(server)) => {
                let (resource, domain) = compose::domain_of(self.spec, server, text, with, arguments)?;
                let facts = Map::from_iter([("resources".to_owned(), json!([resource]))]);
                let capabilities = vec![Capability::new(effect, domain)];
                Ok(Found { capabilities, facts, touches: Vec::new(), statement: None })
            }
            (
                ScreenKind::Sql(..)
                | ScreenKind::ObjectKey(_)
                | ScreenKind::Path(..)
                | ScreenKind::Url(_)
                | ScreenKind::Compose(..),
                Origin::Native(_),
            )
            | (ScreenKind::Dataset(_), Origin::Downstream(_))
            | (ScreenKind::Opaque(_), _) => Err(Denial::new(Code::ScreenAbsent, "this tool has no such screen")),
        }
    }

    fn sql(&self, server: ServerId, dialect: Dialect, pointer: &str, text: &str) -> Result<Found, Denial> {
        let screen = self.sql_screen(server, dialect)?;
        let judged = screen.screen(text).map_err(denial_of)?;
        let quotable = screen.quotable(&judged);
        let facts = judged.facts();
        let touches = facts.writes.iter().map(|name| Touch::Table { server, name: name.clone() }).collect();
        Ok(Found {
            capabilities: facts.capabilities.clone(),
            facts: facts.to_json(),
            touches,
            statement: Some(Statement { pointer: pointer.to_owned(), server, dialect, judged, quotable }),
        })
    }

    fn key(&self, server: ServerId, effect: Effect, key: &str) -> Result<Found, Denial> {
        let domain = object_key::domain_of(self.spec, server, key)?;
        let mut facts = Map::new();
        facts.insert("keys".into(), json!([key]));
        let touches = match effect {
            Effect::Write | Effect::Destroy => vec![Touch::Object { server, key: key.to_owned() }],
            Effect::Read | Effect::Promote | Effect::Validate | Effect::Egress | Effect::Execute | Effect::Admin => {
                Vec::new()
            }
        };
        Ok(Found { capabilities: vec![Capability::new(effect, domain)], facts, touches, statement: None })
    }

    fn dataset(&self, effect: Effect, name: &str) -> Result<Found, Denial> {
        let dataset = dataset_named(self.spec, name).ok_or_else(|| Denial::new(Code::UnknownDataset, ""))?;
        let domain = if effect == Effect::Promote { dataset.gold.domain } else { dataset.silver.domain };
        let mut facts = Map::new();
        facts.insert("dataset".into(), json!(dataset.name));
        Ok(Found { capabilities: vec![Capability::new(effect, domain)], facts, touches: Vec::new(), statement: None })
    }

    fn sql_screen(&self, server: ServerId, dialect: Dialect) -> Result<&SqlScreen, Denial> {
        self.sql
            .iter()
            .find(|(of, in_dialect, _)| *of == server && *in_dialect == dialect)
            .map(|(_, _, screen)| screen)
            .ok_or_else(|| Denial::new(Code::SqlUnsupported, "no catalogue for this server"))
    }

    /// The statements of a finding with personal columns masked inside: pointer and new text, for those that need it.
    pub(crate) fn rewrite(
        &self,
        finding: &Finding,
        operator: &dyn Fn(DomainId, Class) -> Option<Operator>,
    ) -> Result<Vec<(String, String)>, Denial> {
        let mut rewrites = Vec::new();
        for statement in &finding.statements {
            let screen = self.sql_screen(statement.server, statement.dialect)?;
            let rewritten = screen.rewrite(&statement.judged, operator);
            if let Some(text) = rewritten.map_err(|refusal| denial_of(refusal).within(&statement.pointer))? {
                rewrites.push((statement.pointer.clone(), text));
            }
        }
        Ok(rewrites)
    }
}

/// Finds a dataset by the kernel's own name for it.
pub(crate) fn dataset_named(spec: &'static Spec, name: &str) -> Option<&'static DatasetSpec> {
    spec.datasets.iter().find(|dataset| dataset.name == name)
}

/// The parts of the arguments that a screen reads. A `*` that meets no element finds nothing: there is nothing to do there.
fn places<'call>(
    screen: &ScreenSpec,
    arguments: &'call Map<String, Value>,
) -> Result<Vec<(String, &'call Value)>, Denial> {
    let mut places = pointer::resolve(arguments, screen.at);
    places.retain(|(_, value)| !value.is_null());
    match screen.absent {
        Absent::Deny if places.is_empty() && !screen.at.contains('*') => {
            Err(Denial::new(Code::ScreenAbsent, "").at(screen.at, None))
        }
        Absent::Deny | Absent::Skip => Ok(places),
    }
}

fn denial_of(refusal: SqlRefusal) -> Denial {
    let denial = Denial::new(refusal.code, refusal.detail).at("", refusal.bytes);
    match refusal.remedy {
        Some(remedy) => denial.remedy(remedy),
        None => denial,
    }
}

/// Facts of one kind found in two places are listed together.
fn merge(into: &mut Map<String, Value>, from: Map<String, Value>) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Value::Array(there)), Value::Array(more)) => there.extend(more),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}
