"""How right readings are on a sample that people annotated, and what differs between two readings of one report."""
