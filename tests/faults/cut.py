"""A connection that can be cut: a small TCP proxy between a browser and a server, with a knife."""

import contextlib
import socket
import threading
from urllib.parse import urlsplit

BEFORE, DURING, AFTER = "before", "during", "after"


class Line:
    """Passes everything on until told to cut at the next request that asks for `path`; then nothing until `mend`.

    before: the request never reaches the server. during: the server has all of it and works, the browser is cut off.
    after: the server has answered, the answer never arrives.
    """

    def __init__(self, target: str) -> None:
        self.target = (urlsplit(target).hostname or "", urlsplit(target).port or 80)
        self.listener = socket.create_server(("127.0.0.1", 0))
        # The same name as the server's: the browser's cookies belong to it.
        self.base = f"http://{self.target[0]}:{self.listener.getsockname()[1]}"
        self.when = ""
        self.path = b""
        self.is_down = False
        self.cuts = threading.Event()
        self.open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_at(self, path: str, when: str) -> None:
        """Cut once, when a form is sent to `path`."""
        self.cuts.clear()
        self.path, self.when = f"POST {path}".encode(), when

    def down(self) -> None:
        """Cut everything now."""
        self.is_down = True
        self.cuts.set()
        for end in list(self.open):
            self._close(end)

    def mend(self) -> None:
        """The connection is back."""
        self.when, self.is_down = "", False

    def close(self) -> None:
        """For good."""
        self.down()
        self.listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                browser, _address = self.listener.accept()
                if self.is_down:
                    browser.close()
                    continue
                threading.Thread(target=self._serve, args=(browser,), daemon=True).start()

    def _serve(self, browser: socket.socket) -> None:
        with contextlib.suppress(OSError), socket.create_connection(self.target) as server:
            self.open |= {browser, server}
            marked = threading.Event()
            threading.Thread(target=self._back, args=(server, browser, marked), daemon=True).start()
            while chunk := browser.recv(65536):
                if self.when and chunk.startswith(self.path):
                    if self.when == BEFORE:
                        break
                    marked.set()
                    self._whole(chunk, browser, server)
                    if self.when == DURING:
                        break
                    continue
                server.sendall(chunk)
            else:
                return
            self.down()

    def _whole(self, chunk: bytes, browser: socket.socket, server: socket.socket) -> None:
        """Pass on a request to its last byte."""
        head, _gap, body = chunk.partition(b"\r\n\r\n")
        length = next(
            int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length")
        )
        server.sendall(chunk)
        missing = length - len(body)
        while missing > 0:
            more = browser.recv(65536)
            server.sendall(more)
            missing -= len(more)

    def _back(self, server: socket.socket, browser: socket.socket, marked: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while chunk := server.recv(65536):
                if marked.is_set():
                    self.down()
                    return
                browser.sendall(chunk)
            browser.close()

    @staticmethod
    def _close(end: socket.socket) -> None:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
