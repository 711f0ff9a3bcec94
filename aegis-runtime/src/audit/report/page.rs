//! The page itself.

use super::super::tail::word;
use super::super::verdict::{Overall, Verdicts};
use super::facts::{Count, Facts, Receipt};
use super::style::CSS;
use super::text;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Bars of the timeline at most; older hours are left out of it.
const BARS: usize = 72;

pub(super) fn render(verdicts: &Verdicts, facts: &Facts) -> String {
    let now = format!("{:.0}", jiff::Timestamp::now());
    let mut out = String::from("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
    );
    out.push_str(
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>Aegis audit report</title>",
    );
    let _ = write!(out, "<style>{CSS}</style></head><body><main>");
    let principals: Vec<String> = facts.principals.iter().map(|name| text(name)).collect();
    let _ = write!(
        out,
        "<header><h1>Aegis <span>audit report</span></h1><div class=\"meta\">{} to {}<br>acting as {} &middot; {} kernel{} &middot; written {}</div></header>",
        moment(&facts.first),
        moment(&facts.last),
        if principals.is_empty() { "nobody".to_owned() } else { principals.join(", ") },
        facts.kernels.len(),
        if facts.kernels.len() == 1 { "" } else { "s" },
        moment(&now)
    );
    verdict(&mut out, verdicts);
    tiles(&mut out, facts);
    timeline(&mut out, &facts.hours);
    tools(&mut out, &facts.tools);
    rules(&mut out, &facts.rules);
    receipts(&mut out, &facts.receipts);
    classes(&mut out, &facts.classes);
    denials(&mut out, &facts.denials);
    events(&mut out, &facts.events);
    out.push_str("<footer>Values never stand in this log, only keyed commitments and counts. The log is tamper-evident relative to an anchor you hold; without one, relative to the head rows beside it. Check it yourself: <code>aegis audit verify --anchor FILE</code></footer></main></body></html>\n");
    out
}

fn verdict(out: &mut String, verdicts: &Verdicts) {
    let (tone, title) = match verdicts.overall() {
        Overall::Verified => ("ok", "Verified against your anchor"),
        Overall::Tampered => ("no", "Tampered with, or damaged"),
        Overall::Torn => ("warn", "Consistent up to a torn tail"),
        Overall::Unanchored => ("warn", "Consistent, but unanchored"),
    };
    let said = verdicts
        .first
        .as_ref()
        .map_or_else(|| verdicts.sentence().to_owned(), |first| format!("First difference: {first}"));
    let _ = write!(
        out,
        "<section class=\"verdict {tone}\" id=\"verdict\"><strong>{title}</strong><p>{}</p></section>",
        text(&said)
    );
    out.push_str("<div class=\"checks\">");
    for (name, verdict) in verdicts.lines() {
        let tone = if verdict.holds { "ok" } else { "no" };
        let _ = write!(out, "<div class=\"check {tone}\"><b>{name}</b>{}</div>", text(&verdict.detail));
    }
    out.push_str("</div>");
}

fn tiles(out: &mut String, facts: &Facts) {
    let Count { allowed, denied, failed, masked } = facts.total;
    let standing = facts.receipts.values().filter(|receipt| receipt.fate == "minted").count();
    out.push_str("<div class=\"tiles\">");
    for (tone, number, name) in [
        ("ok", allowed, "calls allowed"),
        ("no", denied, "calls denied"),
        ("mask", masked, "places masked"),
        ("warn", failed, "calls that failed"),
        ("", u64::try_from(facts.receipts.len()).unwrap_or(u64::MAX), "receipts earned"),
        ("", u64::try_from(standing).unwrap_or(u64::MAX), "receipts unspent"),
    ] {
        let _ = write!(out, "<div class=\"tile {tone}\"><b>{}</b><span>{name}</span></div>", grouped(number));
    }
    out.push_str("</div>");
    if facts.orphaned > 0 {
        let _ = write!(
            out,
            "<p class=\"soft\">{} allowed calls ended without a known outcome: their kernel died.</p>",
            facts.orphaned
        );
    }
}

