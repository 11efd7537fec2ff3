#!/usr/bin/env python3
"""Peer-to-peer chat: python3 classmate.py [--dialect NAME] [--idle SECONDS] PORT, with users.txt beside it.

Type friend/text. Two copies with the same dialect understand each other; --list prints the names of the dialects.
One process, one loop: select() sleeps until a socket or the keyboard has something to say, and no socket blocks.
"""
import argparse
import math
import os
import select
import socket
import struct
import sys
import time
from collections import deque, namedtuple
from enum import Enum
from pathlib import Path

KEYBOARD = 0
MOST_ACCEPTED = 5
CONNECT_SECONDS = 2
LONGEST_MESSAGE = 1 << 20  # bytes: who sends more without an end is no friend
RECORD_BYTES = 8192
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: to close is to reset

# Where a message ends. The words are explained where they are used: in send() and in extract().
Framing = Enum("Framing", "LINE_FEED NUL NONE ONE_READ TWO_AT_ONCE BYTE_BY_BYTE NUL_BYTE_BY_BYTE"
                          " ONE_READ_UP_TO_LINE_FEED RECORD CLEAN_RECORD UNTERMINATED EACH_READ_DECODED")
# Whose message it is: the message tells, or the connection does.
Naming = Enum("Naming", "SENDER ADDRESS SOURCE_PORT RECEIVER COLON GREETING")
# Over which connection a message goes.
Connecting = Enum("Connecting", "ONE FROM_OWN_PORT REPLIES ONE_PER_MESSAGE CLOSED_AT_ONCE NEVER_CLOSED")

Dialect = namedtuple("Dialect", "framing naming connecting", defaults=(Naming.SENDER, Connecting.ONE))

DIALECTS = {
    "line": Dialect(Framing.LINE_FEED),
    "no-end": Dialect(Framing.NONE),
    "one-read": Dialect(Framing.ONE_READ),
    "nul": Dialect(Framing.NUL),
    "by-address": Dialect(Framing.LINE_FEED, Naming.ADDRESS),
    "by-address-no-end": Dialect(Framing.NONE, Naming.ADDRESS),
    "by-source-port": Dialect(Framing.LINE_FEED, Naming.SOURCE_PORT, Connecting.FROM_OWN_PORT),
    "replies": Dialect(Framing.LINE_FEED, connecting=Connecting.REPLIES),
    "as-typed": Dialect(Framing.LINE_FEED, Naming.RECEIVER),
    "connection-per-message": Dialect(Framing.NONE, connecting=Connecting.ONE_PER_MESSAGE),
    "connection-per-message-closed-at-once": Dialect(Framing.LINE_FEED, connecting=Connecting.CLOSED_AT_ONCE),
    "connection-per-message-no-end": Dialect(Framing.NONE, connecting=Connecting.CLOSED_AT_ONCE),
    "two-at-once": Dialect(Framing.TWO_AT_ONCE),
    "byte-by-byte": Dialect(Framing.BYTE_BY_BYTE),
    "nul-byte-by-byte": Dialect(Framing.NUL_BYTE_BY_BYTE, Naming.ADDRESS),
    "records": Dialect(Framing.RECORD),
    "clean-records": Dialect(Framing.CLEAN_RECORD, Naming.ADDRESS),
    "told-records": Dialect(Framing.RECORD, Naming.ADDRESS),
    "colon": Dialect(Framing.LINE_FEED, Naming.COLON),
    "greeting": Dialect(Framing.LINE_FEED, Naming.GREETING),
    "wants-line-feed": Dialect(Framing.ONE_READ_UP_TO_LINE_FEED),
    "unterminated": Dialect(Framing.UNTERMINATED),
    "decodes-each-read": Dialect(Framing.EACH_READ_DECODED),
    "never-closed": Dialect(Framing.LINE_FEED, connecting=Connecting.NEVER_CLOSED),
}

