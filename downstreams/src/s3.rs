//! `s3`: an object store in one directory, behind `list_objects`, `head_object`, `get_object`, `put_object`, `copy_object`,
//! `delete_object`.
//!
//! Ranges are bytes, `range_start` included and `range_end` not. Etags are the store's own, from inode, time and size: they notice a
//! changed object, and are weaker than a digest of its content. Conditions hold against every writer of this process. A refusal begins
//! with the name that S3 has for it.

use crate::DownstreamError;
use crate::directory::{Directory, Object, is_key};
use crate::protocol::{self, Answer, Tools, invalid, required, text, unsigned};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustix::io::Errno;
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

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
    let store = Directory::open(&options.root).map_err(|error| failed(error.to_string()))?;
    protocol::serve(Bucket::over(store)).await
}

/// Most bytes of one answer; larger objects are read by ranges.
const BODY: u64 = 1024 * 1024;
/// Most objects of one listing.
const LISTED: usize = 1000;

struct Bucket(Arc<Shared>);

struct Shared {
    store: Directory,
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
        let work: fn(&Shared, &Map<String, Value>) -> Answer = match name {
            "list_objects" => Shared::list,
            "head_object" => Shared::head,
            "get_object" => Shared::get,
            "put_object" => Shared::put,
            "copy_object" => Shared::copy,
            "delete_object" => Shared::delete,
            _ => return None, // not a tool of ours: the protocol answers
        };
        let shared = Arc::clone(&self.0);
        // Files block their thread. What was begun goes on to its end, also where the call is given up.
        let done = tokio::task::spawn_blocking(move || work(&shared, &arguments)).await;
        Some(done.unwrap_or_else(|_| Err(FAILED.to_owned())))
    }
}

const NO_SUCH_KEY: &str = "NoSuchKey: no such object; `list_objects` names those there are";
const PRECONDITION: &str =
    "PreconditionFailed: the object is not as the condition says; look at its etag with `head_object`";
const FAILED: &str = "InternalError: the store failed; try again, and tell the operator where that does not help";

impl Bucket {
    fn over(store: Directory) -> Self {
        Self(Arc::new(Shared { store, writing: Mutex::new(()) }))
    }
}

impl Shared {
    fn list(&self, arguments: &Map<String, Value>) -> Answer {
        let after = text(arguments, "start_after")?.unwrap_or_default();
        let listing = self.store.list(text(arguments, "prefix")?.unwrap_or_default()).map_err(sentence)?;
        let mut objects = listing.objects.iter().filter(|object| object.key.as_str() > after);
        let listed: Vec<Value> = objects.by_ref().take(LISTED).map(|object| Value::Object(about(object))).collect();
        let mut answer = json!({"objects": listed, "truncated": objects.next().is_some()});
        if let (Some(answer), true) = (answer.as_object_mut(), listing.left_out > 0) {
            // Links, pipes, and names that are no keys.
            answer.insert("left_out".into(), json!(listing.left_out));
        }
        Ok(answer)
    }

    fn head(&self, arguments: &Map<String, Value>) -> Answer {
        let key = key(required(arguments, "key")?)?;
        let found = self.existing(key)?.ok_or(NO_SUCH_KEY)?;
        Ok(Value::Object(about(&found)))
    }

    fn get(&self, arguments: &Map<String, Value>) -> Answer {
        let key = key(required(arguments, "key")?)?;
        let (found, file) = self.store.find(key).map_err(sentence)?.ok_or(NO_SUCH_KEY)?;
        check(&Condition { if_match: text(arguments, "if_match")?, if_none_match: None }, Some(&found))?;
        let from = unsigned(arguments, "range_start")?.unwrap_or(0);
        let to = unsigned(arguments, "range_end")?.unwrap_or(found.size).min(found.size);
        if from > to {
            return Err(
                "InvalidRange: the range begins after its end, or after the object's; `head_object` says its size"
                    .to_owned(),
            );
        }
        let length = to.saturating_sub(from);
        if length > BODY {
            return Err(format!("InvalidRange: over {BODY} bytes; ask for ranges with `range_start` and `range_end`"));
        }
        let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
        file.read_exact_at(&mut bytes, from).map_err(sentence)?;
        let (encoding, body) = match String::from_utf8(bytes) {
            Ok(text) => ("utf-8", text),
            Err(error) => ("base64", STANDARD.encode(error.into_bytes())),
        };
        let mut answer = about(&found);
        answer.insert("range".into(), json!([from, to]));
        answer.insert("encoding".into(), json!(encoding));
        answer.insert("body".into(), json!(body));
        Ok(Value::Object(answer))
    }

