"""The exports' bytes (R5; contract.md, "The graph"; acceptance 18)."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest

from isg_graph.error import Usage
from isg_graph.export import FORMATS, export
from support.graphs import graph

TEXT = """
fn app::b @ src/b.rs:2 | sig=fn b(x: &str) -> Vec<"é\\u{1}">
fn app::a @ src/a.rs:9 | cfg=unix
fn app::a @ src/a.rs:3
external std::fmt::Display
app::b -uses-> std::fmt::Display @ src/b.rs:2 | signature
app::b -calls-> app::a @ src/b.rs:7
app::b -calls-> app::a @ src/b.rs:5 | macro
app::a -calls-> app::b @ src/a.rs:10 | candidate
"""


def rows(text=TEXT):
    return [json.loads(line) for line in export(graph(text).view(), "jsonl")]


def test_a_node_and_an_edge_are_written_as_the_contract_shows():
    lines = list(
        export(
            graph("fn app::é @ src/a.rs:1 | sig=fn é()\napp::é -calls-> app::é @ src/a.rs:1").view(), "jsonl"
        )
    )
    id_ = graph("fn app::é").id("app::é")
    assert lines == [
        f'{{"type":"node","id":"{id_}","kind":"function","symbol":"app::é","name":"é","crate":"app","target":"lib",'
        '"file":"src/a.rs","line":1,"end_line":1,"signature":"fn é()","visibility":"private","test":false,'
        '"cfg":null,'
        '"trait":null,"self":null,"derived":false,"macro":false}\n',
        f'{{"type":"edge","kind":"calls","from":"{id_}","to":"{id_}","file":"src/a.rs","line":1,"context":null,'
        '"resolution":"exact","derived":false,"macro":false}\n',
    ]


def test_every_line_is_what_a_compact_json_encoder_writes():
    for line in export(graph(TEXT).view(), "jsonl"):
        assert line == json.dumps(json.loads(line), separators=(",", ":"), ensure_ascii=False) + "\n"


def test_nodes_come_first_by_symbol_file_line_and_then_edges_by_kind_and_ends():
    found = rows()
    nodes = [row for row in found if row["type"] == "node"]
    assert found[: len(nodes)] == nodes
    assert [(row["symbol"], row["line"]) for row in nodes] == [
        ("app::a", 3),
        ("app::a", 9),
        ("app::b", 2),
        ("std::fmt::Display", None),
    ]
    edges = found[len(nodes) :]
    assert [(row["kind"], row["line"], row["context"]) for row in edges] == [
        ("calls", 10, None),
        ("calls", 5, "macro"),
        ("calls", 7, None),
        ("uses", 2, "signature"),
    ]


def test_the_bytes_do_not_depend_on_the_order_of_arrival():
    for form in FORMATS:
        assert list(export(graph(TEXT).view(), form)) == list(export(graph(TEXT).view(backwards=True), form))


def test_graphml_is_well_formed_with_unique_ids_and_kinds():
    tree = ET.fromstring("".join(export(graph(TEXT).view(), "graphml")))
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    nodes, edges = tree.findall(".//g:node", space), tree.findall(".//g:edge", space)
    assert (len(nodes), len(edges)) == (4, 4)
    ids = {node.get("id") for node in nodes}
    assert len(ids) == 4
    assert {edge.get("source") for edge in edges} | {edge.get("target") for edge in edges} <= ids
    assert {data.text for data in tree.findall(".//g:node/g:data[@key='kind']", space)} == {
        "function",
        "external",
    }


def test_dot_names_each_node_once_and_dashes_candidates():
    text = "".join(export(graph(TEXT).view(), "dot"))
    assert len(re.findall(r'^  "[0-9a-f]{32}" \[label="function\\n', text, re.M)) == 3
    assert text.count("style=dashed") == 1
    assert text.startswith("digraph isg {")
    assert text.endswith("}\n")


def test_an_unknown_format_is_a_usage_error():
    with pytest.raises(Usage):
        export(graph(TEXT).view(), "yaml")


def test_an_empty_graph_exports_nothing():
    assert rows("") == []
