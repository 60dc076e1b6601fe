"""Alembic's entry. `storage.migrate` hands it a connection; the alembic command line, an address.

alembic -x url=sqlite:///waymark.db revision --autogenerate -m "add a column"
"""

from alembic import context
from sqlalchemy import Connection

from storage.check_in_tables import schedules
from storage.database import Database
from storage.digest_tables import digests
from storage.page_tables import page_conflicts
from storage.public_tables import public_pages
from storage.publication_tables import publications
from storage.reminder_tables import reminders
from storage.slack_tables import people
from storage.term_tables import project_words

# Each of these modules adds its own to the one description of all tables.
_ALL = (
    people.metadata,
    schedules.metadata,
    digests.metadata,
    reminders.metadata,
    publications.metadata,
    page_conflicts.metadata,
    public_pages.metadata,
    project_words.metadata,
)


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=_ALL[0], render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    address = context.get_x_argument(as_dictionary=True).get("url", "sqlite:///waymark.db")
    with Database(address).change_schema() as tx:
        run(tx)
