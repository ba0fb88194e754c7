"""Entry point: answers ``--version`` before anything heavy is imported."""

from __future__ import annotations

import sys

from gongfu import __version__

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"gongfu {__version__}")
        return
    try:
        from gongfu.cli.app import run  # noqa: PLC0415

        run()
    except KeyboardInterrupt:  # before the command line could take it
        sys.exit(130)


if __name__ == "__main__":
    main()
