//! A real PostgreSQL for tests: one server a test binary, one cloned database a test.
//!
//! The server listens on a Unix socket in a temporary directory and nowhere else, but for [`secured`], which speaks TLS with passwords
//! on the loopback address too. It runs as an unprivileged user (`postgres` where
//! the tests run as root, since `initdb` refuses root). A small guardian shell holds it: when the test process ends, in whatever
//! way, the guardian's input closes, and it stops the server by the server's own process id and removes the directory.
//!
//! Where no server can be had the test fails and says what to install; it is never skipped.
//!
//! Used from any package: `#[path = "…/tests/support/pg.rs"] mod pg;`. It needs the standard library only.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

const INSTALL: &str = "a real PostgreSQL is needed for this test: `apt-get install -y postgresql` (the programs are looked for \
                       in /usr/lib/postgresql/*/bin and in $AEGIS_TEST_POSTGRES_BIN)";
const START_LIMIT: Duration = Duration::from_secs(60);

/// A running server.
pub(crate) struct Cluster {
    /// Directory of its socket.
    socket: PathBuf,
    bin: PathBuf,
    /// Where it listens with TLS and asks for passwords.
    port: Option<u16>,
    templates: Mutex<BTreeMap<String, String>>,
    _guardian: Child,
}

/// A database of one test; dropped with its handle.
pub(crate) struct Database {
    cluster: &'static Cluster,
    name: String,
}

/// The server of this test binary, started by the first who asks.
pub(crate) fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| Cluster::start(false))
}

/// Another server, that can also be reached as over a network: TLS by an authority of its own, logins by password.
pub(crate) fn secured() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| Cluster::start(true))
}

/// A database with this content of its own, cloned from a template that is made once.
pub(crate) fn database(sql: &str) -> Database {
    cluster().database(sql)
}

impl Cluster {
    fn start(secured: bool) -> Self {
        let bin = bin();
        let root = std::env::temp_dir().join(format!("aegis-pg-{}-{}", std::process::id(), now()));
        fs::DirBuilder::new().mode(0o711).create(&root).unwrap();
        let (data, log) = (root.join("data"), root.join("log"));
        let as_user = unprivileged(&root);
        let made = command(&as_user, &bin.join("initdb"))
            .args(["--username=postgres", "--auth=trust", "--no-sync", "--no-instructions"])
            .args(["--locale=C", "--encoding=UTF8", "-D"])
            .arg(&data)
            .output()
            .unwrap();
        assert!(made.status.success(), "initdb failed: {}", String::from_utf8_lossy(&made.stderr));
        let port = secured.then(|| {
            certify(&root, &as_user);
            fs::write(data.join("pg_hba.conf"), "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n")
                .unwrap();
            std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
        });
        // The last argument after `--` is the server's command line; `$!` is its own pid, since setpriv execs.
        let script = r#"log=$1; root=$2; shift 2; "$@" >"$log" 2>&1 </dev/null & pid=$!
            read -r _; kill -INT "$pid"; wait "$pid"; rm -rf "$root""#;
        let mut guardian = Command::new("/bin/sh");
        guardian.args(["-c", script, "guardian"]).arg(&log).arg(&root).args(&as_user).arg(bin.join("postgres"));
        guardian.arg("-D").arg(&data).arg("-k").arg(&root);
        for setting in [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "shared_buffers=32MB",
            "max_connections=100",
            "autovacuum=off",
        ] {
            guardian.args(["-c", setting]);
        }
        match port {
            None => guardian.args(["-c", "listen_addresses="]),
            Some(port) => guardian
                .args(["-c", "listen_addresses=127.0.0.1", "-c", "ssl=on", "-c", &format!("port={port}")])
                .args(["-c", &format!("ssl_cert_file={}", root.join("server.pem").display())])
                .args(["-c", &format!("ssl_key_file={}", root.join("server.key").display())]),
        };
        // Its group is its own, so that a terminal's interrupt does not reach it before the tests are done with it.
        std::os::unix::process::CommandExt::process_group(&mut guardian, 0);
        let guardian = guardian.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let cluster = Self { socket: root, bin, port, templates: Mutex::default(), _guardian: guardian };
        let late = Instant::now() + START_LIMIT;
        while !cluster.psql("postgres", "SELECT 1").status.success() {
            let said = fs::read_to_string(&log).unwrap_or_default();
            assert!(Instant::now() < late, "PostgreSQL did not start: {said}");
            std::thread::sleep(Duration::from_millis(20));
        }
        cluster
    }

    /// The socket's directory: the `host` of a connection string.
    pub(crate) fn socket(&self) -> &Path {
        &self.socket
    }

    /// The certificate of the authority that [`secured`] is known by.
    pub(crate) fn authority(&self) -> PathBuf {
        self.socket.join("authority.pem")
    }

