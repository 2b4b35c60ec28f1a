package io.messagerelay.propagator.source.outbox;

/** A database on a server, and how to log in to it. */
public record OutboxServer(
    Kind kind,
    String host,
    int port,
    String database,
    String user,
    String password,
    OutboxTls tls) {

  /** Which server it is. */
  public enum Kind {
    /** MySQL or MariaDB. */
    MYSQL("mysql", 3306),
    POSTGRESQL("postgresql", 5432);

    private final String scheme;
    private final int defaultPort;

    Kind(String scheme, int defaultPort) {
      this.scheme = scheme;
      this.defaultPort = defaultPort;
    }

    /** How its URLs begin. */
    public String scheme() {
      return scheme;
    }

    public int defaultPort() {
      return defaultPort;
    }
  }

  /** As a person reads it, without the account. */
  @Override
  public String toString() {
    return "%s://%s:%d/%s".formatted(kind.scheme(), host, port, database);
  }
}
