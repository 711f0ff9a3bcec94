//! Keys that tell a person from a program, goods and anything else that has a name.

/// Keys of what is no person, one of which is enough.
#[rustfmt::skip]
pub(super) const SETTINGS: &[&str] = &[
    "apiversion", "spec", "uses", "runson", "dependencies", "devdependencies", "peerdependencies",
    "optionaldependencies", "scripts", "entrypoint", "replicas", "containers", "containerport", "targetport",
    "namespace", "apigroup", "initcontainers", "volumemounts", "mountpath", "configmap", "configmapref", "secretref",
    "secretkeyref", "configmapkeyref", "artifactid", "groupid", "modelversion", "packaging", "classname",
    "workingdirectory", "healthcheck", "cron", "sha", "checksum", "integrity", "engines", "repository",
    "requirespython", "readme", "endpoint", "hostname", "ports", "arn", "instancetype", "cidr", "bucket", "etag",
    "storageclass", "mimetype", "contenttype", "datatype", "nullable", "isnullable", "primarykey", "foreignkey",
    "autoincrement", "maxlength", "minlength", "enum", "pattern", "schema", "additionalproperties", "operationid",
    "responses", "inputschema", "outputschema", "durationms", "failures", "throughput", "iterations", "stddev",
    "restarts", "logger", "datasource", "selector", "defaultbranch", "headbranch", "runnumber", "fork",
    "stargazerscount", "clusterip", "nodeselector", "serviceaccountname", "loglevel", "retries", "upstream",
    "presets", "compileroptions", "workspaces", "packagemanager", "buildcommand", "startcommand", "healthcheckpath",
    "artifacts", "envfrom", "valuefrom", "env", "buildsystem", "rustversion", "cratetype", "become", "gatherfacts",
    "handlers", "apt", "yum", "systemd", "fqdn", "subnet", "vpc", "ami", "cpu", "commithash", "commit", "htmlurl",
    "cloneurl", "p50", "p95", "p99", "panels", "expr", "dashboarduid", "annotations", "tolerations", "mincpu",
    "plugins", "module", "modules", "webpack", "tsconfig", "outdir", "outfile", "srcdir", "rootdir", "basepath",
    "baseurl", "openapi", "swagger", "servers", "paths", "asyncapi", "graphql", "resolvers", "querytype", "indexname",
    "columntype", "columndefault", "tablename", "tableschema", "relname", "relkind", "rowcount", "ean", "upc", "gtin",
    "asin", "ticker", "isin", "cusip", "iata", "icao", "molarmass", "atomicnumber", "instances", "terraformversion",
    "oftype", "inputfields", "enumvalues", "isdeprecated", "spanid", "traceid", "parentspanid", "arguments",
    "tblname", "rootpage", "sql", "cid", "notnull", "dfltvalue", "isdirectory", "isfile", "isdir", "mtime", "inode",
    "p50ms", "p95ms", "p99ms", "nsperop", "opspersec", "geometry", "coordinates", "bbox", "crs", "abv", "ibu", "ipv4",
    "ipv6", "fstype", "mountpoint", "mountpoints", "bpm", "bitrate", "samplerate", "framerate", "fps", "codec",
    "zindex", "halflife", "boilingpoint", "meltingpoint", "atomicno", "atomicmass", "atomicweight", "orbitalperiod",
    "moons", "rgb", "hexcode", "codepoint", "utcoffset", "iso2", "iso3", "isocode", "alpha2", "alpha3", "tld",
    "subnets", "ssid", "rssi", "vlan", "mtu", "netmask", "ppid", "exitcode", "partitions", "replicationfactor",
    "shards", "docscount", "storesize", "triggers", "servings", "preptime", "cooktime", "ingredients", "vintage",
    "varietal", "roast", "horsepower", "torque", "imo", "mmsi", "genus", "species", "breed", "taxon", "habitat",
    "wingspan", "rollout", "rolloutpercentage", "ctr", "cpc", "brightness", "firmware", "firmwareversion",
    "batterylevel", "desired", "uptodate", "kubeversion", "chart", "appversion", "forks", "watchers", "openissues",
    "stargazers", "portmappings", "maxkeys", "cweid", "keycount", "istruncated", "lockfileversion", "documentationurl", "http", "kernelspec", "tryexec", "busname", "systemdservice", "containerdefinitions", "taskdefinition", "imagepullsecrets", "driverversion", "displacement", "alpha2code", "alpha3code", "numericcode",
];
/// The same of goods, of what is traded, of parts of the world: two of them are as much as one of [`SETTINGS`].
#[rustfmt::skip]
pub(super) const GOODS: &[&str] = &[
    "sku", "price", "stock", "qty", "quantity", "barcode", "currency", "category", "brand", "unitprice", "listprice",
    "pricecents", "priceusd", "priceeur", "saleprice", "inventory", "instock", "stockqty", "vendor", "supplier",
    "manufacturer", "productid", "product", "variant", "variants", "isbn", "material", "dimensions", "symbol",
    "exchange", "marketcap", "formula", "cas", "smiles", "population", "elevation", "calories", "protein",
    "warehouse", "shelf", "partno", "partnumber", "reorderlevel", "reorderpoint", "msrp", "unit", "uom", "costprice",
    "weightkg", "weightg", "color", "cost", "version", "license", "package", "latest", "private", "edition",
    "homepage", "author", "authors", "description", "installed", "dependents", "downloads", "lat", "lng", "lon",
    "latitude", "longitude", "tracks", "genre", "runtime", "publisher", "platform", "line", "zone", "capacity",
    "allergens", "reps", "voltage", "wattage", "speed", "radius", "mass", "diameter", "density", "length", "depth",
    "area", "visible", "opacity", "pages", "chapters", "slug", "rgb", "driver", "scope", "revision", "pid", "gateway",
    "capital", "continent", "conversions", "clicks", "impressions", "floor", "preis", "kategorie", "bestand", "menge",
    "lager", "artikel", "artikelnr", "marke", "hersteller", "farbe", "prix", "quantité", "quantite", "catégorie",
    "categorie", "marque", "couleur", "precio", "cantidad", "categoria", "categoría", "marca", "almacén",
    "existencias", "prezzo", "quantità", "quantita", "magazzino", "giacenza", "prijs", "voorraad", "merk", "aantal",
    "cena", "ilość", "kategoria", "preço", "preco", "quantidade", "estoque", "pris", "antal",
    "documentation", "shape", "exec",
    "onhand", "sold", "metadata", "discount", "vmag", "parallax", "rrp", "wholesale", "reserved",
];
/// Keys that stand beside a person as well as beside a thing.
#[rustfmt::skip]
pub(super) const LOOSE: &[&str] = &[
    "type", "kind", "default", "required", "format", "label", "value", "enabled", "path", "file", "filename", "url",
    "tags", "status", "state", "options", "key", "size", "order", "mode", "current", "method", "in", "with", "if", "on",
    "priority", "level", "severity", "count", "time", "duration", "message", "code", "passed", "failed", "skipped",
    "tests", "coverage", "ready", "branch", "run", "command", "provider", "stage", "plan", "region", "memory",
    "schedule", "main", "permissions", "inputs", "outputs", "target", "rule", "rules", "cache", "interval", "threshold",
    "metric", "port", "protocol", "topics", "needs", "created", "modified", "updated", "owner", "group", "model",
    "rating", "volume", "weight", "height", "width", "min", "max", "mean", "median", "avg", "average", "p50", "total",
    "ratio", "score", "unit", "bytes", "icon", "title", "steps", "jobs", "image", "labels", "networks", "resolved",
    "limits", "requests", "nodes", "edges", "tasks", "hosts", "primary", "keywords", "exports", "volumes", "journal", "ledger", "glaccount",
];
/// Keys of a person.
#[rustfmt::skip]
pub(super) const PERSON: &[&str] = &[
    "email", "mail", "emailaddress", "phone", "phonenumber", "telephone", "tel", "mobile", "fax", "ssn", "dob",
    "birthdate", "dateofbirth", "birthday", "born", "birthyear", "address", "street", "zip", "zipcode", "postcode",
    "postalcode", "surname", "lastname", "firstname", "givenname", "familyname", "middlename", "gender", "sex",
    "salary", "iban", "passport", "nationality", "customer", "customerid", "customername", "userid", "username",
    "employee", "employeeid", "patient", "patientid", "department", "jobtitle", "manager", "hiredate",
    "maritalstatus", "age", "occupation", "login", "mrn", "employer", "pronouns", "card", "cardnumber",
    "accountnumber", "creditcard", "insurance", "diagnosis", "contact", "orderid", "orderno", "ordernumber",
    "invoice", "invoiceid", "bookingid", "reservation", "maidenname", "nickname", "seat",
    "nights", "guests", "ward", "admitted", "lastvisit", "lastlogin", "lastorder", "joined", "member", "memberid",
    "membersince", "customerno", "customernumber", "kundennr", "kundennummer", "kundenr", "clientid", "personid",
    "studentid", "staffid", "contactid", "leadid", "guestid", "subscriberid", "hometown", "geburtsdatum", "geboren",
    "telefon", "telefonnummer", "handy", "mobil", "straße", "strasse", "anschrift", "plz", "ort", "wohnort", "correo",
    "telefono", "teléfono", "direccion", "dirección", "nacimiento", "adresse", "naissance", "prenom", "prénom",
    "nachname", "vorname", "apellido", "apellidos", "cognome", "telefoon", "adres", "geboortedatum", "kunde",
    "cliente", "paciente", "newsletter", "hobbies", "twitter", "linkedin", "avatar", "bio", "gpa", "hired",
    "bloodtype", "allergies", "spouse", "owneremail", "checkindate", "checkoutdate",
];
/// Whose name a name is.
#[rustfmt::skip]
pub(super) const PEOPLE: &[&str] = &[
    "author", "contributor", "maintainer", "owner", "user", "customer", "person", "people", "employee", "contact",
    "member", "assignee", "reviewer", "patient", "creator", "sender", "recipient", "committer", "tagger", "reporter",
    "lead", "manager", "guest", "participant", "attendee", "client", "buyer", "seller", "holder", "cardholder",
    "beneficiary", "driver", "passenger", "student", "teacher", "player", "candidate", "applicant", "subscriber",
    "staff", "partner", "spouse", "child", "developer", "requester", "approver", "profile", "billing", "shipping",
    "payer", "payee", "signer", "witness", "tenant", "landlord", "subject", "insured", "doctor", "nurse", "agent",
    "caller", "speaker", "artist",
];
/// What is named that is no person.
#[rustfmt::skip]
pub(super) const THINGS: &[&str] = &[
    "metadata", "status", "priority", "issuetype", "project", "component", "fixversion", "label", "resolution",
    "repository", "repo", "branch", "package", "plugin", "channel", "workspace", "country", "currency", "category",
    "product", "service", "room", "meetingroom", "building", "office", "venue", "hall", "vehicle", "machine", "printer", "desk",
    "cluster", "node", "database", "table", "column", "index", "schema", "field", "file",
    "bucket", "stage", "workflow", "job", "step", "task", "environment", "region", "tag", "license", "runtime",
    "engine", "image", "container", "initcontainer", "volume", "volumemount", "network", "tool", "function",
    "resource", "prompt", "server", "model", "clientinfo", "serverinfo", "parameter", "argument", "header", "env",
    "secret", "configmap", "configmapref", "secretref", "device", "sensor", "metric", "permission", "port",
    "dependency", "module", "library", "framework", "dataset", "pipeline", "queue", "topic", "test", "suite", "check",
    "rule", "alert", "dashboard", "panel", "variable", "city", "state", "language", "sku", "ingredient", "brand",
    "statuscheck", "milestone", "release", "build", "artifact", "instance", "serviceaccount", "secretkeyref",
    "configmapkeyref", "roleref", "scaletargetref", "backend", "crate", "command", "option", "feature", "flag",
    "icon", "font", "theme", "bin", "lib", "example", "bench", "source", "secretstore", "target", "layer", "playlist",
    "track", "album", "song", "movie", "film", "episode", "series", "book", "genre", "brewery", "beer", "wine",
    "coffee", "recipe", "dish", "menu", "menuitem", "meal", "topping", "event", "meter", "counter", "gauge",
    "histogram", "symbol", "element", "compound", "mineral", "planet", "moon", "star", "galaxy", "constellation",
    "mountain", "river", "lake", "island", "ocean", "continent", "airport", "station", "route", "line", "train",
    "ship", "vessel", "vehicle", "car", "truck", "aircraft", "plane", "drone", "satellite", "building", "venue",
    "hotel", "restaurant", "museum", "park", "school", "university", "store", "warehouse", "depot", "zone",
    "timezone", "district", "county", "province", "prefecture", "department", "league", "game", "level", "quest",
    "weapon", "spell", "color", "colour", "palette", "shape", "style", "frame", "artboard", "slide", "sheet",
    "worksheet", "chart", "widget", "page", "section", "block", "template", "view", "trigger", "sequence",
    "procedure", "enum", "type", "interface", "class", "method", "attribute", "exchange", "fund", "holiday", "season",
    "species", "breed", "animal", "plant", "tree", "flower", "gene", "protein", "drug", "medication", "vaccine",
    "symptom", "exercise", "workout", "course", "skill", "achievement", "campaign", "segment", "funnel", "experiment",
    "goal", "plan", "tier", "coupon", "discount", "promotion", "manufacturer", "partition", "disk", "drive",
    "filesystem", "mount", "snapshot", "backup", "printer", "monitor", "screen", "gpu", "adapter", "subnet", "vpc",
    "gateway", "firewall", "loadbalancer", "listener", "quota", "hook", "webhook", "cron", "schedule", "action",
    "integration", "connector", "app", "application", "extension", "addon", "preset", "scene", "light", "lamp",
    "appliance", "thermostat", "camera", "charger", "property", "keyword", "import", "export", "namespace", "macro",
    "struct", "trait", "protocol", "format", "codec", "stream", "broker", "shard", "replica", "tablespace",
    "collection", "dimension", "kpi", "sprint", "epic", "board", "swimlane", "teams", "folder", "directory",
    "calendar", "slot", "input", "textbox", "checkbox", "button", "dropdown", "pod", "roles", "groups", "snippet",
    "subscription", "tariff", "proj", "prod", "hosts", "vm", "variation", "variant", "wiki", "trail", "hike", "peak", "notebook", "playbook", "inventories", "fishes",
    "birds", "reaction", "emoji", "place", "poi", "attraction", "landmark",
];
/// What a thing says that it is, where nobody names such things after people.
#[rustfmt::skip]
pub(super) const MADE: &[&str] = &[
    "project", "proj", "service", "repository", "repo", "branch", "package", "plugin", "workspace", "component", "cluster", "node",
    "database", "table", "bucket", "workflow", "pipeline", "queue", "topic", "container", "volume", "network", "server", "module", "library",
    "framework", "dataset", "dashboard", "environment", "region", "country", "city", "province", "county", "district", "station", "airport",
    "category", "license", "planet", "star", "galaxy", "element", "tool", "release", "milestone", "epic", "sprint",
];
/// Where somebody is, or something: it says who is meant of nothing but what may be a name of a user.
pub(super) const PLACE: &[&str] = &["city", "town", "country", "company", "organization"];
/// Units in which data and machines are measured, as the last word of a key.
#[rustfmt::skip]
pub(super) const MACHINE: &[&str] = &[
    "bytes", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "mhz", "ghz", "px", "dpi", "rpm", "fps", "kwh", "mah",
    "volts", "watts", "mw", "kw", "lumens", "psi", "arn",
];
/// Units in which the world is.
pub(super) const WORLD: &[&str] = &[
    "km", "km2", "m", "miles", "mi", "ha", "sqm", "kmh", "mph", "celsius", "nm", "au", "ly", "litres", "liters", "ml",
    "l", "kg", "g", "cm", "mm", "kw", "kwh", "mwh", "hz", "rpm", "psi", "lbs", "oz", "gal",
];
