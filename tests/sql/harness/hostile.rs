//! Statements that are long or deep: each shape in several sizes, up to what the tool's schema lets through.

/// Longest argument that the schema of the tool lets through, in bytes.
pub(crate) const LIMIT: usize = 32 * 1024;

/// A shape: what stands before, what is repeated, the middle, what is repeated behind it, and the end.
type Shape = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const SHAPES: &[Shape] = &[
    ("brackets", "SELECT ", "(", "1", ")", ""),
    ("sums", "SELECT 1", "+1", "", "", ""),
    ("concatenations", "SELECT 'a'", "||'a'", "", "", ""),
    ("unions", "SELECT 1", " UNION SELECT 1", "", "", ""),
    ("union of personal", "SELECT email FROM customers", " UNION SELECT email FROM customers", "", "", ""),
    ("subqueries", "SELECT ", "(SELECT ", "1", ")", ""),
    ("derived", "SELECT * FROM ", "(SELECT * FROM ", "customers", ") AS a", ""),
    ("nested WITH", "", "WITH a AS (", "SELECT 1", ") SELECT * FROM a", ""),
    ("negations", "SELECT ", "NOT ", "true", "", ""),
    ("signs", "SELECT ", "- ", "1", "", ""),
    ("cases", "SELECT ", "CASE WHEN true THEN ", "1", " END", ""),
    ("calls", "SELECT ", "abs(", "1", ")", ""),
    ("columns", "SELECT id", ", id", " FROM orders", "", ""),
    ("personal columns", "SELECT id", ", email", " FROM customers", "", ""),
    ("list", "SELECT id FROM orders WHERE id IN (1", ",1", ")", "", ""),
    ("conjunction", "SELECT id FROM orders WHERE id = 1", " AND id = 1", "", "", ""),
    ("disjunction", "DELETE FROM orders WHERE id = 1", " OR id = 1", "", "", ""),
    ("joins", "SELECT 1 FROM customers", " JOIN customers ON true", "", "", ""),
    ("commas", "SELECT 1 FROM customers", ", customers", "", "", ""),
    ("bracketed joins", "SELECT 1 FROM ", "(", "orders", " CROSS JOIN orders)", ""),
    ("exists", "SELECT 1", " WHERE EXISTS (SELECT 1", "", ")", ""),
    ("rows", "INSERT INTO events (id) VALUES (1)", ", (1)", "", "", ""),
    ("casts", "SELECT ", "CAST(", "1", " AS INTEGER)", ""),
    ("semicolons", "SELECT 1", ";", "", "", ""),
    ("comments", "SELECT 1 ", "/* */ ", "", "", ""),
    ("open comments", "SELECT 1 ", "/* ", "", "", ""),
    ("open brackets", "SELECT ", "(", "", "", ""),
    ("open quotes", "SELECT ", "'a' ", "'", "", ""),
    ("arrows", "SELECT payload", "->'a'", " FROM events", "", ""),
    ("qualifiers", "SELECT a", ".a", " FROM orders", "", ""),
    ("window", "SELECT count(*) OVER (ORDER BY id", ", id", ") FROM orders", "", ""),
    ("likes", "SELECT id FROM orders WHERE status LIKE 'a", "%a", "'", "", ""),
    (
        "scopes",
        "DELETE FROM orders WHERE id IN (SELECT a FROM ",
        "(SELECT * FROM ",
        "orders o, events e WHERE o.id = e.id",
        ") x, events y WHERE a = b AND b = c AND c = d AND d = a",
        ")",
    ),
    (
        "arms in a write",
        "WITH x AS (SELECT 1",
        " UNION ALL SELECT 1",
        ") UPDATE orders SET note = 'x' WHERE id = 1",
        "",
        "",
    ),
    (
        "conjunction in a write",
        "WITH x AS (SELECT 1 WHERE true",
        " AND true",
        ") DELETE FROM orders WHERE id = 1",
        "",
        "",
    ),
    (
        "sources in a scope",
        "DELETE FROM orders WHERE id IN (SELECT a FROM (SELECT * FROM (SELECT * FROM orders o",
        ", events",
        ") x) y WHERE a = 1)",
        "",
        "",
    ),
    ("a long literal", "SELECT '", "x", "'", "", ""),
    ("a long name", "SELECT id AS ", "x", " FROM orders", "", ""),
    ("quotes in a literal", "SELECT '", "''", "'", "", ""),
];

/// Every shape: its name, how often it repeats, and the statement.
pub(crate) fn hostile() -> Vec<(&'static str, usize, String)> {
    let mut all = Vec::new();
    for (name, start, before, middle, behind, end) in SHAPES {
        let most = (LIMIT - start.len() - middle.len() - end.len()) / (before.len() + behind.len());
        let mut sizes = vec![20, 200, 2000, most];
        sizes.retain(|size| *size <= most);
        for size in sizes {
            let sql = format!("{start}{}{middle}{}{end}", before.repeat(size), behind.repeat(size));
            // One thing that is long is no depth.
            let size = if matches!(
                *name,
                "a long literal" | "quotes in a literal" | "likes" | "a long name" | "semicolons" | "comments"
            ) {
                0
            } else {
                size
            };
            all.push((*name, size, sql));
        }
    }
    all
}
