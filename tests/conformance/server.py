"""The tools, resources and prompts that the official conformance suite asks for. Standard library only."""

import json
import sys

# One red pixel, and 44 bytes of a sound that is silent.
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="
SOUND = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQAAAAA="


def text(words):
    return {"type": "text", "text": words}


def image():
    return {"type": "image", "data": PIXEL, "mimeType": "image/png"}


def resource(uri, kind, words):
    return {"type": "resource", "resource": {"uri": uri, "mimeType": kind, "text": words}}


TOOLS = {
    "test_simple_text": [text("This is a simple text response for testing.")],
    "test_image_content": [image()],
    "test_audio_content": [{"type": "audio", "data": SOUND, "mimeType": "audio/wav"}],
    "test_embedded_resource": [
        resource("test://embedded-resource", "text/plain", "This is an embedded resource content.")
    ],
    "test_multiple_content_types": [
        text("Multiple content types test:"),
        image(),
        resource("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
    ],
    "test_error_handling": [text("This tool intentionally returns an error for testing")],
    "test_tool_with_progress": [text("done")],
    "test_logging_tool": [text("done, and said so in a log message that nobody asked for")],
    "test_streaming_elicitation": [text("done, without the answer of a person")],
}


RESOURCES = {
    "test://static-text": {"mimeType": "text/plain", "text": "This is the content of the static text resource."},
    "test://static-binary": {"mimeType": "image/png", "blob": PIXEL},
}
TEMPLATE = "test://template/{id}/data"


def read(params):
    uri = params["uri"]
    contents = RESOURCES.get(uri)
    if contents is None:
        part = uri.removeprefix("test://template/").removesuffix("/data")
        data = {"id": part, "templateTest": True, "data": f"Data for ID: {part}"}
        contents = {"mimeType": "application/json", "text": json.dumps(data)}
    return {"contents": [{"uri": uri, **contents}]}


PROMPTS = {
    "test_simple_prompt": [],
    "test_prompt_with_arguments": ["arg1", "arg2"],
    "test_prompt_with_embedded_resource": ["resourceUri"],
    "test_prompt_with_image": [],
}


def get(params):
    name, given = params["name"], params.get("arguments", {})
    blocks = {
        "test_simple_prompt": lambda: [text("This is a simple prompt for testing.")],
        "test_prompt_with_arguments": lambda: [
            text(f"Prompt with arguments: arg1='{given['arg1']}', arg2='{given['arg2']}'")
        ],
        "test_prompt_with_embedded_resource": lambda: [
            resource(given["resourceUri"], "text/plain", "Embedded resource content for testing."),
            text("Please process the embedded resource above."),
        ],
        "test_prompt_with_image": lambda: [image(), text("Please analyze the image above.")],
    }[name]()
    return {"messages": [{"role": "user", "content": block} for block in blocks]}


def send(message):
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    sys.stdout.flush()


def call(params):
    name = params["name"]
    token = params.get("_meta", {}).get("progressToken")
    if name == "test_tool_with_progress" and token is not None:
        for progress in (0, 50, 100):
            told = {"progressToken": token, "progress": progress, "total": 100}
            send({"method": "notifications/progress", "params": told})
    if name == "test_logging_tool":
        send({"method": "notifications/message", "params": {"level": "info", "data": "working"}})
    if name == "test_streaming_elicitation":
        schema = {"type": "object", "properties": {"name": {"type": "string"}}}
        asked = {"message": "Who are you?", "requestedSchema": schema}
        send({"id": "a person", "method": "elicitation/create", "params": asked})
        refused = json.loads(sys.stdin.readline())
        assert refused["id"] == "a person" and "error" in refused, refused
    return {"content": TOOLS[name], "isError": name == "test_error_handling"}


for line in sys.stdin:
    message = json.loads(line)
    if "id" not in message:
        continue
    method, answer = message["method"], None
    if method == "initialize":
        answer = {
            "protocolVersion": "2025-11-25",
            "capabilities": {"tools": {}, "resources": {}, "prompts": {}},
            "serverInfo": {"name": "suite", "version": "1"},
        }
    elif method == "tools/list":
        schema = {"type": "object", "properties": {}, "additionalProperties": False}
        answer = {"tools": [{"name": name, "description": name, "inputSchema": schema} for name in TOOLS]}
    elif method == "tools/call":
        answer = call(message["params"])
    elif method == "resources/list":
        answer = {"resources": [{"uri": uri, "name": uri} for uri in RESOURCES]}
    elif method == "resources/templates/list":
        answer = {"resourceTemplates": [{"uriTemplate": TEMPLATE, "name": "template"}]}
    elif method == "resources/read":
        answer = read(message["params"])
    elif method == "prompts/list":
        listed = PROMPTS.items()
        answer = {"prompts": [{"name": name, "arguments": [{"name": part} for part in parts]} for name, parts in listed]}
    elif method == "prompts/get":
        answer = get(message["params"])
    if answer is None:
        send({"id": message["id"], "error": {"code": -32601, "message": "no such method"}})
    else:
        send({"id": message["id"], "result": answer})
