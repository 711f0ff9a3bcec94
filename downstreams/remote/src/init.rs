//! `init`: the SQL that an operator applies once, and again whenever the estate changes.
//!
//! *Invariants.* Four roles. `…_owner` cannot log in, and owns the masked views, which read with its rights. `…_reader` reads the
//! views and the columns that are not personal, in read-only transactions. `…_writer` changes rows, and cannot look at a personal
//! column either unless the operator asks for it. `…_kernel` reads everything that is declared, for counts and digests, and replaces
//! the rows of protected relations; no client's statement runs under it. No role inherits from another. A statement that reads a personal column where it
//! stands ends with 42501, whatever was overlooked before.

use crate::RemoteError;
use crate::seal::Sealed;
use aegis_downstreams::estate::{Column, Estate, Shown, Table, literal, quoted};
use std::fmt::Write;

/// The schema of the masked views.
pub const MASKED: &str = "aegis_masked";

/// Everything, in one transaction, to be applied by a superuser in the database itself.
///
/// # Errors
/// A role's name that is none.
pub fn sql(estate: &Estate, role: &str, write_predicates: bool) -> Result<String, RemoteError> {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    if role.is_empty()
        || role.len() > 40
        || !role.chars().all(plain)
        || !role.starts_with(|letter: char| letter.is_ascii_lowercase())
    {
        return Err(RemoteError::Estate(format!(
            "`{role}` is no name of a role: lower-case letters, digits and `_`, at most 40"
        )));
    }
    let mut out = format!(
        "-- What the server `{server}` needs of its database. Apply it in that database as a superuser, as often as you like:\n\
         --   psql -v ON_ERROR_STOP=1 -d DATABASE -f THIS_FILE\n\
         -- and give the three logins their passwords: \\password {role}_reader   \\password {role}_writer   \\password {role}_kernel\n\n\
         BEGIN;\nSET LOCAL search_path = pg_catalog, public, pg_temp; -- as in a session\n",
        server = estate.server
    );
    out.push_str(&roles(role));
    out.push_str(&LEAF.replace("{owner}", &format!("{role}_owner")).replace("{role}", role));
    if estate.tables.iter().any(|table| table.noted_by().is_some()) {
        out.push_str(&NOTES.replace("{owner}", &format!("{role}_owner")));
    }
    for table in &estate.tables {
        for trigger in TRIGGERS.iter().filter_map(|(kind, event)| trigger(table, kind, event)) {
            let _ = writeln!(out, "{trigger}");
        }
        view(&mut out, table, role);
        for sealed in Sealed::all(table) {
            let _ = writeln!(out, "{}", sealed.statement());
        }
        grants(&mut out, table, role, write_predicates);
    }
    out.push_str(&PUBLIC.replace("{role}", role));
    out.push_str("\nCOMMIT;\n");
    Ok(out)
}

fn roles(role: &str) -> String {
    let mut out = String::from("\n-- Roles\n");
    for (suffix, login) in [("owner", "NOLOGIN"), ("reader", "LOGIN"), ("writer", "LOGIN"), ("kernel", "LOGIN")] {
        let name = format!("{role}_{suffix}");
        let _ = writeln!(
            out,
            "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '{name}') THEN CREATE ROLE {name}; END IF; END $$;\n\
             ALTER ROLE {name} {login} NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;"
        );
    }
    for suffix in ["reader", "writer"] {
        let _ = writeln!(
            out,
            "ALTER ROLE {role}_{suffix} SET statement_timeout = '25s';\n\
             ALTER ROLE {role}_{suffix} SET lock_timeout = '5s';\n\
             ALTER ROLE {role}_{suffix} SET idle_in_transaction_session_timeout = '60s';\n\
             ALTER ROLE {role}_{suffix} SET temp_file_limit = '1GB';\n\
             REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}_{suffix};\n\
             GRANT USAGE ON SCHEMA public TO {role}_{suffix};"
        );
    }
    let _ = writeln!(
        out,
        "ALTER ROLE {role}_reader SET default_transaction_read_only = on;\n\
         GRANT USAGE ON SCHEMA public TO {role}_owner;\n\
         ALTER ROLE {role}_kernel SET lock_timeout = '5s';\n\
         ALTER ROLE {role}_kernel SET idle_in_transaction_session_timeout = '60s';\n\
         REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}_kernel;\n\
         GRANT USAGE ON SCHEMA public TO {role}_kernel;"
    );
    out
}

