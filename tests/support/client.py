"""Lists and calls tools of `aegis serve` with the official SDK, once in each era of the protocol."""
import asyncio
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

PARAMS = StdioServerParameters(command=sys.argv[1], args=["serve", "--state", sys.argv[2]])


async def check(client):
    tools = {tool.name for tool in (await client.list_tools()).tools}
    assert {"postgres__query", "s3__get_object", "aegis__promote"} <= tools, tools
    read = await client.call_tool("postgres__query", {"sql": "SELECT id, email FROM customers"})
    text = read.model_dump_json()
    assert not getattr(read, "is_error", getattr(read, "isError", None)), text
    assert "Canary" not in text and "canary@" not in text and "[EMAIL:" in text, text
    denied = await client.call_tool("postgres__execute", {"sql": "DROP TABLE customers"})
    text = denied.model_dump_json()
    assert getattr(denied, "is_error", getattr(denied, "isError", None)), text
    assert "no-destructive-ops" in text, text


async def legacy():
    async with stdio_client(PARAMS) as (read, write):
        async with ClientSession(read, write) as session:
            await session.initialize()
            await check(session)
    print("legacy ok")


async def modern():
    from mcp import Client

    async with Client(stdio_client(PARAMS)) as client:
        await check(client)
    print("modern ok")


asyncio.run(legacy())
asyncio.run(modern())
