"""Block Kit as Slack draws it. A block that is not known, or not in order, leaves a note that says so."""

from collections.abc import Callable, Iterable

from markupsafe import Markup

from bot.local.browser.chart import draw_chart
from bot.local.browser.elements import draw_element
from bot.local.browser.markdown import draw_markdown
from bot.local.browser.markup import Attributes, el, join, link
from bot.local.browser.place import Label
from bot.local.browser.rich_text import draw_rich_text
from bot.local.browser.scene import Json, Scene
from bot.local.browser.tables import draw_data_table, draw_table
from bot.local.browser.texts import draw_image, draw_text, draw_title, plain

_LEVELS = range(1, 5)
_TASKS = {
    "pending": ("○", "to do"),
    "in_progress": ("◐", "in progress"),
    "complete": ("✓", "done"),
    "error": ("⚠", "failed"),
}
_MALFORMED = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError, ZeroDivisionError)
"""What reading a block raises when a part is missing or of another kind."""


def draw_blocks(blocks: Iterable[Json], scene: Scene, outer_id: str = "") -> Markup:
    return join(draw_block(block, scene, outer_id) for block in blocks)


def draw_block(block: Json, scene: Scene, outer_id: str = "") -> Markup:
    """One block. One without an id goes by that of the block it stands in."""
    kind = block.get("type")
    draw = _DRAWERS.get(str(kind))
    if draw is None:
        return _draw_note(f"This workspace cannot draw the block “{kind}”.")
    block_id = str(block.get("block_id") or outer_id)
    try:
        drawn = draw(block, block_id, scene)
    except _MALFORMED:
        return _draw_note(f"The block “{kind}” is not in order and cannot be drawn.")
    return el("div", {"class": f"block block-{str(kind).replace('_', '-')}"}, drawn)


def _draw_note(words: str) -> Markup:
    return el("div", {"class": "block unknown"}, words)


def _draw_section(block: Json, block_id: str, scene: Scene) -> Markup:
    parts = []
    if block.get("text"):
        parts.append(el("div", {"class": "text"}, draw_text(block["text"], scene)))
    if block.get("fields"):
        fields = [el("div", {"class": "field-text"}, draw_text(field, scene)) for field in block["fields"]]
        parts.append(el("div", {"class": "fields"}, *fields))
    body = el("div", {"class": "section-body"}, *parts)
    accessory = block.get("accessory")
    if not accessory:
        return body
    return body + el("div", {"class": "accessory"}, draw_element(accessory, block_id, scene))


def _draw_header(block: Json, _block_id: str, scene: Scene) -> Markup:
    """The name of the sender is no heading, so a message's own headings begin below the channel's."""
    level = int(block.get("level") or 1)
    attributes: Attributes = {"class": f"header header-{level if level in _LEVELS else 1}"}
    return el(
        f"h{min(level, 4) + 2}" if level in _LEVELS else "h3", attributes, draw_text(block["text"], scene)
    )


def _draw_context(block: Json, block_id: str, scene: Scene) -> Markup:
    parts = []
    for element in block["elements"]:
        if element["type"] == "image":
            parts.append(draw_element(element, block_id, scene))
        else:
            parts.append(el("span", {"class": "context-text"}, draw_text(element, scene)))
    return join(parts)


def _draw_actions(block: Json, block_id: str, scene: Scene) -> Markup:
    return join(draw_element(element, block_id, scene) for element in block["elements"])


def _draw_image_block(block: Json, _block_id: str, scene: Scene) -> Markup:
    caption = (
        el("div", {"class": "image-title"}, draw_title(block["title"], scene)) if block.get("title") else ""
    )
    return join([caption, draw_image(block, scene, "image")])


def _draw_input(block: Json, block_id: str, scene: Scene) -> Markup:
    element = block["element"]
    label_id = scene.element_id(block_id, "label")
    words = [draw_text(block["label"], scene)]
    if block.get("optional"):
        words.append(el("span", {"class": "optional"}, " (optional)"))
    # A group of boxes has no single control that a label could point at.
    target = (
        None if element["type"] in {"checkboxes", "radio_buttons"} else _control_id(element, block_id, scene)
    )
    hint_id = scene.element_id(block_id, "hint") if block.get("hint") else None
    label = Label(label_id, hint_id, is_required=not block.get("optional"))
    parts = [
        el("label", {"id": label_id, "for": target, "class": "input-label"}, *words),
        draw_element(element, block_id, scene, label),
        el("div", {"class": "hint", "id": hint_id}, draw_text(block["hint"], scene)) if hint_id else "",
    ]
    attributes: Attributes = {
        "class": "input",
        "data-input": block_id,
        "data-dispatch": block.get("dispatch_action") is True,
    }
    return el("div", attributes, *parts)


