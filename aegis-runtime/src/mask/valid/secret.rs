//! Credentials: published prefixes with their alphabets and lengths, JSON web tokens, private keys, passwords in URLs.
//! Sources: the issuers' documentation of their token formats (AWS, Google Cloud, Azure, GitHub, GitLab, Slack, Stripe, OpenAI,
//! Anthropic, npm, PyPI and others named at their rows); RFC 7519, RFC 7468, RFC 3986.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::ops::{Range, RangeInclusive};

/// What a token is made of behind its prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mask) enum Alphabet {
    /// Capitals and digits.
    Upper,
    /// Hexadecimal digits.
    Hex,
    /// Letters and digits.
    Alnum,
    /// Letters, digits, `_` and `-`.
    Url,
    /// The same, and `.`.
    Dotted,
    /// Base64 with its padding.
    Base64,
    /// Segments of a URL's path.
    Path,
}

impl Alphabet {
    fn holds(self, byte: u8) -> bool {
        match self {
            Alphabet::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Alphabet::Hex => byte.is_ascii_hexdigit(),
            Alphabet::Alnum => byte.is_ascii_alphanumeric(),
            Alphabet::Url => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Alphabet::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'),
            Alphabet::Base64 => byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='),
            Alphabet::Path => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'/' | b'@'),
        }
    }
}

/// A published form of a token.
#[derive(Debug, Clone)]
pub(in crate::mask) struct Issued {
    pub(in crate::mask) prefix: &'static str,
    alphabet: Alphabet,
    lengths: RangeInclusive<usize>,
}

const fn issued(prefix: &'static str, alphabet: Alphabet, least: usize, most: usize) -> Issued {
    Issued { prefix, alphabet, lengths: least..=most }
}

/// Longest token.
const LONG: usize = 4096;

use Alphabet::{Alnum, Base64, Dotted, Hex, Path, Upper, Url};

