//! `aegis explain TOOL|RULE|CODE`.

use crate::output::{CommandError, say};
use aegis_runtime::denial::Code;
use aegis_runtime::kernel::Kernel;
use aegis_runtime::own::Fault;
use aegis_runtime::spec::Face;
use std::process::ExitCode;

pub(crate) fn run<K: Kernel>(what: &str) -> Result<ExitCode, CommandError> {
    if let Some(code) = Code::ALL.iter().find(|code| code.as_str() == what) {
        say(format!("{} ({}): {}", code.as_str(), code.phase().as_str(), code.meaning()))?;
        say(format!("remedy: {}", code.remedy()))?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(fault) = Fault::ALL.iter().find(|fault| fault.code() == what) {
        say(format!("{} (a place of the state directory): it {}", fault.code(), fault.meaning()))?;
        say(format!("remedy: {}", fault.remedy()))?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(rule) = K::SPEC.rules.iter().find(|rule| rule.id == what) {
        say(format!("{} ({}): {}", rule.id, rule.phase.as_str(), rule.why))?;
        if let Some(remedy) = rule.remedy {
            say(format!("remedy: {remedy}"))?;
        }
        say(format!("audit: {}", rule.audit.as_str()))?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(tool) = K::SPEC.tools.iter().find(|tool| tool.dotted == what || tool.wire == what) {
        say(format!("{} ({}): {}", tool.dotted, tool.wire, tool.description))?;
        match tool.face {
            Face::Tool => {}
            Face::Resource(uri) => say(format!("resource {}", uri.template))?,
            Face::Prompt => say("prompt")?,
        }
        // Its row, below the names of the columns.
        let shown =
            |line: &&str| line.split_whitespace().next().is_some_and(|first| first == "tool" || first == tool.dotted);
        K::SPEC.matrix.lines().filter(shown).try_for_each(say)?;
        say(tool.input_schema)?;
        return Ok(ExitCode::SUCCESS);
    }
    if what.strip_prefix("AEG").is_some_and(|number| number.parse::<u16>().is_ok()) {
        return Err(CommandError::Refused(format!("`{what}` is a code of the build: `aegisc explain {what}`")));
    }
    Err(CommandError::Refused(format!(
        "nothing here is called `{what}`; try a tool, a rule id, an `AEG-D` or an `AEG-S` code"
    )))
}
