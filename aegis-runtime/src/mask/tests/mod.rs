//! Labelled texts, declared places, held credentials, and the properties that hold for any text.

mod declared;
mod detectors;
mod limits;
mod memory;
mod properties;
mod regressions;

use super::{Masker, Plan};
use crate::spec::nothing::NOTHING;
use crate::spec::{
    Absent, AuditLevel, Binary, ColumnKind, ColumnSpec, DomainSpec, FieldSpec, Hints, MaskSpec, Origin, Phase,
    RuleSpec, ScreenKind, ScreenSpec, ServerId, Spec, TableSpec, ToolSpec,
};
use crate::vocabulary::{Class, DomainId, Effect, Operator};

static RULE: RuleSpec =
    RuleSpec { id: "mask", why: "", phase: Phase::Transform, remedy: None, audit: AuditLevel::Meta };

static MASKS: [MaskSpec; 1] = [MaskSpec {
    rule: &RULE,
    domains: &[DomainId(0)],
    operators: &[
        (Class::Email, Operator::Token),
        (Class::Phone, Operator::Redact),
        (Class::Ssn, Operator::Redact),
        (Class::Card, Operator::KeepLast(4)),
        (Class::Iban, Operator::Redact),
        (Class::PersonName, Operator::Redact),
        (Class::Secret, Operator::Redact),
        (Class::Financial, Operator::Redact),
    ],
}];

const fn column(name: &'static str, pii: Option<Class>) -> ColumnSpec {
    ColumnSpec { name, kind: ColumnKind::Text, key: false, pii, free_text: false }
}

const fn tool(
    name: &'static str,
    rows: Option<&'static str>,
    screens: &'static [ScreenSpec],
    fields: &'static [FieldSpec],
) -> ToolSpec {
    ToolSpec {
        wire: name,
        dotted: name,
        name,
        origin: Origin::Downstream(ServerId(0)),
        face: crate::spec::Face::Tool,
        title: "",
        description: "",
        input_schema: "{}",
        hints: Hints { read_only: true, destructive: false, idempotent: true, open_world: false },
        capabilities: &[],
        screens,
        rows,
        fields,
        numbers: &[],
        binary: Binary::Drop,
        pin: None,
    }
}

static SPEC: Spec = Spec {
    domains: &[DomainSpec { name: "silver", why: "", protected: false, sink: false, literals: false }],
    tools: &[
        tool("query", Some("/structuredContent"), &[], &[]),
        tool(
            "get",
            None,
            &[ScreenSpec { at: "/key", absent: Absent::Deny, kind: ScreenKind::ObjectKey(Effect::Read) }],
            &[],
        ),
        tool(
            "other",
            None,
            &[],
            &[
                FieldSpec { path: "people[].full_name", class: Class::PersonName },
                FieldSpec { path: "*.salary", class: Class::Financial },
            ],
        ),
    ],
    tables: &[TableSpec {
        name: "customers",
        server: ServerId(0),
        domain: DomainId(0),
        columns: &[
            column("id", None),
            column("name", Some(Class::PersonName)),
            column("email", Some(Class::Email)),
            column("country", None),
        ],
    }],
    masks: &MASKS,
    ..NOTHING
};

fn masker() -> Masker {
    Masker::new(&SPEC, [7; 32])
}

fn plan(masker: &Masker, tool: usize) -> Plan {
    let masks: Vec<&'static MaskSpec> = MASKS.iter().collect();
    masker.plan(&SPEC.tools[tool], &masks)
}

fn text(value: &str) -> String {
    let masker = masker();
    masker.text(value, &masker.everywhere()).unwrap().0
}

fn json(tool: usize, value: &str) -> String {
    let masker = masker();
    masker.json(value, &plan(&masker, tool)).unwrap().0
}
