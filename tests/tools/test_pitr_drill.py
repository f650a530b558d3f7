import re

from tools import pitr_drill


def test_a_lost_database_comes_back_as_it_was_at_a_moment(capsys):
    assert pitr_drill.main(["--rows", "500"]) == 0

    said = capsys.readouterr().out
    assert re.search(r"^Copied the whole server while it worked: \d+\.\d s\.$", said, re.MULTILINE)
    assert re.search(r"^Brought back on another server .*: \d+\.\d s, 500 of 500 rows\.$", said, re.MULTILINE)
