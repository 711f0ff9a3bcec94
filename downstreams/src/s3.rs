//! `s3`: an object store in one directory, behind `list_objects`, `head_object`, `get_object`, `put_object`, `copy_object`,
//! `delete_object`.
//!
//! Ranges are bytes, `range_start` included and `range_end` not. Etags are the store's own, from inode, time and size: they notice a
//! changed object, and are weaker than a digest of its content. Conditions hold against every writer of this process.

use crate::DownstreamError;
use crate::protocol::{self, Answer, Tools, required, text, unsigned};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{Error, GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt};
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use tokio::sync::Mutex;

/// Where the objects are.
#[derive(Debug, Clone)]
pub struct Options {
    /// The directory; must exist.
    pub root: PathBuf,
}

/// Runs the server on standard input and output until input ends.
///
/// # Errors
/// A directory that cannot be used, or a client that speaks something else.
pub async fn serve(options: Options) -> Result<(), DownstreamError> {
    let failed = |reason: String| DownstreamError::Directory { path: options.root.display().to_string(), reason };
    let store = LocalFileSystem::new_with_prefix(&options.root).map_err(|error| failed(error.to_string()))?;
    protocol::serve(Bucket { store, writing: Mutex::new(()) }).await
}

/// Most bytes of one answer; larger objects are read by ranges.
const BODY: u64 = 1024 * 1024;
/// Most objects of one listing.
const LISTED: usize = 1000;

struct Bucket {
    store: LocalFileSystem,
    /// Held between looking at a condition and acting on it.
    writing: Mutex<()>,
}

/// What must hold of an object before it is written.
struct Condition<'call> {
    if_match: Option<&'call str>,
    if_none_match: Option<&'call str>,
}

impl Tools for Bucket {
    const NAME: &'static str = "aegis-s3";

    fn list(&self) -> Vec<(&'static str, &'static str, Value)> {
        let string = json!({"type": "string"});
        let offset = json!({"type": "integer", "minimum": 0});
        let star = json!({"type": "string", "enum": ["*"]});
        let object = |properties: Value, required: Value| json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false});
        let encoding = json!({"type": "string", "enum": ["utf-8", "base64"]});
        vec![
            (
                "list_objects",
                "Keys, sizes and etags under a prefix, by pages",
                object(json!({"prefix": string, "start_after": string}), json!([])),
            ),
            ("head_object", "Size, etag and time of one object", object(json!({"key": string}), json!(["key"]))),
            (
                "get_object",
                "The content of one object, or a range of it: range_start included, range_end not",
                object(
                    json!({"key": string, "range_start": offset, "range_end": offset, "if_match": string}),
                    json!(["key"]),
                ),
            ),
            (
                "put_object",
                "Write one object",
                object(
                    json!({"key": string, "body": string, "encoding": encoding, "if_match": string, "if_none_match": star}),
                    json!(["key", "body"]),
                ),
            ),
            (
                "copy_object",
                "Copy one object on the server",
                object(
                    json!({"source": string, "destination": string, "source_if_match": string, "if_match": string, "if_none_match": star}),
                    json!(["source", "destination"]),
                ),
            ),
            ("delete_object", "Delete one object", object(json!({"key": string}), json!(["key"]))),
        ]
    }

    async fn call(&self, name: &str, arguments: Map<String, Value>) -> Option<Answer> {
        Some(match name {
            "list_objects" => self.list_objects(&arguments).await,
            "head_object" => self.head(&arguments).await,
            "get_object" => self.get(&arguments).await,
            "put_object" => self.put(&arguments).await,
            "copy_object" => self.copy(&arguments).await,
            "delete_object" => self.delete(&arguments).await,
            _ => return None, // not a tool of ours: the protocol answers
        })
    }
}

impl Bucket {
    async fn list_objects(&self, arguments: &Map<String, Value>) -> Answer {
        let prefix = text(arguments, "prefix")?.unwrap_or_default();
        let mut objects: Vec<ObjectMeta> = self.store.list(None).try_collect().await.map_err(sentence)?;
        let after = text(arguments, "start_after")?.unwrap_or_default();
        objects.retain(|object| {
            let key = object.location.as_ref();
            key.starts_with(prefix) && key > after
        });
        objects.sort_by(|one, other| one.location.as_ref().cmp(other.location.as_ref()));
        let truncated = objects.len() > LISTED;
        let listed: Vec<Value> = objects.iter().take(LISTED).map(|object| Value::Object(about(object))).collect();
        Ok(json!({"objects": listed, "truncated": truncated}))
    }

    async fn head(&self, arguments: &Map<String, Value>) -> Answer {
        let meta = self.store.head(&key(required(arguments, "key")?)?).await.map_err(sentence)?;
        Ok(Value::Object(about(&meta)))
    }

