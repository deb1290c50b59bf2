"""The fitting of a reader's confidence, on questions whose right sentences are known by their margins."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qa.confidence import Calibration, probability, rank, signs
from qa.evaluate.corpus import LeaveOut
from qa.evidence import FEATURES
from qa.reader_folder import ReaderFolder
from qa.readers import SHIPPED_FOLDER
from tests.measure.fit_calibration import (
    ODD_ANSWERS,
    fit,
    fit_logistic,
    fit_upward,
    main,
    reader_in,
)
from tests.measure.weighed import Condition, Example, keep, take_up

_QUESTIONS = 60
_RANKING = (0.5, 1.0, *([0.0] * (len(FEATURES) - 2)))


def _example(random: np.random.Generator, *, present: bool) -> Example:
    """Return a question with three sentences, of which the first answers, if any; it mostly has the best margin."""
    features = random.uniform(0, 0.5, (3, len(FEATURES)))
    features[:, 0] = random.normal(-4, 1.5, 3)
    if present:
        features[0, 0] += 7
        features[0, 1] += 0.3
    return Example(features, ("one", "two", "three"), np.array([present, False, False]), present, not present)


def _parts() -> dict[Condition, list[Example]]:
    random = np.random.default_rng(7)
    return {
        (many, kind): [_example(random, present=kind is None or at % 2 == 0) for at in range(_QUESTIONS)]
        for many in (True, False)
        for kind in (None, *LeaveOut)
    }


def _sure_of(examples: list[Example], calibration: Calibration) -> list[float]:
    """Return how probable each question's first sentence is to answer."""
    ranked = [(e, rank(e.features, calibration.ranking)) for e in examples]
    return [probability(signs(e.features, ranks, e.answers), calibration) for e, ranks in ranked]


def test_right_answers_are_probable_and_absent_ones_are_refused() -> None:
    """The fitted confidence is high where the sentence is right, and the threshold lets few absent ones through."""
    parts = _parts()
    fitted = fit(parts)
    assert fitted.ranking[0] > 0
    both = [e for many in (True, False) for e in parts[many, LeaveOut.ARTICLES]]
    away = np.array(_sure_of([e for e in both if not e.present], fitted))
    there = np.array(_sure_of([e for e in both if e.present], fitted))
    assert there.mean() > 0.8
    assert away.mean() < 0.2
    # The threshold is rounded, and a quantile may lie beside a question.
    assert (away >= fitted.threshold + 0.005).mean() <= ODD_ANSWERS + 1 / len(away)


def test_what_was_weighed_is_taken_up(tmp_path: Path) -> None:
    """What is kept is fitted to as if it had just been collected; a question of which nothing was read stays."""
    parts = _parts()
    nothing = Example(np.zeros((0, len(FEATURES))), (), np.zeros(0, dtype=np.bool_), True, False)
    parts[True, LeaveOut.ARTICLES].append(nothing)
    keep(tmp_path / "weighed.json", parts)
    again = take_up(tmp_path / "weighed.json")
    assert list(again) == list(parts)
    for kind, examples in parts.items():
        for one, other in zip(examples, again[kind], strict=True):
            assert np.array_equal(one.features, other.features)
            assert np.array_equal(one.right, other.right)
            assert (one.answers, one.present, one.left_out) == (other.answers, other.present, other.left_out)
    del parts[True, LeaveOut.ARTICLES][-1]
    keep(tmp_path / "weighed.json", parts)
    assert fit(take_up(tmp_path / "weighed.json")) == fit(parts)


def test_no_sign_speaks_against_an_answer() -> None:
    """A sign that goes with wrong answers has no weight, and the others are fitted as if it were not there."""
    random = np.random.default_rng(7)
    right = (random.uniform(size=300) < 0.6).astype(float)
    signs_for, against = right + random.normal(size=300), -right + random.normal(size=300)
    inputs = np.column_stack([signs_for, against])
    assert fit_logistic(inputs, right)[1] < 0
    weight, none, bias = fit_upward(inputs, right)
    assert none == 0
    assert [weight, bias] == pytest.approx(fit_logistic(signs_for[:, None], right))
    assert fit_upward(against[:, None], right)[0] == 0


def test_what_reading_tells_never_speaks_against_a_sentence() -> None:
    """Where it would, its weight is 0: what is hoped for before reading is no bound else."""
    parts = _parts()
    for example in (example for part in parts.values() for example in part):
        example.features[0, -1] -= 1
    assert fit(parts).ranking[-1] == 0


def test_given_ranking_is_kept() -> None:
    """What ranks the sentences stays as it is given; confidence and threshold are fitted to it."""
    fitted = fit(_parts(), _RANKING)
    assert fitted.ranking == _RANKING
    assert any(fitted.weights)
    assert 0 < fitted.threshold < 1


def test_exported_reader_is_copied_to_be_fitted(tmp_path: Path) -> None:
    """A reader that is exported already is not exported again, and stays as it was."""
    before = SHIPPED_FOLDER.settings.read_bytes()
    copied = reader_in(str(SHIPPED_FOLDER.path), tmp_path / "reader")
    assert copied.fingerprint == SHIPPED_FOLDER.fingerprint
    settings = copied.read_settings(remedy="none")
    copied.write_settings(replace(settings, calibration=replace(settings.calibration, threshold=0.5)))
    assert ReaderFolder(tmp_path / "reader").read_settings(remedy="none").calibration.threshold == 0.5
    assert SHIPPED_FOLDER.settings.read_bytes() == before


def test_ranking_of_a_reader_that_has_none_is_not_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A model that is not exported has no ranking; to keep it is refused before anything is made."""
    with pytest.raises(SystemExit):
        main([str(tmp_path), "dev.json", "--output", str(tmp_path / "reader"), "--keep-ranking"])
    assert "no ranking to keep" in capsys.readouterr().err
    assert not (tmp_path / "reader").exists()
