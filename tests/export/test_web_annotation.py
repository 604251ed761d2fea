"""The Web Annotations are read by rdflib without a network and hold to shapes; each selector finds its words."""

from __future__ import annotations

import json
import socket
from collections import Counter
from importlib import import_module
from typing import Any

import pytest

from onrecord.export.linked_context import VOCABULARY
from onrecord.model import Annotated

from .conftest import Exported

rdflib: Any = import_module("rdflib")
pyshacl: Any = import_module("pyshacl")

# rdflib warns of its own old names.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib", "ignore::DeprecationWarning:pyshacl")

OA, PROV = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/prov#"

#: What the Web Annotation Data Model and PROV-O ask for, and what onrecord promises beyond.
SHAPES = f"""
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix oa: <{OA}> . @prefix prov: <{PROV}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix onr: <{VOCABULARY}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
[] a sh:NodeShape ; sh:targetClass oa:Annotation ;
  sh:property [ sh:path oa:hasTarget ; sh:minCount 1 ; sh:class oa:SpecificResource ] ;
  sh:property [ sh:path oa:hasBody ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path oa:motivatedBy ; sh:minCount 1 ; sh:in ( oa:classifying oa:identifying ) ] ;
  sh:property [ sh:path dcterms:issued ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:dateTime ] ;
  sh:property [ sh:path prov:wasGeneratedBy ; sh:minCount 1 ; sh:maxCount 1 ; sh:class prov:Activity ] ;
  sh:property [ sh:path prov:wasDerivedFrom ; sh:minCount 1 ; sh:class prov:Entity ] .
[] a sh:NodeShape ; sh:targetClass oa:SpecificResource ;
  sh:property [ sh:path oa:hasSource ; sh:minCount 1 ; sh:maxCount 1 ; sh:class prov:Entity ] ;
  sh:property [ sh:path onr:part ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path oa:hasSelector ; sh:minCount 2 ; sh:maxCount 2 ] ;
  sh:property [ sh:path oa:hasSelector ; sh:qualifiedMinCount 1 ;
                sh:qualifiedValueShape [ sh:class oa:TextQuoteSelector ] ] ;
  sh:property [ sh:path oa:hasSelector ; sh:qualifiedMinCount 1 ;
                sh:qualifiedValueShape [ sh:class oa:TextPositionSelector ] ] .
[] a sh:NodeShape ; sh:targetClass oa:TextQuoteSelector ;
  sh:property [ sh:path oa:exact ; sh:minCount 1 ; sh:maxCount 1 ; sh:minLength 1 ] ;
  sh:property [ sh:path oa:prefix ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path oa:suffix ; sh:minCount 1 ; sh:maxCount 1 ] .
[] a sh:NodeShape ; sh:targetClass oa:TextPositionSelector ;
  sh:property [ sh:path oa:start ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ;
                sh:lessThan oa:end ] ;
  sh:property [ sh:path oa:end ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ] .
[] a sh:NodeShape ; sh:targetClass prov:Activity ;
  sh:property [ sh:path prov:startedAtTime ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:dateTime ] ;
  sh:property [ sh:path prov:wasAssociatedWith ; sh:minCount 1 ; sh:class prov:SoftwareAgent ] ;
  sh:property [ sh:path prov:used ; sh:minCount 1 ; sh:class prov:Entity ] .
[] a sh:NodeShape ; sh:targetClass onr:Event, onr:Figure ;
  sh:property [ sh:path onr:voice ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] .
"""


@pytest.fixture
def graph(exported: Exported, monkeypatch: pytest.MonkeyPatch) -> Any:
    made = exported("web-annotation")

    def refused(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    return rdflib.Graph().parse(data=made, format="json-ld")


def test_the_graph_holds_to_the_shapes(graph: Any) -> None:
    conforms, _, words = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(data=SHAPES), inference="none")
    assert conforms, words


def test_the_shapes_find_a_fault(graph: Any) -> None:
    exact = rdflib.URIRef(f"{OA}exact")
    graph.remove((next(graph.subjects(exact, None)), exact, None))
    assert not pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(data=SHAPES), inference="none")[0]


def test_there_is_one_annotation_for_each_entry_and_its_selectors_find_the_words(
    graph: Any, readings: dict[str, Annotated]
) -> None:
    found: Counter[tuple[str, str]] = Counter()
    for row in graph.query("""
        PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?entry ?exact ?start ?end WHERE {
          ?a a oa:Annotation ; dcterms:identifier ?entry ; oa:hasTarget ?t .
          ?t oa:hasSelector ?q, ?p . ?q oa:exact ?exact . ?p oa:start ?start ; oa:end ?end }"""):
        report, _, entry = str(row.entry).rpartition(":")
        assert readings[report].report.text[int(row.start) : int(row.end)] == str(row.exact)
        found[report, entry] += 1
    wanted = {(name, entry.id) for name, of in readings.items()
              for entries in (of.attributions, of.events, of.figures) for entry in entries}  # fmt: skip
    assert set(found) == wanted
    assert len(wanted) > 8


def test_each_part_of_an_attribution_has_its_anchors(exported: Exported, readings: dict[str, Annotated]) -> None:
    made = {node.get("identifier"): node for node in json.loads(exported("web-annotation"))["@graph"]}
    for name, of in readings.items():
        for a in of.attributions:
            targets = made[f"{name}:{a.id}"]["target"]
            for part, spans in (("content", a.content.spans), ("cue", a.cue.spans), ("source", a.source.spans)):
                stood = [(t["selector"][1]["start"], t["selector"][1]["end"]) for t in targets if t["part"] == part]
                assert stood == list(spans)


def test_voice_claimant_and_outer_source_survive(graph: Any) -> None:
    onr = rdflib.Namespace(VOCABULARY)
    voices = {str(voice) for voice in graph.objects(None, onr.voice)}
    assert {f"{VOCABULARY}narrator", f"{VOCABULARY}unsourced"} < voices
    attributed = [voice for voice in voices if voice.startswith("urn:uuid:")]
    assert attributed
    assert all((rdflib.URIRef(voice), rdflib.RDF.type, rdflib.URIRef(f"{OA}Annotation")) in graph
               for voice in attributed)  # fmt: skip
    assert "Jörg R. Adler" in {str(name) for name in graph.objects(None, onr.claimant)}
    assert list(graph.objects(None, onr.within))
    (outer,) = graph.objects(None, onr.via)
    assert [str(name) for name in graph.items(outer)] == ["Port"]


def test_a_correction_says_who_made_it_and_why(graph: Any) -> None:
    prov, onr = rdflib.Namespace(PROV), rdflib.Namespace(VOCABULARY)
    (correction,) = graph.subjects(onr.reason, rdflib.Literal("the text says so"))
    (person,) = graph.objects(correction, prov.wasAttributedTo)
    assert (person, rdflib.RDF.type, prov.Person) in graph
    (changed,) = graph.subjects(prov.wasDerivedFrom, correction)
    assert (changed, rdflib.RDF.type, rdflib.URIRef(f"{OA}Annotation")) in graph
    assert list(graph.subjects(prov.used, correction))


def test_what_is_unknown_is_not_there(exported: Exported) -> None:
    bodies = [node["body"] for node in json.loads(exported("web-annotation"))["@graph"] if "body" in node]
    assert all(value not in (None, "", []) for body in bodies for value in body.values())
    assert any("speaker" not in body or "place" not in body for body in bodies)
