//! `[audit]` of the policy: files and anchor of the log.

use super::duration;
use crate::diag::{Code, Diag};
use crate::ir::{Audit, Ir};
use crate::model::policy::AuditToml;
use toml::Spanned;

/// No anchor, files of 64 MiB.
pub(super) const DEFAULT: Audit =
    Audit { anchor: Vec::new(), anchor_read: Vec::new(), segment_bytes: 64 << 20, require_anchor: None };

pub(super) fn resolve(toml: &AuditToml, path: &str, ir: &mut Ir, diags: &mut Vec<Diag>) {
    let mut command = |argv: &Spanned<Vec<String>>| {
        if argv.get_ref().first().is_none_or(String::is_empty) {
            let help = "name a program: `[\"/usr/local/bin/anchor\"]`";
            diags.push(Diag::error(Code::UnknownWord, path, argv.span(), "an anchor without a command", help));
        }
        argv.get_ref().clone()
    };
    ir.audit.anchor = toml.anchor.as_ref().map(&mut command).unwrap_or_default();
    ir.audit.anchor_read = toml.anchor_read.as_ref().map(&mut command).unwrap_or_default();
    if let Some(read) = toml.anchor_read.as_ref().filter(|_| ir.audit.anchor.is_empty()) {
        let help = "say how checkpoints are anchored: `anchor = [\"/usr/local/bin/anchor\"]`";
        diags.push(Diag::error(Code::UnknownWord, path, read.span(), "an anchor is read and none is named", help));
    }
    if let Some(size) = &toml.segment_size {
        match bytes(size.get_ref()) {
            Some(bytes) => ir.audit.segment_bytes = bytes,
            None => diags.push(Diag::error(
                Code::UnknownWord,
                path,
                size.span(),
                format!("`{}` is no size of a log file", size.get_ref()),
                "write whole KiB, MiB or GiB from 64KiB to 4GiB: `64MiB`",
            )),
        }
    }
    if let Some(age) = &toml.require_anchor {
        ir.audit.require_anchor = duration(age, path, diags);
        if ir.audit.anchor.is_empty() {
            let help = "say how checkpoints are anchored: `anchor = [\"/usr/local/bin/anchor\"]`";
            diags.push(Diag::error(
                Code::UnknownWord,
                path,
                age.span(),
                "an anchor is required and none is named",
                help,
            ));
        }
    }
}

fn bytes(text: &str) -> Option<u64> {
    super::bytes(text).filter(|bytes| (64 << 10..=4 << 30).contains(bytes))
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_are_whole_units_within_limits() {
        assert_eq!(bytes("64KiB"), Some(65_536));
        assert_eq!(bytes("4GiB"), Some(4 << 30));
        for text in ["", "64", "63KiB", "5GiB", "1.5MiB", "-1MiB", "64 MiB", "64MB", "99999999999999999999GiB"] {
            assert_eq!(bytes(text), None, "{text}");
        }
    }
}
