"""A whole organisation on this machine, and everything that `auditor org` promises about it, tried and measured."""
