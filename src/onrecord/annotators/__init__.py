"""From a report to what it says: each annotator in a module of its own, behind one function.

`reading.annotated` composes them. Nothing is imported here, so that a part can be used without loading the others.
"""
