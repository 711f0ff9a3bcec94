aegis_macros::kernel!("AEG0306/broken/manifests", "AEG0306/broken/policy.toml");

fn main() {}