fn timeline(out: &mut String, hours: &BTreeMap<String, Count>) {
    let busy: Vec<(&String, &Count)> = hours.iter().filter(|(_, count)| count.allowed + count.denied > 0).collect();
    let shown = busy.get(busy.len().saturating_sub(BARS)..).unwrap_or_default();
    let Some(most) = shown.iter().map(|(_, count)| count.allowed.saturating_add(count.denied)).max() else { return };
    out.push_str("<h2>Over time</h2><p class=\"legend\"><i class=\"ok\"></i>allowed<i class=\"no\"></i>denied, by hour (UTC)</p><div class=\"card\"><svg viewBox=\"0 0 1040 190\" role=\"img\" aria-label=\"calls by hour\">");
    let slots = f64::from(u32::try_from(shown.len().max(12)).unwrap_or(u32::MAX));
    let width = 1040.0 / slots;
    let height = |count: u64| 150.0 * ratio(count, most);
    for (index, (hour, count)) in shown.iter().enumerate() {
        let left = width * f64::from(u32::try_from(index).unwrap_or(u32::MAX));
        let (a, d) = (height(count.allowed), height(count.denied));
        let bar = (width - 6.0).clamp(2.0, 64.0);
        let _ = write!(
            out,
            "<g><title>{hour}:00 &#8211; {} allowed, {} denied</title><rect class=\"a\" x=\"{left:.1}\" y=\"{:.1}\" width=\"{bar:.1}\" height=\"{a:.1}\" rx=\"3\"/><rect class=\"d\" x=\"{left:.1}\" y=\"{:.1}\" width=\"{bar:.1}\" height=\"{d:.1}\" rx=\"3\"/></g>",
            count.allowed,
            count.denied,
            160.0 - a,
            158.0 - a - d,
            hour = text(hour)
        );
        if index % shown.len().div_ceil(12).max(1) == 0 {
            let label = hour.get(5..).unwrap_or_default().replace('T', " ");
            let _ = write!(out, "<text x=\"{left:.1}\" y=\"182\">{}h</text>", text(&label));
        }
    }
    out.push_str("</svg></div>");
}

fn tools(out: &mut String, tools: &BTreeMap<String, Count>) {
    let mut rows: Vec<_> = tools.iter().filter(|(_, count)| count.allowed + count.denied > 0).collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(count.allowed.saturating_add(count.denied)));
    open(out, "By tool", &["Tool", "", "#Allowed", "#Denied", "#Failed", "#Masked"]);
    for (name, count) in &rows {
        let total = count.allowed.saturating_add(count.denied);
        let _ = write!(
            out,
            "<tr><td><code>{}</code></td><td><div class=\"bar\"><i class=\"ok\" style=\"width:{:.1}%\"></i><i class=\"no\" style=\"width:{:.1}%\"></i></div></td>{}{}{}{}</tr>",
            text(name),
            100.0 * ratio(count.allowed, total),
            100.0 * ratio(count.denied, total),
            number(count.allowed),
            number(count.denied),
            number(count.failed),
            number(count.masked)
        );
    }
    close(out, rows.is_empty(), "No calls yet.");
}

fn rules(out: &mut String, rules: &BTreeMap<String, (Count, String)>) {
    let mut rows: Vec<_> = rules.iter().collect();
    rows.sort_by_key(|(_, (count, _))| std::cmp::Reverse(count.denied));
    open(out, "By rule", &["Rule", "Why", "#Allowed", "#Denied"]);
    for (name, (count, why)) in &rows {
        let _ = write!(
            out,
            "<tr><td><code>{}</code></td><td class=\"soft\">{}</td>{}{}</tr>",
            text(name),
            text(why),
            number(count.allowed),
            number(count.denied)
        );
    }
    close(out, rows.is_empty(), "No rule has spoken yet.");
}

