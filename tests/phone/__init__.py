import pytest

pytest.register_assert_rewrite("tests.phone.same_page")  # so that it shows where two pages differ
