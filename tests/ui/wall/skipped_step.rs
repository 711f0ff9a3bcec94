//! E0308: no step of the chain takes what an earlier step gives. South: an undecided call, a permit, a bound call, a reserved one. North: raw
//! data, masked data, settled data.

use aegis::kernel::Kernel;
use aegis_runtime::audit::Log;
use aegis_runtime::downstream::South;
use aegis_runtime::gate::{
    Bound, Call, Case, Masked, Permit, Raw, Reserved, Screened, Settled, Snapshot, bind, decide, execute, intent, outcome, release, reserve, settle,
};
use aegis_runtime::intercept::Screens;
use aegis_runtime::mask::Masker;
use aegis_runtime::native::Natives;
use aegis_runtime::receipt::{Brake, Receipts};
use aegis_runtime::gate::Stop;

struct Rooms {
    screens: Screens,
    receipts: Receipts,
    brake: std::sync::Arc<Brake>,
    log: Log,
    south: South,
    natives: Natives,
    masker: Masker,
    cancel: Stop,
}

fn judged(rooms: &Rooms, call: Call<Kernel>, screened: Screened<Kernel>, snapshot: Snapshot<Kernel>) {
    let _unscreened = decide(call, snapshot);
    let _undecided = bind(screened, &rooms.screens);
}

fn south(rooms: Rooms, permit: Permit<Kernel>, bound: Bound<Kernel>, reserved: Reserved<Kernel>, case: Case) {
    let _unbound = reserve(permit, case.id(), &rooms.receipts, &rooms.brake);
    let _unreserved = intent(bound, case, &rooms.log, &rooms.receipts, &rooms.masker);
    let _unrecorded = execute(reserved, &rooms.south, &rooms.natives, rooms.cancel, None);
}

fn north(rooms: Rooms, raw: Raw<Kernel>, other: Raw<Kernel>, masked: Masked<Kernel>, settled: Settled<Kernel>) {
    let _unmasked = settle(raw, &rooms.receipts);
    let _unsettled = outcome(masked, &rooms.log, &rooms.masker);
    let _uncommitted = release(settled);
    let _raw = release(other);
}

fn main() {}
