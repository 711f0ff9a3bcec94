//! The tool enum, the typed views, and one module a tool with its validator and its evaluator.

use super::cells::{all_pairs, cell, option, pattern};
use super::ident::{constant, field, module, raw, variant};
use crate::ir::{ArgumentRule, Bound, Ir, Literal as Value, Pair, RuleIx, Tool};
use crate::resolve::names_dataset;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// The kernel itself: dispatch, and nothing else.
pub(super) fn kernel() -> TokenStream {
    quote! {
        /// This policy, compiled.
        #[derive(Debug, Clone, Copy)]
        pub struct Kernel;
    }
}

/// The tool enum and the kernel's dispatch over it.
pub(super) fn tools(ir: &Ir) -> TokenStream {
    let wires: Vec<_> = ir.tools.iter().map(|tool| tool.wire.as_str()).collect();
    let variants: Vec<_> = wires.iter().map(|wire| variant(wire)).collect();
    let modules: Vec<_> = wires.iter().map(|wire| module(wire)).collect();
    let docs = ir.tools.iter().map(|tool| format!(" `{}`: {}", tool.dotted, tool.description));
    let ids = (0..ir.tools.len()).map(Literal::usize_unsuffixed);
    let datasets = ir.datasets.iter().enumerate().map(|(index, dataset)| {
        let (name, index) = (&dataset.name, Literal::usize_unsuffixed(index));
        quote!(#name => Some(DatasetId(#index)),)
    });
    let empty = ir.tools.is_empty();
    let (id_body, view_body, needs_body, decide_body) = if empty {
        (quote!(match tool {}), quote!(match tool {}), quote!(match *view {}), quote!(match *view {}))
    } else {
        (
            quote!(ToolId(match tool { #(Tool::#variants => #ids,)* })),
            quote!(match tool { #(Tool::#variants => #modules::view(arguments).map(View::#variants),)* }),
            quote!(match view { #(View::#variants(view) => #modules::needs(view, found),)* }),
            quote!(match view { #(View::#variants(view) => #modules::decide(view, found, evidence),)* }),
        )
    };
    quote! {
        /// Every tool the agent can name. An unknown tool has no value.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Tool { #(#[doc = #docs] #variants,)* }

        impl ::aegis_runtime::kernel::Kernel for Kernel {
            type Tool = Tool;
            type View = View;

            const SPEC: &'static Spec = &SPEC;

            fn tool(wire: &str) -> Option<Tool> {
                match wire {
                    #(#wires => Some(Tool::#variants),)*
                    _ => None,
                }
            }

            fn id(tool: Tool) -> ToolId {
                #id_body
            }

            fn view(tool: Tool, arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
                #view_body
            }

            fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
                #needs_body
            }

            fn decide(view: &View, found: &[Capability], evidence: &Evidence) -> Result<Grant, Denial> {
                #decide_body
            }
        }

        /// The dataset of a name.
        #[allow(dead_code, reason = "an estate may have no dataset")]
        fn dataset(name: &str) -> Option<DatasetId> {
            match name {
                #(#datasets)*
                _ => None,
            }
        }
    }
}

/// The view enum: a tool together with the arguments that rules read.
pub(super) fn views(ir: &Ir) -> TokenStream {
    let variants: Vec<_> = ir.tools.iter().map(|tool| variant(&tool.wire)).collect();
    let modules = ir.tools.iter().map(|tool| module(&tool.wire));
    let docs = ir.tools.iter().map(|tool| format!(" Arguments of `{}`.", tool.dotted));
    quote! {
        /// A tool together with those of its arguments that rules read.
        #[derive(Debug)]
        pub enum View { #(#[doc = #docs] #variants(#modules::View),)* }
    }
}

/// One module a tool.
pub(super) fn modules(ir: &Ir) -> Vec<TokenStream> {
    ir.tools.iter().enumerate().map(|(index, tool)| tool_module(ir, index, tool)).collect()
}

fn tool_module(ir: &Ir, index: usize, tool: &Tool) -> TokenStream {
    let name = module(&tool.wire);
    let doc = format!(" `{}`: its schema, its view, its evaluator.", tool.dotted);
    let schema = raw(&serde_json::to_string(&tool.schema).unwrap_or_default());
    let rules: Vec<&ArgumentRule> = ir.arguments.iter().filter(|rule| rule.tool == index).collect();
    let dataset = names_dataset(tool);
    let (fields, readers) = view_fields(&rules, dataset);
    let checks = rules.iter().filter_map(|rule| argument_check(ir, rule));
    let cell = cell_fn(ir, index, tool);
    let named = option(dataset.then(|| quote!(view.dataset)));
    quote! {
        #[doc = #doc]
        pub mod #name {
            #[allow(unused_imports, reason = "not every tool has rules over arguments or a dataset")]
            use super::{
                ArgumentFault, Capability, Cell, DatasetId, Denial, Domain, Effect, Evidence, Field, Grant, MASKS, Need, dataset, decode,
                gates, phase, policy, rules,
            };

            #[::jsonschema::validator(schema = #schema, validate_formats = false)]
            struct Schema;

            /// The arguments that rules read.
            #[derive(Debug)]
            pub struct View { #(#fields,)* }

            pub(super) fn view(arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
                Schema::validate(arguments).map_err(|error| decode::misfit(&error))?;
                Ok(View { #(#readers,)* })
            }

            #cell

            fn of(capability: Capability) -> Cell {
                match Domain::of(capability.domain) {
                    Some(domain) => cell(capability.effect, domain),
                    None => Cell::Undeclared,
                }
            }

            pub(super) fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
                let _ = view;
                phase::needs(found, of, #named)
            }

            pub(super) fn decide(view: &View, found: &[Capability], evidence: &Evidence) -> Result<Grant, Denial> {
                let _ = view;
                let passed = phase::capabilities(found, of)?;
                #(#checks)*
                let spends = phase::gates(&passed, #named, evidence)?;
                Ok(phase::grant(passed, spends, &MASKS, found))
            }
        }
    }
}

fn view_fields(rules: &[&ArgumentRule], dataset: bool) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let mut fields: BTreeMap<&str, (TokenStream, TokenStream)> = BTreeMap::new();
    for rule in rules {
        let (name, ident) = (rule.field.as_str(), field(&rule.field));
        let doc = format!(" `{name}`");
        let entry = match rule.bound {
            Bound::Maximum(_) | Bound::Minimum(_) => {
                (quote!(#[doc = #doc] pub #ident: Field<i64>), quote!(#ident: decode::integer(arguments, #name)?))
            }
            Bound::MaxLength(_) | Bound::OneOf(_) => {
                (quote!(#[doc = #doc] pub #ident: Field<String>), quote!(#ident: decode::text(arguments, #name)?))
            }
        };
        fields.insert(name, entry);
    }
    let mut entries: Vec<_> = fields.into_values().collect();
    if dataset {
        entries.push((
            quote!(/** The dataset that the call names. */ pub dataset: DatasetId),
            quote!(dataset: decode::named(arguments, "dataset", dataset)?),
        ));
    }
    entries.into_iter().unzip()
}

fn argument_check(ir: &Ir, rule: &ArgumentRule) -> Option<TokenStream> {
    let spec = constant(&ir.rules.get(rule.rule)?.id);
    let pointer = format!("/{}", rule.field.replace('~', "~0").replace('/', "~1"));
    let view = field(&rule.field);
    let absent = option(rule.absent.as_ref().map(|value| match value {
        Value::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(#number)
        }
        Value::Text(text) => quote!(#text),
    }));
    let number = |number: i64| Literal::i64_unsuffixed(number);
    Some(match &rule.bound {
        Bound::Maximum(most) => {
            let most = number(*most);
            quote!(phase::at_most(&rules::#spec, #pointer, &view.#view, #absent, #most)?;)
        }
        Bound::Minimum(least) => {
            let least = number(*least);
            quote!(phase::at_least(&rules::#spec, #pointer, &view.#view, #absent, #least)?;)
        }
        Bound::MaxLength(most) => {
            let most = number(*most);
            quote!(phase::no_longer(&rules::#spec, #pointer, &view.#view, #absent, #most)?;)
        }
        Bound::OneOf(words) => quote!(phase::one_of(&rules::#spec, #pointer, &view.#view, #absent, &[#(#words),*])?;),
    })
}

/// The tool's cells: narrowed rules first, then what the policy says to all, then what the manifest cannot show.
fn cell_fn(ir: &Ir, index: usize, tool: &Tool) -> TokenStream {
    let mut narrowed: BTreeMap<RuleIx, BTreeSet<Pair>> = BTreeMap::new();
    let mut wide: BTreeSet<Pair> = tool.reachable.clone();
    for ((of, pair), rule) in &ir.cells.narrow {
        if *of == index {
            narrowed.entry(*rule).or_default().insert(*pair);
            wide.remove(pair);
        }
    }
    let undeclared: BTreeSet<Pair> = all_pairs(ir).difference(&tool.reachable).copied().collect();
    let narrowed = narrowed.iter().filter_map(|(rule, pairs)| {
        let (pattern, body) = (pattern(ir, pairs), cell(ir.rules.get(*rule)?));
        Some(quote!(#pattern => #body,))
    });
    let wide = (!wide.is_empty()).then(|| {
        let pattern = pattern(ir, &wide);
        quote!(#pattern => policy(effect, domain),)
    });
    let undeclared = (!undeclared.is_empty()).then(|| {
        let pattern = pattern(ir, &undeclared);
        quote!(#pattern => Cell::Undeclared,)
    });
    quote! {
        /// What the policy says of each capability that this tool can show.
        pub const fn cell(effect: Effect, domain: Domain) -> Cell {
            match (effect, domain) { #(#narrowed)* #wide #undeclared }
        }
    }
}
