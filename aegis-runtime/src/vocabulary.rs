//! The closed words of a decision: effects, domains, capabilities, classes.
//!
//! *Invariants.* These enums are exhaustive on purpose: a new word is a compile error wherever one is matched.
//! There is no "other" effect and no "unknown" class.

use serde::{Serialize, Serializer};

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

    /// Whether data can be different afterwards, or elsewhere.
    #[must_use]
    pub const fn changes_data(self) -> bool {
        match self {
            Effect::Write | Effect::Destroy | Effect::Promote | Effect::Egress | Effect::Execute | Effect::Admin => {
                true
            }
            Effect::Read | Effect::Validate => false,
        }
    }

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

/// A class of personal or secret data, or one of the operator's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A US social security or individual taxpayer number.
    Ssn,
    /// A payment card number.
    Card,
    /// An international bank account number.
    Iban,
    /// A person's name. By declaration, and wherever a declared value stands again.
    PersonName,
    /// A postal address. By declaration only.
    Address,
    /// A date of birth.
    BirthDate,
    /// Salaries, balances and the like. By declaration only.
    Financial,
    /// A national identity, health or tax number.
    NationalId,
    /// An API key, token, private key or password.
    Secret,
    /// An IPv4 or IPv6 address.
    IpAddress,
    /// A hardware address.
    MacAddress,
    /// A passport number.
    Passport,
    /// A national bank account, sort or routing number.
    BankAccount,
    /// A driving licence number.
    DrivingLicence,
    /// An address of a crypto currency.
    CryptoAddress,
    /// A class of the policy's own.
    Custom(&'static CustomClass),
}

/// A class that the policy defines: literals, a linear-time pattern, or both.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomClass {
    /// Its name, kebab-case.
    pub name: &'static str,
    /// Its name in a placeholder, upper case.
    pub placeholder: &'static str,
    /// Values, found as whole words whatever their case.
    pub literals: &'static [&'static str],
    /// A pattern, found anywhere.
    pub pattern: Option<&'static str>,
}

macro_rules! classes {
    ($($class:ident = $name:literal, $placeholder:literal;)+) => {
        impl Class {
            /// Every class of the vocabulary.
            pub const ALL: &'static [Class] = &[$(Class::$class),+];

            /// Its place in [`Class::ALL`]; nothing for a class of the policy's own.
            #[must_use]
            pub const fn place(self) -> Option<usize> {
                enum Place { $($class),+ }
                match self { $(Class::$class => Some(Place::$class as usize),)+ Class::Custom(_) => None }
            }

            /// The class as TOML spells it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Class::$class => $name,)+ Class::Custom(own) => own.name }
            }

            /// The class as a placeholder spells it: `[EMAIL]`, `[PERSON_NAME]`.
            #[must_use]
            pub const fn placeholder(self) -> &'static str {
                match self { $(Class::$class => $placeholder,)+ Class::Custom(own) => own.placeholder }
            }
        }
    };
}

classes! {
    Email = "email", "EMAIL";
    Phone = "phone", "PHONE";
    Ssn = "ssn", "SSN";
    Card = "card", "CARD";
    Iban = "iban", "IBAN";
    PersonName = "person-name", "PERSON_NAME";
    Address = "address", "ADDRESS";
    BirthDate = "birth-date", "BIRTH_DATE";
    Financial = "financial", "FINANCIAL";
    NationalId = "national-id", "NATIONAL_ID";
    Secret = "secret", "SECRET";
    IpAddress = "ip-address", "IP_ADDRESS";
    MacAddress = "mac-address", "MAC_ADDRESS";
    Passport = "passport", "PASSPORT";
    BankAccount = "bank-account", "BANK_ACCOUNT";
    DrivingLicence = "driving-licence", "DRIVING_LICENCE";
    CryptoAddress = "crypto-address", "CRYPTO_ADDRESS";
}

impl Serialize for Class {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// How a value of a class is made fit to leave. One-way, all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `[EMAIL]`.
    Redact,
    /// `[EMAIL:k7q2m4xw]`: equal values give equal tokens under one tenant key.
    Token,
    /// The empty string.
    Drop,
    /// `[CARD:***4242]`: the last `n` characters stay, at most 4.
    KeepLast(u8),
    /// `[EMAIL]@example.com`. Fits `email` only.
    KeepDomain,
    /// `[BIRTH_DATE:1987]`, `[IP_ADDRESS:203.0.113.0/24]`: the year of a date, the network of an address.
    Bucket,
    /// `[BIRTH_DATE:1987-02-11]`: moved by up to a year, by as many days for equal values under one tenant key.
    DateShift,
}
