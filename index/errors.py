"""The errors that a user can cause or mend.

    QaError                     what went wrong, and what to do next
    ├── UsageError              the command, path or option given does not fit
    ├── QuestionError           the question cannot be asked
    ├── NoIndexError            there is no index here
    ├── NoArticlesError         nothing to index was found
    ├── ModelError              a model cannot be had, or is not the one it should be
    └── StoreError              the index cannot be used
        ├── StoreVersionError   it was made by another version
        │   └── StoreOutdatedError  by an older one, and an index run brings it up to date
        ├── StoreDamagedError   its files are not as they were written
        ├── StoreBusyError      another process is writing it
        ├── StoreFullError      the disk is full
        └── StoreAccessError    its files may not be read or written

`ArticleError` and `NotAnArticleError` are apart: they cost one file of a run, and the run goes on.
`Stopped` is what Ctrl-C raises, once the user has been told how far a run was.
"""


class QaError(Exception):
    """Say what went wrong, and in `remedy` what to do next; each is one line."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}\n{remedy}")
        self.problem = problem
        self.remedy = remedy


class UsageError(QaError):
    """The command, path or option given does not fit."""


class QuestionError(QaError):
    """The question cannot be asked."""


class NoIndexError(QaError):
    """There is no index here."""


class NoArticlesError(QaError):
    """Nothing to index was found."""


class ModelError(QaError):
    """A model cannot be had, or is not the one it should be."""


class StoreError(QaError):
    """The index cannot be used."""


class StoreVersionError(StoreError):
    """The index was made by another version."""


class StoreOutdatedError(StoreVersionError):
    """The index was made by an older version, and an index run brings it to the present format."""


class StoreDamagedError(StoreError):
    """The index's files are not as they were written."""


class StoreBusyError(StoreError):
    """Another process is writing the index."""


class StoreFullError(StoreError):
    """The disk that holds the index is full."""


class StoreAccessError(StoreError):
    """The index's files may not be read or written."""


class ArticleError(Exception):
    """Say why an article cannot be read; the run goes on without it and lists it as failed."""


class NotAnArticleError(Exception):
    """Say what a file is, if not an article; the run skips it and counts it."""


class Stopped(KeyboardInterrupt):
    """Ctrl-C stopped a run, and the user was told what it had done."""
