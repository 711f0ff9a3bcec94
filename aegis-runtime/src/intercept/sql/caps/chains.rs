//! Operators one behind the other. Each takes what stands before it as its left side, so a long chain is a deep tree, whatever the
//! brackets say; and a walk over a tree is as deep as the tree.

/// Most operators of one expression.
const OPERATORS: usize = 500;
/// Most set operations of a statement.
const ARMS: usize = 64;
/// Most letters of a word that begins or goes on with a chain.
const LONGEST: usize = 9;

/// The chains that are open, by bracket and CASE.
pub(super) struct Chains {
    outer: Vec<usize>,
    here: usize,
    arms: usize,
    /// The last thing was a sign, so that the next one is of the same operator.
    sign: bool,
}

impl Chains {
    pub(super) const fn new() -> Self {
        Self { outer: Vec::new(), here: 0, arms: 0, sign: false }
    }

    pub(super) const fn is_long(&self) -> bool {
        self.here > OPERATORS || self.arms > ARMS
    }

    /// A word, in any case.
    pub(super) fn word(&mut self, word: &str) {
        self.sign = false;
        let mut room = [0; LONGEST];
        let Some(lower) = room.get_mut(..word.len()) else { return };
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"and" | b"or" | b"not" | b"is" | b"in" | b"like" | b"ilike" | b"glob" | b"match" | b"regexp"
            | b"similar" | b"between" | b"escape" | b"collate" | b"at" | b"isnull" | b"notnull" | b"operator"
            | b"overlaps" => {
                self.here = self.here.saturating_add(1);
            }
            b"union" | b"intersect" | b"except" => {
                self.arms = self.arms.saturating_add(1);
                self.here = 0;
            }
            b"case" => self.open(),
            b"end" => self.close(),
            b"select" | b"where" | b"having" | b"on" | b"set" | b"when" | b"then" | b"else" | b"values" => {
                self.here = 0
            }
            _ => {} // a name, or a word between expressions
        }
    }

    /// A sign outside of quotes.
    pub(super) fn sign(&mut self, sign: char) {
        match sign {
            '(' => self.open(),
            ')' | ']' => self.close(),
            '[' => {
                self.here = self.here.saturating_add(1);
                self.open();
            }
            ',' | ';' => self.here = 0,
            '.' | '\'' | '"' | '`' => {}
            sign if sign.is_ascii_whitespace() => {}
            _ => {
                self.here = self.here.saturating_add(usize::from(!self.sign));
                self.sign = true;
                return;
            }
        }
        self.sign = false;
    }

    fn open(&mut self) {
        self.outer.push(std::mem::take(&mut self.here));
    }

    fn close(&mut self) {
        self.here = self.outer.pop().unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use crate::intercept::sql::caps::check;
    use crate::spec::Dialect::{Postgres, Sqlite};

    #[test]
    fn a_chain_is_as_deep_as_it_is_long() {
        let chain = |link: &str, times: usize| format!("SELECT 1{} FROM orders", link.repeat(times));
        for link in ["+1", " AND 1", " IS DISTINCT FROM 1", "::int", "[1]", " COLLATE c", "+CASE WHEN 1 THEN 2 END"] {
            assert!(check(&chain(link, 200), Postgres).is_ok(), "{link}");
            assert!(check(&chain(link, 501), Postgres).is_err(), "{link}");
        }
        assert!(check(&format!("SELECT 1 IN (1{})", ", -1".repeat(900)), Sqlite).is_ok(), "a list is flat");
        assert!(check(&format!("SELECT 1{}", " UNION ALL SELECT 1".repeat(64)), Sqlite).is_ok());
        assert!(check(&format!("SELECT 1{}", " UNION ALL SELECT 1".repeat(65)), Sqlite).is_err());
    }
}
