//! URLs: from a URL to the domain of its host.
//!
//! *Invariants.* A URL is read as it is or not at all: `scheme://host` in plain lower-case ASCII, then a path and a query that say
//! nothing about where it leads. Whatever two readers could take for two hosts is refused before a host is looked up: another
//! scheme's rules, a user before an `@`, an address or a number for a name, an internationalised name, an escape, a backslash, an
//! odd dot. A URL is data as well: to a host in a sink it shows `egress`, whatever else the tool does with it.

use crate::denial::{Code, Denial};
use crate::spec::{HostSpec, ServerId, Spec};
use crate::vocabulary::{Capability, Effect};

/// Longest URL, in bytes.
const URL_LIMIT: usize = 8192;

/// What a call with this URL shows.
pub(super) fn capabilities(
    spec: &'static Spec,
    server: ServerId,
    effect: Effect,
    url: &str,
) -> Result<Vec<Capability>, Denial> {
    let (secure, name, port) = host(url)?;
    let declared = || spec.hosts.iter().filter(|host| host.server == server);
    // The name itself before a pattern, and a long pattern before a short one.
    let found = declared()
        .filter(|host| matches(host, &name) && host.secure == secure && host.port == port)
        .max_by_key(|host| (!host.host.starts_with("*."), host.host.len()));
    let host = found.ok_or_else(|| {
        let known: Vec<String> = declared().map(|host| format!("`{}`", shown(host))).collect();
        Denial::new(Code::UrlUnmapped, "").remedy(format!("use {}", known.join(", ")))
    })?;
    let sink = spec.domains.get(usize::from(host.domain.0)).is_some_and(|domain| domain.sink);
    let mut found = vec![Capability::new(effect, host.domain)];
    if sink {
        found.push(Capability::new(Effect::Egress, host.domain));
    }
    Ok(found)
}

fn matches(host: &HostSpec, name: &str) -> bool {
    match host.host.strip_prefix('*') {
        Some(end) => name.len() > end.len() && name.ends_with(end),
        None => name == host.host,
    }
}

fn shown(host: &HostSpec) -> String {
    let scheme = if host.secure { "https" } else { "http" };
    let usual = if host.secure { 443 } else { 80 };
    if host.port == usual {
        format!("{scheme}://{}/", host.host)
    } else {
        format!("{scheme}://{}:{}/", host.host, host.port)
    }
}

/// Whether it is `https`, the host in lower case, and the port.
fn host(url: &str) -> Result<(bool, String, u16), Denial> {
    let odd = |letter: char| !matches!(letter, '!'..='~') || "\\\"<>^`{|}".contains(letter);
    if let Some((at, letter)) = url.char_indices().find(|(_, letter)| odd(*letter)) {
        let end = at.saturating_add(letter.len_utf8());
        return Err(Denial::new(Code::UrlCharacter, "").at("", Some((at, end))));
    }
    if url.is_empty() || url.len() > URL_LIMIT {
        return Err(Denial::new(Code::UrlCharacter, "it is empty or too long"));
    }
    let (secure, rest) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => return Err(Denial::new(Code::UrlScheme, "").remedy("begin with `https://`")),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(Denial::new(Code::UrlUserinfo, "").remedy("leave everything up to the `@` out"));
    }
    let (name, port) = match authority.split_once(':') {
        Some((name, digits)) => {
            let plain =
                digits.len() <= 5 && digits.bytes().all(|digit| digit.is_ascii_digit()) && !digits.starts_with('0');
            let port = digits.parse::<u16>().ok().filter(|_| plain);
            (name, port.ok_or_else(|| Denial::new(Code::UrlHost, "its port is no number"))?)
        }
        None => (authority, if secure { 443 } else { 80 }),
    };
    let name = name.to_ascii_lowercase();
    match fault(&name) {
        Some(fault) => Err(Denial::new(Code::UrlHost, fault)),
        None => Ok((secure, name, port)),
    }
}

