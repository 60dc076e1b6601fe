"""What storage refuses, as data; whoever shows it to a person finds the words."""


class StorageError(Exception):
    """The base of all errors that storage raises on purpose."""


class NotFoundError(StorageError):
    """`get_…` was asked for something that this workspace does not have."""

    def __init__(self, kind: str, key: object) -> None:
        super().__init__(f"no {kind} {key!r}")
        self.kind = kind
        self.key = key


class SchemaError(StorageError):
    """The database's schema is not the one that this version works with."""

    def __init__(self, found: str | None, wanted: str) -> None:
        super().__init__(f"schema is at {found or 'nothing'}, wanted {wanted}")
        self.found = found
        self.wanted = wanted

    @property
    def is_newer(self) -> bool:
        """The database is that of a newer version; migrations are numbered."""
        return self.found is not None and self.found > self.wanted


class UnknownSchemaError(SchemaError):
    """The database says of its schema what no version of Waymark writes there."""


class MigrationError(StorageError):
    """The database refused a migration, which was rolled back; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"not migrated: {reason}")
        self.reason = reason


class BrokenReferencesError(StorageError):
    """A change of the schema left rows that refer to others that are not there; it was rolled back."""

    def __init__(self, references: list[str]) -> None:
        super().__init__(f"rows refer to others that are not there: {', '.join(references)}")
        self.references = references


class UnreachableError(StorageError):
    """The database does not answer: a wrong address, a server that is down or too busy, a full disk."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address}: {reason}")
        self.address = address
        self.reason = reason


class DeadlockError(UnreachableError):
    """Two transactions waited for each other, and this one was rolled back: tried again, it may go well."""


class UnreadableTokenError(StorageError):
    """A token in the database cannot be decrypted: its key is gone, or the row was changed by other hands."""

    def __init__(self) -> None:
        super().__init__("a token cannot be decrypted with any of the keys")
