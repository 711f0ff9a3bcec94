//! Diagnostics: a code, a message, a place, and a help line that can be pasted. Rendered the way rustc would.
//!
//! *Invariants.* A [`Diag`] is only made with a [`Code`]; every code has an explanation. Nothing here prints.

use crate::source::{Source, line_col};
use std::fmt::Write as _;
use std::ops::Range;

macro_rules! codes {
    ($($name:ident = $code:literal, $meaning:literal;)+) => {
        /// Every reason for which a kernel does not compile, and the warnings.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $meaning] $name,)+ }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// The stable spelling, `AEGnnnn`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code,)+ }
            }

            /// What it means, in a sentence.
            #[must_use]
            pub const fn explain(self) -> &'static str {
                match self { $(Code::$name => $meaning,)+ }
            }
        }
    };
}

codes! {
    Malformed = "AEG0001", "the file is not TOML";
    UnknownKey = "AEG0002", "the format has no such key; keys are closed so that a misspelt rule cannot vanish";
    WrongShape = "AEG0003", "a key is missing, or its value has another type than the format's";
    NotAnId = "AEG0004", "names are kebab-case ids: a lower-case letter, then letters, digits and single dashes";
    Duplicate = "AEG0005", "two things have one name";
    NoReason = "AEG0006", "every rule says why; the reason becomes the agent's denial and the audit's record";
    UnknownWord = "AEG0007", "the value is not one of the words the format knows";
    UnknownTool = "AEG0101", "no manifest declares this tool";
    UnknownArgument = "AEG0102", "the tool's schema has no such argument";
    UnknownEffect = "AEG0103", "effects are a closed vocabulary";
    UnknownDomain = "AEG0104", "the estate declares no such domain";
    UnknownDataset = "AEG0105", "the estate declares no such dataset";
    UnknownReceipt = "AEG0106", "nothing mints this receipt, so the gate could never open";
    UnknownServer = "AEG0107", "no manifest declares this server";
    UnknownClass = "AEG0108", "classes of personal data are a closed vocabulary";
    UnknownColumn = "AEG0109", "the table or dataset has no such column";
    OperatorMisfit = "AEG0110", "the operator is unknown or does not fit the class";
    ClassDefinition = "AEG0111", "a class of the estate's own has a name of its own, and literals or a pattern that runs in linear time";
    CapabilityGap = "AEG0201", "a tool can show this capability and no rule speaks of it";
    Overlap = "AEG0202", "two rules speak of one cell; exactly one may";
    Redundant = "AEG0203", "no tool can show any of the rule's cells, so it says nothing";
    PromotionUngated = "AEG0204", "promotion needs a gate; a plain allow would publish what nobody checked";
    PromotionDeclared = "AEG0205", "only the kernel's own tools show promote and validate";
    ProtectedOpen = "AEG0206", "a protected domain changes only by promotion";
    Unmasked = "AEG0207", "a tool can reach personal data that no transform masks";
    GateWithoutDataset = "AEG0208", "the gate is for the dataset that the call names, and this call names none";
    NothingMasked = "AEG0209", "answers come from a domain that no transform speaks of, so nothing that is found in them is masked";
    ArgumentUnscreened = "AEG0301", "an argument can hold a statement, path, URL or key, or words at a place that only a server named, and nothing reads it";
    DialectMissing = "AEG0302", "a SQL screen needs a dialect; it is never guessed";
    EffectMissing = "AEG0303", "an object-key screen says which effect the tool has on the key";
    AbsentMissing = "AEG0304", "the screened argument is optional, so the screen says what its absence means";
    OpaqueReason = "AEG0306", "an argument that nobody reads needs a reason for it";
    ScreenShape = "AEG0307", "a screen reads strings";
    ScreenGround = "AEG0308", "the screen has nothing to look names up in: the estate declares no table, prefix, directory or host of this server";
    ScreenBase = "AEG0309", "relative paths start from one absolute directory, or from one that a screened field names";
    ScreenParts = "AEG0310", "a composed resource names its further parts, each a required string of the tool";
    HostName = "AEG0311", "hosts are plain names: no address, no number, no internationalised name, no pattern but a leading `*.`";
    CageWrites = "AEG0312", "a directory that the estate declares is writable if a rule lets a tool write there, and not by `cage.write`";
    LiteralSecret = "AEG0401", "credentials are references, never literals";
    ReservedName = "AEG0402", "the server's name would be taken for the kernel's own or split in the wrong place";
    NameTooLong = "AEG0403", "clients refuse tool names over 64 characters";
    NameCollision = "AEG0404", "two names become the same identifier";
    NoCapabilities = "AEG0405", "a tool that declares no capability could never be decided";
    InputForms = "AEG0406", "a tool has either `input` or `input-schema`";
    Fetches = "AEG0407", "the command fetches code when it starts, so nobody reviewed what will run";
    RemoteRef = "AEG0501", "schemas are pinned; nothing is fetched";
    SchemaDialect = "AEG0502", "the schema is written in a dialect that the validator does not know";
    SchemaSize = "AEG0503", "the schema is over 64 KiB";
    SchemaShape = "AEG0504", "the schema is not a JSON Schema of an object";
    FieldShape = "AEG0505", "the rule reads a field of a shape that it cannot compare";
    RuleAbsent = "AEG0506", "the argument is optional, so the rule says what its absence counts as";
    RuleForm = "AEG0507", "an argument rule has exactly one of `maximum`, `minimum`, `max-length`, `one-of`";
    MaskBounds = "AEG0508", "a limit of the masker has bounds: below the lower one nothing useful passes, above the upper one a server could exhaust the kernel";
    Unguarded = "AEG0601", "an allow-everything policy exists for the demo's twin only";
    NoRule = "AEG0602", "the policy holds no rule, so the kernel denies everything";
    TableDataset = "AEG0603", "a dataset of rows goes from a table to a table of the same server, with the same columns, types and classes";
    DatasetPlace = "AEG0604", "a dataset's object lies under no declared prefix, or in a domain of the wrong kind";
    ForeignWarehouse = "AEG0605", "only this project's own warehouse counts and promotes rows by the kernel's road, in one transaction";
    KernelRoad = "AEG0606", "names that begin with `aegis_` are the kernel's own road, which no agent can name";
    SchemaMissing = "AEG0701", "the imported schema is not there";
    PinMissing = "AEG0702", "a server that is pinned is pinned whole: each of its tools, and each path of them that may change";
    FieldNowhere = "AEG0703", "a declared path of a result leads nowhere in the schema that its server pinned, so it would mask nothing";
    UriTemplate = "AEG0801", "a resource has a fixed URI, or a template whose parts hold one declared variable each";
    UriOverlap = "AEG0802", "a URI is of one resource or of none, whichever server it comes from";
    TextOnly = "AEG0803", "variables of a URI and arguments of a prompt are strings, in the protocol itself";
}

