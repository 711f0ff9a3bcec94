//! `aegis__promote {dataset}`: what was validated, and nothing else, becomes gold.
//!
//! Objects are copied to keys of the kernel's own under the gold prefix, the copies are hashed and compared with the receipt, and
//! only then published, each by a copy that holds the former state of its key as its condition. The objects of a prefix are hashed
//! before the first is copied, since whoever lists gold sees the copies too. One object appears as a whole. Of a prefix each object
//! does, in the order of names, and what gold no longer has goes last: while that lasts, and after a failure in the middle of it,
//! readers find whole objects of both generations. Rows of a table are promoted by the warehouse, in one transaction.

use super::files::{self, Version};
use super::objects::{self, Head, KernelRead, Listed};
use super::staging::{self, OWN, Staged};
use super::{Visit, tables};
use crate::denial::{Code, Denial};
use crate::receipt::{Fate, Hold, Receipt};
use crate::spec::{DatasetSpec, Place, ServerId};
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
    if receipt.checks_digest != dataset.checks_digest || receipt.version_kind != dataset.silver.place.version_kind() {
        return (Err(Denial::new(Code::DatasetChanged, "its checks changed")), Fate::Burned);
    }
    if dataset.silver.server != dataset.gold.server {
        return (Err(Denial::new(Code::PromotionFailed, "silver and gold are on two servers")), Fate::Released);
    }
    match dataset.gold.place {
        Place::Object(_) | Place::Prefix(_) => files(visit, dataset, receipt).await,
        Place::Table(_) => {
            let (done, fate) = tables::promote(visit, dataset, receipt).await;
            (done.map(|()| answer(dataset, receipt, None)), fate)
        }
    }
}

async fn files(
    visit: &Visit<'_>,
    dataset: &'static DatasetSpec,
    receipt: &Receipt,
) -> (Result<CallToolResult, Denial>, Fate) {
    staging::sweep(visit, dataset).await;
    let mut staged = Vec::new();
    let outcome = match stage(visit, dataset, receipt, &mut staged).await {
        Ok(()) => publish(visit, dataset, &staged).await,
        // Nothing published yet; what differs from the receipt makes the receipt worthless.
        Err(denial) => Err(denial),
    };
    let cleaned = staging::remove(visit, dataset, &staged).await;
    match outcome {
        Ok(()) => (Ok(answer(dataset, receipt, Some(cleaned))), Fate::Consumed),
        // Gold may have changed, unless the server says that it refused.
        Err(denial) => (Err(denial), Fate::Burned),
    }
}

async fn stage(
    visit: &Visit<'_>,
    dataset: &'static DatasetSpec,
    receipt: &Receipt,
    staging: &mut Vec<Staged>,
) -> Result<(), Denial> {
    let silver = &dataset.silver;
    let now = files::objects_of(visit, silver).await.map_err(|denial| {
        // What cannot be looked at any more is gone.
        if denial.code() == Code::DatasetUnreadable { changed() } else { denial }
    })?;
    // An object's version is known before it is copied; a prefix's only when all of it is.
    if matches!(silver.place, Place::Object(_)) && now.iter().any(|object| object.head.etag != receipt.version) {
        return Err(changed());
    }
    files::unchanged(visit, &receipt.inputs).await?;
    let validated = match silver.place {
        Place::Prefix(_) => Some(digests(visit, dataset, receipt, &now).await?),
        Place::Object(_) | Place::Table(_) => None,
    };
    let mut version = Version::new(silver.place);
    for (index, object) in now.iter().enumerate() {
        let copy = staging::copy(visit, dataset, object, staging).await?;
        let digest = digest_of(visit, dataset.gold.server, &copy, None).await?;
        if validated.as_ref().is_some_and(|validated| validated.get(index) != Some(&digest)) {
            return Err(differs());
        }
        version.add(object, &digest);
    }
    let (version, content) = version.finish();
    if content != receipt.content_digest {
        return Err(differs());
    }
    if version != receipt.version || files::objects_of(visit, silver).await? != now {
        return Err(changed());
    }
    Ok(())
}

fn changed() -> Denial {
    Denial::new(Code::DatasetChanged, "").remedy("call `aegis__validate` again")
}

fn differs() -> Denial {
    Denial::new(Code::PromotionFailed, "the copy differs from what was validated")
}

/// The digest of each object, once all of them together are what was validated.
async fn digests(
    visit: &Visit<'_>,
    dataset: &'static DatasetSpec,
    receipt: &Receipt,
    now: &[Listed],
) -> Result<Vec<String>, Denial> {
    let mut version = Version::new(dataset.silver.place);
    let mut digests = Vec::new();
    for object in now {
        let digest = digest_of(visit, dataset.silver.server, &object.key, Some(&object.head)).await?;
        version.add(object, &digest);
        digests.push(digest);
    }
    let (version, content) = version.finish();
    if version == receipt.version && content == receipt.content_digest { Ok(digests) } else { Err(changed()) }
}

/// Of an object as it was listed, or as it is.
async fn digest_of(visit: &Visit<'_>, server: ServerId, key: &str, listed: Option<&Head>) -> Result<String, Denial> {
    let read = KernelRead::open(visit, server, key).await?;
    let head = match listed {
        Some(head) => head.clone(),
        None => read.head().await?,
    };
    let mut hasher = Sha256::new();
    read.stream(&head, |bytes| {
        hasher.update(bytes);
        Ok::<(), Denial>(())
    })
    .await?;
    Ok(crate::audit::hex(&hasher.finalize()))
}

/// From here on an error means that gold may have changed.
async fn publish(visit: &Visit<'_>, dataset: &'static DatasetSpec, staged: &[Staged]) -> Result<(), Denial> {
    let gold = &dataset.gold;
    let former: Vec<Listed> = match gold.place {
        Place::Object(key) => {
            let head = objects::head(visit, gold.server, key).await?;
            head.into_iter().map(|head| Listed { key: key.to_owned(), head }).collect()
        }
        Place::Prefix(prefix) => {
            let mut former = objects::list(visit, gold.server, prefix).await?;
            former.retain(|object| object.key.strip_prefix(prefix).is_some_and(|below| !below.starts_with(OWN)));
            former
        }
        Place::Table(_) => Vec::new(),
    };
    for place in staged {
        let mut arguments = json!({"source": place.copy, "destination": place.gold});
        let condition = match former.iter().find(|object| object.key == place.gold) {
            Some(object) => ("if_match", object.head.etag.as_str()),
            None => ("if_none_match", "*"),
        };
        if let Value::Object(map) = &mut arguments {
            map.insert(condition.0.to_owned(), json!(condition.1));
        }
        objects::copy(visit, gold.server, arguments).await?;
    }
    for object in former.iter().filter(|object| !staged.iter().any(|place| place.gold == object.key)) {
        objects::delete(visit, gold.server, &object.key).await?;
    }
    Ok(())
}

fn answer(dataset: &DatasetSpec, receipt: &Receipt, cleaned: Option<bool>) -> CallToolResult {
    let published = match dataset.gold.place {
        Place::Object(name) | Place::Prefix(name) | Place::Table(name) => name,
    };
    CallToolResult::structured(json!({
        "dataset": dataset.name,
        "published": published,
        "content_digest": receipt.content_digest,
        "rows": receipt.rows,
        "staged_copy_removed": cleaned,
    }))
}
