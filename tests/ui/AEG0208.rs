aegis_macros::kernel!("AEG0208/broken/manifests", "AEG0208/broken/policy.toml");

fn main() {}
