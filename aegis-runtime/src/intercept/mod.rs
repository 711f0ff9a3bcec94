//! Room.
/// SQL.
pub mod sql;