/// The schema of the views and the token function. The key is the call's own and stands in the transaction; without one nothing
/// is shown. Two hashes, one inside the other, so that a token says nothing of a longer one.
const LEAF: &str = r"
-- Masked views
CREATE SCHEMA IF NOT EXISTS aegis_masked;
ALTER SCHEMA aegis_masked OWNER TO {owner};
GRANT USAGE ON SCHEMA aegis_masked TO {role}_reader, {role}_writer;
CREATE OR REPLACE FUNCTION aegis_masked.aegis_leaf(class text, label text, value text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $leaf$
DECLARE
  key text := current_setting('aegis.key');
BEGIN
  IF length(key) < 64 THEN RAISE EXCEPTION 'no key' USING ERRCODE = '55000'; END IF;
  RETURN '[' || class || ':' || translate(left(encode(
    sha256(convert_to('outer' || key, 'UTF8')
      || sha256(convert_to('inner' || key || length(label) || ':' || label || value, 'UTF8'))), 'hex'), 16),
    '0123456789abcdef', 'abcdefghijklmnop') || ']';
END $leaf$;
ALTER FUNCTION aegis_masked.aegis_leaf(text, text, text) OWNER TO {owner};
REVOKE ALL ON FUNCTION aegis_masked.aegis_leaf(text, text, text) FROM PUBLIC;
-- A view's functions are called with the rights of who reads the view; the server refuses statements that name this one.
GRANT EXECUTE ON FUNCTION aegis_masked.aegis_leaf(text, text, text) TO {role}_reader, {role}_writer;
";

/// Notes of the rows that a call wrote, where a client may write constants into personal columns: the tokens of these rows are their
/// relation's own, so that a guess that was written meets no real value elsewhere. A call is known by its key, whichever role it has.
const NOTES: &str = r"
-- Rows that came through the server
CREATE TABLE IF NOT EXISTS aegis_masked.aegis_written (relation text NOT NULL, key text NOT NULL, PRIMARY KEY (relation, key));
ALTER TABLE aegis_masked.aegis_written OWNER TO {owner};
CREATE OR REPLACE FUNCTION aegis_masked.aegis_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $note$
BEGIN
  INSERT INTO aegis_masked.aegis_written VALUES (TG_ARGV[0], to_jsonb(NEW) ->> TG_ARGV[1]) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $note$;
ALTER FUNCTION aegis_masked.aegis_note() OWNER TO {owner};
REVOKE ALL ON FUNCTION aegis_masked.aegis_note() FROM PUBLIC;
";

/// The triggers that note, and what sets them off; nothing else may run with a change.
pub(crate) const TRIGGERS: [(&str, &str); 2] = [("aegis_written_insert", "INSERT"), ("aegis_written_update", "UPDATE")];

/// The source of one of the two functions, as the server keeps it.
pub(crate) fn body(function: &str) -> &'static str {
    let (sql, mark) = if function == "aegis_leaf" { (LEAF, "$leaf$") } else { (NOTES, "$note$") };
    sql.split(mark).nth(1).unwrap_or_default()
}

/// What PUBLIC may do by default and an agent must not. It concerns every role of this database.
const PUBLIC: &str = r"
-- Taken from PUBLIC, in this database: other roles that need one of these get it by a GRANT of their own
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY, CREATE ON DATABASE %I FROM PUBLIC', current_database()); END $$;
DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO {role}_reader, {role}_writer, {role}_kernel', current_database()); END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE SELECT ON pg_catalog.pg_stats, pg_catalog.pg_stats_ext, pg_catalog.pg_stats_ext_exprs, pg_catalog.pg_stat_activity FROM PUBLIC;
DO $$ DECLARE routine regprocedure; BEGIN
  FOR routine IN SELECT p.oid::regprocedure FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE (n.nspname = 'pg_catalog' AND (p.proname ~ '^(lo_|loread$|lowrite$|pg_sleep|pg_(try_)?advisory|pg_logical_emit|pg_read_|pg_ls_|pg_stat_file)'
        OR p.proname ~ '^(query|table|schema|database|cursor)_to_xml' OR p.proname IN ('pg_notify', 'pg_cancel_backend', 'pg_terminate_backend', 'ts_stat', 'ts_rewrite', 'pg_stat_get_activity')))
      OR p.proname LIKE 'dblink%'
  LOOP EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', routine); END LOOP;
END $$;
";

/// A trigger of `TRIGGERS`, where the relation has rows to note.
pub(crate) fn trigger(table: &Table, kind: &str, event: &str) -> Option<String> {
    let key = table.noted_by()?;
    let own = table.columns.iter().filter(|column| column.own_label().is_some()).map(|column| quoted(&column.name));
    let when: Vec<String> = match event {
        "INSERT" => own.map(|column| format!("NEW.{column} IS NOT NULL")).collect(),
        _ => {
            own.chain([quoted(&key.name)]).map(|column| format!("NEW.{column} IS DISTINCT FROM OLD.{column}")).collect()
        } // UPDATE
    };
    Some(format!(
        "CREATE OR REPLACE TRIGGER {kind} AFTER {event} ON public.{} FOR EACH ROW\n\
         WHEN (pg_catalog.current_setting('aegis.key', true) <> '' AND ({}))\n\
         EXECUTE FUNCTION {MASKED}.aegis_note({}, {});",
        quoted(&table.name),
        when.join(" OR "),
        literal(&table.name),
        literal(&key.name)
    ))
}

