"""The pages, one module each: what is asked of the record, and what the template is given. No query is made here."""
