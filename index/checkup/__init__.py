"""Look an index over: each module examines one part of it."""
