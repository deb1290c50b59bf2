"""Which index a command is about, and what is indexed on first use."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import NoIndexError, UsageError
from index.store import Store
from qa.engine import Engine
from qa.opening import FIRST_FOLDERS, Opening, choose_store, notify, open_engine, tell_stale
from tests.conftest import Index


def _begin_store(folder: Path) -> Store:
    store = Store(folder / ".qa")
    store.path.mkdir(parents=True)
    store.catalog.touch()
    return store


def test_named_store_goes_first(tmp_path: Path) -> None:
    """`--store` is taken before `QA_STORE` and before an index that is there."""
    _begin_store(tmp_path)
    chosen = choose_store(tmp_path / "named", tmp_path, {"QA_STORE": str(tmp_path / "other")})
    assert chosen == Store(tmp_path / "named")


def test_environment_goes_before_what_is_there(tmp_path: Path) -> None:
    """`QA_STORE` is taken before the nearest index."""
    _begin_store(tmp_path)
    assert choose_store(None, tmp_path, {"QA_STORE": str(tmp_path / "other")}) == Store(tmp_path / "other")


def test_empty_variable_does_not_count(tmp_path: Path) -> None:
    """An empty `QA_STORE` is as good as none."""
    assert choose_store(None, tmp_path, {"QA_STORE": ""}) == Store(tmp_path / ".qa")


def test_nearest_store_upward_is_taken(tmp_path: Path) -> None:
    """Of the indexes in the folders above, the nearest counts; one that was never begun does not."""
    outer = _begin_store(tmp_path)
    here = tmp_path / "a" / "b"
    (here / ".qa").mkdir(parents=True)
    assert choose_store(None, here, {}) == outer
    inner = _begin_store(tmp_path / "a")
    assert choose_store(None, here, {}) == inner


def test_store_would_be_here(tmp_path: Path) -> None:
    """Where there is no index, it is to be in the current folder."""
    assert choose_store(None, tmp_path, {}) == Store(tmp_path / ".qa")


def test_file_hides_no_index_above_it(tmp_path: Path) -> None:
    """A file named `.qa` is passed over as a folder without an index is, and told of where there is no other."""
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / ".qa").touch()
    with pytest.raises(UsageError, match="is no folder"):
        choose_store(None, tmp_path / "here", {})
    outer = _begin_store(tmp_path)
    assert choose_store(None, tmp_path / "here", {}) == outer


@pytest.mark.parametrize("by_option", [True, False])
def test_relative_store_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, by_option: bool) -> None:
    """A relative name is from the current folder, links not followed."""
    monkeypatch.chdir(tmp_path)
    named, environment = (Path("x/../kept"), {}) if by_option else (None, {"QA_STORE": "kept"})
    assert choose_store(named, Path.cwd(), environment) == Store(Path(os.path.abspath("kept")))


def test_no_index_and_nothing_to_index(tmp_path: Path) -> None:
    """Where there is neither an index nor a folder of articles, the remedy is to make one; nothing is written."""
    with pytest.raises(NoIndexError) as caught:
        open_engine(Opening(tmp_path / ".qa", None, refresh=False), tmp_path)
    assert caught.value.remedy == "run qa index FOLDER"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("present", "indexed"),
    [(FIRST_FOLDERS, "articles"), (("articles",), "articles"), (("seeds",), "seeds")],
)
def test_first_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], present: tuple[str, ...], indexed: str
) -> None:
    """On first use `articles` is indexed, else `seeds`; that is told before it begins."""
    for name in present:
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("One sentence is here.\n", encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").touch()
    with pytest.raises(UsageError, match="holds other files"):  # so that it ends before a model is needed
        open_engine(Opening(tmp_path / "mine", None, refresh=False), tmp_path)
    assert capsys.readouterr() == ("", f"qa: no index yet: indexing {indexed}\n")


def test_named_articles_go_before_the_first_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--articles` names what is indexed on first use; a folder that is not there is an error."""
    (tmp_path / "articles").mkdir()
    with pytest.raises(UsageError, match="there is no"):
        open_engine(Opening(tmp_path / ".qa", tmp_path / "mine", refresh=False), tmp_path)
    assert capsys.readouterr().err == "qa: no index yet: indexing mine\n"


def test_escape_in_a_folder_s_name_is_not_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is told on standard error cannot move the cursor."""
    with pytest.raises(UsageError):
        open_engine(Opening(tmp_path / ".qa", tmp_path / "\x1b[2Jmine", refresh=False), tmp_path)
    assert "\x1b" not in capsys.readouterr().err


def test_articles_outside_the_index(fake_index: Index, fake_store: Store, articles: Path, tmp_path: Path) -> None:
    """`--articles` with a folder that the index is not of is an error that names both."""
    fake_index(articles)
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(UsageError) as caught:
        open_engine(Opening(fake_store.path, other, refresh=False), tmp_path)
    assert caught.value.problem == f"the index in {fake_store.path} is of {articles}"
    assert caught.value.remedy == f"run qa index {articles} {other}"


@pytest.mark.parametrize("below", [".", "part"])
def test_articles_of_the_index(
    fake_index: Index, fake_store: Store, articles: Path, tmp_path: Path, below: str
) -> None:
    """`--articles` with the index's folder, or one below it, opens the index as it is."""
    fake_index(articles)
    (articles / "part").mkdir()
    with open_engine(Opening(fake_store.path, articles / below, refresh=False), tmp_path) as engine:
        assert engine.articles() == 2


def test_index_is_opened_without_a_word(
    fake_index: Index, fake_store: Store, articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An index that is there is opened without indexing anything."""
    fake_index(articles)
    (articles / "new.txt").write_text("Another one is here.\n", encoding="utf-8")
    with open_engine(Opening(fake_store.path, None, refresh=False), tmp_path) as engine:
        assert engine.articles() == 2
    assert capsys.readouterr() == ("", "")


def test_stale_index_is_told(
    fake_index: Index, fake_engine: Callable[[], Engine], articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line on standard error says what has changed, and none where nothing has."""
    fake_index(articles)
    tell_stale(fake_engine())
    assert capsys.readouterr() == ("", "")
    (articles / "new.txt").write_text("Another one is here.\n", encoding="utf-8")
    tell_stale(fake_engine())
    assert capsys.readouterr() == ("", "qa: 1 new: run qa index\n")


def test_notices_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """What is not the answer does not mix with it."""
    notify("preparing")
    assert capsys.readouterr() == ("", "qa: preparing\n")


@pytest.mark.parametrize(("reader", "made"), [(None, "default"), ("none", "none"), ("some/reader", "some/reader")])
@pytest.mark.parametrize("least", [None, 0.0, 0.75])
def test_reader_and_least_confidence_reach_the_engine(
    fake_index: Index,
    fake_store: Store,
    articles: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reader: str | None,
    made: str,
    least: float | None,
) -> None:
    """What an opening says of reading is handed on as it is; without a reader the default one is meant."""
    asked: list[tuple[str, Store]] = []
    given: dict[str, object] = {}

    def maker(name: str, store: Store, *, notify: Callable[[str], None]) -> str:
        asked.append((name, store))
        return "maker"

    monkeypatch.setattr("qa.readers.reader_maker", maker)
    monkeypatch.setattr("qa.engine.Engine", lambda store, **options: given.update(options))
    fake_index(articles)
    open_engine(Opening(fake_store.path, None, refresh=False, reader=reader, least_confidence=least), tmp_path)
    assert asked == [(made, fake_store)]
    assert (given["make_reader"], given["least_confidence"]) == ("maker", least)
