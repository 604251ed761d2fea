"""onrecord's own exporters, a module for each format; `onrecord.export.exporters` finds them by name."""
