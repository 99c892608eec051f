"""What `export` writes, in the hands of other programs."""

import json
import tomllib

import networkx as nx
import polars as pl
import pytest

from conftest import CASES, shatterbelt

TOYLAND = CASES / "toyland"


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_the_network_of_a_case(tmp_path, form, read):
    shatterbelt("export", form, TOYLAND, "--out", tmp_path / f"net.{form}")
    net = read(tmp_path / f"net.{form}")
    files = [tomllib.loads(file.read_text()) for file in TOYLAND.glob("*.toml")]
    actors = {actor["id"]: actor for file in files for actor in file.get("actor", [])}
    ties = {
        (tie["from"], tie["to"], tie["channel"]): tie["bandwidth"]["value"] * tie["dependence"]["value"]
        for file in files
        for tie in file.get("tie", [])
    }
    assert set(net) == set(actors) and net.is_directed()
    assert all(net.nodes[name]["kind"] == actor["kind"] for name, actor in actors.items())
    weights = {(a, b, data["channel"]): data["weight"] for a, b, data in net.edges(data=True)}
    assert weights == pytest.approx(ties)
    assert all(data["low"] <= data["weight"] <= data["high"] for _, _, data in net.edges(data=True))


def test_counts_of_runs_as_draws(tmp_path):
    shatterbelt("run", CASES / "iraq", "--as-of", "2025-11-05", "--runs", 20, "--out", tmp_path / "runs")
    shatterbelt("export", "views", tmp_path / "runs", "--out", tmp_path / "views.parquet")
    frame, runs = pl.read_parquet(tmp_path / "views.parquet"), pl.read_parquet(tmp_path / "runs" / "runs.parquet")
    assert len(frame)
    for (unit,), rows in frame.group_by("unit"):
        assert rows.sort("draw")["outcome"].to_list() == runs.sort("run")[unit].drop_nulls().to_list()


@pytest.mark.parametrize("form", ["csl", "geojson", "stix", "questions"])
def test_json_is_json(form):
    json.loads(shatterbelt("export", form, TOYLAND))


@pytest.mark.parametrize("form", ["ftm", "plover"])
def test_lines_are_json(form):
    assert all(isinstance(json.loads(line), dict) for line in shatterbelt("export", form, TOYLAND).splitlines())