    async fn get(&self, arguments: &Map<String, Value>) -> Answer {
        let key = key(required(arguments, "key")?)?;
        let meta = self.store.head(&key).await.map_err(sentence)?;
        let from = unsigned(arguments, "range_start")?.unwrap_or(0);
        let to = unsigned(arguments, "range_end")?.unwrap_or(meta.size).min(meta.size);
        if from > to {
            return Err("the range begins after its end, or after the object's".to_owned());
        }
        if to.saturating_sub(from) > BODY {
            return Err(format!("over {BODY} bytes; ask for ranges with `range_start` and `range_end`"));
        }
        let if_match = text(arguments, "if_match")?.map(str::to_owned);
        // An empty range is no range to the store.
        let bytes = if from == to {
            check(&Condition { if_match: if_match.as_deref(), if_none_match: None }, Some(&meta))?;
            Bytes::new()
        } else {
            let options = GetOptions { range: Some(GetRange::Bounded(from..to)), if_match, ..GetOptions::default() };
            self.store.get_opts(&key, options).await.map_err(sentence)?.bytes().await.map_err(sentence)?
        };
        let (encoding, body) = match std::str::from_utf8(&bytes) {
            Ok(text) => ("utf-8", text.to_owned()),
            Err(_) => ("base64", STANDARD.encode(&bytes)),
        };
        let mut answer = about(&meta);
        answer.insert("range".into(), json!([from, to]));
        answer.insert("encoding".into(), json!(encoding));
        answer.insert("body".into(), json!(body));
        Ok(Value::Object(answer))
    }

    async fn put(&self, arguments: &Map<String, Value>) -> Answer {
        let key = key(required(arguments, "key")?)?;
        let body = required(arguments, "body")?;
        let bytes = match text(arguments, "encoding")? {
            None | Some("utf-8") => Bytes::copy_from_slice(body.as_bytes()),
            Some("base64") => Bytes::from(STANDARD.decode(body).map_err(|_| "the body is not base64")?),
            Some(_) => return Err("`encoding` is `utf-8` or `base64`".to_owned()),
        };
        let condition =
            Condition { if_match: text(arguments, "if_match")?, if_none_match: text(arguments, "if_none_match")? };
        let _writing = self.writing.lock().await;
        check(&condition, self.existing(&key).await?.as_ref())?;
        self.store.put(&key, bytes.into()).await.map_err(sentence)?;
        self.written(&key).await
    }

    async fn copy(&self, arguments: &Map<String, Value>) -> Answer {
        let (source, destination) = (key(required(arguments, "source")?)?, key(required(arguments, "destination")?)?);
        let from = Condition { if_match: text(arguments, "source_if_match")?, if_none_match: None };
        let to = Condition { if_match: text(arguments, "if_match")?, if_none_match: text(arguments, "if_none_match")? };
        let _writing = self.writing.lock().await;
        let found = self.existing(&source).await?.ok_or("no such object")?;
        check(&from, Some(&found))?;
        check(&to, self.existing(&destination).await?.as_ref())?;
        // A copy by content: a hard link would let a later write in place change both.
        let mut stream = self.store.get(&source).await.map_err(sentence)?.into_stream();
        let mut upload = self.store.put_multipart(&destination).await.map_err(sentence)?;
        while let Some(chunk) = stream.try_next().await.map_err(sentence)? {
            upload.put_part(chunk.into()).await.map_err(sentence)?;
        }
        upload.complete().await.map_err(sentence)?;
        self.written(&destination).await
    }

    async fn delete(&self, arguments: &Map<String, Value>) -> Answer {
        let key = key(required(arguments, "key")?)?;
        let _writing = self.writing.lock().await;
        self.store.delete(&key).await.map_err(sentence)?;
        Ok(json!({"deleted": key.as_ref()}))
    }

    async fn existing(&self, key: &Key) -> Result<Option<ObjectMeta>, String> {
        match self.store.head(key).await {
            Ok(meta) => Ok(Some(meta)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(sentence(error)),
        }
    }

    async fn written(&self, key: &Key) -> Answer {
        let meta = self.store.head(key).await.map_err(sentence)?;
        Ok(Value::Object(about(&meta)))
    }
}

fn check(condition: &Condition<'_>, found: Option<&ObjectMeta>) -> Result<(), String> {
    let etag = found.and_then(|meta| meta.e_tag.as_deref());
    let matches = condition.if_match.is_none_or(|wanted| etag == Some(wanted));
    let absent = condition.if_none_match.is_none() || found.is_none();
    if matches && absent { Ok(()) } else { Err("precondition failed".to_owned()) }
}

fn about(meta: &ObjectMeta) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("key".into(), json!(meta.location.as_ref()));
    map.insert("size".into(), json!(meta.size));
    map.insert("etag".into(), json!(meta.e_tag));
    map.insert("version".into(), json!(meta.version));
    map.insert("last_modified".into(), json!(meta.last_modified.to_rfc3339()));
    map
}

/// A key, spelled as the store spells it: no other spelling of the same object is taken.
fn key(text: &str) -> Result<Key, String> {
    let odd =
        text.is_empty() || text.starts_with('/') || text.chars().any(|letter| letter.is_control() || letter == '\\');
    let odd = odd || text.split('/').any(|segment| matches!(segment, "" | "." | ".."));
    match Key::parse(text) {
        Ok(key) if !odd && key.as_ref() == text => Ok(key),
        Ok(_) | Err(_) => Err("that is no key".to_owned()),
    }
}

/// The kind of an error; paths of the machine stay out.
#[expect(clippy::wildcard_enum_match_arm, reason = "the library's enum grows; what is not known is not quoted")]
fn sentence(error: Error) -> String {
    match error {
        Error::NotFound { .. } => "no such object",
        Error::Precondition { .. } | Error::NotModified { .. } => "precondition failed",
        Error::AlreadyExists { .. } => "the object exists",
        Error::InvalidPath { .. } => "that is no key",
        _ => "the store failed",
    }
    .to_owned()
}
