//! The relations of the default estate.

use crate::spec::nothing::NOTHING;
use crate::spec::{ColumnKind, ColumnSpec, DomainSpec, ServerId, Spec, TableSpec};
use crate::vocabulary::{Class, DomainId};

const fn column(name: &'static str, kind: ColumnKind, pii: Option<Class>) -> ColumnSpec {
    ColumnSpec { name, kind, key: false, pii, free_text: false }
}

const ID: ColumnSpec = ColumnSpec { name: "id", kind: ColumnKind::Integer, key: true, pii: None, free_text: false };

const PEOPLE: &[ColumnSpec] = &[
    ID,
    column("name", ColumnKind::Text, Some(Class::PersonName)),
    column("email", ColumnKind::Text, Some(Class::Email)),
    column("phone", ColumnKind::Text, Some(Class::Phone)),
    column("ssn", ColumnKind::Text, Some(Class::Ssn)),
    column("created_at", ColumnKind::Timestamp, None),
    column("country", ColumnKind::Text, None),
];

const ORDERS: &[ColumnSpec] = &[
    ID,
    column("customer_id", ColumnKind::Integer, None),
    column("amount_cents", ColumnKind::Integer, None),
    column("status", ColumnKind::Text, None),
    column("note", ColumnKind::Text, None),
    column("created_at", ColumnKind::Timestamp, None),
];

const EVENTS: &[ColumnSpec] = &[
    ID,
    column("kind", ColumnKind::Text, None),
    column("payload", ColumnKind::Text, None),
    column("at", ColumnKind::Timestamp, None),
];

const fn domain(name: &'static str) -> DomainSpec {
    DomainSpec { name, why: "", protected: false, sink: false, literals: true }
}

const fn table(name: &'static str, domain: u8, columns: &'static [ColumnSpec]) -> TableSpec {
    TableSpec { name, server: ServerId(0), domain: DomainId(domain), columns }
}

pub(in crate::intercept::sql) static SPEC: Spec = Spec {
    domains: &[domain("bronze"), domain("gold"), domain("silver")],
    tables: &[
        table("customers", 2, PEOPLE),
        table("events", 2, EVENTS),
        table("gold_customers", 1, PEOPLE),
        table("gold_orders", 1, ORDERS),
        table("orders", 2, ORDERS),
        table("staging_customers", 0, PEOPLE),
    ],
    ..NOTHING
};
