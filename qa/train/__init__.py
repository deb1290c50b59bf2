"""Train a span reader on SQuAD-format data: needs the extra `[train]`; nothing here is imported to answer."""
