//! Words that stand beside telephone numbers, in the languages that people write them in.

/// Words that say it: names of the thing, and, from [`FIRST_LOOSE`] on, words that stand before other numbers as well.
#[rustfmt::skip]
pub(in crate::mask::detect) const WORDS: &[&str] = &[
    "phone", "telephone", "tel", "mobile", "fax", "whatsapp", "sms", "handy", "telefon", "telefono", "teléfono",
    "movil", "móvil", "telefone", "telemovel", "telemóvel", "celular", "cellulare", "mobil", "rufnummer", "mobiel",
    "telefoon", "msisdn", "phonenumber", "phoneno", "telno", "telnr", "tél", "teléf", "telef", "tlf", "tlfno",
    "hotline", "landline", "callback", "mob", "ph", "téléphone", "telefonnummer", "telefonnr", "telefoonnummer",
    "mobilnummer", "mobielnummer", "mobilnr", "handynummer", "handynr", "festnetz", "durchwahl", "faxnummer",
    "telefax", "telefaks", "rückrufnummer", "gsm", "puhelin", "puhelinnumero", "telefonszám", "téléphonique",
    "cellphone", "mobilephone", "telephonenumber", "mobilenumber", "contactnumber", "helpline", "switchboard",
    "voicemail", "portável", "fijo", "fisso", "recapito", "cell", "mobilny", "komórkowy", "komórka", "numer telefonu",
    "número de teléfono", "numéro de téléphone", "numero di telefono", "número de telefone", "nummer telefon",
    "mobiltelefon", "kontakttelefon", "rufnr", "telefonu", "telefonie", "फ ोन", "फोन", "दूरभाष", "मोबाइल", "ফোন",
    "মোবাইল", "தொலைபேசி", "ఫోన", "телефон", "телефона", "тел", "моб", "мобильный", "τηλέφωνο", "τηλ", "κινητό", "电话",
    "手机", "手机号", "手机号码", "联系电话", "電話", "電話番号", "携帯", "전화", "전화번호", "휴대폰", "هاتف", "الهاتف", "جوال", "موبايل", "تلفن",
    "טלפון", "נייד", "โทร", "โทรศัพท์", "điện thoại", "whats app", "fon", "phon", "call", "contact", "caller",
    "anrufer", "portable", "ring", "reach", "dial", "number is", "call me", "appeler", "téléphoner", "téléphonez",
    "telephonez", "appelez", "joindre", "appel", "llamar", "llame", "llamada", "contacto", "chiamare", "chiama",
    "chiami", "contatto", "ligar", "ligue", "contato", "anrufen", "anruf", "erreichbar", "rufen", "bellen", "bel",
    "bereikbaar", "kontakt", "text me", "signal", "fixe", "called", "calling", "dialled", "dialed",
    "numero de contacto", "ringen", "rückruf", "rueckruf", "zurückrufen", "störungsdienst", "stoerungsdienst",
    "störung", "störungen", "störfall", "bereitschaft", "bereitschaftsdienst", "rufbereitschaft", "pikett",
    "notdienst", "notruf", "notfall", "notfälle", "notfallnummer", "entstörung", "zentrale", "vermittlung",
    "sekretariat", "kundendienst", "kundenservice", "servicenummer", "servicetelefon", "telefonisch",
    "anrufbeantworter", "durchwahlen", "fernmündlich", "ansprechpartner", "on call", "oncall", "emergency",
    "out of hours", "after hours", "pager", "reception", "front desk", "helpdesk", "urgenze", "urgenza", "emergenza",
    "emergenze", "reperibilità", "reperibilita", "centralino", "segreteria", "numero verde", "assistenza", "urgence",
    "urgences", "astreinte", "standard téléphonique", "accueil", "rappeler", "rappel", "joignable", "urgencias",
    "urgencia", "emergencias", "emergencia", "centralita", "atención", "avisos", "localizable", "urgência",
    "urgências", "emergência", "plantão", "sac", "spoed", "spoednummer", "noodnummer", "storingsdienst", "storing",
    "terugbellen", "receptie", "richiamare", "richiamami", "piket", "dyżur", "dyżurny", "infolinia", "dzwonić", "oddzwonić", "zadzwoń",
    "jourtelefon", "växel", "vakttelefon", "päivystys", "t", "m", "p", "f",
];
/// The first of the looser words.
pub(super) const FIRST_LOOSE: &str = "call";
