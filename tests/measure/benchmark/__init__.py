"""The public benchmark: how fast, how large and how good `qa` is beside its peers, in one run."""
