//! `cargo bench --workspace --bench mask`: bytes masked a second, dense and clean, by the public interface.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may fail loudly")]

use aegis_runtime::mask::Masker;
use aegis_runtime::spec::{AuditLevel, Durability, MaskSpec, OutcomeDurability, Phase, PolicySpec, RuleSpec, Spec};
use aegis_runtime::vocabulary::{Class, DomainId, Operator};
use divan::Bencher;
use divan::counter::BytesCount;

static RULE: RuleSpec =
    RuleSpec { id: "mask", why: "", phase: Phase::Transform, remedy: None, audit: AuditLevel::Meta };
static MASKS: [MaskSpec; 1] = [MaskSpec {
    rule: &RULE,
    domains: &[DomainId(0)],
    operators: &[
        (Class::Email, Operator::Token),
        (Class::Phone, Operator::Redact),
        (Class::Ssn, Operator::Redact),
        (Class::Card, Operator::Redact),
        (Class::Iban, Operator::Redact),
        (Class::Secret, Operator::Redact),
        (Class::NationalId, Operator::Redact),
        (Class::IpAddress, Operator::Redact),
        (Class::BankAccount, Operator::Redact),
    ],
}];
static SPEC: Spec = Spec {
    policy: PolicySpec {
        name: "",
        digest: "",
        posture: "guarded",
        durability: Durability::Os,
        outcome: OutcomeDurability::Group,
        audit: aegis_runtime::spec::AuditSpec::DEFAULT,
        mask: aegis_runtime::spec::MaskLimits::DEFAULT,
    },
    domains: &[],
    servers: &[],
    tools: &[],
    tables: &[],
    prefixes: &[],
    files: &[],
    hosts: &[],
    datasets: &[],
    rules: &[],
    masks: &MASKS,
    sources: &[],
    matrix: "",
};

fn main() {
    divan::main();
}

fn document(row: &str, bytes: usize) -> String {
    let rows = vec![row; bytes / row.len()].join(",");
    format!("{{\"structuredContent\":{{\"rows\":[{rows}]}}}}")
}

fn run(bencher: Bencher<'_, '_>, document: &str) {
    let masker = Masker::new(&SPEC, [1; 32]);
    let plan = masker.everywhere();
    bencher.counter(BytesCount::of_str(document)).bench_local(|| masker.json(document, &plan).unwrap());
}

const DENSE: &str =
    r#"[17,"ada.lovelace@example.com","+49 30 1234567","123-45-6789","4111 1111 1111 1111","left at the door"]"#;
const CLEAN: &str =
    r#"[17,"the quick brown fox jumps over the lazy dog","open","2026-11-24T12:00:00Z","left at the door, twice"]"#;

#[divan::bench]
fn dense_1_mib(bencher: Bencher<'_, '_>) {
    run(bencher, &document(DENSE, 1 << 20));
}

/// Rows of which no two hold the same values.
fn varied(bytes: usize) -> String {
    let row = |place: usize| {
        let n = place * 7919 % 9000 + 1000;
        format!(
            r#"[{place},"ada.lovelace{n}@example.com","+49 30 123{n}","{}-45-{n}","4111 1111 1111 1111","left at the door"]"#,
            100 + n % 500
        )
    };
    let rows: Vec<String> = (0..bytes / 100).map(row).collect();
    format!("{{\"structuredContent\":{{\"rows\":[{}]}}}}", rows.join(","))
}

#[divan::bench]
fn dense_varied_1_mib(bencher: Bencher<'_, '_>) {
    run(bencher, &varied(1 << 20));
}

#[divan::bench]
fn dense_prose_1_mib(bencher: Bencher<'_, '_>) {
    let text = "Please write to ada.lovelace17@example.com or call +49 30 1234567, her card is 4111 1111 1111 1111 and the number 123-45-6789.\n";
    run(bencher, &serde_json::Value::from(text.repeat((1 << 20) / text.len())).to_string());
}

/// A header whose words say of every number below what it is.
#[divan::bench]
fn csv_256_kib(bencher: Bencher<'_, '_>) {
    let row =
        |n: usize| format!("{n},{},{},{}\n", 123_456_789 + n * 31, 9_434_765_919 - n * 17, 2_125_550_123 + n * 13);
    let text: String = (0..(1 << 18) / 40).map(row).collect();
    run(bencher, &serde_json::Value::from(format!("id,ssn,account number,phone\n{text}")).to_string());
}

/// Placeholders among values: each is looked for among the other.
#[divan::bench]
fn placeholders_256_kib(bencher: Bencher<'_, '_>) {
    run(bencher, &serde_json::Value::from("[EMAIL] a@b.co ".repeat((1 << 18) / 15)).to_string());
}

#[divan::bench]
fn clean_1_mib(bencher: Bencher<'_, '_>) {
    run(bencher, &document(CLEAN, 1 << 20));
}

#[divan::bench]
fn hostile_1_mib(bencher: Bencher<'_, '_>) {
    run(bencher, &serde_json::Value::from("1-".repeat(1 << 19)).to_string());
}

#[divan::bench]
fn prose_1_mib(bencher: Bencher<'_, '_>) {
    let text =
        "Das ist ein längerer Text über Grüße; it has no personal data, and mentions order 1234567 of 2026-11-24. ";
    run(bencher, &serde_json::Value::from(text.repeat((1 << 20) / text.len())).to_string());
}

#[divan::bench]
fn mixed_6_kib(bencher: Bencher<'_, '_>) {
    run(bencher, &document(&format!("{CLEAN},{CLEAN},{DENSE}"), 6 * 1024));
}
