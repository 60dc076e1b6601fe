"""What GitHub says no with."""

from typing import NoReturn


class Refusal(Exception):  # noqa: N818 - it is an answer, and no error of this program
    """An answer of the API that is none of success."""

    def __init__(self, status: int, message: str, *errors: dict[str, str]) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, object] = {
            "message": message,
            "documentation_url": "https://docs.github.com/rest",
            "status": str(status),
        }
        if errors:
            self.body["errors"] = list(errors)


def refuse(status: int, message: str = "Not Found") -> NoReturn:
    raise Refusal(status, message)


def refuse_field(resource: str, field: str, code: str = "invalid", message: str = "") -> NoReturn:
    """422, with what is wrong with a field."""
    error = {"resource": resource, "field": field, "code": code}
    raise Refusal(422, "Validation Failed", error | ({"message": message} if message else {}))
