package io.messagerelay.benchmarks.store;

import io.messagerelay.benchmarks.machine.ProcessTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** The embedded store in a file. */
record SqlitePlace(Path file) implements StorePlace {
  @Override
  public String description() throws SQLException {
    try (Connection connection = connect()) {
      return connection.getMetaData().getDatabaseProductVersion()
          + ", in event-consumer's process, WAL, `synchronous=FULL`";
    }
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("STORE_FILE", file.toString());
  }

  @Override
  public Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  @Override
  public String idExpression(String begin) {
    return "'" + begin + "' || printf('%012x', id + ?)";
  }

  @Override
  public Optional<ProcessTimes> server() {
    return Optional.empty();
  }

  /** Its log and its lock as well. */
  @Override
  public void close() {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(file.getParent(), file.getFileName() + "*")) {
      for (Path each : files) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
