"""From an event payload to what is scanned, and from a report to what a pull request shows."""
