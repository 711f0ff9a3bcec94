"""Two servers: `web` reads a URL by rules of its own, `hub` takes names of both cases for one. Each writes down what reached it.
Standard library only."""

import json
import sys
from urllib.parse import urlsplit

KIND, SEEN = sys.argv[1], sys.argv[2]
REPOSITORIES = {"acme/site": "the site", "acme/vault": "hunter2", "other/site": "not ours"}


def page(url):
    parts = urlsplit(url)
    return {"scheme": parts.scheme, "host": parts.hostname, "port": parts.port, "user": parts.username}


def web(name, given):
    if name == "crawl":
        return [page(url) for url in given["urls"]]
    return page(given["url"])


def hub(name, given):
    # As code hosts do: names of both cases, of the same letters, are one.
    return REPOSITORIES.get(f"{given['owner']}/{given['repo']}".lower(), "nothing")


TOOLS = {
    "web": {"get": ["url"], "crawl": ["urls"], "post": ["url", "text"]},
    "hub": {"look": ["owner", "repo"], "issue": ["owner", "repo", "text"]},
}[KIND]


def tool(name, arguments):
    kinds = {argument: {"type": "array" if argument == "urls" else "string"} for argument in arguments}
    return {"name": name, "inputSchema": {"type": "object", "properties": kinds}}


for line in sys.stdin:
    message = json.loads(line)
    if "id" not in message:
        continue
    told = {"error": {"code": -32601, "message": "no such method"}}
    if message["method"] == "initialize":
        told = {
            "result": {
                "protocolVersion": "2025-11-25",
                "capabilities": {"tools": {}},
                "serverInfo": {"name": KIND, "version": "1"},
            }
        }
    elif message["method"] == "tools/list":
        told = {"result": {"tools": [tool(*entry) for entry in TOOLS.items()]}}
    elif message["method"] == "tools/call":
        given = message["params"]["arguments"]
        with open(SEEN, "a") as seen:
            seen.write(json.dumps(given) + "\n")
        answer = {"web": web, "hub": hub}[KIND](message["params"]["name"], given)
        told = {"result": {"content": [{"type": "text", "text": json.dumps(answer)}]}}
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", "id": message["id"], **told}) + "\n")
    sys.stdout.flush()
