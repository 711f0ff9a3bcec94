//! Pins: what a server said of a tool, a resource or a prompt when a person decided about it.

use crate::diag::{Code, Diag, suggest};
use crate::ir::Face;
use crate::model::manifest::ToolToml;
use crate::source::Sources;
use serde_json::Value;
use toml::Spanned;

/// The pinned definition of a tool, and what may change of it.
pub(super) fn of_tool(
    tool: &ToolToml,
    face: &Face,
    pins: Option<&Spanned<String>>,
    path: &str,
    sources: &Sources,
    diags: &mut Vec<Diag>,
) -> Option<(String, Vec<String>)> {
    let mut refuse = |code, span, message: String, help: &str| {
        diags.push(Diag::error(code, path, span, message, help));
        None
    };
    // What the server knows it by, and what a person accepts it as.
    let name = match face {
        Face::Tool | Face::Prompt => tool.name.get_ref(),
        Face::Resource(uri) => &uri.template,
    };
    let (section, accepted) = match face {
        Face::Tool => ("tools", name.clone()),
        Face::Prompt => ("prompts", format!("prompt:{name}")),
        Face::Resource(_) => ("resources", format!("resource:{name}")),
    };
    let Some(file) = pins else {
        let volatile = tool.volatile.first()?;
        let message = format!("`{name}` is not pinned, so nothing of it is volatile");
        return refuse(
            Code::PinMissing,
            volatile.span(),
            message,
            "name the server's pins: `pins = \"schemas/NAME.pins.json\"`",
        );
    };
    let wanted = file.get_ref();
    let dir = path.rsplit_once('/').map_or("", |(dir, _)| dir);
    let Some(source) = sources.schemas.iter().find(|source| source.path == format!("{dir}/{wanted}")) else {
        let known = sources.schemas.iter().filter_map(|source| source.path.strip_prefix(dir)?.strip_prefix('/'));
        let message = format!("no pins `{wanted}` beside the manifest");
        return refuse(Code::SchemaMissing, file.span(), message, &suggest(wanted, known));
    };
    let pins: Value = serde_json::from_str(&source.text).unwrap_or_default();
    let Some(pin) = pins.get(section).and_then(|pinned| pinned.get(name)).filter(|pin| pin.is_object()) else {
        let message = format!("`{wanted}` pins no {} `{name}`", face.word());
        let help = format!(
            "look at it and accept it: `aegis import --update SERVER --accept {accepted}`, or leave the {} out",
            face.word()
        );
        return refuse(Code::PinMissing, tool.name.span(), message, &help);
    };
    for volatile in &tool.volatile {
        if !volatile.get_ref().starts_with('/') || pin.pointer(volatile.get_ref()).is_none() {
            let message = format!("the pin of `{name}` has no `{}`", volatile.get_ref());
            let help = "name a part of its definition by pointer: `volatile = [\"/description\"]`";
            return refuse(Code::PinMissing, volatile.span(), message, help);
        }
    }
    Some((pin.to_string(), tool.volatile.iter().map(|volatile| volatile.get_ref().clone()).collect()))
}
