//! A dataset of objects: one by its key, or all below a prefix in the order of their names, as one table.
//!
//! What pins a version is the object's etag, or, of a prefix, a digest over name, etag and content digest of each object: one that
//! is added, taken away or changed makes another version.

use super::checks::{CheckReport, Checker, Lookup};
use super::objects::{self, KernelRead, Listed};
use super::pieces::{self, Sums};
use super::{Visit, road};
use crate::audit::hex;
use crate::denial::{Code, Denial};
use crate::spec::{DatasetSpec, Location, Metric, Place, Reader};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// What a validation read.
pub(super) struct Reading {
    pub(super) report: CheckReport,
    pub(super) version: String,
    /// Versions of the datasets that values were looked up in.
    pub(super) inputs: Map<String, Value>,
}

/// The objects of a location as they stand, in order; at least one.
pub(super) async fn objects_of(visit: &Visit<'_>, location: &Location) -> Result<Vec<Listed>, Denial> {
    let found = match location.place {
        Place::Object(key) => {
            let head = objects::head(visit, location.server, key).await?;
            head.into_iter().map(|head| Listed { key: key.to_owned(), head }).collect()
        }
        Place::Prefix(prefix) => objects::list(visit, location.server, prefix).await?,
        Place::Table(_) => Vec::new(),
    };
    if found.is_empty() { Err(Denial::new(Code::DatasetUnreadable, "no such object")) } else { Ok(found) }
}

/// Runs the checks over everything, as it stands at one time.
pub(super) async fn read(visit: &Visit<'_>, dataset: &'static DatasetSpec) -> Result<Reading, Denial> {
    let silver = &dataset.silver;
    let before = listed(visit, silver).await?;
    let mut checker = Checker::new(dataset, &visit.natives.scratch)?;
    let inputs = look_up(visit, dataset, &mut checker).await?;
    let mut version = Version::new(silver.place);
    for object in &before {
        let read = KernelRead::open(visit, silver.server, &object.key).await?;
        if dataset.reader == Some(Reader::Parquet) {
            let sums = Sums::of(&read, &object.head).await?;
            version.add(object, sums.whole());
            let columns = move |pieces| checker.columns(pieces).map(|()| checker);
            checker = pieces::read(&read, &object.head, Some(&sums), columns).await?;
        } else {
            read.stream(&object.head, |bytes| checker.push(bytes)).await?;
            version.add(object, &checker.end_object()?);
        }
    }
    let (version, content_digest) = version.finish();
    let report = checker.report(content_digest)?;
    if objects_of(visit, silver).await? != before {
        return Err(Denial::new(Code::DatasetChanged, "").remedy("validate again when nobody writes to it"));
    }
    unchanged(visit, &inputs).await?;
    Ok(Reading { report, version, inputs })
}

/// The objects, with the listing of a prefix in the log.
async fn listed(visit: &Visit<'_>, location: &Location) -> Result<Vec<Listed>, Denial> {
    if let Place::Prefix(prefix) = location.place {
        road::announce(visit, location.server, "prefix", prefix).await?;
    }
    objects_of(visit, location).await
}

/// Reads the columns of other datasets that checks look values up in; says which versions those were.
async fn look_up(
    visit: &Visit<'_>,
    dataset: &'static DatasetSpec,
    checker: &mut Checker,
) -> Result<Map<String, Value>, Denial> {
    let mut inputs = Map::new();
    for check in dataset.checks {
        let Metric::MissingReferences { dataset: of, column } = check.metric else { continue };
        let of = visit.natives.spec.datasets.get(usize::from(of.0));
        let of = of.ok_or_else(|| Denial::new(Code::UnknownDataset, ""))?;
        let objects = listed(visit, &of.silver).await?;
        let mut lookup: Lookup = checker.lookup(check.id, of, column)?;
        for object in &objects {
            let read = KernelRead::open(visit, of.silver.server, &object.key).await?;
            if of.reader == Some(Reader::Parquet) {
                let columns = move |pieces| lookup.columns(pieces).map(|()| lookup);
                lookup = pieces::read(&read, &object.head, None, columns).await?;
            } else {
                read.stream(&object.head, |bytes| lookup.push(bytes)).await?;
                lookup.end_object()?;
            }
        }
        checker.know(lookup.finish());
        let state = json!(state(of.silver.place, &objects));
        if inputs.insert(of.name.to_owned(), state.clone()).is_some_and(|former| former != state) {
            return Err(Denial::new(Code::DatasetChanged, "a dataset that values are looked up in"));
        }
    }
    Ok(inputs)
}

/// The datasets that values were looked up in still are what was read.
pub(super) async fn unchanged(visit: &Visit<'_>, inputs: &Map<String, Value>) -> Result<(), Denial> {
    for (name, before) in inputs {
        let dataset = visit.natives.named(name)?;
        if json!(state(dataset.silver.place, &objects_of(visit, &dataset.silver).await?)) != *before {
            return Err(Denial::new(Code::DatasetChanged, format!("`{name}`, which values were looked up in"))
                .remedy("call `aegis__validate` again"));
        }
    }
    Ok(())
}

/// What can be known of objects without reading them.
fn state(place: Place, objects: &[Listed]) -> String {
    match (place, objects) {
        (Place::Object(_), [one]) => one.head.etag.clone(),
        (Place::Object(_) | Place::Prefix(_) | Place::Table(_), more) => {
            let mut hasher = Sha256::new();
            more.iter().for_each(|object| field(&mut hasher, &[&object.key, &object.head.etag]));
            hex(&hasher.finalize())
        }
    }
}

/// A version in the making.
pub(super) enum Version {
    /// Of one object: its etag, and the digest of its bytes.
    One(String, String),
    /// Of a prefix: over names, etags and digests; and over names and digests.
    All(Box<Sha256>, Box<Sha256>),
}

impl Version {
    pub(super) fn new(place: Place) -> Self {
        match place {
            Place::Object(_) | Place::Table(_) => Version::One(String::new(), String::new()),
            Place::Prefix(_) => Version::All(Box::default(), Box::default()),
        }
    }

    /// Adds an object and the digest of its bytes, in order.
    pub(super) fn add(&mut self, object: &Listed, digest: &str) {
        match self {
            Version::One(etag, content) => {
                etag.clone_from(&object.head.etag);
                digest.clone_into(content);
            }
            Version::All(version, content) => {
                field(version, &[&object.key, &object.head.etag, digest]);
                field(content, &[&object.key, digest]);
            }
        }
    }

    /// The version, and the content digest.
    pub(super) fn finish(self) -> (String, String) {
        match self {
            Version::One(etag, content) => (etag, content),
            Version::All(version, content) => (hex(&version.finalize()), hex(&content.finalize())),
        }
    }
}

/// Each with its length, so that no two lists are spelled alike.
fn field(hasher: &mut Sha256, texts: &[&str]) {
    for text in texts {
        hasher.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(text.as_bytes());
    }
}
