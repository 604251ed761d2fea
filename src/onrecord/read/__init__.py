"""From files, pages and lines to reports."""
