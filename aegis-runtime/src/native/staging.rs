//! The copies of the kernel's own that a promotion makes before it publishes.
//!
//! *Invariants.* They go away whatever becomes of the call; a client that cancels does not keep them. What a halt, a failing server
//! or a dead kernel leaves, the next promotion to the same place removes, but for what belongs to a call that has a receipt in
//! hand. Nothing else is removed: only keys below the kernel's own name that begin with a call.

use super::Visit;
use super::objects::{self, Listed};
use crate::denial::{Code, Denial};
use crate::spec::{DatasetSpec, Origin, Place, ServerId};
use serde_json::json;
use std::sync::atomic::AtomicU64;
use tokio_util::sync::CancellationToken;

/// A copy of the kernel's own, and the key it becomes.
pub(super) struct Staged {
    pub(super) copy: String,
    pub(super) gold: String,
}

/// What keys of the kernel's own begin with, below a prefix.
pub(super) const OWN: &str = ".aegis/";

/// Where an object is copied first and what it becomes: inside of gold's own domain, where nobody else writes.
/// `gold/customers.csv` → `gold/.aegis/CALL`; `gold/events/` → `gold/events/.aegis/CALL/…`.
fn place(dataset: &DatasetSpec, silver: &str, call: &str) -> Result<Staged, Denial> {
    let own = own(dataset.gold.place);
    match (dataset.silver.place, dataset.gold.place) {
        (Place::Object(_), Place::Object(gold)) => Ok(Staged { copy: format!("{own}{call}"), gold: gold.to_owned() }),
        (Place::Prefix(from), Place::Prefix(to)) => {
            let below = silver.strip_prefix(from).filter(|below| !below.is_empty() && !below.starts_with(OWN));
            let below = below.ok_or_else(|| Denial::new(Code::PromotionFailed, "a key that cannot be published"))?;
            Ok(Staged { copy: format!("{own}{call}/{below}"), gold: format!("{to}{below}") })
        }
        (Place::Object(_) | Place::Prefix(_) | Place::Table(_), _) => {
            Err(Denial::new(Code::PromotionFailed, "silver and gold are of two kinds"))
        }
    }
}

fn own(gold: Place) -> String {
    match gold {
        Place::Prefix(prefix) => format!("{prefix}{OWN}"),
        Place::Object(name) | Place::Table(name) => {
            let parent = name.rsplit_once('/').map_or("", |(parent, _)| parent);
            format!("{parent}/{OWN}")
        }
    }
}

/// Copies one object as it was listed to its place, and says where that is.
///
/// A copy that was asked for is waited for, also when the client cancels meanwhile: what is asked of the server after it, the
/// removal above all, comes after it there too. It counts as staged before it is asked for, whatever the server says.
pub(super) async fn copy(
    visit: &Visit<'_>,
    dataset: &DatasetSpec,
    object: &Listed,
    staged: &mut Vec<Staged>,
) -> Result<String, Denial> {
    let place = place(dataset, &object.key, visit.call.as_str())?;
    let copy = place.copy.clone();
    let arguments = json!({
        "source": object.key, "destination": copy, "source_if_match": object.head.etag, "if_none_match": "*",
    });
    staged.push(place);
    objects::copy(&uncancelled(visit), dataset.silver.server, arguments).await?;
    Ok(copy)
}

/// The same visit, whatever the client does.
fn uncancelled<'a>(visit: &Visit<'a>) -> Visit<'a> {
    let leave = visit.leave.clone();
    Visit { leave, cancel: CancellationToken::new(), progress: None, read: AtomicU64::new(0), ..*visit }
}

/// Removes what was staged, also for a call that was cancelled meanwhile; says whether all of it is gone.
pub(super) async fn remove(visit: &Visit<'_>, dataset: &DatasetSpec, staged: &[Staged]) -> bool {
    let visit = &uncancelled(visit);
    let mut all = true;
    for staged in staged {
        match objects::delete(visit, dataset.gold.server, &staged.copy).await {
            Ok(()) => {}
            Err(denial) if denial.code() == Code::DatasetChanged => all = false, // refused; perhaps the next is not
            Err(_) => return false,
        }
    }
    all
}

/// Removes what calls that are over left behind, best-effort.
pub(super) async fn sweep(visit: &Visit<'_>, dataset: &DatasetSpec) {
    let server = dataset.gold.server;
    let own = own(dataset.gold.place);
    if !lists(visit, server) {
        return;
    }
    // First the listing: a call that takes its receipt after it has nothing in it.
    let Ok(found) = objects::list(visit, server, &own).await else { return };
    let Ok(holders) = visit.natives.receipts.holders() else { return };
    for object in found {
        let call = object.key.strip_prefix(&own).and_then(|below| below.split('/').next());
        let is_over = call.is_some_and(|call| uuid::Uuid::parse_str(call).is_ok() && !holders.contains(call));
        if is_over && objects::delete(visit, server, &object.key).await.is_err() {
            return;
        }
    }
}

/// Only where a dataset is a prefix must a server list its objects.
fn lists(visit: &Visit<'_>, server: ServerId) -> bool {
    let tools = visit.natives.spec.tools.iter();
    let mut own = tools.filter(|tool| matches!(tool.origin, Origin::Downstream(of) if of == server));
    own.any(|tool| tool.name == "list_objects")
}
