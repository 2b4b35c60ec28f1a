package io.messagerelay.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MysqlServerTest {
  private static final Map<String, String> GOOD =
      Map.of(
          "version", "8.4.3",
          "max_allowed_packet", "67108864",
          "innodb_flush_log_at_trx_commit", "1",
          "sync_binlog", "1",
          "log_bin", "ON");

  private static MysqlServer with(String variable, String value) {
    Map<String, String> variables = new HashMap<>(GOOD);
    variables.put(variable, value);
    return new MysqlServer(variables);
  }

  @Test
  void a_server_with_its_defaults_is_fit() {
    MysqlServer server = new MysqlServer(GOOD);

    assertThat(server.faults()).isEmpty();
    assertThat(server.weaknesses()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0", "2", "3"})
  void a_log_that_is_not_flushed_at_each_commit_is_a_weakness(String value) {
    assertThat(with("innodb_flush_log_at_trx_commit", value).weaknesses())
        .singleElement()
        .asString()
        .startsWith("innodb_flush_log_at_trx_commit = " + value + " loses about the last second");
  }

  @Test
  void mariadb_flushes_at_3_too() {
    MysqlServer server =
        new MysqlServer(Map.of("version", "11.4.5-MariaDB", "innodb_flush_log_at_trx_commit", "3"));

    assertThat(server.weaknesses()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0", "1000"})
  void a_binary_log_that_is_not_synced_is_a_weakness(String value) {
    assertThat(with("sync_binlog", value).weaknesses())
        .singleElement()
        .asString()
        .startsWith("sync_binlog = " + value + " loses");
  }

  @Test
  void how_a_binary_log_would_be_synced_does_not_matter_when_there_is_none() {
    Map<String, String> variables = new HashMap<>(GOOD);
    variables.put("log_bin", "OFF");
    variables.put("sync_binlog", "0");

    assertThat(new MysqlServer(variables).weaknesses()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5.7.44", "5.5.5-10.5.9-MariaDB", "10.5.27-MariaDB", "something else"})
  void a_server_that_is_too_old_is_unfit(String version) {
    assertThat(with("version", version).faults())
        .singleElement()
        .asString()
        .startsWith("version " + version + " is older");
  }

  @ParameterizedTest
  @CsvSource({"8.0.11", "9.7.4-2", "10.6.1-MariaDB", "11.4.5-MariaDB-log"})
  void a_server_that_is_new_enough_is_fit(String version) {
    assertThat(with("version", version).faults()).isEmpty();
  }

  @Test
  void a_packet_that_is_too_small_for_a_group_is_a_fault() {
    assertThat(with("max_allowed_packet", "1048576").faults())
        .containsExactly(
            "max_allowed_packet = 1048576 is too small for a group of events;"
                + " set it to 4194304 or more");
  }
}
