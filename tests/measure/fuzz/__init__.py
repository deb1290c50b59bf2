"""Fuzz what reads bytes and text from strangers: loaders, splitter, chunker, questions, lines, what is shown."""
