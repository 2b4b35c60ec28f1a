package io.messagerelay.consumer.query;

import io.messagerelay.contract.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A place between two events of one store. As text it is 48 characters of base64url:
 *
 * <pre>
 *   version 1 byte · direction 1 byte · store id 16 bytes · position 8 bytes · check 10 bytes
 * </pre>
 *
 * The check finds altered text; it keeps nothing secret and proves nothing about who made it.
 *
 * @param storeId 32 lower-case hexadecimal digits
 * @param position the event that was read last; 0 for none
 * @param ascending whether the events after it come next, or those before it
 */
public record Cursor(String storeId, long position, boolean ascending) {
  private static final byte VERSION = 1;
  private static final int SIGNED_BYTES = 26;
  private static final int CHECK_BYTES = 10;
  private static final int TEXT_LENGTH = (SIGNED_BYTES + CHECK_BYTES) / 3 * 4;

  /** The cursor of a text that {@link #text} made; empty for any other text. */
  public static Optional<Cursor> of(String text) {
    if (text.length() != TEXT_LENGTH) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    ByteBuffer fields = ByteBuffer.wrap(bytes);
    boolean ours = fields.get() == VERSION && Arrays.equals(bytes, checked(bytes));
    boolean ascending = fields.get() == 0;
    byte[] storeId = new byte[16];
    fields.get(storeId);
    return ours
        ? Optional.of(new Cursor(HexFormat.of().formatHex(storeId), fields.getLong(), ascending))
        : Optional.empty();
  }

  public String text() {
    byte[] fields =
        ByteBuffer.allocate(SIGNED_BYTES)
            .put(VERSION)
            .put((byte) (ascending ? 0 : 1))
            .put(HexFormat.of().parseHex(storeId))
            .putLong(position)
            .array();
    return Base64.getUrlEncoder().encodeToString(checked(fields));
  }

  /** These fields with the check that belongs to them. */
  private static byte[] checked(byte[] fields) {
    byte[] signed = Arrays.copyOf(fields, SIGNED_BYTES);
    return ByteBuffer.allocate(SIGNED_BYTES + CHECK_BYTES)
        .put(signed)
        .put(Sha256.of(signed), 0, CHECK_BYTES)
        .array();
  }
}
