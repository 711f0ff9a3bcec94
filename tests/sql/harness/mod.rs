//! The judge: statements from plain files, a seeded database, the compiled kernel's decision, and the real engine's answer.

#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod canary;
pub(crate) mod corpus;
pub(crate) mod decide;
pub(crate) mod hostile;
pub(crate) mod judge;
pub(crate) mod lite;
pub(crate) mod lite_reader;
pub(crate) mod mutate;
#[path = "../../support/pg.rs"]
pub(crate) mod pg;
pub(crate) mod pg_reader;
pub(crate) mod pg_store;
pub(crate) mod reader;
pub(crate) mod seed;

/// The default estate and policy over a PostgreSQL that is not ours.
pub(crate) mod postgres {
    aegis_macros::kernel!("../../postgres/manifests", "../../postgres/policy.toml");
}

/// A small generator: the same numbers everywhere.
#[derive(Clone)]
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    pub(crate) fn pick<'item, T>(&mut self, items: &'item [T]) -> &'item T {
        &items[self.below(items.len())]
    }
}
