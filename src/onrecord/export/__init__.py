"""What leaves a record, to use elsewhere."""
