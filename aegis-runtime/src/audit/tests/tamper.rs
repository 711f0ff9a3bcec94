//! The tamper corpus: what somebody can do to a log, and what a verifier must say, without an anchor and with one.

use super::super::heads::{Head, Heads};
use super::super::keys::SegmentKey;
use super::super::line::{Fixed, GENESIS, hash, render};
use super::super::merkle::Frontier;
use super::super::note::{Checkpoint, PrivateKey};
use super::super::registry::Registry;
use super::super::{Event, Evidence, Kind, Record, check, disclose, find, first_key, hex, verify};
use super::block_on;
use super::world::{World, event, rechain, seq};
use serde_json::{Map, json};
use std::fs;

/// The verdict without an anchor: exit code, kind, file and number of the first difference.
pub(super) fn says(world: &World, code: u8, what: Kind, file: &str, number: u64) {
    let verdicts = world.verify();
    let first = verdicts.first.clone().unwrap_or_else(|| panic!("no difference\n{verdicts}"));
    assert_eq!(
        (verdicts.exit_code(), first.what, first.file.as_str(), first.seq),
        (code, what, file, number),
        "{verdicts}"
    );
}

pub(super) fn name(world: &World, kernel: usize, segment: u32) -> String {
    world.file(kernel, segment).file_name().unwrap().to_string_lossy().into_owned()
}

/// The first line in the middle of a file that is a call's.
fn middle(lines: &[String]) -> usize {
    let at = lines.len() / 2;
    (at..lines.len() - 1).find(|at| event(&lines[*at]).starts_with("call.")).unwrap()
}

#[test]
fn an_untouched_log_is_consistent_and_with_anchors_verified() {
    let world = World::new();
    assert!(world.last_segment(0) >= 3, "the corpus needs several files");
    let verdicts = world.verify();
    assert_eq!((verdicts.exit_code(), verdicts.first.clone()), (3, None), "{verdicts}");
    let verdicts = world.verify_with(&format!("{}{}", world.note(0), world.note(1)));
    assert_eq!(verdicts.exit_code(), 0, "{verdicts}");
    // The newer kernel's checkpoint covers the registry, and with it the end of the older one.
    assert_eq!(world.verify_with(&world.note(1)).exit_code(), 0);
    // The older kernel's checkpoint says nothing of the newer one.
    assert_eq!(world.verify_with(&world.note(0)).exit_code(), 3);
}

#[test]
fn a_record_that_was_edited() {
    for segment in 1..=2 {
        let world = World::new();
        let mut lines = world.lines(0, segment);
        let at = middle(&lines);
        lines[at] = lines[at].replacen("tester", "nobody", 1);
        world.put(0, segment, &lines);
        says(&world, 1, Kind::Edited, &name(&world, 0, segment), seq(&lines[at]));
    }
}

#[test]
fn the_last_record_edited_is_found_by_registry_or_head() {
    let world = World::new();
    let segment = world.last_segment(1);
    let mut lines = world.lines(1, segment);
    let last = lines.len() - 1;
    lines[last] = lines[last].replacen("tester", "nobody", 1);
    world.put(1, segment, &lines);
    says(&world, 1, Kind::Edited, &name(&world, 1, segment), seq(&lines[last]));
}

#[test]
fn a_record_edited_and_everything_after_it_chained_anew_is_a_fork_between_two_checkpoints() {
    let world = World::new();
    let mut lines = world.lines(0, 1);
    let at = middle(&lines);
    lines[at] = lines[at].replacen("tester", "nobody", 1);
    rechain(&mut lines, at + 1);
    world.put(0, 1, &lines);
    let first = world.verify().first.unwrap();
    assert_eq!((world.verify().exit_code(), first.what), (1, Kind::Forked), "{first}");
    assert!(first.from <= seq(&lines[at]) && seq(&lines[at]) <= first.seq, "{first}");
}

#[test]
fn a_record_that_was_deleted_and_one_that_was_deleted_with_care() {
    let world = World::new();
    let mut lines = world.lines(0, 1);
    let at = middle(&lines);
    let gone = seq(&lines.remove(at));
    world.put(0, 1, &lines);
    says(&world, 1, Kind::Missing, &name(&world, 0, 1), gone);
    rechain(&mut lines, at);
    world.put(0, 1, &lines);
    let first = world.verify().first.unwrap();
    assert_eq!(first.what, Kind::Forked, "{first}");
    assert!(first.from <= gone && gone <= first.seq, "{first}");
}

