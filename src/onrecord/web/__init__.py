"""The reading room: local web pages over a record, and the same answers as JSON. Needs the extra "web"."""
