"""The package `shatterbelt`: its numbers are those of the command, its tables are read by others, its faults are told.

Right values come from the command, from the tables read by another tool, or from the definition.
"""

import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from SALib.analyze import sobol as sobol_of
from SALib.sample import sobol as sobol_at

import shatterbelt as sb
from conftest import CASES, ROOT, shatterbelt

TOYLAND = CASES / "toyland"


@pytest.fixture(scope="module")
def toyland():
    return sb.Case(TOYLAND)


@pytest.fixture(scope="module")
def runs(toyland):
    return toyland.run(200, seed=1)


def same_bytes(table, tmp_path, *words):
    """Whether a table saved is what a verb writes, as Parquet and as CSV."""
    for form in ("parquet", "csv"):
        shatterbelt(*words, f"--{form}", tmp_path / f"told.{form}")
        table.save(tmp_path / f"saved.{form}")
        assert (tmp_path / f"saved.{form}").read_bytes() == (tmp_path / f"told.{form}").read_bytes()


# The numbers.


def test_runs_are_the_bytes_of_the_command(runs, tmp_path):
    same_bytes(runs.wide, tmp_path, "run", TOYLAND, "--runs", 200, "--seed", 1)


def test_later_runs_are_those_of_a_part(toyland, tmp_path):
    later = toyland.run(50, seed=1, first=150)
    same_bytes(later.wide, tmp_path, "run", TOYLAND, "--runs", "150..200", "--seed", 1)


def test_the_course_of_runs_is_that_of_the_command(tmp_path):
    runs = sb.Case(CASES / "iraq", as_of="2025-11-05").run(20)
    shatterbelt("run", CASES / "iraq", "--as-of", "2025-11-05", "--runs", 20, "--out", tmp_path / "out")
    for name, table in (("runs", runs.wide), ("course", runs.course)):
        assert pl.DataFrame(table).equals(pl.read_parquet(tmp_path / "out" / f"{name}.parquet"))


def test_the_case_is_that_of_export(toyland, tmp_path):
    shatterbelt("export", TOYLAND, "--out", tmp_path)
    for name in ("estimates", "ties", "events", "claims"):
        table = getattr(toyland, name)
        table.save(tmp_path / "saved.parquet")
        assert (tmp_path / "saved.parquet").read_bytes() == (tmp_path / f"{name}.parquet").read_bytes()


def test_what_verbs_show_is_what_they_show(toyland, tmp_path):
    same_bytes(toyland.measure(), tmp_path, "measure", TOYLAND)
    same_bytes(toyland.compare("fen-rising", runs=200), tmp_path, "compare", TOYLAND, "fen-rising", "--runs", 200)
    choice = sb.Case(TOYLAND, scenarios=["justice-stands"], set=["entry.reds.participates=true"])
    words = ["run", TOYLAND, "--scenario", "justice-stands", "--set", "entry.reds.participates=true", "--runs", 50]
    same_bytes(choice.run(50).wide, tmp_path, *words)


def test_influence_is_that_of_the_command(toyland, tmp_path):
    words = ["influence", TOYLAND, "--runs", 40, "--by", "channel"]
    same_bytes(toyland.influence(runs=40, by="channel"), tmp_path, *words)


def test_the_summary_and_the_sensitivity_are_those_of_the_command(toyland, runs):
    assert runs.summary() == json.loads(shatterbelt("run", TOYLAND, "--runs", 200, "--json"))
    words = ["--of", "seats.reds", "--samples", 16, "--walks", 2, "--top", 3, "--json"]
    told = json.loads(shatterbelt("sensitivity", TOYLAND, *words))
    assert toyland.sensitivity("seats.reds", samples=16, walks=2, top=3) == told


def test_a_question_is_answered_as_the_table_says(runs):
    days = pl.DataFrame(runs.wide)["government.days"]
    # A run without a government has passed every day of the window.
    assert runs.p("government.days > 60") == ((days > 60) | days.is_null()).mean()
    values = runs.values("government.days")
    assert values.shape == (200,) and np.isnan(values).sum() == days.null_count()
    assert np.array_equal(values, days.cast(pl.Float64).fill_null(np.nan).to_numpy(), equal_nan=True)
    assert runs.p("head == lind") == (pl.DataFrame(runs.wide)["head"] == "lind").fill_null(False).mean()


# The tables in other hands.


