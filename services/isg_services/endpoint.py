"""Sockets of the channels, with every option set: what protocol/isg_protocol/channel.py says, as zmq.

Owns contexts, socket types, bounds and addresses. Invariant: a socket is only bound by who holds the
lock of the actor that binds it, because a second bind on an ipc path takes the first one's clients away
without a word. Deliberately absent: messages, and any loop. Not to be used before a fork.
"""

from __future__ import annotations

import contextlib

import zmq

from isg_client.place import Lock, Workspace
from isg_protocol import limit
from isg_protocol.channel import CHANNEL

CLIENTS_MAX = 8_192
"""MAX_SOCKETS of a context; the default is 1023."""

_BINDERS = {"ROUTER/DEALER": zmq.ROUTER, "PUSH/PULL": zmq.PULL, "PUB/SUB": zmq.XPUB}
_CONNECTORS = {"ROUTER/DEALER": zmq.DEALER, "PUSH/PULL": zmq.PUSH, "PUB/SUB": zmq.SUB}
# A message for a peer that is not there waits with us (a job, a fact) in place of in a dead connection.
_WORK = ("jobs", "facts")


def make_context() -> zmq.Context[zmq.Socket[bytes]]:
    """The process's one context."""
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
    context.set(zmq.MAX_SOCKETS, CLIENTS_MAX)
    return context


def bind(
    context: zmq.Context[zmq.Socket[bytes]],
    channel: str,
    workspace: Workspace,
    held: Lock,
    index: int = 0,
) -> zmq.Socket[bytes]:
    """The binding end of a channel. `held` is the lock of the binding actor (`Actor.held`).

    A file that a killed process left at the address is removed first. PUB/SUB gets an XPUB, whose
    subscription messages tell the writer who has just begun to listen.
    """
    assert held.path.exists(), "a socket is bound under the lock of its actor"
    made = _make(context, channel, _BINDERS[CHANNEL[channel].pattern])
    if channel == "jobs":
        made.setsockopt(zmq.ROUTER_MANDATORY, 1)  # a job for a worker that left is an error, not a loss
    if made.type == zmq.XPUB:
        made.setsockopt(zmq.XPUB_VERBOSE, 1)
    with contextlib.suppress(FileNotFoundError):
        workspace.socket_path(channel, index).unlink()
    made.bind(workspace.socket(channel, index))
    return made


def connect(
    context: zmq.Context[zmq.Socket[bytes]],
    channel: str,
    workspace: Workspace,
    index: int = 0,
    identity: bytes = b"",
) -> zmq.Socket[bytes]:
    """The connecting end. Never waits: the peer may come later, or leave and come again."""
    made = _make(context, channel, _CONNECTORS[CHANNEL[channel].pattern])
    if identity:
        made.setsockopt(zmq.IDENTITY, identity)
    if made.type == zmq.SUB:
        made.setsockopt(zmq.SUBSCRIBE, b"")
    made.connect(workspace.socket(channel, index))
    return made


def release(made: zmq.Socket[bytes], channel: str, workspace: Workspace, index: int = 0) -> None:
    """Close a bound socket and remove its file. Call it while the actor's lock is still held."""
    made.close()
    with contextlib.suppress(FileNotFoundError):
        workspace.socket_path(channel, index).unlink()


def _make(context: zmq.Context[zmq.Socket[bytes]], channel: str, kind: int) -> zmq.Socket[bytes]:
    made = context.socket(kind)
    hwm = CHANNEL[channel].hwm
    made.setsockopt(zmq.LINGER, limit.LINGER_MS)
    made.setsockopt(zmq.SNDHWM, hwm)
    made.setsockopt(zmq.RCVHWM, hwm)
    # Askers are strangers, the others are ours: the first are held to a request's size.
    bound = limit.REQUEST_BYTES_MAX if channel in ("queries", "control") else limit.FRAME_BYTES_MAX
    made.setsockopt(
        zmq.MAXMSGSIZE, bound if kind == zmq.ROUTER and channel != "jobs" else limit.FRAME_BYTES_MAX
    )
    made.setsockopt(zmq.RECONNECT_IVL, limit.RECONNECT_MIN_MS)
    made.setsockopt(zmq.RECONNECT_IVL_MAX, limit.RECONNECT_MAX_MS)
    if channel in _WORK:
        made.setsockopt(zmq.IMMEDIATE, 1)
    return made
