"""Dependencies and workflows."""
