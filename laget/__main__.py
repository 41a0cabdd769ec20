"""Lets `python -m laget` work where the console script is not on the path."""

import sys

from laget.site.cli import main

if __name__ == "__main__":
    sys.exit(main())
