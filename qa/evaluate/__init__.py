"""Measure answers, quotes, retrieval and confidence over question-answering datasets: `qa eval`."""
