"""Drives six servers that nobody here wrote with the official SDK: each call straight, then through the kernel, in both eras.
What comes through must be what came straight, but for what is masked; what the policy denies must leave no trace."""
import asyncio
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

from mcp import Client, ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

KERNEL, STATE, MANIFESTS = sys.argv[1], Path(sys.argv[2]).resolve(), Path(sys.argv[3])
WORK, RECORDS = STATE / "files/work", STATE / "files/records"
OPEN, SEALED, ELSEWHERE = STATE / "repositories/open", STATE / "repositories/sealed", STATE / "elsewhere"
MAIL = "wilhelmina.canary@example.com"


def git(directory, *words):
    when = {"GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z"}
    subprocess.run(["git", *words], cwd=directory, check=True, capture_output=True, env={**os.environ, **when})


def world():
    """The same files, rows and commits each time."""
    for directory in [WORK, RECORDS, OPEN, SEALED, ELSEWHERE, STATE / "memory", STATE / "ledger"]:
        # The directory itself stays: a running server's cage is tied to it.
        for entry in directory.iterdir():
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    (WORK / "plan.txt").write_text("first line\nsecond line\n")
    (WORK / "contact.txt").write_text(f"write to {MAIL} about it\n")
    (RECORDS / "kept.txt").write_text("kept\n")
    (WORK / "to-records").symlink_to(RECORDS)
    (WORK / "outside").symlink_to(STATE)
    for repository in [OPEN, SEALED, ELSEWHERE]:
        git(repository, "init", "-q", "-b", "main")
        git(repository, "config", "user.name", "A Tester")
        git(repository, "config", "user.email", "tester@example.org")
        (repository / "code.txt").write_text("one\n")
        git(repository, "add", "code.txt")
        git(repository, "commit", "-q", "-m", "first")
        (repository / "code.txt").write_text("one\ntwo\n")
    database = sqlite3.connect(STATE / "ledger/ledger.db")
    database.executescript(
        f"""CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, mail TEXT, city TEXT);
        CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT);
        INSERT INTO people VALUES (1, 'Wilhelmina Canary', '{MAIL}', 'Cologne'), (2, 'Balthazar Canary', NULL, 'Lyon');"""
    )
    database.close()


def path(*names):
    return str(WORK.joinpath(*names))


