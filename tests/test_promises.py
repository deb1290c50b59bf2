"""The table of promises names tests that there are."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
NAMED = re.findall(r"`([\w/]+\.py)::(\w+)`", (TESTS / "promises.md").read_text(encoding="utf-8"))


def test_promises_are_held_by_tests() -> None:
    """Every row of the table names a test; where a long run is told of, it is with its figure."""
    rows = [line for line in (TESTS / "promises.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]
    assert len(cells) > 10
    assert all("::test_" in tests for _, tests, _ in cells)
    figures = [figure for _, _, figure in cells if figure]
    assert len(figures) >= 6
    assert all(re.search(r"\d", figure) for figure in figures)


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_named_test_is_there(file: str, name: str) -> None:
    """Each of the tests is in its file."""
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
