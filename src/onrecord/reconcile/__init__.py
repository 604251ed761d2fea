"""What belongs together over many reports: copies, origins, stories, events."""
