//! Denials: a stable code, the phase that spoke, the rule, its reason and what to do instead.
//!
//! *Invariants.* Every variant has its own code; codes never change meaning, words may. There is no catch-all code: what is
//! unknown or fails has a name too.

mod remedy;

use crate::audit::spoken;
use crate::spec::{Phase, RuleSpec};
use crate::vocabulary::Capability;
use serde_json::{Map, Value, json};

macro_rules! codes {
    ($($name:ident = $code:literal, $phase:ident, $meaning:literal;)+) => {
        /// Every reason for which a call is refused or its result withheld.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $meaning] $name,)+ }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// The stable spelling, `AEG-Dnnn`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code,)+ }
            }

            /// The phase a code belongs to.
            #[must_use]
            pub const fn phase(self) -> Phase {
                match self { $(Code::$name => Phase::$phase,)+ }
            }

            /// What the code means, in one clause.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Code::$name => $meaning,)+ }
            }
        }
    };
}

codes! {
    UnknownTool = "AEG-D001", Decode, "the tool is not in the compiled catalogue";
    InvalidArguments = "AEG-D002", Decode, "the arguments do not fit the pinned schema";
    NotAnObject = "AEG-D003", Decode, "the arguments are not a JSON object";
    MalformedLine = "AEG-D004", Decode, "an input line of `aegis decide` or `aegis mask` cannot be read";
    UnknownResource = "AEG-D005", Decode, "the URI is of no resource in the compiled catalogue";
    UriCharacter = "AEG-D006", Decode, "a variable of the URI is empty, encoded, a way up, or holds what stands between parts";
    UnknownPrompt = "AEG-D007", Decode, "the prompt is not in the compiled catalogue";
    NoRule = "AEG-D100", Block, "the policy holds no rule for this capability";
    NoCapability = "AEG-D101", Block, "the call shows no capability at all";
    UndeclaredCapability = "AEG-D102", Block, "the call shows a capability that its manifest does not declare";
    Blocked = "AEG-D110", Block, "a rule blocks the capability";
    ArgumentRule = "AEG-D120", Argument, "an argument is outside of what a rule permits";
    ArgumentAbsent = "AEG-D121", Argument, "an argument that a rule reads is missing or null";
    ReceiptMissing = "AEG-D130", Gate, "no receipt of the kind that the gate asks for stands";
    ReceiptTooOld = "AEG-D131", Gate, "the receipt is older than the gate permits";
    DecisionPanicked = "AEG-D190", Block, "the evaluator failed; a failure is a deny";
    ScreenAbsent = "AEG-D200", Screen, "the part of the arguments that must be screened is missing";
    SqlTooLarge = "AEG-D201", Screen, "the statement is over a size, token or depth limit";
    SqlCharacter = "AEG-D202", Screen, "the statement holds a character outside of what is read alike everywhere";
    SqlUnreadable = "AEG-D203", Screen, "the statement cannot be parsed";
    SqlMultiple = "AEG-D204", Screen, "the text holds no statement or more than one";
    SqlDisagreement = "AEG-D205", Screen, "two independent readings of the statement differ";
    SqlUnknownRelation = "AEG-D206", Screen, "a relation is not declared in the estate";
    SqlUnknownColumn = "AEG-D207", Screen, "a column is not declared in the estate, or is ambiguous";
    SqlFunction = "AEG-D208", Screen, "a function is not on the allow-list";
    SqlUnsupported = "AEG-D209", Screen, "the statement uses a construct that the screen cannot bind";
    SqlLaundering = "AEG-D210", Screen, "a personal value would be copied to where it is not declared";
    SqlReturning = "AEG-D211", Screen, "RETURNING would hand out a personal column of the target";
    SqlLiteral = "AEG-D212", Screen, "a constant would become a personal value where the policy does not permit it";
    SqlOracle = "AEG-D213", Screen, "a write would choose rows by what a personal value looks like, or by another relation's, and so tell of it";
    KeyEmpty = "AEG-D220", Screen, "the object key is empty";
    KeyAbsolute = "AEG-D221", Screen, "the object key is absolute";
    KeyTraversal = "AEG-D222", Screen, "the object key has a `.`, `..` or empty segment";
    KeyEncoded = "AEG-D223", Screen, "the object key holds an encoded, control or look-alike character";
    KeyUnmapped = "AEG-D224", Screen, "the object key is under no declared prefix";
    KeyTooLong = "AEG-D225", Screen, "the object key is over 1,024 bytes";
    UnknownDataset = "AEG-D230", Screen, "the dataset is not declared in the estate";
    WriteBack = "AEG-D240", Screen, "a placeholder of the masker stands in the arguments of a write";
    PathCharacter = "AEG-D250", Screen, "the path is empty, too long, or spelled in a way that servers read differently";
    PathRelative = "AEG-D251", Screen, "the path is relative, and the manifest names no directory that it starts from";
    PathTraversal = "AEG-D252", Screen, "the path has a `..` that leads to two places, by text and by its links";
    PathUnmapped = "AEG-D253", Screen, "the path is under no declared directory";
    PathEscapes = "AEG-D254", Screen, "a link leads the path out of the declared directories";
    PathUnresolved = "AEG-D255", Screen, "the path cannot be followed to its end";
    UrlCharacter = "AEG-D260", Screen, "the URL is empty, too long, or holds a character that servers read differently";
    UrlScheme = "AEG-D261", Screen, "the URL does not begin with `https://` or `http://`";
    UrlUserinfo = "AEG-D262", Screen, "the URL names a user before its host";
    UrlHost = "AEG-D263", Screen, "the URL's host is no plain name";
    UrlUnmapped = "AEG-D264", Screen, "the URL leads to a host, port or scheme that is not declared";
    ScreenPanicked = "AEG-D290", Screen, "a screen failed; a failure is a deny";
    RewriteFailed = "AEG-D300", Bind, "a personal column cannot be masked inside the statement";
    RewriteChanged = "AEG-D301", Bind, "the rewritten statement does not mean what was judged";
    ReceiptTaken = "AEG-D310", Reserve, "the receipt was spent, voided or taken by another call";
    WriterInFlight = "AEG-D311", Reserve, "a write to the dataset is still under way";
    StateUnavailable = "AEG-D312", Reserve, "the state database cannot be used";
    Halted = "AEG-D313", Reserve, "an operator put the brake on";
    ReceiptRolledBack = "AEG-D314", Reserve, "the logs do not bear the receipt out: the state database was set back or changed";
    ClockBack = "AEG-D315", Reserve, "the clock was set back since the receipt was minted";
    AuditLatched = "AEG-D400", Audit, "the audit log cannot be written, so nothing is done";
    AuditOutcome = "AEG-D401", Audit, "the outcome could not be recorded, so the result is withheld";
    ServerUnavailable = "AEG-D500", Downstream, "the server is not running";
    ServerTimeout = "AEG-D501", Downstream, "the server did not answer in time; its effect is unknown";
    ServerDied = "AEG-D502", Downstream, "the server ended during the call; its effect is unknown";
    ServerMalformed = "AEG-D503", Downstream, "the server's answer cannot be read; its effect is unknown";
    ServerError = "AEG-D504", Downstream, "the server refused the call";
    ServerDrift = "AEG-D505", Downstream, "the server's tool differs from the manifest";
    Cancelled = "AEG-D506", Downstream, "the call was given up; its effect is unknown";
    ServerSecret = "AEG-D507", Downstream, "a credential of the server could not be resolved";
    ServerPinned = "AEG-D508", Downstream, "a file of the server is not the one that the manifest pins by `sha256`";
    MaskFailed = "AEG-D600", Transform, "masking failed, so the result is withheld";
    MaskLimit = "AEG-D601", Transform, "the result is over a limit of the masker, so it is withheld";
    DatasetUnreadable = "AEG-D700", Validate, "the dataset cannot be read as declared";
    DatasetChanged = "AEG-D701", Validate, "the dataset changed while it was read or since it was validated";
    DatasetFailed = "AEG-D702", Validate, "the dataset does not pass its checks";
    PromotionFailed = "AEG-D703", Validate, "the copy is not what was validated, or could not be published";
    Overloaded = "AEG-D800", Decode, "too many calls are under way";
}

