//! Half lines, starts in the middle of a verification, and copies of a kernel that runs: what is tampering and what only looks so.

use super::super::{AuditError, Event, Evidence, Kind, Record, show, verify};
use super::block_on;
use super::tamper::{name, says};
use super::world::{World, begin, seq};
use crate::spec::AuditSpec;
use serde_json::json;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

/// No crash leaves anything after a seal, in a file that another one followed, or in a log whose end was written down.
#[test]
fn bytes_after_a_seal_or_an_end_without_a_newline() {
    let world = World::new();
    let last = world.last_segment(0);
    for (segment, forged) in
        [(1, forged(&world, 0)), (2, b"x".to_vec()), (last, forged(&world, 0)), (1, vec![b'x'; 70 << 20])]
    {
        let sealed = fs::read(world.file(0, segment)).unwrap();
        let next = seq(world.lines(0, segment).last().unwrap()) + 1;
        fs::write(world.file(0, segment), [sealed.as_slice(), &forged].concat()).unwrap();
        says(&world, 1, Kind::Inserted, &name(&world, 0, segment), next);
        let verdicts = world.verify_with(&format!("{}{}", world.note(0), world.note(1)));
        assert_eq!((verdicts.exit_code(), verdicts.integrity.holds), (1, false), "{verdicts}");
        let shown = show(&world.audit(), None).unwrap();
        assert!(!shown.contains("deadbeef0000"), "{shown}");
        assert!(show(&world.audit(), Some("deadbeef0000")).is_err());
        fs::write(world.file(0, segment), sealed).unwrap();
    }
    assert_eq!(world.verify().exit_code(), 3, "as it was");
    // The near miss: half a line where the kernel died, which the next start sets aside.
    let mut world = World::new();
    let log = world.open();
    world.write(&log, 2);
    let copy = world.copy();
    let segment = copy.last_segment(2);
    let whole = fs::read(copy.file(2, segment)).unwrap();
    fs::write(copy.file(2, segment), [whole.as_slice(), b"{\"v\":1,\"k\""].concat()).unwrap();
    assert_eq!(copy.verify().exit_code(), 4, "{}", copy.verify());
    block_on(log.stop()).unwrap();
}

/// Somebody takes the log away under a kernel that runs: what it writes from then on would go with it.
#[test]
fn a_file_that_was_removed_closes_the_log() {
    let mut world = World::new();
    let log = world.open();
    world.write(&log, 2);
    let kernel = world.kernels.len() - 1;
    fs::remove_file(world.file(kernel, world.last_segment(kernel))).unwrap();
    block_on(async {
        // One that is synced before it is answered.
        let minted = || Record::new(Event::ReceiptMinted, None, serde_json::Map::new());
        for _ in 0..2 {
            match log.durable(minted()).await {
                Err(AuditError::Latched { reason }) => assert!(reason.contains("was removed"), "{reason}"),
                other => panic!("{other:?}"),
            }
        }
        assert!(log.stop().await.is_err());
    });
}

fn forged(world: &World, kernel: usize) -> Vec<u8> {
    let kernel = &world.kernels[kernel];
    let record = json!({
        "v": 1, "k": kernel, "seq": 9999, "prev": "00", "ts": "2026-11-29T23:59:59.000000Z", "mono_ns": 1, "ev": "call.decided",
        "call": "01a224e5-7b84-76d3-8b04-deadbeef0000", "tool": "postgres.execute", "decision": "allow",
    });
    record.to_string().into_bytes()
}

#[test]
fn a_log_that_begins_while_it_is_verified_is_not_unknown() {
    let world = World::new();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    let (log, _) = begin(world.dir.path(), AuditSpec::DEFAULT).unwrap();
                    block_on(log.stop()).unwrap();
                }
            });
        }
        let verdicts: Vec<_> = (0..40).map(|_| world.verify()).collect();
        over.store(true, Ordering::Relaxed);
        for verdicts in verdicts {
            assert_eq!((verdicts.exit_code(), verdicts.first.clone()), (3, None), "{verdicts}");
        }
    });
}

/// The one file of the head rows, without its journal, as a copy by hand has it.
#[test]
fn a_copy_of_a_running_kernel_is_not_taken_for_tampered_with() {
    let mut world = World::new();
    let log = world.open();
    let copied = |world: &World, heads_first: bool| {
        let copy = World { dir: tempfile::tempdir().unwrap(), kernels: world.kernels.clone() };
        let heads = || fs::copy(world.heads(), copy.heads()).unwrap();
        if heads_first {
            heads();
            world.write(&log, 9);
        }
        fs::create_dir(copy.audit()).unwrap();
        for entry in fs::read_dir(world.audit()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), copy.audit().join(entry.file_name())).unwrap();
        }
        if !heads_first {
            heads();
        }
        copy
    };
    let verify =
        |of: &World, copy| verify(&of.audit(), &of.heads(), &Evidence { copy, ..Evidence::default() }).unwrap();
    let young = copied(&world, false);
    assert_eq!(verify(&young, false).exit_code(), 3, "{}", verify(&young, false));
    world.write(&log, 8);
    let quiet = copied(&world, false);
    assert_eq!(verify(&quiet, false).exit_code(), 3, "{}", verify(&quiet, false));
    let busy = copied(&world, true);
    let verdicts = verify(&busy, true);
    assert_eq!(verdicts.exit_code(), 3, "{verdicts}");
    assert!(verdicts.heads.detail.contains("older than its logs"), "{verdicts}");
    assert_eq!(verify(&busy, false).exit_code(), 1, "in place it is tampering");
    // Where no rows came along, there is nothing to rest on.
    fs::remove_file(busy.heads()).unwrap();
    assert_eq!(verify(&busy, true).exit_code(), 1);
    fs::write(busy.heads(), "").unwrap();
    assert_eq!(verify(&busy, true).exit_code(), 1);
    block_on(log.stop()).unwrap();
}
