"""What others own."""
