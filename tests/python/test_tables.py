"""What other tools make of our tables: polars, duckdb and pyarrow read them, and none of them is told how.

Right values come from the files of toyland or from the exact outcomes beside the tables, never from the tables.
"""

import json
import tomllib

import duckdb
import polars as pl
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
import zstandard

from conftest import CASES, shatterbelt


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """Three parts of 2,500 runs, and the exact outcomes of all of them."""
    folder = tmp_path_factory.mktemp("parts")
    for k in (2, 1, 3):
        shatterbelt("run", CASES / "toyland", "--runs", "2500", "--part", f"{k}/3", "--out", folder)
    names = sorted(p.name for p in folder.iterdir())
    assert names == [
        "runs-0000000000-0000001024",
        "runs-0000001024-0000002048",
        "runs-0000002048-0000002500",
    ]
    outcomes = []
    for name in names:
        with zstandard.open(folder / name / "outcomes.jsonl.zst", "rt") as lines:
            outcomes.extend(json.loads(line) for line in lines)
    assert [o["run"] for o in outcomes] == list(range(2500))
    return folder, outcomes


def test_a_folder_of_parts_reads_as_one_data_set(parts):
    folder, outcomes = parts
    pattern = str(folder / "*" / "runs.parquet")
    days = [o["days"] for o in outcomes]
    polars = pl.scan_parquet(pattern).sort("run").collect()
    assert polars["government.days"].to_list() == days
    assert polars["seats.fringe"].to_list() == [o["fringe"] for o in outcomes]
    assert polars.schema["government.days"] == pl.Int64
    assert polars.schema["head"] == pl.String
    duck = duckdb.sql(f"""select run, "government.days" from '{pattern}' order by run""").fetchall()
    assert duck == list(enumerate(days))
    arrow = ds.dataset(sorted(map(str, folder.glob("*/runs.parquet")))).to_table()
    assert arrow.column("government.days").to_pylist() == days


def test_a_row_group_holds_a_block_of_runs(parts):
    folder, _ = parts
    shatterbelt("merge", folder, "--out", folder.parent / "joined")
    file = pq.ParquetFile(folder.parent / "joined" / "runs.parquet")
    groups = [file.metadata.row_group(g).num_rows for g in range(file.num_row_groups)]
    assert groups == [1024, 1024, 452]


def test_the_footer_and_the_data_package_say_units(parts):
    folder, _ = parts
    part = folder / "runs-0000000000-0000001024"
    package = json.loads((part / "datapackage.json").read_text())
    fields = {f["name"]: f for r in package["resources"] for f in r["schema"]["fields"]}
    assert fields["government.days"]["unit"] == "days"
    assert fields["government.days"]["type"] == "integer"
    footer = pq.read_metadata(part / "runs.parquet").metadata[b"shatterbelt"]
    columns = {c["name"]: c for c in json.loads(footer)["columns"]}
    assert columns["turnout"]["unit"] == "share in [0, 1]"
    for resource in package["resources"]:
        names = pq.read_schema(part / resource["path"]).names
        assert names == [f["name"] for f in resource["schema"]["fields"]]


def test_what_is_followed_has_a_row_a_day_and_a_column_a_quantity(tmp_path):
    # Nothing is followed in toyland, where a run ends with the government.
    shatterbelt("run", CASES / "iraq", "--runs", "20", "--out", tmp_path / "iraq")
    with zstandard.open(tmp_path / "iraq" / "outcomes.jsonl.zst", "rt") as lines:
        outcomes = [json.loads(line) for line in lines]
    course = pl.read_parquet(tmp_path / "iraq" / "course.parquet").sort("run", "day")
    one = course.filter(pl.col("run") == 7)
    assert one["day"].diff().drop_nulls().dt.total_days().unique().to_list() == [28]
    flat = [x for row in one.drop("run", "draw", "day").rows() for x in row]
    assert len(flat) > 100
    assert flat == pytest.approx(outcomes[7]["course"], rel=1e-6)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_case_as_tables(tmp_path, form):
    words = ["--csv"] if form == "csv" else []
    shatterbelt("export", CASES / "toyland", "--out", tmp_path, *words)
    read = pl.read_csv if form == "csv" else pl.read_parquet
    ties = read(tmp_path / f"ties.{form}")
    files = (CASES / "toyland").glob("*.toml")
    written = [tie for file in files for tie in tomllib.loads(file.read_text()).get("tie", [])]
    key = ("from", "to", "channel")
    value = {tuple(tie[k] for k in key): tie["bandwidth"]["value"] for tie in written}
    assert {row[:3]: row[3] for row in ties.select(*key, "bandwidth").rows()} == value
    estimates = read(tmp_path / f"estimates.{form}")
    assert estimates.filter(pl.col("path") == "tie.northmark>guard:security.bandwidth")["high"].item() == 0.95
    if form == "parquet":
        quoted = duckdb.sql(f"select count(*) from '{tmp_path}/estimates.parquet' where quote is not null")
        assert quoted.fetchall()[0][0] > 10


def test_numbers_in_csv_are_plain(tmp_path):
    shatterbelt("run", CASES / "toyland", "--runs", "50", "--csv", tmp_path / "runs.csv")
    runs = pl.read_csv(tmp_path / "runs.csv", null_values=[""])
    assert runs.height == 50
    numbers = [name for name in runs.columns if name.startswith(("seats.", "votes."))]
    assert numbers and all(runs.schema[name].is_numeric() for name in numbers)
    seats = runs.select(pl.sum_horizontal(pl.col("^seats[.][a-z-]*$"))).to_series()
    assert seats.unique().to_list() == [25], "every seat of the assembly is somebody's"
