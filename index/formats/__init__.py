"""Read files of every kind as articles; each module is imported only where a file needs it."""
