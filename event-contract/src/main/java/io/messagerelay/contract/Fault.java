package io.messagerelay.contract;

/**
 * One thing that is wrong with an event.
 *
 * @param pointer where, as a JSON Pointer (RFC 6901) into the event; empty for the whole of it
 * @param detail what is wrong and what is allowed, for a person; never the payload
 */
public record Fault(String pointer, String detail) {}
