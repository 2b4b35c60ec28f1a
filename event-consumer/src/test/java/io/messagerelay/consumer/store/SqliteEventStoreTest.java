package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqliteEventStoreTest extends JdbcEventStoreContract {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    database = SqliteStore.open(folder.resolve("store.db"), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  EventStore store() {
    return database.events();
  }

  @Override
  Connections connections() {
    return database.connections();
  }

  @Override
  Dialect dialect() {
    return new SqliteDialect();
  }

  @Override
  void refuse(String type) throws SQLException {
    try (Connection connection = connections().writing();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TRIGGER refusing BEFORE INSERT ON event WHEN NEW.type = '"
              + type
              + "' BEGIN SELECT RAISE(ABORT, 'not this type'); END");
    }
  }

  @Test
  void is_unavailable_while_another_program_holds_the_file() throws Exception {
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");

      assertThatThrownBy(() -> store().append(List.of(event("a"))))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
      assertThat(store().canCommit()).isFalse();
      statement.execute("ROLLBACK");
    }

    assertThat(store().append(List.of(event("a")))).hasSize(1);
  }

  @Test
  void reads_while_another_program_holds_the_file() throws Exception {
    store().append(List.of(event("a")));
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");

      assertThat(all()).hasSize(1);
    }
  }

  @Test
  void is_loud_when_the_position_row_was_set_back() throws Exception {
    store().append(events("a", 0, 2));
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("UPDATE event_position SET next = 1");
    }

    assertThatThrownBy(() -> store().append(List.of(event("b"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("event_position");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 20})
  void reads_a_page_by_index_alone(int types) throws Exception {
    List<String> names = IntStream.range(0, types).mapToObj(i -> "type-" + i).toList();
    for (boolean ascending : new boolean[] {true, false}) {
      List<Step> plan = plan(PageSql.of(new Page(1, 9, ascending, names, 100)));

      // The rows come by their key in the order of their places; what is sorted within are ids.
      assertThat(plan.stream().filter(step -> step.parent() == 0 && step.isOfRows()))
          .singleElement()
          .matches(step -> step.detail().startsWith("SEARCH event USING INTEGER PRIMARY KEY"));
      assertThat(plan).filteredOn(step -> step.detail().contains("event")).hasSize(1 + types);
      assertThat(plan)
          .filteredOn(step -> step.detail().contains("event"))
          .allMatch(step -> step.detail().matches("SEARCH event USING .*rowid.*"));
    }
  }

  @Test
  void steps_from_type_to_type_by_index_alone() throws Exception {
    for (String step : List.of(TypeWalk.FROM, TypeWalk.AFTER)) {
      assertThat(plan(step))
          .extracting(Step::detail)
          .containsExactly("SEARCH event USING COVERING INDEX event_by_type (type>?)");
    }
  }

  private record Step(int parent, String detail) {
    boolean isOfRows() {
      return !detail.endsWith(" places");
    }
  }

  private List<Step> plan(String sql) throws SQLException {
    List<Step> plan = new ArrayList<>();
    try (Connection connection = connections().reading();
        PreparedStatement explain = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
        ResultSet step = explain.executeQuery()) {
      while (step.next()) {
        plan.add(new Step(step.getInt("parent"), step.getString("detail")));
      }
    }
    return plan;
  }

  @Test
  void finds_an_id_and_a_time_by_index_alone() throws Exception {
    assertThat(plan(EventTable.FIND))
        .extracting(Step::detail)
        .singleElement()
        .asString()
        .startsWith("SEARCH event USING INDEX")
        .endsWith("(event_id=?)");
    assertThat(plan(EventTable.FIRST_SINCE))
        .extracting(Step::detail)
        .singleElement()
        .asString()
        .isEqualTo("SEARCH event USING COVERING INDEX event_by_received_time (received_time>?)");
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
  }
}
