"""The JSON-LD is read by rdflib without a network; quotations and claims keep their source, article and words."""

from __future__ import annotations

import json
import socket
from importlib import import_module
from typing import Any

import pytest

from onrecord.model import Annotated

from .conftest import Exported

rdflib: Any = import_module("rdflib")
pyshacl: Any = import_module("pyshacl")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib", "ignore::DeprecationWarning:pyshacl")

#: The domains and ranges that schema.org states for what is used (schema.org 29).
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix s: <https://schema.org/> .
[] a sh:NodeShape ; sh:targetClass s:Quotation ;
  sh:property [ sh:path s:isPartOf ; sh:minCount 1 ; sh:maxCount 1 ; sh:class s:NewsArticle ] ;
  sh:property [ sh:path s:spokenByCharacter ; sh:maxCount 1 ; sh:nodeKind sh:BlankNode ] ;
  sh:property [ sh:path s:text ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path s:author ; sh:maxCount 0 ] .
[] a sh:NodeShape ; sh:targetClass s:Claim ;
  sh:property [ sh:path s:appearance ; sh:minCount 1 ; sh:maxCount 1 ; sh:class s:NewsArticle ] ;
  sh:property [ sh:path s:text ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path s:author ; sh:maxCount 1 ] .
[] a sh:NodeShape ; sh:targetClass s:PropertyValue ;
  sh:property [ sh:path s:propertyID ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^onrecord:" ] ;
  sh:property [ sh:path s:value ; sh:minCount 1 ; sh:maxCount 1 ] .
[] a sh:NodeShape ; sh:targetClass s:NewsArticle ;
  sh:property [ sh:path s:articleBody ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path s:identifier ; sh:minCount 3 ] .
"""


def test_the_graph_holds_to_the_shapes(exported: Exported, monkeypatch: pytest.MonkeyPatch) -> None:
    made = exported("schema-org")

    def refused(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    graph: Any = rdflib.Graph().parse(data=made, format="json-ld")
    conforms, _, words = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(data=SHAPES), inference="none")
    assert conforms, words
    claim = rdflib.URIRef("https://schema.org/Claim")
    assert len(list(graph.subjects(rdflib.RDF.type, claim))) > 3


def test_each_statement_and_figure_is_there_with_its_words(exported: Exported, readings: dict[str, Annotated]) -> None:
    found = {}
    for node in json.loads(exported("schema-org"))["@graph"]:
        values: dict[str, list[Any]] = {}
        for value in node["identifier"]:
            values.setdefault(value["propertyID"], []).append(value["value"])
        if node["type"] != "NewsArticle":
            found[values["onrecord:entry"][0]] = node, values
    for name, of in readings.items():
        for f in of.figures:
            node, values = found.pop(f"{name}:{f.id}")
            assert values["onrecord:characters"] == [f"{f.span[0]}-{f.span[1]}"]
            assert values["onrecord:voice"] == [f.voice]
            assert ("author" in node) == (f.claimant is not None)
        for a in of.attributions:
            if a.manner in ("said", "written"):
                node, values = found.pop(f"{name}:{a.id}")
                assert values["onrecord:characters"] == [f"{start}-{end}" for start, end in a.content.spans]
                assert node["type"] == ("Quotation" if a.kind == "direct" else "Claim")
    assert found == {}
