"""An MCP server over stdio that misbehaves on request. Standard library only.

argv[1] is how it opens: legacy, modern, silent, leaves, crash, endless, drift, restless, batch, misnamed. Its tools do the rest.
"""

import json
import os
import subprocess
import sys
import time

MODE = sys.argv[1]
STRING = {"type": "string"}
CANCELLED = []
LATE = []


def schema(properties=None, required=()):
    return {"type": "object", "properties": properties or {}, "required": list(required)}


TOOLS = {
    "echo": schema({"text": STRING, "times": {"type": ["integer", "null"]}}, ["text"]),
    "wrong": schema({"kind": STRING}, ["kind"]),
    "slow": schema({"steps": {"type": "integer"}}, ["steps"]),
}
for name in "die hang huge burst env fork cancelled mutate asks deaf refuse noise loud".split():
    TOOLS[name] = schema()
if MODE == "drift":
    TOOLS["echo"] = schema({"text": {"type": "integer"}}, ["text"])
    del TOOLS["hang"]
    TOOLS["unheard\n-of"] = schema()

WRONG = {
    "input": {"resultType": "input_required", "inputRequests": {}, "requestState": "x"},
    "task": {"resultType": "task", "task": {"taskId": "1", "status": "working"}},
    "block": {"content": [{"type": "hologram", "data": "x"}]},
    "empty": {},
    "list": {"tools": []},
    "null": None,
    "deep": json.loads("[" * 200 + "]" * 200),
}


def write(message):
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    sys.stdout.flush()


def read():
    line = sys.stdin.readline()
    if not line:
        sys.exit(0)
    return json.loads(line)


def said(value):
    return {"content": [{"type": "text", "text": json.dumps(value)}], "_meta": {"server/secret": "x"}}


def progress(token, number, message=None):
    write({"method": "notifications/progress", "params": {"progressToken": token, "progress": number, "total": 100, "message": message or f"step {number}"}})


def ask(method, params):
    write({"id": method, "method": method, "params": params})
    while True:
        answer = read()
        if answer.get("id") == method and "method" not in answer:
            return answer["error"]["code"]


def call(ident, params):
    name, arguments, token = params["name"], params["arguments"], params["_meta"].get("progressToken")
    if name == "echo":
        return said(arguments)
    if name == "env":
        return said({"env": dict(os.environ), "leads": os.getpgrp() == os.getpid(), "cwd": os.getcwd()})
    if name == "cancelled":
        return said(CANCELLED)
    if name == "die":
        os._exit(3)
    if name == "huge":
        return said("x" * (17 * 1024 * 1024))
    if name == "wrong":
        return WRONG[arguments["kind"]]
    if name == "burst":
        for number in range(1, 101):
            progress(token, number)
        LATE.append((token, 101))
        return said("done")
    if name == "loud":
        for number, size in enumerate((4096, 4097, 60000, 1 << 17), 1):
            progress(token, number, "x" * size)
        return said("done")
    if name == "slow":
        for number in range(1, arguments["steps"] + 1):
            time.sleep(0.1)
            progress(token, number)
        return said("done")
    if name == "fork":
        return said(subprocess.Popen(["sleep", "600"]).pid)
    if name == "mutate":
        TOOLS["echo"] = schema({}, [])
        write({"method": "notifications/tools/list_changed"})
        return said("changed")
    if name == "asks":
        return said(
            [
                ask("roots/list", {}),
                ask("sampling/createMessage", {"messages": [], "maxTokens": 1}),
                ask("elicitation/create", {"message": "password?", "requestedSchema": {"type": "object", "properties": {}}}),
            ]
        )
    if name == "noise":
        sys.stdout.write("starting up...\n\n{\"half\": \n[1,2]\n")
        return said("done")
    if name == "deaf":
        write({"id": ident, "result": said("from now on")})
        time.sleep(600)
    return None


def serve(message):
    method, ident = message.get("method"), message.get("id")
    if method == "notifications/cancelled":
        CANCELLED.append(message["params"]["requestId"])
    elif method == "server/discover":
        if MODE == "silent":
            return
        if MODE == "leaves":
            sys.exit(1)
        if MODE == "modern":
            info = {"supportedVersions": ["2026-07-28"], "capabilities": {"tools": {}}, "ttlMs": 0, "cacheScope": "private"}
            write({"id": ident, "result": {**info, "resultType": "complete", "_meta": {"io.modelcontextprotocol/serverInfo": {"name": "s", "version": "1"}}}})
            return
        write({"id": ident, "error": {"code": -32602, "message": "what?"}})
    elif method == "initialize":
        assert MODE != "modern"
        version = message["params"]["protocolVersion"]
        assert version == "2025-11-25", version
        assert message["params"]["capabilities"] == {}
        info = {"protocolVersion": version, "capabilities": {"tools": {"listChanged": True}}, "serverInfo": {"name": "s", "version": "1"}}
        write({"id": ident, "result": info})
    elif method == "tools/list":
        if MODE == "endless":
            write({"id": ident, "result": {"tools": [], "nextCursor": "more"}})
            return
        if MODE == "batch":
            print(json.dumps([{"jsonrpc": "2.0", "id": ident, "result": {"tools": []}}]), flush=True)
            return
        if MODE == "misnamed":
            write({"id": f"{ident}", "result": {"tools": []}})
            return
        # Two pages, the second behind an empty cursor.
        items = [{"name": name, "inputSchema": value} for name, value in TOOLS.items()]
        first = (message.get("params") or {}).get("cursor") is None
        if MODE == "restless" and not first:
            TOOLS[f"more-{len(TOOLS)}"] = schema()
        page = {"tools": items[:2], "nextCursor": ""} if first else {"tools": items[2:]}
        if MODE == "modern":
            page.update(resultType="complete", ttlMs=86400000, cacheScope="public")
        write({"id": ident, "result": page})
        if MODE == "restless" and not first:
            write({"method": "notifications/tools/list_changed"})
    elif method == "tools/call":
        name = message["params"]["name"]
        if name == "hang":
            return
        if name == "refuse":
            words = "x" * 4091 + "hunter2-hunter2" if message["params"]["arguments"] else "no: alice@example.com"
            write({"id": ident, "error": {"code": -32050, "message": words}})
            return
        write({"id": ident, "result": call(ident, message["params"])})
        while LATE:
            progress(*LATE.pop())


if MODE == "crash":
    sys.exit(7)
while True:
    serve(read())
