//! Near misses: each differs from a case that must not compile in the one thing that matters.
#![allow(dead_code, reason = "they are built, and no more")]
mod aeg0001 {
    aegis_macros::kernel!("AEG0001/twin/manifests", "AEG0001/twin/policy.toml");
}
mod aeg0002 {
    aegis_macros::kernel!("AEG0002/twin/manifests", "AEG0002/twin/policy.toml");
}
mod aeg0003 {
    aegis_macros::kernel!("AEG0003/twin/manifests", "AEG0003/twin/policy.toml");
}
mod aeg0004 {
    aegis_macros::kernel!("AEG0004/twin/manifests", "AEG0004/twin/policy.toml");
}
mod aeg0005 {
    aegis_macros::kernel!("AEG0005/twin/manifests", "AEG0005/twin/policy.toml");
}
mod aeg0006 {
    aegis_macros::kernel!("AEG0006/twin/manifests", "AEG0006/twin/policy.toml");
}
mod aeg0007 {
    aegis_macros::kernel!("AEG0007/twin/manifests", "AEG0007/twin/policy.toml");
}
mod aeg0101 {
    aegis_macros::kernel!("AEG0101/twin/manifests", "AEG0101/twin/policy.toml");
}
mod aeg0102 {
    aegis_macros::kernel!("AEG0102/twin/manifests", "AEG0102/twin/policy.toml");
}
mod aeg0103 {
    aegis_macros::kernel!("AEG0103/twin/manifests", "AEG0103/twin/policy.toml");
}
mod aeg0104 {
    aegis_macros::kernel!("AEG0104/twin/manifests", "AEG0104/twin/policy.toml");
}
mod aeg0105 {
    aegis_macros::kernel!("AEG0105/twin/manifests", "AEG0105/twin/policy.toml");
}
mod aeg0106 {
    aegis_macros::kernel!("AEG0106/twin/manifests", "AEG0106/twin/policy.toml");
}
mod aeg0107 {
    aegis_macros::kernel!("AEG0107/twin/manifests", "AEG0107/twin/policy.toml");
}
mod aeg0108 {
    aegis_macros::kernel!("AEG0108/twin/manifests", "AEG0108/twin/policy.toml");
}
mod aeg0109 {
    aegis_macros::kernel!("AEG0109/twin/manifests", "AEG0109/twin/policy.toml");
}
mod aeg0110 {
    aegis_macros::kernel!("AEG0110/twin/manifests", "AEG0110/twin/policy.toml");
}
mod aeg0111 {
    aegis_macros::kernel!("AEG0111/twin/manifests", "AEG0111/twin/policy.toml");
}
mod aeg0201 {
    aegis_macros::kernel!("AEG0201/twin/manifests", "AEG0201/twin/policy.toml");
}
mod aeg0204 {
    aegis_macros::kernel!("AEG0204/twin/manifests", "AEG0204/twin/policy.toml");
}
mod aeg0205 {
    aegis_macros::kernel!("AEG0205/twin/manifests", "AEG0205/twin/policy.toml");
}
mod aeg0207 {
    aegis_macros::kernel!("AEG0207/twin/manifests", "AEG0207/twin/policy.toml");
}
mod aeg0301 {
    aegis_macros::kernel!("AEG0301/twin/manifests", "AEG0301/twin/policy.toml");
}
mod aeg0302 {
    aegis_macros::kernel!("AEG0302/twin/manifests", "AEG0302/twin/policy.toml");
}
mod aeg0309 {
    aegis_macros::kernel!("AEG0309/twin/manifests", "AEG0309/twin/policy.toml");
}
mod aeg0310 {
    aegis_macros::kernel!("AEG0310/twin/manifests", "AEG0310/twin/policy.toml");
}
mod aeg0311 {
    aegis_macros::kernel!("AEG0311/twin/manifests", "AEG0311/twin/policy.toml");
}
mod aeg0312 {
    aegis_macros::kernel!("AEG0312/twin/manifests", "AEG0312/twin/policy.toml");
}
mod aeg0401 {
    aegis_macros::kernel!("AEG0401/twin/manifests", "AEG0401/twin/policy.toml");
}
mod aeg0404 {
    aegis_macros::kernel!("AEG0404/twin/manifests", "AEG0404/twin/policy.toml");
}
mod aeg0405 {
    aegis_macros::kernel!("AEG0405/twin/manifests", "AEG0405/twin/policy.toml");
}
mod aeg0406 {
    aegis_macros::kernel!("AEG0406/twin/manifests", "AEG0406/twin/policy.toml");
}
mod aeg0501 {
    aegis_macros::kernel!("AEG0501/twin/manifests", "AEG0501/twin/policy.toml");
}
mod aeg0502 {
    aegis_macros::kernel!("AEG0502/twin/manifests", "AEG0502/twin/policy.toml");
}
mod aeg0503 {
    aegis_macros::kernel!("AEG0503/twin/manifests", "AEG0503/twin/policy.toml");
}
mod aeg0504 {
    aegis_macros::kernel!("AEG0504/twin/manifests", "AEG0504/twin/policy.toml");
}
mod aeg0505 {
    aegis_macros::kernel!("AEG0505/twin/manifests", "AEG0505/twin/policy.toml");
}
mod aeg0506 {
    aegis_macros::kernel!("AEG0506/twin/manifests", "AEG0506/twin/policy.toml");
}
mod aeg0507 {
    aegis_macros::kernel!("AEG0507/twin/manifests", "AEG0507/twin/policy.toml");
}
mod aeg0508 {
    aegis_macros::kernel!("AEG0508/twin/manifests", "AEG0508/twin/policy.toml");
}
mod aeg0601 {
    aegis_macros::kernel!("AEG0601/twin/manifests", "AEG0601/twin/policy.toml");
}
mod aeg0603 {
    aegis_macros::kernel!("AEG0603/twin/manifests", "AEG0603/twin/policy.toml");
}
mod aeg0604 {
    aegis_macros::kernel!("AEG0604/twin/manifests", "AEG0604/twin/policy.toml");
}
mod aeg0605 {
    aegis_macros::kernel!("AEG0605/twin/manifests", "AEG0605/twin/policy.toml");
}
mod aeg0606 {
    aegis_macros::kernel!("AEG0606/twin/manifests", "AEG0606/twin/policy.toml");
}
mod aeg0701 {
    aegis_macros::kernel!("AEG0701/twin/manifests", "AEG0701/twin/policy.toml");
}
mod aeg0702 {
    aegis_macros::kernel!("AEG0702/twin/manifests", "AEG0702/twin/policy.toml");
}
mod aeg0703 {
    aegis_macros::kernel!("AEG0703/twin/manifests", "AEG0703/twin/policy.toml");
}
mod aeg0801 {
    aegis_macros::kernel!("AEG0801/twin/manifests", "AEG0801/twin/policy.toml");
}
mod aeg0802 {
    aegis_macros::kernel!("AEG0802/twin/manifests", "AEG0802/twin/policy.toml");
}
mod aeg0803 {
    aegis_macros::kernel!("AEG0803/twin/manifests", "AEG0803/twin/policy.toml");
}
