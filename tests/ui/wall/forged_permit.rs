//! E0451: a permit is minted by `decide` and nowhere else.

use aegis::kernel::Kernel;
use aegis_runtime::gate::{Permit, Screened};
use aegis_runtime::kernel::Grant;

fn forge(screened: Screened<Kernel>, grant: Grant) -> Permit<Kernel> {
    Permit { screened, grant }
}

fn main() {}