def _control_id(element: Json, block_id: str, scene: Scene) -> str:
    return scene.element_id(block_id, str(element.get("action_id") or ""))


def _draw_video(block: Json, _block_id: str, scene: Scene) -> Markup:
    """Never played: a video is always another host's. Its title leads there."""
    title = plain(block["title"])
    url = str(block.get("title_url") or block.get("video_url") or "")
    words = draw_title(block["description"], scene) if block.get("description") else ""
    mark = el("span", {"class": "video-mark", "aria-hidden": "true"}, "▶")
    body = el("div", None, el("div", {"class": "card-title"}, link(url, title)), el("div", None, words))
    return el("div", {"class": "video"}, mark, body)


def _draw_card(block: Json, block_id: str, scene: Scene) -> Markup:
    parts = []
    if block.get("hero_image"):
        parts.append(draw_image(block["hero_image"], scene, "image"))
    if block.get("icon"):
        parts.append(draw_image(block["icon"], scene, "image-small"))
    parts += [
        el("div", {"class": f"card-{name}"}, draw_title(block[name], scene))
        for name in ("title", "subtitle", "body", "subtext")
        if block.get(name)
    ]
    if block.get("actions"):
        buttons = [draw_element(element, block_id, scene) for element in block["actions"]]
        parts.append(el("div", {"class": "block-actions"}, *buttons))
    return el("div", {"class": "card"}, *parts)


def _draw_carousel(block: Json, block_id: str, scene: Scene) -> Markup:
    cards = [_draw_card(card, str(card.get("block_id") or block_id), scene) for card in block["elements"]]
    return el("div", {"class": "carousel", "role": "group", "tabindex": 0, "aria-label": "Cards"}, *cards)


def _draw_alert(block: Json, _block_id: str, scene: Scene) -> Markup:
    level = block.get("level")
    classes = f"alert alert-{level}" if level in {"info", "warning", "error", "success"} else "alert"
    return el("div", {"class": classes, "role": "note"}, draw_title(block["text"], scene))


def _draw_container(block: Json, block_id: str, scene: Scene) -> Markup:
    rich, title = block.get("rich_text_title"), block.get("title") or ""
    heads = [
        el("div", {"class": "card-title"}, draw_rich_text(rich, scene) if rich else draw_title(title, scene))
    ]
    if block.get("subtitle"):
        heads.append(el("div", {"class": "card-subtitle"}, draw_title(block["subtitle"], scene)))
    inner = draw_blocks(block["child_blocks"], scene, block_id)
    if block.get("is_collapsible"):
        opened = not block.get("default_collapsed")
        return el("details", {"class": "container", "open": opened}, el("summary", None, *heads), inner)
    return el("div", {"class": "container"}, *heads, inner)


def _draw_task(task: Json, _block_id: str, scene: Scene) -> Markup:
    mark, words = _TASKS[task["status"]]
    sources = [el("li", None, link(str(s["url"]), str(s["text"]))) for s in task.get("sources") or []]
    return el(
        "div",
        {"class": "task"},
        el("span", {"role": "img", "aria-label": words, "class": "task-mark"}, mark),
        " ",
        el("span", {"class": "card-title"}, str(task["title"])),
        *(draw_rich_text(task[name], scene) for name in ("details", "output") if task.get(name)),
        el("ul", None, *sources) if sources else "",
    )


def _draw_plan(block: Json, block_id: str, scene: Scene) -> Markup:
    tasks = [_draw_task(task, block_id, scene) for task in block.get("tasks") or []]
    return el("div", {"class": "card"}, el("div", {"class": "card-title"}, str(block["title"])), *tasks)


def _draw_file(block: Json, _block_id: str, _scene: Scene) -> Markup:
    return el("div", {"class": "card"}, "📄 A remote file: ", el("code", None, str(block["external_id"])))


_DRAWERS: dict[str, Callable[[Json, str, Scene], Markup]] = {
    "section": _draw_section,
    "header": _draw_header,
    "divider": lambda *_: el("hr"),
    "context": _draw_context,
    "context_actions": _draw_actions,
    "actions": _draw_actions,
    "image": _draw_image_block,
    "input": _draw_input,
    "rich_text": lambda block, _, scene: draw_rich_text(block, scene),
    "table": lambda block, _, scene: draw_table(block, scene),
    "data_table": lambda block, _, scene: draw_data_table(block, scene),
    "markdown": lambda block, _, __: draw_markdown(block["text"]),
    "data_visualization": lambda block, _, __: draw_chart(block),
    "video": _draw_video,
    "card": _draw_card,
    "carousel": _draw_carousel,
    "alert": _draw_alert,
    "container": _draw_container,
    "plan": _draw_plan,
    "task_card": _draw_task,
    "file": _draw_file,
}
