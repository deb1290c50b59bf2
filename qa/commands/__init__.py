"""The subcommands of `qa`, a module each: `add` names its options, `run` does it."""
