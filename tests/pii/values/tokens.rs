//! Credentials in their issuers' formats. None was ever issued.

use crate::random::{ALNUM, Random, URL};

pub const ISSUERS: [&str; 34] = [
    "aws",
    "aws-session",
    "gcp",
    "gcp-oauth",
    "gcp-access",
    "azure-storage",
    "github",
    "github-oauth",
    "github-server",
    "github-fine",
    "gitlab",
    "gitlab-runner",
    "slack-bot",
    "slack-user",
    "slack-app",
    "stripe",
    "stripe-test",
    "stripe-restricted",
    "stripe-hook",
    "openai",
    "openai-old",
    "openai-service",
    "anthropic",
    "anthropic-admin",
    "npm",
    "pypi",
    "jwt",
    "hugging-face",
    "sendgrid",
    "shopify",
    "digitalocean",
    "databricks",
    "vault",
    "docker",
];

pub fn token(random: &mut Random, issuer: &str) -> String {
    let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    match issuer {
        "aws" => format!("AKIA{}", random.text(upper, 16)),
        "aws-session" => format!("ASIA{}", random.text(upper, 16)),
        "gcp" => format!("AIza{}", random.text(URL, 35)),
        "gcp-oauth" => format!("GOCSPX-{}", random.text(URL, 28)),
        "gcp-access" => format!("ya29.a0{}", random.text(URL, 80)),
        "azure-storage" => format!("AccountKey={}==", random.text(ALNUM, 86)),
        "github" => format!("ghp_{}", random.text(ALNUM, 36)),
        "github-oauth" => format!("gho_{}", random.text(ALNUM, 36)),
        "github-server" => format!("ghs_{}", random.text(ALNUM, 36)),
        "github-fine" => format!("github_pat_{}_{}", random.text(ALNUM, 22), random.text(ALNUM, 59)),
        "gitlab" => format!("glpat-{}", random.text(URL, 20)),
        "gitlab-runner" => format!("glrt-{}", random.text(URL, 20)),
        "slack-bot" => format!("xoxb-{}-{}-{}", random.digits(12), random.digits(13), random.text(ALNUM, 24)),
        "slack-user" => {
            format!("xoxp-{}-{}-{}-{}", random.digits(12), random.digits(12), random.digits(13), random.hex(32))
        }
        "slack-app" => format!("xapp-1-A{}-{}-{}", random.text(upper, 10), random.digits(13), random.hex(64)),
        "stripe" => format!("sk_live_{}", random.text(ALNUM, 24)),
        "stripe-test" => format!("sk_test_{}", random.text(ALNUM, 24)),
        "stripe-restricted" => format!("rk_live_{}", random.text(ALNUM, 24)),
        "stripe-hook" => format!("whsec_{}", random.text(ALNUM, 32)),
        "openai" => format!("sk-proj-{}T3BlbkFJ{}", random.text(URL, 74), random.text(URL, 74)),
        "openai-old" => format!("sk-{}T3BlbkFJ{}", random.text(ALNUM, 20), random.text(ALNUM, 20)),
        "openai-service" => format!("sk-svcacct-{}", random.text(URL, 100)),
        "anthropic" => format!("sk-ant-api03-{}AA", random.text(URL, 93)),
        "anthropic-admin" => format!("sk-ant-admin01-{}AA", random.text(URL, 93)),
        "npm" => format!("npm_{}", random.text(ALNUM, 36)),
        "pypi" => format!("pypi-AgEIcHlwaS5vcmc{}", random.text(URL, 120)),
        "jwt" => format!(
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI{}In0.{}",
            random.text(ALNUM, 24),
            random.text(URL, 43)
        ),
        "hugging-face" => format!("hf_{}", random.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 34)),
        "sendgrid" => format!("SG.{}.{}", random.text(URL, 22), random.text(URL, 43)),
        "shopify" => format!("shpat_{}", random.hex(32)),
        "digitalocean" => format!("dop_v1_{}", random.hex(64)),
        "databricks" => format!("dapi{}", random.hex(32)),
        "vault" => format!("hvs.{}", random.text(URL, 90)),
        _ => format!("dckr_pat_{}", random.text(URL, 27)),
    }
}

pub fn private_key(random: &mut Random) -> String {
    let kind = random.pick(&["RSA ", "", "EC ", "OPENSSH ", "ENCRYPTED "]);
    let lines: Vec<String> = (0..6).map(|_| random.text(ALNUM, 64)).collect();
    format!("-----BEGIN {kind}PRIVATE KEY-----\n{}\n-----END {kind}PRIVATE KEY-----", lines.join("\n"))
}

/// A password that its place tells.
pub fn password(random: &mut Random) -> String {
    match random.below(3) {
        0 => format!("{}!{}", random.text(ALNUM, 9), random.digits(2)),
        1 => random.text(ALNUM, 14),
        _ => format!("{}-{}-{}", random.text(ALNUM, 4), random.text(ALNUM, 4), random.text(ALNUM, 5)),
    }
}

/// A connection string; the password is what must go.
pub fn dsn(random: &mut Random, password: &str) -> String {
    let scheme =
        random.pick(&["postgres", "postgresql+psycopg2", "mysql", "mongodb+srv", "redis", "amqp", "https", "ftp"]);
    format!("{scheme}://svc_{}:{password}@db-{}.internal:5432/app", random.text("abcdef", 4), random.below(9))
}
