"""The views: what the record says, as typed answers to the questions that people ask of it."""
