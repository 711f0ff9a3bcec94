//! Checks over the resolved program, one file a family. A posture of `unguarded` silences them; nothing else does.

mod cells;
mod masks;

use crate::diag::Diag;
use crate::ir::Ir;
use crate::resolve::Spans;
use crate::source::Sources;

/// Runs every check; collects every mistake.
pub(crate) fn check(ir: &Ir, spans: &Spans, sources: &Sources, diags: &mut Vec<Diag>) {
    if !ir.guarded || ir.rules.is_empty() {
        return;
    }
    cells::check(ir, spans, &sources.policy.path, diags);
    masks::check(ir, spans, &sources.policy.path, diags);
}
