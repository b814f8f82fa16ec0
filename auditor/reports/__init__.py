"""From one `AuditReport` to text: one module for each format, found by the package scan. Nothing here writes a file."""
