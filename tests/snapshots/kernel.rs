use ::aegis_runtime::decode::{self, ArgumentFault, Field};
use ::aegis_runtime::denial::Denial;
use ::aegis_runtime::kernel::{Cell, Evidence, Grant, Need};
use ::aegis_runtime::phase;
#[allow(unused_imports, reason = "not every estate uses every table")]
use ::aegis_runtime::spec::{
    Absent, AuditLevel, AuditSpec, Binary, CageLevel, CageSpec, Carrier, CheckSpec,
    ColumnKind, ColumnSpec, DatasetId, DatasetSpec, Dialect, DomainSpec, Durability,
    Expect, FieldSpec, FilesSpec, GateOf, GateSpec, Hints, HostSpec, Location,
    MaskLimits, MaskSpec, Metric, Native, Origin, OutcomeDurability, Phase, PathBase,
    PinSpec, Place, PolicySpec, PrefixSpec, Reader, RuleSpec, SchemaColumn, SchemaMode,
    SchemaSpec, ScreenKind, ScreenSpec, SecretSource, SecretSpec, ServerId, ServerSpec,
    Severity, SourceSpec, Spec, TableSpec, ToolId, ToolSpec, Unit, Validity,
};
#[allow(unused_imports, reason = "not every manifest has every face")]
use ::aegis_runtime::spec::{Face, UriPart, UriSpec};
use ::aegis_runtime::vocabulary::{Capability, Class, DomainId, Effect, Operator};
use ::core::time::Duration;
/// This policy, compiled.
#[derive(Debug, Clone, Copy)]
pub struct Kernel;
/// Every tool the agent can name. An unknown tool has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// `aegis.promote`: Publish a dataset's validated bytes to its gold location; spends the receipt of a validation
    AegisPromote,
    /// `aegis.status`: What this kernel permits, which receipts stand, and how its servers are
    AegisStatus,
    /// `aegis.validate`: Run the declared checks of a dataset over its silver location; success earns the receipt that promotion needs
    AegisValidate,
    /// `postgres.describe_table`: Columns, types and keys of one table
    PostgresDescribeTable,
    /// `postgres.execute`: Run one scoped INSERT, UPDATE or DELETE. Without a WHERE that narrows it, a statement counts as destruction.
    PostgresExecute,
    /// `postgres.list_tables`: Names of the warehouse's tables
    PostgresListTables,
    /// `postgres.query`: Read rows with one SQL SELECT. Personal columns come back as tokens that are equal where the values are, so counts, joins and GROUP BY work; rows that were written to staging through here have tokens of their own.
    PostgresQuery,
    /// `s3.copy_object`: Copy one object on the server
    S3CopyObject,
    /// `s3.delete_object`: Delete one object; an object is to a bucket what a table is to a database
    S3DeleteObject,
    /// `s3.get_object`: The content of one object; personal data in it comes back masked
    S3GetObject,
    /// `s3.head_object`: Size, etag and time of one object, without its content
    S3HeadObject,
    /// `s3.list_objects`: Keys, sizes and etags under a prefix
    S3ListObjects,
    /// `s3.put_object`: Write one object; gold is written by aegis__promote alone
    S3PutObject,
}
impl ::aegis_runtime::kernel::Kernel for Kernel {
    type Tool = Tool;
    type View = View;
    const SPEC: &'static Spec = &SPEC;
    fn tool(wire: &str) -> Option<Tool> {
        match wire {
            "aegis__promote" => Some(Tool::AegisPromote),
            "aegis__status" => Some(Tool::AegisStatus),
            "aegis__validate" => Some(Tool::AegisValidate),
            "postgres__describe_table" => Some(Tool::PostgresDescribeTable),
            "postgres__execute" => Some(Tool::PostgresExecute),
            "postgres__list_tables" => Some(Tool::PostgresListTables),
            "postgres__query" => Some(Tool::PostgresQuery),
            "s3__copy_object" => Some(Tool::S3CopyObject),
            "s3__delete_object" => Some(Tool::S3DeleteObject),
            "s3__get_object" => Some(Tool::S3GetObject),
            "s3__head_object" => Some(Tool::S3HeadObject),
            "s3__list_objects" => Some(Tool::S3ListObjects),
            "s3__put_object" => Some(Tool::S3PutObject),
            _ => None,
        }
    }
    fn id(tool: Tool) -> ToolId {
        ToolId(
            match tool {
                Tool::AegisPromote => 0,
                Tool::AegisStatus => 1,
                Tool::AegisValidate => 2,
                Tool::PostgresDescribeTable => 3,
                Tool::PostgresExecute => 4,
                Tool::PostgresListTables => 5,
                Tool::PostgresQuery => 6,
                Tool::S3CopyObject => 7,
                Tool::S3DeleteObject => 8,
                Tool::S3GetObject => 9,
                Tool::S3HeadObject => 10,
                Tool::S3ListObjects => 11,
                Tool::S3PutObject => 12,
            },
        )
    }
    fn view(tool: Tool, arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
        match tool {
            Tool::AegisPromote => aegis_promote::view(arguments).map(View::AegisPromote),
            Tool::AegisStatus => aegis_status::view(arguments).map(View::AegisStatus),
            Tool::AegisValidate => {
                aegis_validate::view(arguments).map(View::AegisValidate)
            }
            Tool::PostgresDescribeTable => {
                postgres_describe_table::view(arguments).map(View::PostgresDescribeTable)
            }
            Tool::PostgresExecute => {
                postgres_execute::view(arguments).map(View::PostgresExecute)
            }
            Tool::PostgresListTables => {
                postgres_list_tables::view(arguments).map(View::PostgresListTables)
            }
            Tool::PostgresQuery => {
                postgres_query::view(arguments).map(View::PostgresQuery)
            }
            Tool::S3CopyObject => s3_copy_object::view(arguments).map(View::S3CopyObject),
            Tool::S3DeleteObject => {
                s3_delete_object::view(arguments).map(View::S3DeleteObject)
            }
            Tool::S3GetObject => s3_get_object::view(arguments).map(View::S3GetObject),
            Tool::S3HeadObject => s3_head_object::view(arguments).map(View::S3HeadObject),
            Tool::S3ListObjects => {
                s3_list_objects::view(arguments).map(View::S3ListObjects)
            }
            Tool::S3PutObject => s3_put_object::view(arguments).map(View::S3PutObject),
        }
    }
    fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
        match view {
            View::AegisPromote(view) => aegis_promote::needs(view, found),
            View::AegisStatus(view) => aegis_status::needs(view, found),
            View::AegisValidate(view) => aegis_validate::needs(view, found),
            View::PostgresDescribeTable(view) => {
                postgres_describe_table::needs(view, found)
            }
            View::PostgresExecute(view) => postgres_execute::needs(view, found),
            View::PostgresListTables(view) => postgres_list_tables::needs(view, found),
            View::PostgresQuery(view) => postgres_query::needs(view, found),
            View::S3CopyObject(view) => s3_copy_object::needs(view, found),
            View::S3DeleteObject(view) => s3_delete_object::needs(view, found),
            View::S3GetObject(view) => s3_get_object::needs(view, found),
            View::S3HeadObject(view) => s3_head_object::needs(view, found),
            View::S3ListObjects(view) => s3_list_objects::needs(view, found),
            View::S3PutObject(view) => s3_put_object::needs(view, found),
        }
    }
    fn decide(
        view: &View,
        found: &[Capability],
        evidence: &Evidence,
    ) -> Result<Grant, Denial> {
        match view {
            View::AegisPromote(view) => aegis_promote::decide(view, found, evidence),
            View::AegisStatus(view) => aegis_status::decide(view, found, evidence),
            View::AegisValidate(view) => aegis_validate::decide(view, found, evidence),
            View::PostgresDescribeTable(view) => {
                postgres_describe_table::decide(view, found, evidence)
            }
            View::PostgresExecute(view) => {
                postgres_execute::decide(view, found, evidence)
            }
            View::PostgresListTables(view) => {
                postgres_list_tables::decide(view, found, evidence)
            }
            View::PostgresQuery(view) => postgres_query::decide(view, found, evidence),
            View::S3CopyObject(view) => s3_copy_object::decide(view, found, evidence),
            View::S3DeleteObject(view) => s3_delete_object::decide(view, found, evidence),
            View::S3GetObject(view) => s3_get_object::decide(view, found, evidence),
            View::S3HeadObject(view) => s3_head_object::decide(view, found, evidence),
            View::S3ListObjects(view) => s3_list_objects::decide(view, found, evidence),
            View::S3PutObject(view) => s3_put_object::decide(view, found, evidence),
        }
    }
}
/// The dataset of a name.
#[allow(dead_code, reason = "an estate may have no dataset")]
fn dataset(name: &str) -> Option<DatasetId> {
    match name {
        "customers" => Some(DatasetId(0)),
        "events" => Some(DatasetId(1)),
        "orders" => Some(DatasetId(2)),
        "visits" => Some(DatasetId(3)),
        "warehouse-customers" => Some(DatasetId(4)),
        "warehouse-orders" => Some(DatasetId(5)),
        _ => None,
    }
}
/// A tool together with those of its arguments that rules read.
#[derive(Debug)]
pub enum View {
    /// Arguments of `aegis.promote`.
    AegisPromote(aegis_promote::View),
    /// Arguments of `aegis.status`.
    AegisStatus(aegis_status::View),
    /// Arguments of `aegis.validate`.
    AegisValidate(aegis_validate::View),
    /// Arguments of `postgres.describe_table`.
    PostgresDescribeTable(postgres_describe_table::View),
    /// Arguments of `postgres.execute`.
    PostgresExecute(postgres_execute::View),
    /// Arguments of `postgres.list_tables`.
    PostgresListTables(postgres_list_tables::View),
    /// Arguments of `postgres.query`.
    PostgresQuery(postgres_query::View),
    /// Arguments of `s3.copy_object`.
    S3CopyObject(s3_copy_object::View),
    /// Arguments of `s3.delete_object`.
    S3DeleteObject(s3_delete_object::View),
    /// Arguments of `s3.get_object`.
    S3GetObject(s3_get_object::View),
    /// Arguments of `s3.head_object`.
    S3HeadObject(s3_head_object::View),
    /// Arguments of `s3.list_objects`.
    S3ListObjects(s3_list_objects::View),
    /// Arguments of `s3.put_object`.
    S3PutObject(s3_put_object::View),
}
/// The domains of the estate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// landing and staging; agents may work here
    Bronze,
    /// structure without content: names, schemas, listings
    Catalog,
    /// published data; only promotion writes here
    Gold,
    /// cleaned customer data
    Silver,
}
impl Domain {
    /// The domain of an id; an id of no domain has none.
    #[must_use]
    pub const fn of(id: DomainId) -> Option<Self> {
        match id.0 {
            0 => Some(Self::Bronze),
            1 => Some(Self::Catalog),
            2 => Some(Self::Gold),
            3 => Some(Self::Silver),
            _ => None,
        }
    }
}
/// What the policy says of a cell, for every tool that no rule singles out.
const fn policy(effect: Effect, domain: Domain) -> Cell {
    match (effect, domain) {
        (Effect::Write, Domain::Gold) => Cell::Block(&rules::GOLD_IS_PUBLISHED),
        (Effect::Promote, Domain::Gold) => Cell::Gate(&gates::GOLD_NEEDS_VALIDATION),
        (Effect::Destroy, Domain::Bronze | Domain::Gold | Domain::Silver)
        | (Effect::Execute, Domain::Bronze | Domain::Gold | Domain::Silver)
        | (Effect::Admin, Domain::Bronze | Domain::Gold | Domain::Silver) => {
            Cell::Block(&rules::NO_DESTRUCTIVE_OPS)
        }
        (
            Effect::Read,
            Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
        ) => Cell::Allow(&rules::READ_DATA),
        (Effect::Validate, Domain::Silver) => Cell::Allow(&rules::RUN_CHECKS),
        (Effect::Write, Domain::Bronze | Domain::Catalog | Domain::Silver)
        | (Effect::Destroy, Domain::Catalog)
        | (Effect::Promote, Domain::Bronze | Domain::Catalog | Domain::Silver)
        | (Effect::Validate, Domain::Bronze | Domain::Catalog | Domain::Gold)
        | (
            Effect::Egress,
            Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
        )
        | (Effect::Execute, Domain::Catalog)
        | (Effect::Admin, Domain::Catalog) => Cell::Uncovered,
    }
}
/// The rules of the policy, by id.
pub mod rules {
    use super::{AuditLevel, Phase, RuleSpec};
    /// no bulk export through the agent
    pub static BOUNDED_READS: RuleSpec = RuleSpec {
        id: "bounded-reads",
        why: "no bulk export through the agent",
        phase: Phase::Argument,
        remedy: None,
        audit: AuditLevel::Meta,
    };
    /// gold changes only by promotion of a validated dataset
    pub static GOLD_IS_PUBLISHED: RuleSpec = RuleSpec {
        id: "gold-is-published",
        why: "gold changes only by promotion of a validated dataset",
        phase: Phase::Block,
        remedy: Some("aegis__promote"),
        audit: AuditLevel::Meta,
    };
    /// only data that passed its checks becomes gold
    pub static GOLD_NEEDS_VALIDATION: RuleSpec = RuleSpec {
        id: "gold-needs-validation",
        why: "only data that passed its checks becomes gold",
        phase: Phase::Gate,
        remedy: Some(
            "call aegis__validate; its receipt serves one promotion, by the one who asked for it, of data that has not changed since",
        ),
        audit: AuditLevel::Meta,
    };
    /// an agent never drops, truncates or deletes without a scope
    pub static NO_DESTRUCTIVE_OPS: RuleSpec = RuleSpec {
        id: "no-destructive-ops",
        why: "an agent never drops, truncates or deletes without a scope",
        phase: Phase::Block,
        remedy: Some(
            "in SQL, name the rows: a WHERE that compares a column with values of yours (`id = 7`, `kind IN ('a')`, both ends of a range); objects are deleted and schemas changed by people",
        ),
        audit: AuditLevel::Meta,
    };
    /// no raw personal data reaches a model
    pub static PII_EGRESS_MASK: RuleSpec = RuleSpec {
        id: "pii-egress-mask",
        why: "no raw personal data reaches a model",
        phase: Phase::Transform,
        remedy: None,
        audit: AuditLevel::Meta,
    };
    /// a query only reads
    pub static QUERY_READS: RuleSpec = RuleSpec {
        id: "query-reads",
        why: "a query only reads",
        phase: Phase::Block,
        remedy: Some("postgres__execute, for a statement that changes rows"),
        audit: AuditLevel::Meta,
    };
    /// agents may read; what they read is masked
    pub static READ_DATA: RuleSpec = RuleSpec {
        id: "read-data",
        why: "agents may read; what they read is masked",
        phase: Phase::Allow,
        remedy: None,
        audit: AuditLevel::Meta,
    };
    /// checking data harms nothing and earns the receipt that promotion needs
    pub static RUN_CHECKS: RuleSpec = RuleSpec {
        id: "run-checks",
        why: "checking data harms nothing and earns the receipt that promotion needs",
        phase: Phase::Allow,
        remedy: None,
        audit: AuditLevel::Meta,
    };
    /// staging takes whatever a task needs, made-up values too; its tokens meet no others
    pub static STAGING_IS_FREE: RuleSpec = RuleSpec {
        id: "staging-is-free",
        why: "staging takes whatever a task needs, made-up values too; its tokens meet no others",
        phase: Phase::Allow,
        remedy: None,
        audit: AuditLevel::Meta,
    };
    /// scoped writes are the agent's job
    pub static WORK_IN_PROGRESS: RuleSpec = RuleSpec {
        id: "work-in-progress",
        why: "scoped writes are the agent's job",
        phase: Phase::Allow,
        remedy: None,
        audit: AuditLevel::Meta,
    };
}
/// The gates of the policy, by rule id.
pub mod gates {
    #[allow(unused_imports, reason = "a policy may have no gate")]
    use super::{DatasetId, Duration, GateOf, GateSpec, rules};
    /// What the rule of this name asks for.
    pub static GOLD_NEEDS_VALIDATION: GateSpec = GateSpec {
        rule: &rules::GOLD_NEEDS_VALIDATION,
        receipt: "silver-validation",
        of: GateOf::Named,
        assurance: None,
        version_kind: None,
        max_age: Duration::from_secs(900),
        minter: "aegis__validate",
    };
}
/// What is masked, and how.
pub static MASKS: [MaskSpec; 1] = [
    MaskSpec {
        rule: &rules::PII_EGRESS_MASK,
        domains: &[DomainId(0), DomainId(1), DomainId(2), DomainId(3)],
        operators: &[
            (Class::Email, Operator::Token),
            (Class::Phone, Operator::Redact),
            (Class::Ssn, Operator::Redact),
            (Class::Card, Operator::Redact),
            (Class::Iban, Operator::Redact),
            (Class::PersonName, Operator::Redact),
            (Class::Address, Operator::Redact),
            (Class::BirthDate, Operator::Redact),
            (Class::Financial, Operator::Redact),
            (Class::NationalId, Operator::Redact),
            (Class::Secret, Operator::Redact),
            (Class::IpAddress, Operator::Redact),
            (Class::MacAddress, Operator::Redact),
            (Class::Passport, Operator::Redact),
            (Class::BankAccount, Operator::Redact),
            (Class::DrivingLicence, Operator::Redact),
            (Class::CryptoAddress, Operator::Redact),
        ],
    },
];
/// `aegis.promote`: its schema, its view, its evaluator.
pub mod aegis_promote {
    #[allow(
        unused_imports,
        reason = "not every tool has rules over arguments or a dataset"
    )]
    use super::{
        ArgumentFault, Capability, Cell, DatasetId, Denial, Domain, Effect, Evidence,
        Field, Grant, MASKS, Need, dataset, decode, gates, phase, policy, rules,
    };
    #[::jsonschema::validator(
        schema = r#"{"type":"object","properties":{"dataset":{"type":"string","enum":["customers","events","orders","visits","warehouse-customers","warehouse-orders"],"description":"The dataset's name"}},"required":["dataset"],"additionalProperties":false}"#,
        validate_formats = false
    )]
    struct Schema;
    /// The arguments that rules read.
    #[derive(Debug)]
    pub struct View {
        /// The dataset that the call names.
        pub dataset: DatasetId,
    }
    pub(super) fn view(arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
        Schema::validate(arguments).map_err(|error| decode::misfit(&error))?;
        Ok(View {
            dataset: decode::named(arguments, "dataset", dataset)?,
        })
    }
    /// What the policy says of each capability that this tool can show.
    pub const fn cell(effect: Effect, domain: Domain) -> Cell {
        match (effect, domain) {
            (Effect::Promote, Domain::Gold) => policy(effect, domain),
            (
                Effect::Read,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Write,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Destroy,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (Effect::Promote, Domain::Bronze | Domain::Catalog | Domain::Silver)
            | (
                Effect::Validate,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Egress,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Execute,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Admin,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            ) => Cell::Undeclared,
        }
    }
    fn of(capability: Capability) -> Cell {
        match Domain::of(capability.domain) {
            Some(domain) => cell(capability.effect, domain),
            None => Cell::Undeclared,
        }
    }
    pub(super) fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
        let _ = view;
        phase::needs(found, of, Some(view.dataset))
    }
    pub(super) fn decide(
        view: &View,
        found: &[Capability],
        evidence: &Evidence,
    ) -> Result<Grant, Denial> {
        let _ = view;
        let passed = phase::capabilities(found, of)?;
        let spends = phase::gates(&passed, Some(view.dataset), evidence)?;
        Ok(phase::grant(passed, spends, &MASKS, found))
    }
}
/// `aegis.status`: its schema, its view, its evaluator.
pub mod aegis_status {
    #[allow(
        unused_imports,
        reason = "not every tool has rules over arguments or a dataset"
    )]
    use super::{
        ArgumentFault, Capability, Cell, DatasetId, Denial, Domain, Effect, Evidence,
        Field, Grant, MASKS, Need, dataset, decode, gates, phase, policy, rules,
    };
    #[::jsonschema::validator(
        schema = r#"{"type":"object","properties":{},"additionalProperties":false}"#,
        validate_formats = false
    )]
    struct Schema;
    /// The arguments that rules read.
    #[derive(Debug)]
    pub struct View {}
    pub(super) fn view(arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
        Schema::validate(arguments).map_err(|error| decode::misfit(&error))?;
        Ok(View {})
    }
    /// What the policy says of each capability that this tool can show.
    pub const fn cell(effect: Effect, domain: Domain) -> Cell {
        match (effect, domain) {
            (Effect::Read, Domain::Catalog) => policy(effect, domain),
            (Effect::Read, Domain::Bronze | Domain::Gold | Domain::Silver)
            | (
                Effect::Write,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Destroy,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Promote,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Validate,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Egress,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Execute,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Admin,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            ) => Cell::Undeclared,
        }
    }
    fn of(capability: Capability) -> Cell {
        match Domain::of(capability.domain) {
            Some(domain) => cell(capability.effect, domain),
            None => Cell::Undeclared,
        }
    }
    pub(super) fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
        let _ = view;
        phase::needs(found, of, None)
    }
    pub(super) fn decide(
        view: &View,
        found: &[Capability],
        evidence: &Evidence,
    ) -> Result<Grant, Denial> {
        let _ = view;
        let passed = phase::capabilities(found, of)?;
        let spends = phase::gates(&passed, None, evidence)?;
        Ok(phase::grant(passed, spends, &MASKS, found))
    }
}
/// `aegis.validate`: its schema, its view, its evaluator.
pub mod aegis_validate {
    #[allow(
        unused_imports,
        reason = "not every tool has rules over arguments or a dataset"
    )]
    use super::{
        ArgumentFault, Capability, Cell, DatasetId, Denial, Domain, Effect, Evidence,
        Field, Grant, MASKS, Need, dataset, decode, gates, phase, policy, rules,
    };
    #[::jsonschema::validator(
        schema = r#"{"type":"object","properties":{"dataset":{"type":"string","enum":["customers","events","orders","visits","warehouse-customers","warehouse-orders"],"description":"The dataset's name"}},"required":["dataset"],"additionalProperties":false}"#,
        validate_formats = false
    )]
    struct Schema;
    /// The arguments that rules read.
    #[derive(Debug)]
    pub struct View {
        /// The dataset that the call names.
        pub dataset: DatasetId,
    }
    pub(super) fn view(arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
        Schema::validate(arguments).map_err(|error| decode::misfit(&error))?;
        Ok(View {
            dataset: decode::named(arguments, "dataset", dataset)?,
        })
    }
    /// What the policy says of each capability that this tool can show.
    pub const fn cell(effect: Effect, domain: Domain) -> Cell {
        match (effect, domain) {
            (Effect::Validate, Domain::Silver) => policy(effect, domain),
            (
                Effect::Read,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Write,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Destroy,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Promote,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (Effect::Validate, Domain::Bronze | Domain::Catalog | Domain::Gold)
            | (
                Effect::Egress,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Execute,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Admin,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            ) => Cell::Undeclared,
        }
    }
    fn of(capability: Capability) -> Cell {
        match Domain::of(capability.domain) {
            Some(domain) => cell(capability.effect, domain),
            None => Cell::Undeclared,
        }
    }
    pub(super) fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
        let _ = view;
        phase::needs(found, of, Some(view.dataset))
    }
    pub(super) fn decide(
        view: &View,
        found: &[Capability],
        evidence: &Evidence,
    ) -> Result<Grant, Denial> {
        let _ = view;
        let passed = phase::capabilities(found, of)?;
        let spends = phase::gates(&passed, Some(view.dataset), evidence)?;
        Ok(phase::grant(passed, spends, &MASKS, found))
    }
}
/// `postgres.describe_table`: its schema, its view, its evaluator.
pub mod postgres_describe_table {
    #[allow(
        unused_imports,
        reason = "not every tool has rules over arguments or a dataset"
    )]
    use super::{
        ArgumentFault, Capability, Cell, DatasetId, Denial, Domain, Effect, Evidence,
        Field, Grant, MASKS, Need, dataset, decode, gates, phase, policy, rules,
    };
    #[::jsonschema::validator(
        schema = r#"{"type":"object","properties":{"table":{"type":"string","description":"The table's name","maxLength":128}},"required":["table"],"additionalProperties":false}"#,
        validate_formats = false
    )]
    struct Schema;
    /// The arguments that rules read.
    #[derive(Debug)]
    pub struct View {}
    pub(super) fn view(arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
        Schema::validate(arguments).map_err(|error| decode::misfit(&error))?;
        Ok(View {})
    }
    /// What the policy says of each capability that this tool can show.
    pub const fn cell(effect: Effect, domain: Domain) -> Cell {
        match (effect, domain) {
            (Effect::Read, Domain::Catalog) => policy(effect, domain),
            (Effect::Read, Domain::Bronze | Domain::Gold | Domain::Silver)
            | (
                Effect::Write,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Destroy,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Promote,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Validate,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Egress,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Execute,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Admin,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            ) => Cell::Undeclared,
        }
    }
    fn of(capability: Capability) -> Cell {
        match Domain::of(capability.domain) {
            Some(domain) => cell(capability.effect, domain),
            None => Cell::Undeclared,
        }
    }
    pub(super) fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
        let _ = view;
        phase::needs(found, of, None)
    }
    pub(super) fn decide(
        view: &View,
        found: &[Capability],
        evidence: &Evidence,
    ) -> Result<Grant, Denial> {
        let _ = view;
        let passed = phase::capabilities(found, of)?;
        let spends = phase::gates(&passed, None, evidence)?;
        Ok(phase::grant(passed, spends, &MASKS, found))
    }
}
/// `postgres.execute`: its schema, its view, its evaluator.
pub mod postgres_execute {
    #[allow(
        unused_imports,
        reason = "not every tool has rules over arguments or a dataset"
    )]
    use super::{
        ArgumentFault, Capability, Cell, DatasetId, Denial, Domain, Effect, Evidence,
        Field, Grant, MASKS, Need, dataset, decode, gates, phase, policy, rules,
    };
    #[::jsonschema::validator(
        schema = r#"{"type":"object","properties":{"sql":{"type":"string","description":"One INSERT, UPDATE or DELETE statement in SQLite's dialect","maxLength":32768}},"required":["sql"],"additionalProperties":false}"#,
        validate_formats = false
    )]
    struct Schema;
    /// The arguments that rules read.
    #[derive(Debug)]
    pub struct View {}
    pub(super) fn view(arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
        Schema::validate(arguments).map_err(|error| decode::misfit(&error))?;
        Ok(View {})
    }
    /// What the policy says of each capability that this tool can show.
    pub const fn cell(effect: Effect, domain: Domain) -> Cell {
        match (effect, domain) {
            (Effect::Write, Domain::Bronze) => Cell::Allow(&rules::STAGING_IS_FREE),
            (Effect::Write, Domain::Silver) => Cell::Allow(&rules::WORK_IN_PROGRESS),
            (
                Effect::Read,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (Effect::Write, Domain::Gold)
            | (Effect::Destroy, Domain::Bronze | Domain::Gold | Domain::Silver)
            | (Effect::Execute, Domain::Bronze | Domain::Gold | Domain::Silver)
            | (Effect::Admin, Domain::Bronze | Domain::Gold | Domain::Silver) => {
                policy(effect, domain)
            }
            (Effect::Write, Domain::Catalog)
            | (Effect::Destroy, Domain::Catalog)
            | (
                Effect::Promote,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Validate,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Egress,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (Effect::Execute, Domain::Catalog)
            | (Effect::Admin, Domain::Catalog) => Cell::Undeclared,
        }
    }
    fn of(capability: Capability) -> Cell {
        match Domain::of(capability.domain) {
            Some(domain) => cell(capability.effect, domain),
            None => Cell::Undeclared,
        }
    }
    pub(super) fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
        let _ = view;
        phase::needs(found, of, None)
    }
    pub(super) fn decide(
        view: &View,
        found: &[Capability],
        evidence: &Evidence,
    ) -> Result<Grant, Denial> {
        let _ = view;
        let passed = phase::capabilities(found, of)?;
        let spends = phase::gates(&passed, None, evidence)?;
        Ok(phase::grant(passed, spends, &MASKS, found))
    }
}
/// `postgres.list_tables`: its schema, its view, its evaluator.
pub mod postgres_list_tables {
    #[allow(
        unused_imports,
        reason = "not every tool has rules over arguments or a dataset"
    )]
    use super::{
        ArgumentFault, Capability, Cell, DatasetId, Denial, Domain, Effect, Evidence,
        Field, Grant, MASKS, Need, dataset, decode, gates, phase, policy, rules,
    };
    #[::jsonschema::validator(
        schema = r#"{"type":"object","properties":{},"additionalProperties":false}"#,
        validate_formats = false
    )]
    struct Schema;
    /// The arguments that rules read.
    #[derive(Debug)]
    pub struct View {}
    pub(super) fn view(arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
        Schema::validate(arguments).map_err(|error| decode::misfit(&error))?;
        Ok(View {})
    }
    /// What the policy says of each capability that this tool can show.
    pub const fn cell(effect: Effect, domain: Domain) -> Cell {
        match (effect, domain) {
            (Effect::Read, Domain::Catalog) => policy(effect, domain),
            (Effect::Read, Domain::Bronze | Domain::Gold | Domain::Silver)
            | (
                Effect::Write,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Destroy,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Promote,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Validate,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Egress,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Execute,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Admin,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            ) => Cell::Undeclared,
        }
    }
    fn of(capability: Capability) -> Cell {
        match Domain::of(capability.domain) {
            Some(domain) => cell(capability.effect, domain),
            None => Cell::Undeclared,
        }
    }
    pub(super) fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
        let _ = view;
        phase::needs(found, of, None)
    }
    pub(super) fn decide(
        view: &View,
        found: &[Capability],
        evidence: &Evidence,
    ) -> Result<Grant, Denial> {
        let _ = view;
        let passed = phase::capabilities(found, of)?;
        let spends = phase::gates(&passed, None, evidence)?;
        Ok(phase::grant(passed, spends, &MASKS, found))
    }
}
/// `postgres.query`: its schema, its view, its evaluator.
pub mod postgres_query {
    #[allow(
        unused_imports,
        reason = "not every tool has rules over arguments or a dataset"
    )]
    use super::{
        ArgumentFault, Capability, Cell, DatasetId, Denial, Domain, Effect, Evidence,
        Field, Grant, MASKS, Need, dataset, decode, gates, phase, policy, rules,
    };
    #[::jsonschema::validator(
        schema = r#"{"type":"object","properties":{"limit":{"type":"integer","description":"Most rows to return","minimum":1,"maximum":1000},"sql":{"type":"string","description":"One SELECT statement in SQLite's dialect","maxLength":32768}},"required":["sql"],"additionalProperties":false}"#,
        validate_formats = false
    )]
    struct Schema;
    /// The arguments that rules read.
    #[derive(Debug)]
    pub struct View {
        /// `limit`
        pub arg_limit: Field<i64>,
    }
    pub(super) fn view(arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
        Schema::validate(arguments).map_err(|error| decode::misfit(&error))?;
        Ok(View {
            arg_limit: decode::integer(arguments, "limit")?,
        })
    }
    /// What the policy says of each capability that this tool can show.
    pub const fn cell(effect: Effect, domain: Domain) -> Cell {
        match (effect, domain) {
            (Effect::Write, Domain::Bronze | Domain::Silver) => {
                Cell::Block(&rules::QUERY_READS)
            }
            (
                Effect::Read,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (Effect::Write, Domain::Gold)
            | (Effect::Destroy, Domain::Bronze | Domain::Gold | Domain::Silver)
            | (Effect::Execute, Domain::Bronze | Domain::Gold | Domain::Silver)
            | (Effect::Admin, Domain::Bronze | Domain::Gold | Domain::Silver) => {
                policy(effect, domain)
            }
            (Effect::Write, Domain::Catalog)
            | (Effect::Destroy, Domain::Catalog)
            | (
                Effect::Promote,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Validate,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Egress,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (Effect::Execute, Domain::Catalog)
            | (Effect::Admin, Domain::Catalog) => Cell::Undeclared,
        }
    }
    fn of(capability: Capability) -> Cell {
        match Domain::of(capability.domain) {
            Some(domain) => cell(capability.effect, domain),
            None => Cell::Undeclared,
        }
    }
    pub(super) fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
        let _ = view;
        phase::needs(found, of, None)
    }
    pub(super) fn decide(
        view: &View,
        found: &[Capability],
        evidence: &Evidence,
    ) -> Result<Grant, Denial> {
        let _ = view;
        let passed = phase::capabilities(found, of)?;
        phase::at_most(
            &rules::BOUNDED_READS,
            "/limit",
            &view.arg_limit,
            Some(1000),
            1000,
        )?;
        let spends = phase::gates(&passed, None, evidence)?;
        Ok(phase::grant(passed, spends, &MASKS, found))
    }
}
/// `s3.copy_object`: its schema, its view, its evaluator.
pub mod s3_copy_object {
    #[allow(
        unused_imports,
        reason = "not every tool has rules over arguments or a dataset"
    )]
    use super::{
        ArgumentFault, Capability, Cell, DatasetId, Denial, Domain, Effect, Evidence,
        Field, Grant, MASKS, Need, dataset, decode, gates, phase, policy, rules,
    };
    #[::jsonschema::validator(
        schema = r#"{"type":"object","properties":{"destination":{"type":"string","description":"The key to copy to","maxLength":1024},"if_match":{"type":"string","description":"Only if the destination has this etag","maxLength":256},"if_none_match":{"type":"string","description":"Only if there is no destination","enum":["*"]},"source":{"type":"string","description":"The key to copy from","maxLength":1024},"source_if_match":{"type":"string","description":"Only if the source has this etag","maxLength":256}},"required":["destination","source"],"additionalProperties":false}"#,
        validate_formats = false
    )]
    struct Schema;
    /// The arguments that rules read.
    #[derive(Debug)]
    pub struct View {}
    pub(super) fn view(arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
        Schema::validate(arguments).map_err(|error| decode::misfit(&error))?;
        Ok(View {})
    }
    /// What the policy says of each capability that this tool can show.
    pub const fn cell(effect: Effect, domain: Domain) -> Cell {
        match (effect, domain) {
            (Effect::Write, Domain::Bronze) => Cell::Allow(&rules::STAGING_IS_FREE),
            (Effect::Write, Domain::Silver) => Cell::Allow(&rules::WORK_IN_PROGRESS),
            (
                Effect::Read,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (Effect::Write, Domain::Gold) => policy(effect, domain),
            (Effect::Write, Domain::Catalog)
            | (
                Effect::Destroy,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Promote,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Validate,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Egress,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Execute,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Admin,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            ) => Cell::Undeclared,
        }
    }
    fn of(capability: Capability) -> Cell {
        match Domain::of(capability.domain) {
            Some(domain) => cell(capability.effect, domain),
            None => Cell::Undeclared,
        }
    }
    pub(super) fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
        let _ = view;
        phase::needs(found, of, None)
    }
    pub(super) fn decide(
        view: &View,
        found: &[Capability],
        evidence: &Evidence,
    ) -> Result<Grant, Denial> {
        let _ = view;
        let passed = phase::capabilities(found, of)?;
        let spends = phase::gates(&passed, None, evidence)?;
        Ok(phase::grant(passed, spends, &MASKS, found))
    }
}
/// `s3.delete_object`: its schema, its view, its evaluator.
pub mod s3_delete_object {
    #[allow(
        unused_imports,
        reason = "not every tool has rules over arguments or a dataset"
    )]
    use super::{
        ArgumentFault, Capability, Cell, DatasetId, Denial, Domain, Effect, Evidence,
        Field, Grant, MASKS, Need, dataset, decode, gates, phase, policy, rules,
    };
    #[::jsonschema::validator(
        schema = r#"{"type":"object","properties":{"key":{"type":"string","description":"The object's key","maxLength":1024}},"required":["key"],"additionalProperties":false}"#,
        validate_formats = false
    )]
    struct Schema;
    /// The arguments that rules read.
    #[derive(Debug)]
    pub struct View {}
    pub(super) fn view(arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
        Schema::validate(arguments).map_err(|error| decode::misfit(&error))?;
        Ok(View {})
    }
    /// What the policy says of each capability that this tool can show.
    pub const fn cell(effect: Effect, domain: Domain) -> Cell {
        match (effect, domain) {
            (Effect::Read, Domain::Catalog)
            | (Effect::Destroy, Domain::Bronze | Domain::Gold | Domain::Silver) => {
                policy(effect, domain)
            }
            (Effect::Read, Domain::Bronze | Domain::Gold | Domain::Silver)
            | (
                Effect::Write,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (Effect::Destroy, Domain::Catalog)
            | (
                Effect::Promote,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Validate,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Egress,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Execute,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Admin,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            ) => Cell::Undeclared,
        }
    }
    fn of(capability: Capability) -> Cell {
        match Domain::of(capability.domain) {
            Some(domain) => cell(capability.effect, domain),
            None => Cell::Undeclared,
        }
    }
    pub(super) fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
        let _ = view;
        phase::needs(found, of, None)
    }
    pub(super) fn decide(
        view: &View,
        found: &[Capability],
        evidence: &Evidence,
    ) -> Result<Grant, Denial> {
        let _ = view;
        let passed = phase::capabilities(found, of)?;
        let spends = phase::gates(&passed, None, evidence)?;
        Ok(phase::grant(passed, spends, &MASKS, found))
    }
}
/// `s3.get_object`: its schema, its view, its evaluator.
pub mod s3_get_object {
    #[allow(
        unused_imports,
        reason = "not every tool has rules over arguments or a dataset"
    )]
    use super::{
        ArgumentFault, Capability, Cell, DatasetId, Denial, Domain, Effect, Evidence,
        Field, Grant, MASKS, Need, dataset, decode, gates, phase, policy, rules,
    };
    #[::jsonschema::validator(
        schema = r#"{"type":"object","properties":{"key":{"type":"string","description":"The object's key","maxLength":1024}},"required":["key"],"additionalProperties":false}"#,
        validate_formats = false
    )]
    struct Schema;
    /// The arguments that rules read.
    #[derive(Debug)]
    pub struct View {}
    pub(super) fn view(arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
        Schema::validate(arguments).map_err(|error| decode::misfit(&error))?;
        Ok(View {})
    }
    /// What the policy says of each capability that this tool can show.
    pub const fn cell(effect: Effect, domain: Domain) -> Cell {
        match (effect, domain) {
            (
                Effect::Read,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            ) => policy(effect, domain),
            (
                Effect::Write,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Destroy,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Promote,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Validate,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Egress,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Execute,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Admin,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            ) => Cell::Undeclared,
        }
    }
    fn of(capability: Capability) -> Cell {
        match Domain::of(capability.domain) {
            Some(domain) => cell(capability.effect, domain),
            None => Cell::Undeclared,
        }
    }
    pub(super) fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
        let _ = view;
        phase::needs(found, of, None)
    }
    pub(super) fn decide(
        view: &View,
        found: &[Capability],
        evidence: &Evidence,
    ) -> Result<Grant, Denial> {
        let _ = view;
        let passed = phase::capabilities(found, of)?;
        let spends = phase::gates(&passed, None, evidence)?;
        Ok(phase::grant(passed, spends, &MASKS, found))
    }
}
/// `s3.head_object`: its schema, its view, its evaluator.
pub mod s3_head_object {
    #[allow(
        unused_imports,
        reason = "not every tool has rules over arguments or a dataset"
    )]
    use super::{
        ArgumentFault, Capability, Cell, DatasetId, Denial, Domain, Effect, Evidence,
        Field, Grant, MASKS, Need, dataset, decode, gates, phase, policy, rules,
    };
    #[::jsonschema::validator(
        schema = r#"{"type":"object","properties":{"key":{"type":"string","description":"The object's key, such as silver/customers.csv","maxLength":1024}},"required":["key"],"additionalProperties":false}"#,
        validate_formats = false
    )]
    struct Schema;
    /// The arguments that rules read.
    #[derive(Debug)]
    pub struct View {}
    pub(super) fn view(arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
        Schema::validate(arguments).map_err(|error| decode::misfit(&error))?;
        Ok(View {})
    }
    /// What the policy says of each capability that this tool can show.
    pub const fn cell(effect: Effect, domain: Domain) -> Cell {
        match (effect, domain) {
            (
                Effect::Read,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            ) => policy(effect, domain),
            (
                Effect::Write,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Destroy,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Promote,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Validate,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Egress,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Execute,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Admin,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            ) => Cell::Undeclared,
        }
    }
    fn of(capability: Capability) -> Cell {
        match Domain::of(capability.domain) {
            Some(domain) => cell(capability.effect, domain),
            None => Cell::Undeclared,
        }
    }
    pub(super) fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
        let _ = view;
        phase::needs(found, of, None)
    }
    pub(super) fn decide(
        view: &View,
        found: &[Capability],
        evidence: &Evidence,
    ) -> Result<Grant, Denial> {
        let _ = view;
        let passed = phase::capabilities(found, of)?;
        let spends = phase::gates(&passed, None, evidence)?;
        Ok(phase::grant(passed, spends, &MASKS, found))
    }
}
/// `s3.list_objects`: its schema, its view, its evaluator.
pub mod s3_list_objects {
    #[allow(
        unused_imports,
        reason = "not every tool has rules over arguments or a dataset"
    )]
    use super::{
        ArgumentFault, Capability, Cell, DatasetId, Denial, Domain, Effect, Evidence,
        Field, Grant, MASKS, Need, dataset, decode, gates, phase, policy, rules,
    };
    #[::jsonschema::validator(
        schema = r#"{"type":"object","properties":{"prefix":{"type":"string","description":"Only keys under this prefix","maxLength":1024}},"additionalProperties":false}"#,
        validate_formats = false
    )]
    struct Schema;
    /// The arguments that rules read.
    #[derive(Debug)]
    pub struct View {}
    pub(super) fn view(arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
        Schema::validate(arguments).map_err(|error| decode::misfit(&error))?;
        Ok(View {})
    }
    /// What the policy says of each capability that this tool can show.
    pub const fn cell(effect: Effect, domain: Domain) -> Cell {
        match (effect, domain) {
            (Effect::Read, Domain::Catalog) => policy(effect, domain),
            (Effect::Read, Domain::Bronze | Domain::Gold | Domain::Silver)
            | (
                Effect::Write,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Destroy,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Promote,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Validate,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Egress,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Execute,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Admin,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            ) => Cell::Undeclared,
        }
    }
    fn of(capability: Capability) -> Cell {
        match Domain::of(capability.domain) {
            Some(domain) => cell(capability.effect, domain),
            None => Cell::Undeclared,
        }
    }
    pub(super) fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
        let _ = view;
        phase::needs(found, of, None)
    }
    pub(super) fn decide(
        view: &View,
        found: &[Capability],
        evidence: &Evidence,
    ) -> Result<Grant, Denial> {
        let _ = view;
        let passed = phase::capabilities(found, of)?;
        let spends = phase::gates(&passed, None, evidence)?;
        Ok(phase::grant(passed, spends, &MASKS, found))
    }
}
/// `s3.put_object`: its schema, its view, its evaluator.
pub mod s3_put_object {
    #[allow(
        unused_imports,
        reason = "not every tool has rules over arguments or a dataset"
    )]
    use super::{
        ArgumentFault, Capability, Cell, DatasetId, Denial, Domain, Effect, Evidence,
        Field, Grant, MASKS, Need, dataset, decode, gates, phase, policy, rules,
    };
    #[::jsonschema::validator(
        schema = r#"{"type":"object","properties":{"body":{"type":"string","description":"The content","maxLength":1048576},"if_match":{"type":"string","description":"Only if the object has this etag","maxLength":256},"if_none_match":{"type":"string","description":"Only if there is no such object","enum":["*"]},"key":{"type":"string","description":"The object's key","maxLength":1024}},"required":["body","key"],"additionalProperties":false}"#,
        validate_formats = false
    )]
    struct Schema;
    /// The arguments that rules read.
    #[derive(Debug)]
    pub struct View {}
    pub(super) fn view(arguments: &decode::Arguments) -> Result<View, ArgumentFault> {
        Schema::validate(arguments).map_err(|error| decode::misfit(&error))?;
        Ok(View {})
    }
    /// What the policy says of each capability that this tool can show.
    pub const fn cell(effect: Effect, domain: Domain) -> Cell {
        match (effect, domain) {
            (Effect::Write, Domain::Bronze) => Cell::Allow(&rules::STAGING_IS_FREE),
            (Effect::Write, Domain::Silver) => Cell::Allow(&rules::WORK_IN_PROGRESS),
            (Effect::Read, Domain::Catalog) | (Effect::Write, Domain::Gold) => {
                policy(effect, domain)
            }
            (Effect::Read, Domain::Bronze | Domain::Gold | Domain::Silver)
            | (Effect::Write, Domain::Catalog)
            | (
                Effect::Destroy,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Promote,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Validate,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Egress,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Execute,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            )
            | (
                Effect::Admin,
                Domain::Bronze | Domain::Catalog | Domain::Gold | Domain::Silver,
            ) => Cell::Undeclared,
        }
    }
    fn of(capability: Capability) -> Cell {
        match Domain::of(capability.domain) {
            Some(domain) => cell(capability.effect, domain),
            None => Cell::Undeclared,
        }
    }
    pub(super) fn needs(view: &View, found: &[Capability]) -> Vec<Need> {
        let _ = view;
        phase::needs(found, of, None)
    }
    pub(super) fn decide(
        view: &View,
        found: &[Capability],
        evidence: &Evidence,
    ) -> Result<Grant, Denial> {
        let _ = view;
        let passed = phase::capabilities(found, of)?;
        let spends = phase::gates(&passed, None, evidence)?;
        Ok(phase::grant(passed, spends, &MASKS, found))
    }
}
/// The static tables.
pub static SPEC: Spec = Spec {
    policy: PolicySpec {
        name: "default",
        digest: "79d9094d2388630debcb90ee5a23043ad60fabcfc98a30873d2cabb822eaf744",
        posture: "guarded",
        durability: Durability::Fsync,
        outcome: OutcomeDurability::Group,
        audit: AuditSpec {
            anchor: &[],
            anchor_read: &[],
            segment_bytes: 67108864u64,
            require_anchor: None,
        },
        mask: MaskLimits {
            bytes: 8388608,
            depth: 64,
            string: 4194304,
            places: 100000,
            private_addresses: false,
        },
    },
    domains: &[
        DomainSpec {
            name: "bronze",
            why: "landing and staging; agents may work here",
            protected: false,
            sink: false,
            literals: true,
        },
        DomainSpec {
            name: "catalog",
            why: "structure without content: names, schemas, listings",
            protected: false,
            sink: false,
            literals: false,
        },
        DomainSpec {
            name: "gold",
            why: "published data; only promotion writes here",
            protected: true,
            sink: false,
            literals: false,
        },
        DomainSpec {
            name: "silver",
            why: "cleaned customer data",
            protected: false,
            sink: false,
            literals: false,
        },
    ],
    servers: &[
        ServerSpec {
            name: "postgres",
            command: &[
                "aegis",
                "downstream",
                "postgres",
                "--database",
                "${state}/warehouse/warehouse.db",
                "--estate",
                "${estate}",
            ],
            env: &[("TZ", "UTC")],
            secrets: &[],
            sha256: &[],
            timeout: Duration::from_secs(30),
            max_total: Duration::from_secs(120),
            cage: CageSpec {
                level: CageLevel::Standard,
                net: false,
                read: &[],
                write: &["${state}/warehouse"],
            },
        },
        ServerSpec {
            name: "s3",
            command: &["aegis", "downstream", "s3", "--root", "${state}/objects"],
            env: &[("TZ", "UTC")],
            secrets: &[],
            sha256: &[],
            timeout: Duration::from_secs(30),
            max_total: Duration::from_secs(120),
            cage: CageSpec {
                level: CageLevel::Standard,
                net: false,
                read: &[],
                write: &["${state}/objects"],
            },
        },
    ],
    tools: &[
        ToolSpec {
            wire: "aegis__promote",
            dotted: "aegis.promote",
            name: "promote",
            origin: Origin::Native(Native::Promote),
            face: Face::Tool,
            title: "Promote a dataset to gold",
            description: "Publish a dataset's validated bytes to its gold location; spends the receipt of a validation",
            input_schema: r#"{"type":"object","properties":{"dataset":{"type":"string","enum":["customers","events","orders","visits","warehouse-customers","warehouse-orders"],"description":"The dataset's name"}},"required":["dataset"],"additionalProperties":false}"#,
            hints: Hints {
                read_only: false,
                destructive: true,
                idempotent: false,
                open_world: false,
            },
            capabilities: &[],
            screens: &[
                ScreenSpec {
                    at: "/dataset",
                    absent: Absent::Deny,
                    kind: ScreenKind::Dataset(Effect::Promote),
                },
            ],
            rows: None,
            fields: &[],
            numbers: &[],
            binary: Binary::Drop,
            pin: None,
        },
        ToolSpec {
            wire: "aegis__status",
            dotted: "aegis.status",
            name: "status",
            origin: Origin::Native(Native::Status),
            face: Face::Tool,
            title: "Status of the kernel",
            description: "What this kernel permits, which receipts stand, and how its servers are",
            input_schema: r#"{"type":"object","properties":{},"additionalProperties":false}"#,
            hints: Hints {
                read_only: true,
                destructive: false,
                idempotent: true,
                open_world: false,
            },
            capabilities: &[Capability::new(Effect::Read, DomainId(1))],
            screens: &[],
            rows: None,
            fields: &[],
            numbers: &[],
            binary: Binary::Drop,
            pin: None,
        },
        ToolSpec {
            wire: "aegis__validate",
            dotted: "aegis.validate",
            name: "validate",
            origin: Origin::Native(Native::Validate),
            face: Face::Tool,
            title: "Validate a dataset",
            description: "Run the declared checks of a dataset over its silver location; success earns the receipt that promotion needs",
            input_schema: r#"{"type":"object","properties":{"dataset":{"type":"string","enum":["customers","events","orders","visits","warehouse-customers","warehouse-orders"],"description":"The dataset's name"}},"required":["dataset"],"additionalProperties":false}"#,
            hints: Hints {
                read_only: false,
                destructive: false,
                idempotent: false,
                open_world: false,
            },
            capabilities: &[],
            screens: &[
                ScreenSpec {
                    at: "/dataset",
                    absent: Absent::Deny,
                    kind: ScreenKind::Dataset(Effect::Validate),
                },
            ],
            rows: None,
            fields: &[],
            numbers: &[],
            binary: Binary::Drop,
            pin: None,
        },
        ToolSpec {
            wire: "postgres__describe_table",
            dotted: "postgres.describe_table",
            name: "describe_table",
            origin: Origin::Downstream(ServerId(0)),
            face: Face::Tool,
            title: "Describe a table",
            description: "Columns, types and keys of one table",
            input_schema: r#"{"type":"object","properties":{"table":{"type":"string","description":"The table's name","maxLength":128}},"required":["table"],"additionalProperties":false}"#,
            hints: Hints {
                read_only: true,
                destructive: false,
                idempotent: true,
                open_world: false,
            },
            capabilities: &[Capability::new(Effect::Read, DomainId(1))],
            screens: &[],
            rows: None,
            fields: &[],
            numbers: &[],
            binary: Binary::Drop,
            pin: None,
        },
        ToolSpec {
            wire: "postgres__execute",
            dotted: "postgres.execute",
            name: "execute",
            origin: Origin::Downstream(ServerId(0)),
            face: Face::Tool,
            title: "Change the warehouse",
            description: "Run one scoped INSERT, UPDATE or DELETE. Without a WHERE that narrows it, a statement counts as destruction.",
            input_schema: r#"{"type":"object","properties":{"sql":{"type":"string","description":"One INSERT, UPDATE or DELETE statement in SQLite's dialect","maxLength":32768}},"required":["sql"],"additionalProperties":false}"#,
            hints: Hints {
                read_only: false,
                destructive: true,
                idempotent: false,
                open_world: false,
            },
            capabilities: &[Capability::new(Effect::Read, DomainId(1))],
            screens: &[
                ScreenSpec {
                    at: "/sql",
                    absent: Absent::Deny,
                    kind: ScreenKind::Sql(Dialect::Sqlite, Carrier::Views),
                },
            ],
            rows: Some("/structuredContent"),
            fields: &[],
            numbers: &[],
            binary: Binary::Drop,
            pin: None,
        },
        ToolSpec {
            wire: "postgres__list_tables",
            dotted: "postgres.list_tables",
            name: "list_tables",
            origin: Origin::Downstream(ServerId(0)),
            face: Face::Tool,
            title: "List tables",
            description: "Names of the warehouse's tables",
            input_schema: r#"{"type":"object","properties":{},"additionalProperties":false}"#,
            hints: Hints {
                read_only: true,
                destructive: false,
                idempotent: true,
                open_world: false,
            },
            capabilities: &[Capability::new(Effect::Read, DomainId(1))],
            screens: &[],
            rows: None,
            fields: &[],
            numbers: &[],
            binary: Binary::Drop,
            pin: None,
        },
        ToolSpec {
            wire: "postgres__query",
            dotted: "postgres.query",
            name: "query",
            origin: Origin::Downstream(ServerId(0)),
            face: Face::Tool,
            title: "Query the warehouse",
            description: "Read rows with one SQL SELECT. Personal columns come back as tokens that are equal where the values are, so counts, joins and GROUP BY work; rows that were written to staging through here have tokens of their own.",
            input_schema: r#"{"type":"object","properties":{"limit":{"type":"integer","description":"Most rows to return","minimum":1,"maximum":1000},"sql":{"type":"string","description":"One SELECT statement in SQLite's dialect","maxLength":32768}},"required":["sql"],"additionalProperties":false}"#,
            hints: Hints {
                read_only: true,
                destructive: false,
                idempotent: true,
                open_world: false,
            },
            capabilities: &[Capability::new(Effect::Read, DomainId(1))],
            screens: &[
                ScreenSpec {
                    at: "/sql",
                    absent: Absent::Deny,
                    kind: ScreenKind::Sql(Dialect::Sqlite, Carrier::Views),
                },
            ],
            rows: Some("/structuredContent"),
            fields: &[],
            numbers: &[],
            binary: Binary::Drop,
            pin: None,
        },
        ToolSpec {
            wire: "s3__copy_object",
            dotted: "s3.copy_object",
            name: "copy_object",
            origin: Origin::Downstream(ServerId(1)),
            face: Face::Tool,
            title: "Copy an object",
            description: "Copy one object on the server",
            input_schema: r#"{"type":"object","properties":{"destination":{"type":"string","description":"The key to copy to","maxLength":1024},"if_match":{"type":"string","description":"Only if the destination has this etag","maxLength":256},"if_none_match":{"type":"string","description":"Only if there is no destination","enum":["*"]},"source":{"type":"string","description":"The key to copy from","maxLength":1024},"source_if_match":{"type":"string","description":"Only if the source has this etag","maxLength":256}},"required":["destination","source"],"additionalProperties":false}"#,
            hints: Hints {
                read_only: false,
                destructive: true,
                idempotent: false,
                open_world: false,
            },
            capabilities: &[Capability::new(Effect::Read, DomainId(1))],
            screens: &[
                ScreenSpec {
                    at: "/source",
                    absent: Absent::Deny,
                    kind: ScreenKind::ObjectKey(Effect::Read),
                },
                ScreenSpec {
                    at: "/destination",
                    absent: Absent::Deny,
                    kind: ScreenKind::ObjectKey(Effect::Write),
                },
                ScreenSpec {
                    at: "/source_if_match",
                    absent: Absent::Skip,
                    kind: ScreenKind::Opaque("an etag, compared and never resolved"),
                },
            ],
            rows: None,
            fields: &[],
            numbers: &[],
            binary: Binary::Drop,
            pin: None,
        },
        ToolSpec {
            wire: "s3__delete_object",
            dotted: "s3.delete_object",
            name: "delete_object",
            origin: Origin::Downstream(ServerId(1)),
            face: Face::Tool,
            title: "Delete an object",
            description: "Delete one object; an object is to a bucket what a table is to a database",
            input_schema: r#"{"type":"object","properties":{"key":{"type":"string","description":"The object's key","maxLength":1024}},"required":["key"],"additionalProperties":false}"#,
            hints: Hints {
                read_only: true,
                destructive: false,
                idempotent: true,
                open_world: false,
            },
            capabilities: &[Capability::new(Effect::Read, DomainId(1))],
            screens: &[
                ScreenSpec {
                    at: "/key",
                    absent: Absent::Deny,
                    kind: ScreenKind::ObjectKey(Effect::Destroy),
                },
            ],
            rows: None,
            fields: &[],
            numbers: &[],
            binary: Binary::Drop,
            pin: None,
        },
        ToolSpec {
            wire: "s3__get_object",
            dotted: "s3.get_object",
            name: "get_object",
            origin: Origin::Downstream(ServerId(1)),
            face: Face::Tool,
            title: "Read an object",
            description: "The content of one object; personal data in it comes back masked",
            input_schema: r#"{"type":"object","properties":{"key":{"type":"string","description":"The object's key","maxLength":1024}},"required":["key"],"additionalProperties":false}"#,
            hints: Hints {
                read_only: true,
                destructive: false,
                idempotent: true,
                open_world: false,
            },
            capabilities: &[Capability::new(Effect::Read, DomainId(1))],
            screens: &[
                ScreenSpec {
                    at: "/key",
                    absent: Absent::Deny,
                    kind: ScreenKind::ObjectKey(Effect::Read),
                },
            ],
            rows: None,
            fields: &[],
            numbers: &[],
            binary: Binary::Drop,
            pin: None,
        },
        ToolSpec {
            wire: "s3__head_object",
            dotted: "s3.head_object",
            name: "head_object",
            origin: Origin::Downstream(ServerId(1)),
            face: Face::Tool,
            title: "Look at an object",
            description: "Size, etag and time of one object, without its content",
            input_schema: r#"{"type":"object","properties":{"key":{"type":"string","description":"The object's key, such as silver/customers.csv","maxLength":1024}},"required":["key"],"additionalProperties":false}"#,
            hints: Hints {
                read_only: true,
                destructive: false,
                idempotent: true,
                open_world: false,
            },
            capabilities: &[Capability::new(Effect::Read, DomainId(1))],
            screens: &[
                ScreenSpec {
                    at: "/key",
                    absent: Absent::Deny,
                    kind: ScreenKind::ObjectKey(Effect::Read),
                },
            ],
            rows: None,
            fields: &[],
            numbers: &[],
            binary: Binary::Drop,
            pin: None,
        },
        ToolSpec {
            wire: "s3__list_objects",
            dotted: "s3.list_objects",
            name: "list_objects",
            origin: Origin::Downstream(ServerId(1)),
            face: Face::Tool,
            title: "List objects",
            description: "Keys, sizes and etags under a prefix",
            input_schema: r#"{"type":"object","properties":{"prefix":{"type":"string","description":"Only keys under this prefix","maxLength":1024}},"additionalProperties":false}"#,
            hints: Hints {
                read_only: true,
                destructive: false,
                idempotent: true,
                open_world: false,
            },
            capabilities: &[Capability::new(Effect::Read, DomainId(1))],
            screens: &[
                ScreenSpec {
                    at: "/prefix",
                    absent: Absent::Skip,
                    kind: ScreenKind::Opaque(
                        "a listing shows names, sizes and etags of the catalog, and no content",
                    ),
                },
            ],
            rows: None,
            fields: &[],
            numbers: &[],
            binary: Binary::Drop,
            pin: None,
        },
        ToolSpec {
            wire: "s3__put_object",
            dotted: "s3.put_object",
            name: "put_object",
            origin: Origin::Downstream(ServerId(1)),
            face: Face::Tool,
            title: "Write an object",
            description: "Write one object; gold is written by aegis__promote alone",
            input_schema: r#"{"type":"object","properties":{"body":{"type":"string","description":"The content","maxLength":1048576},"if_match":{"type":"string","description":"Only if the object has this etag","maxLength":256},"if_none_match":{"type":"string","description":"Only if there is no such object","enum":["*"]},"key":{"type":"string","description":"The object's key","maxLength":1024}},"required":["body","key"],"additionalProperties":false}"#,
            hints: Hints {
                read_only: false,
                destructive: true,
                idempotent: false,
                open_world: false,
            },
            capabilities: &[Capability::new(Effect::Read, DomainId(1))],
            screens: &[
                ScreenSpec {
                    at: "/key",
                    absent: Absent::Deny,
                    kind: ScreenKind::ObjectKey(Effect::Write),
                },
            ],
            rows: None,
            fields: &[],
            numbers: &[],
            binary: Binary::Drop,
            pin: None,
        },
    ],
    tables: &[
        TableSpec {
            name: "customers",
            server: ServerId(0),
            domain: DomainId(3),
            columns: &[
                ColumnSpec {
                    name: "id",
                    kind: ColumnKind::Integer,
                    key: true,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "name",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: Some(Class::PersonName),
                    free_text: false,
                },
                ColumnSpec {
                    name: "email",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: Some(Class::Email),
                    free_text: false,
                },
                ColumnSpec {
                    name: "phone",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: Some(Class::Phone),
                    free_text: false,
                },
                ColumnSpec {
                    name: "ssn",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: Some(Class::Ssn),
                    free_text: false,
                },
                ColumnSpec {
                    name: "created_at",
                    kind: ColumnKind::Timestamp,
                    key: false,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "country",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: None,
                    free_text: false,
                },
            ],
        },
        TableSpec {
            name: "events",
            server: ServerId(0),
            domain: DomainId(3),
            columns: &[
                ColumnSpec {
                    name: "id",
                    kind: ColumnKind::Integer,
                    key: true,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "kind",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "payload",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: None,
                    free_text: true,
                },
                ColumnSpec {
                    name: "at",
                    kind: ColumnKind::Timestamp,
                    key: false,
                    pii: None,
                    free_text: false,
                },
            ],
        },
        TableSpec {
            name: "gold_customers",
            server: ServerId(0),
            domain: DomainId(2),
            columns: &[
                ColumnSpec {
                    name: "id",
                    kind: ColumnKind::Integer,
                    key: true,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "name",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: Some(Class::PersonName),
                    free_text: false,
                },
                ColumnSpec {
                    name: "email",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: Some(Class::Email),
                    free_text: false,
                },
                ColumnSpec {
                    name: "phone",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: Some(Class::Phone),
                    free_text: false,
                },
                ColumnSpec {
                    name: "ssn",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: Some(Class::Ssn),
                    free_text: false,
                },
                ColumnSpec {
                    name: "created_at",
                    kind: ColumnKind::Timestamp,
                    key: false,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "country",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: None,
                    free_text: false,
                },
            ],
        },
        TableSpec {
            name: "gold_orders",
            server: ServerId(0),
            domain: DomainId(2),
            columns: &[
                ColumnSpec {
                    name: "id",
                    kind: ColumnKind::Integer,
                    key: true,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "customer_id",
                    kind: ColumnKind::Integer,
                    key: false,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "amount_cents",
                    kind: ColumnKind::Integer,
                    key: false,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "status",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "note",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: None,
                    free_text: true,
                },
                ColumnSpec {
                    name: "created_at",
                    kind: ColumnKind::Timestamp,
                    key: false,
                    pii: None,
                    free_text: false,
                },
            ],
        },
        TableSpec {
            name: "orders",
            server: ServerId(0),
            domain: DomainId(3),
            columns: &[
                ColumnSpec {
                    name: "id",
                    kind: ColumnKind::Integer,
                    key: true,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "customer_id",
                    kind: ColumnKind::Integer,
                    key: false,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "amount_cents",
                    kind: ColumnKind::Integer,
                    key: false,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "status",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "note",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: None,
                    free_text: true,
                },
                ColumnSpec {
                    name: "created_at",
                    kind: ColumnKind::Timestamp,
                    key: false,
                    pii: None,
                    free_text: false,
                },
            ],
        },
        TableSpec {
            name: "staging_customers",
            server: ServerId(0),
            domain: DomainId(0),
            columns: &[
                ColumnSpec {
                    name: "id",
                    kind: ColumnKind::Integer,
                    key: true,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "name",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: Some(Class::PersonName),
                    free_text: false,
                },
                ColumnSpec {
                    name: "email",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: Some(Class::Email),
                    free_text: false,
                },
                ColumnSpec {
                    name: "phone",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: Some(Class::Phone),
                    free_text: false,
                },
                ColumnSpec {
                    name: "ssn",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: Some(Class::Ssn),
                    free_text: false,
                },
                ColumnSpec {
                    name: "created_at",
                    kind: ColumnKind::Timestamp,
                    key: false,
                    pii: None,
                    free_text: false,
                },
                ColumnSpec {
                    name: "country",
                    kind: ColumnKind::Text,
                    key: false,
                    pii: None,
                    free_text: false,
                },
            ],
        },
    ],
    prefixes: &[
        PrefixSpec {
            name: "bronze-files",
            server: ServerId(1),
            prefix: "bronze/",
            domain: DomainId(0),
        },
        PrefixSpec {
            name: "gold-files",
            server: ServerId(1),
            prefix: "gold/",
            domain: DomainId(2),
        },
        PrefixSpec {
            name: "silver-files",
            server: ServerId(1),
            prefix: "silver/",
            domain: DomainId(3),
        },
    ],
    files: &[],
    hosts: &[],
    datasets: &[
        DatasetSpec {
            name: "customers",
            silver: Location {
                server: ServerId(1),
                place: Place::Object("silver/customers.csv"),
                domain: DomainId(3),
            },
            gold: Location {
                server: ServerId(1),
                place: Place::Object("gold/customers.csv"),
                domain: DomainId(2),
            },
            reader: Some(Reader::Csv),
            schema: SchemaSpec {
                mode: SchemaMode::Exact,
                columns: &[
                    SchemaColumn {
                        name: "country",
                        kind: ColumnKind::Text,
                        required: true,
                    },
                    SchemaColumn {
                        name: "created_at",
                        kind: ColumnKind::Timestamp,
                        required: true,
                    },
                    SchemaColumn {
                        name: "email",
                        kind: ColumnKind::Text,
                        required: true,
                    },
                    SchemaColumn {
                        name: "id",
                        kind: ColumnKind::Integer,
                        required: true,
                    },
                    SchemaColumn {
                        name: "name",
                        kind: ColumnKind::Text,
                        required: true,
                    },
                    SchemaColumn {
                        name: "phone",
                        kind: ColumnKind::Text,
                        required: false,
                    },
                    SchemaColumn {
                        name: "ssn",
                        kind: ColumnKind::Text,
                        required: false,
                    },
                ],
            },
            checks: &[
                CheckSpec {
                    id: "rows",
                    metric: Metric::RowCount,
                    columns: &[],
                    expect: Expect::Greater(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
                CheckSpec {
                    id: "unique-id",
                    metric: Metric::DuplicateValues,
                    columns: &["id"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
                CheckSpec {
                    id: "unique-email",
                    metric: Metric::DuplicateValues,
                    columns: &["email"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
                CheckSpec {
                    id: "valid-email",
                    metric: Metric::InvalidValues(
                        Validity::Pattern("[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}"),
                    ),
                    columns: &["email"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
                CheckSpec {
                    id: "valid-country",
                    metric: Metric::InvalidValues(Validity::Pattern("[A-Z]{2}")),
                    columns: &["country"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
            ],
            checks_digest: "797a94f0eb85dc045e9423f07eef04960cb33b2ec2da5ddc13461c7d4862c5fd",
            allow_empty: false,
        },
        DatasetSpec {
            name: "events",
            silver: Location {
                server: ServerId(1),
                place: Place::Prefix("silver/events/"),
                domain: DomainId(3),
            },
            gold: Location {
                server: ServerId(1),
                place: Place::Prefix("gold/events/"),
                domain: DomainId(2),
            },
            reader: Some(Reader::Jsonl),
            schema: SchemaSpec {
                mode: SchemaMode::Superset,
                columns: &[
                    SchemaColumn {
                        name: "at",
                        kind: ColumnKind::Timestamp,
                        required: true,
                    },
                    SchemaColumn {
                        name: "id",
                        kind: ColumnKind::Integer,
                        required: true,
                    },
                    SchemaColumn {
                        name: "kind",
                        kind: ColumnKind::Text,
                        required: true,
                    },
                ],
            },
            checks: &[
                CheckSpec {
                    id: "unique-id",
                    metric: Metric::DuplicateValues,
                    columns: &["id"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
            ],
            checks_digest: "0475d77a749ea9da3e031b074487ea2b4122f8bba00ecb62ce5496a4cb1a9f1d",
            allow_empty: false,
        },
        DatasetSpec {
            name: "orders",
            silver: Location {
                server: ServerId(1),
                place: Place::Object("silver/orders.csv"),
                domain: DomainId(3),
            },
            gold: Location {
                server: ServerId(1),
                place: Place::Object("gold/orders.csv"),
                domain: DomainId(2),
            },
            reader: Some(Reader::Csv),
            schema: SchemaSpec {
                mode: SchemaMode::Exact,
                columns: &[
                    SchemaColumn {
                        name: "amount_cents",
                        kind: ColumnKind::Integer,
                        required: true,
                    },
                    SchemaColumn {
                        name: "created_at",
                        kind: ColumnKind::Timestamp,
                        required: true,
                    },
                    SchemaColumn {
                        name: "customer_id",
                        kind: ColumnKind::Integer,
                        required: true,
                    },
                    SchemaColumn {
                        name: "id",
                        kind: ColumnKind::Integer,
                        required: true,
                    },
                    SchemaColumn {
                        name: "note",
                        kind: ColumnKind::Text,
                        required: false,
                    },
                    SchemaColumn {
                        name: "status",
                        kind: ColumnKind::Text,
                        required: true,
                    },
                ],
            },
            checks: &[
                CheckSpec {
                    id: "rows",
                    metric: Metric::RowCount,
                    columns: &[],
                    expect: Expect::Greater(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
                CheckSpec {
                    id: "unique-id",
                    metric: Metric::DuplicateValues,
                    columns: &["id"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
                CheckSpec {
                    id: "known-status",
                    metric: Metric::InvalidValues(
                        Validity::OneOf(&["open", "paid", "shipped", "returned"]),
                    ),
                    columns: &["status"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
                CheckSpec {
                    id: "sane-amount",
                    metric: Metric::InvalidValues(Validity::Range {
                        minimum: Some(0.0),
                        maximum: Some(10000000.0),
                    }),
                    columns: &["amount_cents"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
            ],
            checks_digest: "16c9c3f93fabdc548a5e1a2c6eb5cd59c0f8afe12bb2633f551c11b605b19e2e",
            allow_empty: false,
        },
        DatasetSpec {
            name: "visits",
            silver: Location {
                server: ServerId(1),
                place: Place::Object("silver/visits.parquet"),
                domain: DomainId(3),
            },
            gold: Location {
                server: ServerId(1),
                place: Place::Object("gold/visits.parquet"),
                domain: DomainId(2),
            },
            reader: Some(Reader::Parquet),
            schema: SchemaSpec {
                mode: SchemaMode::Exact,
                columns: &[
                    SchemaColumn {
                        name: "at",
                        kind: ColumnKind::Timestamp,
                        required: true,
                    },
                    SchemaColumn {
                        name: "id",
                        kind: ColumnKind::Integer,
                        required: true,
                    },
                    SchemaColumn {
                        name: "new",
                        kind: ColumnKind::Boolean,
                        required: true,
                    },
                    SchemaColumn {
                        name: "paid",
                        kind: ColumnKind::Number,
                        required: true,
                    },
                    SchemaColumn {
                        name: "who",
                        kind: ColumnKind::Text,
                        required: false,
                    },
                ],
            },
            checks: &[
                CheckSpec {
                    id: "unique-id",
                    metric: Metric::DuplicateValues,
                    columns: &["id"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
                CheckSpec {
                    id: "known-person",
                    metric: Metric::InvalidValues(Validity::Pattern("person-[0-9]+")),
                    columns: &["who"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
                CheckSpec {
                    id: "sane-amount",
                    metric: Metric::InvalidValues(Validity::Range {
                        minimum: Some(0.0),
                        maximum: Some(10.0),
                    }),
                    columns: &["paid"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
            ],
            checks_digest: "2dc5a24dc7fe92a2fff8d42cb8dfdd160b5194169f917b0f461c98e652dc8cc5",
            allow_empty: false,
        },
        DatasetSpec {
            name: "warehouse-customers",
            silver: Location {
                server: ServerId(0),
                place: Place::Table("customers"),
                domain: DomainId(3),
            },
            gold: Location {
                server: ServerId(0),
                place: Place::Table("gold_customers"),
                domain: DomainId(2),
            },
            reader: None,
            schema: SchemaSpec {
                mode: SchemaMode::Exact,
                columns: &[
                    SchemaColumn {
                        name: "country",
                        kind: ColumnKind::Text,
                        required: true,
                    },
                    SchemaColumn {
                        name: "created_at",
                        kind: ColumnKind::Timestamp,
                        required: true,
                    },
                    SchemaColumn {
                        name: "email",
                        kind: ColumnKind::Text,
                        required: false,
                    },
                    SchemaColumn {
                        name: "id",
                        kind: ColumnKind::Integer,
                        required: true,
                    },
                    SchemaColumn {
                        name: "name",
                        kind: ColumnKind::Text,
                        required: true,
                    },
                    SchemaColumn {
                        name: "phone",
                        kind: ColumnKind::Text,
                        required: false,
                    },
                    SchemaColumn {
                        name: "ssn",
                        kind: ColumnKind::Text,
                        required: false,
                    },
                ],
            },
            checks: &[
                CheckSpec {
                    id: "unique-id",
                    metric: Metric::DuplicateValues,
                    columns: &["id"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
                CheckSpec {
                    id: "valid-email",
                    metric: Metric::InvalidValues(
                        Validity::Pattern("[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}"),
                    ),
                    columns: &["email"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
                CheckSpec {
                    id: "valid-country",
                    metric: Metric::InvalidValues(Validity::Length {
                        minimum: Some(2),
                        maximum: Some(2),
                    }),
                    columns: &["country"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
            ],
            checks_digest: "d5bdcf9eb3ac028e489b22e2b3708b8742171437caa4f5afc5c1cdc12adf25f0",
            allow_empty: false,
        },
        DatasetSpec {
            name: "warehouse-orders",
            silver: Location {
                server: ServerId(0),
                place: Place::Table("orders"),
                domain: DomainId(3),
            },
            gold: Location {
                server: ServerId(0),
                place: Place::Table("gold_orders"),
                domain: DomainId(2),
            },
            reader: None,
            schema: SchemaSpec {
                mode: SchemaMode::Exact,
                columns: &[
                    SchemaColumn {
                        name: "amount_cents",
                        kind: ColumnKind::Integer,
                        required: true,
                    },
                    SchemaColumn {
                        name: "created_at",
                        kind: ColumnKind::Timestamp,
                        required: true,
                    },
                    SchemaColumn {
                        name: "customer_id",
                        kind: ColumnKind::Integer,
                        required: true,
                    },
                    SchemaColumn {
                        name: "id",
                        kind: ColumnKind::Integer,
                        required: true,
                    },
                    SchemaColumn {
                        name: "note",
                        kind: ColumnKind::Text,
                        required: false,
                    },
                    SchemaColumn {
                        name: "status",
                        kind: ColumnKind::Text,
                        required: true,
                    },
                ],
            },
            checks: &[
                CheckSpec {
                    id: "known-customer",
                    metric: Metric::MissingReferences {
                        dataset: DatasetId(4),
                        column: "id",
                    },
                    columns: &["customer_id"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
                CheckSpec {
                    id: "sane-amount",
                    metric: Metric::InvalidValues(Validity::Range {
                        minimum: Some(0.0),
                        maximum: Some(10000000.0),
                    }),
                    columns: &["amount_cents"],
                    expect: Expect::Equal(0.0),
                    unit: Unit::Rows,
                    severity: Severity::Fail,
                },
            ],
            checks_digest: "38c9a574b09b971eb48e682125db322e6608a1e3829321a97aca8a7b9a440ce8",
            allow_empty: false,
        },
    ],
    rules: &[
        &rules::BOUNDED_READS,
        &rules::GOLD_IS_PUBLISHED,
        &rules::GOLD_NEEDS_VALIDATION,
        &rules::NO_DESTRUCTIVE_OPS,
        &rules::PII_EGRESS_MASK,
        &rules::QUERY_READS,
        &rules::READ_DATA,
        &rules::RUN_CHECKS,
        &rules::STAGING_IS_FREE,
        &rules::WORK_IN_PROGRESS,
    ],
    masks: &MASKS,
    sources: &SOURCES,
    matrix: include_str!("matrix.txt"),
};
/// The files this kernel was compiled from.
pub static SOURCES: [SourceSpec; 4] = [
    SourceSpec {
        path: "manifests/estate.toml",
        text: r#"# The data estate: what exists, where it belongs, what is personal.

[domain.bronze]
why = "landing and staging; agents may work here"

[domain.silver]
why = "cleaned customer data"

[domain.gold]
why = "published data; only promotion writes here"
protected = true

[domain.catalog]
why = "structure without content: names, schemas, listings"

[table.customers]
server = "postgres"
domain = "silver"
columns = [
  { name = "id", type = "integer", key = true },
  { name = "name", type = "text", pii = "person-name" },
  { name = "email", type = "text", pii = "email" },
  { name = "phone", type = "text", pii = "phone" },
  { name = "ssn", type = "text", pii = "ssn" },
  { name = "created_at", type = "timestamp" },
  { name = "country", type = "text" },
]

[table.staging_customers]
server = "postgres"
domain = "bronze"
columns = [
  { name = "id", type = "integer", key = true },
  { name = "name", type = "text", pii = "person-name" },
  { name = "email", type = "text", pii = "email" },
  { name = "phone", type = "text", pii = "phone" },
  { name = "ssn", type = "text", pii = "ssn" },
  { name = "created_at", type = "timestamp" },
  { name = "country", type = "text" },
]

[table.orders]
server = "postgres"
domain = "silver"
columns = [
  { name = "id", type = "integer", key = true },
  { name = "customer_id", type = "integer" },
  { name = "amount_cents", type = "integer" },
  { name = "status", type = "text" },
  { name = "note", type = "text", free-text = true },
  { name = "created_at", type = "timestamp" },
]

[table.events]
server = "postgres"
domain = "silver"
columns = [
  { name = "id", type = "integer", key = true },
  { name = "kind", type = "text" },
  { name = "payload", type = "text", free-text = true },
  { name = "at", type = "timestamp" },
]

[table.gold_customers]
server = "postgres"
domain = "gold"
columns = [
  { name = "id", type = "integer", key = true },
  { name = "name", type = "text", pii = "person-name" },
  { name = "email", type = "text", pii = "email" },
  { name = "phone", type = "text", pii = "phone" },
  { name = "ssn", type = "text", pii = "ssn" },
  { name = "created_at", type = "timestamp" },
  { name = "country", type = "text" },
]

[table.gold_orders]
server = "postgres"
domain = "gold"
columns = [
  { name = "id", type = "integer", key = true },
  { name = "customer_id", type = "integer" },
  { name = "amount_cents", type = "integer" },
  { name = "status", type = "text" },
  { name = "note", type = "text", free-text = true },
  { name = "created_at", type = "timestamp" },
]

[objects.bronze-files]
server = "s3"
prefix = "bronze/"
domain = "bronze"

[objects.silver-files]
server = "s3"
prefix = "silver/"
domain = "silver"

[objects.gold-files]
server = "s3"
prefix = "gold/"
domain = "gold"

[dataset.customers]
silver = { server = "s3", object = "silver/customers.csv" }
gold = { server = "s3", object = "gold/customers.csv" }
reader = "csv"

[dataset.customers.schema]
mode = "exact"
columns = { id = "integer!", name = "text!", email = "text!", phone = "text", ssn = "text", created_at = "timestamp!", country = "text!" }

[[dataset.customers.check]]
id = "rows"
metric = "rowCount"
must-be-greater-than = 0

[[dataset.customers.check]]
id = "unique-id"
metric = "duplicateValues"
columns = ["id"]
must-be = 0

[[dataset.customers.check]]
id = "unique-email"
metric = "duplicateValues"
columns = ["email"]
must-be = 0

[[dataset.customers.check]]
id = "valid-email"
metric = "invalidValues"
columns = ["email"]
pattern = "[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}"
must-be = 0

[[dataset.customers.check]]
id = "valid-country"
metric = "invalidValues"
columns = ["country"]
pattern = "[A-Z]{2}"
must-be = 0

[dataset.orders]
silver = { server = "s3", object = "silver/orders.csv" }
gold = { server = "s3", object = "gold/orders.csv" }
reader = "csv"

[dataset.orders.schema]
mode = "exact"
columns = { id = "integer!", customer_id = "integer!", amount_cents = "integer!", status = "text!", note = "text", created_at = "timestamp!" }

[[dataset.orders.check]]
id = "rows"
metric = "rowCount"
must-be-greater-than = 0

[[dataset.orders.check]]
id = "unique-id"
metric = "duplicateValues"
columns = ["id"]
must-be = 0

[[dataset.orders.check]]
id = "known-status"
metric = "invalidValues"
columns = ["status"]
one-of = ["open", "paid", "shipped", "returned"]
must-be = 0

[[dataset.orders.check]]
id = "sane-amount"
metric = "invalidValues"
columns = ["amount_cents"]
minimum = 0
maximum = 10_000_000
must-be = 0

# Rows of the warehouse: counted where they are, promoted inside one transaction.
[dataset.warehouse-customers]
silver = { server = "postgres", table = "customers" }
gold = { server = "postgres", table = "gold_customers" }

[dataset.warehouse-customers.schema]
mode = "exact"
columns = { id = "integer!", name = "text!", email = "text", phone = "text", ssn = "text", created_at = "timestamp!", country = "text!" }

[[dataset.warehouse-customers.check]]
id = "unique-id"
metric = "duplicateValues"
columns = ["id"]
must-be = 0

[[dataset.warehouse-customers.check]]
id = "valid-email"
metric = "invalidValues"
columns = ["email"]
pattern = "[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}"
must-be = 0

[[dataset.warehouse-customers.check]]
id = "valid-country"
metric = "invalidValues"
columns = ["country"]
min-length = 2
max-length = 2
must-be = 0

[dataset.warehouse-orders]
silver = { server = "postgres", table = "orders" }
gold = { server = "postgres", table = "gold_orders" }

[dataset.warehouse-orders.schema]
mode = "exact"
columns = { id = "integer!", customer_id = "integer!", amount_cents = "integer!", status = "text!", note = "text", created_at = "timestamp!" }

[[dataset.warehouse-orders.check]]
id = "known-customer"
metric = "missingReferences"
columns = ["customer_id"]
references = { dataset = "warehouse-customers", column = "id" }
must-be = 0

[[dataset.warehouse-orders.check]]
id = "sane-amount"
metric = "invalidValues"
columns = ["amount_cents"]
minimum = 0
maximum = 10_000_000
must-be = 0

# Every object below a prefix, as one table.
[dataset.events]
silver = { server = "s3", prefix = "silver/events/" }
gold = { server = "s3", prefix = "gold/events/" }
reader = "jsonl"

[dataset.events.schema]
mode = "superset"
columns = { id = "integer!", kind = "text!", at = "timestamp!" }

[[dataset.events.check]]
id = "unique-id"
metric = "duplicateValues"
columns = ["id"]
must-be = 0

# Columns of a Parquet file, read by ranges.
[dataset.visits]
silver = { server = "s3", object = "silver/visits.parquet" }
gold = { server = "s3", object = "gold/visits.parquet" }
reader = "parquet"

[dataset.visits.schema]
mode = "exact"
columns = { id = "integer!", who = "text", paid = "number!", at = "timestamp!", new = "boolean!" }

[[dataset.visits.check]]
id = "unique-id"
metric = "duplicateValues"
columns = ["id"]
must-be = 0

[[dataset.visits.check]]
id = "known-person"
metric = "invalidValues"
columns = ["who"]
pattern = "person-[0-9]+"
must-be = 0

[[dataset.visits.check]]
id = "sane-amount"
metric = "invalidValues"
columns = ["paid"]
minimum = 0
maximum = 10
must-be = 0
"#,
    },
    SourceSpec {
        path: "manifests/postgres.toml",
        text: r#"# The warehouse: a SQL database behind four tools.

[server]
name = "postgres"
command = ["aegis", "downstream", "postgres", "--database", "${state}/warehouse/warehouse.db", "--estate", "${estate}"]
cage = { level = "standard", net = "none", write = ["${state}/warehouse"] }
env = { TZ = "UTC" }
timeout = "30s"
max-total = "120s"

[[tool]]
name = "query"
title = "Query the warehouse"
description = "Read rows with one SQL SELECT. Personal columns come back as tokens that are equal where the values are, so counts, joins and GROUP BY work; rows that were written to staging through here have tokens of their own."
capabilities = ["read:catalog"]
result = { rows = "/structuredContent" }

[tool.input]
sql = { type = "string", max-length = 32768, description = "One SELECT statement in SQLite's dialect" }
limit = { type = "integer", minimum = 1, maximum = 1000, optional = true, description = "Most rows to return" }

[[tool.screen]]
at = "/sql"
kind = "sql"
dialect = "sqlite"
masked = "views"

[[tool]]
name = "execute"
title = "Change the warehouse"
description = "Run one scoped INSERT, UPDATE or DELETE. Without a WHERE that narrows it, a statement counts as destruction."
capabilities = ["read:catalog"]
result = { rows = "/structuredContent" }

[tool.input]
sql = { type = "string", max-length = 32768, description = "One INSERT, UPDATE or DELETE statement in SQLite's dialect" }

[[tool.screen]]
at = "/sql"
kind = "sql"
dialect = "sqlite"
masked = "views"

[[tool]]
name = "list_tables"
title = "List tables"
description = "Names of the warehouse's tables"
capabilities = ["read:catalog"]
input = {}

[[tool]]
name = "describe_table"
title = "Describe a table"
description = "Columns, types and keys of one table"
capabilities = ["read:catalog"]

[tool.input]
table = { type = "string", max-length = 128, description = "The table's name" }
"#,
    },
    SourceSpec {
        path: "manifests/s3.toml",
        text: r#"# The object store: one directory or bucket behind six tools.

[server]
name = "s3"
command = ["aegis", "downstream", "s3", "--root", "${state}/objects"]
cage = { level = "standard", net = "none", write = ["${state}/objects"] }
env = { TZ = "UTC" }
timeout = "30s"
max-total = "120s"

[[tool]]
name = "list_objects"
title = "List objects"
description = "Keys, sizes and etags under a prefix"
capabilities = ["read:catalog"]

[tool.input]
prefix = { type = "string", max-length = 1024, optional = true, description = "Only keys under this prefix" }

[[tool.screen]]
at = "/prefix"
kind = "opaque"
why = "a listing shows names, sizes and etags of the catalog, and no content"

[[tool]]
name = "head_object"
title = "Look at an object"
description = "Size, etag and time of one object, without its content"
capabilities = ["read:catalog"]

[tool.input]
key = { type = "string", max-length = 1024, description = "The object's key, such as silver/customers.csv" }

[[tool.screen]]
at = "/key"
kind = "object-key"
effect = "read"

[[tool]]
name = "get_object"
title = "Read an object"
description = "The content of one object; personal data in it comes back masked"
capabilities = ["read:catalog"]

[tool.input]
key = { type = "string", max-length = 1024, description = "The object's key" }

[[tool.screen]]
at = "/key"
kind = "object-key"
effect = "read"

[[tool]]
name = "put_object"
title = "Write an object"
description = "Write one object; gold is written by aegis__promote alone"
capabilities = ["read:catalog"]

[tool.input]
key = { type = "string", max-length = 1024, description = "The object's key" }
body = { type = "string", max-length = 1048576, description = "The content" }
if_match = { type = "string", max-length = 256, optional = true, description = "Only if the object has this etag" }
if_none_match = { type = "string", enum = ["*"], optional = true, description = "Only if there is no such object" }

[[tool.screen]]
at = "/key"
kind = "object-key"
effect = "write"

[[tool]]
name = "copy_object"
title = "Copy an object"
description = "Copy one object on the server"
capabilities = ["read:catalog"]

[tool.input]
source = { type = "string", max-length = 1024, description = "The key to copy from" }
destination = { type = "string", max-length = 1024, description = "The key to copy to" }
source_if_match = { type = "string", max-length = 256, optional = true, description = "Only if the source has this etag" }
if_match = { type = "string", max-length = 256, optional = true, description = "Only if the destination has this etag" }
if_none_match = { type = "string", enum = ["*"], optional = true, description = "Only if there is no destination" }

[[tool.screen]]
at = "/source"
kind = "object-key"
effect = "read"

[[tool.screen]]
at = "/destination"
kind = "object-key"
effect = "write"

[[tool.screen]]
at = "/source_if_match"
kind = "opaque"
why = "an etag, compared and never resolved"

[[tool]]
name = "delete_object"
title = "Delete an object"
description = "Delete one object; an object is to a bucket what a table is to a database"
capabilities = ["read:catalog"]

[tool.input]
key = { type = "string", max-length = 1024, description = "The object's key" }

[[tool.screen]]
at = "/key"
kind = "object-key"
effect = "destroy"
"#,
    },
    SourceSpec {
        path: "policies/default.toml",
        text: r#"# The default policy. Three invariants hold whatever the agent does:
# no-destructive-ops, pii-egress-mask, gold-needs-validation.

name = "default"
durability = "fsync"

[[allow]]
id = "read-data"
why = "agents may read; what they read is masked"
effects = ["read"]
domains = ["catalog", "bronze", "silver", "gold"]

[[allow]]
id = "work-in-progress"
why = "scoped writes are the agent's job"
tools = ["postgres.execute", "s3.copy_object", "s3.put_object"]
effects = ["write"]
domains = ["silver"]

[[allow]]
id = "staging-is-free"
why = "staging takes whatever a task needs, made-up values too; its tokens meet no others"
tools = ["postgres.execute", "s3.copy_object", "s3.put_object"]
effects = ["write"]
domains = ["bronze"]
literals = true

[[allow]]
id = "run-checks"
why = "checking data harms nothing and earns the receipt that promotion needs"
effects = ["validate"]
domains = ["silver"]

[[block]]
id = "query-reads"
why = "a query only reads"
tools = ["postgres.query"]
effects = ["write"]
domains = ["bronze", "silver"]
remedy = "postgres__execute, for a statement that changes rows"

[[block]]
id = "no-destructive-ops"
why = "an agent never drops, truncates or deletes without a scope"
effects = ["destroy", "admin", "execute"]
domains = ["*"]
remedy = "in SQL, name the rows: a WHERE that compares a column with values of yours (`id = 7`, `kind IN ('a')`, both ends of a range); objects are deleted and schemas changed by people"

[[block]]
id = "gold-is-published"
why = "gold changes only by promotion of a validated dataset"
effects = ["write"]
domains = ["gold"]
remedy = "aegis__promote"

[[gate]]
id = "gold-needs-validation"
why = "only data that passed its checks becomes gold"
effects = ["promote"]
domains = ["gold"]
requires = { receipt = "silver-validation", for = "dataset", max-age = "15m" }
remedy = "call aegis__validate; its receipt serves one promotion, by the one who asked for it, of data that has not changed since"

[[argument]]
id = "bounded-reads"
why = "no bulk export through the agent"
tools = ["postgres.query"]
at = "/limit"
maximum = 1000
absent = 1000

[[transform]]
id = "pii-egress-mask"
why = "no raw personal data reaches a model"
domains = ["*"]
classes = { person-name = "redact", email = "token", phone = "redact", ssn = "redact", "*" = "redact" }
"#,
    },
];