def test_tables_are_read_by_everybody_without_being_told_how(toyland):
    table = toyland.estimates
    frames = [pl.DataFrame(table), pl.from_arrow(pa.table(table)), table.to_polars()]
    assert all(frame.equals(frames[0]) for frame in frames)
    assert frames[0].schema["from"] == pl.Date and frames[0].schema["value"] == pl.Float64
    pandas = table.to_pandas()
    assert isinstance(pandas, pd.DataFrame) and list(pandas["path"]) == frames[0]["path"].to_list()
    arrow = table.to_arrow()
    assert duckdb.sql("select count(*) from arrow").fetchall() == [(len(table),)]
    assert pa.schema(table).field("low").metadata[b"unit"] == b"as in `unit`"
    assert [column["name"] for column in table.describe()] == table.columns == frames[0].columns


def test_a_column_is_an_array_or_a_list(runs):
    days = runs.wide["government.days"]
    assert isinstance(days, np.ndarray) and days.dtype == np.float64
    days[0] = 1.0  # It is the caller's own.
    assert set(runs.wide["head"]) <= {None, *sb.Case(TOYLAND).run(1000).wide["head"]}
    with pytest.raises(KeyError, match='no column "government.day"; did you mean "government.days"'):
        runs.wide["government.day"]


def test_a_notebook_shows_cases_runs_and_tables(toyland, runs):
    assert "Toyland as of 2031-03-01" in toyland._repr_html_()
    assert "200 runs, seed 1" in runs._repr_html_() and "head of government" in runs._repr_html_()
    assert toyland.ties._repr_html_().count("<tr>") == 11
    assert repr(toyland) == "<shatterbelt.Case Toyland as of 2031-03-01>"
    assert len(runs) == 200 and (runs.seed, runs.first) == (1, 0)


def test_dates_are_dates(toyland):
    assert toyland.as_of == datetime.date(2031, 3, 1) and toyland.until == datetime.date(2032, 3, 1)
    same = sb.Case(TOYLAND, as_of=datetime.date(2031, 3, 1))
    assert same.hash == toyland.hash and same.scenarios == ["fen-rising", "justice-stands"]


# Somebody else's study.


def test_salib_drives_a_case(toyland):
    problem = toyland.problem(top=3, of="seats.reds", walks=4, scale="share")
    assert problem["num_vars"] == len(problem["names"]) == 3 and problem["bounds"] == [[0, 1]] * 3
    X = sobol_at.sample(problem, 8, calc_second_order=False, seed=1)
    Y = toyland.evaluate(X, problem["names"], "seats.reds", runs=8, scale="share")
    assert Y.shape == (len(X),)
    shares = sobol_of.analyze(problem, Y, calc_second_order=False, seed=1)
    assert shares["ST"].shape == (3,) and shares["ST"].max() > 0.1


def test_a_point_is_what_a_changed_value_gives(toyland):
    problem = toyland.problem(top=2, of="seats.reds", walks=4)
    ends = np.array(problem["bounds"])
    assert (ends[:, 0] < ends[:, 1]).all()
    X = np.vstack([ends[:, 0], ends.mean(axis=1)])
    of = ["seats.reds", "government.days > 60"]
    Y = toyland.evaluate(X, problem["names"], of, runs=40)
    assert Y.shape == (2, 2)
    for row, numbers in enumerate(X):
        set_to = [
            f'{name}={{ value = {x}, shape = "constant", judged = "a try" }}'
            for name, x in zip(problem["names"], numbers)
        ]
        changed = sb.Case(TOYLAND, set=set_to).run(40)
        assert Y[row] == pytest.approx([changed.values(of[0]).mean(), changed.p(of[1])])


def test_nothing_set_is_the_case_as_it_is(toyland, runs):
    Y = toyland.evaluate(np.empty((1, 0)), [], "seats.reds", runs=200)
    assert Y == pytest.approx([runs.values("seats.reds").mean()])


# Long work.


def test_other_threads_go_on_while_runs_are_made(toyland):
    beats, over = [], threading.Event()

    def beat():
        while not over.is_set():
            beats.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=beat)
    thread.start()
    while len(beats) < 2:
        time.sleep(0.001)
    before = len(beats)
    toyland.run(2000)
    during = len(beats) - before
    over.set()
    thread.join()
    assert during > 20


def test_progress_is_told_and_may_stop(toyland):
    told = []
    toyland.run(3000, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3000, 3000) and told == sorted(told)

    def enough(done, total):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        toyland.run(10**7, progress=enough)


def test_control_c_stops_runs():
    script = f"""
import shatterbelt as sb
def say(done, total):
    if done:
        print("running", flush=True)
sb.Case({str(TOYLAND)!r}).run(10**7, progress=say)
"""
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "running\n"
    child.send_signal(signal.SIGINT)
    _, said = child.communicate()
    assert child.returncode != 0 and said.rstrip().endswith("KeyboardInterrupt")


# Faults.


