//! What to do instead, for every code: no denial leaves its reader without a next step. Where more is known, a denial says that.

use super::Code;

impl Code {
    /// What to do instead where nothing better is known.
    #[must_use]
    pub const fn remedy(self) -> &'static str {
        match self {
            Code::UnknownTool => "call `tools/list` for the tools there are",
            Code::UnknownResource => "call `resources/list` and `resources/templates/list` for those there are",
            Code::UnknownPrompt => "call `prompts/list` for those there are",
            Code::InvalidArguments | Code::NotAnObject => "send arguments that fit the tool's schema in `tools/list`",
            Code::MalformedLine => "write one JSON object a line",
            Code::UriCharacter => "write the variable plainly, in letters, digits and `-._~:@+,`",
            Code::NoRule | Code::NoCapability | Code::UndeclaredCapability | Code::Blocked => {
                "leave it: only a person can change the policy; `aegis__status`, where it is listed, says what is permitted"
            }
            Code::ArgumentRule | Code::ArgumentAbsent => "send the argument within the bounds that the rule names",
            Code::ReceiptMissing | Code::ReceiptTooOld => "call the tool that earns the receipt, then this one again",
            Code::ScreenAbsent => "send the argument",
            Code::SqlTooLarge => "split the statement into smaller ones",
            Code::SqlMultiple => "send one statement a call",
            Code::SqlCharacter
            | Code::SqlUnreadable
            | Code::SqlDisagreement
            | Code::SqlFunction
            | Code::SqlUnsupported => "write the statement more plainly",
            Code::SqlUnknownRelation | Code::SqlUnknownColumn => {
                "use names as `describe_table` lists them, each with its relation's"
            }
            Code::SqlLaundering | Code::SqlReturning | Code::SqlLiteral | Code::SqlOracle => {
                "leave the personal column out, or read it instead: reads are masked"
            }
            Code::KeyEmpty | Code::KeyAbsolute | Code::KeyTraversal | Code::KeyEncoded | Code::KeyTooLong => {
                "spell the key plainly, as `list_objects` does"
            }
            Code::KeyUnmapped => "use a key under a declared prefix",
            Code::UnknownDataset => "name a dataset that the tool's schema lists",
            Code::WriteBack => "copy the data on the server, or leave the masked column out",
            Code::PathCharacter | Code::PathRelative | Code::PathTraversal => {
                "send an absolute path in plain ASCII, without `..`"
            }
            Code::PathUnmapped | Code::PathEscapes | Code::PathUnresolved => "use a path under a declared directory",
            Code::UrlCharacter | Code::UrlScheme | Code::UrlUserinfo | Code::UrlHost => {
                "send a plain `https://` URL, without a user in it"
            }
            Code::UrlUnmapped => "use a declared host",
            Code::DecisionPanicked | Code::ScreenPanicked => "send a simpler call, and tell the operator",
            Code::RewriteFailed | Code::RewriteChanged => "name the columns one by one, in a simpler statement",
            Code::ReceiptTaken | Code::ReceiptRolledBack | Code::ClockBack | Code::DatasetChanged => "validate again",
            Code::WriterInFlight => "wait until the write is over, then try again",
            Code::Halted => "stop and wait: an operator lifts it with `aegis resume`",
            Code::StateUnavailable | Code::AuditLatched | Code::AuditOutcome => {
                "stop, and tell the operator: nothing is done until the kernel was started again"
            }
            Code::ServerUnavailable | Code::ServerSecret => "try again later, or tell the operator",
            Code::ServerTimeout | Code::ServerDied | Code::ServerMalformed | Code::Cancelled => {
                "read what there is before you try again: it may have been done"
            }
            Code::ServerPinned => {
                "use another tool, and tell the operator: the file must be restored, or reviewed, pinned and built in"
            }
            Code::ServerError => "read the server's words, and change the call",
            Code::ServerDrift => "use another tool, and tell the operator: its new definition must be reviewed",
            Code::MaskFailed | Code::MaskLimit => "ask for less at a time",
            Code::DatasetUnreadable | Code::DatasetFailed => "repair the data, then validate again",
            Code::PromotionFailed => "validate again, then promote",
            Code::Overloaded => "wait, then try again",
        }
    }
}
