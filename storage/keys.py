"""The keys that tokens are encrypted with before they come into the database (cryptography's MultiFernet).

Each row says by `key_id` which key its tokens are encrypted with. So a start knows in one statement whether
a key is missing, and a worker which rows are still to be encrypted with the newest key.
"""

import hashlib
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from storage.errors import StorageError, UnreadableTokenError

_ID_LENGTH = 12


class BadKeyError(StorageError):
    """One of the keys is none, by its place among them, from 1; its text is nobody's business."""

    def __init__(self, number: int, count: int) -> None:
        super().__init__(f"key {number} of {count} is no Fernet key")
        self.number = number
        self.count = count


class Keys:
    """The first one encrypts, and all of them decrypt. They never show in `repr`."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Raises BadKeyError."""
        fernets = []
        for number, text in enumerate(texts, start=1):
            try:
                fernets.append(Fernet(text))
            except ValueError:
                raise BadKeyError(number, len(texts)) from None
        self._fernet = MultiFernet(fernets)
        self.ids = tuple(_id_of(text) for text in texts)

    @property
    def newest_id(self) -> str:
        """That of the key that encrypts."""
        return self.ids[0]

    def encrypt(self, token: str) -> str:
        return self._fernet.encrypt(token.encode()).decode()

    def decrypt(self, encrypted: str) -> str:
        """Raises UnreadableTokenError."""
        try:
            return self._fernet.decrypt(encrypted.encode()).decode()
        except InvalidToken:
            raise UnreadableTokenError from None


def new_key() -> str:
    """A key that nobody else has."""
    return Fernet.generate_key().decode()


def read_keys(text: str) -> Keys:
    """From keys that are separated by commas. Raises BadKeyError."""
    return Keys([part.strip() for part in text.split(",") if part.strip()] or [""])


def _id_of(key: str) -> str:
    """What a key is known by: it tells nothing of the key, which is 32 random bytes."""
    return hashlib.sha256(key.encode()).hexdigest()[:_ID_LENGTH]