BYTE_BY_BYTE = Framing.BYTE_BY_BYTE, Framing.NUL_BYTE_BY_BYTE
RECORDS = Framing.RECORD, Framing.CLEAN_RECORD
ENDS_WITH_NUL = Framing.NUL, Framing.NUL_BYTE_BY_BYTE, Framing.UNTERMINATED, *RECORDS
PER_MESSAGE = Connecting.ONE_PER_MESSAGE, Connecting.CLOSED_AT_ONCE
BOTH_DIRECTIONS = Connecting.REPLIES, Connecting.FROM_OWN_PORT  # there is only one between two ports
KEPT = Connecting.ONE, *BOTH_DIRECTIONS


def show(line):
    """Controls are shown, never obeyed: what strangers send must not reach the terminal."""
    print("".join(c if c.isprintable() else repr(c)[1:-1] for c in line), flush=True)


class Connection:
    """A client socket if it was opened here, else an accepted connection; it has a name once that is known."""

    def __init__(self, sock, name, is_opened):
        self.sock, self.name, self.is_opened, self.is_connecting = sock, name, is_opened, is_opened
        self.expires = time.monotonic() + CONNECT_SECONDS
        self.received, self.buffer = b"", bytearray()
        self.unsent, self.texts = deque(), []  # one entry for each send(), and what was typed
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)

    def fileno(self):
        return self.sock.fileno()