/// Whether a diagnostic stops the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It does.
    Error,
    /// It does not.
    Warning,
}

/// One mistake, where it stands, and what would mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Diag {
    /// Its code.
    pub code: Code,
    /// Whether it stops the build.
    pub level: Level,
    /// What is wrong; lower case, names in backticks, no full stop.
    pub message: String,
    /// The file.
    pub path: String,
    /// The bytes in it.
    pub span: Option<Range<usize>>,
    /// A further place, with what stands there.
    pub label: Option<(String, Range<usize>, String)>,
    /// A line that can be pasted, or the one thing to do.
    pub help: String,
}

impl Diag {
    /// An error at a place.
    pub fn error(
        code: Code,
        path: &str,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            level: Level::Error,
            message: message.into(),
            path: path.to_owned(),
            span: Some(span),
            label: None,
            help: help.into(),
        }
    }

    /// An error about a file as a whole.
    pub fn file(code: Code, path: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span: None, ..Self::error(code, path, 0..0, message, help) }
    }

    /// The same, but the build goes on.
    pub fn warning(self) -> Self {
        Self { level: Level::Warning, ..self }
    }

    /// Points at a second place.
    pub fn label(self, path: &str, span: Range<usize>, text: impl Into<String>) -> Self {
        Self { label: Some((path.to_owned(), span, text.into())), ..self }
    }

    /// The diagnostic as rustc would print it: several lines, no trailing newline.
    #[must_use]
    pub fn render(&self, sources: &[&Source]) -> String {
        let level = match self.level {
            Level::Error => "error",
            Level::Warning => "warning",
        };
        let mut out = format!("{level}[{}]: {}", self.code.as_str(), self.message);
        match &self.span {
            // What is no secret in a log of the build has its line shown.
            Some(span) if self.code == Code::LiteralSecret => place(&mut out, sources, &self.path, span),
            Some(span) => excerpt(&mut out, sources, &self.path, span, ""),
            None => {
                let _ = write!(out, "\n --> {}", self.path);
            }
        }
        if let Some((path, span, text)) = &self.label {
            excerpt(&mut out, sources, path, span, text);
        }
        let _ = write!(out, "\n  = help: {}", self.help);
        out
    }
}

