"""What is measured, each in a process of its own: `qa` and its peers."""
