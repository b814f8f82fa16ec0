"""PyGithub, and nothing else of GitHub."""
