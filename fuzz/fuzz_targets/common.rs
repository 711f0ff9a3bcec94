//! A statement through the kernels of both dialects.

#![allow(dead_code)]

use aegis_runtime::denial::Denial;
use aegis_runtime::gate::{self, Snapshot};
use aegis_runtime::intercept::Screens;
use aegis_runtime::kernel::{Evidence, Kernel};
use serde_json::{Map, Value};

pub mod sqlite {
    aegis_macros::kernel!("../../manifests", "../../policies/default.toml");
}
pub mod postgres {
    aegis_macros::kernel!("../../tests/postgres/manifests", "../../tests/postgres/policy.toml");
}

/// Facts, and the text that goes south.
pub fn decide<K: Kernel>(screens: &Screens, sql: &str) -> Result<(Map<String, Value>, String), Denial> {
    let arguments = Map::from_iter([("sql".to_owned(), Value::from(sql))]);
    let call = gate::decode::<K>("postgres__query", Some(arguments))?;
    let screened = gate::screen(call, screens)?;
    let facts = screened.facts().clone();
    let permit = gate::decide(screened, Snapshot::stated(Evidence::default()))?;
    let bound = gate::bind(permit, screens)?;
    Ok((facts, bound.arguments()["sql"].as_str().unwrap_or_default().to_owned()))
}
