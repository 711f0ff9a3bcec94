"""Streamable HTTP for the official conformance suite, over the kernel's standard input and output. Standard library only.

usage: bridge.py PREFIX COMMAND ARGS…   prints the port it listens on

A session is a kernel of its own, and so is a request of the stateless era: no id and no body is rewritten, but for the names of
tools and prompts. The suite calls `test_x`, which a kernel offers as `PREFIXtest_x`.
"""

import itertools
import json
import subprocess
import sys
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PREFIX, COMMAND = sys.argv[1], sys.argv[2:]
SESSIONS = {}
# What the transport of 2026-07-28 says of JSON-RPC errors.
STATUS = {-32601: 404, -32700: 400, -32600: 400, -32602: 400, -32020: 400, -32021: 400, -32022: 400}


class Kernel:
    """A process, and who waits for which answer."""

    def __init__(self):
        self.process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.lock = threading.Lock()

    def ask(self, message):
        """Sends a message and yields what comes, up to its answer."""
        with self.lock:
            self.process.stdin.write((json.dumps(message) + "\n").encode())
            self.process.stdin.flush()
            if "id" not in message or "method" not in message:
                return
            for line in self.process.stdout:
                came = json.loads(line)
                result = came.get("result") or {}
                for named in result.get("tools", []) + result.get("prompts", []):
                    named["name"] = named["name"].removeprefix(PREFIX)
                yield came
                if "method" not in came and came.get("id") == message["id"]:
                    return

    def end(self):
        self.process.stdin.close()
        self.process.wait(30)


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(405, Allow="POST, DELETE")

    def do_DELETE(self):
        kernel = SESSIONS.pop(self.headers.get("Mcp-Session-Id"), None)
        if kernel:
            kernel.end()
        self.answer(200 if kernel else 404)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        message = json.loads(body)
        called = message.get("method") in ("tools/call", "prompts/get")
        name = message.get("params", {}).get("name") if called else None
        if name is not None:
            message["params"]["name"] = PREFIX + name
        meta = message.get("params", {}).get("_meta", {})
        revision = meta.get("io.modelcontextprotocol/protocolVersion")
        if revision is not None and self.headers.get("MCP-Protocol-Version") != revision:
            error = {"code": -32020, "message": "header and message name different revisions"}
            mismatch = {"jsonrpc": "2.0", "id": message.get("id"), "error": error}
            return self.answer(400, json.dumps(mismatch).encode(), Content_Type="application/json")
        session = self.headers.get("Mcp-Session-Id")
        begun = {}
        if message.get("method") == "initialize" and revision is None:
            session = uuid.uuid4().hex
            SESSIONS[session] = kernel = Kernel()
            begun = {"Mcp_Session_Id": session}
        elif session is not None:
            kernel = SESSIONS.get(session)
            if kernel is None:
                return self.answer(404)
        else:
            kernel = Kernel()
        try:
            self.tell(kernel.ask(message), session, begun)
        except (BrokenPipeError, ConnectionResetError):
            pass  # a client that listens leaves when it has heard enough
        finally:
            if session is None:
                kernel.end()

    def tell(self, messages, session, begun):
        first = next(messages, None)
        if first is None:
            return self.answer(202)
        if "method" not in first:
            code = first.get("error", {}).get("code")
            status = STATUS.get(code, 200) if session is None else 200
            return self.answer(status, json.dumps(first).encode(), Content_Type="application/json", **begun)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        for told in itertools.chain([first], messages):
            self.wfile.write(f"event: message\ndata: {json.dumps(told)}\n\n".encode())
            self.wfile.flush()


server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
print(server.server_port, flush=True)
server.serve_forever()
