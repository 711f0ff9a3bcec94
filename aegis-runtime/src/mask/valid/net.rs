//! Addresses of machines: which are nobody's, and so are kept.
//! Sources: IANA special-purpose address registries; RFC 5737, RFC 3849, RFC 9637 (documentation); IEEE 802 (MAC).

use std::net::{Ipv4Addr, Ipv6Addr};

/// Whether an IPv4 address is kept: loopback, unspecified, broadcast, a mask, link-local, multicast, documentation; private ranges
/// and carrier-grade NAT when `private`.
pub(in crate::mask) fn keep_v4(address: Ipv4Addr, private: bool) -> bool {
    let bits = address.to_bits();
    let mask = bits.leading_ones() >= 8 && bits.leading_ones() + bits.trailing_zeros() == 32;
    let [one, two, ..] = address.octets();
    address.is_loopback()
        || one == 0
        || mask
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || one >= 240
        || one == 198 && two & 0xfe == 18 // benchmarks: RFC 2544
        || (private && (address.is_private() || (one == 100 && two & 0xc0 == 0x40)))
}

/// Whether an IPv6 address is kept, by the same rule; an IPv4 address inside of one is judged as such.
pub(in crate::mask) fn keep_v6(address: Ipv6Addr, private: bool) -> bool {
    let [one, two, ..] = address.segments();
    // Only what is given out is anybody's: `fe00::0` of a file of hosts is not.
    let given = matches!(one, 0x2000..=0x3fff | 0xfc00..=0xfdff | 0x64) || address.to_ipv4_mapped().is_some();
    !given
        || address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.is_unicast_link_local()
        || (one == 0x2001 && two == 0x0db8)
        || (one == 0x3fff && two < 0x1000)
        || (private && address.is_unique_local())
        || address.to_ipv4_mapped().is_some_and(|inner| keep_v4(inner, private))
}

/// Whether text as written is a MAC address that is one interface's: six pairs with `:` or `-`, or three fours with `.`; not
/// all equal, not broadcast, not multicast.
pub(in crate::mask) fn mac(written: &[u8]) -> bool {
    let fits = match written.len() {
        17 => [b':', b'-'].iter().any(|mark| separated(written, *mark, 2)),
        14 => separated(written, b'.', 4),
        _ => false, // too long or too short
    };
    let second = written.get(1).and_then(|byte| char::from(*byte).to_digit(16));
    let digits = || written.iter().filter(|byte| byte.is_ascii_hexdigit());
    fits && second.is_some_and(|nibble| nibble & 1 == 0) && digits().any(|byte| Some(byte) != written.first())
}

/// Whether twelve hex digits without marks can be the same. Any number of twelve digits looks like one, so context is needed.
pub(in crate::mask) fn mac_bare(written: &[u8]) -> bool {
    let second = written.get(1).and_then(|byte| char::from(*byte).to_digit(16));
    written.len() == 12
        && written.iter().all(u8::is_ascii_hexdigit)
        && second.is_some_and(|nibble| nibble & 1 == 0)
        && written.iter().any(|byte| Some(byte) != written.first())
}

fn separated(written: &[u8], mark: u8, group: usize) -> bool {
    written.iter().enumerate().all(
        |(place, byte)| {
            if place % (group + 1) == group { *byte == mark } else { byte.is_ascii_hexdigit() }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::{keep_v4, keep_v6, mac, mac_bare};

    #[test]
    fn addresses_of_nobody_are_kept() {
        for kept in [
            "127.0.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "255.255.240.0",
            "255.0.0.0",
            "169.254.1.1",
            "224.0.0.251",
            "192.0.2.7",
            "198.51.100.3",
            "203.0.113.9",
            "240.1.1.1",
        ] {
            assert!(keep_v4(kept.parse().unwrap(), false), "{kept}");
        }
        for private in ["10.1.2.3", "172.16.9.1", "192.168.1.1", "100.64.0.1"] {
            let address = private.parse().unwrap();
            assert!(keep_v4(address, true) && !keep_v4(address, false), "{private}");
        }
        for shown in ["8.8.8.8", "81.2.69.142", "172.32.0.1", "100.128.0.1", "192.0.3.1"] {
            assert!(!keep_v4(shown.parse().unwrap(), true), "{shown}");
        }
        for kept in ["::1", "::", "ff02::1", "fe80::1", "2001:db8::1", "3fff::1", "::ffff:127.0.0.1"] {
            assert!(keep_v6(kept.parse().unwrap(), false), "{kept}");
        }
        assert!(keep_v6("fd00::1".parse().unwrap(), true) && !keep_v6("fd00::1".parse().unwrap(), false));
        assert!(
            !keep_v6("2a00:1450:4001:82a::200e".parse().unwrap(), true)
                && !keep_v6("::ffff:8.8.8.8".parse().unwrap(), true)
        );
    }

    #[test]
    fn a_mac_is_one_interfaces() {
        for good in ["3c:22:fb:9a:10:4e", "3C-22-FB-9A-10-4E", "3c22.fb9a.104e"] {
            assert!(mac(good.as_bytes()), "{good}");
        }
        for bad in [
            "ff:ff:ff:ff:ff:ff",
            "00:00:00:00:00:00",
            "01:00:5e:00:00:fb",
            "3c:22-fb:9a:10:4e",
            "3c:22:fb:9a:10",
            "12:30:45:00:00:0g",
            "",
        ] {
            assert!(!mac(bad.as_bytes()), "{bad}");
        }
        assert!(
            mac_bare(b"A483E75F02C8")
                && !mac_bare(b"A583E75F02C8")
                && !mac_bare(b"A483E75F02C")
                && !mac_bare(b"000000000000")
        );
    }
}
