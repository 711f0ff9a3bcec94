//! The static tables.

use super::cells::option;
use super::ident::{constant, raw, word};
use crate::ir::{
    Base, CLASSES, Check, ClassIx, Column, Dataset, Domain, DomainIx, Effect, Face, Ir, Location, Metric, Operator,
    Origin, Pair, Part, Place, Screen, ScreenKind, SecretSource, Server, Table, Tool,
};
use crate::source::Sources;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

fn number(value: usize) -> Literal {
    Literal::usize_unsuffixed(value)
}

/// A class, as an expression.
fn class(index: ClassIx, ir: &Ir) -> TokenStream {
    let own = index.checked_sub(CLASSES.len()).and_then(|own| ir.classes.get(own));
    match (CLASSES.get(index), own) {
        (Some((_, variant)), _) => {
            let variant = word(variant);
            quote!(Class::#variant)
        }
        (None, Some(own)) => {
            let name = own_class(&own.name);
            quote!(Class::Custom(&#name))
        }
        (None, None) => quote!(Class::Secret),
    }
}

fn own_class(name: &str) -> Ident {
    constant(&format!("class-{name}"))
}

/// Classes of the estate's own.
pub(super) fn classes(ir: &Ir) -> TokenStream {
    let classes = ir.classes.iter().map(|own| {
        let (constant, name) = (own_class(&own.name), &own.name);
        let placeholder = name.to_ascii_uppercase().replace('-', "_");
        let literals = &own.literals;
        let pattern = option(own.pattern.as_ref().map(|pattern| quote!(#pattern)));
        let doc = format!("`[class.{name}]`");
        quote! {
            #[doc = #doc]
            pub static #constant: ::aegis_runtime::vocabulary::CustomClass =
                ::aegis_runtime::vocabulary::CustomClass { name: #name, placeholder: #placeholder, literals: &[#(#literals),*], pattern: #pattern };
        }
    });
    quote!(#(#classes)*)
}

fn domain_id(index: DomainIx) -> TokenStream {
    let index = number(index);
    quote!(DomainId(#index))
}

fn server_id(index: usize) -> TokenStream {
    let index = number(index);
    quote!(ServerId(#index))
}

fn capability((effect, domain): &Pair) -> TokenStream {
    let (effect, domain) = (word(effect.variant()), domain_id(*domain));
    quote!(Capability::new(Effect::#effect, #domain))
}

/// The transforms.
pub(super) fn masks(ir: &Ir) -> TokenStream {
    let count = number(ir.masks.len());
    let masks = ir.masks.iter().filter_map(|mask| {
        let rule = constant(&ir.rules.get(mask.rule)?.id);
        let domains = mask.domains.iter().map(|domain| domain_id(*domain));
        let operators = mask.operators.iter().map(|(of, operator)| {
            let of = class(*of, ir);
            let operator = match operator {
                Operator::Redact => quote!(Redact),
                Operator::Token => quote!(Token),
                Operator::Drop => quote!(Drop),
                Operator::KeepLast(keep) => {
                    let keep = Literal::u8_unsuffixed(*keep);
                    quote!(KeepLast(#keep))
                }
                Operator::KeepDomain => quote!(KeepDomain),
                Operator::Bucket => quote!(Bucket),
                Operator::DateShift => quote!(DateShift),
            };
            quote!((#of, Operator::#operator))
        });
        Some(quote!(MaskSpec { rule: &rules::#rule, domains: &[#(#domains),*], operators: &[#(#operators),*] }))
    });
    quote! {
        /// What is masked, and how.
        pub static MASKS: [MaskSpec; #count] = [#(#masks),*];
    }
}

/// The sources, as they were read.
pub(super) fn sources(sources: &Sources) -> TokenStream {
    let all = sources.all();
    let count = number(all.len());
    let entries = all.iter().map(|source| {
        let (path, text) = (&source.path, raw(&source.text));
        quote!(SourceSpec { path: #path, text: #text })
    });
    quote! {
        /// The files this kernel was compiled from.
        pub static SOURCES: [SourceSpec; #count] = [#(#entries),*];
    }
}

/// Everything else.
pub(super) fn spec(ir: &Ir, matrix: &TokenStream) -> TokenStream {
    let (name, digest) = (&ir.name, &ir.digest);
    let posture = if ir.guarded { "guarded" } else { "unguarded" };
    let (durability, outcome) = (word(ir.durability), word(ir.outcome));
    let (audit, limits) = (audit(ir), limits(ir));
    let domains = ir.domains.iter().map(|Domain { name, why, protected, sink, literals }| {
        quote!(DomainSpec { name: #name, why: #why, protected: #protected, sink: #sink, literals: #literals })
    });
    let servers = ir.servers.iter().map(server);
    let tools = (0..).zip(&ir.tools).map(|(index, spec)| tool(ir, index, spec));
    let tables = ir.tables.iter().map(|one| table(ir, one));
    let prefixes = ir.prefixes.iter().map(|prefix| {
        let (name, text, server, domain) =
            (&prefix.name, &prefix.prefix, server_id(prefix.server), domain_id(prefix.domain));
        quote!(PrefixSpec { name: #name, server: #server, prefix: #text, domain: #domain })
    });
    let files = ir.files.iter().map(|files| {
        let (name, path, server, domain) = (&files.name, &files.path, server_id(files.server), domain_id(files.domain));
        quote!(FilesSpec { name: #name, server: #server, path: #path, domain: #domain })
    });
    let hosts = ir.hosts.iter().map(|host| {
        let (name, text, secure) = (&host.name, &host.host, host.secure);
        let (server, domain, port) = (server_id(host.server), domain_id(host.domain), number(usize::from(host.port)));
        quote!(HostSpec { name: #name, server: #server, host: #text, port: #port, secure: #secure, domain: #domain })
    });
    let datasets = ir.datasets.iter().map(dataset);
    let rules = ir.rules.iter().map(|rule| constant(&rule.id));
    quote! {
        /// The static tables.
        pub static SPEC: Spec = Spec {
            policy: PolicySpec {
                name: #name,
                digest: #digest,
                posture: #posture,
                durability: Durability::#durability,
                outcome: OutcomeDurability::#outcome,
                audit: #audit,
                mask: #limits,
            },
            domains: &[#(#domains),*],
            servers: &[#(#servers),*],
            tools: &[#(#tools),*],
            tables: &[#(#tables),*],
            prefixes: &[#(#prefixes),*],
            files: &[#(#files),*],
            hosts: &[#(#hosts),*],
            datasets: &[#(#datasets),*],
            rules: &[#(&rules::#rules),*],
            masks: &MASKS,
            sources: &SOURCES,
            matrix: #matrix,
        };
    }
}

fn audit(ir: &Ir) -> TokenStream {
    let (anchor, read, bytes) = (&ir.audit.anchor, &ir.audit.anchor_read, ir.audit.segment_bytes);
    let require = match ir.audit.require_anchor {
        Some(seconds) => quote!(Some(Duration::from_secs(#seconds))),
        None => quote!(None),
    };
    quote! {
        AuditSpec {
            anchor: &[#(#anchor),*], anchor_read: &[#(#read),*], segment_bytes: #bytes, require_anchor: #require,
        }
    }
}

fn limits(ir: &Ir) -> TokenStream {
    let [bytes, depth, string, places] =
        [ir.limits.bytes, ir.limits.depth, ir.limits.string, ir.limits.places].map(Literal::u64_unsuffixed);
    let private = ir.limits.private_addresses;
    quote! {
        MaskLimits {
            bytes: #bytes, depth: #depth, string: #string, places: #places, private_addresses: #private,
        }
    }
}

fn server(server: &Server) -> TokenStream {
    let (name, command) = (&server.name, &server.command);
    let env = server.env.iter().map(|(name, value)| quote!((#name, #value)));
    let secrets = server.secrets.iter().map(|(variable, source)| {
        let source = match source {
            SecretSource::Env(name) => quote!(Env(#name)),
            SecretSource::File(path) => quote!(File(#path)),
            SecretSource::Exec(argv) => quote!(Exec(&[#(#argv),*])),
            SecretSource::Systemd(name) => quote!(Systemd(#name)),
        };
        quote!(SecretSpec { variable: #variable, source: SecretSource::#source })
    });
    let sha256 = server.sha256.iter().map(|(file, digest)| quote!((#file, #digest)));
    let (timeout, total) = (Literal::u64_unsuffixed(server.timeout), Literal::u64_unsuffixed(server.max_total));
    let (level, net, read, write) = (word(server.cage_level), server.cage_net, &server.cage_read, &server.cage_write);
    quote! {
        ServerSpec {
            name: #name,
            command: &[#(#command),*],
            env: &[#(#env),*],
            secrets: &[#(#secrets),*],
            sha256: &[#(#sha256),*],
            timeout: Duration::from_secs(#timeout),
            max_total: Duration::from_secs(#total),
            cage: CageSpec { level: CageLevel::#level, net: #net, read: &[#(#read),*], write: &[#(#write),*] },
        }
    }
}

fn tool(ir: &Ir, index: usize, tool: &Tool) -> TokenStream {
    let (wire, dotted, name, title, description) =
        (&tool.wire, &tool.dotted, &tool.name, &tool.title, &tool.description);
    let origin = match tool.origin {
        Origin::Downstream(server) => {
            let server = server_id(server);
            quote!(Downstream(#server))
        }
        Origin::Native(native) => {
            let native = word(native);
            quote!(Native(Native::#native))
        }
    };
    let face = face(&tool.face);
    let schema = raw(&serde_json::to_string(&tool.schema).unwrap_or_default());
    let hints = hints(ir, index, tool);
    let capabilities = tool.capabilities.iter().map(capability);
    let screens = tool.screens.iter().map(screen);
    let rows = option(tool.rows.as_ref().map(|rows| quote!(#rows)));
    let fields = tool.fields.iter().map(|(path, of)| {
        let of = class(*of, ir);
        quote!(FieldSpec { path: #path, class: #of })
    });
    let numbers = &tool.numbers;
    let pin = option(tool.pin.as_ref().map(|(definition, volatile)| {
        let definition = raw(definition);
        quote!(PinSpec { definition: #definition, volatile: &[#(#volatile),*] })
    }));
    let binary = if tool.binary_pass { quote!(Pass) } else { quote!(Drop) };
    quote! {
        ToolSpec {
            wire: #wire,
            dotted: #dotted,
            name: #name,
            origin: Origin::#origin,
            face: Face::#face,
            title: #title,
            description: #description,
            input_schema: #schema,
            hints: #hints,
            capabilities: &[#(#capabilities),*],
            screens: &[#(#screens),*],
            rows: #rows,
            fields: &[#(#fields),*],
            numbers: &[#(#numbers),*],
            binary: Binary::#binary,
            pin: #pin,
        }
    }
}

fn face(face: &Face) -> TokenStream {
    let uri = match face {
        Face::Tool => return quote!(Tool),
        Face::Prompt => return quote!(Prompt),
        Face::Resource(uri) => uri,
    };
    let (template, mime_type) = (&uri.template, option(uri.mime_type.as_ref().map(|kind| quote!(#kind))));
    let parts = uri.parts.iter().map(|part| match part {
        Part::Literal(text) => quote!(UriPart::Literal(#text)),
        Part::Variable(before, name, after) => {
            quote!(UriPart::Variable { before: #before, name: #name, after: #after })
        }
    });
    quote!(Resource(UriSpec { template: #template, parts: &[#(#parts),*], mime_type: #mime_type }))
}

/// Annotations, from what the tool is permitted to change. A change is destructive in the protocol's sense: it need not only add.
fn hints(ir: &Ir, index: usize, tool: &Tool) -> TokenStream {
    let permitted = || tool.reachable.iter().filter(|pair| ir.permits(index, **pair));
    let destructive = permitted().any(|(effect, _)| !matches!(effect, Effect::Read | Effect::Validate));
    let read_only = !destructive && tool.reachable.iter().all(|(effect, _)| *effect != Effect::Validate);
    let open_world = permitted().any(|(_, domain)| ir.domains.get(*domain).is_some_and(|domain| domain.sink));
    quote!(Hints { read_only: #read_only, destructive: #destructive, idempotent: #read_only, open_world: #open_world })
}

fn screen(screen: &Screen) -> TokenStream {
    let at = &screen.at;
    let absent = if screen.skip { quote!(Skip) } else { quote!(Deny) };
    let kind = match &screen.kind {
        ScreenKind::Sql(dialect, carrier) => {
            let (dialect, carrier) = (word(dialect), word(carrier));
            quote!(Sql(Dialect::#dialect, Carrier::#carrier))
        }
        ScreenKind::ObjectKey(effect) => {
            let effect = word(effect.variant());
            quote!(ObjectKey(Effect::#effect))
        }
        ScreenKind::Path(effect, base, content) => {
            let effect = word(effect.variant());
            let base = match base {
                Base::None => quote!(None),
                Base::Directory(path) => quote!(Directory(#path)),
                Base::Field(at) => quote!(Field(#at)),
            };
            quote!(Path(Effect::#effect, PathBase::#base, #content))
        }
        ScreenKind::Url(effect) => {
            let effect = word(effect.variant());
            quote!(Url(Effect::#effect))
        }
        ScreenKind::Compose(effect, with) => {
            let effect = word(effect.variant());
            quote!(Compose(Effect::#effect, &[#(#with),*]))
        }
        ScreenKind::Dataset(effect) => {
            let effect = word(effect.variant());
            quote!(Dataset(Effect::#effect))
        }
        ScreenKind::Opaque(why) => quote!(Opaque(#why)),
    };
    quote!(ScreenSpec { at: #at, absent: Absent::#absent, kind: ScreenKind::#kind })
}

fn table(ir: &Ir, table: &Table) -> TokenStream {
    let (name, server, domain) = (&table.name, server_id(table.server), domain_id(table.domain));
    let columns = table.columns.iter().map(|Column { name, kind, key, pii, free_text }| {
        let kind = word(kind);
        let pii = option(pii.map(|of| class(of, ir)));
        quote!(ColumnSpec { name: #name, kind: ColumnKind::#kind, key: #key, pii: #pii, free_text: #free_text })
    });
    quote!(TableSpec { name: #name, server: #server, domain: #domain, columns: &[#(#columns),*] })
}

fn location(location: &Location) -> TokenStream {
    let (server, domain) = (server_id(location.server), domain_id(location.domain));
    let place = match &location.place {
        Place::Object(key) => quote!(Object(#key)),
        Place::Prefix(prefix) => quote!(Prefix(#prefix)),
        Place::Table(name) => quote!(Table(#name)),
    };
    quote!(Location { server: #server, place: Place::#place, domain: #domain })
}

fn dataset(dataset: &Dataset) -> TokenStream {
    let (name, silver, gold, digest, empty) = (
        &dataset.name,
        location(&dataset.silver),
        location(&dataset.gold),
        &dataset.checks_digest,
        dataset.allow_empty,
    );
    let reader = option(dataset.reader.map(|reader| {
        let reader = word(reader);
        quote!(Reader::#reader)
    }));
    let mode = if dataset.exact { quote!(Exact) } else { quote!(Superset) };
    let columns = dataset.columns.iter().map(|(name, kind, required)| {
        let kind = word(kind);
        quote!(SchemaColumn { name: #name, kind: ColumnKind::#kind, required: #required })
    });
    let checks = dataset.checks.iter().map(check);
    quote! {
        DatasetSpec {
            name: #name,
            silver: #silver,
            gold: #gold,
            reader: #reader,
            schema: SchemaSpec { mode: SchemaMode::#mode, columns: &[#(#columns),*] },
            checks: &[#(#checks),*],
            checks_digest: #digest,
            allow_empty: #empty,
        }
    }
}

fn check(check: &Check) -> TokenStream {
    let (id, columns) = (&check.id, &check.columns);
    let float = |value: &f64| Literal::f64_unsuffixed(*value);
    let metric = match &check.metric {
        Metric::RowCount => quote!(RowCount),
        Metric::NullValues => quote!(NullValues),
        Metric::MissingValues(words) => quote!(MissingValues(&[#(#words),*])),
        Metric::DuplicateValues => quote!(DuplicateValues),
        Metric::MissingReferences(dataset, column) => {
            let dataset = Literal::usize_unsuffixed(*dataset);
            quote!(MissingReferences { dataset: DatasetId(#dataset), column: #column })
        }
        Metric::Age => quote!(Age),
        Metric::Length(minimum, maximum) => {
            let bound = |value: &Option<u64>| {
                option(value.map(|value| {
                    let value = Literal::u64_unsuffixed(value);
                    quote!(#value)
                }))
            };
            let (minimum, maximum) = (bound(minimum), bound(maximum));
            quote!(InvalidValues(Validity::Length { minimum: #minimum, maximum: #maximum }))
        }
        Metric::Pattern(pattern) => quote!(InvalidValues(Validity::Pattern(#pattern))),
        Metric::OneOf(words) => quote!(InvalidValues(Validity::OneOf(&[#(#words),*]))),
        Metric::Range(minimum, maximum) => {
            let bound = |value: &Option<f64>| {
                option(value.map(|value| {
                    let value = Literal::f64_unsuffixed(value);
                    quote!(#value)
                }))
            };
            let (minimum, maximum) = (bound(minimum), bound(maximum));
            quote!(InvalidValues(Validity::Range { minimum: #minimum, maximum: #maximum }))
        }
    };
    let (expect, values) = (word(check.expect.0), check.expect.1.iter().map(float));
    let unit = word(check.unit);
    let severity = if check.warn { quote!(Warn) } else { quote!(Fail) };
    quote! {
        CheckSpec {
            id: #id,
            metric: Metric::#metric,
            columns: &[#(#columns),*],
            expect: Expect::#expect(#(#values),*),
            unit: Unit::#unit,
            severity: Severity::#severity,
        }
    }
}
