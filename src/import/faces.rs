//! The drafts of resources and prompts.
//!
//! *Invariants.* As of tools: a capability is `unclassified` and every text that an agent may write is `unread`, so that nothing
//! builds undecided. A URI that the kernel could not match is drafted as it is, and the build says so.

use super::draft::{one_line, quoted};
use aegis_runtime::downstream::Offered;
use rmcp::model::{Prompt, PromptArgument};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Longest name that is made of a server's words.
const NAME: usize = 32;

/// The table of a resource or prompt; nothing of a tool. `taken` are the names that stand in the manifest already.
pub(super) fn one(offered: &Offered, taken: &mut BTreeSet<String>) -> String {
    let (name, description, kind) = match offered {
        Offered::Tool(_) => return String::new(),
        Offered::Prompt(prompt) => return prompt_table(prompt),
        Offered::Resource(resource) => (&resource.name, &resource.description, &resource.mime_type),
        Offered::Template(template) => (&template.name, &template.description, &template.mime_type),
    };
    let (mut out, uri) = (String::new(), offered.key());
    let _ = writeln!(out, "\n[[resource]]\nname = {}", quoted(&free(name, taken)));
    let _ = writeln!(out, "description = {}", quoted(description.as_deref().unwrap_or(name)));
    let _ = writeln!(out, "uri = {}", quoted(uri));
    if let Some(kind) = kind {
        let _ = writeln!(out, "mime-type = {}", quoted(kind));
    }
    let _ = writeln!(out, "capabilities = [\"unclassified\"]  # effect:domain, what reading it can do");
    let variables = if matches!(offered, Offered::Template(_)) { variables(uri) } else { Vec::new() };
    let inputs = variables.iter().map(|name| format!("{} = {{ type = \"string\" }}", quoted(name)));
    table(&mut out, "variables", inputs);
    variables.iter().for_each(|name| screen(&mut out, "resource", name));
    out
}

fn prompt_table(prompt: &Prompt) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "\n[[prompt]]\nname = {}", quoted(&prompt.name));
    let _ = writeln!(out, "description = {}", quoted(prompt.description.as_deref().unwrap_or("")));
    if let Some(title) = &prompt.title {
        let _ = writeln!(out, "# The server calls it: {}", one_line(title));
    }
    let _ = writeln!(out, "capabilities = [\"unclassified\"]  # effect:domain, what getting it can do");
    let mut seen = BTreeSet::new();
    let (arguments, twice): (Vec<_>, Vec<_>) =
        prompt.arguments.iter().flatten().partition(|argument| seen.insert(argument.name.as_str()));
    for argument in twice {
        let name = one_line(&argument.name);
        let _ = writeln!(out, "# REVIEW: the server names the argument `{name}` more than once; the first is drafted.");
    }
    table(&mut out, "arguments", arguments.iter().map(|argument| input(argument)));
    arguments.iter().for_each(|argument| screen(&mut out, "prompt", &argument.name));
    out
}

fn input(argument: &PromptArgument) -> String {
    let described = argument.description.as_ref().map(|text| format!(", description = {}", quoted(text)));
    let optional = if argument.required == Some(true) { "" } else { ", optional = true" };
    format!("{} = {{ type = \"string\"{}{optional} }}", quoted(&argument.name), described.unwrap_or_default())
}

fn table(out: &mut String, key: &str, inputs: impl Iterator<Item = String>) {
    let inputs: Vec<_> = inputs.collect();
    if !inputs.is_empty() {
        let _ = writeln!(out, "{key} = {{ {} }}", inputs.join(", "));
    }
}

fn screen(out: &mut String, face: &str, name: &str) {
    let at = quoted(&format!("/{}", name.replace('~', "~0").replace('/', "~1")));
    let _ = writeln!(
        out,
        "\n[[{face}.screen]]\nat = {at}\nkind = \"unread\"  # object-key, path, url, compose, or opaque with a why"
    );
}

/// What stands in `{…}`, where that is a plain name; each once.
fn variables(template: &str) -> Vec<String> {
    let inner = template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    let mut seen = BTreeSet::new();
    let plain = |name: &&str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    inner.filter(plain).filter(|name| seen.insert(*name)).map(str::to_owned).collect()
}

/// A name for the manifest, which the server's words suggest: no other has it.
fn free(words: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String =
        words.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let mut name: String = plain.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    name.truncate(NAME);
    let name = name.trim_matches('-');
    let letter = name.starts_with(|first: char| first.is_ascii_alphabetic());
    let name = if letter { name.to_owned() } else { format!("resource-{name}").trim_matches('-').to_owned() };
    let numbered = (2_u32..).map(|number| format!("{name}-{number}"));
    let mut names = std::iter::once(name.clone()).chain(numbered);
    let found = names.find(|name| !taken.contains(name)).unwrap_or_default();
    taken.insert(found.clone());
    found
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::{free, one, variables};
    use aegis_runtime::downstream::Offered;
    use rmcp::model::Prompt;
    use serde_json::json;
    use std::collections::BTreeSet;

    #[test]
    fn a_name_is_made_once() {
        let mut taken = BTreeSet::from(["page".to_owned()]);
        let mut of = |words: &str| free(words, &mut taken);
        assert_eq!([of("Page"), of("page!"), of("2026 report")], ["page-2", "page-3", "resource-2026-report"]);
        let long = "a-".repeat(15) + "a";
        assert_eq!([of("\u{7530}"), of("\""), of(&"a ".repeat(40))], ["resource", "resource-2", long.as_str()]);
    }

    #[test]
    fn an_argument_that_is_named_twice_is_drafted_once_and_said() {
        let arguments =
            json!([{"name": "topic"}, {"name": "topic", "required": true}, {"name": "a\nb"}, {"name": "a\nb"}]);
        let prompt: Prompt = serde_json::from_value(json!({"name": "explain", "arguments": arguments})).unwrap();
        let draft = one(&Offered::Prompt(prompt), &mut BTreeSet::new());
        assert_eq!(draft.matches("topic = {").count() + draft.matches("\"topic\" = {").count(), 1, "{draft}");
        assert_eq!(draft.matches("[[prompt.screen]]").count(), 2, "{draft}");
        assert!(draft.contains("# REVIEW: the server names the argument `topic` more than once"), "{draft}");
        assert_eq!(draft.matches("# REVIEW").count(), 2, "{draft}");
    }

    #[test]
    fn plain_variables_are_named() {
        assert_eq!(variables("docs://{tier}/{page_2}.md"), ["tier", "page_2"]);
        assert_eq!(variables("docs://{a}/{b}/{a}"), ["a", "b"]);
        assert!(variables("docs://{+path}{?q,r}{}{").is_empty());
    }
}
