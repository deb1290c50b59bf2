"""Index runs over fakes: whatever happened to the folder, the index ends equal to it."""

import errno
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.articles import ArticleDate, DateOrigin
from index.build import update_index
from index.errors import NoArticlesError, UsageError
from index.hashing import hash_file
from index.inputs import BuildOptions
from index.records import RunReport
from index.store import Store
from index.vectors import Vectors
from tests.conftest import HASHING, Index
from tests.fakes import HashingEmbedder
from tests.index.stored import age, contents, looking, passage_ids, put, texts

ONE = "The council met on Monday. It approved the budget."
TWO = "The flood closed two bridges. Nobody was hurt."
THREE = "A novelist from Lagos won the prize on Friday night."


class FailingEmbedder(HashingEmbedder):
    """An embedder that gives out at the text that holds a certain word."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Stop at the word, as a user's Ctrl-C does."""
        if any(self.word in text for text in texts):
            raise KeyboardInterrupt
        return super().embed_passages(texts)


class CountingProgress:
    """A progress bar that keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def begin(self, total: int) -> None:
        """Keep the total."""
        self.told.append(f"begin {total}")

    def advance(self, size: int) -> None:
        """Keep the size."""
        self.told.append(f"advance {size}")

    def end(self) -> None:
        """Keep that it ended."""
        self.told.append("end")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by the name of each file that is read."""
    names: list[str] = []

    def read(path: Path) -> str:
        names.append(path.name)
        return hash_file(path)

    monkeypatch.setattr("index.intake.hash_article", read)
    return names


