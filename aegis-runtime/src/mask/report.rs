//! What was masked, in counts; for the audit, which gets no values.

use crate::vocabulary::Class;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Counts of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    classes: BTreeMap<Class, u64>,
    held: u64,
    binaries: u64,
}

impl Report {
    pub(super) fn class(&mut self, class: Class) {
        let count = self.classes.entry(class).or_default();
        *count = count.saturating_add(1);
    }

    pub(super) fn held(&mut self) {
        self.held = self.held.saturating_add(1);
    }

    pub(super) fn binary(&mut self) {
        self.binaries = self.binaries.saturating_add(1);
    }

    /// Places masked.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.classes.values().fold(self.held, |sum, count| sum.saturating_add(*count))
    }

    /// Counts by class; `held` for credentials of the kernel, `binary` for dropped blocks.
    #[must_use]
    pub fn to_json(&self) -> Map<String, Value> {
        let mut map: Map<String, Value> =
            self.classes.iter().map(|(class, count)| (class.as_str().to_owned(), json!(count))).collect();
        for (name, count) in [("held", self.held), ("binary", self.binaries)] {
            if count > 0 {
                map.insert(name.into(), json!(count));
            }
        }
        map
    }
}
