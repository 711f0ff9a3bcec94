//! What a start reads of the logs that it goes on from.

use super::super::AuditError;
use super::super::heads::Heads;
use super::super::registry;
use super::super::start::held;
use super::world::World;
use std::fs;

/// Whether a start that may read so much of the logs refuses.
fn refuses(world: &World, most: u64) -> bool {
    let heads = Heads::open(&world.heads()).unwrap();
    match held(&world.audit(), &heads, &registry::read(&world.audit(), false).unwrap(), most) {
        Ok(()) => false,
        Err(AuditError::Tampered(_)) => true,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_changed_log_is_seen_in_all_that_is_read() {
    let world = World::new();
    assert!(!refuses(&world, u64::MAX) && !refuses(&world, 0));
    let last = world.last_segment(1);
    for (kernel, segment) in [(1, last), (1, 1), (0, 1)] {
        for edit in ["edit", "cut", "insert"] {
            let world = world.copy();
            let mut lines = world.lines(kernel, segment);
            match edit {
                "edit" => lines[1] = lines[1].replacen("tester", "nobody", 1),
                "cut" => drop(lines.remove(lines.len() - 1)),
                _ => lines.insert(1, lines[1].clone()),
            }
            world.put(kernel, segment, &lines);
            assert!(refuses(&world, u64::MAX), "{edit} {kernel}.{segment}");
            // Of a log that is too long, the last file of the newest.
            assert_eq!(refuses(&world, 0), (kernel, segment) == (1, last), "{edit} {kernel}.{segment}");
        }
    }
}

#[test]
fn a_log_that_is_gone_is_missed_however_long_it_was() {
    for kernel in [0, 1] {
        let world = World::new();
        (1..=world.last_segment(kernel)).for_each(|segment| fs::remove_file(world.file(kernel, segment)).unwrap());
        assert!(refuses(&world, 0), "{kernel}");
    }
}
