"""Databases of tests: made, filled with tables and taken away by the owner; tested as the program's own role."""

from typing import Any

from django.db.backends.postgresql import creation
from psycopg import sql


class DatabaseCreation(creation.DatabaseCreation):
    connection: Any  # the backend of this package, which stands on this module

    def create_test_db(self, *args: Any, **options: Any) -> str:
        with self.connection.as_owner():
            name = super().create_test_db(*args, **options)
            self._let_tests_empty_tables()
        return name

    def destroy_test_db(self, *args: Any, **options: Any) -> None:
        with self.connection.as_owner():
            super().destroy_test_db(*args, **options)

    def _let_tests_empty_tables(self) -> None:
        """A test that commits is tidied up after; the program itself empties no table."""
        role = str(self.connection.program_role)
        with self.connection.cursor() as cursor:
            for name in (role, f"{role}_whole"):
                cursor.execute(
                    sql.SQL("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {}").format(sql.Identifier(name))
                )
