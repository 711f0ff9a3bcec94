//! `literals = true`: the domains whose personal columns a write may give constants.

use super::effect;
use super::policy::domains;
use crate::diag::{Code, Diag};
use crate::ir::{Effect, Ir};
use crate::model::policy::PolicyFile;

pub(super) fn resolve(policy: &PolicyFile, path: &str, ir: &mut Ir, diags: &mut Vec<Diag>) {
    for (rule, allows) in
        policy.allow.iter().map(|rule| (rule, true)).chain(policy.block.iter().map(|rule| (rule, false)))
    {
        let Some(literals) = rule.literals.as_ref().filter(|literals| *literals.get_ref()) else { continue };
        let mut ignored = Vec::new(); // said once, where the rule's cells are resolved
        let writes = rule.effects.iter().any(|word| effect(word, path, &mut ignored) == Some(Effect::Write));
        let found = domains(&rule.domains, path, ir, &mut ignored);
        if !allows || !writes {
            diags.push(Diag::error(
                Code::Redundant,
                path,
                literals.span(),
                format!("`{}` allows no write, so `literals` says nothing", rule.id.get_ref()),
                "leave `literals` out, or put it into the `[[allow]]` with `effects = [\"write\"]`",
            ));
            continue;
        }
        for domain in found {
            if let Some(domain) = ir.domains.get_mut(domain) {
                domain.literals = true;
            }
        }
    }
    if !ir.guarded {
        ir.domains.iter_mut().for_each(|domain| domain.literals = true);
    }
}
