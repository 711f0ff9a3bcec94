//! The screen over the default estate's relations.

mod attacks;
pub(super) mod estate;
pub(super) mod honest;
mod lineage;
mod masking;

use super::{Judged, SqlRefusal, SqlScreen};
use crate::spec::{Carrier, Dialect, ServerId};
use crate::vocabulary::{Class, DomainId, Operator};
use std::sync::OnceLock;

fn screen() -> &'static SqlScreen {
    static SCREEN: OnceLock<SqlScreen> = OnceLock::new();
    SCREEN.get_or_init(|| SqlScreen::new(&estate::SPEC, ServerId(0), Dialect::Sqlite, Carrier::Inline).unwrap())
}

fn postgres() -> &'static SqlScreen {
    static SCREEN: OnceLock<SqlScreen> = OnceLock::new();
    SCREEN.get_or_init(|| SqlScreen::new(&estate::SPEC, ServerId(0), Dialect::Postgres, Carrier::Inline).unwrap())
}

/// `read:silver write:bronze`, or the code of the refusal.
fn shown(result: &Result<Judged, SqlRefusal>) -> String {
    match result {
        Ok(judged) => {
            let names: Vec<String> = judged
                .facts()
                .capabilities
                .iter()
                .map(|capability| {
                    format!(
                        "{}:{}",
                        capability.effect.as_str(),
                        estate::SPEC.domains[usize::from(capability.domain.0)].name
                    )
                })
                .collect();
            names.join(" ")
        }
        Err(refusal) => refusal.code.as_str().to_owned(),
    }
}

fn redact(_domain: DomainId, _class: Class) -> Option<Operator> {
    Some(Operator::Redact)
}
