"""What a run would do is what it then does, and nothing is changed before."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.build import CUTTER_VERSION
from index.errors import NoArticlesError, StoreDamagedError, UsageError
from index.inputs import BuildOptions
from index.preview import Preview, preview_index
from index.store import Store
from tests.conftest import HASHING, Index
from tests.index.stored import home, index_folder, put


def counts(preview: Preview) -> dict[str, int]:
    """Return the counts that are not zero, named as a run's are."""
    found = {
        "added": len(preview.added),
        "changed": len(preview.changed),
        "renamed": len(preview.renamed),
        "removed": len(preview.removed),
        "unchanged": preview.unchanged,
        "skipped": preview.skipped.total(),
    }
    return {name: count for name, count in found.items() if count}


def files_of(store: Store) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(store.path.rglob("*")) if path.is_file()}


def test_before_the_first_run(tmp_path: Path, folder: Path) -> None:
    """Without an index every file would be added, and no index is made."""
    put(folder / "one.txt", "It met.")
    put(folder / "photo.jpg", b"\0")
    store = Store(tmp_path / ".qa")
    preview = preview_index(store, BuildOptions(roots=(folder,)))
    assert preview.added == (folder / "one.txt",)
    assert preview.skipped.examples == {"unknown type": [folder / "photo.jpg"]}
    assert not store.path.exists()


def test_changes_are_told_by_name(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """Added, changed, renamed and removed files are listed, and the index stays byte for byte as it was."""
    for name in ("changed", "kept", "old", "gone"):
        put(folder / f"{name}.txt", f"It is {name}.")
    put(folder / "empty.txt", "")
    put(folder / "filled.txt", "")
    fake_index(folder)
    put(folder / "filled.txt", "It is full.", tick=1)
    put(folder / "changed.txt", "It is another now.", tick=1)
    put(folder / "added.txt", "It is new.")
    (folder / "old.txt").rename(folder / "renamed.txt")
    (folder / "gone.txt").unlink()
    before = files_of(fake_store)
    preview = preview_index(fake_store, BuildOptions())
    assert preview.added == (folder / "added.txt", folder / "filled.txt")
    assert preview.changed == (folder / "changed.txt",)
    assert preview.renamed == ((folder / "old.txt", folder / "renamed.txt"),)
    assert preview.removed == (folder / "gone.txt",)
    assert preview.unchanged == 1
    assert preview.skipped.counts == {"empty": 1}
    assert files_of(fake_store) == before


def test_other_names_of_fields_are_a_reason_to_read_again(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """Where records' fields have other names than before, all files would be read again."""
    put(folder / "one.txt", "It met.")
    fake_index(folder)
    assert not preview_index(fake_store, BuildOptions()).anew
    assert preview_index(fake_store, BuildOptions(fields={"text": "story"})).anew


def test_what_a_run_would_refuse_is_refused(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A folder that is not there, or without articles, is told as a run would tell it."""
    put(folder / "one.txt", "It met.")
    fake_index(folder)
    (folder / "one.txt").rename(folder.with_name("one.txt"))
    with pytest.raises(NoArticlesError, match="any more"):
        preview_index(fake_store, BuildOptions())
    assert preview_index(fake_store, BuildOptions(allow_empty=True)).removed == (folder / "one.txt",)
    empty = folder.with_name("empty")
    with pytest.raises(UsageError, match=f"there is no {empty}\n"):
        preview_index(fake_store, BuildOptions(roots=(empty,)))
    empty.mkdir()
    with pytest.raises(NoArticlesError):
        preview_index(fake_store, BuildOptions(roots=(empty,)))


def test_starting_over_needs_no_index_that_can_be_read(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """What `--full` would make anew is previewed as new, whatever is there now."""
    put(folder / "one.txt", "It met.")
    fake_index(folder)
    fake_store.catalog.write_bytes(b"no catalog")
    with pytest.raises(StoreDamagedError):
        preview_index(fake_store, BuildOptions(roots=(folder,)))
    assert preview_index(fake_store, BuildOptions(roots=(folder,), full=True)).added == (folder / "one.txt",)


def test_another_embedder_is_a_reason_to_read_again(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """With another embedder all files are read again."""
    put(folder / "one.txt", "It met.")
    fake_index(folder)
    assert preview_index(fake_store, BuildOptions(embedder="another")).anew
    assert not preview_index(fake_store, BuildOptions(embedder=HASHING)).anew


def test_texts_that_were_cut_otherwise_are_a_reason_to_read_again(
    fake_index: Index, fake_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade that cuts passages in another way, all files are read again."""
    put(folder / "one.txt", "It met.")
    fake_index(folder)
    monkeypatch.setattr("index.preview.CUTTER_VERSION", CUTTER_VERSION + 1)
    assert preview_index(fake_store, BuildOptions()).anew


def test_clock_that_was_wrong_hides_no_change(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """Where the last run began in the future, files are compared by their bytes, as a run would."""
    put(folder / "one.txt", "It met.")
    with pytest.MonkeyPatch.context() as patch:
        ahead = time.time() + 3600
        patch.setattr("index.run.time.time", lambda: ahead)
        fake_index(folder)
    status = (folder / "one.txt").stat()
    put(folder / "one.txt", "It fed.")
    os.utime(folder / "one.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert preview_index(fake_store, BuildOptions()).changed == (folder / "one.txt",)


_NAMES = st.sampled_from(["a.txt", "b.txt", "c.txt", "d.txt"])
_FILES = st.dictionaries(_NAMES, st.sampled_from(["It met.", "It voted.", "It left."]))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_FILES, _FILES)
def test_run_does_what_was_told(
    fake_store: Store, tmp_path: Path, before: dict[str, str], after: dict[str, str]
) -> None:
    """From any folder to any other, what the preview counts is what the run after it counts."""
    with home(fake_store, tmp_path) as (store, folder):
        put(folder / "always.txt", "It stays.")
        for name, text in before.items():
            put(folder / name, text)
        index_folder(store, folder)
        for name in before:
            (folder / name).unlink()
        for name, text in after.items():
            put(folder / name, text, tick=1)
        told = counts(preview_index(store, BuildOptions()))
        result = index_folder(store, folder)
        done = {name: getattr(result.report, name) for name in ("added", "changed", "renamed", "removed", "unchanged")}
        assert told == {name: count for name, count in done.items() if count}
