//! Declared columns and fields, whatever their content.

use super::{json, masker, plan};
use crate::mask::{Limit, MaskError};
use serde_json::{Value, json as value};

#[test]
fn columns_of_rows_wherever_the_names_stand() {
    let rows =
        r#"{"structuredContent":{"columns":["id","name","country"],"rows":[[1,"Ada Lovelace","DE"],[2,null,"FR"]]}}"#;
    let masked =
        r#"{"structuredContent":{"columns":["id","name","country"],"rows":[[1,"[PERSON_NAME]","DE"],[2,null,"FR"]]}}"#;
    assert_eq!(json(0, rows), masked);
    let behind = json(0, r#"{"structuredContent":{"rows":[[1,"Ada Lovelace"]],"columns":["id","NAME"]}}"#);
    assert!(!behind.contains("Ada"), "{behind}");
    let objects = json(0, r#"{"structuredContent":{"columns":["name"],"rows":[{"name":"Ada Lovelace","id":7}]}}"#);
    assert!(!objects.contains("Ada") && objects.contains("7"), "{objects}");
}

#[test]
fn the_text_that_repeats_the_rows_is_masked_too() {
    let inner = r#"{"columns":["id","name"],"rows":[[1,"Ada Lovelace"]]}"#;
    let document = value!({"content": [{"type": "text", "text": inner}, {"type": "text", "text": "Row 1: Ada Lovelace; or Lovelace, Ada"}],
        "structuredContent": {"columns": ["id", "name"], "rows": [[1, "Ada Lovelace"]]}})
    .to_string();
    let masked = json(0, &document);
    assert!(!masked.contains("Ada") && !masked.contains("Lovelace"), "{masked}");
    let parsed: Value = serde_json::from_str(&masked).unwrap();
    let text: Value = serde_json::from_str(parsed["content"][0]["text"].as_str().unwrap()).unwrap();
    assert_eq!(text["rows"][0][1], "[PERSON_NAME]");
}

#[test]
fn a_number_in_a_declared_place_becomes_a_placeholder() {
    assert_eq!(
        json(2, r#"{"structuredContent":{"ada":{"salary":90000.50}}}"#),
        r#"{"structuredContent":{"ada":{"salary":"[FINANCIAL]"}}}"#
    );
    assert_eq!(
        json(2, r#"{"structuredContent":{"people":[{"full_name":{"first":"Ada"}}]}}"#),
        r#"{"structuredContent":{"people":[{"full_name":{"first":"[PERSON_NAME]"}}]}}"#
    );
}

#[test]
fn a_csv_object_is_masked_by_its_header() {
    let body = "id,name,email,country\n1,\"Lovelace, Ada\",x,DE\r\n2,Bob Builder,y,FR\n";
    let document = value!({"content": [{"type": "text", "text": body}], "structuredContent": {"key": "silver/x.csv", "body": body}}).to_string();
    let masked = json(1, &document);
    for gone in ["Lovelace", "Ada", "Bob", ",x,", ",y,"] {
        assert!(!masked.contains(gone), "{gone}: {masked}");
    }
    assert!(masked.contains("DE") && masked.contains("FR") && masked.contains("id,name,email,country"), "{masked}");
}

#[test]
fn a_table_that_merely_describes_columns_is_left_alone() {
    let described = r#"{"content":[{"type":"text","text":"{\"columns\":[{\"name\":\"email\",\"type\":\"TEXT\"}]}"}]}"#;
    assert_eq!(json(2, described), described);
}

#[test]
fn binary_blocks_are_dropped() {
    let masked =
        json(0, r#"{"content":[{"type":"image","data":"AAAA","mimeType":"image/png"},{"type":"text","text":"ok"}]}"#);
    assert_eq!(masked, r#"{"content":[{"type":"text","text":"[BINARY_DROPPED]"},{"type":"text","text":"ok"}]}"#);
    let resource = json(0, r#"{"content":[{"type":"resource","resource":{"uri":"x","blob":"AAAA"}}]}"#);
    assert!(!resource.contains("AAAA"), "{resource}");
}

#[test]
fn every_channel_is_scanned() {
    for document in [
        r#"{"content":[{"type":"text","text":"ada@example.com"}]}"#,
        r#"{"content":[{"type":"resource_link","uri":"mailto:ada@example.com","name":"x"}]}"#,
        r#"{"structuredContent":{"ada@example.com":1}}"#,
        r#"{"_meta":{"x":"ada@example.com"}}"#,
        r#"{"isError":true,"content":[{"type":"text","text":"no row for ada@example.com"}]}"#,
        r#"{"unheard":{"of":["ada@example.com"]}}"#,
        r#"{"structuredContent":{"n":4111111111111111}}"#,
        r#"{"content":[{"type":"text","text":"ada\u0040example.com"}]}"#,
    ] {
        let masked = json(0, document);
        assert!(!masked.contains("ada") && !masked.contains("4111111111111111"), "{masked}");
    }
}

#[test]
fn limits_withhold() {
    let masker = masker();
    let plan = plan(&masker, 0);
    let deep = format!("{}1{}", "[".repeat(80), "]".repeat(80));
    assert_eq!(masker.json(&deep, &plan), Err(MaskError::Limit(Limit::Depth(64))));
    assert_eq!(
        masker.json(&format!("\"{}\"", "a".repeat(9 * 1024 * 1024)), &plan),
        Err(MaskError::Limit(Limit::Document(8 << 20)))
    );
    assert_eq!(
        masker.json(&format!("\"{}\"", "a".repeat(5 * 1024 * 1024)), &plan),
        Err(MaskError::Limit(Limit::Leaf(4 << 20)))
    );
    let many = format!("[{}]", vec!["\"a@b.example\""; 100_001].join(","));
    assert_eq!(masker.json(&many, &plan), Err(MaskError::Limit(Limit::Spans(100_000))));
    for broken in ["", "{", "{\"a\":}", "[1,]", "nul", "\"a", "{\"a\":1}x", "\"\\u12\""] {
        assert!(masker.json(broken, &plan).is_err(), "{broken}");
    }
}

/// A statement that is bound says which columns are nobody's, and only for as many as come out.
#[test]
fn a_column_into_which_nothing_personal_flows_is_not_masked_for_its_name() {
    let masker = masker();
    let rows =
        |columns: &str, row: &str| format!(r#"{{"structuredContent":{{"columns":[{columns}],"rows":[{row}]}}}}"#);
    let counted = rows(r#""country","name""#, r#"["DE",17],["FR","ada@b.example"]"#);
    let masked =
        |json: &str, personal: Option<Vec<bool>>| masker.json(json, &plan(&masker, 0).bound(personal)).unwrap().0;
    let free = masked(&counted, Some(vec![false, false]));
    assert!(free.contains(r#"["DE",17]"#) && free.contains("[EMAIL:"), "what is found is masked all the same: {free}");
    for other in [None, Some(vec![false, true]), Some(vec![false]), Some(vec![false, false, false]), Some(vec![])] {
        let out = masked(&counted, other.clone());
        assert!(out.contains(r#"["DE","[PERSON_NAME]"]"#), "{other:?}: {out}");
    }
    // The text that says the same, and rows that are objects, whose places nobody bound.
    let text =
        serde_json::json!({"content": [{"type": "text", "text": r#"{"columns":["name"],"rows":[["Blue chair"]]}"#}]});
    assert!(masked(&text.to_string(), Some(vec![false])).contains("Blue chair"));
    let objects = r#"{"structuredContent":{"rows":[{"name":"Blue chair"}]}}"#;
    assert!(!masked(objects, Some(vec![false])).contains("Blue chair"));
}

/// In the content of an object a declared key may stand in a schema, a form or a program's settings.
#[test]
fn a_name_in_a_schema_or_in_settings_is_nobodys_and_beside_a_person_it_is() {
    let object = |body: &str| {
        let document = value!({"content": [{"type": "text", "text": body}]}).to_string();
        (json(1, &document) != document).then(|| json(1, &document))
    };
    for body in [
        r#"{"properties":{"name":{"type":"string"},"email":{"type":"string","format":"email"}}}"#,
        r#"{"errors":{"email":["is taken"]},"email":"Please enter a valid email"}"#,
        r#"{"name":"my-app","version":"1.2.0","scripts":{}}"#,
        "name: build-and-test\njobs:\n  build:\n    runs-on: x\n    steps:\n      - name: Checkout code\n        uses: a/b\n",
        "[package]\nname = \"web\"\nedition = \"2024\"\n",
        "sku,name,price\nA1,Wireless Mouse,29.99\n",
        "<input type=\"password\" name=\"password\"><input name=\"email\">",
        "class User:\n    name: str\n    email: Optional[str] = None\n",
    ] {
        assert_eq!(object(body), None, "{body}");
    }
    for body in [
        r#"{"author":{"name":"Ada Lovelace"},"version":"1.2.0","scripts":{}}"#,
        r#"{"name":"Ada Lovelace","version":"1","scripts":{},"phone":"n/a"}"#,
        r#"{"name":"ada lovelace","type":"customer","status":"open"}"#,
        "author:\n  name: Ada Lovelace\napiVersion: v1\n",
        "order_id,name,sku,price\n1,Ada Lovelace,A1,29.99\n",
        "<customer name=\"Ada Lovelace\" type=\"vip\"/>",
        "import x\nimport y\nname = \"Ada Lovelace\"\n",
    ] {
        let masked = object(body).unwrap_or_default();
        assert!(masked.contains("[PERSON_NAME]") && !masked.to_lowercase().contains("lovelace"), "{body}: {masked}");
    }
    // What an agent names so in a statement is masked whatever it is.
    let rows = r#"{"structuredContent":{"columns":["name","sku","price"],"rows":[["build-and-test","A1",2]]}}"#;
    assert!(!json(0, rows).contains("build-and-test"));
}