CALLS = [
    ("everything", "echo", {"message": "hello"}),
    ("everything", "get-sum", {"a": 2, "b": 3}),
    ("everything", "get-structured-content", {"location": "New York"}),
    ("everything", "get-annotated-message", {"messageType": "error", "includeImage": False}),
    ("everything", "get-tiny-image", {}),
    ("everything", "get-resource-reference", {"resourceType": "Text", "resourceId": 1}),
    ("everything", "get-resource-links", {"count": 3}),
    ("everything", "trigger-long-running-operation", {"duration": 0.4, "steps": 2}),
    ("filesystem", "list_allowed_directories", {}),
    ("filesystem", "write_file", {"path": path("new.txt"), "content": "made here\n"}),
    ("filesystem", "read_text_file", {"path": path("new.txt")}),
    ("filesystem", "read_text_file", {"path": "plan.txt", "head": 1}),
    ("filesystem", "read_text_file", {"path": path("to-records", "kept.txt")}),
    ("filesystem", "read_text_file", {"path": path("contact.txt")}),
    ("filesystem", "read_file", {"path": str(RECORDS / "kept.txt")}),
    ("filesystem", "read_media_file", {"path": path("plan.txt")}),
    ("filesystem", "read_multiple_files", {"paths": [path("plan.txt"), str(RECORDS / "kept.txt")]}),
    ("filesystem", "edit_file", {"path": path("plan.txt"), "edits": [{"oldText": "second", "newText": "2nd"}], "dryRun": False}),
    ("filesystem", "create_directory", {"path": path("sub")}),
    ("filesystem", "read_text_file", {"path": path("sub", "..", "plan.txt")}),
    ("filesystem", "move_file", {"source": path("new.txt"), "destination": path("sub", "moved.txt")}),
    ("filesystem", "list_directory", {"path": path()}),
    ("filesystem", "list_directory_with_sizes", {"path": path("sub")}),
    ("filesystem", "directory_tree", {"path": path("sub")}),
    ("filesystem", "search_files", {"path": path(), "pattern": "**/*.txt"}),
    ("filesystem", "get_file_info", {"path": str(RECORDS / "kept.txt")}),
    ("filesystem", "read_text_file", {"path": path("none.txt")}),
    ("memory", "create_entities", {"entities": [{"name": "Aegis", "entityType": "project", "observations": ["is a kernel"]}, {"name": "Rust", "entityType": "language", "observations": []}]}),
    ("memory", "create_relations", {"relations": [{"from": "Aegis", "to": "Rust", "relationType": "is written in"}]}),
    ("memory", "add_observations", {"observations": [{"entityName": "Rust", "contents": ["has crates"]}]}),
    ("memory", "search_nodes", {"query": "kernel"}),
    ("memory", "open_nodes", {"names": ["Rust"]}),
    ("memory", "delete_observations", {"deletions": [{"entityName": "Rust", "observations": ["has crates"]}]}),
    ("memory", "delete_relations", {"relations": [{"from": "Aegis", "to": "Rust", "relationType": "is written in"}]}),
    ("memory", "delete_entities", {"entityNames": ["Rust"]}),
    ("memory", "read_graph", {}),
    ("git", "git_status", {"repo_path": str(OPEN)}),
    ("git", "git_diff_unstaged", {"repo_path": str(OPEN)}),
    ("git", "git_add", {"repo_path": str(OPEN), "files": ["code.txt"]}),
    ("git", "git_diff_staged", {"repo_path": str(OPEN)}),
    ("git", "git_commit", {"repo_path": str(OPEN), "message": "second"}),
    ("git", "git_reset", {"repo_path": str(OPEN)}),
    ("git", "git_create_branch", {"repo_path": str(OPEN), "branch_name": "side"}),
    ("git", "git_checkout", {"repo_path": str(OPEN), "branch_name": "side"}),
    ("git", "git_branch", {"repo_path": str(OPEN), "branch_type": "local"}),
    ("git", "git_diff", {"repo_path": str(OPEN), "target": "main"}),
    ("git", "git_log", {"repo_path": str(SEALED)}),
    ("git", "git_show", {"repo_path": str(SEALED), "revision": "HEAD"}),
    ("sqlite", "list_tables", {}),
    ("sqlite", "describe_table", {"table_name": "people"}),
    ("sqlite", "read_query", {"query": "SELECT id, city FROM people ORDER BY id"}),
    ("sqlite", "write_query", {"query": "INSERT INTO notes (note) VALUES ('seen')"}),
    ("sqlite", "read_query", {"query": "SELECT note FROM notes"}),
    ("sqlite", "append_insight", {"insight": "two people"}),
    ("time", "get_current_time", {"timezone": "Asia/Tokyo"}),
    ("time", "convert_time", {"source_timezone": "UTC", "time": "16:30", "target_timezone": "Asia/Tokyo"}),
]

# Tool, arguments, and the rule or the code that denies it.
DENIED = [
    ("filesystem__write_file", {"path": str(STATE / "planted.txt"), "content": "x"}, "AEG-D253"),
    ("filesystem__write_file", {"path": str(STATE / "files/workshop.txt"), "content": "x"}, "AEG-D253"),
    ("filesystem__write_file", {"path": path("..", "..", "planted.txt"), "content": "x"}, "AEG-D253"),
    ("filesystem__write_file", {"path": "../../planted.txt", "content": "x"}, "AEG-D253"),
    ("filesystem__write_file", {"path": path("outside", "planted.txt"), "content": "x"}, "AEG-D254"),
    ("filesystem__write_file", {"path": path("to-records", "..", "planted.txt"), "content": "x"}, "AEG-D252"),
    ("filesystem__write_file", {"path": "~/planted.txt", "content": "x"}, "AEG-D250"),
    ("filesystem__write_file", {"path": str(RECORDS / "planted.txt"), "content": "x"}, "records-stay"),
    ("filesystem__write_file", {"path": path("to-records", "planted.txt"), "content": "x"}, "records-stay"),
    ("filesystem__edit_file", {"path": path("to-records", "kept.txt"), "edits": [{"oldText": "kept", "newText": "x"}]}, "records-stay"),
    ("filesystem__move_file", {"source": path("plan.txt"), "destination": str(RECORDS / "planted.txt")}, "records-stay"),
    ("filesystem__move_file", {"source": str(RECORDS / "kept.txt"), "destination": path("planted.txt")}, "records-stay"),
    ("filesystem__read_multiple_files", {"paths": [path("plan.txt"), str(STATE / "token.key")]}, "AEG-D253"),
    ("filesystem__search_files", {"path": str(STATE / "files"), "pattern": "**"}, "AEG-D253"),
    ("git__git_status", {"repo_path": str(ELSEWHERE)}, "AEG-D253"),
    ("git__git_log", {"repo_path": str(OPEN / ".." / ".." / "elsewhere")}, "AEG-D253"),
    ("git__git_add", {"repo_path": str(OPEN), "files": ["code.txt", "../../elsewhere/code.txt"]}, "AEG-D253"),
    ("git__git_add", {"repo_path": str(OPEN), "files": [":(top)code.txt"]}, "AEG-D250"),
    ("git__git_commit", {"repo_path": str(SEALED), "message": "x"}, "records-stay"),
    ("sqlite__write_query", {"query": "DROP TABLE people"}, "no-destruction"),
    ("sqlite__write_query", {"query": "DELETE FROM people"}, "no-destruction"),
    ("sqlite__create_table", {"query": "CREATE TABLE planted (id INTEGER)"}, "no-destruction"),
    ("sqlite__describe_table", {"table_name": "sqlite_master"}, "known-tables"),
    ("everything__get-env", {}, "nothing-of-the-machine"),
    ("everything__gzip-file-as-resource", {"data": "https://example.com/"}, "nothing-leaves"),
]


