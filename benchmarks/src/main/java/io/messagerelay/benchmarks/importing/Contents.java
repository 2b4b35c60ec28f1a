package io.messagerelay.benchmarks.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.benchmarks.store.StorePlace;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * All that a store has, in short: two stores with equal contents have the same rows.
 *
 * @param digest SHA-256 over every column of every event, in their order
 */
record Contents(long rows, String digest) {
  private static final String ALL =
      "SELECT id, received_time, payload_kind, event_id, type, payload, event_key, traceparent,"
          + " digest FROM event WHERE id > ? ORDER BY id LIMIT 10000";
  private static final int FIRST_TEXT = 4;
  private static final int LAST_TEXT = 8;
  private static final int DIGEST = 9;

  /** Page by page: neither driver then keeps all of it in memory. */
  static Contents of(StorePlace place) throws SQLException {
    MessageDigest digest = sha256();
    long rows = 0;
    try (Connection connection = place.connect();
        PreparedStatement select = connection.prepareStatement(ALL)) {
      long last = 0;
      for (long before = -1; before < rows; ) {
        before = rows;
        select.setLong(1, last);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            last = row.getLong(1);
            add(digest, row);
            rows++;
          }
        }
      }
    }
    return new Contents(rows, HexFormat.of().formatHex(digest.digest()));
  }

  private static void add(MessageDigest digest, ResultSet row) throws SQLException {
    var numbers = ByteBuffer.allocate((FIRST_TEXT - 1) * Long.BYTES);
    for (int column = 1; column < FIRST_TEXT; column++) {
      numbers.putLong(row.getLong(column));
    }
    digest.update(numbers.array());
    for (int column = FIRST_TEXT; column <= LAST_TEXT; column++) {
      String text = row.getString(column);
      add(digest, text == null ? null : text.getBytes(UTF_8));
    }
    add(digest, row.getBytes(DIGEST));
  }

  /** With its length, so that no two rows run into each other; -1 for none. */
  private static void add(MessageDigest digest, byte @Nullable [] bytes) {
    int length = bytes == null ? -1 : bytes.length;
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    if (bytes != null) {
      digest.update(bytes);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
