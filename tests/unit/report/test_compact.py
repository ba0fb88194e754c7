from gongfu.report.page.compact import compact

HEAD = "<style>p{margin:0}</style>\n</head>"


def page(*pictures: str) -> str:
    return f"<head>{HEAD}<body>{''.join(pictures)}</body>"


def test_a_style_that_comes_back_is_written_once():
    mark = '<svg viewBox="0 0 1 1"><path d="M 0 0 \nL 1 1" style="fill: none; stroke: #fff"/></svg>'
    lean = compact(page(mark, mark))
    assert lean.count("fill:none;stroke:#fff") == 1
    assert lean.count('class="m0"') == 2
    assert "/*marks*/.m0{fill:none;stroke:#fff}/*end*/</style>\n</head>" in lean
    assert 'd="M 0 0 L 1 1"' in lean


def test_words_of_a_picture_stay_as_they_are():
    words = '<svg viewBox="0 0 1 1"><text style="fill: red">a  b &lt; c</text>\n <g/></svg>'
    assert '<text class="m0">a  b &lt; c</text><g/>' in compact(page(words))


def test_what_is_no_picture_is_not_touched():
    plain = page('<p style="color: red">a\n b</p>')
    assert compact(plain) == plain
