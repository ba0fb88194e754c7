"""A real Chromium, offline. Without one the tests are skipped and say so."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from gongfu.report.document import ResultDocument, Words
from gongfu.report.storage import read_document
from gongfu.report.write import write_report

MADE_UP = Path(__file__).parents[1] / "unit" / "report" / "made_up.json"
HOSTILE = "<script>document.title='hit'</script><img src=https://example.org/x.png>"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    named = os.environ.get("GONGFU_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium found: install Debian's chromium or set GONGFU_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def document() -> ResultDocument:
    return read_document(MADE_UP)


@pytest.fixture(scope="session")
def report(document: ResultDocument, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report") / "报告 一"
    write_report(document, folder)
    return folder


@pytest.fixture(scope="session")
def hostile_report(document: ResultDocument, tmp_path_factory: pytest.TempPathFactory) -> Path:
    words = Words(HOSTILE, HOSTILE)
    meta = replace(document.meta, title=words, warnings=(words,), command=HOSTILE)
    kept = {name: document.table(name) for name in ("accounts", "account_paths")}
    folder = tmp_path_factory.mktemp("hostile")
    write_report(replace(document, meta=meta, tables=kept), folder, ["en"])
    return folder


@dataclass
class Visit:
    """An open page with what it asked for and complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    contexts = []

    def open_page(file: Path, width: int = 1440, *, scripts: bool = True) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, offline=True, java_script_enabled=scripts
        )
        contexts.append(context)
        visit = Visit(context.new_page())
        visit.page.on("request", lambda request: visit.requests.append(request.url))
        visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
        visit.page.on("console", lambda m: m.type == "error" and visit.errors.append(m.text))
        visit.page.goto(file.as_uri())
        return visit

    yield open_page
    for context in contexts:
        context.close()
