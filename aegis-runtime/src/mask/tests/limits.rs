//! What the policy and a pinned schema say of the masker: its limits, private addresses, numbers that cannot become texts.

use super::{MASKS, SPEC, tool};
use crate::mask::{Limit, MaskError, Masker, Plan};
use crate::spec::nothing::NOTHING;
use crate::spec::{FieldSpec, MaskLimits, MaskSpec, PolicySpec, Spec, ToolSpec};
use crate::vocabulary::{Class, DomainId, Operator};

const SMALL: MaskLimits = MaskLimits { bytes: 1000, depth: 8, string: 100, places: 3, private_addresses: true };

static ADDRESSES: [MaskSpec; 1] = [MaskSpec {
    rule: &super::RULE,
    domains: &[DomainId(0)],
    operators: &[(Class::IpAddress, Operator::Redact), (Class::Email, Operator::Redact)],
}];

static STRICT: Spec = Spec { policy: PolicySpec { mask: SMALL, ..NOTHING.policy }, masks: &ADDRESSES, ..NOTHING };
static USUAL: Spec = Spec { masks: &ADDRESSES, ..NOTHING };

static SHAPED: ToolSpec = ToolSpec {
    numbers: &["total", "people[].salary", "by_id.*.card"],
    ..tool(
        "shaped",
        None,
        &[],
        &[
            FieldSpec { path: "people[].salary", class: Class::Financial },
            FieldSpec { path: "people[].bonus", class: Class::Financial },
        ],
    )
};

fn everywhere(spec: &'static Spec) -> (Masker, Plan) {
    let masker = Masker::new(spec, [7; 32]);
    let plan = masker.everywhere();
    (masker, plan)
}

#[test]
fn limits_of_the_policy_withhold() {
    let (masker, plan) = everywhere(&STRICT);
    let mask = |json: &str| masker.json(json, &plan).map(|(masked, _)| masked);
    let over = |limit| Err(MaskError::Limit(limit));
    let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(mask(&nested(8)), Ok(nested(8)));
    assert_eq!(mask(&nested(9)), over(Limit::Depth(8)));
    let string = |length: usize| format!("\"{}\"", "a ".repeat(length / 2));
    assert_eq!(mask(&string(100)), Ok(string(100)));
    assert_eq!(mask(&string(102)), over(Limit::Leaf(100)));
    let several = |count: usize| format!("[{}]", vec!["\"a@b.example\""; count].join(","));
    assert_eq!(mask(&several(3)), Ok(r#"["[EMAIL]","[EMAIL]","[EMAIL]"]"#.to_owned()));
    assert_eq!(mask(&several(4)), over(Limit::Spans(3)));
    assert_eq!(mask(&format!("[{}1]", "1,".repeat(500))), over(Limit::Document(1000)));
    assert_eq!(masker.text("a@b.example ".repeat(4).trim(), &plan).err(), Some(MaskError::Limit(Limit::Spans(3))));
    // JSON in a string is one more document, and no deeper.
    let inside = format!("\"{}\"", nested(9));
    assert!(mask(&inside).is_err() || mask(&inside) == Ok(inside.clone()));
}

#[test]
fn a_limit_is_told_as_it_is() {
    for (limit, told) in [
        (Limit::Document(8 << 20), "8 MiB"),
        (Limit::Document(80 << 10), "80 KiB"),
        (Limit::Leaf(1001), "1001 bytes in one string"),
        (Limit::Depth(64), "64 levels"),
        (Limit::Spans(100_000), "100000 places"),
    ] {
        assert_eq!(limit.to_string(), told);
    }
}

#[test]
fn private_addresses_are_masked_where_the_policy_says_so() {
    let text = "from 10.1.2.3, 192.168.7.9, 100.64.0.1 and fd00:12::7 over 127.0.0.1 and 169.254.1.1 to 8.8.4.4";
    let (masker, plan) = everywhere(&USUAL);
    assert_eq!(
        masker.text(text, &plan).unwrap().0,
        "from 10.1.2.3, 192.168.7.9, 100.64.0.1 and fd00:12::7 over 127.0.0.1 and 169.254.1.1 to [IP_ADDRESS]"
    );
    let limits = MaskLimits { private_addresses: true, ..MaskLimits::DEFAULT };
    let spec = Spec { policy: PolicySpec { mask: limits, ..NOTHING.policy }, masks: &ADDRESSES, ..NOTHING };
    let (masker, plan) = everywhere(Box::leak(Box::new(spec)));
    assert_eq!(
        masker.text(text, &plan).unwrap().0,
        "from [IP_ADDRESS], [IP_ADDRESS], [IP_ADDRESS] and [IP_ADDRESS] over 127.0.0.1 and 169.254.1.1 to [IP_ADDRESS]"
    );
}

#[test]
fn a_masked_number_is_null_where_no_text_may_stand() {
    let masker = Masker::new(&SPEC, [7; 32]);
    let masks: Vec<&'static MaskSpec> = MASKS.iter().collect();
    let plan = masker.plan(&SHAPED, &masks);
    let masked = |inner: &str| {
        let document = format!(r#"{{"content":[],"structuredContent":{inner}}}"#);
        let once = masker.json(&document, &plan).unwrap().0;
        assert_eq!(masker.json(&once, &plan).unwrap().0, once, "twice is once");
        let inner = once.strip_prefix(r#"{"content":[],"structuredContent":"#).and_then(|rest| rest.strip_suffix('}'));
        inner.unwrap().to_owned()
    };
    // Declared, with a schema that knows numbers only, and one that does not.
    assert_eq!(
        masked(r#"{"people":[{"salary":52000,"bonus":100},{"salary":null,"bonus":"12"}],"total":7}"#),
        r#"{"people":[{"salary":null,"bonus":"[FINANCIAL]"},{"salary":null,"bonus":"[FINANCIAL]"}],"total":7}"#
    );
    // Found, at any key of a map; a string at such a place stays one.
    assert_eq!(
        masked(r#"{"by_id":{"x":{"card":4111111111111111}},"total":4111111111111111,"n":4111111111111111}"#),
        r#"{"by_id":{"x":{"card":null}},"total":null,"n":"[CARD:***1111]"}"#
    );
    assert_eq!(masked(r#"{"total":"4111111111111111"}"#), r#"{"total":"[CARD:***1111]"}"#);
    // The text block that says the same says it in the same shape.
    let text = masker.json(r#"{"content":[{"type":"text","text":"{\"total\":4111111111111111}"}]}"#, &plan).unwrap().0;
    assert_eq!(text, r#"{"content":[{"type":"text","text":"{\"total\":null}"}]}"#);
}
