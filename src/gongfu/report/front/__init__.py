"""What makes a printed page live: the bundled front end, and the data it draws from."""

from gongfu.report.front.bundle import Front, front_of

__all__ = ["Front", "front_of"]
