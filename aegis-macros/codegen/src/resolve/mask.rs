//! `[mask]` of the policy: limits of the masker, each within bounds.

use super::{bytes, word};
use crate::diag::{Code, Diag};
use crate::ir::{Ir, MaskLimits};
use crate::model::policy::MaskToml;
use std::ops::RangeInclusive;
use toml::Spanned;

/// What holds where a policy says nothing.
pub(super) const DEFAULT: MaskLimits =
    MaskLimits { bytes: 8 << 20, depth: 64, string: 4 << 20, places: 100_000, private_addresses: false };

/// Bytes of a result and of a string in it. No server's answer is longer than the upper one.
const BYTES: RangeInclusive<u64> = 64 << 10..=16 << 20;
/// Levels: fewer than those of a table hold no result, and more than 100 are not read as JSON.
const DEPTH: RangeInclusive<u64> = 8..=100;
const PLACES: RangeInclusive<u64> = 1_000..=1_000_000;

pub(super) fn resolve(toml: &MaskToml, path: &str, ir: &mut Ir, diags: &mut Vec<Diag>) {
    let limits = &mut ir.limits;
    let mut size = |value: &Option<Spanned<String>>, limit: &mut u64| {
        let Some(value) = value else { return };
        let help = "write whole KiB or MiB from 64KiB to 16MiB: `8MiB`";
        bound(
            limit,
            bytes(value.get_ref()),
            &BYTES,
            &Told { shown: value.get_ref(), span: value.span(), help },
            path,
            diags,
        );
    };
    size(&toml.max_bytes, &mut limits.bytes);
    size(&toml.max_string, &mut limits.string);
    let mut count = |value: &Option<Spanned<i64>>, limit: &mut u64, bounds, help| {
        let Some(value) = value else { return };
        let shown = value.get_ref().to_string();
        bound(
            limit,
            u64::try_from(*value.get_ref()).ok(),
            bounds,
            &Told { shown: &shown, span: value.span(), help },
            path,
            diags,
        );
    };
    count(&toml.max_depth, &mut limits.depth, &DEPTH, "write a number from 8 to 100: `64`");
    count(&toml.max_places, &mut limits.places, &PLACES, "write a number from 1000 to 1000000: `100000`");
    if let Some(value) = &toml.private_addresses {
        let words = [("keep", false), ("mask", true)];
        limits.private_addresses = word(value, "treatment of private addresses", &words, path, diags).unwrap_or(true);
    }
}

/// How a value is written, and what would be a good one.
struct Told<'toml> {
    shown: &'toml str,
    span: std::ops::Range<usize>,
    help: &'static str,
}

fn bound(
    limit: &mut u64,
    value: Option<u64>,
    bounds: &RangeInclusive<u64>,
    told: &Told<'_>,
    path: &str,
    diags: &mut Vec<Diag>,
) {
    match value.filter(|value| bounds.contains(value)) {
        Some(value) => *limit = value,
        None => {
            let message = format!("`{}` is out of bounds", told.shown);
            diags.push(Diag::error(Code::MaskBounds, path, told.span.clone(), message, told.help));
        }
    }
}
