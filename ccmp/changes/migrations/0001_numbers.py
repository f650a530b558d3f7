"""One sequence for the changes of all tables, so that they stand in one order."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [migrations.RunSQL("CREATE SEQUENCE changes_number AS bigint", "DROP SEQUENCE changes_number")]
