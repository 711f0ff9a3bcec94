//! Gates: which receipt opens what, and who mints it.

use super::{check_id, check_why, duration, named, word};
use crate::diag::{Code, Diag, suggest};
use crate::ir::{DatasetIx, Gate, Ir};
use crate::model::policy::{GateToml, PolicyFile};
use crate::native::MINTED;
use std::collections::BTreeSet;

const ASSURANCES: [(&str, &str); 2] = [("kernel-read", "kernel-read"), ("operator", "operator")];
const VERSIONS: [(&str, &str); 4] = [("etag", "etag"), ("listing", "listing"), ("rows", "rows"), ("call", "call")];

/// The kinds that the policy declares.
pub(super) fn kinds(policy: &PolicyFile, path: &str, diags: &mut Vec<Diag>) {
    for (name, kind) in &policy.receipt {
        check_id(name, path, diags);
        check_why(&kind.why, path, diags);
        word(&kind.minter, "minter", &[("operator", ())], path, diags);
        if MINTED.iter().any(|(minted, _)| minted == name.get_ref()) {
            let message = format!("`{}` is the kernel's own kind", name.get_ref());
            diags.push(Diag::error(Code::Duplicate, path, name.span(), message, "give yours another name"));
        }
    }
}

pub(super) fn opened_by(
    gate: &GateToml,
    policy: &PolicyFile,
    path: &str,
    ir: &Ir,
    diags: &mut Vec<Diag>,
) -> Option<Gate> {
    let requires = &gate.requires;
    let max_age = duration(&requires.max_age, path, diags);
    let of = requires.of.get_ref();
    let dataset = if of == "dataset" || of == "call" {
        None
    } else {
        let known = ir.datasets.iter().map(|dataset| dataset.name.as_str());
        Some(named(&requires.of, "dataset", Code::UnknownDataset, known, path, diags)?)
    };
    let kind = requires.receipt.get_ref();
    let minted = MINTED.iter().find(|(minted, wire)| minted == kind && ir.tools.iter().any(|tool| tool.wire == *wire));
    let declared = policy.receipt.keys().any(|name| name.get_ref() == kind);
    let minter = match minted {
        Some((_, wire)) => (*wire).to_owned(),
        None if declared => "aegis receipt approve".to_owned(),
        None => {
            let kernel = MINTED.iter().map(|(minted, _)| *minted).filter(|_| !ir.datasets.is_empty());
            let known = kernel.chain(policy.receipt.keys().map(|name| name.get_ref().as_str()));
            let message = format!("nothing mints `{kind}`");
            let person = "for a person's approval declare `[receipt.NAME]` with `why` and `minter = \"operator\"`";
            let help = format!("{}; {person}", suggest(kind, known));
            diags.push(Diag::error(Code::UnknownReceipt, path, requires.receipt.span(), message, help));
            return None;
        }
    };
    if declared != (of == "call") {
        let (message, help) = if declared {
            (format!("`{kind}` approves calls"), "write `for = \"call\"`")
        } else {
            (
                format!("`{kind}` is for datasets"),
                "write `for = \"dataset\"`, or declare a kind with `minter = \"operator\"`",
            )
        };
        diags.push(Diag::error(Code::UnknownReceipt, path, requires.of.span(), message, help));
        return None;
    }
    let assurance = requires.assurance.as_ref().and_then(|text| word(text, "assurance", &ASSURANCES, path, diags));
    let version_kind =
        requires.version_kind.as_ref().and_then(|text| word(text, "version kind", &VERSIONS, path, diags));
    // A gate that nothing can open is a block that does not say so.
    let (word, versions) =
        if declared { ("operator", BTreeSet::from(["call"])) } else { ("kernel-read", kept(ir, dataset)) };
    if assurance.is_some_and(|given| given != word) || version_kind.is_some_and(|given| !versions.contains(given)) {
        let message = format!("no `{kind}` is ever like this, so nothing opens the gate");
        let versions = Vec::from_iter(versions).join("\"` or `\"");
        let help = format!("`{kind}` has `assurance = \"{word}\"` and `version-kind = \"{versions}\"`");
        diags.push(Diag::error(Code::UnknownReceipt, path, requires.receipt.span(), message, help));
        return None;
    }
    Some(Gate { receipt: kind.clone(), dataset, call: declared, assurance, version_kind, max_age: max_age?, minter })
}

/// What pins the versions of a dataset, or of any.
fn kept(ir: &Ir, dataset: Option<DatasetIx>) -> BTreeSet<&'static str> {
    let datasets = ir.datasets.iter().enumerate().filter(|(index, _)| dataset.is_none_or(|wanted| wanted == *index));
    datasets.map(|(_, dataset)| dataset.silver.place.version_kind()).collect()
}
