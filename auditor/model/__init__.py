"""Nothing but types: what the rooms hand to each other."""
