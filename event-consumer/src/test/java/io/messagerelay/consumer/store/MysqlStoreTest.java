package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.consumer.store.EventStore.Appended.Duplicate;
import io.messagerelay.consumer.store.EventStore.Appended.Stored;
import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening the store on a server, well and badly. */
final class MysqlStoreTest {
  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  private final TestDatabase place = TestServer.shared().newDatabase();

  @AfterEach
  void drop() {
    place.close();
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void assertRefused(MysqlOptions options, String message) {
    assertThatThrownBy(
            () -> MysqlStore.open(options, clock, System::nanoTime, new Random(1)).close())
        .isInstanceOf(StoreOpeningException.class)
        .hasMessageContaining(message)
        .hasMessageStartingWith(options.toString())
        .hasMessageNotContaining(options.password())
        .hasMessageNotContaining("\n");
  }

  private MysqlOptions with(String user, String password, String database) {
    MysqlOptions right = TestStores.options(place);
    return new MysqlOptions(
        right.host(),
        right.port(),
        database,
        user,
        password,
        right.tls(),
        Duration.ofSeconds(20),
        false);
  }

  private MysqlOptions with(MysqlTls tls) {
    MysqlOptions right = TestStores.options(place);
    return new MysqlOptions(
        right.host(),
        right.port(),
        right.database(),
        right.user(),
        right.password(),
        tls,
        Duration.ofSeconds(20),
        false);
  }

  @Test
  void goes_on_with_what_is_there() throws Exception {
    String storeId;
    try (Database database = TestStores.open(place, clock)) {
      storeId = database.events().storeId();
      database.events().append(List.of(event("a"), event("b")));
    }

    try (Database database = TestStores.open(place, clock)) {
      assertThat(storeId).matches("[0-9a-f]{32}");
      assertThat(database.events().storeId()).isEqualTo(storeId);
      assertThat(database.events().append(List.of(event("b"), event("c"))))
          .containsExactly(new Duplicate(2), new Stored(3));
    }
  }

  /** What two starts do to each other depends on who is where when. */
  @RepeatedTest(5)
  void lets_consumers_start_at_once() throws Exception {
    try (ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> ids = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ids.add(
            starts.submit(
                () -> {
                  try (Database database = TestStores.open(place, clock)) {
                    return database.events().storeId();
                  }
                }));
      }
      String first = ids.getFirst().get();
      for (Future<String> id : ids) {
        assertThat(id.get()).isEqualTo(first);
      }
    }
  }

  @Test
  void leaves_tables_of_others_alone() throws Exception {
    execute("CREATE TABLE orders (id INT PRIMARY KEY)", "INSERT INTO orders VALUES (7)");

    try (Database database = TestStores.open(place, clock)) {
      database.events().append(List.of(event("a")));
    }

    try (Connection connection = place.connect();
        Statement statement = connection.createStatement();
        ResultSet order = statement.executeQuery("SELECT id FROM orders")) {
      assertThat(order.next()).isTrue();
      assertThat(order.getInt(1)).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "event_position", "refresh_token", "store_identity"})
  void refuses_a_table_of_another_program_under_a_name_of_ours(String table) throws Exception {
    execute("CREATE TABLE " + table + " (id INT PRIMARY KEY)");

    assertRefused(
        TestStores.options(place),
        ": has a table " + table + " of another program; choose another MYSQL_DATABASE");
  }

  @Test
  void knows_the_history_that_a_migration_leaves() throws Exception {
    TestStores.open(place, clock).close();
    try (Connection connection = place.connect()) {
      assertThat(Schema.history(connection)).isEqualTo(Migrations.MYSQL.history());
    }
  }

  @Test
  void refuses_a_newer_schema() throws Exception {
    TestStores.open(place, clock).close();
    execute(
        "INSERT INTO flyway_schema_history"
            + " SELECT 99, '99', 'newer', type, script, 1, installed_by, installed_on,"
            + " execution_time, 1 FROM flyway_schema_history WHERE version = '1'");

    assertRefused(
        TestStores.options(place), ": its schema is version 99, which this program does not know");
  }

  /** No database of this kind undoes the making of a table. */
  @Test
  void completes_a_first_start_that_was_cut_off() throws Exception {
    TestStores.open(place, clock).close();
    execute("DROP TABLE refresh_token", "DELETE FROM flyway_schema_history WHERE version >= '1'");

    try (Database database = TestStores.open(place, clock)) {
      assertThat(database.events().append(List.of(event("a")))).containsExactly(new Stored(1));
      assertThat(database.refreshTokens().forgetExpired(clock.instant(), 1)).isZero();
    }
  }

  @Test
  void completes_a_first_start_that_failed() throws Exception {
    TestStores.open(place, clock).close();
    execute(
        "DROP TABLE refresh_token",
        "DELETE FROM flyway_schema_history WHERE version > '1'",
        "UPDATE flyway_schema_history SET success = 0 WHERE version = '1'");

    try (Database database = TestStores.open(place, clock)) {
      assertThat(database.refreshTokens().forgetExpired(clock.instant(), 1)).isZero();
    }
  }