#[test]
fn a_record_that_was_inserted() {
    // A copy of a line, a forged line with the right number and hash, and a forged line with a wrong hash.
    for forge in 0..3 {
        let world = World::new();
        let mut lines = world.lines(0, 1);
        let at = middle(&lines);
        let mut forged = lines[at].clone();
        if forge > 0 {
            forged = forged.replacen("tester", "nobody", 1);
        }
        if forge == 2 {
            let prev = hex(&hash(lines[at - 1].as_bytes()));
            forged = forged.replacen(&prev, &"ab".repeat(32), 1);
        }
        let number = seq(&lines[at]);
        lines.insert(at, forged);
        world.put(0, 1, &lines);
        says(&world, 1, Kind::Inserted, &name(&world, 0, 1), number);
    }
}

#[test]
fn a_record_appended_after_the_end() {
    let world = World::new();
    let segment = world.last_segment(1);
    let mut lines = world.lines(1, segment);
    let copied = lines[lines.len() - 2].clone();
    lines.push(copied);
    let last = lines.len() - 1;
    rechain(&mut lines, last);
    world.put(1, segment, &lines);
    says(&world, 1, Kind::Inserted, &name(&world, 1, segment), seq(&lines[last]));
}

#[test]
fn records_in_another_order() {
    let world = World::new();
    let mut lines = world.lines(0, 1);
    let at = middle(&lines);
    let number = seq(&lines[at]);
    lines.swap(at, at + 1);
    world.put(0, 1, &lines);
    says(&world, 1, Kind::Reordered, &name(&world, 0, 1), number);
}

#[test]
fn a_tail_that_was_cut_and_one_that_was_cut_with_the_head_rows() {
    let world = World::new();
    let segment = world.last_segment(1);
    let mut lines = world.lines(1, segment);
    let gone = seq(&lines.pop().unwrap());
    world.put(1, segment, &lines);
    says(&world, 1, Kind::Truncated, &name(&world, 1, segment), gone);
    // The registry's entry of the end still says how long it was.
    world.sql(&format!("DELETE FROM head WHERE kernel = '{}'", world.kernels[1]));
    says(&world, 1, Kind::Truncated, &name(&world, 1, segment), gone);
}

#[test]
fn files_that_are_missing_swapped_or_of_another_kernel() {
    let world = World::new();
    fs::remove_file(world.file(0, 2)).unwrap();
    let first = world.verify().first.unwrap();
    assert_eq!((first.what, first.file), (Kind::Missing, name(&world, 0, 2)));

    let world = World::new();
    let (one, two) = (world.lines(0, 2), world.lines(0, 3));
    world.put(0, 2, &two);
    world.put(0, 3, &one);
    says(&world, 1, Kind::Swapped, &name(&world, 0, 2), seq(&one[0]));

    let world = World::new();
    let (one, two) = (world.lines(0, 1), world.lines(1, 1));
    world.put(0, 1, &two);
    world.put(1, 1, &one);
    says(&world, 1, Kind::Swapped, &name(&world, 0, 1), 1);

    let world = World::new();
    let last = world.last_segment(0);
    let gone = seq(&world.lines(0, last)[0]);
    fs::remove_file(world.file(0, last)).unwrap();
    says(&world, 1, Kind::Truncated, &name(&world, 0, last - 1), gone);
}

#[test]
fn two_logs_that_were_spliced() {
    let world = World::new();
    let (mut one, two) = (world.lines(0, 1), world.lines(1, 1));
    let at = middle(&one);
    one.truncate(at);
    one.extend(two[at..].iter().cloned());
    world.put(0, 1, &one);
    says(&world, 1, Kind::Spliced, &name(&world, 0, 1), u64::try_from(at).unwrap() + 1);
}

#[test]
fn a_whole_kernel_that_was_dropped() {
    for kernel in 0..2 {
        let world = World::new();
        for segment in 1..=world.last_segment(kernel) {
            fs::remove_file(world.file(kernel, segment)).unwrap();
        }
        says(&world, 1, Kind::Missing, &name(&world, kernel, 1), 1);
    }
}

