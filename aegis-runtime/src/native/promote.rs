//! `aegis__promote {dataset}`: the validated bytes, and no others, become gold.
//!
//! The silver object is copied to a key of the kernel's own under the gold prefix, the copy is hashed and compared with the
//! receipt, and only then published by a copy that holds the key's former state as its condition.

use super::objects::{self, KernelRead};
use super::{Visit, validate};
use crate::denial::{Code, Denial};
use crate::receipt::{Fate, Hold, Receipt};
use crate::spec::{DatasetSpec, Location};
use rmcp::model::CallToolResult;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(super) async fn run(
    visit: &Visit<'_>,
    dataset: &'static DatasetSpec,
    hold: Option<&Hold>,
) -> (Result<CallToolResult, Denial>, Fate) {
    // The gate asked for a receipt; without one in hand nothing is copied.
    let Some(receipt) = hold.and_then(|hold| hold.receipts().iter().find(|receipt| receipt.dataset == dataset.name))
    else {
        return (Err(Denial::new(Code::ReceiptMissing, "")), Fate::Released);
    };
    if receipt.checks_digest != dataset.checks_digest {
        return (Err(Denial::new(Code::DatasetChanged, "its checks changed")), Fate::Burned);
    }
    if dataset.silver.server != dataset.gold.server {
        return (Err(Denial::new(Code::PromotionFailed, "silver and gold are on two servers")), Fate::Released);
    }
    let staged = staged_key(&dataset.gold, visit.call.as_str());
    let copied = stage(visit, dataset, receipt, &staged).await;
    let outcome = match copied {
        Ok(()) => publish(visit, dataset, &staged).await,
        // Nothing published yet; what differs from the receipt makes the receipt worthless.
        Err(denial) => (Err(denial), Fate::Burned),
    };
    // The staged copy is the kernel's own; a left-over is harmless and named by its call.
    let cleaned = objects::delete(visit, dataset.gold.server, &staged).await.is_ok();
    match outcome {
        (Ok(()), fate) => (Ok(answer(dataset, &receipt.content_digest, receipt.rows, cleaned)), fate),
        (Err(denial), fate) => (Err(denial), fate),
    }
}

/// `gold/customers.csv` → `gold/.aegis/CALL`.
fn staged_key(gold: &Location, call: &str) -> String {
    let parent = gold.object.rsplit_once('/').map_or("", |(parent, _)| parent);
    format!("{parent}/.aegis/{call}")
}

async fn stage(
    visit: &Visit<'_>,
    dataset: &'static DatasetSpec,
    receipt: &Receipt,
    staged: &str,
) -> Result<(), Denial> {
    let (version, digest, inputs) = (&receipt.version, &receipt.content_digest, &receipt.inputs);
    let silver = &dataset.silver;
    let now = objects::head(visit, silver.server, silver.object).await?;
    if now.is_none_or(|head| head.etag != *version) {
        return Err(Denial::new(Code::DatasetChanged, "").remedy("call `aegis__validate` again"));
    }
    validate::unchanged(visit, inputs).await?;
    let arguments = json!({
        "source": silver.object, "destination": staged, "source_if_match": version, "if_none_match": "*",
    });
    objects::copy(visit, silver.server, arguments).await?;
    let read = KernelRead::open(visit, dataset.gold.server, staged).await?;
    let head = read.head().await?;
    let mut hasher = Sha256::new();
    read.stream(&head, |bytes| {
        hasher.update(bytes);
        Ok::<(), Denial>(())
    })
    .await?;
    if crate::audit::hex(&hasher.finalize()) != *digest {
        return Err(Denial::new(Code::PromotionFailed, "the copy differs from what was validated"));
    }
    Ok(())
}

/// From here on an error means that gold may have changed: the receipt burns unless the server says it refused.
async fn publish(visit: &Visit<'_>, dataset: &'static DatasetSpec, staged: &str) -> (Result<(), Denial>, Fate) {
    let gold = &dataset.gold;
    let before = match objects::head(visit, gold.server, gold.object).await {
        Ok(before) => before,
        Err(denial) => return (Err(denial), Fate::Burned),
    };
    let condition = match before {
        Some(head) => ("if_match", head.etag),
        None => ("if_none_match", "*".to_owned()),
    };
    let mut arguments = json!({"source": staged, "destination": gold.object});
    if let Value::Object(map) = &mut arguments {
        map.insert(condition.0.to_owned(), Value::String(condition.1));
    }
    match objects::copy(visit, gold.server, arguments).await {
        Ok(()) => (Ok(()), Fate::Consumed),
        Err(denial) => (Err(denial), Fate::Burned),
    }
}

fn answer(dataset: &DatasetSpec, digest: &str, rows: u64, cleaned: bool) -> CallToolResult {
    CallToolResult::structured(json!({
        "dataset": dataset.name,
        "published": dataset.gold.object,
        "content_digest": digest,
        "rows": rows,
        "staged_copy_removed": cleaned,
    }))
}