/// A condition that holds for the rows of a relation with tokens of its own.
fn own_rows(table: &Table) -> Option<String> {
    table.noted_by().map(|key| {
        format!(
            "EXISTS (SELECT FROM {MASKED}.aegis_written AS n WHERE n.relation = {} AND n.key = pg_catalog.to_jsonb(t.{}) #>> '{{}}')",
            literal(&table.name),
            quoted(&key.name)
        )
    })
}

fn view(out: &mut String, table: &Table, role: &str) {
    if !table.is_masked() {
        return;
    }
    let name = quoted(&table.name);
    let all: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
    let _ = writeln!(
        out,
        "\nDROP VIEW IF EXISTS {MASKED}.{name};\n\
         CREATE VIEW {MASKED}.{name} WITH (security_barrier) AS {};\n\
         ALTER VIEW {MASKED}.{name} OWNER TO {role}_owner;\n\
         GRANT SELECT ({}) ON public.{name} TO {role}_owner;\n\
         GRANT SELECT ON {MASKED}.{name} TO {role}_reader, {role}_writer;",
        select(table),
        all.join(", ")
    );
}

/// What a masked view says.
pub(crate) fn select(table: &Table) -> String {
    let columns: Vec<String> = table.columns.iter().map(|column| shown(column, own_rows(table).as_deref())).collect();
    format!("SELECT {} FROM public.{} AS t", columns.join(", "), quoted(&table.name))
}

/// `own` holds for the rows whose tokens are their relation's own: all of them where there is none.
fn shown(column: &Column, own: Option<&str>) -> String {
    let name = quoted(&column.name);
    let value = format!("t.{name}::text");
    let class = column.class();
    let shared = literal(column.shared_label());
    let label = match (column.own_label().map(literal), own) {
        (Some(label), Some(own)) => format!("CASE WHEN {own} THEN {label} ELSE {shared} END"),
        (Some(label), None) => label,
        (None, _) => shared,
    };
    let leaf = format!("{MASKED}.aegis_leaf({}, {label}, {value})", literal(&class));
    let letters = format!("pg_catalog.regexp_replace({value}, '[^[:alnum:]]', '', 'g')");
    let text = match column.shown() {
        None => return format!("t.{name}"),
        Some(Shown::Nothing) => "NULL::text".to_owned(),
        Some(Shown::Token) => leaf,
        Some(Shown::Domain) => format!(
            "CASE WHEN pg_catalog.strpos({value}, '@') > 0 THEN {} || pg_catalog.substring({value}, '[^@]*$') ELSE {leaf} END",
            literal(&format!("[{class}]@"))
        ),
        Some(Shown::Last(keep)) => format!(
            "CASE WHEN pg_catalog.length({letters}) >= {} THEN {} || pg_catalog.right({letters}, {keep}) || ']' ELSE {leaf} END",
            u16::from(keep).saturating_mul(2),
            literal(&format!("[{class}:***"))
        ),
    };
    format!("{text} AS {name}")
}

fn grants(out: &mut String, table: &Table, role: &str, write_predicates: bool) {
    let name = quoted(&table.name);
    let list = |keep: &dyn Fn(&&Column) -> bool| {
        let names: Vec<String> = table.columns.iter().filter(keep).map(|column| quoted(&column.name)).collect();
        names.join(", ")
    };
    let (all, open) = (list(&|_| true), list(&|column| column.operator.is_none()));
    let _ = writeln!(out, "\nGRANT SELECT ({all}) ON public.{name} TO {role}_kernel;");
    if !open.is_empty() {
        let _ = writeln!(out, "GRANT SELECT ({open}) ON public.{name} TO {role}_reader, {role}_writer;");
    }
    if table.protected {
        let _ = writeln!(out, "GRANT INSERT ({all}), DELETE ON public.{name} TO {role}_kernel;");
        return;
    }
    let _ = writeln!(out, "GRANT INSERT ({all}), UPDATE ({all}), DELETE ON public.{name} TO {role}_writer;");
    if write_predicates && table.is_masked() {
        let _ = writeln!(
            out,
            "-- asked for by --write-predicates: PostgreSQL lets a WHERE name a column only to who may read it\n\
             GRANT SELECT ({all}) ON public.{name} TO {role}_writer;"
        );
    }
    for column in table.columns.iter().filter(|column| column.key) {
        let _ = writeln!(
            out,
            "DO $$ DECLARE seq text := pg_catalog.pg_get_serial_sequence({}, {}); BEGIN \
             IF seq IS NOT NULL THEN EXECUTE 'GRANT USAGE ON SEQUENCE ' || seq || ' TO {role}_writer'; END IF; END $$;",
            literal(&format!("public.{name}")),
            literal(&column.name)
        );
    }
}
