//! The phases of a decision, as combinators that generated evaluators call in the fixed order.
