package io.messagerelay.system;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the consumers of a proof store in. Whoever makes it closes it. */
final class ProofStore implements AutoCloseable {
  private final @Nullable TestDatabase database;
  private final @Nullable TestServer ours;

  private ProofStore(@Nullable TestDatabase database, @Nullable TestServer ours) {
    this.database = database;
    this.ours = ours;
  }

  /** As it is typed. */
  enum Kind {
    EMBEDDED,
    MYSQL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static ProofStore of(Kind kind) {
    return switch (kind) {
      case EMBEDDED -> new ProofStore(null, null);
      case MYSQL -> isServerNamed() ? onNamedServer() : onOwnServer();
    };
  }

  private static boolean isServerNamed() {
    return !System.getenv().getOrDefault("TEST_MYSQL_URL", "").isEmpty();
  }

  private static ProofStore onNamedServer() {
    return new ProofStore(TestServer.shared().newDatabase(), null);
  }

  private static ProofStore onOwnServer() {
    TestServer server = TestServer.own();
    return new ProofStore(server.newDatabase(), server);
  }

  Installation install(Checkout checkout) {
    return database == null
        ? Installation.create(checkout)
        : Installation.create(checkout, new StoreChoice.Mysql(database));
  }

  /** The server, when it is ours to kill. */
  Optional<Victim> server() {
    return Optional.ofNullable(ours).map(Victim.OfServer::new);
  }

  /** Which it is, for a person. */
  String description() {
    if (database == null) {
      return "the embedded store";
    }
    return "MySQL: server %s at %s:%d, %s"
        .formatted(
            version(database),
            database.host(),
            database.port(),
            ours == null ? "which TEST_MYSQL_URL names and nobody kills" : "which is killed too");
  }

  private static String version(TestDatabase database) {
    try (Connection connection = database.connect()) {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new IllegalStateException("the server does not say what it is", e);
    }
  }

  @Override
  public void close() {
    if (ours != null) {
      ours.close();
    } else if (database != null) {
      database.close();
    }
  }
}
