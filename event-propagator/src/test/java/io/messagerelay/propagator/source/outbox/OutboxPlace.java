package io.messagerelay.propagator.source.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A database with an outbox, made by the shipped statements. */
interface OutboxPlace extends AutoCloseable {

  OutboxServer server();

  /** A connection of the user's, in auto-commit. */
  Connection connect() throws SQLException;

  /** The shipped statements. */
  String script();

  /** A type of a column that holds JSON. */
  String jsonType();

  @Override
  void close();

  /** Makes both tables; for {@link Done#MARK} as the script's comments say. */
  default OutboxTable make(Done done) {
    String script = script();
    for (String statement : statements(script)) {
      execute(statement);
    }
    if (done == Done.MARK) {
      script
          .lines()
          .filter(line -> line.startsWith("-- ALTER TABLE") || line.startsWith("-- CREATE INDEX"))
          .forEach(line -> execute(line.substring(3)));
    }
    return new OutboxTable(Optional.empty(), "outbox", Map.of(), done, PayloadForm.TEXT);
  }

  private static List<String> statements(String script) {
    String plain =
        script
            .lines()
            .filter(line -> !line.strip().startsWith("--"))
            .collect(Collectors.joining("\n"));
    return plain.lines().collect(Collectors.joining("\n")).transform(OutboxPlace::split);
  }

  private static List<String> split(String plain) {
    return List.of(plain.split(";")).stream().filter(it -> !it.isBlank()).toList();
  }

  static String shipped(String name) {
    try (InputStream in =
        Objects.requireNonNull(OutboxPlace.class.getResourceAsStream("/outbox/" + name))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  default void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql.replaceFirst(";\\s*$", ""));
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** The first column. */
  default List<String> query(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (row.next()) {
        all.add(String.valueOf(row.getString(1)));
      }
      return all;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