    /// A new database with this content. The same content is loaded once and cloned from then on.
    pub(crate) fn database(&'static self, sql: &str) -> Database {
        let mut templates = self.templates.lock().unwrap_or_else(PoisonError::into_inner);
        let next = templates.len();
        let template = templates.entry(sql.to_owned()).or_insert_with(|| {
            let name = format!("template_{next}");
            self.must("postgres", &format!("CREATE DATABASE {name}"));
            self.must(&name, sql);
            name
        });
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        // One at a time: a template must not be in use while it is copied.
        self.must("postgres", &format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"));
        Database { cluster: self, name }
    }

    fn psql(&self, database: &str, sql: &str) -> Output {
        let mut child = Command::new(self.bin.join("psql"))
            .args(["--no-psqlrc", "-qAtX", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-d", database, "-h"])
            .arg(&self.socket)
            .args(["-p", &self.port.unwrap_or(5432).to_string()])
            .env_remove("PGOPTIONS")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let text = sql.to_owned();
        let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
        let output = child.wait_with_output().unwrap();
        // A server that is not there yet closes the pipe early; the status says so.
        let _ = writer.join().unwrap();
        output
    }

    fn must(&self, database: &str, sql: &str) -> String {
        let output = self.psql(database, sql);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }
}

impl Database {
    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Runs SQL as the superuser through psql and gives its unaligned output; fails the test on an error.
    pub(crate) fn sql(&self, sql: &str) -> String {
        self.cluster.must(&self.name, sql)
    }

    /// As [`Self::sql`], with the server's words as the error.
    pub(crate) fn try_sql(&self, sql: &str) -> Result<String, String> {
        let output = self.cluster.psql(&self.name, sql);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }

    /// A connection string of a role, for libpq and for tokio-postgres.
    pub(crate) fn dsn(&self, role: &str) -> String {
        format!("host={} user={role} dbname={}", self.cluster.socket.display(), self.name)
    }
}

impl Database {
    /// A connection string over the loopback address: TLS, and a password.
    pub(crate) fn network_dsn(&self, role: &str, password: &str) -> String {
        let port = self.cluster.port.unwrap_or_else(|| panic!("only a secured server listens there"));
        format!("host=127.0.0.1 port={port} user={role} password={password} dbname={} sslmode=require", self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A leftover goes with the whole directory.
        let _ = self.cluster.psql("postgres", &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

/// Where the programs are; the newest version wins.
fn bin() -> PathBuf {
    let named = std::env::var_os("AEGIS_TEST_POSTGRES_BIN").map(PathBuf::from);
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            Some((path.file_name()?.to_str()?.parse().ok()?, path.join("bin")))
        })
        .collect();
    found.sort();
    let bin = named.or_else(|| found.pop().map(|(_, path)| path)).unwrap_or_else(|| panic!("{INSTALL}"));
    for program in ["initdb", "postgres", "psql"] {
        assert!(bin.join(program).is_file(), "{INSTALL}; `{}` is not there", bin.join(program).display());
    }
    bin
}

/// An authority, and a certificate of it for the loopback address, in the server's own hands.
fn certify(root: &Path, as_user: &[String]) {
    let script = "umask 077; cd \"$1\"
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority -keyout authority.key -out authority.pem
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=server -keyout server.key -out server.csr
        printf 'subjectAltName=IP:127.0.0.1\n' >names
        openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -extfile names -out server.pem
        chmod 644 authority.pem";
    let made = command(as_user, Path::new("/bin/sh")).args(["-ec", script, "certify"]).arg(root).output().unwrap();
    assert!(made.status.success(), "openssl is needed for this test: {}", String::from_utf8_lossy(&made.stderr));
}

/// The command prefix that drops root, with the directory handed over; empty where the tests do not run as root.
fn unprivileged(root: &Path) -> Vec<String> {
    if fs::metadata(root).unwrap().uid() != 0 {
        return Vec::new();
    }
    let passwd = fs::read_to_string("/etc/passwd").unwrap();
    let user = passwd
        .lines()
        .find(|line| line.starts_with("postgres:"))
        .unwrap_or_else(|| panic!("{INSTALL}; no user `postgres`"));
    let ids: Vec<u32> = user.split(':').skip(2).take(2).map(|id| id.parse().unwrap()).collect();
    let &[uid, gid] = ids.as_slice() else { panic!("/etc/passwd cannot be read") };
    std::os::unix::fs::chown(root, Some(uid), Some(gid)).unwrap();
    ["setpriv".to_owned(), format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".to_owned()].to_vec()
}

fn command(prefix: &[String], program: &Path) -> Command {
    let Some((first, rest)) = prefix.split_first() else { return Command::new(program) };
    let mut command = Command::new(first);
    command.args(rest).arg(program).current_dir("/");
    command
}

fn now() -> u128 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos()
}