/// Why a text is no plain host name.
fn fault(name: &str) -> Option<&'static str> {
    let plain = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if name.len() > 253 || !name.split('.').all(plain) {
        return Some("it is not made of letters, digits, dashes and single dots");
    }
    if name.split('.').any(|label| label.starts_with("xn--")) {
        return Some("it is an internationalised name, which may look like another one");
    }
    let last = name.rsplit('.').next().unwrap_or_default();
    if last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x") {
        return Some("it is an address or a number");
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::{host, matches};
    use crate::denial::Code;
    use crate::spec::{HostSpec, ServerId};
    use crate::vocabulary::DomainId;

    #[test]
    fn plain_urls_have_one_host() {
        for (url, came) in [
            ("https://wiki.example.com", (true, "wiki.example.com", 443)),
            ("https://Wiki.Example.COM/a?b=c#d", (true, "wiki.example.com", 443)),
            ("https://wiki.example.com?to=https://evil.test/@x", (true, "wiki.example.com", 443)),
            ("https://wiki.example.com/a:b@c", (true, "wiki.example.com", 443)),
            ("http://localhost:8080/", (false, "localhost", 8080)),
            ("https://a-1.example/%2e%2e/", (true, "a-1.example", 443)),
        ] {
            let (secure, name, port) = host(url).unwrap();
            assert_eq!((secure, name.as_str(), port), came, "{url}");
        }
    }

    #[test]
    fn evasions_are_refused() {
        for (url, code) in [
            ("", Code::UrlCharacter),
            ("https://wiki.example.com\\@evil.test/", Code::UrlCharacter),
            ("https://wiki.example.com\t.evil.test/", Code::UrlCharacter),
            ("https://wiki.exam\u{440}le.com/", Code::UrlCharacter),
            ("https://wiki\u{3002}example.com/", Code::UrlCharacter),
            (" https://wiki.example.com/", Code::UrlCharacter),
            ("file:///etc/passwd", Code::UrlScheme),
            ("HTTPS://wiki.example.com/", Code::UrlScheme),
            ("https:/wiki.example.com/", Code::UrlScheme),
            ("https:wiki.example.com", Code::UrlScheme),
            ("//wiki.example.com/", Code::UrlScheme),
            ("data:text/plain,x", Code::UrlScheme),
            ("javascript://wiki.example.com/%0aalert(1)", Code::UrlScheme),
            ("https://wiki.example.com@evil.test/", Code::UrlUserinfo),
            ("https://wiki.example.com:443@evil.test/", Code::UrlUserinfo),
            ("https://@wiki.example.com/", Code::UrlUserinfo),
            ("https:///wiki.example.com/", Code::UrlHost),
            ("https://?wiki.example.com", Code::UrlHost),
            ("https://127.0.0.1/", Code::UrlHost),
            ("https://2130706433/", Code::UrlHost),
            ("https://0x7f000001/", Code::UrlHost),
            ("https://0x7f.1/", Code::UrlHost),
            ("https://017700000001/", Code::UrlHost),
            ("https://[::1]/", Code::UrlHost),
            ("https://[::ffff:127.0.0.1]:443/", Code::UrlHost),
            ("https://xn--wiki-exmple-y5a.com/", Code::UrlHost),
            ("https://wiki.example.com./", Code::UrlHost),
            ("https://wiki..example.com/", Code::UrlHost),
            ("https://wiki%2eexample.com/", Code::UrlHost),
            ("https://wiki_x.example.com/", Code::UrlHost),
            ("https://wiki.example.com:/", Code::UrlHost),
            ("https://wiki.example.com:0443/", Code::UrlHost),
            ("https://wiki.example.com:+443/", Code::UrlHost),
            ("https://wiki.example.com:443:443/", Code::UrlHost),
            ("https://wiki.example.com:99999/", Code::UrlHost),
            ("https://wiki.example.com;evil.test/", Code::UrlHost),
            ("https://wiki.example.com&evil.test/", Code::UrlHost),
        ] {
            assert_eq!(host(url).unwrap_err().code(), code, "{url:?}");
        }
    }

    #[test]
    fn a_star_stands_for_names_below_and_not_beside() {
        let host =
            |host| HostSpec { name: "x", server: ServerId(0), host, port: 443, secure: true, domain: DomainId(0) };
        let below = host("*.example.com");
        assert!(matches(&below, "wiki.example.com") && matches(&below, "a.b.example.com"));
        for name in ["example.com", "notexample.com", "example.com.evil.test", ".example.com"] {
            assert!(!matches(&below, name), "{name}");
        }
        assert!(matches(&host("example.com"), "example.com") && !matches(&host("example.com"), "a.example.com"));
    }
}
