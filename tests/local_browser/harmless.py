"""Reads drawn HTML as a browser would and refuses whatever could do something."""

from html.parser import HTMLParser

_VOID = {"br", "hr", "img", "input"}
_SVG = {"svg", "path", "circle", "rect", "line", "polygon", "text"}
_TAGS = {
    *(
        "a",
        "article",
        "blockquote",
        "button",
        "caption",
        "code",
        "details",
        "div",
        "em",
        "figcaption",
        "figure",
    ),
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "label",
        "li",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "s",
        "select",
    ),
    *(
        "span",
        "strong",
        "summary",
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "th",
        "thead",
        "time",
        "tr",
    ),
    *("u", "ul"),
    *_VOID,
    *_SVG,
}
_ATTRIBUTES = {
    *(
        "alt",
        "autocomplete",
        "checked",
        "class",
        "d",
        "disabled",
        "download",
        "for",
        "height",
        "hidden",
        "id",
    ),
    *(
        "label",
        "loading",
        "max",
        "maxlength",
        "min",
        "minlength",
        "name",
        "open",
        "placeholder",
        "points",
        "r",
    ),
    *(
        "rel",
        "role",
        "rows",
        "rx",
        "scope",
        "selected",
        "start",
        "step",
        "tabindex",
        "target",
        "title",
        "type",
    ),
    *("value", "viewbox", "width", "x", "x1", "x2", "y", "y1", "y2", "cx", "cy"),
}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _TAGS, f"<{tag}>"
        for name, value in attrs:
            self._check_attribute(tag, name, value or "")
        if tag not in _VOID:
            self.open.append(tag)

    def _check_attribute(self, tag: str, name: str, value: str) -> None:
        if name == "href":
            assert value.startswith(("http://", "https://", "mailto:", "/client/", "/browser/files/")), value
            assert not value.startswith("//")
        elif name == "src":
            assert tag == "img"
            assert value.startswith("/"), value
            assert not value.startswith("//"), value
        else:
            assert name in _ATTRIBUTES or name.startswith(("data-", "aria-")), f"{tag} {name}"
        if name == "target":
            assert value == "_blank"

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes what is not ours"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


def words_of(html: str) -> str:
    """The words in the HTML, which is first found to be harmless and well nested."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return "".join(reader.words)
