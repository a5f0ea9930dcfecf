"""Let ``python -m innohub`` be the command line."""

from innohub.cli import main

main()
