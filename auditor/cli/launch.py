"""Start the command line from a checkout, for the Action: run as `python -I`, so that only this checkout is added to the path."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

if __name__ == "__main__":
    from auditor.cli import main

    main()
