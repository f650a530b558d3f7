"""From a child's file to a PDF: in Chinese, as offices read it, whatever language the reader's pages have."""

from datetime import date

from django.template.loader import render_to_string
from django.utils import translation

from ccmp.identifiers import new_id
from ccmp.people.models import User
from children.models import Child
from children.services.file_paper import paper_of

LANGUAGE = "zh-hans"


def print_file(child: Child, reader: User, *, on: date) -> bytes:
    """The PDF of one file. It is made in a second or two, and lies on no disk."""
    from ccmp.web.pdf import (  # WeasyPrint takes a second to import, and most workers never print
        characters_lacking,
        pdf_of,
    )

    with translation.override(LANGUAGE):
        paper = paper_of(child, reader, on=on)
        lacking = [f"{one} (U+{ord(one):04X})" for one in characters_lacking(paper.words)]
        html = render_to_string("children/paper.html", {"paper": paper, "lacking": lacking})
    return pdf_of(html, identifier=new_id().bytes)
