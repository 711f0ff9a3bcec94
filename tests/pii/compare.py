#!/usr/bin/env python3
"""Feeds the labelled tables to Aegis, to Presidio and to one Rust peer (redact-core), and prints caught / harmed / MB/s.

    cargo test --workspace --test pii           # writes target/tmp/pii-cases.jsonl
    cargo build --profile dist                  # or any build of `aegis`; figures of a debug build say nothing
    python3 tests/pii/compare.py target/dist/aegis target/tmp/pii-cases.jsonl SCRATCH

SCRATCH keeps what is installed: a virtual environment with presidio-analyzer and presidio-anonymizer from PyPI, and a driver crate
with redact-core from crates.io. Presidio runs twice, as installed and with the pattern recognizers of every country from a score of
0.4, both over a blank English spaCy model: a model of names would have to be downloaded from elsewhere. Peers get every string, number and key of a result by itself, which is
kinder than a result as one text. Declared, learned and held cases are left out: neither peer has them.
Speed is the whole run over the tables' text, without starting up.
"""
import json, pathlib, subprocess, sys, time, venv

DRIVER = '''use redact_core::AnalyzerEngine;
use std::io::BufRead;
fn main() {
    let engine = AnalyzerEngine::new();
    let lines: Vec<String> = std::io::stdin().lock().lines().map(Result::unwrap).collect();
    let texts: Vec<Vec<String>> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let start = std::time::Instant::now();
    let found: Vec<Vec<Vec<(usize, usize)>>> = texts.iter().map(|case| case.iter().map(|text| {
        let hits = engine.analyze(text, None).map(|found| found.detected_entities).unwrap_or_default();
        hits.iter().map(|hit| (hit.start, hit.end)).collect()
    }).collect()).collect();
    eprintln!("{}", start.elapsed().as_secs_f64());
    for case in found { println!("{}", serde_json::to_string(&case).unwrap()); }
}
'''
MANIFEST = '''[package]
name = "driver"
version = "0.0.0"
edition = "2021"
[workspace]
[dependencies]
redact-core = "=0.12.7"
serde_json = "1"
'''


def leaves(value, out):
    """Keys, strings and numbers, in order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            out.append(key)
            leaves(inner, out)
    elif isinstance(value, list):
        for inner in value:
            leaves(inner, out)
    elif value is not None:
        out.append(value if isinstance(value, str) else json.dumps(value))
    return out


def leaks(gone, text):
    """Whether more than 60 % of a value is left in a row."""
    for value in gone:
        window = min(len(value), max(4, -(-len(value) * 3 // 5)))
        if any(value[at : at + window] in text for at in range(len(value) - window + 1)):
            return True
    return False


def cut(text, spans):
    """Text without its spans, each replaced."""
    out, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            out += [text[at:start], "[X]"]
        at = max(at, end)
    return "".join(out) + text[at:]


def presidio(scratch, texts, setting):
    """Runs in this process when it is the scratch interpreter, else starts it."""
    python = scratch / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(scratch / "venv", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "presidio-analyzer", "presidio-anonymizer"], check=True)
    run = subprocess.run([python, __file__, "--presidio", setting], input=json.dumps(texts), capture_output=True, text=True, check=True)
    answer = json.loads(run.stdout.splitlines()[-1])
    return answer["seconds"], answer["texts"]


def presidio_child(setting):
    import spacy
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from presidio_anonymizer import AnonymizerEngine

    class Blank(SpacyNlpEngine):
        def __init__(self):
            super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
            self.nlp = {"en": spacy.blank("en")}

        def load(self):
            pass

    import presidio_analyzer.predefined_recognizers as all_of_them
    from presidio_analyzer import PatternRecognizer

    registry = RecognizerRegistry(supported_languages=["en"])
    if setting == "default":
        registry.load_predefined_recognizers(languages=["en"])
    for name in dir(all_of_them) if setting == "every" else ():
        kind = getattr(all_of_them, name)
        if isinstance(kind, type) and (name == "PhoneRecognizer" or issubclass(kind, PatternRecognizer)):
            try:
                registry.add_recognizer(kind(supported_language="en"))
            except Exception:  # one that wants arguments or a service
                pass
    analyzer, anonymizer = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"]), AnonymizerEngine()
    least = 0.4 if setting == "every" else 0
    texts = json.load(sys.stdin)
    start = time.perf_counter()
    out = [[anonymizer.anonymize(text, analyzer.analyze(text, language="en", score_threshold=least)).text for text in case] for case in texts]
    print(json.dumps({"seconds": time.perf_counter() - start, "texts": out}))


def peer(scratch, texts):
    crate = scratch / "driver"
    (crate / "src").mkdir(parents=True, exist_ok=True)
    (crate / "Cargo.toml").write_text(MANIFEST)
    (crate / "src" / "main.rs").write_text(DRIVER)
    subprocess.run(["cargo", "build", "--release", "-q"], cwd=crate, check=True)
    lines = "\n".join(map(json.dumps, texts))
    run = subprocess.run([crate / "target" / "release" / "driver"], input=lines, capture_output=True, text=True, check=True)
    spans = [json.loads(line) for line in run.stdout.splitlines()]
    # The crate counts bytes.
    cut_bytes = lambda text, found: cut(text.encode().decode("latin-1"), found).encode("latin-1").decode(errors="replace")
    return float(run.stderr.split()[-1]), [[cut_bytes(text, found) for text, found in zip(case, hits)] for case, hits in zip(texts, spans)]


def aegis(binary, cases):
    """Whole results, as a kernel masks them."""
    lines = "\n".join(json.dumps({"id": case["id"], "result": case["result"]}) for case in cases)
    empty = time.perf_counter()
    subprocess.run([binary, "mask"], input="", capture_output=True, text=True, check=True)
    start = time.perf_counter()
    run = subprocess.run([binary, "mask"], input=lines, capture_output=True, text=True, check=True)
    seconds = (time.perf_counter() - start) - (start - empty)
    return seconds, [leaves(json.loads(line)["result"], []) for line in run.stdout.splitlines()]


def main():
    binary, tables, scratch = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]).resolve()
    scratch.mkdir(parents=True, exist_ok=True)
    cases = [json.loads(line) for line in tables.read_text().splitlines()]
    cases = [case for case in cases if case["table"] in ("core", "evasion", "harmless")]
    texts = [leaves(case["result"], []) for case in cases]
    size = sum(len(text.encode()) for case in texts for text in case)
    print(f"{len(cases)} cases, {size / 1e6:.2f} MB")
    print("| masker | core caught | evasions caught | harmless harmed | MB/s |\n|---|---|---|---|---|")
    for name, run in (("Aegis", lambda: aegis(binary, cases)), ("Presidio, as installed", lambda: presidio(scratch, texts, "default")), ("Presidio, every country, score 0.4", lambda: presidio(scratch, texts, "every")), ("redact-core 0.12.7", lambda: peer(scratch, texts))):
        seconds, out = run()
        row = {"core": [0, 0], "evasion": [0, 0], "harmless": [0, 0]}
        for case, before, after in zip(cases, texts, out):
            hit = before != after if case["table"] == "harmless" else not leaks(case["gone"], "\x01".join(after))
            row[case["table"]][0] += hit
            row[case["table"]][1] += 1
        core, evasion, harmless = (f"{100 * hit / total:.1f} %" for hit, total in row.values())
        print(f"| {name} | {core} | {evasion} | {harmless} | {size / 1e6 / seconds:.2f} |")


presidio_child(sys.argv[2]) if sys.argv[1] == "--presidio" else main()
