package io.messagerelay.propagator.app;

import io.messagerelay.base.Setting;
import io.messagerelay.base.Settings;
import io.messagerelay.base.TrustedCertificates;
import io.messagerelay.propagator.source.outbox.Column;
import io.messagerelay.propagator.source.outbox.Done;
import io.messagerelay.propagator.source.outbox.OutboxServer;
import io.messagerelay.propagator.source.outbox.OutboxSource;
import io.messagerelay.propagator.source.outbox.OutboxTable;
import io.messagerelay.propagator.source.outbox.OutboxTls;
import io.messagerelay.propagator.source.outbox.PayloadForm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where {@code run} takes events from when that is an outbox. */
record OutboxSettings(OutboxServer server, OutboxTable table) {

  /** What {@code run} takes events from. */
  private enum Source {
    RANDOM,
    OUTBOX
  }

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_$]+");
  private static final Pattern TABLE = Pattern.compile("(?:(" + NAME + ")\\.)?(" + NAME + ")");
  private static final Pattern MAPPED = Pattern.compile("\\s*(\\w+)\\s*=\\s*(" + NAME + ")\\s*");
  private static final Pattern DATABASE = Pattern.compile("/([\\p{L}\\p{N}_$.-]+)");

  private static final String URL_FORM =
      "expected mysql://HOST:PORT/DATABASE or postgresql://HOST:PORT/DATABASE";

  private static final Setting<Source> SOURCE =
      Setting.oneOf("SOURCE", Source.class)
          .byDefault("random")
          .means(
              "What `run` takes: `random`, elements of `DATA_FILE`; or `outbox`, the rows of a table"
                  + " in your database, see `docs/relaying-an-outbox.md`.");
  private static final Setting<String> OUTBOX_URL =
      Setting.text("OUTBOX_URL")
          .means(
              "The outbox's database: `mysql://HOST:3306/DATABASE` or"
                  + " `postgresql://HOST:5432/DATABASE`. Needed for an outbox, as are the next two.");
  private static final Setting<String> OUTBOX_USER =
      Setting.text("OUTBOX_USER").means("The account on the database's server.");
  private static final Setting<String> OUTBOX_PASSWORD =
      Setting.secret("OUTBOX_PASSWORD").means("Its password.");
  private static final Setting<String> OUTBOX_TABLE =
      Setting.text("OUTBOX_TABLE")
          .byDefault("outbox")
          .means(
              "The table, as the database writes it; `SCHEMA.TABLE` where it is in another schema.");
  private static final Setting<String> OUTBOX_COLUMNS =
      Setting.text("OUTBOX_COLUMNS")
          .means(
              "The columns that are called otherwise, as `event_payload=payload, event_key=key`; of "
                  + names()
                  + ".");
  private static final Setting<Done> OUTBOX_DONE =
      Setting.oneOf("OUTBOX_DONE", Done.class)
          .byDefault("delete")
          .means("What becomes of a row that was taken; `mark` sets its `done_at`.");
  private static final Setting<PayloadForm> OUTBOX_PAYLOAD =
      Setting.oneOf("OUTBOX_PAYLOAD", PayloadForm.class)
          .byDefault("text")
          .means(
              "What the payload column holds: `text`, sent as a string; or `json`, sent as that JSON"
                  + " value, which the consumer takes where a schema allows it.");
  private static final Setting<OutboxTls.Mode> OUTBOX_TLS =
      Setting.oneOf("OUTBOX_TLS", OutboxTls.Mode.class)
          .byDefault("preferred")
          .means("How connections to the outbox's server are encrypted; as `MYSQL_TLS`.");
  private static final Setting<Path> OUTBOX_TLS_CA =
      Setting.path("OUTBOX_TLS_CA")
          .means(
              "PEM file of the authority that signs the server's certificate, for `verify_ca` and"
                  + " `verify_identity`; without it those that Java trusts.");

  /** All of them, in the order of the documentation. */
  static final List<Setting<?>> ALL =
      List.of(
          SOURCE,
          OUTBOX_URL,
          OUTBOX_USER,
          OUTBOX_PASSWORD,
          OUTBOX_TABLE,
          OUTBOX_COLUMNS,
          OUTBOX_DONE,
          OUTBOX_PAYLOAD,
          OUTBOX_TLS,
          OUTBOX_TLS_CA);

  private static String names() {
    return Stream.of(Column.values())
        .map(column -> "`" + column.defaultName() + "`")
        .collect(Collectors.joining(", "));
  }

  /** Empty when {@code run} takes from elsewhere; of no use when the settings have problems. */
  static Optional<OutboxSettings> from(Settings settings) {
    Optional<String> key = KeySetting.column(settings);
    return isSource(settings)
        ? Optional.of(new OutboxSettings(server(settings), table(settings, key)))
        : Optional.empty();
  }

  /** Whether {@code run} takes from an outbox. */
  static boolean isSource(Settings settings) {
    return settings.get(SOURCE) == Source.OUTBOX;
  }

  /** Whether a table or a column can be called so. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Named after this machine and process, so that a person finds out who works. */
  OutboxSource source() {
    String holder =
        "%s, process %d, %s"
            .formatted(Machine.name(), ProcessHandle.current().pid(), UUID.randomUUID());
    return new OutboxSource(server, table, holder, System::nanoTime);
  }

  private static OutboxServer server(Settings settings) {
    String user = settings.get(OUTBOX_USER);
    String password = settings.get(OUTBOX_PASSWORD);
    String text = settings.get(OUTBOX_URL);
    OutboxServer.Kind kind =
        Stream.of(OutboxServer.Kind.values())
            .filter(any -> text.startsWith(any.scheme() + "://"))
            .findFirst()
            .orElse(OutboxServer.Kind.MYSQL);
    OutboxTls tls = tls(settings, kind);
    return server(kind, text, user, password, tls)
        .orElseGet(
            () -> {
              settings.reject(OUTBOX_URL, "is not the URL of a database; " + URL_FORM);
              return new OutboxServer(kind, "", 0, "", user, password, tls);
            });
  }

  private static OutboxTls tls(Settings settings, OutboxServer.Kind kind) {
    OutboxTls.Mode mode = settings.get(OUTBOX_TLS);
    Optional<Path> authority = settings.find(OUTBOX_TLS_CA);
    if (authority.isPresent() && !mode.verifies()) {
      settings.reject(
          OUTBOX_TLS_CA, "is not looked at unless OUTBOX_TLS is verify_ca or verify_identity");
      return new OutboxTls(mode, Optional.empty());
    }
    return new OutboxTls(mode, authority.flatMap(pem -> trusted(settings, pem, kind)));
  }

  private static Optional<Path> trusted(Settings settings, Path pem, OutboxServer.Kind kind) {
    try {
      Path store = TrustedCertificates.keyStore(pem);
      return Optional.of(
          switch (kind) {
            case MYSQL -> store;
            case POSTGRESQL -> pem;
          });
    } catch (IOException | GeneralSecurityException e) {
      settings.reject(OUTBOX_TLS_CA, "cannot be read as certificates in PEM (" + e + ")");
      return Optional.empty();
    }
  }

  /** An account in the URL would be shown where the URL is. */
  private static Optional<OutboxServer> server(
      OutboxServer.Kind kind, String text, String user, String password, OutboxTls tls) {
    try {
      URI url = URI.create(text);
      Matcher database = DATABASE.matcher(url.getPath());
      boolean plain =
          url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
      boolean named = text.startsWith(kind.scheme() + "://") && url.getHost() != null;
      if (!named || !plain || !database.matches()) {
        return Optional.empty();
      }
      int port = url.getPort() < 0 ? kind.defaultPort() : url.getPort();
      return Optional.of(
          new OutboxServer(kind, url.getHost(), port, database.group(1), user, password, tls));
    } catch (IllegalArgumentException noUrl) {
      return Optional.empty();
    }
  }

  private static OutboxTable table(Settings settings, Optional<String> key) {
    Matcher name = TABLE.matcher(settings.get(OUTBOX_TABLE));
    Map<Column, String> mapped = mapped(settings);
    if (key.isPresent() && mapped.put(Column.EVENT_KEY, key.get()) != null) {
      settings.reject(OUTBOX_COLUMNS, "names event_key, and so does EVENT_KEY; remove one of them");
    }
    Done done = settings.get(OUTBOX_DONE);
    PayloadForm payloads = settings.get(OUTBOX_PAYLOAD);
    if (!name.matches()) {
      settings.reject(OUTBOX_TABLE, "is not the name of a table; expected TABLE or SCHEMA.TABLE");
      return new OutboxTable(Optional.empty(), "", mapped, done, payloads);
    }
    return new OutboxTable(
        Optional.ofNullable(name.group(1)), name.group(2), mapped, done, payloads);
  }

  private static Map<Column, String> mapped(Settings settings) {
    Map<Column, String> mapped = new EnumMap<>(Column.class);
    for (String pair :
        settings.find(OUTBOX_COLUMNS).stream().flatMap(OutboxSettings::pairs).toList()) {
      Matcher names = MAPPED.matcher(pair);
      Optional<Column> column = names.matches() ? column(names.group(1)) : Optional.<Column>empty();
      if (column.isEmpty() || mapped.put(column.get(), names.group(2)) != null) {
        settings.reject(
            OUTBOX_COLUMNS,
            "is not a mapping of columns; expected NAME=COLUMN, NAME=COLUMN, where a name is one of "
                + names().replace("`", "")
                + ", once each");
        break;
      }
    }
    return mapped;
  }

  private static Stream<String> pairs(String text) {
    return Stream.of(text.split(",", -1));
  }

  private static Optional<Column> column(String name) {
    return Stream.of(Column.values())
        .filter(column -> column.defaultName().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
