"""One self-contained HTML page: no network, no script, both languages."""

from gongfu.report.page.pictures import Bodies, bodies_of
from gongfu.report.page.render import render_page, render_pages

__all__ = ["Bodies", "bodies_of", "render_page", "render_pages"]
