package io.messagerelay.propagator.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a look at an outbox finds; what it says mends what it found. */
abstract class OutboxInspectionContract {
  final OutboxPlace place = place();

  /** A new one. */
  abstract OutboxPlace place();

  @AfterEach
  void close() {
    place.close();
  }

  private List<Flaw> flaws(OutboxServer server, OutboxTable table) {
    return switch (Inspection.of(server, table)) {
      case Inspection.Fit() -> List.of();
      case Inspection.Unfit(var flaws) -> flaws;
      case Inspection.Unreachable(var why) -> throw new AssertionError(why);
    };
  }

  private List<Flaw> flaws(OutboxTable table) {
    return flaws(place.server(), table);
  }

  private static OutboxTable table(Done done, Map<Column, String> mapped) {
    return new OutboxTable(Optional.empty(), "outbox", mapped, done, PayloadForm.TEXT);
  }

  /** Runs the statements that the flaws name. */
  private void mend(List<Flaw> flaws) {
    for (Flaw flaw : flaws) {
      String ddl = flaw.text().replaceFirst("^.*?: (?=(CREATE|ALTER|GRANT) )", "");
      for (String statement : ddl.split(";", -1)) {
        if (!statement.isBlank()) {
          place.execute(statement);
        }
      }
    }
  }

  @Test
  void the_shipped_tables_are_fit_for_both_ways() {
    assertThat(flaws(place.make(Done.MARK))).isEmpty();
    assertThat(flaws(table(Done.DELETE, Map.of()))).isEmpty();
  }

  @Test
  void tables_that_are_not_there_are_named_with_the_statements_that_make_them() {
    OutboxTable table = table(Done.MARK, Map.of(Column.EVENT_PAYLOAD, "payload"));
    List<Flaw> flaws = flaws(table);
    assertThat(flaws).hasSize(2);
    assertThat(flaws.getFirst().text())
        .startsWith(place.server() + ": there is no table ")
        .contains("or relay may not see it: CREATE TABLE ");

    mend(flaws);

    assertThat(flaws(table)).isEmpty();
    place.execute("INSERT INTO outbox (event_type, payload) VALUES ('t', 'p')");
    assertThat(place.query("SELECT id FROM outbox WHERE done_at IS NULL")).containsExactly("1");
  }

  @Test
  void each_column_that_is_missing_is_named_with_the_statement_that_adds_it() {
    place.make(Done.DELETE);
    place.execute("ALTER TABLE outbox DROP COLUMN event_key");
    place.execute("ALTER TABLE outbox DROP COLUMN event_type");
    OutboxTable table = table(Done.MARK, Map.of(Column.EVENT_PAYLOAD, "body"));
    List<Flaw> flaws = flaws(table);
    assertThat(flaws)
        .extracting(Flaw::text)
        .satisfiesExactly(
            text -> assertThat(text).startsWith("outbox has no column event_type for event_type: "),
            text -> assertThat(text).startsWith("outbox has no column body for event_payload: "),
            text -> assertThat(text).startsWith("outbox has no column done_at for done_at: "));

    mend(flaws);

    assertThat(flaws(table)).isEmpty();
  }

  @Test
  void a_key_that_is_not_unique_is_named() {
    place.make(Done.DELETE);
    place.execute("DROP TABLE outbox");
    place.execute(
        "CREATE TABLE outbox (id BIGINT NOT NULL, event_type VARCHAR(9), event_payload TEXT)");
    List<Flaw> flaws = flaws(table(Done.DELETE, Map.of()));
    assertThat(flaws)
        .singleElement()
        .satisfies(flaw -> assertThat(flaw.text()).contains("no primary key and no unique index"));

    mend(flaws);

    assertThat(flaws(table(Done.DELETE, Map.of()))).isEmpty();
  }

  @Test
  void a_column_of_another_kind_is_named() {
    place.make(Done.DELETE);
    place.execute("DROP TABLE outbox");
    place.execute(
        "CREATE TABLE outbox (id BIGINT PRIMARY KEY, event_type VARCHAR(9), event_payload BIGINT)");
    assertThat(flaws(table(Done.DELETE, Map.of())))
        .singleElement()
        .isEqualTo(
            Flaw.ofForm(
                "outbox: column event_payload is of type bigint, which cannot be event_payload; name"
                    + " another in OUTBOX_COLUMNS"));
  }

  @Test
  void a_wrong_password_and_a_database_that_is_not_there_are_told_apart() {
    OutboxServer right = place.server();
    place.make(Done.DELETE);
    assertThat(flaws(with(right, right.database(), "wrong"), table(Done.DELETE, Map.of())))
        .singleElement()
        .satisfies(
            flaw -> {
              assertThat(flaw.kind()).isEqualTo(Flaw.Kind.ACCESS);
              assertThat(flaw.text()).contains("check OUTBOX_USER and OUTBOX_PASSWORD");
            });
    assertThat(flaws(with(right, "relay_none", right.password()), table(Done.DELETE, Map.of())))
        .singleElement()
        .satisfies(flaw -> assertThat(flaw.kind()).isEqualTo(Flaw.Kind.FORM));
  }

  private static OutboxServer with(OutboxServer server, String database, String password) {
    return new OutboxServer(
        server.kind(),
        server.host(),
        server.port(),
        database,
        server.user(),
        password,
        server.tls());
  }

  @Test
  void a_server_that_is_not_there_is_neither() {
    OutboxServer right = place.server();
    var nowhere =
        new OutboxServer(
            right.kind(), "127.0.0.1", 1, "d", right.user(), right.password(), right.tls());
    assertThat(Inspection.of(nowhere, table(Done.DELETE, Map.of())))
        .isInstanceOfSatisfying(
            Inspection.Unreachable.class,
            unreachable -> assertThat(unreachable.why()).contains("OUTBOX_URL"));
  }
}