  @Test
  void says_at_once_that_the_password_is_wrong() {
    assertRefused(with(place.user(), "canary-wrong", place.name()), "check MYSQL_USER");
  }

  @Test
  void says_at_once_that_the_database_does_not_exist() {
    assertRefused(
        with(place.user(), place.password(), place.name() + "_not"),
        "choose another MYSQL_DATABASE");
  }

  @Test
  void says_after_a_while_that_no_server_is_there() throws Exception {
    MysqlOptions right = TestStores.options(place);
    MysqlOptions options =
        new MysqlOptions(
            "127.0.0.1",
            freePort(),
            right.database(),
            right.user(),
            right.password(),
            right.tls(),
            Duration.ofSeconds(1),
            false);

    assertRefused(options, ": no answer in 1 s (ConnectException Connection refused)");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void does_not_say_more_than_where_it_is() {
    assertThat(TestStores.options(place))
        .hasToString(
            "mysql %s@%s:%d/%s".formatted(place.user(), place.host(), place.port(), place.name()));
  }

  @Test
  void encrypts_when_it_is_told_to() throws Exception {
    MysqlOptions options = with(new MysqlTls(MysqlTls.Mode.REQUIRED, Optional.empty()));

    try (Database database = MysqlStore.open(options, clock, System::nanoTime, new Random(1))) {
      assertThat(status(database.connections().writing(), "Ssl_cipher")).isNotEmpty();
      assertThat(status(database.connections().reading(), "Ssl_cipher")).isNotEmpty();
    }
  }

  @Test
  void does_not_encrypt_when_it_is_told_so() throws Exception {
    MysqlOptions options = with(new MysqlTls(MysqlTls.Mode.DISABLED, Optional.empty()));

    try (Database database = MysqlStore.open(options, clock, System::nanoTime, new Random(1))) {
      assertThat(status(database.connections().writing(), "Ssl_cipher")).isEmpty();
    }
  }

  private static String status(Connection connection, String name) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE '" + name + "'")) {
      row.next();
      return row.getString(2);
    }
  }

  /** The server signed its certificate itself. */
  @Test
  void refuses_a_certificate_that_nobody_vouches_for() {
    assertRefused(with(new MysqlTls(MysqlTls.Mode.VERIFY_CA, Optional.empty())), "MYSQL_TLS_CA");
  }

  @Test
  void refuses_an_authority_that_is_no_certificate(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), "a letter to a friend");
    MysqlOptions options = with(new MysqlTls(MysqlTls.Mode.VERIFY_CA, Optional.of(file)));

    assertThatThrownBy(
            () -> MysqlStore.open(options, clock, System::nanoTime, new Random(1)).close())
        .isInstanceOf(StoreOpeningException.class)
        .hasMessageStartingWith(
            "MYSQL_TLS_CA " + file + ": cannot be read as certificates in PEM (");
  }

  @Test
  void every_session_says_what_it_counts_on() throws Exception {
    try (Database database = TestStores.open(place, clock)) {
      for (boolean writes : new boolean[] {true, false}) {
        try (Connection connection =
            writes ? database.connections().writing() : database.connections().reading()) {
          assertThat(variable(connection, "character_set_client")).isEqualTo("utf8mb4");
          assertThat(variable(connection, "character_set_results")).isIn("utf8mb4", "");
          assertThat(variable(connection, "collation_connection")).isEqualTo("utf8mb4_bin");
          assertThat(variable(connection, "sql_mode")).contains("STRICT_ALL_TABLES");
          assertThat(variable(connection, "innodb_lock_wait_timeout")).isEqualTo("1");
          assertThat(connection.getNetworkTimeout()).isEqualTo(700);
        }
      }
      try (Connection connection = database.connections().writing()) {
        assertThat(connection.getAutoCommit()).isFalse();
        assertThat(connection.getTransactionIsolation())
            .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
      }
    }
  }

  private static String variable(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW SESSION VARIABLES LIKE '" + name + "'")) {
      row.next();
      return row.getString(2);
    }
  }

  @Test
  void refuses_a_server_that_may_forget_unless_told_to_accept_it() throws Exception {
    try (TestServer server = TestServer.own("--innodb-flush-log-at-trx-commit=2");
        TestDatabase careless = server.newDatabase()) {
      assertRefused(TestStores.options(careless), "innodb_flush_log_at_trx_commit = 2 loses");
      assertRefused(TestStores.options(careless), "MYSQL_ACCEPT_WEAK_DURABILITY=true");

      MysqlOptions strict = TestStores.options(careless);
      MysqlOptions accepting =
          new MysqlOptions(
              strict.host(),
              strict.port(),
              strict.database(),
              strict.user(),
              strict.password(),
              strict.tls(),
              strict.startTimeout(),
              true);
      try (Database database = MysqlStore.open(accepting, clock, System::nanoTime, new Random(1))) {
        assertThat(database.events().append(List.of(event("a")))).containsExactly(new Stored(1));
      }
    }
  }
}
