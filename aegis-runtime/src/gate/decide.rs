//! snapshot and decide: the compiled policy speaks.

use super::screen::Screened;
use crate::denial::{Code, Denial};
use crate::kernel::{Evidence, Grant, Kernel, Need};
use crate::receipt::Receipts;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The state a decision is made against, taken once.
pub struct Snapshot<K: Kernel> {
    evidence: Evidence,
    kernel: PhantomData<K>,
}

impl<K: Kernel> Snapshot<K> {
    /// Evidence as given: for `aegis decide`, where nothing is executed, and for replay.
    #[must_use]
    pub fn stated(evidence: Evidence) -> Self {
        Self { evidence, kernel: PhantomData }
    }
}

/// Leave to go on, and on which terms. Minted by [`decide`] alone.
pub struct Permit<K: Kernel> {
    pub(super) screened: Screened<K>,
    pub(super) grant: Grant,
}

impl<K: Kernel> Permit<K> {
    /// The receipts that will be spent.
    pub fn needs(&self) -> impl Iterator<Item = &Need> {
        self.grant.spends.iter().map(|(need, _)| need)
    }

    /// The terms.
    #[must_use]
    pub fn grant(&self) -> &Grant {
        &self.grant
    }

    /// What was judged.
    #[must_use]
    pub fn screened(&self) -> &Screened<K> {
        &self.screened
    }
}

/// Looks up the receipts that stand, if the call needs any; a call that needs none never touches the state database.
///
/// # Errors
/// `StateUnavailable` when the database cannot be read.
pub fn snapshot<K: Kernel>(screened: &Screened<K>, receipts: &Receipts) -> Result<Snapshot<K>, Denial> {
    let needs = catch_unwind(AssertUnwindSafe(|| K::needs(&screened.call.view, screened.capabilities())))
        .map_err(|_panic| Denial::new(Code::DecisionPanicked, ""))?;
    let receipts = if needs.is_empty() {
        Vec::new()
    } else {
        receipts.standing(K::SPEC).map_err(|error| Denial::new(Code::StateUnavailable, error.to_string()))?
    };
    Ok(Snapshot::stated(Evidence { receipts }))
}

/// Asks the compiled policy.
///
/// # Errors
/// The first deny in the fixed order; `DecisionPanicked` if the evaluator fails.
pub fn decide<K: Kernel>(screened: Screened<K>, snapshot: Snapshot<K>) -> Result<Permit<K>, Denial> {
    let verdict =
        catch_unwind(AssertUnwindSafe(|| K::decide(&screened.call.view, screened.capabilities(), &snapshot.evidence)));
    let grant = verdict.map_err(|_panic| Denial::new(Code::DecisionPanicked, ""))??;
    Ok(Permit { screened, grant })
}
