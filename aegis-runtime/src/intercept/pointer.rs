//! JSON pointers with `*` for each array element.

use serde_json::{Map, Value};

/// Every place that `pattern` names, with its concrete pointer.
pub(super) fn resolve<'call>(arguments: &'call Map<String, Value>, pattern: &str) -> Vec<(String, &'call Value)> {
    let mut segments = pattern.split('/').skip(1).map(unescape);
    let Some(first) = segments.next() else { return Vec::new() };
    let mut places: Vec<(String, &Value)> =
        arguments.get_key_value(&first).map(|(key, value)| (format!("/{}", escape(key)), value)).into_iter().collect();
    for segment in segments {
        places = places.into_iter().flat_map(|(pointer, value)| step(&pointer, value, &segment)).collect();
    }
    places
}

/// The string at a concrete pointer.
pub(super) fn text<'call>(arguments: &'call Map<String, Value>, pointer: &str) -> Option<&'call str> {
    match resolve(arguments, pointer).as_slice() {
        [(_, Value::String(text))] => Some(text),
        _ => None, // more than one place, or no string: not what was screened
    }
}

fn step<'call>(pointer: &str, value: &'call Value, segment: &str) -> Vec<(String, &'call Value)> {
    match value {
        Value::Array(items) if segment == "*" => {
            items.iter().enumerate().map(|(index, item)| (format!("{pointer}/{index}"), item)).collect()
        }
        Value::Array(items) => segment
            .parse::<usize>()
            .ok()
            .and_then(|index| items.get(index))
            .map(|item| (format!("{pointer}/{segment}"), item))
            .into_iter()
            .collect(),
        Value::Object(map) => {
            map.get(segment).map(|item| (format!("{pointer}/{}", escape(segment)), item)).into_iter().collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn escape(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1")
}

fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::{resolve, text};
    use serde_json::{Map, Value, json};

    fn arguments() -> Map<String, Value> {
        match json!({"sql": "SELECT 1", "edits": [{"path": "a"}, {"path": "b"}, {"other": 1}], "a/b": "c"}) {
            Value::Object(map) => map,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
        }
    }

    #[test]
    fn a_star_names_each_element() {
        let found: Vec<String> =
            resolve(&arguments(), "/edits/*/path").into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(found, ["/edits/0/path", "/edits/1/path"]);
    }

    #[test]
    fn plain_and_escaped_segments() {
        assert_eq!(text(&arguments(), "/sql"), Some("SELECT 1"));
        assert_eq!(text(&arguments(), "/a~1b"), Some("c"));
        assert_eq!(text(&arguments(), "/edits/1/path"), Some("b"));
        assert_eq!(text(&arguments(), "/edits"), None);
        assert_eq!(text(&arguments(), "/nothing"), None);
    }
}
