package io.messagerelay.propagator.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.source.Polled;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows are settled by the index of their key, whatever its type is. */
final class MysqlKeysTest {
  /** More than a statement takes. */
  private static final int ROWS = 230;

  private static final OutboxPlace PLACE = MysqlPlace.shared();

  static {
    PLACE.make(Done.DELETE);
  }

  @AfterAll
  static void close() {
    PLACE.close();
  }

  static Stream<Arguments> types() {
    Stream<String> types =
        Stream.of(
            "INT",
            "BIGINT UNSIGNED",
            "CHAR(36) CHARACTER SET ascii COLLATE ascii_bin",
            "VARCHAR(36) CHARACTER SET latin1",
            "VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
            "VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
            "BINARY(16)",
            "VARBINARY(20)");
    boolean knowsUuids = PLACE.query("SELECT VERSION()").getFirst().contains("MariaDB");
    return Stream.concat(types, knowsUuids ? Stream.of("UUID") : Stream.empty())
        .flatMap(type -> Stream.of(Done.values()).map(done -> Arguments.of(type, done)));
  }

  /** One that is not read by its index waits for the row that is not committed, and fails. */
  @ParameterizedTest
  @MethodSource("types")
  void rows_are_settled_beside_one_that_is_not_committed(String type, Done done) throws Exception {
    List<String> keys = keys(type);
    PLACE.execute("DROP TABLE outbox");
    PLACE.execute(
        "CREATE TABLE outbox (id "
            + type
            + " PRIMARY KEY, event_type VARCHAR(9), event_payload TEXT,"
            + " done_at TIMESTAMP(6) NULL)");
    PLACE.execute(insert(keys.subList(1, keys.size()).stream().map(MysqlKeysTest::row).toList()));
    var table = new OutboxTable(Optional.empty(), "outbox", Map.of(), done, PayloadForm.TEXT);
    try (var source = new OutboxSource(PLACE.server(), table, type, System::nanoTime);
        Connection client = PLACE.connect();
        Statement statement = client.createStatement()) {
      Polled first = source.poll(null, ROWS);
      assertThat(first.items()).hasSize(ROWS);
      client.setAutoCommit(false);
      statement.execute(insert(List.of(row(keys.getFirst()))));

      assertThat(source.poll(first.progress(), 500).items()).isEmpty();

      assertThat(PLACE.query("SELECT id FROM outbox WHERE done_at IS NULL")).isEmpty();
      client.rollback();
    }
  }

  private static String insert(List<String> rows) {
    return "INSERT INTO outbox (id, event_type, event_payload) VALUES " + String.join(", ", rows);
  }

  private static String row(String key) {
    return "(" + key + ", 't', '')";
  }

  /** As SQL has them; one more than there are rows. */
  private static List<String> keys(String type) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i <= ROWS; i++) {
      String uuid = UUID.nameUUIDFromBytes(new byte[] {(byte) i}).toString();
      keys.add(
          switch (type) {
            case "INT" -> Integer.toString(i + 1);
            case "BIGINT UNSIGNED" -> Long.toUnsignedString(-1 - i * (Long.MAX_VALUE / ROWS));
            case "BINARY(16)", "VARBINARY(20)" -> "UNHEX('" + uuid.replace("-", "") + "')";
            default -> "'" + uuid + "'";
          });
    }
    return keys;
  }
}
