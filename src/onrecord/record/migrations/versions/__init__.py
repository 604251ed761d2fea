"""One module a step; the number of the last is `onrecord.record.opening.SCHEMA_NUMBER`."""
