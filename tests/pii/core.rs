//! Core: plain values, as databases, APIs and logs spell them.

use crate::cases::{Case, carried, told};
use crate::random::Random;
use crate::values::*;

/// Cases of each class.
const EACH: usize = 24;

/// Classes that tell by themselves. The bars ask all of the strong ones.
pub const STRONG: [&str; 6] = ["email", "card", "iban", "ssn", "secret", "private-key"];

pub fn table() -> Vec<Case> {
    let mut random = Random::new(0xC04E);
    let mut cases = Vec::new();
    let r = &mut random;
    for _ in 0..3 * EACH {
        plain(r, &mut cases, "email", email);
        plain(r, &mut cases, "iban", iban);
        plain(r, &mut cases, "ssn", ssn);
        plain(r, &mut cases, "phone-plus", phone_plus);
    }
    for brand in BRANDS {
        for place in 0..EACH {
            let bare = card(r, brand);
            let spelled = match place % 3 {
                0 => bare,
                1 => embossed(&bare, " "),
                _ => embossed(&bare, "-"),
            };
            let (result, keep) = carried(r, &spelled);
            cases.push(Case::new("core", "card", &result, &[&spelled], keep));
        }
    }
    for _ in 0..EACH {
        plain(r, &mut cases, "iban", |r| grouped(&iban(r), &[4; 8], " "));
        plain(r, &mut cases, "itin", itin);
        plain(r, &mut cases, "ipv4", ipv4);
        plain(r, &mut cases, "ipv6", ipv6);
        plain(r, &mut cases, "mac", mac);
        plain(r, &mut cases, "bitcoin", btc);
        plain(r, &mut cases, "codice-fiscale", codice_fiscale);
        plain(r, &mut cases, "private-key", private_key);
        for country in ["us", "uk", "de", "fr", "in", "it", "es", "nl", "br"] {
            plain(r, &mut cases, &format!("phone-{country}"), |r| phone_national(r, country));
        }
    }
    for issuer in ISSUERS {
        for _ in 0..6 {
            plain(r, &mut cases, "secret", |r| token(r, issuer));
        }
    }
    for _ in 0..EACH {
        let word = password(r);
        let line = dsn(r, &word);
        let (result, keep) = carried(r, &line);
        cases.push(Case::new("core", "dsn-password", &result, &[&word], keep));
        let (key, word) = (
            r.pick(&["password", "db_password", "client_secret", "apiKey", "auth_token", "SECRET_KEY"]).to_owned(),
            password(r),
        );
        let (result, keep) = told(r, &[&key], &word);
        cases.push(owned("secret-assigned", &result, &word, keep));
        let word = r.text(crate::random::URL, 24);
        let line = format!(
            "https://api.acme.io/v1/files?{}={word}&page=2",
            r.pick(&["token", "access_token", "api_key", "sig", "key"])
        );
        let (result, keep) = carried(r, &line);
        cases.push(Case::new("core", "url-token", &result, &[&word], keep));
        let word = r.text(crate::random::URL, 32);
        let (result, keep) = carried(r, &format!("Authorization: Bearer {word}"));
        cases.push(Case::new("core", "bearer", &result, &[&word], keep));
    }
    by_context(r, &mut cases);
    cases
}

/// Classes of bare digits and letters, with a word that tells.
fn by_context(r: &mut Random, cases: &mut Vec<Case>) {
    type Make = fn(&mut Random) -> String;
    let classes: [(&str, &[&str], Make); 27] = [
        ("ssn-bare", &["SSN", "social security number"], |r| ssn(r).replace('-', "")),
        ("nhs", &["NHS number", "NHS no"], nhs),
        ("nhs", &["NHS number"], |r| grouped(&nhs(r), &[3, 3, 4], " ")),
        ("nino", &["National Insurance number", "NINO"], nino),
        ("aadhaar", &["Aadhaar", "Aadhaar number"], aadhaar),
        ("aadhaar", &["Aadhaar"], |r| grouped(&aadhaar(r), &[4, 4, 4], " ")),
        ("pan-in", &["PAN", "pan number"], pan),
        ("pesel", &["PESEL"], pesel),
        ("nip", &["NIP"], nip),
        ("dni", &["DNI"], dni),
        ("nie", &["NIE"], nie),
        ("personnummer", &["personnummer", "Personal number"], personnummer),
        ("henkilotunnus", &["henkilötunnus", "hetu"], henkilotunnus),
        ("steuer-id", &["Steuer-ID", "Steueridentifikationsnummer", "tax id"], steuer_id),
        ("nir", &["NIR", "numéro de sécurité sociale"], nir),
        ("sin", &["SIN", "social insurance number"], |r| grouped(&sin(r), &[3, 3, 3], " ")),
        ("tfn", &["TFN", "tax file number"], tfn),
        ("medicare", &["Medicare", "medicare number"], medicare),
        ("cpf", &["CPF"], |r| {
            let digits = cpf(r);
            format!("{}.{}.{}-{}", &digits[..3], &digits[3..6], &digits[6..9], &digits[9..])
        }),
        ("bsn", &["BSN", "burgerservicenummer"], bsn),
        ("passport", &["passport", "passport number"], passport),
        ("licence", &["driving licence", "driver's license", "licence number"], licence),
        ("birth-date", &["date of birth", "DOB", "born", "birth date"], birth_date),
        ("bank-account", &["account number", "bank account"], |r| r.digits(10)),
        ("aba", &["routing number", "ABA"], aba),
        ("ethereum", &["wallet", "ETH address"], |r| r.pick(&ETH).to_owned()),
        ("phone-told", &["phone", "mobile", "tel", "phone number"], phone_told),
    ];
    for (class, words, make) in classes {
        for _ in 0..EACH {
            let value = make(r);
            let (result, keep) = told(r, words, &value);
            cases.push(owned(class, &result, &value, keep));
        }
    }
}

fn owned(class: &str, result: &serde_json::Value, value: &str, keep: Vec<String>) -> Case {
    Case { keep, ..Case::new("core", class, result, &[value], &[]) }
}

fn plain(random: &mut Random, cases: &mut Vec<Case>, class: &str, make: impl Fn(&mut Random) -> String) {
    let value = make(random);
    let (result, keep) = carried(random, &value);
    cases.push(Case::new("core", class, &result, &[&value], keep));
}
