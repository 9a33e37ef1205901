"""A line to a server that can be cut: after so many bytes of the server's, as networks do."""

import socket
import threading
from contextlib import suppress


class Line:
    """Passes everything on, until the server has said `cut_after` bytes; then both ends are dead."""

    def __init__(self, port: int, *, cut_after: int) -> None:
        self._target, self._left = port, cut_after
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._listening.accept()
                server = socket.create_connection(("127.0.0.1", self._target))
                threading.Thread(target=self._pass, args=(client, server), daemon=True).start()
                threading.Thread(target=self._pass_until_cut, args=(server, client), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while heard := one.recv(65536):
                other.sendall(heard)

    def _pass_until_cut(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while self._left > 0 and (heard := server.recv(min(65536, self._left))):
                self._left -= len(heard)
                client.sendall(heard)
        for end in (server, client):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
