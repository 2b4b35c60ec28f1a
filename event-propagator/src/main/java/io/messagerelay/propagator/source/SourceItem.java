package io.messagerelay.propagator.source;

/**
 * One item of a source.
 *
 * @param body its bytes, as they stand there
 * @param place where it stands, for a person: {@code data.json[3]}
 */
public record SourceItem(byte[] body, String place) {}
