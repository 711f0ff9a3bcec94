//! Declared paths of a result, as the compiler checks them and the masker follows them.

/// One step of a declared path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step<K> {
    /// A key of an object.
    Key(K),
    /// `[]` or `[3]`: any element of an array.
    Element,
    /// `*`: any one key or element; at the beginning of a path, any number of them.
    Any,
}

/// The steps of a path: `rows[].full_name` is a key, an element, a key.
#[must_use]
pub fn steps<'path, K: From<&'path str>>(path: &'path str) -> Vec<Step<K>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, elements) = part.split_once('[').map_or((part, None), |(name, rest)| (name, Some(rest)));
        match name {
            "" => {}
            "*" => steps.push(Step::Any),
            name => steps.push(Step::Key(name.into())),
        }
        let count = elements.map_or(0, |rest| rest.matches('[').count().saturating_add(1));
        steps.extend((0..count).map(|_element| Step::Element));
    }
    steps
}
