package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server is set to, as far as the promises depend on it.
 *
 * @param variables its global ones, by name; those it does not have are missing
 */
record MysqlServer(Map<String, String> variables) {
  /** Room for the largest INSERT of {@link EventTable}. */
  static final long LEAST_PACKET = 4L * 1024 * 1024;

  private static final String QUERY =
      "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('version', 'max_allowed_packet',"
          + " 'innodb_flush_log_at_trx_commit', 'sync_binlog', 'log_bin')";

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

  static MysqlServer of(Connection connection) throws SQLException {
    Map<String, String> variables = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      while (row.next()) {
        variables.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2));
      }
    }
    return new MysqlServer(variables);
  }

  /** What makes it unfit, a line each; empty when nothing does. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (isTooOld()) {
      faults.add(
          "version "
              + value("version")
              + " is older than what this program is made for: MySQL 8.0 or MariaDB 10.6");
    }
    if (Long.parseLong(variables.getOrDefault("max_allowed_packet", "0")) < LEAST_PACKET) {
      faults.add(
          "max_allowed_packet = "
              + value("max_allowed_packet")
              + " is too small for a group of events; set it to "
              + LEAST_PACKET
              + " or more");
    }
    return faults;
  }

  private boolean isTooOld() {
    Matcher version = VERSION.matcher(value("version"));
    if (!version.matches()) {
      return true;
    }
    int number = 1_000 * Integer.parseInt(version.group(1)) + Integer.parseInt(version.group(2));
    return number < (isMariaDb() ? 10_006 : 8_000);
  }

  private boolean isMariaDb() {
    return value("version").contains("MariaDB");
  }

  /**
   * Settings with which it may lose a commit that it has answered, a line each
   * (https://dev.mysql.com/doc/refman/8.4/en/innodb-parameters.html,
   * https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html).
   */
  List<String> weaknesses() {
    List<String> weaknesses = new ArrayList<>();
    String flush = value("innodb_flush_log_at_trx_commit");
    if (!flush.equals("1") && !(flush.equals("3") && isMariaDb())) {
      weaknesses.add(
          "innodb_flush_log_at_trx_commit = "
              + flush
              + " loses about the last second of stored events when the machine stops; set it to 1");
    }
    boolean logs = value("log_bin").equalsIgnoreCase("ON") || value("log_bin").equals("1");
    if (logs && !value("sync_binlog").equals("1")) {
      weaknesses.add(
          "sync_binlog = "
              + value("sync_binlog")
              + " loses the last stored events from the binary log, and with it from replicas and"
              + " restored copies, when the machine stops; set it to 1");
    }
    return weaknesses;
  }

  private String value(String variable) {
    return variables.getOrDefault(variable, "");
  }
}
