//! The SQL screen.
use crate::denial::Code;
use crate::spec::{Dialect, ServerId, Spec};
use crate::vocabulary::{Capability, Class, DomainId, Operator};
use serde_json::{Map, Value};
/// x
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct SqlSetupError;
/// x
pub struct SqlScreen;
/// x
#[derive(Debug)]
pub struct SqlRefusal {
    /// x
    pub code: Code,
    /// x
    pub detail: String,
    /// x
    pub bytes: Option<(usize, usize)>,
    /// x
    pub remedy: Option<String>,
}
/// x
#[derive(Debug, Clone)]
pub struct SqlFacts {
    /// x
    pub capabilities: Vec<Capability>,
    /// x
    pub writes: Vec<String>,
}
impl SqlFacts {
    /// x
    pub fn to_json(&self) -> Map<String, Value> {
        Map::new()
    }
}
impl SqlScreen {
    /// x
    pub fn new(_spec: &'static Spec, _server: ServerId, _dialect: Dialect) -> Result<Self, SqlSetupError> {
        Ok(Self)
    }
    /// x
    pub fn screen(&self, _sql: &str) -> Result<SqlFacts, SqlRefusal> {
        Ok(SqlFacts { capabilities: vec![], writes: vec![] })
    }
    /// x
    pub fn rewrite(&self, _sql: &str, _facts: &SqlFacts, _operator: &dyn Fn(DomainId, Class) -> Option<Operator>) -> Result<Option<String>, SqlRefusal> {
        Ok(None)
    }
}
