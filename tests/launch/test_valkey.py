"""The embedded Valkey: the same address for Celery and for a client, and back after kill -9."""

import os
import signal
from pathlib import Path

import redis
from celery import Celery

from casusregie.launch import folder, process, valkey


def test_celery_and_redis_reach_the_same_server(data: Path) -> None:
    url = valkey.ensure(data)
    client = redis.Redis.from_url(valkey.client_url(data))
    with Celery(broker=url).connection_for_write() as connection:
        queue = connection.SimpleQueue("casusregie-test")
        queue.put({"row": 1})
        assert client.llen("casusregie-test") == 1
        assert queue.get(timeout=5).payload == {"row": 1}
        queue.close()


def test_comes_back_after_kill_9(data: Path, home: Path) -> None:
    valkey.ensure(data)
    os.kill(int((folder.socket_folder(home) / "valkey.pid").read_text()), signal.SIGKILL)
    assert process.wait_until(lambda: not valkey.listening(data), 5)
    valkey.ensure(data)
    assert redis.Redis.from_url(valkey.client_url(data)).ping()
    valkey.stop(data)
    assert not valkey.listening(data)
