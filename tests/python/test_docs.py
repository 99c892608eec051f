"""docs/python.md says what comes out."""

import doctest

from conftest import ROOT


def test_the_page_is_what_python_says(monkeypatch):
    # The page is written for somebody who stands at the top of the repository.
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert failed == 0 and tried > 30
