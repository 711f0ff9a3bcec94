//! E0624: a downstream can be called by the gate alone, and a proof's inside is nobody's.

use aegis::kernel::Kernel;
use aegis_runtime::downstream::{South, SouthCall};
use aegis_runtime::gate::Raw;
use aegis_runtime::spec::ServerId;

async fn around(south: &South, call: SouthCall) {
    let _result = south.call(ServerId(0), call).await;
}

fn inside(raw: Raw<Kernel>) {
    let _data = raw.result;
}

fn main() {}
