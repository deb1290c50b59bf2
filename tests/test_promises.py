"""The table of promises names tests that there are."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
NAMED = re.findall(r"`([\w/]+\.py)::(\w+)`", (TESTS / "promises.md").read_text(encoding="utf-8"))


def test_promises_are_held_by_tests() -> None:
    """Every row of the table names a test."""
    rows = [line for line in (TESTS / "promises.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert len(rows) > 10
    assert all("::test_" in row for row in rows[2:])


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_named_test_is_there(file: str, name: str) -> None:
    """Each of the tests is in its file."""
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
