"""Many repositories: plan, execution, store, portfolio."""