def make_unreadable(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Refuse to read a file; by permissions it cannot be done, since tests may run as root."""

    def read(path: Path) -> str:
        if path.name == name:
            raise PermissionError(13, "Permission denied")
        return hash_file(path)

    monkeypatch.setattr("index.intake.hash_article", read)


def kinds(report: RunReport) -> dict[str, int]:
    """Return the counts of a report that are not zero."""
    names = ("added", "changed", "removed", "renamed", "unchanged", "failed", "skipped")
    return {name: count for name in names if (count := getattr(report, name))}


def test_first_run_adds_every_article(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A first run holds the text of every file, and reports all as added."""
    put(folder / "one.txt", ONE)
    put(folder / "two.md", TWO)
    assert kinds(fake_index(folder).report) == {"added": 2}
    assert texts(fake_store) == {"one.txt": ONE, "two.md": TWO}


def test_articles_come_in_one_order(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A folder's files come before those of a longer name, wherever articles are listed or cited."""
    names = ["news/x.txt", "news-2024/x.txt"]
    for name in names:
        (folder / name).parent.mkdir()
        put(folder / name, "It met.")
    fake_index(folder)
    with looking(fake_store) as snapshot:
        (text_id,) = {article.text_id for article in snapshot.articles()}
        expected = [str(folder / name) for name in names]
        assert [str(fake_store.expand(article.path)) for article in snapshot.articles()] == expected
        assert [file.name for file in snapshot.files()] == expected
        assert [str(place.path) for place in snapshot.places(text_id)] == expected
        assert str(fake_store.expand(snapshot.first_paths([text_id])[text_id])) == expected[0]


def test_second_run_changes_nothing(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A run over an unchanged folder embeds nothing, and leaves every passage its id."""
    put(folder / "one.txt", ONE)
    put(folder / "two.txt", TWO)
    fake_index(folder)
    before, held = passage_ids(fake_store), contents(fake_store)
    embedder = HashingEmbedder()
    assert kinds(fake_index(folder, embedder=embedder).report) == {"unchanged": 2}
    assert (passage_ids(fake_store), contents(fake_store)) == (before, held)
    assert embedder.embedded == []


def test_second_run_reads_nothing(fake_index: Index, folder: Path, reads: list[str]) -> None:
    """A file of the same size and time is not opened again."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    reads.clear()
    fake_index(folder)
    assert reads == []


def test_added_file_is_all_that_is_embedded(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A new file is added beside the others, whose texts are not embedded again."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    put(folder / "two.txt", TWO)
    embedder = HashingEmbedder()
    assert kinds(fake_index(folder, embedder=embedder).report) == {"added": 1, "unchanged": 1}
    assert embedder.embedded == [TWO]
    assert texts(fake_store) == {"one.txt": ONE, "two.txt": TWO}


def test_changed_file_replaces_its_text(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A rewritten file is changed: its old text is gone from the index, others keep their passages."""
    put(folder / "one.txt", ONE)
    put(folder / "two.txt", TWO)
    fake_index(folder)
    put(folder / "one.txt", THREE, tick=1)
    assert kinds(fake_index(folder).report) == {"changed": 1, "unchanged": 1}
    assert texts(fake_store) == {"one.txt": THREE, "two.txt": TWO}
    with looking(fake_store) as snapshot:
        assert snapshot.matching("budget", 10) == []


def test_touched_file_is_unchanged(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A file with a new time and the same bytes keeps its passages."""
    file = put(folder / "one.txt", ONE)
    fake_index(folder)
    before = passage_ids(fake_store)
    age(file, tick=9)
    embedder = HashingEmbedder()
    assert kinds(fake_index(folder, embedder=embedder).report) == {"unchanged": 1}
    assert passage_ids(fake_store) == before
    assert embedder.embedded == []


def test_touched_file_is_read_once(fake_index: Index, folder: Path, reads: list[str]) -> None:
    """The new time of a touched file is kept, so that the next run does not read it again."""
    file = put(folder / "one.txt", ONE)
    fake_index(folder)
    age(file, tick=9)
    fake_index(folder)
    reads.clear()
    fake_index(folder)
    assert reads == []


def test_file_written_within_a_tick_of_the_run_is_read_again(
    fake_index: Index, fake_store: Store, folder: Path
) -> None:
    """A file rewritten right after it was read, at the same size and time, does not stay stale."""
    file = folder / "one.txt"
    file.write_text(ONE)
    fake_index(folder)
    time_ns = file.stat().st_mtime_ns
    file.write_text(ONE.replace("Monday", "Sunday"))
    os.utime(file, ns=(time_ns, time_ns))
    fake_index(folder)
    assert texts(fake_store) == {"one.txt": ONE.replace("Monday", "Sunday")}


def test_renamed_file_keeps_its_passages(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A file under a new name is renamed: nothing is embedded, no passage gets a new id."""
    file = put(folder / "one.txt", ONE)
    put(folder / "two.txt", TWO)
    fake_index(folder)
    before = passage_ids(fake_store)
    file.rename(folder / "zzz.txt")
    embedder = HashingEmbedder()
    assert kinds(fake_index(folder, embedder=embedder).report) == {"renamed": 1, "unchanged": 1}
    assert texts(fake_store) == {"zzz.txt": ONE, "two.txt": TWO}
    assert passage_ids(fake_store) == before
    assert embedder.embedded == []


def test_file_of_another_type_is_not_renamed(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A file that changes its suffix is loaded anew, since another loader may read it otherwise."""
    file = put(folder / "one.txt", ONE)
    fake_index(folder)
    file.rename(folder / "one.md")
    assert kinds(fake_index(folder).report) == {"added": 1, "removed": 1}
    assert texts(fake_store) == {"one.md": ONE}


def test_moved_folder_is_renamed(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A folder under a new name renames each file in it."""
    (folder / "old").mkdir()
    put(folder / "old" / "one.txt", ONE)
    put(folder / "old" / "two.txt", TWO)
    fake_index(folder)
    (folder / "old").rename(folder / "new")
    assert kinds(fake_index(folder).report) == {"renamed": 2}
    with looking(fake_store) as snapshot:
        assert [file.path for file in snapshot.files()] == [folder / "new" / "one.txt", folder / "new" / "two.txt"]


def test_two_files_may_change_places(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """Files that swap names swap texts in the index, and nothing is embedded."""
    one, two = put(folder / "one.txt", ONE), put(folder / "two.txt", TWO, tick=1)
    fake_index(folder)
    one.rename(folder / "aside")
    two.rename(one)
    (folder / "aside").rename(two)
    embedder = HashingEmbedder()
    assert kinds(fake_index(folder, embedder=embedder).report) == {"changed": 2}
    assert texts(fake_store) == {"one.txt": TWO, "two.txt": ONE}
    assert embedder.embedded == []


def test_name_taken_over_by_another_file(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """Where one file moves away and another takes its name, both texts stay, and nothing is embedded."""
    one, two = put(folder / "one.txt", ONE), put(folder / "two.txt", TWO, tick=1)
    fake_index(folder)
    two.rename(folder / "three.txt")
    one.rename(two)
    embedder = HashingEmbedder()
    fake_index(folder, embedder=embedder)
    assert texts(fake_store) == {"two.txt": ONE, "three.txt": TWO}
    assert embedder.embedded == []


def test_deleted_file_leaves_nothing(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A deleted file takes its text, passages and words with it."""
    file = put(folder / "one.txt", ONE)
    put(folder / "two.txt", TWO)
    fake_index(folder)
    file.unlink()
    assert kinds(fake_index(folder).report) == {"removed": 1, "unchanged": 1}
    assert texts(fake_store) == {"two.txt": TWO}
    with looking(fake_store) as snapshot:
        assert snapshot.document_counts(["budget", "bridg"]) == {"bridg": 1}


@pytest.mark.parametrize("is_named", [False, True])
def test_folder_that_is_empty_now_empties_no_index(
    fake_index: Index, fake_store: Store, folder: Path, *, is_named: bool
) -> None:
    """Where all articles of a folder are gone its disk may be away: nothing is deleted, and it may come back."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    folder.rename(folder.parent / "disk")
    folder.mkdir()
    problem = "there are no articles in" if is_named else "no articles are found in"
    with pytest.raises(NoArticlesError, match=problem) as caught:
        fake_index(*((folder,) if is_named else ()))
    assert "--allow-empty" in caught.value.remedy
    assert texts(fake_store) == {"one.txt": ONE}
    folder.rmdir()
    (folder.parent / "disk").rename(folder)
    assert kinds(fake_index().report) == {"unchanged": 1}


def test_one_of_several_folders_may_be_away(fake_index: Index, fake_store: Store, tmp_path: Path) -> None:
    """Nor is anything deleted where other folders have articles still; what was read of them waits for the next run."""
    here, disk = tmp_path / "here", tmp_path / "disk"
    for folder, text in ((here, ONE), (disk, TWO)):
        folder.mkdir()
        put(folder / f"{folder.name}.txt", text)
    fake_index(here, disk)
    (disk / "disk.txt").rename(tmp_path / "away")
    put(here / "new.txt", THREE)
    for roots in ((), (here, disk)):
        with pytest.raises(NoArticlesError, match=rf"{disk} any more, but those of 1 file are in"):
            fake_index(*roots)
    assert texts(fake_store) == {"here.txt": ONE, "disk.txt": TWO}
    embedder = HashingEmbedder()
    assert kinds(fake_index(allow_empty=True, embedder=embedder).report) == {"removed": 1, "added": 1, "unchanged": 1}
    assert embedder.embedded == []


def test_folder_whose_articles_moved_to_another_is_empty(fake_index: Index, fake_store: Store, tmp_path: Path) -> None:
    """What lies in another folder of the index now has been renamed, and nothing is lost."""
    new, read = tmp_path / "new", tmp_path / "read"
    for folder, text in ((new, ONE), (read, TWO)):
        folder.mkdir()
        put(folder / f"{folder.name}.txt", text)
    fake_index(new, read)
    (new / "new.txt").rename(read / "new.txt")
    assert kinds(fake_index().report) == {"renamed": 1, "unchanged": 1}


def test_folder_may_be_empty_at_first(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A folder that is going to be filled can be indexed before."""
    assert kinds(fake_index(folder, allow_empty=True).report) == {}
    put(folder / "one.txt", ONE)
    assert kinds(fake_index().report) == {"added": 1}
    assert texts(fake_store) == {"one.txt": ONE}


@pytest.mark.parametrize("is_named", [False, True])
def test_emptied_folder_empties_the_index(
    fake_index: Index, fake_store: Store, folder: Path, *, is_named: bool
) -> None:
    """When the last file of a folder goes, and that is meant, the index is empty, and can be filled again."""
    file = put(folder / "one.txt", ONE)
    fake_index(folder)
    file.unlink()
    assert kinds(fake_index(*((folder,) if is_named else ()), allow_empty=True).report) == {"removed": 1}
    assert contents(fake_store) == []
    put(folder / "two.txt", TWO)
    fake_index(folder)
    assert texts(fake_store) == {"two.txt": TWO}


def test_named_folder_without_articles_changes_nothing(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A folder named by mistake does not make an index of nothing."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    (folder.parent / "empty").mkdir()
    with pytest.raises(NoArticlesError, match="there are no articles in"):
        fake_index(folder.parent / "empty")
    assert texts(fake_store) == {"one.txt": ONE}


def test_copies_share_one_text(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """Two files of one text are two articles, and the text is embedded and kept once."""
    put(folder / "one.txt", ONE)
    put(folder / "copy.txt", ONE)
    embedder = HashingEmbedder()
    assert kinds(fake_index(folder, embedder=embedder).report) == {"added": 2}
    assert embedder.embedded == [ONE]
    with looking(fake_store) as snapshot:
        assert (snapshot.count("article"), snapshot.count("text")) == (2, 1)


def test_text_outlives_one_of_its_copies(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A text stays, with its passages, as long as one file has it."""
    file = put(folder / "one.txt", ONE)
    put(folder / "copy.txt", ONE)
    fake_index(folder)
    before = passage_ids(fake_store)
    file.unlink()
    assert kinds(fake_index(folder).report) == {"removed": 1, "unchanged": 1}
    assert texts(fake_store) == {"copy.txt": ONE}
    assert passage_ids(fake_store) == before


def test_unreadable_file_stays_as_it_was(
    fake_index: Index, fake_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be read is a failure of the run, and its old text stays."""
    file = put(folder / "one.txt", ONE)
    put(folder / "two.txt", TWO)
    fake_index(folder)
    put(file, THREE, tick=1)
    make_unreadable(monkeypatch, "one.txt")
    result = fake_index(folder)
    assert kinds(result.report) == {"failed": 1, "unchanged": 1}
    assert [(failure.path, failure.reason) for failure in result.failures] == [(file, "permission denied")]
    assert texts(fake_store) == {"one.txt": ONE, "two.txt": TWO}


def test_unreadable_file_is_taken_up_when_it_can_be_read(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """After a run that could not read a changed file, the next run reads it."""
    file = put(folder / "one.txt", ONE)
    fake_index(folder)
    put(file, THREE, tick=1)
    with pytest.MonkeyPatch.context() as monkeypatch:
        make_unreadable(monkeypatch, "one.txt")
        fake_index(folder)
    assert kinds(fake_index(folder).report) == {"changed": 1}
    assert texts(fake_store) == {"one.txt": THREE}


def test_unreadable_file_is_read_with_the_fields_of_meanwhile(
    fake_index: Index, fake_store: Store, folder: Path
) -> None:
    """What other names of fields are for is read with them as soon as it can be read."""
    put(folder / "one.jsonl", '{"text": "It met.", "story": "It voted."}\n')
    put(folder / "two.txt", TWO)
    fake_index(folder)
    with pytest.MonkeyPatch.context() as monkeypatch:
        make_unreadable(monkeypatch, "one.jsonl")
        fake_index(folder, fields={"text": "story"})
    assert texts(fake_store)["one.jsonl"] == "It met."
    fake_index()
    assert texts(fake_store)["one.jsonl"] == "It voted."


def test_new_unreadable_file_does_not_stop_the_run(
    fake_index: Index, fake_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other files are indexed where a new one cannot be read."""
    put(folder / "one.txt", ONE)
    put(folder / "two.txt", TWO)
    make_unreadable(monkeypatch, "one.txt")
    assert kinds(fake_index(folder).report) == {"added": 1, "failed": 1}
    assert texts(fake_store) == {"two.txt": TWO}


def test_vanished_root_stops_the_run(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A folder that is not there, as a disk that is not mounted, is an error and loses no article."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    folder.rename(folder.parent / "elsewhere")
    with pytest.raises(UsageError, match="any more"):
        fake_index()
    assert texts(fake_store) == {"one.txt": ONE}


def test_root_that_cannot_be_looked_at_keeps_its_articles(
    fake_index: Index, fake_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows what is in a folder over a network that fails: that is told of the folder, and not of the index."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    stat = Path.stat

    def fail(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path == folder:
            raise OSError(errno.EIO, "Input/output error")
        return stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", fail)
    result = fake_index()
    assert [(failure.path, failure.reason) for failure in result.failures] == [(folder, "input/output error")]
    monkeypatch.setattr("index.build.CUTTER_VERSION", 99)  # so that all would have to be read again
    with pytest.raises(NoArticlesError, match="no articles are found"):
        fake_index()
    assert texts(fake_store) == {"one.txt": ONE}


def test_folder_in_a_named_folder_is_kept_once(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """Of folders that lie in each other the outermost is remembered."""
    (folder / "part").mkdir()
    put(folder / "part" / "one.txt", ONE)
    fake_index(folder / "part", folder, folder)
    with looking(fake_store) as snapshot:
        settings = snapshot.settings()
    assert settings is not None
    assert settings.roots == (fake_store.shorten(folder),)


def test_file_that_cannot_be_decoded_leaves_the_index(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A file whose new bytes are not text is a failure, and its old text is not quoted any more."""
    file = put(folder / "one.txt", ONE)
    put(folder / "two.txt", TWO)
    fake_index(folder)
    put(file, b"\xff\xfeodd", tick=1)
    result = fake_index(folder)
    assert [failure.path for failure in result.failures] == [file]
    assert kinds(result.report) == {"failed": 1, "removed": 1, "unchanged": 1}
    assert texts(fake_store) == {"two.txt": TWO}


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty"), (b" \n\t\r\n", "empty"), (b"\xef\xbb\xbf", "empty"), (b"\0\1\2\3", "binary")],
    ids=["empty", "blank", "bom", "binary"],
)
def test_file_without_text_is_skipped(
    fake_index: Index, fake_store: Store, folder: Path, data: bytes, reason: str
) -> None:
    """Empty and binary files are skipped with their reason, also at the next run, and no failure."""
    put(folder / "one.txt", ONE)
    put(folder / "none.txt", data)
    result = fake_index(folder)
    assert kinds(result.report) == {"added": 1, "skipped": 1}
    assert result.skipped.counts == {reason: 1}
    assert fake_index(folder).skipped.examples == {reason: [folder / "none.txt"]}
    assert texts(fake_store) == {"one.txt": ONE}


def test_file_without_text_is_not_read_again(fake_index: Index, folder: Path, reads: list[str]) -> None:
    """An empty and a binary file are known to be such, and counted as skipped without a look inside."""
    put(folder / "empty.txt", b"")
    put(folder / "binary.txt", b"\0\1\2")
    fake_index(folder)
    reads.clear()
    assert kinds(fake_index(folder).report) == {"skipped": 2}
    assert reads == []


def test_file_without_text_may_become_an_article(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A file that was empty is indexed when it is filled."""
    put(folder / "one.txt", b"")
    put(folder / "two.txt", TWO)
    fake_index(folder)
    put(folder / "one.txt", ONE, tick=1)
    fake_index(folder)
    assert texts(fake_store) == {"one.txt": ONE, "two.txt": TWO}


def test_emptied_file_leaves_the_index(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A file that lost its text is skipped, and its old text is gone."""
    put(folder / "one.txt", ONE)
    put(folder / "two.txt", TWO)
    fake_index(folder)
    put(folder / "one.txt", b"", tick=1)
    assert kinds(fake_index(folder).report).get("skipped") == 1
    assert texts(fake_store) == {"two.txt": TWO}


def test_emptied_file_is_counted_as_removed(fake_index: Index, folder: Path) -> None:
    """The report tells of every article that an index has lost."""
    put(folder / "one.txt", ONE)
    put(folder / "two.txt", TWO)
    fake_index(folder)
    put(folder / "one.txt", b"", tick=1)
    assert kinds(fake_index(folder).report).get("removed") == 1


def test_excluded_files_are_not_indexed(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A pattern leaves files out, and they are counted."""
    put(folder / "one.txt", ONE)
    put(folder / "draft-two.txt", TWO)
    result = fake_index(folder, exclude=("draft-*",))
    assert result.skipped.counts == {"excluded": 1}
    assert texts(fake_store) == {"one.txt": ONE}


def test_newly_excluded_file_is_removed(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A pattern that is given later takes out what was indexed before."""
    put(folder / "one.txt", ONE)
    put(folder / "two.txt", TWO)
    fake_index(folder)
    assert kinds(fake_index(folder, exclude=("two.*",)).report) == {"removed": 1, "skipped": 1, "unchanged": 1}
    assert texts(fake_store) == {"one.txt": ONE}


def test_dropped_root_is_removed(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """Files outside the folders that a run was given are not in the index any more."""
    other = folder.parent / "other"
    other.mkdir()
    put(folder / "one.txt", ONE)
    put(other / "two.txt", TWO)
    fake_index(folder, other)
    assert kinds(fake_index(folder).report) == {"removed": 1, "unchanged": 1}
    assert texts(fake_store) == {"one.txt": ONE}


def test_nothing_to_index_is_an_error_that_says_what_was_skipped(fake_index: Index, folder: Path) -> None:
    """A folder without articles ends the first run, with the counts of what it holds instead."""
    put(folder / "photo.jpg", b"jpeg")
    put(folder / ".hidden.txt", ONE)
    with pytest.raises(NoArticlesError, match=r"no articles in .*articles \(skipped: 1 hidden, 1 unknown type\)"):
        fake_index(folder)


def test_guessed_encoding_is_a_warning(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A legacy encoding is indexed with a warning that names it."""
    text = "The café in Zürich reopened – “at last”, its owner said on Friday."
    file = put(folder / "one.txt", text.encode("cp1252"))
    result = fake_index(folder)
    assert [(warning.path, warning.reason) for warning in result.warnings] == [(file, "not UTF-8, read as cp1252")]
    assert texts(fake_store) == {"one.txt": text}


def test_interrupted_run_is_taken_up(
    fake_index: Index, fake_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a broken-off run had embedded is not embedded again, and was not published either."""
    monkeypatch.setattr("index.staging.BATCH_PASSAGES", 1)
    put(folder / "one.txt", ONE)
    put(folder / "two.txt", TWO)
    with pytest.raises(KeyboardInterrupt):
        fake_index(folder, embedder=FailingEmbedder("flood"))
    with looking(fake_store) as snapshot:
        assert (snapshot.settings(), snapshot.count("article")) == (None, 0)
    embedder = HashingEmbedder()
    assert kinds(fake_index(folder, embedder=embedder).report) == {"added": 2}
    assert embedder.embedded == [TWO]


def test_interrupted_run_leaves_the_published_index(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A run that breaks off changes nothing that a question sees."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    before = contents(fake_store)
    put(folder / "one.txt", TWO, tick=1)
    with pytest.raises(KeyboardInterrupt):
        fake_index(folder, embedder=FailingEmbedder("flood"))
    assert contents(fake_store) == before


def test_failed_publication_changes_nothing(
    fake_index: Index, fake_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the vectors cannot be written, the index stays the one it was."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    before = contents(fake_store)

    def refuse(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("index.run.fold", refuse)
    put(folder / "one.txt", TWO, tick=1)
    with pytest.raises(KeyboardInterrupt):
        fake_index(folder)
    assert contents(fake_store) == before


def test_progress_counts_the_bytes_that_are_read(fake_store: Store, folder: Path) -> None:
    """Progress hears of the bytes of the files to be read, of each file, and of the end."""
    put(folder / "one.txt", "Ten bytes.")
    put(folder / "two.txt", "Six by")
    progress = CountingProgress()
    update_index(
        fake_store,
        BuildOptions(roots=(folder,), embedder=HASHING),
        notify=lambda _: None,
        progress=progress,
        open_embedder=lambda _: HashingEmbedder(),
    )
    assert progress.told == ["begin 16", "advance 10", "advance 6", "end"]


def test_renamed_file_says_what_its_new_name_says(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A date in a file's name goes with the name, and nothing is embedded again."""
    put(folder / "2024-11-15 council.txt", ONE)
    fake_index(folder)
    (folder / "2024-11-15 council.txt").rename(folder / "2023-01-02 council.txt")
    embedder = HashingEmbedder()
    assert kinds(fake_index(folder, embedder=embedder).report) == {"renamed": 1}
    with looking(fake_store) as snapshot:
        (place,) = snapshot.places_at("articles/2023-01-02 council.txt")
        assert place.date == ArticleDate("2023-01-02", DateOrigin.FILE_NAME)
    assert embedder.embedded == []
