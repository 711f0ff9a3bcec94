//! Families that stand between the classes: values behind words of other languages, in groups and spellings of their writers' own, and
//! what looks like each of them and is none.

use crate::cases::{Case, text_block};
use crate::random::{Random, UPPER};
use crate::values::*;

/// Rounds of every template.
const EACH: usize = 4;

type Make = fn(&mut Random) -> String;

/// A template, with `¤` where the value stands, and the value.
type Template = (&'static str, &'static str, Make);

fn months(r: &mut Random, names: &[&str]) -> String {
    r.pick(names).to_owned()
}

fn year(r: &mut Random) -> u64 {
    r.between(1940, 2005)
}

/// Digits of a German number in groups that nobody prescribes.
fn german(r: &mut Random) -> String {
    let (area, number) = (r.pick(&["30", "89", "351", "4321", "171"]).to_owned(), r.digits(7));
    let (one, two) = number.split_at(if r.below(2) == 0 { 3 } else { 5 });
    let gap = r.pick(&[" ", "/", " / ", "-", " - "]).to_owned();
    format!("0{area}{gap}{one}{}{two}", r.pick(&[" ", "-", " - "]))
}

fn groups(r: &mut Random, lead: &str, digits: usize) -> String {
    let mut rest = r.digits(digits);
    let mut number = lead.to_owned();
    let mark = r.pick(&[" ", "-", "."]).to_owned();
    while !rest.is_empty() {
        let size = if rest.len() <= 3 { rest.len() } else { 2 + usize::try_from(r.below(2)).unwrap() };
        let tail = rest.split_off(size.min(rest.len()));
        number = format!("{number}{mark}{rest}");
        rest = tail;
    }
    number
}

fn singly(value: &str, mark: &str) -> String {
    value.chars().map(String::from).collect::<Vec<_>>().join(mark)
}

fn secret(r: &mut Random) -> String {
    format!("{}{}{}", r.text("ABCDEFGHJKLMNPQRSTUVWXYZ", 2), r.digits(3), r.text("abcdefghkmnpqrstuvwxyz", 4))
}

/// A number behind the prefix of its country.
fn abroad(r: &mut Random, country: &str, area: &str) -> String {
    let lead = r.between(2, 9);
    format!("{country} {area} {lead}{} {}", r.digits(3), r.digits(3))
}

/// A licence as its authority may write it: letters of a name, digits, and marks of its own.
fn long_licence(r: &mut Random) -> String {
    let (letters, digits) = (3 + usize::try_from(r.below(3)).unwrap(), 6 + usize::try_from(r.below(3)).unwrap());
    format!("{}{}{}", r.text(UPPER, letters), r.digits(digits), r.text(UPPER, 4))
}

fn check(field: &str) -> u32 {
    let value = |letter: char| if letter == '<' { 0 } else { letter.to_digit(36).unwrap() };
    field.chars().zip([7, 3, 1].into_iter().cycle()).map(|(letter, weight)| value(letter) * weight).sum::<u32>() % 10
}

/// The second line of a passport.
fn passport_line(r: &mut Random) -> String {
    let number = format!("C{}{}", r.text("0123456789FGHJKLMNPRTVWXYZ", 7), r.digits(1));
    let date = |r: &mut Random, first| {
        format!("{:02}{:02}{:02}", r.between(first, first + 20), r.between(1, 12), r.between(1, 28))
    };
    let (birth, expiry) = (date(r, 50), date(r, 27));
    let body = format!("{number}{}D<<{birth}{}F{expiry}{}", check(&number), check(&birth), check(&expiry));
    format!("{body}<<<<<<<<<<<<<<<{}", r.below(10))
}