/// Every published form; a prefix that ends in `/` is the address of a service, which stays. Where one prefix begins with another, the longer stands first.
pub(in crate::mask) const ISSUED: &[Issued] = &[
    // Amazon Web Services
    issued("AKIA", Upper, 16, 16),
    issued("ASIA", Upper, 16, 16),
    issued("ABIA", Upper, 16, 16),
    issued("ACCA", Upper, 16, 16),
    issued("ABSK", Base64, 100, 200),
    // Google Cloud
    issued("AIza", Url, 35, 35),
    issued("GOCSPX-", Url, 28, 28),
    issued("ya29.", Dotted, 20, LONG),
    issued("1//0", Url, 30, 200),
    // Azure
    issued("AccountKey=", Base64, 86, 88),
    issued("SharedAccessKey=", Base64, 43, 88),
    // GitHub
    issued("github_pat_", Url, 60, 120),
    issued("ghp_", Alnum, 36, 255),
    issued("gho_", Alnum, 36, 255),
    issued("ghu_", Alnum, 36, 255),
    issued("ghs_", Dotted, 36, 1024),
    issued("ghr_", Alnum, 36, 255),
    // GitLab
    issued("glpat-", Dotted, 20, 300),
    issued("gldt-", Url, 20, 64),
    issued("glrt-", Dotted, 20, 300),
    issued("glcbt-", Dotted, 20, 300),
    issued("glptt-", Hex, 40, 40),
    issued("glsoat-", Url, 20, 64),
    issued("glagent-", Url, 50, 128),
    // Slack
    issued("xoxb-", Url, 20, 255),
    issued("xoxa-", Url, 20, 255),
    issued("xoxp-", Url, 20, 255),
    issued("xoxr-", Url, 20, 255),
    issued("xoxs-", Url, 20, 255),
    issued("xoxc-", Url, 20, 255),
    issued("xoxe-", Url, 20, 255),
    issued("xoxe.xox", Url, 20, 255),
    issued("xapp-", Url, 20, 255),
    // Stripe
    issued("sk_live_", Alnum, 16, 255),
    issued("sk_test_", Alnum, 16, 255),
    issued("rk_live_", Alnum, 16, 255),
    issued("rk_test_", Alnum, 16, 255),
    issued("whsec_", Base64, 32, 128),
    // Anthropic and OpenAI
    issued("sk-ant-", Url, 20, 255),
    issued("sk-proj-", Url, 20, 255),
    issued("sk-svcacct-", Url, 20, 255),
    issued("sk-admin-", Url, 20, 255),
    issued("sk-or-v1-", Hex, 64, 64),
    issued("sk-", Alnum, 32, 64),
    // package registries
    issued("npm_", Alnum, 36, 36),
    issued("pypi-AgE", Url, 50, 255),
    issued("dckr_pat_", Url, 27, 36),
    issued("rubygems_", Hex, 48, 48),
    // models and tools
    issued("hf_", Alnum, 34, 40),
    issued("gsk_", Alnum, 40, 64),
    issued("r8_", Alnum, 37, 40),
    issued("xai-", Alnum, 70, 90),
    issued("pplx-", Alnum, 40, 64),
    issued("SG.", Dotted, 60, 70),
    issued("shpat_", Hex, 32, 32),
    issued("shpss_", Hex, 32, 32),
    issued("dop_v1_", Hex, 64, 64),
    issued("dapi", Hex, 32, 34),
    issued("hvs.", Url, 24, 255),
    issued("glsa_", Url, 32, 64),
    issued("lin_api_", Alnum, 32, 64),
    issued("ntn_", Alnum, 40, 60),
    issued("sbp_", Hex, 40, 40),
    issued("dp.pt.", Alnum, 40, 44),
    issued("PMAK-", Url, 59, 59),
    issued("sq0atp-", Url, 22, 60),
    issued("sq0csp-", Url, 43, 60),
    issued("EAAA", Url, 60, 64),
    issued("xoxd-", Dotted, 20, 400),
    issued("glft-", Url, 20, 64),
    issued("glimt-", Url, 20, 64),
    issued("glffct-", Url, 20, 64),
    issued("gloas-", Url, 64, 64),
    issued("ATATT3", Url, 100, 300),
    issued("sntrys_", Base64, 40, 300),
    issued("sntryu_", Hex, 64, 64),
    issued("NRAK-", Upper, 27, 27),
    issued("figd_", Url, 40, 60),
    issued("xkeysib-", Url, 64, 90),
    issued("pul-", Hex, 40, 40),
    issued("CFPAT-", Url, 43, 43),
    issued("nfp_", Alnum, 36, 60),
    issued("glc_", Base64, 40, 200),
    issued("dt0c01.", Dotted, 80, 100),
    issued("tskey-", Url, 20, 80),
    issued("LTAI", Alnum, 16, 24),
    issued("AGE-SECRET-KEY-1", Upper, 58, 58),
    issued("nvapi-", Url, 60, 70),
    issued("hvb.", Url, 24, 300),
    issued("dckr_oat_", Url, 27, 36),
    issued("key-", Hex, 32, 32),
    // incoming webhooks: who has the address can post
    issued("hooks.slack.com/services/", Path, 20, 120),
    issued("hooks.slack.com/workflows/", Path, 20, 120),
    issued("hooks.slack.com/triggers/", Path, 20, 120),
    issued("discord.com/api/webhooks/", Path, 40, 140),
    issued("discord.com/api/v9/webhooks/", Path, 40, 140),
    issued("discord.com/api/v10/webhooks/", Path, 40, 140),
    issued("discordapp.com/api/webhooks/", Path, 40, 140),
    issued("webhook.office.com/webhookb2/", Path, 60, 260),
    issued("outlook.office.com/webhook/", Path, 60, 260),
    issued("outlook.office365.com/webhook/", Path, 60, 260),
    issued("hooks.zapier.com/hooks/catch/", Path, 10, 80),
    issued("hook.eu1.make.com/", Path, 24, 64),
    issued("hook.us1.make.com/", Path, 24, 64),
    issued("open.feishu.cn/open-apis/bot/v2/hook/", Path, 36, 36),
    issued("open.larksuite.com/open-apis/bot/v2/hook/", Path, 36, 36),
];

