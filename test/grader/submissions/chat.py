#!/usr/bin/env python3
"""Peer-to-peer chat: python3 chat.py PORT [--idle SECONDS], with users.txt (name, address, port) beside it.

Type friend/text. One process, one loop: select() sleeps until a socket or the keyboard has something to say, and no
socket blocks, so nobody waits for anybody else. A message on the wire is "sender/text" and a line feed.
"""
import argparse
import os
import select
import socket
import sys
import time
from pathlib import Path

KEYBOARD = 0
MOST_ACCEPTED = 5
LONGEST_LINE = 1 << 20  # bytes: who sends more without a line feed is no friend
CONNECT_SECONDS = 3


def show(line):
    """Controls are shown, never obeyed: what strangers send must not reach the terminal."""
    print("".join(c if c.isprintable() else repr(c)[1:-1] for c in line), flush=True)


class Connection:
    """A client socket, which has the name of a friend, or an accepted connection, which has none."""

    def __init__(self, sock, name, patience):
        self.sock, self.name, self.expires = sock, name, time.monotonic() + patience
        self.is_connecting, self.received, self.unsent = name is not None, b"", b""
        sock.setblocking(False)

    def fileno(self):
        return self.sock.fileno()


class Chat:
    def __init__(self, me, server, friends, idle):
        self.me, self.server, self.friends, self.idle = me, server, friends, idle
        self.connections, self.keyboard, self.typed = [], [KEYBOARD], b""
        server.setblocking(False)

    def turn(self):
        readers = [c for c in self.connections if not c.is_connecting]
        writers = [c for c in self.connections if c.is_connecting or c.unsent]
        wait = min((max(0, c.expires - time.monotonic()) for c in self.connections), default=None)
        readable, writable, _ = select.select(readers + self.keyboard + [self.server], writers, [], wait)
        if self.server in readable:
            self.accept()                                                    # P1
        for connection in [c for c in readers if c in readable]:
            self.read(connection)                                            # P2
        if KEYBOARD in readable:
            self.read_keyboard()                                             # P3.1, P3.2
        for connection in [c for c in self.connections if c in writable]:
            self.write(connection)                                           # P3.3
        for connection in [c for c in self.connections if c.expires <= time.monotonic()]:
            self.close(connection, "no answer")                              # P4

    def accept(self):
        try:
            sock = self.server.accept()[0]
        except OSError:
            return  # it has gone again
        if sum(c.name is None for c in self.connections) < MOST_ACCEPTED:
            self.connections.append(Connection(sock, None, 2 * self.idle))  # who has opened it closes it first
        else:
            sock.close()

    def read(self, connection):
        try:
            data = connection.sock.recv(65536)
        except OSError:
            data = b""  # a reset is an end like any other
        *lines, connection.received = (connection.received + data).split(b"\n")
        for line in lines:
            sender, slash, text = line.decode("utf-8", "replace").rstrip("\r").partition("/")
            show(f"{sender}: {text}" if slash else f"somebody: {sender}")
        if data and len(connection.received) <= LONGEST_LINE:
            self.prolong(connection)
        else:
            self.close(connection, "it has left")

    def read_keyboard(self):
        try:
            data = os.read(KEYBOARD, 65536)
        except OSError:
            data = b""  # the terminal has hung up
        self.keyboard = [KEYBOARD] if data else []
        *lines, self.typed = (self.typed + data).split(b"\n")
        for line in lines:
            name, slash, text = line.decode("utf-8", "replace").partition("/")
            if name in self.friends and slash:
                self.client_socket(name).unsent += f"{self.me}/{text}\n".encode()
            elif line:
                show(f"* not sent: write friend/text; your friends: {', '.join(self.friends)}")

    def client_socket(self, name):
        for connection in self.connections:
            if connection.name == name:
                return connection
        connection = Connection(socket.socket(), name, CONNECT_SECONDS)
        connection.sock.connect_ex(self.friends[name])  # under way: select() tells when it is done, or has failed
        self.connections.append(connection)
        return connection

    def write(self, connection):
        """As much as there is room for. Where connecting has failed, this is where it shows."""
        try:
            connection.unsent = connection.unsent[connection.sock.send(connection.unsent):]
            connection.is_connecting = False
            self.prolong(connection)
        except OSError as problem:
            self.close(connection, problem.strerror)

    def prolong(self, connection):
        connection.expires = time.monotonic() + (self.idle if connection.name else 2 * self.idle)

    def close(self, connection, why):
        for line in connection.unsent.decode("utf-8", "replace").splitlines():
            show(f"* {connection.name} is offline ({why}): not sent: {line.partition('/')[2]}")
        self.connections.remove(connection)
        connection.sock.close()


def read_table(file):
    """The user_info table: address and port by name."""
    rows = [line.partition("#")[0].split() for line in file.read_text("utf-8").splitlines()]
    return {name: (address, int(port)) for name, address, port in filter(None, rows)}


def listen(port, table):
    """Who one is, and the server: of the users with this port, the one whose address this machine has."""
    problem = f"no line of users.txt has port {port}"
    for name in [name for name, place in table.items() if place[1] == port]:
        try:
            return name, socket.create_server(table[name])  # with SO_REUSEADDR
        except OSError as error:
            problem = error
    sys.exit(f"chat.py: {problem}")


def main():
    parser = argparse.ArgumentParser(description="Peer-to-peer chat with the friends in users.txt.")
    parser.add_argument("port", type=int, help="your own, by which the table knows you")
    parser.add_argument("--idle", type=float, default=60, metavar="SECONDS", help="of silence that close a connection")
    arguments = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    table = read_table(Path(__file__).with_name("users.txt"))
    me, server = listen(arguments.port, table)
    chat = Chat(me, server, {name: place for name, place in table.items() if name != me}, arguments.idle)
    show(f"* you are {me}; your friends: {', '.join(chat.friends)}; write friend/text")
    while True:
        chat.turn()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass  # Ctrl-C is how one leaves