/// Where in the arguments the fault is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// JSON pointer into the arguments.
    pub pointer: String,
    /// Byte range inside the string there, where one is known.
    pub bytes: Option<(usize, usize)>,
}

/// A refused call. What it says is safe to hand to the agent: it quotes names of the manifest and never a value of data.
#[derive(Debug, Clone)]
pub struct Denial {
    code: Code,
    rule: Option<&'static RuleSpec>,
    why: String,
    remedy: Option<String>,
    at: Option<At>,
    over: Option<Capability>,
}

impl Denial {
    /// A denial without a rule: the kernel's own refusal. `detail` completes the code's meaning; pass `""` where it says enough.
    #[must_use]
    pub fn new(code: Code, detail: impl AsRef<str>) -> Self {
        // Others have a hand in it: names that an agent chose, words of a server.
        let detail = spoken(detail.as_ref());
        let why = if detail.is_empty() { code.meaning().to_owned() } else { format!("{}: {detail}", code.meaning()) };
        Self { code, rule: None, why, remedy: None, at: None, over: None }
    }

    /// A denial by a rule of the policy; says the rule's own reason.
    #[must_use]
    pub fn by_rule(code: Code, rule: &'static RuleSpec) -> Self {
        Self {
            code,
            rule: Some(rule),
            why: rule.why.to_owned(),
            remedy: rule.remedy.map(str::to_owned),
            at: None,
            over: None,
        }
    }

