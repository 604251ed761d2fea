"""The record for agents: bounded, cited, read-only answers, and the MCP server that gives them."""