#[test]
fn the_newest_kernel_dropped_from_everywhere_shows_by_the_registrys_key_or_against_an_anchor() {
    let world = World::new();
    let (older, newer) = (world.note(0), world.note(1));
    for segment in 1..=world.last_segment(1) {
        fs::remove_file(world.file(1, segment)).unwrap();
    }
    let registry = world.audit().join("registry.log");
    let text = fs::read_to_string(&registry).unwrap();
    let kept: Vec<&str> = text.lines().take(2).collect();
    fs::write(&registry, format!("{}\n", kept.join("\n"))).unwrap();
    says(&world, 1, Kind::Truncated, "registry.log", 3);
    world.sql(&format!("DELETE FROM head WHERE kernel = '{}'", world.kernels[1]));
    let hash = hex(&hash(kept[1].as_bytes()));
    world.sql(&format!("UPDATE head SET seq = 2, hash = x'{hash}' WHERE kernel = 'registry'"));
    // As a start would find, the key beside the registry is not the one that its last entry names.
    says(&world, 1, Kind::Truncated, "registry.log", 3);
    fs::remove_file(world.audit().join("registry.key")).unwrap();
    let verdicts = world.verify();
    assert_eq!(verdicts.exit_code(), 3, "of a copy without it the true answer is: unanchored\n{verdicts}");
    assert_eq!(world.verify_with(&older).exit_code(), 0, "what that anchor saw is there");
    assert_eq!(world.verify_with(&newer).exit_code(), 1);
}

#[test]
fn everything_put_back_to_an_older_state_shows_only_against_an_anchor() {
    let mut world = World::new();
    let log = world.open();
    world.write(&log, 5);
    let older = world.copy();
    world.write(&log, 5);
    block_on(log.stop()).unwrap();
    assert_eq!(older.verify().exit_code(), 3, "{}", older.verify());
    let verdicts = older.verify_with(&world.note(2));
    assert_eq!((verdicts.exit_code(), verdicts.first.as_ref().unwrap().what), (1, Kind::RolledBack), "{verdicts}");
}

#[test]
fn head_rows_that_are_older_missing_or_gone() {
    let mut world = World::new();
    let log = world.open();
    world.write(&log, 5);
    let old = world.dir.path().join("old.db");
    world.copy_heads(&old);
    world.write(&log, 9);
    block_on(log.stop()).unwrap();
    drop(log);
    for suffix in ["", "-wal", "-shm"] {
        let _ignored = fs::remove_file(world.dir.path().join(format!("heads.db{suffix}")));
    }
    assert_eq!(world.verify().first.unwrap().what, Kind::Missing);
    fs::copy(&old, world.heads()).unwrap();
    let verdicts = world.verify();
    let first = verdicts.first.clone().unwrap();
    assert_eq!(
        (verdicts.exit_code(), first.what, first.file.as_str()),
        (1, Kind::RolledBack, "heads.db"),
        "{verdicts}"
    );
    assert!(verdicts.integrity.holds && verdicts.completeness.holds && verdicts.freshness.holds, "the logs are whole");
}

#[test]
fn another_history_with_keys_of_its_own_is_told_by_anchor_and_by_pinned_key() {
    let (world, forged) = (World::new(), World::new());
    assert_eq!(forged.verify().exit_code(), 3, "unanchored is the true answer");
    assert_eq!(forged.verify_with(&world.note(1)).exit_code(), 1);
    let pinned = |of: &World| {
        let key = forged.dir.path().join("key");
        fs::write(&key, first_key(&of.audit()).unwrap().unwrap()).unwrap();
        verify(&forged.audit(), &forged.heads(), &Evidence { key: Some(key), ..Evidence::default() }).unwrap()
    };
    assert_eq!(pinned(&forged).exit_code(), 3);
    let first = pinned(&world).first.unwrap();
    assert_eq!((first.file.as_str(), first.what), ("registry.log", Kind::Forked));
}

#[test]
fn a_registry_that_was_edited() {
    let world = World::new();
    let registry = world.audit().join("registry.log");
    let text = fs::read_to_string(&registry).unwrap();
    fs::write(&registry, text.replacen("tester", "nobody", 1)).unwrap();
    says(&world, 1, Kind::Edited, "registry.log", 1);
}