    /// Says what to do instead.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(spoken(&remedy.into()).into_owned());
        self
    }

    /// Says more of the reason.
    #[must_use]
    pub(crate) fn because(mut self, detail: &str) -> Self {
        self.why = format!("{} ({})", self.why, spoken(detail));
        self
    }

    /// Says where the fault is.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>, bytes: Option<(usize, usize)>) -> Self {
        self.at = Some(At { pointer: pointer.into(), bytes });
        self
    }

    /// Says which capability is refused; what showed it is then the place.
    #[must_use]
    pub(crate) fn over(mut self, capability: Capability) -> Self {
        self.over = Some(capability);
        self
    }

    /// The capability that is refused, if it is one.
    pub(crate) fn over_capability(&self) -> Option<Capability> {
        self.over
    }

    /// Says in which part of the arguments the fault is, where the screen that found it knew only the bytes.
    #[must_use]
    pub fn within(mut self, pointer: &str) -> Self {
        let bytes = self.at.take().and_then(|at| at.bytes);
        self.at = Some(At { pointer: pointer.to_owned(), bytes });
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// The phase that spoke: the rule's, else the code's.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.rule.map_or(self.code.phase(), |rule| rule.phase)
    }

    /// The rule, where one spoke.
    #[must_use]
    pub fn rule(&self) -> Option<&'static RuleSpec> {
        self.rule
    }

    /// The reason, one clause, lower case.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }

    /// What to do instead.
    #[must_use]
    pub fn remedy_text(&self) -> &str {
        self.remedy.as_deref().unwrap_or(self.code.remedy())
    }

    /// Where the fault is.
    #[must_use]
    pub fn place(&self) -> Option<&At> {
        self.at.as_ref()
    }

    /// The fields that the audit, `aegis decide` and the agent all read: `code, phase, rule, why, remedy, at`.
    #[must_use]
    pub fn fields(&self) -> Map<String, Value> {
        let mut map = Map::new();
        map.insert("code".into(), json!(self.code.as_str()));
        map.insert("phase".into(), json!(self.phase().as_str()));
        map.insert("rule".into(), json!(self.rule.map(|rule| rule.id)));
        map.insert("why".into(), json!(self.why));
        map.insert("remedy".into(), json!(self.remedy_text()));
        let at =
            self.at.as_ref().map(|at| json!({"pointer": at.pointer, "bytes": at.bytes.map(|(from, to)| [from, to])}));
        map.insert("at".into(), json!(at));
        map
    }
}

#[cfg(test)]
mod tests {
    use super::Code;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_sorted() {
        let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        let set: BTreeSet<_> = codes.iter().copied().collect();
        assert_eq!(codes, set.into_iter().collect::<Vec<_>>());
    }
}
