package peerchat;

/** Something that the loop can wait on for a few milliseconds: the peer-chat server or a connection. */
interface Source {
}
