//! What is taken out, and what stays.

use super::{is_harmless, without};

fn argv(words: &[&str]) -> Vec<String> {
    std::iter::once("server").chain(words.iter().copied()).map(str::to_owned).collect()
}

#[test]
fn a_credential_in_the_argv_is_not_written_down() {
    let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijklmnop";
    let random = "hunter2abcdefghijklmnop4x";
    for (words, kept, names) in [
        (&["--api-key", "hunter2", "--port", "1"][..], &["--port", "1"][..], &["API_KEY"][..]),
        (&["--token=hunter2"], &[], &["TOKEN"]),
        (&["--apiKey=hunter2"], &[], &["APIKEY"]),
        (&["GITHUB_TOKEN=hunter2"], &[], &["GITHUB_TOKEN"]),
        (&["postgres://me:hunter2@host/db"], &[], &["CREDENTIAL"]),
        (&["ghp_hunter2"], &[], &["CREDENTIAL"]),
        (&["--header", "Authorization: Bearer supersecret123"], &[], &["HEADER"]),
        (&["-H", "X-Key: hunter2", "-v"], &["-v"], &["H"]),
        (&["--header=X-Key:hunter2"], &[], &["HEADER"]),
        (&["-p", "hunter2"], &[], &["P"]),
        (&["-phunter2", "base"], &["base"], &["CREDENTIAL"]),
        (&["--password", "-hunter2"], &[], &["PASSWORD"]),
        (&["--api-key", "--hunter3"], &[], &["API_KEY"]),
        (&["--auth", "user:hunter2pass"], &[], &["AUTH"]),
        (&["-u", "user:hunter2"], &[], &["U"]),
        (&["https://api.example.com/mcp?token=hunter2"], &[], &["CREDENTIAL"]),
        (&["{\"token\":\"hunter2\"}"], &[], &["CREDENTIAL"]),
        (&["{\"a\":[{\"apiKey\":\"hunter2\"}]}"], &[], &["CREDENTIAL"]),
        (&["--pat", "hunter2pat"], &[], &["PAT"]),
        (&["Server=db;Password=hunter2;"], &[], &["SERVER"]),
        (&["--db", "Server=db;Password=hunter2;"], &[], &["DB"]),
        (&["sk-hunter2abcdefghijklmnop"], &[], &["CREDENTIAL"]),
        (&[random], &[], &["CREDENTIAL"]),
        (&[jwt], &[], &["CREDENTIAL"]),
        (&["--access-key", "hunter2acc"], &[], &["ACCESS_KEY"]),
        (&["--connection-string", "AccountKey=hunter2=="], &[], &["CONNECTION_STRING"]),
        (&["run", "-e", "GITHUB_TOKEN=hunter2", "image"], &["run", "image"], &["GITHUB_TOKEN"]),
        (&["--url", "https://x.example.com/?api_key=hunter2"], &[], &["URL"]),
        (&["-c", "exec server --api-key hunter2"], &[], &["C"]),
        (&["-c", "DEBUG=1 FOO_TOKEN=hunter2 exec server"], &[], &["C"]),
        (&["-c", "export A=1 && exec server -p 'hunter2'"], &[], &["C"]),
        (&["--tokens", "hunter2"], &[], &["TOKENS"]),
        (&["--secrets=hunter2"], &[], &["SECRETS"]),
        (&["--passwords", "hunter2"], &[], &["PASSWORDS"]),
        (&["--api-keys", "hunter2,hunter3"], &[], &["API_KEYS"]),
        (&["{\"mcp\":{\"apiKeys\":[\"hunter2\"]}}"], &[], &["CREDENTIAL"]),
        (&["--creds", "bob:hunter2"], &[], &["CREDS"]),
        (&["--cred=hunter2"], &[], &["CRED"]),
        (&["--pass-phrase", "hunter2"], &[], &["PASS_PHRASE"]),
        (&["--seed-phrase", "correct horse hunter2"], &[], &["SEED_PHRASE"]),
        (&["--token-value", "hunter2"], &[], &["TOKEN_VALUE"]),
        (&["--token:hunter2"], &[], &["TOKEN"]),
        (&["/token:hunter2"], &[], &["TOKEN"]),
        (&["-ubob:hunter2"], &[], &["CREDENTIAL"]),
        (&["--login", "bob:hunter2"], &[], &["LOGIN"]),
        (&["--webhook", "https://hooks.example.com/services/T1/B2/x"], &[], &["WEBHOOK"]),
        (&["https://hunter2@host/x"], &[], &["CREDENTIAL"]),
        (&["--url", "https://hunter2@host"], &[], &["URL"]),
    ] {
        let found = without(&argv(words));
        assert_eq!(found.kept, argv(kept), "{words:?}");
        assert_eq!(found.names, names, "{words:?}");
    }
}