/// How long a token is behind its prefix; nothing where it is too short or too long to be one.
pub(in crate::mask) fn body(issued: &Issued, rest: &[u8]) -> Option<usize> {
    let length = rest.iter().take(issued.lengths.end() + 1).take_while(|byte| issued.alphabet.holds(**byte)).count();
    // A full stop behind a token ends the sentence.
    let dots = rest.get(..length).unwrap_or_default().iter().rev().take_while(|byte| **byte == b'.').count();
    let written = rest.get(..length - dots)?;
    // `T00000000/B00000000/XXXXXXXXXXXXXXXX` stands for a token.
    let last = written.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    let filler = last.len() >= 8 && last.iter().all(|byte| Some(byte) == last.first());
    Some(written.len()).filter(|length| issued.lengths.contains(length) && !filler)
}

/// Whether what follows a prefix is of its alphabet, and too short.
pub(in crate::mask) fn is_short(issued: &Issued, rest: &[u8]) -> bool {
    rest.len() < *issued.lengths.start()
        && !issued.prefix.ends_with('/')
        && rest.iter().all(|byte| issued.alphabet.holds(*byte))
}

/// Whether digits, a colon and a rest are the token of a Telegram bot: 8 to 10 digits and 35 letters, of which the first are `AA`.
pub(in crate::mask) fn telegram(before: &[u8], rest: &[u8]) -> Option<usize> {
    let digits = before.strip_suffix(b":")?.iter().rev().take(11).take_while(|byte| byte.is_ascii_digit()).count();
    let length = rest.iter().take(36).take_while(|byte| Url.holds(**byte)).count();
    ((8..=10).contains(&digits) && length == 35 && rest.starts_with(b"AA")).then_some(length)
}

/// How long the secret of an Azure application is: three letters, a digit, `Q~`, and 31 to 34 more.
pub(in crate::mask) fn azure(rest: &[u8]) -> Option<usize> {
    if rest.get(4..6) != Some(b"Q~") || !rest.get(3).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'~');
    let length = rest.iter().take(41).take_while(|byte| part(byte)).count();
    (37..=40).contains(&length).then_some(length)
}

/// Whether text is a JSON web token: three parts, or five when encrypted, and a header that is an object and names its algorithm.
pub(in crate::mask) fn jwt(written: &[u8]) -> bool {
    let mut parts = written.split(|byte| *byte == b'.');
    let count = parts.clone().count();
    let Some(header) = parts.next() else { return false };
    let mut decoded = [0; 1024];
    let decoded = URL_SAFE_NO_PAD.decode_slice(header, &mut decoded).ok().and_then(|length| decoded.get(..length));
    matches!(count, 3 | 5)
        && decoded.is_some_and(|header| header.starts_with(b"{") && memchr::memmem::find(header, b"\"alg\"").is_some())
        && written.iter().all(|byte| Dotted.holds(*byte))
}

/// Whether the label between `-----BEGIN ` and `-----` is a private key's.
pub(in crate::mask) fn private_key(label: &[u8]) -> bool {
    [&b"PRIVATE KEY"[..], b"PRIVATE KEY BLOCK"].iter().any(|end| label.ends_with(end))
        && label.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b' ')
}

/// The user and the password of an authority `user:password@host`, as written; the password may hold `:` and `@`.
pub(in crate::mask) fn userinfo(authority: &[u8]) -> Option<(Range<usize>, Range<usize>)> {
    let at = memchr::memrchr(b'@', authority)?;
    let colon = memchr::memchr(b':', authority.get(..at)?)?;
    (colon + 1 < at && at + 1 < authority.len()).then_some((0..colon, colon + 1..at))
}

