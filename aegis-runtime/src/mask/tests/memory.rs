//! Values that were learned in one result and stand in another.

use super::{json, masker, plan};
use crate::mask::Said;
use crate::vocabulary::{Capability, DomainId, Effect};
use serde_json::{Value, json as value};

const FILE: &str = r#"{"structuredContent":{"body":"id,name\n1,Ada Lovelace\n2,Grace Hopper\n"}}"#;
const NOTE: &str = r#"{"structuredContent":{"rows":[{"note":"HOPPER, Grace called"}]}}"#;

#[test]
fn a_name_of_one_result_is_known_in_the_next() {
    let masker = masker();
    let note = || masker.json(NOTE, &plan(&masker, 2)).unwrap().0;
    assert_eq!(note(), NOTE);
    masker.json(FILE, &plan(&masker, 1)).unwrap();
    assert!(note().contains("[PERSON_NAME] called"), "{}", note());
}

#[test]
fn a_name_of_a_column_is_known_in_a_note_of_the_same_result() {
    let masked = json(
        1,
        r#"{"structuredContent":{"body":"id,name,note\n1,Ada Lovelace,x\n2,Grace Hopper,spoke with Ada Lovelace\n"}}"#,
    );
    assert!(masked.contains("spoke with [PERSON_NAME]"), "{masked}");
}

#[test]
fn a_guess_that_is_read_back_tells_nothing() {
    let masker = masker();
    masker.json(FILE, &plan(&masker, 1)).unwrap();
    let answer = |arguments: Value, remembers: bool| {
        let Value::Object(arguments) = arguments else { panic!("no object") };
        masker.json(NOTE, &plan(&masker, 2).answering(Said::of(&arguments), remembers)).unwrap().0
    };
    // What the agent says in the call comes back as it is, whether or not it stands in the data.
    assert_eq!(answer(value!({"sql": "SELECT 'Grace Hopper'"}), true), NOTE);
    assert_eq!(answer(value!({"sql": "SELECT 'Gra' || 'ce Hop' || 'per'"}), true), NOTE);
    assert_ne!(answer(value!({"sql": "SELECT note FROM orders WHERE id = 7"}), true), NOTE);
    assert_eq!(answer(value!({"sql": "SELECT note FROM orders WHERE id = 7"}), false), NOTE);
    // Where it has written, nothing is recognised any more.
    let read = [Capability::new(Effect::Read, DomainId(3))];
    assert!(masker.recalls(&read));
    masker.wrote(&read);
    assert!(masker.recalls(&read));
    masker.wrote(&[Capability::new(Effect::Write, DomainId(3))]);
    assert!(!masker.recalls(&read) && masker.recalls(&[Capability::new(Effect::Read, DomainId(2))]));
}

#[test]
fn strong_values_and_declared_ones_are_masked_whatever_was_said() {
    let masker = masker();
    let Value::Object(arguments) = value!({"sql": "SELECT 'ada@example.com' || 'x'"}) else { panic!("no object") };
    let plan = plan(&masker, 1).answering(Said::of(&arguments), false);
    let (masked, _) =
        masker.json(r#"{"structuredContent":{"body":"name\nAda Lovelace\n","x":"ada@example.com"}}"#, &plan).unwrap();
    assert!(!masked.contains("Ada") && !masked.contains("ada@"), "{masked}");
}
