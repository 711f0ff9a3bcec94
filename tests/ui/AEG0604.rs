aegis_macros::kernel!("AEG0604/broken/manifests", "AEG0604/broken/policy.toml");

fn main() {}
