//! E0599: a tool that is in no manifest has no value.

fn main() {
    let _tool = aegis::kernel::Tool::PostgresDropEverything;
}
