"""What is uploaded: in memory alone, and no more of it than any form takes."""

from typing import Any

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

from ccmp.web.uploads import MOST


def uploaded(*contents: bytes) -> list[Any]:
    files = [SimpleUploadedFile(f"{place}.csv", content) for place, content in enumerate(contents)]
    return RequestFactory().post("/", {"file": files}).FILES.getlist("file")


def test_a_file_is_kept_in_memory_however_large_django_thinks_it_is():
    [file] = uploaded(b"x" * 5_000_000)

    assert isinstance(file, InMemoryUploadedFile)
    assert (file.size, file.read()) == (5_000_000, b"x" * 5_000_000)


@pytest.mark.parametrize("sizes", [(MOST + 1,), (MOST - 5, 6)], ids=["one too large", "too much together"])
def test_of_more_than_any_form_takes_only_the_size_is_known(sizes):
    files = uploaded(*(b"x" * size for size in sizes))

    assert [file.size for file in files] == list(sizes)
    assert files[-1].read() == b""
    assert all(isinstance(file, InMemoryUploadedFile) for file in files)
