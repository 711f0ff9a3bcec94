//! Resources that several arguments name together, such as an owner and a repository: from their parts to a domain.
//!
//! *Invariants.* Each part is one plain segment. A service may take letters of both cases for one, so a resource that by its case
//! alone lies elsewhere is refused.

use super::{object_key, pointer};
use crate::denial::{Code, Denial};
use crate::spec::{PrefixSpec, ServerId, Spec};
use crate::vocabulary::DomainId;
use serde_json::{Map, Value};

/// The resource, as `owner/repository`, and its domain.
pub(super) fn domain_of(
    spec: &'static Spec,
    server: ServerId,
    first: &str,
    with: &[&str],
    arguments: &Map<String, Value>,
) -> Result<(String, DomainId), Denial> {
    let mut parts = vec![first];
    for at in with {
        let part = pointer::text(arguments, at);
        parts.push(part.ok_or_else(|| Denial::new(Code::ScreenAbsent, "").at(*at, None))?);
    }
    if parts.iter().any(|part| part.contains('/')) {
        return Err(Denial::new(Code::KeyTraversal, "a part of the resource holds a `/`"));
    }
    let resource = parts.join("/");
    object_key::refuse_ambiguous(&resource)?;
    let own: Vec<&PrefixSpec> = spec.prefixes.iter().filter(|prefix| prefix.server == server).collect();
    match (innermost(&own, &resource, |text| text.to_owned()), innermost(&own, &resource, str::to_ascii_lowercase)) {
        (Some(exact), Some(folded)) if exact == folded => Ok((resource, exact)),
        (_, None) => {
            let known: Vec<_> = own.iter().map(|prefix| format!("`{}`", prefix.prefix)).collect();
            Err(Denial::new(Code::KeyUnmapped, "").remedy(format!("use a resource under {}", known.join(", "))))
        }
        (_, Some(_)) => Err(Denial::new(Code::KeyEncoded, "by the case of its letters alone it lies elsewhere")
            .remedy("spell the resource exactly as it is declared")),
    }
}

/// The domain of the longest prefix that holds a resource or is it.
fn innermost(own: &[&PrefixSpec], resource: &str, fold: impl Fn(&str) -> String) -> Option<DomainId> {
    let place = fold(&format!("{resource}/"));
    let holding = own.iter().filter(|prefix| place.starts_with(&fold(prefix.prefix)));
    holding.max_by_key(|prefix| prefix.prefix.len()).map(|prefix| prefix.domain)
}

#[cfg(test)]
mod tests {
    use super::innermost;
    use crate::spec::{PrefixSpec, ServerId};
    use crate::vocabulary::DomainId;

    #[test]
    fn the_innermost_prefix_holds_a_resource() {
        let prefix = |prefix, domain| PrefixSpec { name: "x", server: ServerId(0), prefix, domain: DomainId(domain) };
        let (all, one) = (prefix("acme/", 0), prefix("acme/vault/", 1));
        let own = [&all, &one];
        let exact = |resource| innermost(&own, resource, str::to_owned);
        assert_eq!(exact("acme/site"), Some(DomainId(0)));
        assert_eq!(exact("acme/vault"), Some(DomainId(1)));
        assert_eq!(exact("acme/vaults"), Some(DomainId(0)));
        assert_eq!(exact("acme/VAULT"), Some(DomainId(0)));
        assert_eq!(innermost(&own, "acme/VAULT", str::to_ascii_lowercase), Some(DomainId(1)));
        assert_eq!(exact("acmes/site"), None);
    }
}
