//! Emission: one `fn(&Ir) -> TokenStream` each, put together and formatted.
//!
//! *Invariants.* No match over a generated enum has a `_` arm and no generated enum is `#[non_exhaustive]`: what the policy does
//! not speak of is E0004 in the emitted code. Items are sorted by name.

mod cells;
pub mod ident;
mod tables;
mod tools;

use crate::ir::Ir;
use crate::source::Sources;
use proc_macro2::TokenStream;
use quote::quote;

/// The kernel as formatted Rust, for `kernel.rs`; its matrix is expected beside it as `matrix.txt`.
#[must_use]
pub fn kernel(ir: &Ir, sources: &Sources) -> String {
    let tokens = items(ir, sources, &quote!(include_str!("matrix.txt")));
    match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        // Unformatted text still compiles or fails where rustc can say why.
        Err(_) => tokens.to_string(),
    }
}

/// The kernel as tokens, for the macro; everything stands inside.
#[must_use]
pub fn inline(ir: &Ir, sources: &Sources, matrix: &str) -> TokenStream {
    let matrix = ident::raw(matrix);
    items(ir, sources, &quote!(#matrix))
}

fn items(ir: &Ir, sources: &Sources, matrix: &TokenStream) -> TokenStream {
    let head = head();
    let kernel = tools::kernel();
    let tools = tools::tools(ir);
    let views = tools::views(ir);
    let domain = cells::domain(ir);
    let policy = cells::policy(ir);
    let rules = cells::rules(ir);
    let gates = cells::gates(ir);
    let classes = tables::classes(ir);
    let masks = tables::masks(ir);
    let modules = tools::modules(ir);
    let spec = tables::spec(ir, matrix);
    let sources = tables::sources(sources);
    quote! { #head #kernel #tools #views #domain #policy #rules #gates #classes #masks #(#modules)* #spec #sources }
}

fn head() -> TokenStream {
    quote! {
        use ::aegis_runtime::decode::{self, ArgumentFault, Field};
        use ::aegis_runtime::denial::Denial;
        use ::aegis_runtime::kernel::{Cell, Evidence, Grant, Need};
        use ::aegis_runtime::phase;
        #[allow(unused_imports, reason = "not every estate uses every table")]
        use ::aegis_runtime::spec::{
            Absent, AuditLevel, AuditSpec, Binary, CageLevel, CageSpec, Carrier, CheckSpec, ColumnKind, ColumnSpec, DatasetId, DatasetSpec, Dialect, DomainSpec,
            Durability, Expect, FieldSpec, FilesSpec, GateOf, GateSpec, Hints, HostSpec, Location, MaskLimits, MaskSpec, Metric, Native, Origin, OutcomeDurability, Phase,
            PathBase, PinSpec, Place, PolicySpec, PrefixSpec, Reader, RuleSpec, SchemaColumn, SchemaMode, SchemaSpec, ScreenKind, ScreenSpec, SecretSource,
            SecretSpec, ServerId, ServerSpec, Severity, SourceSpec, Spec, TableSpec, ToolId, ToolSpec, Unit, Validity,
        };
        #[allow(unused_imports, reason = "not every manifest has every face")]
        use ::aegis_runtime::spec::{Face, UriPart, UriSpec};
        use ::aegis_runtime::vocabulary::{Capability, Class, DomainId, Effect, Operator};
        use ::core::time::Duration;
    }
}
