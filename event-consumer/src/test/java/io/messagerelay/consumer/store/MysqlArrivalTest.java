package io.messagerelay.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** On virtual time. */
final class MysqlArrivalTest {
  private static final MysqlOptions OPTIONS =
      new MysqlOptions(
          "db",
          3306,
          "events",
          "relay",
          "canary-password",
          new MysqlTls(MysqlTls.Mode.PREFERRED, Optional.empty()),
          Duration.ofSeconds(60),
          false);

  private final Deque<SQLException> failures = new ArrayDeque<>();
  private long nanos = 17;
  private int attempts;
  private long longestPause;

  private final MysqlArrival arrival =
      new MysqlArrival(OPTIONS, () -> nanos, this::pause, new Random(1));

  private void pause(long pause) {
    nanos += pause;
    longestPause = Math.max(longestPause, pause);
  }

  private String open() throws SQLException {
    attempts++;
    SQLException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
    return "open";
  }

  private static SQLException broken(Exception cause) {
    return new SQLException("Communications link failure\n\nThe last packet sent…", "08S01", cause);
  }

  @Test
  void waits_for_a_server_that_comes_later() throws Exception {
    failures.addAll(
        List.of(
            broken(new UnknownHostException("db")),
            broken(new ConnectException("Connection refused")),
            broken(new EOFException("Can not read response from server.")),
            new SQLException("Too many connections", "08004", 1040)));

    assertThat(arrival.await(this::open)).isEqualTo("open");
    assertThat(attempts).isEqualTo(5);
  }

  @Test
  void waits_for_a_pool_that_has_no_connection_yet() throws Exception {
    failures.add(
        new SQLTransientConnectionException(
            "store-write - Connection is not available, request timed out after 400ms"));

    assertThat(arrival.await(this::open)).isEqualTo("open");
    assertThat(attempts).isEqualTo(2);
  }

  @Test
  void gives_up_in_time_and_says_what_it_met_last() {
    assertThatThrownBy(
            () ->
                arrival.await(
                    () -> {
                      attempts++;
                      throw broken(new ConnectException("Connection refused"));
                    }))
        .isInstanceOf(StoreOpeningException.class)
        .hasMessage(
            "mysql relay@db:3306/events: no answer in 60 s (ConnectException Connection refused);"
                + " start the server, or set MYSQL_HOST and MYSQL_PORT to where it is");
    assertThat(Duration.ofNanos(nanos)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66));
    assertThat(attempts).isBetween(15, 60);
    assertThat(Duration.ofNanos(longestPause)).isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void says_at_once_what_time_does_not_mend() {
    assertRefused(
        new SQLException("Access denied for user 'relay'@'%' (using password: YES)", "28000", 1045),
        "Access denied for user 'relay'@'%' (using password: YES);"
            + " check MYSQL_USER and MYSQL_PASSWORD, and what that account may do");
    assertRefused(
        new SQLException("Unknown database 'events'", "42000", 1049),
        "Unknown database 'events'; create it, or choose another MYSQL_DATABASE");
    assertRefused(
        broken(new SSLHandshakeException("unable to find valid certification path")),
        "SSLHandshakeException unable to find valid certification path;"
            + " check MYSQL_HOST, MYSQL_PORT, MYSQL_TLS and MYSQL_TLS_CA");
  }

  private void assertRefused(SQLException failure, String message) {
    attempts = 0;
    failures.add(failure);

    assertThatThrownBy(() -> arrival.await(this::open))
        .isInstanceOf(StoreOpeningException.class)
        .hasMessage("mysql relay@db:3306/events: " + message);
    assertThat(attempts).isEqualTo(1);
  }
}
