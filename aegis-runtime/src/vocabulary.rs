//! The closed words of a decision: effects, domains, capabilities, classes.
//!
//! *Invariants.* These enums are exhaustive on purpose: a new word is a compile error wherever one is matched.
//! There is no "other" effect and no "unknown" class.

use serde::Serialize;

/// What a call does to a domain. Closed; the compiler of policies knows the same eight words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Data is looked at.
    Read,
    /// Data changes within a scope.
    Write,
    /// Data goes: DROP, TRUNCATE, an unscoped or tautological DELETE or UPDATE, deletion of an object.
    Destroy,
    /// Validated data becomes published data. Only native tools show it.
    Promote,
    /// The kernel checks data on the agent's behalf.
    Validate,
    /// Data leaves through a sink.
    Egress,
    /// Files, programs or code inside a downstream.
    Execute,
    /// Structure or rights change: CREATE, ALTER, GRANT, SET, PRAGMA, transaction control.
    Admin,
}

impl Effect {
    /// Every effect, in the order of the matrix.
    pub const ALL: [Effect; 8] = [
        Effect::Read,
        Effect::Write,
        Effect::Destroy,
        Effect::Promote,
        Effect::Validate,
        Effect::Egress,
        Effect::Execute,
        Effect::Admin,
    ];

    /// The word as TOML, the matrix and the audit spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Effect::Read => "read",
            Effect::Write => "write",
            Effect::Destroy => "destroy",
            Effect::Promote => "promote",
            Effect::Validate => "validate",
            Effect::Egress => "egress",
            Effect::Execute => "execute",
            Effect::Admin => "admin",
        }
    }
}

/// A domain, by its place in [`Spec::domains`](crate::spec::Spec::domains). Generated code turns it into its own exhaustive enum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DomainId(pub u8);

/// One cell of the matrix: an effect on a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Capability {
    /// What is done.
    pub effect: Effect,
    /// To what.
    pub domain: DomainId,
}

impl Capability {
    /// Pairs an effect with a domain.
    #[must_use]
    pub const fn new(effect: Effect, domain: DomainId) -> Self {
        Self { effect, domain }
    }
}

/// A class of personal or secret data. `secret` is found, never declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A US social security number.
    Ssn,
    /// A payment card number.
    Card,
    /// An international bank account number.
    Iban,
    /// A person's name. By declaration only.
    PersonName,
    /// A postal address. By declaration only.
    Address,
    /// A date of birth. By declaration only.
    BirthDate,
    /// Salaries, balances and the like. By declaration only.
    Financial,
    /// A national identity number. By declaration only.
    NationalId,
    /// An API key, token, private key or password.
    Secret,
}

impl Class {
    /// Every class.
    pub const ALL: [Class; 11] = [
        Class::Email,
        Class::Phone,
        Class::Ssn,
        Class::Card,
        Class::Iban,
        Class::PersonName,
        Class::Address,
        Class::BirthDate,
        Class::Financial,
        Class::NationalId,
        Class::Secret,
    ];

    /// The class as TOML spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Class::Email => "email",
            Class::Phone => "phone",
            Class::Ssn => "ssn",
            Class::Card => "card",
            Class::Iban => "iban",
            Class::PersonName => "person-name",
            Class::Address => "address",
            Class::BirthDate => "birth-date",
            Class::Financial => "financial",
            Class::NationalId => "national-id",
            Class::Secret => "secret",
        }
    }

    /// The class as a placeholder spells it: `[EMAIL]`, `[PERSON_NAME]`.
    #[must_use]
    pub const fn placeholder(self) -> &'static str {
        match self {
            Class::Email => "EMAIL",
            Class::Phone => "PHONE",
            Class::Ssn => "SSN",
            Class::Card => "CARD",
            Class::Iban => "IBAN",
            Class::PersonName => "PERSON_NAME",
            Class::Address => "ADDRESS",
            Class::BirthDate => "BIRTH_DATE",
            Class::Financial => "FINANCIAL",
            Class::NationalId => "NATIONAL_ID",
            Class::Secret => "SECRET",
        }
    }
}

/// How a value of a class is made fit to leave. One-way, all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `[EMAIL]`.
    Redact,
    /// `[EMAIL:k7q2m9xw]`: equal values give equal tokens under one tenant key.
    Token,
    /// The empty string.
    Drop,
    /// `[CARD:***4242]`: the last `n` characters stay, at most 4.
    KeepLast(u8),
    /// `[EMAIL]@example.com`. Fits `email` only.
    KeepDomain,
}
