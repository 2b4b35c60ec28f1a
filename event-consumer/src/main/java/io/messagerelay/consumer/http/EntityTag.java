package io.messagerelay.consumer.http;

import io.messagerelay.contract.Sha256;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Arrays;
import java.util.Base64;

/**
 * Names one representation (RFC 9110 §8.8.3): a strong tag, of the digest of its bytes. That is
 * more than the digest that an event has of its type and payload, which says nothing of its
 * position: an event that was erased and sent again is another one.
 */
public record EntityTag(String text) {
  private static final int DIGEST_BYTES = 15;
  private static final String WEAK = "W/";

  public static EntityTag of(byte[] representation) {
    byte[] digest = Arrays.copyOf(Sha256.of(representation), DIGEST_BYTES);
    return new EntityTag('"' + Base64.getUrlEncoder().encodeToString(digest) + '"');
  }

  /** Whether the client has it already: {@code If-None-Match} compares weakly (§13.1.2). */
  public boolean isKnown(MultiMap headers) {
    return headers.getAll(HttpHeaders.IF_NONE_MATCH).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .map(tag -> tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag)
        .anyMatch(tag -> tag.equals("*") || tag.equals(text));
  }
}
