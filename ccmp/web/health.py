"""Is this process alive, and can it work? For the load balancer; public by name, and it says nothing of anybody."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.cache.backends.base import InvalidCacheBackendError
from django.db import OperationalError, connection
from django.http import HttpRequest, JsonResponse
from redis.exceptions import RedisError


@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"live": True})


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database and broker answer, 503 with what does not."""
    answers = {"database": _database_answers(), "broker": _broker_answers()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except OperationalError:
        return False


def _broker_answers() -> bool:
    try:
        cache.set("ready", 1, timeout=10)
        return bool(cache.get("ready") == 1)
    except (RedisError, InvalidCacheBackendError):
        return False