class Chat:
    def __init__(self, dialect, me, table, server, idle):
        self.dialect, self.me, self.own_place, self.server, self.idle = dialect, me, table[me], server, idle
        self.friends = {name: place for name, place in table.items() if name != me}
        self.connections, self.keyboard, self.typed = [], [KEYBOARD], b""
        is_clean = dialect.framing is Framing.CLEAN_RECORD
        self.record = bytearray(RECORD_BYTES if is_clean else b"\0older: /words\n" * RECORD_BYTES)[:RECORD_BYTES]
        server.setblocking(False)

    def turn(self):
        readers = [c for c in self.connections if not c.is_connecting]
        writers = [c for c in self.connections if c.is_connecting or c.unsent]
        first = min((c.expires for c in self.connections), default=math.inf)
        wait = None if first == math.inf else max(0, first - time.monotonic())
        readable, writable, _ = select.select(readers + self.keyboard + [self.server], writers, [], wait)
        for connection in [c for c in readers if c in readable]:
            self.read(connection)                                            # P2
        if self.server in readable:
            self.accept()                                                    # P1
        if KEYBOARD in readable:
            self.read_keyboard()                                             # P3.1, P3.2
        for connection in [c for c in self.connections if c in writable]:
            self.write(connection)                                           # P3.3
        for connection in [c for c in self.connections if c.expires <= time.monotonic()]:
            self.close(connection, "no answer")                              # P4

    def accept(self):
        try:
            sock, place = self.server.accept()
        except OSError:
            return  # it has gone again
        name = self.name_at(place)
        accepted = [c for c in self.connections if not c.is_opened]
        if len(accepted) >= MOST_ACCEPTED and self.dialect.connecting is not Connecting.NEVER_CLOSED:
            # A stranger, or the same friend's older connection, makes room: the one that was silent for longest.
            others = [c for c in accepted if c.name not in self.friends or c.name == name]
            if not others:
                sock.close()
                return
            self.close(min(others, key=lambda c: c.expires), "there is no room")
        self.prolong(self.add(sock, name, is_opened=False))

    def add(self, sock, name, is_opened):
        if self.dialect.connecting is Connecting.FROM_OWN_PORT:
            # A reset leaves no TIME_WAIT behind: the same two ports can connect again at once.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.connections.append(Connection(sock, name, is_opened))
        return self.connections[-1]

    def name_at(self, place):
        """Whose place it is, if the dialect asks that."""
        asks_port = self.dialect.naming is Naming.SOURCE_PORT
        if asks_port or self.dialect.naming in (Naming.ADDRESS, Naming.RECEIVER):
            for name, (address, port) in self.friends.items():
                if address == place[0] and (port == place[1] or not asks_port):
                    return name
        return None

    def read(self, connection):
        """Whatever has come. Where each read is a message, this is one read."""
        data, has_ended, is_decoded = b"", False, self.dialect.framing is Framing.EACH_READ_DECODED
        try:
            while not has_ended and len(data) <= LONGEST_MESSAGE:
                piece = connection.sock.recv(1024 if is_decoded else 1 << 16)
                if is_decoded:  # a fault: a character that is in two reads is lost
                    piece = piece.decode("utf-8", "replace").encode()
                data, has_ended = data + piece, not piece
        except BlockingIOError:
            pass  # that is all for now
        except OSError:
            has_ended = True  # a reset is an end like any other
        for message in self.extract(connection, data) if data else []:
            self.understand(connection, message.decode("utf-8", "replace"))
        if data and not connection.is_opened and self.dialect.connecting in PER_MESSAGE:
            has_ended = True  # it has said all
        if has_ended or len(connection.received) > LONGEST_MESSAGE:
            self.close(connection, "it has left")
        elif data:
            self.prolong(connection)

    def extract(self, connection, data):
        """The messages in what was read."""
        framing = self.dialect.framing
        if framing in (Framing.NONE, Framing.ONE_READ) or self.dialect.connecting in PER_MESSAGE:
            return [data.removesuffix(b"\n")]
        if framing is Framing.ONE_READ_UP_TO_LINE_FEED:
            return data.split(b"\n")[:1] if b"\n" in data else []
        if framing in RECORDS:
            records = [data[at:at + RECORD_BYTES] for at in range(0, len(data), RECORD_BYTES)]
            return [record.partition(b"\0")[0] for record in records]
        if framing is Framing.UNTERMINATED:
            connection.buffer[:len(data)] = data  # over what was read before
            return [bytes(connection.buffer).partition(b"\0")[0]]
        end = b"\0" if framing in ENDS_WITH_NUL else b"\n"
        *messages, connection.received = (connection.received + data).split(end)
        return messages

    def understand(self, connection, message):
        naming, sender, text = self.dialect.naming, connection.name, message
        if naming is Naming.GREETING and sender is None:
            connection.name = message
            return
        if naming in (Naming.SENDER, Naming.COLON):
            first, separator, rest = message.partition("/" if naming is Naming.SENDER else ": ")
            sender, text = (first, rest) if separator else (None, message)
            if separator and not connection.is_opened:
                connection.name = sender
        elif naming is Naming.RECEIVER:
            receiver, _, text = message.partition("/")
            sender = sender if receiver == self.me else "nobody"
        show(f"{sender or 'a stranger'}: {text}")

    def read_keyboard(self):
        try:
            data = os.read(KEYBOARD, 1 << 16)
        except OSError:
            data = b""  # the terminal has hung up
        self.keyboard = [KEYBOARD] if data else []
        *lines, self.typed = (self.typed + data).split(b"\n")
        for line in lines:
            name, slash, text = line.decode("utf-8", "replace").partition("/")
            if name in self.friends and slash:
                self.send(self.connection_to(name), text)
            elif line:
                show(f"* not sent: write friend/text; your friends: {', '.join(self.friends)}")

    def connection_to(self, name):
        """The client socket that exists, or a new one."""
        for connection in self.connections[::-1] if self.dialect.connecting in KEPT else []:
            if connection.name == name and (connection.is_opened or self.dialect.connecting in BOTH_DIRECTIONS):
                if not connection.is_connecting:
                    self.read(connection)  # it may have ended since
                if connection in self.connections:
                    return connection
        sock, is_from_own_port = socket.socket(), self.dialect.connecting is Connecting.FROM_OWN_PORT
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, is_from_own_port)
        try:
            sock.bind((self.own_place[0], self.own_place[1] if is_from_own_port else 0))
        except OSError:
            pass  # the table has an address that this machine does not know as its own
        connection = self.add(sock, name, is_opened=True)
        sock.connect_ex(self.friends[name])  # select() tells when it is done, or has failed
        if self.dialect.naming is Naming.GREETING:
            connection.unsent.append(f"{self.me}\n".encode())
        return connection

    def send(self, connection, text):
        """The message as it goes over the wire. A record is the whole buffer, with what was in it before."""
        framing, unsent = self.dialect.framing, connection.unsent
        prefix = {Naming.SENDER: f"{self.me}/", Naming.COLON: f"{self.me}: ", Naming.RECEIVER: f"{connection.name}/"}
        end = "\0" if framing in ENDS_WITH_NUL else "" if framing is Framing.NONE else "\n"
        message = f"{prefix.get(self.dialect.naming, '')}{text}{end}".encode()
        if framing in RECORDS:
            self.record[:len(message)] = message
            message = bytes(self.record[:RECORD_BYTES])
        if framing is Framing.TWO_AT_ONCE and unsent:
            unsent[-1] += message  # it was typed together with that one
        else:
            unsent.extend([bytes([one]) for one in message] if framing in BYTE_BY_BYTE else [message])
        connection.texts.append(text)

    def write(self, connection):
        """As much as there is room for. Where connecting has failed, this is where it shows."""
        unsent = connection.unsent
        try:
            while unsent:
                unsent[0] = unsent[0][connection.sock.send(unsent[0]):]
                connection.is_connecting = False
                if not unsent[0]:
                    unsent.popleft()
            connection.texts.clear()
            if self.dialect.connecting is Connecting.ONE_PER_MESSAGE:
                connection.sock.shutdown(socket.SHUT_WR)  # who has read the message closes
        except BlockingIOError:
            pass  # the rest goes when there is room again
        except OSError as problem:
            self.close(connection, problem.strerror)
            return
        self.prolong(connection)
        if not unsent and self.dialect.connecting is Connecting.CLOSED_AT_ONCE:
            self.close(connection, "all is said")

    def prolong(self, connection):
        """Who has opened it closes it first; if it is a client socket on both sides, either may."""
        if self.dialect.connecting is Connecting.NEVER_CLOSED:
            connection.expires = math.inf
        else:
            is_client_socket = connection.is_opened or self.dialect.connecting in BOTH_DIRECTIONS
            connection.expires = time.monotonic() + (self.idle if is_client_socket else 2 * self.idle)

    def close(self, connection, why):
        for text in connection.texts:
            show(f"* {connection.name} is offline ({why}): not sent: {text}")
        self.connections.remove(connection)
        connection.sock.close()


