import pytest


@pytest.fixture(autouse=True)
def anchors(settings, tmp_path):
    """The file outside of the database, a fresh one."""
    settings.AUDIT_ANCHORS = tmp_path / "anchors.log"
    return settings.AUDIT_ANCHORS
