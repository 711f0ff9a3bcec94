//! The SQL screen.
