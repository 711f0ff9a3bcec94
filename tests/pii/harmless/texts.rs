//! Texts: code, logs, tables, prose.

use super::Make;
use crate::random::ALNUM;
use serde_json::json;

pub const TEXTS: &[(&str, Make)] = &[
    ("code", |r| {
        format!(
            "fn main() {{\n    let id = {}u64;\n    let x: [u8; 16] = [0x{}, 0x{}];\n    assert_eq!(id & 0xffff, {});\n}}\n",
            r.digits(12),
            r.hex(2),
            r.hex(2),
            r.below(65536)
        )
    }),
    ("code", |r| {
        format!(
            "SELECT o.id, o.amount_cents FROM orders o WHERE o.id BETWEEN {} AND {} -- shard {}",
            r.digits(9),
            r.digits(10),
            r.below(64)
        )
    }),
    ("code", |r| {
        format!(
            "def f(password: str, token=None):\n    \"\"\"Checks a password.\"\"\"\n    return hash(password)[:{}]\n",
            r.below(30)
        )
    }),
    ("access-log", |r| {
        format!(
            "10.0.{}.{} - - [01/Mar/2026:09:12:44 +0000] \"GET /orders/{} HTTP/1.1\" 200 {} \"-\" \"curl/8.{}.{}\" {} {} {}",
            r.below(256),
            r.below(256),
            r.digits(9),
            r.digits(4),
            r.below(9),
            r.below(9),
            r.digits(3),
            r.digits(3),
            r.digits(4)
        )
    }),
    ("kernel-log", |r| {
        format!(
            "[{}.{}] usb 1-1.{}: new high-speed USB device number {} using xhci_hcd, idVendor={}, idProduct={}",
            r.digits(5),
            r.digits(6),
            r.below(5),
            r.below(20),
            r.hex(4),
            r.hex(4)
        )
    }),
    ("metrics-csv", |r| {
        let rows: Vec<String> = (0..4)
            .map(|_| format!("17{},{}.{},{},{}", r.digits(8), r.below(100), r.digits(12), r.digits(9), r.digits(10)))
            .collect();
        format!("ts,cpu,bytes_in,bytes_out\n{}", rows.join("\n"))
    }),
    ("metrics", |r| {
        format!(
            "http_requests_total{{method=\"get\",code=\"200\"}} {} 17{}\nprocess_start_time_seconds 1.7{}e+09",
            r.digits(10),
            r.digits(11),
            r.digits(8)
        )
    }),
    ("columns", |r| {
        format!(
            "{:>10} {:>5} {:>9}\n{:>10} {:>5} {:>9}",
            r.digits(5),
            r.digits(5),
            r.digits(9),
            r.digits(3),
            r.digits(3),
            r.digits(4)
        )
    }),
    ("git-diff", |r| {
        format!(
            "diff --git a/src/lib.rs b/src/lib.rs\nindex {}..{} 100644\n--- a/src/lib.rs\n+++ b/src/lib.rs\n@@ -{},7 +{},9 @@ fn x()\n-    let a = {};\n+    let a = {};\n",
            r.hex(7),
            r.hex(7),
            r.below(900),
            r.below(900),
            r.digits(9),
            r.digits(9)
        )
    }),
    ("git-log", |r| {
        format!(
            "commit {}\nMerge: {} {}\nDate:   Sun Mar 1 09:12:44 2026 +0100\n\n    fix #{}: off by one in release {}.{}.{}\n",
            r.hex(40),
            r.hex(7),
            r.hex(7),
            r.digits(5),
            r.below(9),
            r.below(30),
            r.below(9)
        )
    }),
    ("prose", |r| {
        format!(
            "Public licences of {} projects were reviewed; {} of them are MIT, the rest Apache-2.0. See section {}.{}.{} of the report.",
            r.digits(3),
            r.digits(2),
            r.below(9),
            r.below(9),
            r.below(9)
        )
    }),
    ("prose", |r| {
        format!(
            "The meeting moved from 2026-03-{:02} 14:00 to 15:30 in room {}-{}; bring {} copies.",
            r.between(1, 28),
            r.digits(2),
            r.digits(3),
            r.digits(2)
        )
    }),
    ("prose", |r| {
        format!(
            "Order {} of {} items ({} kg) ships in {} boxes, {} x {} x {} mm, at {}%.",
            r.digits(8),
            r.digits(2),
            r.digits(3),
            r.digits(2),
            r.digits(3),
            r.digits(3),
            r.digits(3),
            r.below(100)
        )
    }),
    ("prose-at", |r| format!("Meet at 5 dot com cafe at noon; look at the dot on page {}", r.below(99))),
    ("json-schema", |_| {
        json!({"type": "object", "properties": {"email": {"type": "string", "format": "email"}, "ssn": {"type": "string", "pattern": "^\\d{3}-\\d{2}-\\d{4}$"}, "phone": {"type": "string"}}, "required": ["email"]}).to_string()
    }),
    ("table-info", |_| {
        json!({"columns": [{"name": "email", "type": "TEXT"}, {"name": "ssn", "type": "TEXT"}, {"name": "password_hash", "type": "TEXT"}]}).to_string()
    }),
    ("base64-picture", |r| format!("data:image/png;base64,iVBORw0KGgo{}", r.text(ALNUM, 200))),
    ("base64-blob", |r| format!("{}==", r.text(ALNUM, 86))),
    ("lockfile", |r| {
        format!("[[package]]\nname = \"serde\"\nversion = \"1.0.{}\"\nchecksum = \"{}\"\n", r.below(300), r.hex(64))
    }),
    ("lockfile", |r| format!("\"integrity\": \"sha512-{}==\"", r.text(ALNUM, 86))),
    ("k8s", |r| {
        format!(
            "pod/api-{}-{} 1/1 Running 0 {}d 10.244.{}.{}",
            r.hex(9),
            r.text("bcdfghjklmnpqrstvwxz2456789", 5),
            r.below(90),
            r.below(256),
            r.below(256)
        )
    }),
    ("certificate", |r| format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----", r.text(ALNUM, 64))),
    ("public-key", |r| format!("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{} deploy", r.text(ALNUM, 43))),
    ("trace", |r| format!("traceparent: 00-{}-{}-01", r.hex(32), r.hex(16))),
    ("stack", |r| {
        format!(
            "thread 'main' panicked at src/main.rs:{}:{}:\nindex out of bounds: the len is {} but the index is {}\n   0: 0x{} - core::ops::function::FnOnce",
            r.below(900),
            r.below(80),
            r.below(99),
            r.between(99, 999),
            r.hex(12)
        )
    }),
    ("sequence", |r| {
        let n = r.between(100, 900);
        (n..n + 9).map(|n| n.to_string()).collect::<Vec<_>>().join(" ")
    }),
    ("matrix", |r| {
        (0..4).map(|_| format!("[{}, {}, {}]", r.digits(3), r.digits(3), r.digits(4))).collect::<Vec<_>>().join(", ")
    }),
];
