"""Kill, crowd and churn an index, and hold that nothing is lost and nothing leaks."""
