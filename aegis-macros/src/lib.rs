//! `kernel!`: expands manifests and a policy into a kernel, in a crate of the user's own.
//!
//! ```text
//! aegis_macros::kernel!("manifests", "policies/mine.toml");
//!
//! fn main() -> std::process::ExitCode {
//!     aegis::main::<Kernel>()
//! }
//! ```
//!
//! Paths are relative to the file that holds the call. The crate depends on `aegis-runtime` and on `jsonschema = "=0.60.2"` directly.
//! A changed TOML rebuilds; a new manifest does too, since a macro cannot watch a directory: touch the policy after adding one.
//!
//! *Invariants.* A shim: everything is decided in `aegis-codegen`.

use aegis_codegen::build::{rendered, unreadable};
use aegis_codegen::compile::{Posture, compile};
use aegis_codegen::emit;
use aegis_codegen::source::Sources;
use proc_macro2::TokenStream;
use quote::quote;
use std::path::{Path, PathBuf};
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

/// The macro's words: two paths, and for the demo's twin `unguarded`.
struct Words {
    manifests: LitStr,
    policy: LitStr,
    posture: Posture,
}

impl Parse for Words {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let manifests = input.parse()?;
        input.parse::<Token![,]>()?;
        let policy = input.parse()?;
        let mut posture = Posture::Guarded;
        if input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let word: Ident = input.parse()?;
            if word != "unguarded" {
                return Err(syn::Error::new(word.span(), "the only word here is `unguarded`"));
            }
            posture = Posture::UnguardedAllowed;
        }
        Ok(Self { manifests, policy, posture })
    }
}

/// Expands to `mod kernel` with the compiled policy, and `Kernel` from it.
#[proc_macro]
pub fn kernel(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let words = syn::parse_macro_input!(input as Words);
    expand(&words).unwrap_or_else(|error| error.to_compile_error()).into()
}

fn expand(words: &Words) -> syn::Result<TokenStream> {
    let (manifests, policy) = (beside(&words.manifests), beside(&words.policy));
    let sources = Sources::read(&manifests, &policy)
        .map_err(|error| syn::Error::new(words.manifests.span(), unreadable(&error)))?;
    let compiled = compile(&sources, words.posture).map_err(|diags| {
        syn::Error::new(words.policy.span(), format!("the policy does not compile\n\n{}", rendered(&diags, &sources)))
    })?;
    let items = emit::inline(&compiled.ir, &sources, &compiled.matrix);
    let watched = watched(&manifests, &policy);
    Ok(quote! {
        #[allow(clippy::all, clippy::pedantic, clippy::restriction, unused_imports, reason = "generated; review the snapshot instead")]
        /// The kernel compiled from this crate's manifests and policy.
        pub mod kernel {
            #items
            #(const _: &[u8] = include_bytes!(#watched);)*
        }
        pub use kernel::Kernel;
    })
}

/// A path relative to the file of the call, or to the package where the compiler does not say.
fn beside(path: &LitStr) -> PathBuf {
    let here = path.span().unwrap().local_file();
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    // The compiler names files relative to where it runs, which is the workspace and not the package.
    let here = here.and_then(|file| std::path::absolute(file).ok());
    let near = here.as_deref().and_then(Path::parent).map(|dir| dir.join(path.value())).filter(|near| near.exists());
    near.unwrap_or_else(|| root.join(path.value()))
}

/// The files whose change must rebuild.
fn watched(manifests: &Path, policy: &Path) -> Vec<String> {
    let mut files = vec![policy.to_owned()];
    for dir in [manifests.to_owned(), manifests.join("schemas")] {
        files.extend(
            std::fs::read_dir(dir)
                .into_iter()
                .flatten()
                .flatten()
                .map(|entry| entry.path())
                .filter(|path| path.is_file()),
        );
    }
    files.sort();
    files.iter().filter_map(|file| file.canonicalize().ok()).map(|file| file.to_string_lossy().into_owned()).collect()
}
