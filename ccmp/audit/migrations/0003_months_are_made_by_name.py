"""The program owns no table of the trail, and may yet have a month made, and one that is over and sealed put away."""

from django.db import migrations

MAKE = """
CREATE FUNCTION audit_make_month(name text, since timestamptz, until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF name !~ '^audit_auditentry_[0-9]{4}_[0-9]{2}$' THEN
        RAISE EXCEPTION '% is no month of the trail.', name USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF audit_auditentry FOR VALUES FROM (%L) TO (%L)', name, since, until);
    EXECUTE format('CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON %I EXECUTE FUNCTION audit_refuses()', name);
END $$;
"""

PUT_AWAY = """
CREATE FUNCTION audit_put_month_away(name text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    stays boolean;
BEGIN
    IF name !~ '^audit_auditentry_[0-9]{4}_[0-9]{2}$' THEN
        RAISE EXCEPTION '% is no month of the trail.', name USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I line WHERE NOT EXISTS (SELECT FROM audit_auditseal seal'
        ' WHERE seal.entry_id = line.id AND seal.entry_at = line.at))', name) INTO stays;
    IF stays THEN
        RAISE EXCEPTION 'Lines of % have no seal yet.', name USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('ALTER TABLE audit_auditentry DETACH PARTITION %I', name);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_the_sealed_trail")]

    operations = [
        migrations.RunSQL(MAKE, "DROP FUNCTION audit_make_month"),
        migrations.RunSQL(PUT_AWAY, "DROP FUNCTION audit_put_month_away"),
    ]