def read_table(file):
    """The user_info table: address and port by name."""
    rows = [line.partition("#")[0].split() for line in file.read_text("utf-8").splitlines()]
    return {name: (address, int(port)) for name, address, port in filter(None, rows)}


def is_own(address):
    """Whether this machine has the address."""
    with socket.socket() as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
        return True


def main():
    parser = argparse.ArgumentParser(description="Peer-to-peer chat with the friends in users.txt.")
    parser.add_argument("port", type=int, nargs="?", help="your own, by which the table knows you")
    parser.add_argument("--dialect", choices=DIALECTS, default="line", metavar="NAME", help="one of those of --list")
    parser.add_argument("--idle", type=float, default=60, metavar="SECONDS", help="of silence that close a connection")
    parser.add_argument("--list", action="store_true", help="print the names of the dialects")
    arguments = parser.parse_args()
    if arguments.list:
        print("\n".join(DIALECTS))
        return
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    dialect, table = DIALECTS[arguments.dialect], read_table(Path(__file__).with_name("users.txt"))
    # Of the users with this port it is the one whose address this machine has.
    with_port = [name for name, place in table.items() if place[1] == arguments.port]
    me = max(with_port, key=lambda name: is_own(table[name][0]), default=None)
    if me is None:
        sys.exit(f"classmate.py: no line of users.txt has port {arguments.port}")
    is_shared = dialect.connecting is Connecting.FROM_OWN_PORT  # its client sockets have the same port
    try:
        server = socket.create_server(("", arguments.port), reuse_port=is_shared)  # with SO_REUSEADDR
    except OSError as problem:
        sys.exit(f"classmate.py: {problem}")
    chat = Chat(dialect, me, table, server, arguments.idle)
    show(f"* you are {me}; your friends: {', '.join(chat.friends)}; write friend/text")
    while True:
        chat.turn()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass  # Ctrl-C is how one leaves
