package io.messagerelay.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A valid event: every rule of {@link EventJson} holds for it.
 *
 * @param id unique in a store for as long as its row lives; fixed before the first attempt to
 *     deliver
 * @param type what happened, 1 to 255 code points
 * @param payload what it happened to
 * @param key events of one key keep their order; {@code null} for none
 * @param traceparent W3C trace context the event brought; {@code null} for none
 */
public record Event(
    String id, String type, Payload payload, @Nullable String key, @Nullable String traceparent) {

  /**
   * SHA-256 over kind, type and payload: two events with one id are the same event when these are
   * equal. Spacing, member order, escapes, key and trace context of the envelope do not matter.
   */
  public byte[] contentDigest() {
    MessageDigest digest = Sha256.digest();
    byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
    digest.update((byte) payload.kind().code());
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(typeBytes.length).array());
    digest.update(typeBytes);
    return digest.digest(payload.text().getBytes(StandardCharsets.UTF_8));
  }
}
