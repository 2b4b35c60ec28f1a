package io.messagerelay.consumer.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.LogSettings;
import io.messagerelay.base.Setting;
import io.messagerelay.base.Settings;
import io.messagerelay.base.trace.TraceSettings;
import io.messagerelay.consumer.auth.Accounts;
import io.messagerelay.consumer.auth.Scopes;
import io.messagerelay.consumer.auth.SigningKey;
import io.messagerelay.consumer.auth.StoredPassword;
import io.messagerelay.consumer.intake.QueueLimits;
import io.messagerelay.consumer.refusal.RefusalBounds;
import io.messagerelay.consumer.tail.StreamLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What event-consumer is told from outside. Only what passed every check is made into one.
 *
 * @param schemas empty for the built-in form of events alone
 * @param eventsPerSecond what an account may send; empty for no limit
 * @param failedLoginsPerMinute what an address may try for one account
 * @param requestTimeout for a request to arrive
 * @param traces where the ways of events are told; empty when nowhere
 * @param drain from the signal to the end of the process
 */
public record ConsumerSettings(
    Account account,
    Tokens tokens,
    Address address,
    StoreAt store,
    Optional<SchemaSettings> schemas,
    RetentionSettings retention,
    RefusalBounds refusals,
    QueueLimits queue,
    Optional<Integer> eventsPerSecond,
    int failedLoginsPerMinute,
    Duration requestTimeout,
    StreamLimits streams,
    EdgeSettings edge,
    Optional<TraceSettings> traces,
    Drain drain,
    LogSettings log) {

  /** Who may log in. */
  record Account(String name, StoredPassword password, Set<String> scopes) {
    Accounts accounts() {
      return new Accounts(name, password, scopes);
    }
  }

  /** How tokens are signed and how long they live. */
  record Tokens(SigningKey key, String issuer, Duration access, Duration refresh) {}

  /** How access tokens can be signed. */
  enum Algorithm {
    HS256
  }

  public static final Setting<String> SERVICE_NAME =
      Setting.text("SERVICE_NAME").means("The name of the account that may log in.");
  public static final Setting<String> SERVICE_PASSWORD =
      Setting.secret("SERVICE_PASSWORD")
          .means("The account's password. Either this or `SERVICE_PASSWORD_HASH` is needed.");
  private static final Setting<String> SERVICE_PASSWORD_HASH =
      Setting.secret("SERVICE_PASSWORD_HASH")
          .means("The password's Argon2id or bcrypt hash, in single quotes in `.env`.");
  private static final Setting<String> SERVICE_SCOPES =
      Setting.text("SERVICE_SCOPES")
          .byDefault("events:read events:write")
          .means(
              "What the account may do: of `events:read`, `events:write` and `events:admin`, with which events are erased and log levels changed.");
  private static final Setting<String> SECRET_KEY =
      Setting.secret("SECRET_KEY")
          .means("Signs the tokens; 32 bytes or more. `openssl rand -hex 32` makes a good one.");
  private static final Setting<Algorithm> ALGORITHM =
      Setting.oneOf("ALGORITHM", Algorithm.class)
          .byDefault("HS256")
          .means("How access tokens are signed.");
  private static final Setting<Duration> ACCESS_TOKEN_EXPIRE_MINUTES =
      Setting.minutes("ACCESS_TOKEN_EXPIRE_MINUTES", Duration.ofSeconds(6), Duration.ofDays(1))
          .byDefault("30")
          .means("The life of an access token.");
  private static final Setting<Duration> REFRESH_TOKEN_EXPIRE_MINUTES =
      Setting.minutes("REFRESH_TOKEN_EXPIRE_MINUTES", Duration.ofSeconds(6), Duration.ofDays(365))
          .byDefault("10080")
          .means("How long after a login its access token can be renewed without another.");
  private static final Setting<String> TOKEN_ISSUER =
      Setting.text("TOKEN_ISSUER")
          .byDefault("message-relay")
          .means("The service's name in its tokens; the same for all consumers of a store.");
  private static final Setting<String> CONSUMER_HOST =
      Setting.text("CONSUMER_HOST")
          .byDefault("127.0.0.1")
          .means("The address to listen on; `0.0.0.0` for all of the machine's.");
  private static final Setting<Integer> CONSUMER_PORT =
      Setting.port("CONSUMER_PORT").byDefault("8000").means("The port to listen on.");
  public static final Setting<URI> CONSUMER_URL =
      Setting.httpUrl("CONSUMER_URL")
          .means(
              "Where the commands that read events find the service; by `CONSUMER_HOST` and `CONSUMER_PORT` when unset.");
  private static final Setting<Integer> INTAKE_QUEUE_EVENTS =
      Setting.wholeNumber("INTAKE_QUEUE_EVENTS", QueueLimits.LEAST_EVENTS, 1_000_000)
          .byDefault("16384")
          .means("At this many events waiting for the store more are answered with 503.");
  private static final Setting<Long> INTAKE_QUEUE_BYTES =
      Setting.bytes("INTAKE_QUEUE_BYTES", QueueLimits.LEAST_BYTES, 1L << 40)
          .byDefault("40MiB")
          .means("The same for the memory that waiting events take.");
  private static final Setting<Integer> INTAKE_RATE_LIMIT =
      Setting.wholeNumber("INTAKE_RATE_LIMIT", 1, 1_000_000)
          .means(
              "Events a second that an account may send; more are answered with 429. No limit when unset.");
  private static final Setting<Integer> LOGIN_RATE_LIMIT =
      Setting.wholeNumber("LOGIN_RATE_LIMIT", 1, 1_000)
          .byDefault("10")
          .means(
              "Failed logins a minute, from one address for one account; more are answered with 429.");
  private static final Setting<Duration> REQUEST_TIMEOUT =
      Setting.seconds("REQUEST_TIMEOUT", Duration.ofMillis(100), Duration.ofHours(1))
          .byDefault("30")
          .means(
              "A request whose head, or whose body, has not arrived after so long is answered with 408.");
  private static final Setting<Integer> STREAM_LIMIT =
      Setting.wholeNumber("STREAM_LIMIT", 0, 100_000)
          .byDefault("1000")
          .means(
              "At this many streams (exports and readers that follow) open at once more are answered with 503.");
  private static final Setting<Duration> STREAM_HEARTBEAT =
      Setting.seconds("STREAM_HEARTBEAT", Duration.ofMillis(100), Duration.ofSeconds(50))
          .byDefault("15")
          .means("A stream that is followed is silent for no longer.");
  private static final Setting<Duration> STREAM_TIMEOUT =
      Setting.seconds("STREAM_TIMEOUT", Duration.ofMillis(100), Duration.ofSeconds(50))
          .byDefault("30")
          .means("A reader of a stream or an answer who takes nothing for so long is cut off.");
  private static final Setting<Duration> DRAIN_TIMEOUT =
      Setting.seconds("DRAIN_TIMEOUT", Duration.ofSeconds(1), Duration.ofHours(1))
          .byDefault("10")
          .means("How long accepted requests may take to end when the service stops.");

  /** Every setting there is, in the order of the documentation. */
  public static final List<Setting<?>> ALL =
      LogSettings.after(
          Stream.of(
                  List.of(
                      SERVICE_NAME,
                      SERVICE_PASSWORD,
                      SERVICE_PASSWORD_HASH,
                      SERVICE_SCOPES,
                      SECRET_KEY,
                      ALGORITHM,
                      ACCESS_TOKEN_EXPIRE_MINUTES,
                      REFRESH_TOKEN_EXPIRE_MINUTES,
                      TOKEN_ISSUER,
                      CONSUMER_HOST,
                      CONSUMER_PORT,
                      CONSUMER_URL),
                  StoreSettings.ALL,
                  SchemaSettings.ALL,
                  RetentionSettings.ALL,
                  RefusalSettings.ALL,
                  List.of(
                      INTAKE_QUEUE_EVENTS,
                      INTAKE_QUEUE_BYTES,
                      INTAKE_RATE_LIMIT,
                      LOGIN_RATE_LIMIT,
                      REQUEST_TIMEOUT,
                      STREAM_HEARTBEAT,
                      STREAM_LIMIT,
                      STREAM_TIMEOUT),
                  EdgeSettings.ALL,
                  List.of(DRAIN_TIMEOUT),
                  TraceSettings.ALL)
              .<Setting<?>>flatMap(List::stream)
              .toArray(Setting<?>[]::new));

  /**
   * Settings that passed every check.
   *
   * @param warnings what is ignored, a line each
   */
  public record Read(ConsumerSettings settings, List<String> warnings) {}

  /**
   * Those of this process: the environment over {@code .env} in the working directory.
   *
   * @throws CommandException naming every problem at once
   */
  public static Read read() {
    Settings settings = Settings.ofThisProcess();
    ConsumerSettings all = from(settings);
    settings.requireNoProblem();
    return new Read(all, settings.warnings());
  }

  /** Reads and checks; the result is of no use when the settings have problems. */
  static ConsumerSettings from(Settings settings) {
    settings.get(ALGORITHM);
    return new ConsumerSettings(
        new Account(settings.get(SERVICE_NAME), password(settings), scopes(settings)),
        new Tokens(
            key(settings),
            settings.get(TOKEN_ISSUER),
            settings.get(ACCESS_TOKEN_EXPIRE_MINUTES),
            settings.get(REFRESH_TOKEN_EXPIRE_MINUTES)),
        address(settings),
        StoreSettings.from(settings),
        SchemaSettings.from(settings),
        RetentionSettings.from(settings),
        RefusalSettings.from(settings),
        new QueueLimits(settings.get(INTAKE_QUEUE_EVENTS), settings.get(INTAKE_QUEUE_BYTES)),
        settings.find(INTAKE_RATE_LIMIT),
        settings.get(LOGIN_RATE_LIMIT),
        settings.get(REQUEST_TIMEOUT),
        new StreamLimits(
            settings.get(STREAM_LIMIT),
            settings.get(STREAM_HEARTBEAT),
            settings.get(STREAM_TIMEOUT)),
        EdgeSettings.from(settings),
        TraceSettings.from(settings, "event-consumer"),
        new Drain(settings.get(DRAIN_TIMEOUT)),
        LogSettings.from(settings));
  }

  /** Where the service listens. */
  public static Address address(Settings settings) {
    return new Address(settings.get(CONSUMER_HOST), settings.get(CONSUMER_PORT));
  }

  private static StoredPassword password(Settings settings) {
    Optional<String> hash = settings.find(SERVICE_PASSWORD_HASH);
    if (hash.isEmpty()) {
      return StoredPassword.plain(settings.get(SERVICE_PASSWORD));
    }
    if (settings.find(SERVICE_PASSWORD).isPresent()) {
      settings.reject(SERVICE_PASSWORD_HASH, "SERVICE_PASSWORD is set too; keep one of them");
    }
    try {
      return StoredPassword.hashed(hash.get());
    } catch (IllegalArgumentException e) {
      settings.reject(SERVICE_PASSWORD_HASH, String.valueOf(e.getMessage()));
      return StoredPassword.plain("");
    }
  }

  private static Set<String> scopes(Settings settings) {
    Optional<Set<String>> scopes = Scopes.known(settings.get(SERVICE_SCOPES));
    if (scopes.isEmpty()) {
      settings.reject(
          SERVICE_SCOPES,
          "must be one or more of events:read, events:write and events:admin, with a blank between");
    }
    return scopes.orElse(Set.of());
  }

  private static SigningKey key(Settings settings) {
    try {
      return SigningKey.of(settings.get(SECRET_KEY));
    } catch (IllegalArgumentException e) {
      settings.reject(SECRET_KEY, String.valueOf(e.getMessage()));
      return SigningKey.of("a key that is never used, long enough");
    }
  }
}
