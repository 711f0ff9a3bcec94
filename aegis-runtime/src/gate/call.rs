//! decode: from a name and arguments to a [`Call`].

use crate::denial::{Code, Denial};
use crate::kernel::Kernel;
use crate::spec::{ToolId, ToolSpec};
use serde_json::{Map, Value};

/// A tool of the catalogue with arguments that fit its pinned schema.
///
/// What was checked is the parsed value, and the same value is re-serialised southward; the agent's bytes end here.
pub struct Call<K: Kernel> {
    pub(super) view: K::View,
    pub(super) tool: &'static ToolSpec,
    pub(super) arguments: Map<String, Value>,
}

impl<K: Kernel> Call<K> {
    /// The tool.
    #[must_use]
    pub fn tool(&self) -> &'static ToolSpec {
        self.tool
    }
}

/// Finds the tool and checks the arguments.
///
/// # Errors
/// `UnknownTool`, or `InvalidArguments` with the place and the expectation, never the value.
pub fn decode<K: Kernel>(name: &str, arguments: Option<Map<String, Value>>) -> Result<Call<K>, Denial> {
    let tool = K::tool(name).ok_or_else(unknown_tool)?;
    let spec = tool_spec::<K>(K::id(tool))?;
    let value = Value::Object(arguments.unwrap_or_default());
    let view = K::view(tool, &value)
        .map_err(|fault| Denial::new(Code::InvalidArguments, fault.expected).at(fault.pointer, None))?;
    let Value::Object(arguments) = value else {
        return Err(Denial::new(Code::NotAnObject, ""));
    };
    Ok(Call { view, tool: spec, arguments })
}

pub(super) fn unknown_tool() -> Denial {
    Denial::new(Code::UnknownTool, "").remedy("call `tools/list` for the tools this kernel was compiled with")
}

pub(super) fn tool_spec<K: Kernel>(id: ToolId) -> Result<&'static ToolSpec, Denial> {
    K::SPEC.tools.get(usize::from(id.0)).ok_or_else(|| Denial::new(Code::UnknownTool, ""))
}
