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
        // What leaves without reading is a failure now and then.
        anchor: argv(format!("cat > /dev/null; test -e {}", gate.display())),
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

/// Everything of the directory put back together, logs, head rows and keys: nothing beside them shows it.
#[test]
fn a_start_demands_the_last_anchored_checkpoint() {
    let mut world = World::empty();
    let outside = tempfile::tempdir().unwrap();
    let kept = outside.path().join("kept");
    let audit = AuditSpec {
        anchor: argv(format!("cat >> {}", kept.display())),
        anchor_read: argv(format!("cat {}", kept.display())),
        ..AuditSpec::DEFAULT
    };
    let put_back = |world: &World, old: &World| {
        fs::remove_dir_all(world.audit()).unwrap();
        fs::create_dir(world.audit()).unwrap();
        for entry in fs::read_dir(old.audit()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), world.audit().join(entry.file_name())).unwrap();
        }
        for rest in ["heads.db", "heads.db-wal", "heads.db-shm"] {
            let _ignored = fs::remove_file(world.dir.path().join(rest));
        }
        old.copy_heads(&world.heads());
        fs::set_permissions(world.audit(), std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    };
    assert!(matches!(world.try_open_with(audit), Err(AuditError::Unanchored { .. })), "an anchor that cannot be asked");
    fs::write(&kept, "").unwrap();
    let log = world.open_with(audit);
    world.write(&log, 4);
    let middle = world.copy();
    world.write(&log, 4);
    block_on(log.stop()).unwrap();
    let first = world.copy();
    for old in [&middle, &first] {
        let log = world.open_with(audit);
        world.write(&log, 4);
        block_on(log.stop()).unwrap();
        let last = world.copy();
        put_back(&world, old);
        let unread = AuditSpec { anchor_read: &[], ..AuditSpec::DEFAULT };
        let copy = world.copy();
        fs::set_permissions(copy.audit(), std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        let mut copy = copy;
        block_on(copy.open_with(unread).stop()).unwrap();
        let refused = world.try_open_with(audit).map(|_| ());
        assert!(matches!(refused, Err(AuditError::Tampered(_))), "{refused:?}");
        put_back(&world, &last);
    }
    block_on(world.open_with(audit).stop()).unwrap();
    // The kernel's own log, cut where it was signed once, with its head row.
    let notes = fs::read_to_string(&kept).unwrap();
    for (lost, why) in [("", "holds none of those it took"), ("hello", "no file of checkpoints")] {
        fs::write(&kept, lost).unwrap();
        let told = world.try_open_with(audit).map(|_| ()).unwrap_err().to_string();
        assert!(told.contains(why), "{told}");
    }
    fs::write(&kept, notes).unwrap();
    block_on(world.open_with(audit).stop()).unwrap();
    // Another state directory's checkpoint is not this one's.
    let mut other = World::empty();
    let refused = other.try_open_with(audit).map(|_| ());
    assert!(matches!(refused, Err(AuditError::Tampered(_))), "{refused:?}");
}
