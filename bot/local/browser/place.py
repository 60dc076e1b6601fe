"""One element of Block Kit in its place: what it is called and what it holds."""

from bot.local.browser.markup import Attributes
from bot.local.browser.scene import Json, Scene
from bot.local.browser.texts import plain
from bot.local.browser.values import current_value


class Place:
    """One element in its place: what it is called, what it holds now."""

    def __init__(self, element: Json, block_id: str, scene: Scene, label_id: str | None) -> None:
        self.element = element
        self.scene = scene
        self.action_id = str(element.get("action_id") or "")
        self.id = scene.element_id(block_id, self.action_id)
        self._label_id = label_id
        state = scene.values.get(block_id, {}).get(self.action_id)
        self.value = current_value(element, state, scene.zone)

    def named(self, fallback: str, **attributes: str | int | bool | None) -> Attributes:
        """The attributes of a control, with its name for those who cannot see it."""
        return {
            "id": self.id,
            "aria-labelledby": self._label_id,
            "aria-label": None if self._label_id else self.placeholder or fallback,
            "data-focus": self.element.get("focus_on_load") is True,
            **attributes,
        }

    @property
    def placeholder(self) -> str:
        return plain(self.element.get("placeholder"))

    @property
    def chosen(self) -> frozenset[str]:
        values = self.value if isinstance(self.value, list) else [self.value]
        return frozenset(value for value in values if value)
