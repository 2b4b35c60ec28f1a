package io.messagerelay.propagator.source.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** What a look at an outbox finds. It changes nothing. */
public sealed interface Inspection {

  /** It can be relayed. */
  record Fit() implements Inspection {}

  /**
   * It cannot.
   *
   * @param flaws one or more
   */
  record Unfit(List<Flaw> flaws) implements Inspection {
    public Unfit {
      flaws = List.copyOf(flaws);
    }

    /** All of them, for a person. */
    public String text() {
      return flaws.stream().map(Flaw::text).collect(Collectors.joining("; "));
    }
  }

  /** Nothing is known: the server does not answer, or not now. */
  record Unreachable(String why) implements Inspection {}

  /** Connects, and looks at the tables, their columns and what the account may do. */
  static Inspection of(OutboxServer server, OutboxTable table) {
    Dialect dialect = Dialect.of(server.kind());
    try (Connection connection = dialect.connect(server)) {
      List<Flaw> flaws = new Inspector(dialect, server, table).flaws(connection);
      return flaws.isEmpty() ? new Fit() : new Unfit(flaws);
    } catch (SQLException e) {
      return failed(dialect.failure(e), server + ": " + Reason.of(e));
    }
  }

  private static Inspection failed(Dialect.Failure failure, String text) {
    return switch (failure) {
      case DENIED ->
          new Unfit(
              List.of(
                  Flaw.ofAccess(
                      text
                          + "; check OUTBOX_USER and OUTBOX_PASSWORD, and what that account may"
                          + " do")));
      case MISSING -> new Unfit(List.of(Flaw.ofForm(text + "; check the database in OUTBOX_URL")));
      case PASSING -> new Unreachable(text + "; check OUTBOX_URL and OUTBOX_TLS");
    };
  }
}
