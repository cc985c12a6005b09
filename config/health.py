"""Whether the process lives, and whether it can serve: for machines."""

from uuid import uuid4

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The database and the cache answer too; 503 names the one that does not."""
    checks = {"database": _database_answers, "cache": _cache_answers}
    silent = [name for name, answers in checks.items() if not answers()]
    text = f"no answer: {', '.join(silent)}\n" if silent else "ok\n"
    status = 503 if silent else 200
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache_answers() -> bool:
    key = f"readyz:{uuid4()}"
    try:
        cache.set(key, 1, timeout=5)
        return bool(cache.get(key) == 1)
    except Exception:  # noqa: BLE001  every cache has its own
        return False
