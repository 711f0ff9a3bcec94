//! From JSON arguments to typed views. Missing, null and present are three states.
//!
//! *Invariants.* Nothing here fills in a default; an error names a place and an expectation, never a value.

/// Arguments that do not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArgumentFault {
    /// JSON pointer of the misfit.
    pub pointer: String,
    /// What was expected there; holds no value of the call.
    pub expected: String,
}

/// A field of the arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum Field<T> {
    /// Not there.
    Missing,
    /// There, and null.
    Null,
    /// There.
    Present(T),
}