const CORE: &[Template] = &[
    ("phone", "Rückfragen unter Tel. ¤ (Frau B.)", german),
    ("phone", "Telefon: ¤\nFax: auf Anfrage", german),
    ("phone", "Rufnummer ¤", german),
    ("phone", "Telefoon kantoor: ¤ (receptie)", |r| groups(r, "020", 7)),
    ("phone", "Tél. : ¤", |r| groups(r, "01", 8)),
    ("phone", "Appelez le ¤ après 18 h", |r| groups(r, "06", 8)),
    ("phone", "Appeler le ¤", |r| format!("0033 6 {}", groups(r, "39", 6))),
    ("phone", "Cellulare: ¤", |r| groups(r, "347", 7)),
    ("phone", "Teléfono de contacto: ¤", |r| groups(r, "612", 6)),
    ("phone", "mobile no: ¤", |r| groups(r, "98765", 5)),
    ("phone", "Mobile: ¤ (evenings)", |r| groups(r, "07700", 6)),
    ("phone", "phone ¤", |r| format!("415 {}", groups(r, "555", 4))),
    ("phone", "Telefon: ¤", |r| format!("+49 (0)30 / {} - {}", r.digits(5), r.digits(2))),
    ("personnummer", "personnummer ¤ (100+)", |r| {
        let body = format!("{:02}{:02}{:02}{}", r.between(5, 24), r.between(1, 12), r.between(1, 28), r.digits(3));
        format!("19{}+{}{}", &body[..6], &body[6..], luhn(&body))
    }),
    ("steuer-id", "payroll: IdNr ¤ fehlt", steuer_id),
    ("steuer-id", "Steuer-IdNr. ¤", steuer_id),
    ("birth-date", "Versicherter: K. O., geb. am ¤, wohnhaft in Gera", |r| {
        format!("{:02}.{:02}.{}", r.between(1, 28), r.between(1, 12), year(r))
    }),
    ("birth-date", "geboren am ¤", |r| {
        format!("{}. {} {}", r.between(1, 28), months(r, &["März", "Juni", "Januar", "Oktober"]), year(r))
    }),
    ("birth-date", "née le ¤ à Lyon", |r| {
        format!("{} {} {}", r.between(2, 28), months(r, &["juin", "août", "février", "mars"]), year(r))
    }),
    ("birth-date", "nata il ¤ a Roma", |r| {
        format!("{} {} {}", r.between(1, 28), months(r, &["maggio", "giugno", "dicembre"]), year(r))
    }),
    ("birth-date", "nacido el ¤", |r| {
        format!("{} de {} de {}", r.between(1, 28), months(r, &["junio", "enero", "agosto"]), year(r))
    }),
    ("birth-date", "born on the ¤, in Cork", |r| {
        format!("{}th of {}, {}", r.between(4, 20), months(r, &["June", "May", "October"]), year(r))
    }),
    ("licence", "Permis de conduire n° ¤ catégorie B", |r| r.digits(12)),
    ("licence", "Führerschein-Nr. ¤", |r| format!("B{}RRE2I{}", r.digits(3), r.digits(2))),
    ("licence", "patente di guida n. ¤", |r| format!("{}{}{}", r.text(UPPER, 2), r.digits(7), r.text(UPPER, 1))),
    ("licence", "permiso de conducir ¤", dni),
    ("passport", "P<D<<HOLLENBERG<<ANTJE<<<<<<<<<<<<<<<<<<<<<<\n¤", passport_line),
    ("ethereum", "tx from ¤ value 1000000000000000000", |r| format!("0x{}", r.hex(40))),
    ("webhook", "notify: https://hooks.slack.com/services/¤", |r| {
        format!("T{}/B{}/{}", r.text(UPPER, 8), r.text(UPPER, 10), r.text("abcdefghkXYZ0123456789", 24))
    }),
    ("webhook", "https://discord.com/api/webhooks/¤", |r| {
        format!("{}/{}", r.digits(19), r.text("abcdefghkXYZ0123456789-_", 68))
    }),
    ("secret", "Mot de passe : ¤\nÀ changer sous 24 h.", secret),
    ("secret", "Passwort: ¤", secret),
    ("secret", "Das Kennwort ist ¤", secret),
    ("secret", "Contraseña: ¤", secret),
    ("secret", "senha: ¤", secret),
    ("secret", "wachtwoord = ¤", secret),
    ("secret", "**Password:** ¤", secret),
    ("secret", "Password (temporary): ¤", secret),
    ("secret", "<password>¤</password>", secret),
    ("secret", "- name: DB_PASSWORD\n  value: ¤", secret),
    ("secret", "define('DB_PASSWORD', '¤');", secret),
    ("secret", "ALTER USER bob WITH PASSWORD '¤'", secret),
    ("secret", "run --password ¤ --verbose", secret),
    ("secret", "API key: ¤", |r| r.text("abcdefghkXYZ0123456789", 20) + "a1"),
    ("mac", "device mac=¤ online", |r| format!("A4{}", r.hex(10).to_uppercase())),
    ("account", "routing 264855622 account ¤", |r| r.digits(10)),
    ("phone", "Bereitschaft: ¤", |r| abroad(r, "0049", "69")),
    ("phone", "erst ab 18 Uhr, ¤ (Frau B.)", |r| abroad(r, "0049", "351")),
    ("phone", "Fuori sede. Urgenze: ¤.", |r| abroad(r, "0039", "347")),
    ("phone", "- ¤\n- Öffnungszeiten: 8-16 Uhr", |r| format!("(069) {}-{}", r.digits(5), r.digits(3))),
    ("phone", "Rückruf bitte unter ¤, Frau am Empfang weiß Bescheid.", german),
    ("phone", "Störungsdienst ¤", german),
    ("phone", "फ़ोन: ¤", |r| groups(r, "98765", 5)),
    ("nhs", "PID|1||¤^^^NHS||", nhs),
    ("ssn", "PID|1||¤^^^USSSA^SS||", |r| ssn(r).replace('-', "")),
    ("nhs", "{\"identifier\": [{\"system\": \"https://fhir.nhs.uk/Id/nhs-number\", \"value\": \"¤\"}]}", nhs),
    ("phone", "{\"telecom\": [{\"system\": \"phone\", \"value\": \"¤\"}]}", german),
    ("secret", "{\"env\": [{\"key\": \"DB_PASSWORD\", \"value\": \"¤\"}]}", secret),
    ("secret", "{\"env\": [{\"Type\": \"SecureString\", \"Name\": \"db-password\", \"Value\": \"¤\"}]}", secret),
    ("aadhaar", "आधार संख्या ¤ सत्यापित", |r| {
        grouped(&aadhaar(r), &[4, 4, 4], " ")
    }),
    ("sin", "numéro d'assurance sociale : ¤", |r| grouped(&sin(r), &[3, 3, 3], " ")),
    ("licence", "Driving licence: ¤", long_licence),
    ("licence", "renter,driving_licence_no\nR1,¤", long_licence),
    ("licence", "{\"drivers\": [{\"licenceNumber\": \"¤\"}]}", long_licence),
    ("licence", "Führerscheinnummer ¤", long_licence),
    ("secret", "Access key ID,Secret access key\nA1,¤", |r| {
        format!("{}/{}+7", r.text("abcdefghkXYZ0123456789", 20), r.text("abcdefghkXYZ0123456789", 17))
    }),
    ("secret", "user;password;role\n\"b; c\";¤;admin", secret),
    ("secret", "| user | Password |\n|---|---|\n| bob | ¤ |", secret),
    ("secret", "datadog app_key: ¤", |r| r.hex(40)),
    ("secret", "password: >-\n  ¤\nuser: bob", secret),
    ("secret", "token: |\n    ¤\n", |r| r.text("abcdefghkXYZ0123456789", 30) + "a1"),
    ("card", "| Elo | ¤ |", |r| {
        let body = format!("636297{}", r.digits(9));
        format!("{body}{}", luhn(&body))
    }),
    ("birth-date", "[10:03] agent: thanks, and the date of birth?\n[10:03] visitor: ¤", |r| {
        format!("{} {} {}", r.between(1, 28), months(r, &["March", "December", "June"]), year(r))
    }),
    ("passport", "паспорт № ¤", |r| r.digits(9)),
];