/// A log written by hand, whose second file somebody signs with the first file's key: they got it before it was destroyed.
#[test]
fn a_file_signed_with_the_key_of_an_older_file() {
    for resigned in [false, true] {
        let mut world = World::empty();
        world.kernels.push("01900000-0000-7000-8000-000000000001".into());
        let kernel = world.kernels[0].clone();
        fs::create_dir(world.audit()).unwrap();
        let heads = Heads::open(&world.heads()).unwrap();
        let origin = format!("aegis/{kernel}");
        let keys = [(); 2].map(|()| PrivateKey::new(origin.clone()).unwrap());
        let (mut registry, _) = Registry::open(&world.audit()).unwrap();
        registry.start(&kernel, &keys[0].public(), "tester", "digest", &heads).unwrap();
        drop(registry);
        let fixed = Fixed::new(kernel.clone(), "tester", "digest");
        let (mut tree, mut prev, mut number) = (Frontier::default(), GENESIS, 0);
        for (segment, key) in (1_u32..).zip(&keys) {
            let mut lines = Vec::new();
            let open = json!({"segment": segment, "key": key.public().to_string()});
            let mut line = |event, body: serde_json::Value, tree: &mut Frontier| {
                number += 1;
                let record = Record::new(event, None, body.as_object().unwrap().clone());
                let mut line = Vec::new();
                render(&mut line, &fixed, number, &prev, &record);
                prev = hash(&line);
                tree.push(&line);
                lines.push(String::from_utf8(line).unwrap());
            };
            line(Event::SegmentOpen, open, &mut tree);
            line(Event::KernelStart, json!({}), &mut tree);
            let next = (segment == 1).then(|| keys[1].public());
            let note =
                Checkpoint { origin: origin.clone(), size: tree.size(), root: tree.root(), registry: None, next };
            let signer = if resigned { &keys[0] } else { key };
            let seal = json!({"segment": segment, "note": signer.sign(&note.to_string()).to_string()});
            line(Event::SegmentSeal, seal, &mut tree);
            world.put(0, segment, &lines);
        }
        heads.put(&Head { kernel, seq: number, hash: prev, closed: false }, true).unwrap();
        if resigned {
            says(&world, 1, Kind::OldKey, &name(&world, 0, 2), 6);
        } else {
            let verdicts = world.verify();
            assert_eq!(verdicts.exit_code(), 3, "the near miss: {verdicts}");
        }
    }
}

#[test]
fn a_value_is_found_disclosed_and_shredded() {
    let world = World::new();
    let found = find(&world.audit(), b"SELECT 3").unwrap();
    assert_eq!(found.len(), 2, "once in each kernel: {found:?}");
    assert_eq!(found[0].field, "args/0");
    assert!(find(&world.audit(), b"SELECT 99").unwrap().is_empty());
    assert_eq!(find(&world.audit(), br#"{"sql":"SELECT 3"}"#).unwrap()[0].field, "args");

    let disclosure = disclose(&world.audit(), &found[0].call, "args/0").unwrap();
    let short = found[0].call.get(24..).unwrap();
    assert_eq!(disclose(&world.audit(), short, "args/0").unwrap().key, disclosure.key, "as `show` lists it");
    check(&disclosure, b"SELECT 3").unwrap();
    check(&disclosure, b"SELECT 4").unwrap_err();
    let mut forged = disclosure.clone();
    forged.record = forged.record.replacen("tester", "nobody", 1);
    check(&forged, b"SELECT 3").unwrap_err();

    let kernel = &world.kernels[0];
    for segment in 1..=world.last_segment(0) {
        fs::remove_file(SegmentKey::path(&world.audit(), kernel, segment)).unwrap();
    }
    assert_eq!(find(&world.audit(), b"SELECT 3").unwrap().len(), 1, "the other kernel's key stands");
    assert_eq!(world.verify().exit_code(), 3, "the chain holds without the keys");
}

#[test]
fn refusals_are_recorded_up_to_a_rate_and_then_counted() {
    let mut world = World::empty();
    let log = world.open();
    let deny = Map::from_iter([("decision".to_owned(), json!("deny")), ("code".to_owned(), json!("AEG-D110"))]);
    block_on(async {
        for _ in 0..1_000 {
            log.durable(Record::new(Event::CallDecided, None, deny.clone())).await.unwrap();
        }
        log.stop().await.unwrap();
    });
    let lines: Vec<String> = (1..=world.last_segment(0)).flat_map(|segment| world.lines(0, segment)).collect();
    let recorded = lines.iter().filter(|line| event(line) == "call.decided").count();
    let counted: u64 = lines
        .iter()
        .filter(|line| event(line) == "denials.coalesced")
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["codes"]["AEG-D110"].as_u64().unwrap())
        .sum();
    assert!((256..900).contains(&recorded), "{recorded}");
    assert_eq!(u64::try_from(recorded).unwrap() + counted, 1_000, "none is lost");
    assert_eq!(world.verify().exit_code(), 3);
}
