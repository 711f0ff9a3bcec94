//! Leaf substitution: a relation that is read becomes a derived table in which its personal columns are masked.
//!
//! Star, positions, whole rows, joins, subqueries and set operations are masked by construction, since nothing above the leaf ever
//! sees a value. NULL stays NULL, so counts of what is missing hold; values become one constant a class, since a server that is
//! not ours has no keyed hash: joins and distinct counts over personal columns are lost.

use super::SqlRefusal;
use super::reading_a::Reading;
use crate::denial::Code;
use crate::spec::TableSpec;
use crate::vocabulary::{Class, DomainId, Operator};
use std::fmt::Write as _;

/// A relation to be masked, with what stands in place of each personal column.
pub(super) struct Leaf {
    pub(super) table: &'static TableSpec,
    constants: Vec<Option<String>>,
}

/// What the derived table reads from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// The relation.
    Real,
    /// Its stand-in on the twin.
    StandIn,
}

/// The name of a relation's stand-in.
pub(super) fn stand_in(table: &str) -> String {
    format!("aegis_leaf_{table}")
}

impl Leaf {
    /// The leaf of a relation; `None` if the policy masks none of its columns.
    pub(super) fn of(
        table: &'static TableSpec,
        operator: &dyn Fn(DomainId, Class) -> Option<Operator>,
    ) -> Option<Self> {
        let constants: Vec<Option<String>> = table
            .columns
            .iter()
            .map(|column| {
                let class = column.pii?;
                Some(match operator(table.domain, class)? {
                    Operator::Drop => String::new(),
                    Operator::Redact
                    | Operator::Token
                    | Operator::KeepLast(_)
                    | Operator::KeepDomain
                    | Operator::Bucket
                    | Operator::DateShift => {
                        format!("[{}]", class.placeholder())
                    }
                })
            })
            .collect();
        constants.iter().any(Option::is_some).then_some(Self { table, constants })
    }

    /// `(SELECT id, CASE WHEN email IS NULL THEN NULL ELSE '[EMAIL]' END AS email, … FROM customers)`.
    fn derived(&self, base: Base) -> String {
        let columns = self.table.columns.iter().zip(&self.constants).map(|(column, constant)| match constant {
            Some(constant) => format!("CASE WHEN {0} IS NULL THEN NULL ELSE '{constant}' END AS {0}", column.name),
            None => column.name.to_owned(),
        });
        let from = match base {
            Base::Real => self.table.name.to_owned(),
            Base::StandIn => stand_in(self.table.name),
        };
        format!("(SELECT {} FROM {from})", columns.collect::<Vec<_>>().join(", "))
    }
}

/// Splices every reference to one of the leaves.
pub(super) fn splice(sql: &str, read: &Reading, leaves: &[Leaf], base: Base) -> Result<String, SqlRefusal> {
    let failed = |what: &str| {
        SqlRefusal::new(Code::RewriteFailed, what).remedy("name the columns, and leave the personal ones out")
    };
    let mut references: Vec<_> = read
        .references
        .iter()
        .filter_map(|reference| {
            leaves.iter().find(|leaf| leaf.table.name == reference.name).map(|leaf| (reference, leaf))
        })
        .collect();
    references.sort_by_key(|(reference, _)| reference.bytes);
    let (mut out, mut from) = (String::with_capacity(sql.len().saturating_mul(2)), 0);
    for (reference, leaf) in references {
        let (start, end) = reference.bytes;
        if read.ctes.contains(&reference.name) {
            return Err(failed("a WITH has the name of a masked relation").at(reference.bytes));
        }
        let name = sql.get(start..end).unwrap_or_default().trim_matches(['"', '`', '[', ']']);
        let bare = name.rsplit('.').next().unwrap_or_default().trim_matches(['"', '`', '[', ']']);
        // The bytes must be the name and nothing else: a span that is off must not cut elsewhere.
        if !bare.eq_ignore_ascii_case(leaf.table.name) {
            return Err(failed("a reference cannot be located"));
        }
        out.push_str(sql.get(from..start).ok_or_else(|| failed("references overlap"))?);
        out.push_str(&leaf.derived(base));
        if !reference.aliased {
            let _ = write!(out, " AS {}", leaf.table.name);
        }
        from = end;
    }
    out.push_str(sql.get(from..).unwrap_or_default());
    Ok(out)
}
