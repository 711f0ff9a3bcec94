aegis_macros::kernel!("AEG0702/broken/manifests", "AEG0702/broken/policy.toml");

fn main() {}