#[test]
fn what_is_none_stays() {
    for words in [
        &["--tokens", "5", "--verbose"][..],
        &["--max-tokens=5"],
        &["{\"max_tokens\":5}"],
        &["-c", "exec server --port 8080 --max-tokens 5"],
        &["-u1000:1000", "-v", "/secrets:/data"],
        &["ssh://git@host/x", "https://esm.example.com/react@18"],
        &["-p", "8080"],
        &["--token", "--"],
        &["--auth", "--port", "1"],
        &["--header", "Authorization: Bearer ${AUTH}"],
        &["--header", "Accept: text/html"],
        &["--token", "${env:TOKEN}"],
        &["-y", "@modelcontextprotocol/server-filesystem@2025.8.21", "/srv/data"],
        &["-m", "mcp_server_time", "--local-timezone", "Europe/Berlin"],
        &["--db-path", "/var/lib/warehouse-2026.db", "--read-only"],
        &["https://mcp.example.com/sse?version=2"],
        &["{\"level\":\"info\"}"],
        &["run", "-e", "GITHUB_TOKEN", "-e", "LEVEL=info", "image"],
        &["sk-learn-server"],
        &["key.py"],
    ] {
        assert_eq!(without(&argv(words)).kept, argv(words));
    }
    assert_eq!(without(&["ghp_server".to_owned()]).kept, ["ghp_server"], "what is run");
}

#[test]
fn a_variable_is_a_credential_unless_it_is_plainly_none() {
    for (name, value) in [
        ("GITHUB_PERSONAL_ACCESS_TOKEN", "x"),
        ("OPENAI_API_KEY", "x"),
        ("DATABASE_URL", "postgres://me:hunter2@host/db"),
        ("DATABASE_URL", "postgres://host/db"),
        ("ANYTHING", "hunter2"),
        ("MY_PIN", "991823"),
        ("API_TOKEN_2", "1"),
        ("DB_PASS", "hunter2"),
        ("PGPASS", "hunter2"),
        ("PWD_X", "hunter2"),
        ("GITHUB_PAT", "hunter2"),
        ("AUTH_HEADER", "Bearer hunter2"),
        ("OPENAPI_MCP_HEADERS", "{\"Authorization\":\"Bearer ntn_hunter2\"}"),
        ("CONN", "Server=x;Password=hunter2"),
        ("HF", "hf_hunter2"),
        ("URL", "https://x.example.com/?api_key=hunter2"),
        ("HOOK", "https://hooks.example.com/services/T1/B2/hunter2"),
        ("TZ", "ghp_hunter2"),
        ("DEBUG_TOKEN", "true"),
        ("MAX_TOKENS", "5"),
    ] {
        assert!(!is_harmless(name, value), "{name}={value}");
    }
    for (name, value) in [
        ("TZ", "UTC"),
        ("LC_ALL", "C.UTF-8"),
        ("TOKEN", ""),
        ("NODE_ENV", "production"),
        ("LOG_LEVEL", "debug"),
        ("READ_ONLY", "true"),
        ("PORT", "8080"),
        ("ALLOWED_DIR", "/srv/data"),
        ("BASE_URL", "http://localhost:8080/"),
    ] {
        assert!(is_harmless(name, value), "{name}={value}");
    }
}
