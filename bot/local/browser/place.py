"""One element of Block Kit in its place: what it is called and what it holds."""

from dataclasses import dataclass

from bot.local.browser.markup import Attributes
from bot.local.browser.scene import Json, Scene
from bot.local.browser.texts import plain
from bot.local.browser.values import current_value, initial_state


@dataclass(frozen=True)
class Label:
    """What an input block says about its element, by the ids of the words on the page."""

    id: str
    hint_id: str | None = None
    is_required: bool = False


class Place:
    """One element in its place: what it is called, what it holds now."""

    def __init__(self, element: Json, block_id: str, scene: Scene, label: Label | None) -> None:
        self.element = element
        self.scene = scene
        self.action_id = str(element.get("action_id") or "")
        self.id = scene.element_id(block_id, self.action_id)
        self.label = label
        state = scene.values.get(block_id, {}).get(self.action_id)
        self.held: Json = initial_state(element) if state is None else state
        """Its state in the form of Slack's `state.values`."""
        self.value = current_value(element, self.held, scene.zone)

    def named(self, fallback: str, **attributes: str | int | bool | None) -> Attributes:
        """The attributes of a group of controls, with its name for those who cannot see it."""
        label = self.label
        return {
            "id": self.id,
            "aria-labelledby": label.id if label else None,
            "aria-label": None if label else self.placeholder or fallback,
            "aria-describedby": label.hint_id if label else None,
            "data-focus": self.element.get("focus_on_load") is True,
            **attributes,
        }

    def control(self, fallback: str, **attributes: str | int | bool | None) -> Attributes:
        """The same for one control, which can be said to be required."""
        required = "true" if self.label and self.label.is_required else None
        return {**self.named(fallback, **attributes), "aria-required": required}

    @property
    def placeholder(self) -> str:
        return plain(self.element.get("placeholder"))

    @property
    def chosen(self) -> frozenset[str]:
        values = self.value if isinstance(self.value, list) else [self.value]
        return frozenset(value for value in values if value)
