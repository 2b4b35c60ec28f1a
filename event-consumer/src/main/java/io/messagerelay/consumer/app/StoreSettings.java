package io.messagerelay.consumer.app;

import io.messagerelay.base.Setting;
import io.messagerelay.base.Settings;
import io.messagerelay.consumer.store.MysqlOptions;
import io.messagerelay.consumer.store.MysqlTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of where events are stored. */
final class StoreSettings {
  private static final Setting<Path> STORE_FILE =
      Setting.path("STORE_FILE")
          .byDefault("var/store.db")
          .means("The embedded store, used unless `MYSQL_HOST` is set. Made where it is missing.");
  private static final Setting<String> MYSQL_HOST =
      Setting.text("MYSQL_HOST")
          .means("The MySQL or MariaDB server to store in, instead of the embedded store.");
  private static final Setting<Integer> MYSQL_PORT =
      Setting.port("MYSQL_PORT").byDefault("3306").means("The server's port.");
  private static final Setting<String> MYSQL_DATABASE =
      Setting.text("MYSQL_DATABASE")
          .byDefault("events")
          .means("The database, which must be there; the tables in it are made.");
  private static final Setting<String> MYSQL_USER =
      Setting.text("MYSQL_USER").byDefault("relay").means("The account on the server.");
  private static final Setting<String> MYSQL_PASSWORD =
      Setting.secret("MYSQL_PASSWORD").means("Its password; needed when `MYSQL_HOST` is set.");
  private static final Setting<MysqlTls.Mode> MYSQL_TLS =
      Setting.oneOf("MYSQL_TLS", MysqlTls.Mode.class)
          .byDefault("preferred")
          .means("How connections to the server are encrypted; see `docs/operations.md`.");
  private static final Setting<Path> MYSQL_TLS_CA =
      Setting.path("MYSQL_TLS_CA")
          .means(
              "PEM file of the authority that signs the server's certificate, for `verify_ca` and"
                  + " `verify_identity`; without it those that Java trusts.");
  private static final Setting<Duration> MYSQL_START_TIMEOUT =
      Setting.seconds("MYSQL_START_TIMEOUT", Duration.ZERO, Duration.ofHours(1))
          .byDefault("60")
          .means("How long a start waits for the server.");
  private static final Setting<Boolean> MYSQL_ACCEPT_WEAK_DURABILITY =
      Setting.flag("MYSQL_ACCEPT_WEAK_DURABILITY")
          .byDefault("false")
          .means("Whether to use a server that may lose events it has answered for.");

  /** In the order of the documentation. */
  static final List<Setting<?>> ALL =
      List.of(
          STORE_FILE,
          MYSQL_HOST,
          MYSQL_PORT,
          MYSQL_DATABASE,
          MYSQL_USER,
          MYSQL_PASSWORD,
          MYSQL_TLS,
          MYSQL_TLS_CA,
          MYSQL_START_TIMEOUT,
          MYSQL_ACCEPT_WEAK_DURABILITY);

  private StoreSettings() {}

  /** Those of a server count only when a host is named: a shared {@code .env} may hold the rest. */
  static StoreAt from(Settings settings) {
    Path file = settings.get(STORE_FILE);
    Optional<String> host = settings.find(MYSQL_HOST);
    return host.isPresent()
        ? new StoreAt.Mysql(mysql(settings, host.get()))
        : new StoreAt.EmbeddedFile(file);
  }

  private static MysqlOptions mysql(Settings settings, String host) {
    if (host.matches(".*[\\s/@,?#&=()].*")) {
      settings.reject(MYSQL_HOST, "is not a host; expected a name or an address alone");
    }
    return new MysqlOptions(
        host,
        settings.get(MYSQL_PORT),
        settings.get(MYSQL_DATABASE),
        settings.get(MYSQL_USER),
        settings.get(MYSQL_PASSWORD),
        tls(settings),
        settings.get(MYSQL_START_TIMEOUT),
        settings.get(MYSQL_ACCEPT_WEAK_DURABILITY));
  }

  private static MysqlTls tls(Settings settings) {
    MysqlTls tls = new MysqlTls(settings.get(MYSQL_TLS), settings.find(MYSQL_TLS_CA));
    if (tls.authority().isPresent() && !tls.mode().verifies()) {
      settings.reject(
          MYSQL_TLS_CA, "is not looked at unless MYSQL_TLS is verify_ca or verify_identity");
    }
    return tls;
  }
}
