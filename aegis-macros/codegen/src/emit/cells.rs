//! Domains, rules, gates, and the policy-wide table of cells.

use super::ident::{constant, variant, word};
use crate::ir::{Effect, Ir, Pair, Rule, RuleIx, RuleKind};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// The generated domain enum.
pub(super) fn domain(ir: &Ir) -> TokenStream {
    let variants: Vec<_> = ir.domains.iter().map(|domain| variant(&domain.name)).collect();
    let whys = ir.domains.iter().map(|domain| format!(" {}", domain.why));
    let ids = (0..ir.domains.len()).map(Literal::usize_unsuffixed);
    quote! {
        /// The domains of the estate.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Domain { #(#[doc = #whys] #variants,)* }

        impl Domain {
            /// The domain of an id; an id of no domain has none.
            #[must_use]
            pub const fn of(id: DomainId) -> Option<Self> {
                match id.0 {
                    #(#ids => Some(Self::#variants),)*
                    _ => None,
                }
            }
        }
    }
}

/// What the policy says of cells, whatever the tool: one arm a rule.
pub(super) fn policy(ir: &Ir) -> TokenStream {
    let mut by_rule: BTreeMap<RuleIx, BTreeSet<Pair>> = BTreeMap::new();
    let mut left: BTreeSet<Pair> = all_pairs(ir);
    for (pair, rule) in &ir.cells.wide {
        by_rule.entry(*rule).or_default().insert(*pair);
        left.remove(pair);
    }
    let arms = by_rule.iter().filter_map(|(rule, pairs)| {
        let body = cell(ir.rules.get(*rule)?);
        let pattern = pattern(ir, pairs);
        Some(quote!(#pattern => #body,))
    });
    let rest = (!left.is_empty()).then(|| {
        let pattern = pattern(ir, &left);
        quote!(#pattern => Cell::Uncovered,)
    });
    quote! {
        /// What the policy says of a cell, for every tool that no rule singles out.
        const fn policy(effect: Effect, domain: Domain) -> Cell {
            match (effect, domain) { #(#arms)* #rest }
        }
    }
}

/// Every effect on every domain.
pub(super) fn all_pairs(ir: &Ir) -> BTreeSet<Pair> {
    Effect::ALL.into_iter().flat_map(|effect| (0..ir.domains.len()).map(move |domain| (effect, domain))).collect()
}

/// What a rule makes of its cells.
pub(super) fn cell(rule: &Rule) -> TokenStream {
    let name = constant(&rule.id);
    match rule.kind {
        RuleKind::Allow => quote!(Cell::Allow(&rules::#name)),
        RuleKind::Block => quote!(Cell::Block(&rules::#name)),
        RuleKind::Gate(_) => quote!(Cell::Gate(&gates::#name)),
        RuleKind::Argument | RuleKind::Transform => quote!(Cell::Uncovered),
    }
}

/// `(Effect::Write, Domain::Bronze | Domain::Silver) | …`, an effect a line.
pub(super) fn pattern(ir: &Ir, pairs: &BTreeSet<Pair>) -> TokenStream {
    let mut by_effect: BTreeMap<Effect, Vec<TokenStream>> = BTreeMap::new();
    for (effect, domain) in pairs {
        if let Some(domain) = ir.domains.get(*domain) {
            let domain = variant(&domain.name);
            by_effect.entry(*effect).or_default().push(quote!(Domain::#domain));
        }
    }
    let alternatives = by_effect.iter().map(|(effect, domains)| {
        let effect = word(effect.variant());
        quote!((Effect::#effect, #(#domains)|*))
    });
    quote!(#(#alternatives)|*)
}

/// One static a rule.
pub(super) fn rules(ir: &Ir) -> TokenStream {
    let statics = ir.rules.iter().map(|rule| {
        let (name, id, why) = (constant(&rule.id), &rule.id, &rule.why);
        let doc = format!(" {why}");
        let phase = word(match rule.kind {
            RuleKind::Allow => "Allow",
            RuleKind::Block => "Block",
            RuleKind::Gate(_) => "Gate",
            RuleKind::Argument => "Argument",
            RuleKind::Transform => "Transform",
        });
        let remedy = option(rule.remedy.as_ref().map(|remedy| quote!(#remedy)));
        let audit = word(rule.audit);
        quote! {
            #[doc = #doc]
            pub static #name: RuleSpec = RuleSpec { id: #id, why: #why, phase: Phase::#phase, remedy: #remedy, audit: AuditLevel::#audit };
        }
    });
    quote! {
        /// The rules of the policy, by id.
        pub mod rules {
            use super::{AuditLevel, Phase, RuleSpec};
            #(#statics)*
        }
    }
}

/// One static a gate.
pub(super) fn gates(ir: &Ir) -> TokenStream {
    let statics = ir.rules.iter().filter_map(|rule| match &rule.kind {
        RuleKind::Gate(gate) => {
            let name = constant(&rule.id);
            let (receipt, minter, age) = (&gate.receipt, &gate.minter, Literal::u64_unsuffixed(gate.max_age));
            let of = match gate.dataset {
                _ if gate.call => quote!(Call),
                None => quote!(Named),
                Some(index) => {
                    let index = Literal::usize_unsuffixed(index);
                    quote!(Dataset(DatasetId(#index)))
                }
            };
            let (assurance, version_kind) =
                (option(gate.assurance.map(|word| quote!(#word))), option(gate.version_kind.map(|word| quote!(#word))));
            Some(quote! {
                /// What the rule of this name asks for.
                pub static #name: GateSpec = GateSpec {
                    rule: &rules::#name,
                    receipt: #receipt,
                    of: GateOf::#of,
                    assurance: #assurance,
                    version_kind: #version_kind,
                    max_age: Duration::from_secs(#age),
                    minter: #minter,
                };
            })
        }
        RuleKind::Allow | RuleKind::Block | RuleKind::Argument | RuleKind::Transform => None,
    });
    quote! {
        /// The gates of the policy, by rule id.
        pub mod gates {
            #[allow(unused_imports, reason = "a policy may have no gate")]
            use super::{DatasetId, Duration, GateOf, GateSpec, rules};
            #(#statics)*
        }
    }
}

pub(super) fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}
