//! Faces: by which method the agent reaches a tool, and URIs whose parts are arguments.
//!
//! *Invariants.* A part of a URI has at most one variable, and a variable stands for one part or a piece of it. So two templates can
//! be compared whole: whether any URI is of both is known at build time.

/// By which method a tool is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Face {
    /// `tools/call`.
    Tool,
    /// `resources/read`.
    Resource(Uri),
    /// `prompts/get`.
    Prompt,
}

impl Face {
    /// The key of its manifest.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Face::Tool => "tool",
            Face::Resource(_) => "resource",
            Face::Prompt => "prompt",
        }
    }
}

/// A URI, fixed or with variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uri {
    /// As it is written.
    pub template: String,
    /// What stands between its slashes.
    pub parts: Vec<Part>,
    /// What it holds.
    pub mime_type: Option<String>,
}

/// What stands between two slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// This text.
    Literal(String),
    /// A variable, between two texts.
    Variable(String, String, String),
}

/// Whether a variable may hold a character. The runtime has the same list.
const fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_' | '~' | ':' | '@' | '+' | ',')
}

impl Uri {
    /// Reads a template, or says why the kernel could not match it.
    pub(crate) fn parse(template: &str, mime_type: Option<String>) -> Result<Self, &'static str> {
        let head = template.split('{').next().unwrap_or_default();
        let scheme = head.split_once(':').map(|(scheme, _)| scheme).ok_or("it has no scheme")?;
        if !scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            || !scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.'))
        {
            return Err("its scheme is not one");
        }
        if template.len() > 1024 || !template.chars().all(|letter| letter.is_ascii_graphic()) {
            return Err("it holds a character that no URI has, or is over 1,024 bytes");
        }
        let parts = template.split('/').map(part).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { template: template.to_owned(), parts, mime_type })
    }

    /// Its variables, in order.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Literal(_) => None,
            Part::Variable(_, name, _) => Some(name.as_str()),
        })
    }

    /// Whether some URI is of both.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.parts.len() == other.parts.len()
            && self.parts.iter().zip(&other.parts).all(|(one, other)| meet(one, other))
    }
}

fn part(text: &str) -> Result<Part, &'static str> {
    let Some((before, rest)) = text.split_once('{') else {
        return match text {
            "." | ".." => Err("a part of it is a way up or none at all"),
            _ if text.contains('}') => Err("a brace is not closed"),
            _ => Ok(Part::Literal(text.to_owned())),
        };
    };
    let (name, after) = rest.split_once('}').ok_or("a brace is not closed")?;
    if after.contains(['{', '}']) {
        return Err("two variables stand in one part");
    }
    let named = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if !named {
        return Err("a variable is more than a name");
    }
    Ok(Part::Variable(before.to_owned(), name.to_owned(), after.to_owned()))
}

fn meet(one: &Part, other: &Part) -> bool {
    match (one, other) {
        (Part::Literal(one), Part::Literal(other)) => one == other,
        (Part::Literal(text), Part::Variable(before, _, after))
        | (Part::Variable(before, _, after), Part::Literal(text)) => {
            let value = text.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(after.as_str()));
            value.is_some_and(|value| !value.is_empty() && value.chars().all(is_plain))
        }
        (Part::Variable(before, _, after), Part::Variable(first, _, last)) => {
            (before.starts_with(first.as_str()) || first.starts_with(before.as_str()))
                && (after.ends_with(last.as_str()) || last.ends_with(after.as_str()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Uri;

    #[test]
    fn templates_that_cannot_be_matched_are_refused() {
        for odd in [
            "page",
            "{x}://a",
            "docs://{a}{b}",
            "docs://{+path}",
            "docs://{?q}",
            "docs://{a",
            "docs://a}",
            "docs://../a",
        ] {
            assert!(Uri::parse(odd, None).is_err(), "{odd}");
        }
    }

    #[test]
    fn two_that_can_have_one_uri_meet() {
        let meets = |one: &str, other: &str| {
            let parse = |text: &str| Uri::parse(text, None).ok();
            parse(one).zip(parse(other)).is_some_and(|(one, other)| one.meets(&other) && other.meets(&one))
        };
        assert!(meets("docs://{page}", "docs://intro"));
        assert!(meets("docs://{page}/a", "docs://x/{part}"));
        assert!(meets("docs://a{page}", "docs://{page}b"));
        assert!(!meets("docs://{page}", "docs://a/b"));
        assert!(!meets("docs://{page}.md", "docs://{page}.txt"));
        assert!(!meets("docs://{page}", "docs://a%20b"));
        assert!(!meets("docs://{page}", "notes://{page}"));
    }
}
