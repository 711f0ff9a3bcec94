"""A server of resources and prompts that has no tools. Standard library only."""

import json
import sys

RESOURCES = {
    "docs://intro": {"text": "Begin here, or write to wilhelmina.canary@example.com.", "_meta": {"canary": "meta"}},
    "docs://staff": {"text": json.dumps({"people": [{"called": "Balthazar Canary", "desk": "12"}]})},
    "docs://picture": {"mimeType": "image/png", "blob": "iVBORw0KGgo="},
    "docs://odd": None,
    "docs://moved": {"text": "I am described otherwise than I was"},
    "docs://hidden": {"text": "nobody declared me"},
    "vault://keys": {"text": "hunter2"},
}
PROMPTS = [
    {"name": "letter", "description": "theirs", "arguments": [{"name": "to", "required": True}, {"name": "tone"}]},
    {"name": "changed", "arguments": [{"name": "language", "required": True}]},
]


def read(uri):
    if uri == "docs://odd":
        return {"content": [{"type": "text", "text": "I am a tool"}]}
    contents = RESOURCES.get(uri, {"text": f"the page at {uri}"})
    return {"contents": [{"uri": uri, **contents}]}


def get(params):
    given = params["arguments"]
    words = f"Write to {given['to']}, call +49 30 12345678."
    block = {"type": "text", "text": words}
    return {
        "description": "theirs",
        "messages": [{"role": "user", "content": block}, {"role": "assistant", "content": {"type": "text", "text": "Dear"}}],
    }


def listed(uri):
    kind = (RESOURCES[uri] or {}).get("mimeType")
    return {"uri": uri, "name": "theirs", "size": 7, **({"mimeType": kind} if kind else {})}


ANSWERS = {
    "initialize": lambda _: {
        "protocolVersion": "2025-11-25",
        "capabilities": {"resources": {}, "prompts": {}},
        "serverInfo": {"name": "library", "version": "1"},
    },
    "resources/list": lambda _: {"resources": [listed(uri) for uri in RESOURCES]},
    "resources/templates/list": lambda _: {
        "resourceTemplates": [{"uriTemplate": "docs://page/{page}", "name": "theirs"}]
    },
    "resources/read": lambda params: read(params["uri"]),
    "prompts/list": lambda _: {"prompts": PROMPTS},
    "prompts/get": get,
}

for line in sys.stdin:
    message = json.loads(line)
    if "id" not in message:
        continue
    answer = ANSWERS.get(message["method"])
    if answer is None:
        told = {"error": {"code": -32601, "message": "no such method"}}
    else:
        told = {"result": answer(message.get("params", {}))}
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", "id": message["id"], **told}) + "\n")
    sys.stdout.flush()
