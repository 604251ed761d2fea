"""Which events of another data set the reports of a record support: rows of ACLED and GDELT beside its events."""
