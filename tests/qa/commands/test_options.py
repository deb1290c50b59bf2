"""Options that several commands share: their values, and what is wrong with others."""

import argparse
from pathlib import Path

import pytest

from index.errors import UsageError
from qa.commands.options import MOST_QUOTES, add_narrowing, add_opening, narrowing_of, opening
from qa.narrowing import EVERYTHING, Narrowing
from qa.opening import Opening


@pytest.fixture
def parser() -> argparse.ArgumentParser:
    """Return a parser with the options of a command that asks questions."""
    parser = argparse.ArgumentParser(prog="qa ask")
    add_opening(parser)
    add_narrowing(parser)
    return parser


def test_nothing_is_given(parser: argparse.ArgumentParser) -> None:
    """Without options the opening leaves everything to defaults."""
    options = parser.parse_args([])
    assert opening(options) == Opening(None, None, refresh=False, reader=None, least_confidence=None)
    assert options.quotes is None


def test_everything_is_given(parser: argparse.ArgumentParser) -> None:
    """Each option stands for one thing of the opening."""
    given = ["--store", "s", "--articles", "a", "--refresh", "--reader", "none", "--min-confidence", "0.75", "-k", "7"]
    options = parser.parse_args(given)
    assert opening(options) == Opening(Path("s"), Path("a"), refresh=True, reader="none", least_confidence=0.75)
    assert options.quotes == 7


@pytest.mark.parametrize(
    ("text", "value"), [("0", 0.0), ("1", 1.0), ("0.5", 0.5), (".25", 0.25), ("1e-3", 0.001), ("90%", 0.9)]
)
def test_probability(parser: argparse.ArgumentParser, text: str, value: float) -> None:
    """Both ends are probabilities too."""
    assert parser.parse_args(["--min-confidence", text]).min_confidence == value


@pytest.mark.parametrize("text", ["1.01", "-0.1", "nan", "inf", "101%", "%", "5%%", "half", ""])
def test_no_probability(parser: argparse.ArgumentParser, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """What is no number from 0 to 1 is refused in words that say so."""
    with pytest.raises(SystemExit) as caught:
        parser.parse_args([f"--min-confidence={text}"])
    assert caught.value.code == 2
    assert f"argument --min-confidence: {text} is not a number from 0 to 1" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["0", str(MOST_QUOTES + 1), "-1", "few", "1.5", ""])
def test_no_number_of_quotes(parser: argparse.ArgumentParser, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """A number of quotes is whole, at least one, and not beyond measure."""
    with pytest.raises(SystemExit):
        parser.parse_args([f"-k{text}" if text else "-k="])
    assert f"from 1 to {MOST_QUOTES}" in capsys.readouterr().err


def test_reader_needs_a_name(parser: argparse.ArgumentParser, capsys: pytest.CaptureFixture[str]) -> None:
    """`--reader` alone is wrong usage."""
    with pytest.raises(SystemExit):
        parser.parse_args(["--reader"])
    assert "--reader: expected one argument" in capsys.readouterr().err


def test_nothing_is_narrowed(parser: argparse.ArgumentParser) -> None:
    """Without options every article is asked."""
    assert narrowing_of(parser.parse_args([])) == EVERYTHING


def test_everything_is_narrowed(parser: argparse.ArgumentParser) -> None:
    """Each option stands for one thing of the narrowing."""
    given = ["--only", "sport/*", "--since", "2023-05", "--before", "2024-11-15", "--source", "Reuters"]
    assert narrowing_of(parser.parse_args(given)) == Narrowing(
        only="sport/*", since="2023-05", before="2024-11-15", source="Reuters"
    )


@pytest.mark.parametrize("option", ["--only", "--since", "--before", "--source"])
def test_empty_narrowing_is_refused(parser: argparse.ArgumentParser, option: str) -> None:
    """An option with nothing in it is a mistake, in a script above all."""
    with pytest.raises(UsageError):
        narrowing_of(parser.parse_args([option, ""]))
