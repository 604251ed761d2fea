"""Accuracy, speed and soundness of onrecord on annotated corpora that live outside the repository."""