    fn put(&self, arguments: &Map<String, Value>) -> Answer {
        let key = key(required(arguments, "key")?)?;
        let body = required(arguments, "body")?;
        let decoded = match text(arguments, "encoding")? {
            None | Some("utf-8") => None,
            Some("base64") => Some(STANDARD.decode(body).map_err(|_| invalid("the body is not base64"))?),
            Some(_) => return Err(invalid("`encoding` is `utf-8` or `base64`")),
        };
        let bytes = decoded.as_deref().unwrap_or(body.as_bytes());
        let condition =
            Condition { if_match: text(arguments, "if_match")?, if_none_match: text(arguments, "if_none_match")? };
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if condition.is_one() {
            check(&condition, self.existing(key)?.as_ref())?;
        }
        self.store.put(key, |file| file.write_all(bytes)).map_err(sentence)?;
        self.written(key)
    }

    fn copy(&self, arguments: &Map<String, Value>) -> Answer {
        let (source, destination) = (key(required(arguments, "source")?)?, key(required(arguments, "destination")?)?);
        let from = Condition { if_match: text(arguments, "source_if_match")?, if_none_match: None };
        let to = Condition { if_match: text(arguments, "if_match")?, if_none_match: text(arguments, "if_none_match")? };
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let (found, mut content) = self.store.find(source).map_err(sentence)?.ok_or(NO_SUCH_KEY)?;
        check(&from, Some(&found))?;
        if to.is_one() {
            check(&to, self.existing(destination)?.as_ref())?;
        }
        // A copy by content: a hard link would let a later write in place change both.
        let copied = self.store.put(destination, |file| io::copy(&mut content, file).map(|_length| ()));
        copied.map_err(sentence)?;
        self.written(destination)
    }

    fn delete(&self, arguments: &Map<String, Value>) -> Answer {
        let key = key(required(arguments, "key")?)?;
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.existing(key)?.ok_or(NO_SUCH_KEY)?;
        self.store.remove(key).map_err(sentence)?;
        Ok(json!({"deleted": key}))
    }

    fn existing(&self, key: &str) -> Result<Option<Object>, String> {
        Ok(self.store.find(key).map_err(sentence)?.map(|(object, _)| object))
    }

    fn written(&self, key: &str) -> Answer {
        Ok(Value::Object(about(&self.existing(key)?.ok_or(NO_SUCH_KEY)?)))
    }
}

impl Condition<'_> {
    /// Whether anything must hold.
    fn is_one(&self) -> bool {
        self.if_match.is_some() || self.if_none_match.is_some()
    }
}

fn check(condition: &Condition<'_>, found: Option<&Object>) -> Result<(), String> {
    let etag = found.map(|object| object.etag.as_str());
    let matches = condition.if_match.is_none_or(|wanted| etag == Some(wanted));
    let absent = condition.if_none_match.is_none() || found.is_none();
    if matches && absent { Ok(()) } else { Err(PRECONDITION.to_owned()) }
}

fn about(object: &Object) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("key".into(), json!(object.key));
    map.insert("size".into(), json!(object.size));
    map.insert("etag".into(), json!(object.etag));
    map.insert("version".into(), Value::Null);
    map.insert("last_modified".into(), json!(object.modified));
    map
}

fn key(text: &str) -> Result<&str, String> {
    if is_key(text) { Ok(text) } else { Err(invalid("that is no key; spell it as `list_objects` does")) }
}

/// The kind of an error, as S3 names it; paths of the machine stay out.
fn sentence(error: io::Error) -> String {
    match Errno::from_io_error(&error) {
        Some(Errno::NOENT) => NO_SUCH_KEY,
        Some(Errno::LOOP | Errno::NOTDIR | Errno::ISDIR) => {
            "AccessDenied: a link, a directory or no plain file stands there or on the way, and no link is followed; name another key"
        }
        Some(Errno::NAMETOOLONG) => "KeyTooLongError: a part of the key is too long for a file's name; shorten it",
        Some(Errno::NOSPC | Errno::DQUOT) => "InternalError: the disk is full; tell the operator",
        _ => FAILED, // what is not known is not quoted
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may fail loudly")]

    use super::*;

    #[test]
    fn pages_leave_nothing_out_and_repeat_nothing() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("silver/events/a")).unwrap();
        let mut keys: Vec<String> = (0..1100).map(|number| format!("silver/events/{number}.jsonl")).collect();
        keys.extend(["silver/events/a/x.jsonl".to_owned(), "silver/events/a.jsonl".to_owned()]);
        for key in keys.iter().chain(&["silver/other.csv".to_owned()]) {
            std::fs::write(dir.path().join(key), "").unwrap();
        }
        keys.sort();
        let bucket = Bucket::over(Directory::open(dir.path()).unwrap());
        let mut seen: Vec<String> = Vec::new();
        loop {
            let ask = json!({"prefix": "silver/events/", "start_after": seen.last()});
            let page = bucket.0.list(ask.as_object().unwrap()).unwrap();
            let objects = page["objects"].as_array().unwrap();
            seen.extend(objects.iter().map(|object| object["key"].as_str().unwrap().to_owned()));
            if page["truncated"] == false {
                break;
            }
            assert_eq!(objects.len(), LISTED);
        }
        assert_eq!(seen, keys);
    }
}
