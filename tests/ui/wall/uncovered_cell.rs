//! E0004: an evaluator with one arm taken out. The enums are those of the emitted kernel.

use aegis::kernel::{Domain, rules};
use aegis_runtime::kernel::Cell;
use aegis_runtime::vocabulary::Effect;

const fn policy(effect: Effect, domain: Domain) -> Cell {
    match (effect, domain) {
        (Effect::Write, Domain::Bronze | Domain::Silver) => Cell::Allow(&rules::WORK_IN_PROGRESS),
        (Effect::Write, Domain::Catalog) => Cell::Uncovered,
        // (Effect::Write, Domain::Gold) => Cell::Block(&rules::GOLD_IS_PUBLISHED),
        (
            Effect::Read
            | Effect::Destroy
            | Effect::Promote
            | Effect::Validate
            | Effect::Egress
            | Effect::Execute
            | Effect::Admin,
            _,
        ) => Cell::Uncovered,
    }
}

fn main() {
    policy(Effect::Write, Domain::Gold);
}
