//! E0382: a permit is used once.

use aegis::kernel::Kernel;
use aegis_runtime::gate::{Permit, bind};
use aegis_runtime::intercept::Screens;

fn twice(permit: Permit<Kernel>, screens: &Screens) {
    let _first = bind(permit, screens);
    let _second = bind(permit, screens);
}

fn main() {}
