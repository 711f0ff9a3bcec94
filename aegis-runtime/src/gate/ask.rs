//! ask: from what the agent names, and by which method, to a tool of the catalogue.

use super::call::{tool_spec, unknown_tool};
use crate::denial::{Code, Denial};
use crate::kernel::Kernel;
use crate::north::Ask;
use crate::spec::{Face, Reading, ToolSpec};
use serde_json::{Map, Value};

/// What was asked for.
pub(super) struct Found {
    pub(super) tool: &'static ToolSpec,
    /// The variables of its URI.
    pub(super) variables: Option<Map<String, Value>>,
}

/// What a method may reach: nothing of another face.
///
/// # Errors
/// `UnknownTool`, `UnknownResource`, `UriCharacter`, `UnknownPrompt`.
pub(super) fn find<K: Kernel>(ask: &Ask) -> Result<Found, Denial> {
    let named = |name: &str| K::tool(name).and_then(|tool| tool_spec::<K>(K::id(tool)).ok());
    match ask {
        Ask::Tool(name) => {
            let tool = named(name).filter(|tool| tool.face == Face::Tool).ok_or_else(unknown_tool)?;
            Ok(Found { tool, variables: None })
        }
        Ask::Prompt(name) => {
            let prompt = named(name).filter(|tool| tool.face == Face::Prompt);
            let unknown = || Denial::new(Code::UnknownPrompt, "").remedy("call `prompts/list` for those there are");
            Ok(Found { tool: prompt.ok_or_else(unknown)?, variables: None })
        }
        Ask::Resource(uri) => {
            let mut refusal = Denial::new(Code::UnknownResource, "")
                .remedy("call `resources/list` and `resources/templates/list` for those there are");
            for tool in K::SPEC.tools {
                let Face::Resource(spec) = tool.face else { continue };
                match spec.read(uri) {
                    Reading::Own(variables) => return Ok(Found { tool, variables: Some(variables) }),
                    Reading::Unsafe(variable) => {
                        refusal = Denial::new(Code::UriCharacter, "")
                            .at(format!("/{variable}"), None)
                            .remedy("write the variable plainly, in letters, digits and `-._~:@+,`");
                    }
                    Reading::Other => {}
                }
            }
            Err(refusal)
        }
    }
}