const EVASIONS: &[Template] = &[
    ("phone-singly", "my mobile is ¤", |r| singly(&format!("07700{}", r.digits(6)), " ")),
    ("iban-singly", "dictated: ¤", |r| singly(&iban(r), " ")),
    ("iban-dashes", "iban ¤", |r| singly(&iban(r), "-")),
    ("nie-singly", "NIE: ¤", |r| singly(&nie(r), " ")),
    ("passport-singly", "passport no: ¤", |r| singly(&r.digits(9), " ")),
    ("codice-fiscale-singly", "C.F. ¤", |r| singly(&codice_fiscale(r), " ")),
    ("codice-fiscale", "C.F. ¤", |r| grouped(&codice_fiscale(r), &[3, 3, 5, 5], " ")),
    ("email-singly", "write ¤", |r| singly(&email(r), " ")),
    ("bank-singly", "account number ¤", |r| singly(&r.digits(10), " ")),
    ("ipv4-brackets", "IOC: ¤", |r| ipv4(r).replace('.', "[.]")),
    ("ipv4-blanks", "IOC: ¤", |r| format!("81.{}.69.{}", r.between(10, 99), r.between(10, 99)).replace('.', " . ")),
    ("ipv6-brackets", "seen ¤ twice", |r| format!("2a00:1450:{}::8b7", r.hex(4)).replace(':', "[:]")),
    ("email-brackets", "write ¤", |r| email(r).replace('.', "[.]")),
    ("birth-entities", "<p>Geburtsdatum: ¤</p>", |r| {
        format!("{:02}.&nbsp;{:02}.&nbsp;{}", r.between(1, 28), r.between(1, 12), year(r))
    }),
    ("name-singly", "P A S S W O R D : ¤", secret),
    ("name-points", "p.a.s.s.w.o.r.d=¤", secret),
    ("name-leet", "passw0rd: ¤", secret),
    ("card-hex", "¤", |r| {
        format!("0x{}", card(r, "visa").bytes().map(|byte| format!("{byte:02x}")).collect::<String>())
    }),
    ("iban-bytea", "\\x¤", |r| format!("IBAN {}", iban(r)).bytes().map(|byte| format!("{byte:02x}")).collect()),
    ("octal", "echo -e \"phone ¤\"", |r| phone_plus(r).bytes().map(|byte| format!("\\{byte:03o}")).collect()),
    ("email-at", "schreib an ¤", |r| email(r).replace('@', " (ät) ").replace('.', " (punkt) ")),
    ("email-at", "escribe a ¤ hoy", |r| email(r).replace('@', " arroba ").replace('.', " punto ")),
    ("email-at", "contact ¤", |r| email(r).replace('@', "_at_")),
    ("email-code", "const to = \"¤\";", |r| email(r).replace('@', "\" + \"@\" + \"")),
    ("email-code", "to = '¤'", |r| email(r).replace('@', "' . '@' . '")),
    ("email-ansi", "log: \u{1b}[1m¤ ok", |r| email(r).replace('@', "\u{1b}[0m@")),
    ("email-broken", "send it to ¤ and wait", |r| email(r).replace('@', "@\n")),
    ("ssn-marks", "SSN `¤`", |r| ssn(r).replace('-', "`-`")),
    ("iban-marks", "IBAN ¤**", |r| {
        let iban = iban(r);
        let (one, two) = iban.split_at(12);
        format!("{}** {}", grouped(one, &[4, 4, 4], " "), grouped(two, &[4; 8], " "))
    }),
    ("ipv4-number", "remote_addr=¤ (client)", |r| r.between(0x5100_0000, 0x5fff_ffff).to_string()),
    ("ipv4-number", "client ip ¤", |r| format!("0x{:08X}", r.between(0x5100_0000, 0x5fff_ffff))),
    ("ssn-code", "ssn = \"¤\"", |r| ssn(r).replace('-', "\" \"")),
    ("aadhaar-digits", "आधार: ¤", |r| {
        let digit = |letter: char| letter.to_digit(10).map_or(letter, |digit| char::from_u32(0x966 + digit).unwrap());
        grouped(&aadhaar(r), &[4, 4, 4], " ").chars().map(digit).collect()
    }),
    ("jwt-wrapped", "Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.\n  ¤", |r| {
        let part = |r: &mut Random, length| r.text("abcdefghkXYZ0123456789_-", length);
        format!("{}.\n  {}", part(r, 60), part(r, 43))
    }),
];