fn receipts(out: &mut String, receipts: &BTreeMap<String, Receipt>) {
    open(out, "Receipts and their fate", &["Earned", "Kind", "Dataset", "Version", "Fate"]);
    for receipt in receipts.values() {
        let tone = match receipt.fate.as_str() {
            "consumed" => "ok",
            "burned" | "voided" => "no",
            "minted" | "released" | "reserved" => "mask",
            _ => "warn", // expired, or a word of a later version
        };
        let fate = if receipt.fate == "minted" { "unspent" } else { &receipt.fate };
        let _ = write!(
            out,
            "<tr><td class=\"t\">{}</td><td>{}</td><td><code>{}</code></td><td><code>{}</code></td><td><span class=\"pill {tone}\">{}</span></td></tr>",
            moment(&receipt.minted),
            text(&receipt.kind),
            text(&receipt.dataset),
            text(&receipt.version),
            text(fate)
        );
    }
    close(out, receipts.is_empty(), "No receipt was earned yet.");
}

fn classes(out: &mut String, classes: &BTreeMap<String, u64>) {
    if classes.is_empty() {
        return;
    }
    open(out, "What was masked", &["Class", "#Places"]);
    for (class, count) in classes {
        let _ = write!(out, "<tr><td><span class=\"pill mask\">{}</span></td>{}</tr>", text(class), number(*count));
    }
    close(out, false, "");
}

fn denials(out: &mut String, denials: &[Value]) {
    open(out, "Latest denials", &["Time (UTC)", "Tool", "Rule", "Why"]);
    for record in denials {
        let rule = Some(word(record, "rule")).filter(|rule| !rule.is_empty()).unwrap_or(word(record, "code"));
        let _ = write!(
            out,
            "<tr><td class=\"t\">{}</td><td><code>{}</code></td><td><span class=\"pill no\">{}</span></td><td class=\"soft\">{}</td></tr>",
            moment(word(record, "ts")),
            text(word(record, "tool")),
            text(rule),
            text(word(record, "why"))
        );
    }
    close(out, denials.is_empty(), "Nothing was denied.");
}

fn events(out: &mut String, events: &[Value]) {
    open(out, "Latest events of the kernel", &["Time (UTC)", "Event", ""]);
    for record in events {
        let said =
            ["server", "failed", "difference", "reason", "kernel", "version"].iter().map(|key| word(record, key));
        let said: Vec<&str> = said.filter(|word| !word.is_empty()).collect();
        let _ = write!(
            out,
            "<tr><td class=\"t\">{}</td><td><code>{}</code></td><td class=\"soft\">{}</td></tr>",
            moment(word(record, "ts")),
            text(word(record, "ev")),
            text(&said.join(" \u{b7} "))
        );
    }
    close(out, events.is_empty(), "Nothing.");
}

/// A heading and a table's head; `#` marks numbers.
fn open(out: &mut String, title: &str, columns: &[&str]) {
    let _ = write!(out, "<h2>{title}</h2><div class=\"card\"><table><thead><tr>");
    for column in columns {
        let class = if column.starts_with('#') { " class=\"n\"" } else { "" };
        let _ = write!(out, "<th{class}>{}</th>", column.trim_start_matches('#'));
    }
    out.push_str("</tr></thead><tbody>");
}

fn close(out: &mut String, empty: bool, words: &str) {
    out.push_str("</tbody></table>");
    if empty {
        let _ = write!(out, "<div class=\"empty\">{words}</div>");
    }
    out.push_str("</div>");
}

fn number(count: u64) -> String {
    let class = if count == 0 { "n zero" } else { "n" };
    format!("<td class=\"{class}\">{}</td>", grouped(count))
}

/// `1,234,567`.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len().saturating_sub(index)) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn ratio(part: u64, whole: u64) -> f64 {
    // Counts of one log are far below what a double holds exactly.
    let number = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}

/// `2026-01-31 23:59:58`.
fn moment(time: &str) -> String {
    text(&time.get(..19).unwrap_or(time).replace('T', " "))
}
