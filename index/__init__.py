"""From files of articles to a searchable index."""
