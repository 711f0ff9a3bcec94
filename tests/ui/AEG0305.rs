aegis_macros::kernel!("AEG0305/broken/manifests", "AEG0305/broken/policy.toml");

fn main() {}
