"""Work of the door that a worker does."""

from celery import shared_task

from ccmp import moments
from ccmp.people.services import letters
from ccmp.people.services.sessions import tidy


@shared_task(name="people.send_letter", autoretry_for=(OSError,), retry_backoff=True, max_retries=4)
def send_letter(*, username: str, site: str) -> None:
    letters.send_letter(username=username, site=site)


@shared_task(name="people.tidy_the_door")
def tidy_the_door() -> None:
    tidy(at=moments.now())
