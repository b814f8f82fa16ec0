"""One check is one file, in the folder of its group."""
