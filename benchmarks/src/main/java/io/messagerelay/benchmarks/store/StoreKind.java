package io.messagerelay.benchmarks.store;

/** The stores that event-consumer has. */
public enum StoreKind {
  SQLITE("SQLite"),
  MYSQL("MySQL");

  private final String title;

  StoreKind(String title) {
    this.title = title;
  }

  /** As the report calls it. */
  public String title() {
    return title;
  }
}
