import re

from gongfu.report.figures import NARROW, WIDE, draw
from gongfu.report.page import bodies_of

TEXTS = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)


def test_no_word_or_number_of_a_picture_changes_on_its_way_into_the_page(zh):
    for key, chart in zh.items():
        body = bodies_of(chart, draw(chart, WIDE)).picture
        if body:
            whole = draw(chart, NARROW).save("svg", whole=False).decode("utf-8")
            assert TEXTS.findall(str(body)) == TEXTS.findall(whole), key


def test_places_of_marks_are_kept_to_a_hundredth_of_a_point(zh):
    chart = next(iter(zh.values()))
    body = str(bodies_of(chart, draw(chart, WIDE)).picture)
    tags = "".join(re.findall(r"<(?!svg)[^>]+>", body))
    assert not re.search(r"(?<![\w#.])\d+\.\d{3,}(?![\w.])", tags)
