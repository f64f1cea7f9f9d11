"""From a request and a view to a reply: the one function behind the query actor and the embedded mode.

Owns the translation between messages and the pure answering of isg_graph, and the measured time in an
answer. Invariant: whatever the request holds, a reply comes out; a fault of ours is a Failure with the
code `internal`, never an exception. Deliberately absent: snapshots, sockets, parking (shell.py, local.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from isg_client.error import IsgError
from isg_graph.error import QueryError
from isg_graph.query.arguments import QueryArguments
from isg_graph.query.table import answer
from isg_graph.view import View
from isg_protocol import limit
from isg_protocol.message import Answer, Chunk, ContextQuery, ExportQuery, Failure, Query, Reply

ELAPSED_KEY = "elapsed_us"


def respond(
    view: View,
    request: Query | ContextQuery,
    *,
    lag_ms: int | None,
    stale_files: int,
    timeout_ms: int = limit.TIMEOUT_DEFAULT_MS,
    clock: Callable[[], int] = time.perf_counter_ns,
) -> Answer | Failure:
    """The reply to a question about one version. `timeout_ms` bounds the time that answering takes; the
    request's own is heeded where it is shorter. `clock` counts nanoseconds, and is called now and then while
    a long one is worked out. `elapsed_us` is left to `settle_elapsed` or answers.py."""
    try:
        if isinstance(request, ContextQuery):
            return Answer(value=_context(view, request, timeout_ms, clock))
        value = answer(view, _arguments(request, timeout_ms), clock)
        value["lag_ms"] = lag_ms
        value["stale_files"] = stale_files
        return Answer(value=value)
    except MemoryError:
        raise  # the process's fault, and its end
    except Exception as error:
        return failure_of(error)


def failure_of(error: Exception) -> Failure:
    """The failure that tells an exception to an asker."""
    if isinstance(error, QueryError):
        return Failure(
            code=error.code, message=error.message, hint=error.hint, candidates=list(error.candidates)
        )
    if isinstance(error, IsgError):
        return Failure(code=error.code, message=str(error), hint=error.hint, candidates=error.candidates)
    return Failure(
        code="internal",
        message=f"a fault in the query process: {type(error).__name__}: {error}"[:1000],
        hint="isg status; please report it with the question that was asked",
    )


def export_chunks(view: View, request: ExportQuery) -> Iterator[Chunk]:
    """The export of a view in chunks of about EXPORT_CHUNK_BYTES; the last one says so. Raises QueryError
    at the first step."""
    from isg_graph.export import export

    only = None
    if request.around:
        from isg_graph.query.around import around

        only = around(view, request.around, request.hops, request.all)
    held: list[bytes] = []
    size = 0
    index = 0
    for line in export(view, request.format, only):
        encoded = line.encode()
        held.append(encoded)
        size += len(encoded)
        if size >= limit.EXPORT_CHUNK_BYTES:
            yield Chunk(data=b"".join(held), last=False, version=view.version, index=index)
            held, size, index = [], 0, index + 1
    yield Chunk(data=b"".join(held), last=True, version=view.version, index=index)


def settle_elapsed(reply: Reply, began_ns: int) -> Reply:
    """Put the time from `began_ns` (perf_counter_ns) until now into an answer that has one."""
    if isinstance(reply, Answer) and ELAPSED_KEY in reply.value:
        del reply.value[ELAPSED_KEY]
        reply.value[ELAPSED_KEY] = _elapsed_us(began_ns)
    return reply


def _elapsed_us(began_ns: int) -> int:
    return (time.perf_counter_ns() - began_ns) // 1000


def _arguments(request: Query, timeout_ms: int) -> QueryArguments:
    if request.timeout_ms is not None and request.timeout_ms >= 0:
        timeout_ms = min(timeout_ms, request.timeout_ms)
    return QueryArguments(
        name=request.name,
        target=request.target,
        to=request.to,
        kind=request.kind,
        file=request.file,
        level=request.level,
        depth=request.depth,
        kinds=request.kinds,
        no_tests=request.no_tests,
        candidates=request.candidates,
        limit=request.limit,
        cursor=request.cursor,
        all=request.all,
        timeout_ms=request.timeout_ms if (request.timeout_ms or 0) < 0 else timeout_ms,
    )


def _context(view: View, request: ContextQuery, timeout_ms: int, clock: Callable[[], int]) -> dict[str, Any]:
    from isg_graph.context import answer_context, as_json

    context = answer_context(
        view,
        request.entities,
        budget_tokens=request.tokens,
        hops=request.hops,
        code=request.code,
        every=request.all,
        timeout_ms=timeout_ms,
        clock=clock,
    )
    return as_json(context)
