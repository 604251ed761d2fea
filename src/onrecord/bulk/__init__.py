"""Any number of reports on a distributed engine: read, annotated and written as Parquet, part by part."""