def dump(result):
    """What a result says, without what changes from one second to the next."""
    said = result.model_dump(mode="json", by_alias=True, exclude_none=True)
    said = {key: said.get(key) for key in ["content", "structuredContent", "isError"]}
    said["isError"] = bool(said["isError"])
    text = json.dumps(said, sort_keys=True)
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", "TIME", text)
    text = re.sub(r"hash [0-9a-f]{40}", "hash", text)
    text = re.sub(r"created at [^\"\\]*", "created at", text)
    return re.sub(r"(created|modified|accessed)[^\\]*\\n", r"\1\\n", text)


def masked(text):
    """The pattern that a straight text must come back as."""
    parts = [re.escape(part) for part in re.split(r"wilhelmina\.canary@example\.com|tester@example\.org", text)]
    return r"\[EMAIL:[^\]]+\]".join(parts)


def parameters(server):
    manifest = tomllib.loads((MANIFESTS / f"{server}.toml").read_text())["server"]
    expand = lambda text: text.replace("${state}", str(STATE))
    command = [expand(word) for word in manifest["command"]]
    environment = {name: expand(value) for name, value in manifest.get("env", {}).items()}
    return StdioServerParameters(command=command[0], args=command[1:], env={"PATH": os.environ["PATH"], **environment})


async def straight():
    """Every call without the kernel; the servers' own era is theirs to choose."""
    world()
    results, server = [], None
    for server in dict.fromkeys(server for server, _, _ in CALLS):
        async with stdio_client(parameters(server)) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            for _, tool, arguments in [call for call in CALLS if call[0] == server]:
                results.append(dump(await session.call_tool(tool, arguments)))
    return results


def word(result):
    """The rule or the code of a denial."""
    for block in result.content:
        try:
            denial = json.loads(getattr(block, "text", ""))
        except ValueError:
            continue
        if isinstance(denial, dict) and "code" in denial:
            return denial.get("rule") or denial["code"]
    return f"not denied: {result}"


async def through(client, expected):
    wrong = []
    for (server, tool, arguments), straight in zip(CALLS, expected, strict=True):
        came = dump(await client.call_tool(f"{server}__{tool}", arguments))
        if not re.fullmatch(masked(straight), came):
            wrong.append(f"{server}.{tool} {arguments}\n  straight {straight}\n  through  {came}")
    read = (await client.call_tool("sqlite__read_query", {"query": "SELECT id, name, mail, city FROM people ORDER BY id"})).model_dump_json()
    if "Canary" in read or MAIL in read or "[EMAIL" not in read or "Cologne" not in read:
        wrong.append(f"not masked: {read}")
    for tool, arguments, by in DENIED:
        denied = word(await client.call_tool(tool, arguments))
        if denied != by:
            wrong.append(f"{tool} {arguments}\n  expected {by}\n  came     {denied}")
    assert not wrong, "\n".join(wrong)
    planted = [found for found in STATE.rglob("planted*")]
    assert not planted, planted
    assert (RECORDS / "kept.txt").read_text() == "kept\n"
    tables = sqlite3.connect(STATE / "ledger/ledger.db").execute("SELECT name FROM sqlite_master").fetchall()
    assert {name for (name,) in tables} == {"people", "notes"}, tables


async def legacy(expected):
    world()
    kernel = StdioServerParameters(command=KERNEL, args=["serve", "--state", str(STATE)])
    async with stdio_client(kernel) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        await through(session, expected)
    print("legacy ok")


async def modern(expected):
    world()
    kernel = StdioServerParameters(command=KERNEL, args=["serve", "--state", str(STATE)])
    async with Client(stdio_client(kernel)) as client:
        await through(client, expected)
    print("modern ok")


expected = asyncio.run(straight())
asyncio.run(legacy(expected))
asyncio.run(modern(expected))
