"""The agent's door: what `isg mcp` offers to language models.

tool.py says which tools there are, answer.py carries one out, text.py writes its answer, door.py finds or
starts whoever answers, server.py speaks MCP. Invariant: everything but server.py works without the SDK.
"""
