package io.messagerelay.base;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every name that may stand in {@code .env}, which both services and Compose share: a name outside
 * this list is most likely misspelt. A new setting is one line here.
 */
public final class KnownNames {

  /** Each of them also as {@code NAME_FILE}. */
  private static final List<String> SECRETS =
      List.of(
          "MYSQL_PASSWORD",
          "OTEL_EXPORTER_OTLP_HEADERS",
          "OUTBOX_PASSWORD",
          "SECRET_KEY",
          "SERVICE_PASSWORD",
          "SERVICE_PASSWORD_HASH");

  private static final List<String> BOTH_SERVICES =
      List.of(
          "CONSUMER_URL",
          "DRAIN_TIMEOUT",
          "LOG_EVENTS",
          "LOG_FORMAT",
          "LOG_LEVEL",
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "OTEL_SERVICE_NAME",
          "OTEL_TRACES_SAMPLER_ARG",
          "REQUEST_TIMEOUT",
          "SERVICE_NAME");

  private static final List<String> EVENT_CONSUMER =
      List.of(
          "ACCESS_TOKEN_EXPIRE_MINUTES",
          "ACCOUNT_REQUEST_LIMIT",
          "ACCOUNT_STREAM_LIMIT",
          "ADDRESS_CONNECTION_LIMIT",
          "ADDRESS_RATE_LIMIT",
          "ADDRESS_REQUEST_LIMIT",
          "ADDRESS_STREAM_LIMIT",
          "ALGORITHM",
          "CONNECTION_LIMIT",
          "CONSUMER_HOST",
          "CONSUMER_PORT",
          "CORS_ORIGINS",
          "INTAKE_QUEUE_BYTES",
          "INTAKE_QUEUE_EVENTS",
          "INTAKE_RATE_LIMIT",
          "LOGIN_RATE_LIMIT",
          "MYSQL_ACCEPT_WEAK_DURABILITY",
          "MYSQL_DATABASE",
          "MYSQL_HOST",
          "MYSQL_PORT",
          "MYSQL_START_TIMEOUT",
          "MYSQL_TLS",
          "MYSQL_TLS_CA",
          "MYSQL_USER",
          "REFRESH_TOKEN_EXPIRE_MINUTES",
          "REFUSALS_KEEP",
          "REFUSALS_KEEP_DAYS",
          "RETENTION_AGE",
          "RETENTION_ARCHIVE_DIR",
          "RETENTION_COUNT",
          "RETENTION_TYPES",
          "SCHEMA_DIR",
          "SERVICE_SCOPES",
          "STORE_FILE",
          "STREAM_HEARTBEAT",
          "STREAM_LIMIT",
          "STREAM_TIMEOUT",
          "TOKEN_ISSUER",
          "TRUSTED_PROXIES",
          "TRUSTED_PROXY_HEADER",
          "UNKNOWN_TYPES");

  private static final List<String> EVENT_PROPAGATOR =
      List.of(
          "ACKNOWLEDGE",
          "DATA_FILE",
          "ENDPOINT_TO_POST",
          "EVENT_KEY",
          "GIVE_UP_AFTER",
          "LANES",
          "MANAGEMENT_HOST",
          "MANAGEMENT_PORT",
          "OUTBOX_COLUMNS",
          "OUTBOX_DONE",
          "OUTBOX_PAYLOAD",
          "OUTBOX_TABLE",
          "OUTBOX_TLS",
          "OUTBOX_TLS_CA",
          "OUTBOX_URL",
          "OUTBOX_USER",
          "RATE_LIMIT",
          "RELAY_REPORT",
          "SCHEDULER_CRON",
          "SCHEDULER_INTERVAL",
          "SOURCE",
          "SPOOL_DIR",
          "SPOOL_MAX_BYTES",
          "SPOOL_MIN_FREE");

  private static final List<String> COMPOSE =
      List.of(
          "COMPOSE_FILE",
          "COMPOSE_PROJECT_NAME",
          "CONSUMER_BIND",
          "GRAFANA_PASSWORD",
          "GRAFANA_PORT",
          "MYSQL_ROOT_PASSWORD",
          "PROMETHEUS_PORT");

  private KnownNames() {}

  /** All names, those of the secrets' files included. */
  public static Set<String> all() {
    Stream<String> files = SECRETS.stream().map(name -> name + "_FILE");
    Stream<String> names =
        Stream.of(SECRETS, BOTH_SERVICES, EVENT_CONSUMER, EVENT_PROPAGATOR, COMPOSE)
            .flatMap(List::stream);
    return Stream.concat(names, files).collect(Collectors.toUnmodifiableSet());
  }
}