@pytest.mark.parametrize(
    "wrong, words",
    [
        (lambda case: sb.Case("nowhere"), "nowhere"),
        (lambda case: sb.Case(TOYLAND, as_of="yesterday"), 'as_of: "yesterday" is no day; write YYYY-MM-DD'),
        (lambda case: sb.Case(TOYLAND, set=["x"]), "write PATH=VALUE"),
        (lambda case: sb.Case(TOYLAND, scenarios=["fen-risin"]), "fen-risin"),
        (lambda case: case.run(0), "run at least one future"),
        (lambda case: case.run(10**8), "are kept in memory"),
        (lambda case: case.run(1).p("government.days"), "is no yes or no"),
        (lambda case: case.run(1).p("seats.nobody > 2"), "nobody"),
        (lambda case: case.compare(), "name a scenario (fen-rising, justice-stands), or give set"),
        (lambda case: case.influence(["northmrk"]), 'did you mean "northmark"'),
        (lambda case: case.influence(by="luck"), 'by: "luck"; write "channel" or "through"'),
        (lambda case: case.evaluate([[0.5]], ["tie.a"], "turnout"), 'the case has no estimate "tie.a"'),
        (lambda case: case.evaluate([0.5], ["tie.a"], "turnout"), "these have the shape [1]"),
        (lambda case: case.evaluate([[2.0]], ["autonomy.guard"], "turnout", scale="share"), "autonomy"),
        (lambda case: case.estimates.save("estimates.xlsx"), "let the name end in .parquet or .csv"),
        (lambda case: sb.theory.power.banzhaf([1, 2], 7), "quota"),
    ],
)
def test_a_fault_is_a_value_error_in_plain_words(toyland, wrong, words):
    with pytest.raises(ValueError) as told:
        wrong(toyland)
    assert words in str(told.value)


def test_every_fault_of_a_case_is_told_with_its_place(tmp_path):
    shutil.copytree(TOYLAND, tmp_path, dirs_exist_ok=True)
    for file in tmp_path.glob("*.toml"):
        file.write_text(file.read_text().replace('channel = "security"', 'channel = "securty"'))
    with pytest.raises(ValueError) as told:
        sb.Case(tmp_path)
    first, *places = str(told.value).splitlines()
    assert first.endswith("cannot be used: 2 faults")
    assert ["decision.toml:11:11: error", "ties.toml:4:11: error"] == [
        place[len(str(tmp_path)) + 1 :].split("[")[0] for place in places
    ]
    assert all('"securty": no such value; did you mean "security"?' in place for place in places)


def test_a_number_out_of_its_bounds_is_named(toyland):
    name = toyland.estimates["path"][0]
    high = toyland.estimates["high"][0]
    with pytest.raises(ValueError, match=r"X\[1\]\[0\]: .* it lies between"):
        toyland.evaluate([[high], [high + 1]], [name], "turnout", runs=2)


# The package.


def test_the_stubs_say_what_is_there():
    done = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "shatterbelt"], capture_output=True, text=True, cwd=ROOT / "target"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_everything_public_is_documented():
    undocumented = []
    subjects = [sb, sb.Case, sb.Runs, sb.Table, sb.theory]
    subjects += [one for one in vars(sb.theory).values() if type(one) is type(sb)]
    for subject in subjects:
        for name, one in vars(subject).items():
            if not name.startswith("_") and not (one.__doc__ or "").strip():
                undocumented.append(f"{subject.__name__}.{name}")
    assert undocumented == []


def test_the_wheel_carries_the_command(tmp_path):
    program = os.path.join(os.path.dirname(sys.executable), "shatterbelt")

    def said(*words):
        return subprocess.run([program, *map(str, words)], capture_output=True, text=True)

    assert said("--version").stdout == f"shatterbelt {sb.__version__}\n"
    assert said("run", TOYLAND, "--runs", 20).stdout == shatterbelt("run", TOYLAND, "--runs", 20)
    assert said("run", tmp_path / "nowhere").returncode == 3
    assert said("fly").returncode == 2
    # It starts itself again, by way of Python, to take a PDF apart.
    (tmp_path / "a.pdf").write_bytes(pdf_of("The Guard attacked the Reds on 3 March 2031."))
    read = said("read", tmp_path / "a.pdf", "--case", TOYLAND, "--store", tmp_path / "evidence.sqlite")
    assert read.returncode == 0 and "7 words, 1 sentences (1 running text), PDF" in read.stdout, read.stderr


def pdf_of(line):
    """A PDF of one line."""
    content = f"BT /F1 11 Tf 72 720 Td ({line}) Tj ET"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
    )
    stream = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    catalog, pages = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [4 0 R] /Count 1 >>"
    out, table = "%PDF-1.4\n", ""
    for number, one in enumerate([catalog, pages, font, page, stream], start=1):
        table += f"{len(out):010} 00000 n \n"
        out += f"{number} 0 obj\n{one}\nendobj\n"
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + end).encode()
