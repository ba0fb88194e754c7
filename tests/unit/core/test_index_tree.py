from __future__ import annotations

from gongfu.core.index_tree import IndexNode, IndexTree, Indicator


def tree() -> IndexTree:
    nodes = (
        IndexNode("top", "上", "top", "index"),
        IndexNode("low", "下", "low", "top"),
        IndexNode("side", "侧", "side", "index"),
    )
    places = {"a": "low", "b": "low", "c": "top", "d": "side", "e": "index"}
    indicators = tuple(
        Indicator(name, name, name, parent, name, "1", "+", "试", "test", "nobody")
        for name, parent in places.items()
    )
    return IndexTree("index", "指数", "Index", nodes, indicators)


def test_children_are_dimensions_then_indicators():
    assert [child.name for child in tree().children("top")] == ["low", "c"]
    assert [child.name for child in tree().children("index")] == ["top", "side", "e"]


def test_every_node_stands_after_its_children():
    order = tree().upwards()
    assert order == ("low", "top", "side", "index")


def test_a_node_goes_with_its_last_indicator():
    smaller = tree().without("d")
    assert [node.name for node in smaller.nodes] == ["top", "low"]
    assert [one.name for one in smaller.indicators] == ["a", "b", "c", "e"]
    assert [node.name for node in tree().without("a").nodes] == ["top", "low", "side"]


def test_labels_by_language():
    whole = tree()
    assert (whole.label("zh"), whole.label("en")) == ("指数", "Index")
    assert (whole.nodes[0].label("zh"), whole.indicators[0].label("en")) == ("上", "a")