/// Adds the place alone.
fn place(out: &mut String, sources: &[&Source], path: &str, span: &Range<usize>) {
    let source = sources.iter().find(|source| source.path == path);
    let (line, column) = source.map_or((1, 1), |source| line_col(&source.text, span.start));
    let _ = write!(out, "\n --> {path}:{line}:{column}");
}

/// Adds the place, the source line and a caret under it.
fn excerpt(out: &mut String, sources: &[&Source], path: &str, span: &Range<usize>, label: &str) {
    let Some(source) = sources.iter().find(|source| source.path == path) else {
        let _ = write!(out, "\n --> {path}");
        return;
    };
    let (line, column) = line_col(&source.text, span.start);
    let text = source.text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let room = text.chars().count().saturating_add(1).saturating_sub(column).max(1);
    let carets = source.text.get(span.clone()).map_or(1, |text| text.chars().count()).clamp(1, room);
    let gutter = line.to_string().len();
    let _ = write!(
        out,
        "\n{:gutter$}--> {path}:{line}:{column}\n{:gutter$} |\n{line} | {text}\n{:gutter$} | {:indent$}{}",
        "",
        "",
        "",
        "",
        "^".repeat(carets),
        indent = column.saturating_sub(1),
    );
    if !label.is_empty() {
        let _ = write!(out, " {label}");
    }
}

/// "did you mean" within edit distance 3, else the words there are.
#[must_use]
pub fn suggest<'word>(wrong: &str, known: impl IntoIterator<Item = &'word str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let near = known
        .iter()
        .map(|word| (distance(wrong, word), word))
        .filter(|(far, _)| *far <= 3 && far * 3 <= wrong.len().max(6))
        .min();
    match near {
        Some((_, word)) => format!("did you mean `{word}`?"),
        None if known.is_empty() => "nothing of the kind is declared".to_owned(),
        None => format!("one of {}", known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")),
    }
}

/// Levenshtein, by rows.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.chars().enumerate() {
        let mut next = vec![index.saturating_add(1)];
        let mut left = index.saturating_add(1);
        for ((diagonal, above), wanted) in row.iter().zip(row.iter().skip(1)).zip(&other) {
            let change = diagonal.saturating_add(usize::from(letter != *wanted));
            left = change.min(above.saturating_add(1)).min(left.saturating_add(1));
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Code, suggest};

    #[test]
    fn codes_ascend() {
        let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(codes.windows(2).all(|pair| pair.first() < pair.last()));
    }

    #[test]
    fn near_words_are_suggested() {
        assert_eq!(suggest("destory", ["read", "destroy"]), "did you mean `destroy`?");
        assert_eq!(suggest("xyzzyx", ["read"]), "one of `read`");
    }
}