/// Whether a value says that a value was left out: `XXXX`, `****`, `<redacted>`, `${NAME}`, `{{name}}`, `%s`, `null`.
pub(in crate::mask) fn placeholder(value: &[u8]) -> bool {
    let framed = [
        (&b"<"[..], &b">"[..]),
        (b"${", b"}"),
        (b"$(", b")"),
        (b"{{", b"}}"),
        (b"[", b"]"),
        (b"%(", b")s"),
        (b"{", b"}"),
    ];
    let words: [&[u8]; 12] = [
        b"null",
        b"none",
        b"nil",
        b"true",
        b"false",
        b"undefined",
        b"redacted",
        b"hidden",
        b"masked",
        b"secret",
        b"password",
        b"%s",
    ];
    let first = value.first();
    let filler = matches!(first, Some(b'x' | b'X' | b'*' | b'.' | b'-' | b'#' | b'_' | b'?'))
        && value.iter().all(|byte| Some(byte) == first);
    value.is_empty()
        || filler
        || framed.iter().any(|(open, close)| value.starts_with(open) && value.ends_with(close))
        || words.iter().any(|word| value.eq_ignore_ascii_case(word))
        || (first == Some(&b'$')
            && value.iter().skip(1).all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_'))
}

#[cfg(test)]
mod tests {
    use super::{ISSUED, body, jwt, placeholder, private_key, userinfo};

    #[test]
    fn a_longer_prefix_stands_before_the_one_it_begins_with() {
        for (place, one) in ISSUED.iter().enumerate() {
            for later in &ISSUED[place + 1..] {
                assert!(!later.prefix.starts_with(one.prefix), "{} {}", one.prefix, later.prefix);
            }
        }
    }

    #[test]
    fn tokens_have_their_alphabet_and_length() {
        let taken = |text: &str| {
            let issued = ISSUED.iter().find(|issued| text.starts_with(issued.prefix)).unwrap();
            body(issued, &text.as_bytes()[issued.prefix.len()..])
        };
        assert_eq!(taken("AKIAIOSFODNN7EXAMPLE and"), Some(16));
        assert_eq!(taken("AKIAIOSFODNN7EXAMPLEX"), None);
        assert_eq!(taken("ghp_0123456789abcdefghijABCDEFGHIJ012345."), Some(36));
        assert_eq!(taken("ghp_short"), None);
        assert_eq!(taken("ya29.a0AfH6SMBxxxxxxxxxxxxxxxxxx."), Some(27));
        assert_eq!(taken("sk-learn-is-a-package-with-a-long-name-and-more"), None);
    }

    #[test]
    fn a_web_token_names_its_algorithm() {
        assert!(jwt(b"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"));
        for bad in
            ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0", "eyJzdWIiOiIxMjM0NTY3ODkwIn0.e30.x", "a.b.c", "..", ""]
        {
            assert!(!jwt(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn keys_passwords_and_placeholders() {
        assert!(
            private_key(b"RSA PRIVATE KEY") && private_key(b"PRIVATE KEY") && private_key(b"PGP PRIVATE KEY BLOCK")
        );
        assert!(!private_key(b"CERTIFICATE") && !private_key(b"PUBLIC KEY"));
        assert_eq!(userinfo(b"app:p@ss:w0rd@db:5432"), Some((0..3, 4..13)));
        assert_eq!((userinfo(b"db:5432"), userinfo(b"app@db"), userinfo(b"app:@db")), (None, None, None));
        for left_out in ["", "XXXX", "****", "<redacted>", "${DB_PASSWORD}", "$TOKEN", "{{ token }}", "null"] {
            assert!(placeholder(left_out.as_bytes()), "{left_out}");
        }
        assert!(!placeholder(b"hunter2") && !placeholder(b"$ecret!word"));
    }
}
