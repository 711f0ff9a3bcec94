//! The anchor command: what it gets, and what is permitted while it fails.

use super::super::{AuditError, Event, Record};
use super::block_on;
use super::world::World;
use crate::spec::AuditSpec;
use serde_json::{Map, json};
use std::fs;
use std::time::Duration;

/// An argv lives as long as the kernel that it was compiled into; here, as long as the test.
fn argv(script: String) -> &'static [&'static str] {
    let script: &'static str = script.leak();
    vec!["sh", "-c", script].leak()
}

fn allow() -> Record {
    Record::new(Event::CallDecided, None, Map::from_iter([("decision".to_owned(), json!("allow"))]))
}

#[test]
fn the_command_gets_checkpoints_and_the_last_one_covers_the_end() {
    let mut world = World::empty();
    let kept = world.dir.path().join("kept");
    let audit = AuditSpec { anchor: argv(format!("cat >> {}", kept.display())), ..AuditSpec::DEFAULT };
    let log = world.open_with(audit);
    world.write(&log, 8);
    block_on(log.stop()).unwrap();
    let kept = fs::read_to_string(kept).unwrap();
    assert!(kept.ends_with(&world.note(0)), "the seal came last");
    let verdicts = world.verify_with(&kept);
    assert_eq!(verdicts.exit_code(), 0, "{verdicts}");
    assert!(world.audit().join("anchored.json").exists(), "its age can be shown");
}

#[test]
fn a_policy_that_requires_an_anchor_permits_nothing_without_one_and_records_denials() {
    let mut world = World::empty();
    let gate = world.dir.path().join("open");
    let audit = AuditSpec {
        anchor: argv(format!("test -e {}", gate.display())),
        require_anchor: Some(Duration::from_secs(60)),
        ..AuditSpec::DEFAULT
    };
    let log = world.open_with(audit);
    let deny = Record::new(Event::CallDecided, None, Map::from_iter([("decision".to_owned(), json!("deny"))]));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let refused = log.durable(allow()).await;
        assert!(matches!(refused, Err(AuditError::Unanchored { .. })), "{refused:?}");
        log.durable(deny).await.unwrap();
        // A receipt asks for a checkpoint at once; the command takes none, until the gate opens.
        let mint = || log.durable(Record::new(Event::ReceiptMinted, None, Map::new()));
        let opened = async {
            while !world.lines(0, 1).join("\n").contains("anchor.failed") {
                mint().await.unwrap();
            }
            fs::write(&gate, "").unwrap();
            while log.durable(allow()).await.is_err() {
                mint().await.unwrap();
            }
        };
        tokio::time::timeout(Duration::from_secs(30), opened).await.unwrap();
        log.stop().await.unwrap();
    });
    let text = world.lines(0, 1).join("\n");
    assert!(text.contains("anchor.restored"), "{text}");
}
