"""Named offline checks of a value: check digits, checksums, structure. One file each, found by package scan."""