/// Values in parts: what holds them, and the parts that must go.
const SPLIT: &[(&str, &str, &[&str])] = &[
    ("ssn", r#"{"ssn_parts": ["519-", "48-", "7216"]}"#, &["519-", "7216"]),
    ("ssn", r#"{"ssn": {"area": "519", "group": "48", "serial": "7216"}}"#, &["7216"]),
    ("ssn", r#"{"ssnParts": [519, 48, 7216]}"#, &["7216"]),
    ("iban", r#"{"iban_chunks": ["GB82WEST", "12345698", "765432"]}"#, &["GB82WEST", "12345698", "765432"]),
    ("email", r#"{"contact": {"local": "fenna.kaas", "domain": "polderwerk.nl", "at": "@"}}"#, &["fenna.kaas"]),
    ("email", r#"{"mail": {"domain": "polderwerk.nl", "localPart": "fenna"}}"#, &["fenna"]),
    ("email", r#"{"lines": ["send the contract to lise.dorn@", "lumenfold.com and wait"]}"#, &["lise.dorn"]),
    ("birth-date", r#"{"date_of_birth": {"day": 17, "month": 4, "year": 1983}}"#, &["1983"]),
    ("birth-date", r#"{"dob": [1983, 4, 17]}"#, &["1983"]),
    ("birth-date", r#"{"geburtsdatum": {"tag": "17", "monat": "April", "jahr": "1983"}}"#, &["1983", "April"]),
    ("birth-date", r#"{"birthYear": 1983, "birth_month": 4}"#, &["1983"]),
    (
        "pem",
        r#"{"lines": ["-----BEGIN RSA PRIVATE KEY-----", "lGiFGcP1XBXtFPuKtWBiymdEa0br6MBrytlJnchTDqEVmmTEd1bs63CxRzowXCSo", "CQahz0t5RabzRguXt63jmg==", "-----END RSA PRIVATE KEY-----", "done 17"]}"#,
        &["lGiFGcP1XBXtFPuKtWBiymdEa0br6MBrytlJnchTDqEVmmTEd1bs63CxRzowXCSo", "CQahz0t5RabzRguXt63jmg=="],
    ),
    (
        "pem",
        r#"{"part": "CQahz0t5RabzRguXt63jmt0L2foyA2M2OFAushgbmr8nenQtufExbDbmeaO/w5w5
-----END PRIVATE KEY-----
ok"}"#,
        &["CQahz0t5RabzRguXt63jmt0L2foyA2M2OFAushgbmr8nenQtufExbDbmeaO/w5w5"],
    ),
];

const HARMLESS: &[Template] = &[
    ("version", "AssemblyVersion(\"4.8.¤.0\")", |r| r.below(99).to_string()),
    ("version", "<Version>4.8.¤.12</Version>", |r| r.below(99).to_string()),
    ("version", "upgraded from 4.8.¤.1 to 4.8.¤.2", |r| r.below(99).to_string()),
    ("version", "Mozilla/5.0 (X11; Linux x86_64) Chrome/¤.0.0.0 Safari/537.36", |r| r.between(90, 140).to_string()),
    ("unit", "systemctl status getty@tty¤.service", |r| r.below(7).to_string()),
    ("package", "next@15.¤.0-canary.ab", |r| r.below(9).to_string()),
    ("code", "let password = req.body.password¤;", |r| r.pick(&["", "_hash", "Again"]).to_owned()),
    ("code", "password = os.environ[\"DB_PASSWORD_¤\"]", |r| r.below(9).to_string()),
    ("code", "password = get_secret(\"db\", ¤)", |r| r.below(99).to_string()),
    ("code", "api_key = settings.API_KEY_¤", |r| r.below(9).to_string()),
    ("code", "password: ${DB_PASSWORD_¤}", |r| r.below(9).to_string()),
    ("code", "password: Column(String(¤))", |r| r.between(10, 99).to_string()),
    ("code", "login(user=user, password=new_password) # ¤", |r| r.digits(3)),
    ("path", "ssl_private_key = /etc/ssl/private/server¤.key", |r| r.digits(1)),
    ("path", "PWD=/home/build/job¤/src", |r| r.digits(2)),
    ("prose", "call scheduled 11/03/2026 ¤:00", |r| r.between(10, 23).to_string()),
    ("prose", "mobile sessions: 45 231 1 204 ¤", |r| r.digits(3)),
    ("prose", "contact form build 2026-03-11 ¤", |r| r.digits(4)),
    ("prose", "phone support is available 24/7, ¤ agents", |r| r.digits(2)),
    ("prose", "founded 3 June ¤", |r| r.between(1900, 2000).to_string()),
    ("prose", "the 3rd of June, ¤ was a Monday", |r| r.between(1900, 2000).to_string()),
    ("digits", "row: 1 0 1 1 0 ¤ 1 0 0", |r| r.below(2).to_string()),
    ("digits", "levels ¤ 2 3 4 5 6 7 8 9", |r| r.below(2).to_string()),
    ("digest", "sha1 0x¤", |r| r.hex(40)),
    ("digest", "build on mac, commit ¤", |r| r.hex(12)),
    ("webhook", "post to https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX (¤)", |r| {
        r.digits(2)
    }),
    ("brackets", "regex [.] or (.) in line ¤", |r| r.digits(3)),
    ("arrows", "<<<<<<< HEAD\n¤\n=======\n1\n>>>>>>> main", |r| r.digits(4)),
    ("licence", "permis de construire PC 075 ¤", |r| r.digits(3)),
    ("order", "RMA 20260117-0042: returned ¤ of 12 units", |r| r.digits(1)),
    ("reference", "secret: arn:aws:secretsmanager:eu-west-1:000000000000:secret:prod/api¤", |r| r.digits(1)),
    ("reference", "password: op://prod/db¤/password", |r| r.digits(1)),
    ("form", "phone: +1 (___) ___-____\ndob: YYYY-MM-DD\npage ¤", |r| r.digits(1)),
    ("form", "Name: ______________  Passport No.: ______________  Form ¤", |r| r.digits(2)),
    ("table", "field,password\nmin_length,¤\ntype,string\nhash,bcrypt", |r| r.digits(2)),
    ("dump", "0030 2031 3233 3435 363¤", |r| r.digits(1)),
    ("dump", "0030 4500 0034 1¤ end", |r| r.digits(1)),
    ("table", "| Field | Password |\n|---|---|\n| least | ¤ characters |\n| default | changeme |", |r| r.digits(1)),
    ("time", "driving licence sync at 20260117T12000¤Z done", |r| r.digits(1)),
    ("digits", "seen at 1426224017, ¤ bytes", |r| r.digits(4)),
    ("code", "self.value_at_index.name = row[¤]", |r| r.digits(1)),
    ("code", "print(\"a\" + \"b\", \"x\" \"¤\")", |r| r.digits(3)),
    ("terminal", "\u{1b}[32mok\u{1b}[0m ¤ passed", |r| r.digits(2)),
    ("chat", "agent: how many?\nvisitor: ¤", |r| r.digits(6)),
    ("parts", "{\"version_parts\": [\"4\", \"8\", \"¤\"]}", |r| r.digits(2)),
    ("parts", "{\"founded\": {\"day\": 3, \"month\": 6, \"year\": 19¤}}", |r| r.digits(2)),
    ("pairs", "{\"rows\": [{\"name\": \"latency\", \"value\": \"¤\"}]}", |r| r.digits(9)),
];

fn made(table: &'static str, seed: u64, templates: &[Template]) -> Vec<Case> {
    let mut random = Random::new(seed);
    let mut cases = Vec::new();
    for _ in 0..EACH {
        for (class, template, make) in templates {
            let value = make(&mut random);
            let text = template.replace('¤', &value);
            let gone: &[&str] = if table == "harmless" { &[] } else { &[&value] };
            cases.push(Case::new(table, *class, &text_block(&text), gone, &[]));
        }
    }
    cases
}

pub fn core() -> Vec<Case> {
    made("core", 0xFA41, CORE)
}

pub fn evasions() -> Vec<Case> {
    let split = SPLIT.iter().map(|(class, text, gone)| Case::new("evasion", *class, &text_block(text), gone, &[]));
    made("evasion", 0xFA42, EVASIONS).into_iter().chain(split).collect()
}

pub fn harmless() -> Vec<Case> {
    made("harmless", 0xFA43, HARMLESS)
}
