package io.messagerelay.propagator.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.LogSettings;
import io.messagerelay.base.Setting;
import io.messagerelay.base.Settings;
import io.messagerelay.base.trace.TraceSettings;
import io.messagerelay.contract.ItemKey;
import io.messagerelay.propagator.auth.Account;
import io.messagerelay.propagator.auth.Endpoint;
import io.messagerelay.propagator.auth.Exchange;
import io.messagerelay.propagator.auth.NoTokens;
import io.messagerelay.propagator.auth.TokenClient;
import io.messagerelay.propagator.auth.Tokens;
import io.messagerelay.propagator.delivery.Acknowledge;
import io.messagerelay.propagator.loop.RateLimit;
import io.messagerelay.propagator.source.Beats;
import io.messagerelay.propagator.source.Schedule;
import io.messagerelay.propagator.spool.SpoolLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What event-propagator is told from outside. Only what passed every check is made into one.
 *
 * @param account {@code null} for a receiver that asks for no login
 * @param tokens where tokens come from
 * @param events where events go
 * @param eventKey which events keep their order among each other
 * @param outbox what is taken; empty for elements of the data file
 * @param schedule when events are picked
 * @param eventsPerSecond how many are sent at most
 * @param giveUpAfter how long an event may be aside; empty for ever
 * @param reports whether the consumer is told with each request how this relay stands
 * @param management where a run tells how it is; empty when nowhere
 * @param traces where the ways of events are told; empty when nowhere
 */
public record PropagatorSettings(
    @Nullable Account account,
    Endpoint tokens,
    Endpoint events,
    Acknowledge acknowledge,
    ItemKey eventKey,
    Optional<OutboxSettings> outbox,
    Path dataFile,
    Schedule schedule,
    Path spoolDir,
    SpoolLimits spoolLimits,
    int lanes,
    OptionalInt eventsPerSecond,
    Optional<Duration> giveUpAfter,
    Duration requestTimeout,
    Duration drainTimeout,
    boolean reports,
    Optional<ManagementSettings> management,
    Optional<TraceSettings> traces,
    LogSettings log) {

  private static final Setting<String> SERVICE_NAME =
      Setting.text("SERVICE_NAME")
          .means(
              "The account's name at the consumer. With `ACKNOWLEDGE=status` it and the password may be"
                  + " missing: then no token is fetched, and no `Authorization` is sent.");
  private static final Setting<String> SERVICE_PASSWORD =
      Setting.secret("SERVICE_PASSWORD").means("The account's password.");
  private static final Setting<URI> CONSUMER_URL =
      Setting.httpUrl("CONSUMER_URL")
          .byDefault("http://localhost:8000")
          .means("The event-consumer. Tokens are fetched from `token` below it.");
  private static final Setting<String> ENDPOINT_TO_POST =
      Setting.text("ENDPOINT_TO_POST")
          .byDefault("event")
          .means("Where events are posted: a path on the consumer, or a whole URL.");
  private static final Setting<Acknowledge> ACKNOWLEDGE =
      Setting.oneOf("ACKNOWLEDGE", Acknowledge.class)
          .byDefault("id")
          .means(
              "What counts as stored: `id`, an answer that carries the event's id; or `status`, any"
                  + " 2xx, one event a request, for receivers that are not ours. The promise to"
                  + " those is at-least-once.");
  private static final Setting<Path> DATA_FILE =
      Setting.path("DATA_FILE")
          .byDefault("event-propagator/data/data.json")
          .means("The JSON array that events are picked from.");
  private static final Setting<Duration> SCHEDULER_INTERVAL =
      Setting.seconds("SCHEDULER_INTERVAL", Duration.ofMillis(1), Duration.ofDays(1))
          .byDefault("10")
          .means("From one event to the next.");
  private static final Setting<String> SCHEDULER_CRON =
      Setting.text("SCHEDULER_CRON")
          .means(
              "When to pick an event, in place of `SCHEDULER_INTERVAL`: minute, hour, day, month and"
                  + " weekday as in a crontab, in the system's time zone (`TZ`).");
  private static final Setting<Path> SPOOL_DIR =
      Setting.path("SPOOL_DIR")
          .byDefault("var/spool")
          .means("Keeps what was taken until it is stored. Made where it is missing.");
  private static final Setting<Long> SPOOL_MAX_BYTES =
      Setting.bytes("SPOOL_MAX_BYTES", 1L << 20, 1L << 40)
          .byDefault("1GiB")
          .means("At this many bytes of waiting events and dead letters nothing more is taken.");
  private static final Setting<Long> SPOOL_MIN_FREE =
      Setting.bytes("SPOOL_MIN_FREE", 0, 1L << 40)
          .byDefault("256MiB")
          .means("With less of the disk left nothing more is taken.");
  private static final Setting<Integer> LANES =
      Setting.wholeNumber("LANES", 1, 64)
          .byDefault("4")
          .means(
              "Requests in flight at once at most; fewer while the consumer slows down, is busy or"
                  + " away. Events of one key go by one lane, in order.");
  private static final Setting<Integer> RATE_LIMIT =
      Setting.wholeNumber("RATE_LIMIT", 1, 1_000_000)
          .means("Events a second that are sent at most, over all lanes. No limit when unset.");
  private static final Setting<Duration> GIVE_UP_AFTER =
      Setting.seconds("GIVE_UP_AFTER", Duration.ofSeconds(1), Duration.ofDays(3_650))
          .means(
              "An event that was set aside, because the consumer fails on it while others pass, is a"
                  + " dead letter when it fails so long after that. Never when unset.");
  private static final Setting<Duration> REQUEST_TIMEOUT =
      Setting.seconds("REQUEST_TIMEOUT", Duration.ofMillis(100), Duration.ofHours(1))
          .byDefault("30")
          .means("A request without an answer for so long is tried again.");
  private static final Setting<Duration> DRAIN_TIMEOUT =
      Setting.seconds("DRAIN_TIMEOUT", Duration.ZERO, Duration.ofHours(1))
          .byDefault("10")
          .means("How long requests in flight may take to end when the service stops.");

  private static final Setting<Boolean> RELAY_REPORT =
      Setting.flag("RELAY_REPORT")
          .byDefault("true")
          .means(
              "Whether each request tells event-consumer how many events wait here, for how long, and how"
                  + " many are dead letters, under this machine's name.");

  /** Every setting there is, in the order of the documentation. */
  public static final List<Setting<?>> ALL =
      LogSettings.after(
          Stream.of(
                  List.of(
                      SERVICE_NAME,
                      SERVICE_PASSWORD,
                      CONSUMER_URL,
                      ENDPOINT_TO_POST,
                      ACKNOWLEDGE,
                      KeySetting.EVENT_KEY),
                  OutboxSettings.ALL,
                  List.of(
                      DATA_FILE,
                      SCHEDULER_INTERVAL,
                      SCHEDULER_CRON,
                      SPOOL_DIR,
                      SPOOL_MAX_BYTES,
                      SPOOL_MIN_FREE,
                      LANES,
                      RATE_LIMIT,
                      GIVE_UP_AFTER,
                      REQUEST_TIMEOUT,
                      DRAIN_TIMEOUT,
                      RELAY_REPORT),
                  ManagementSettings.ALL,
                  TraceSettings.ALL)
              .flatMap(List::stream)
              .toArray(Setting<?>[]::new));

  /**
   * Settings that passed every check.
   *
   * @param warnings what was ignored, a line each
   */
  public record Read(PropagatorSettings settings, List<String> warnings) {}

  /**
   * Those of this process: the environment over {@code .env} in the working directory.
   *
   * @throws CommandException naming every problem at once
   */
  public static Read read() {
    return read(PropagatorSettings::from);
  }

  /** For commands that pick no events: the schedule is not looked at and of no meaning. */
  static Read readUnscheduled() {
    return read(settings -> from(settings, _ -> new Schedule.Every(Duration.ofDays(1))));
  }

  /** That alone, for what sends nothing. */
  static ItemKey readEventKey() {
    Settings settings = Settings.ofThisProcess();
    ItemKey key = KeySetting.key(settings);
    settings.requireNoProblem();
    return key;
  }

  private static Read read(Function<Settings, PropagatorSettings> reader) {
    Settings settings = Settings.ofThisProcess();
    PropagatorSettings all = reader.apply(settings);
    settings.requireNoProblem();
    return new Read(all, settings.warnings());
  }

  /** Reads and checks; the result is of no use when the settings have problems. */
  static PropagatorSettings from(Settings settings) {
    return from(settings, PropagatorSettings::schedule);
  }

  private static PropagatorSettings from(Settings settings, Function<Settings, Schedule> schedule) {
    URI consumer = settings.get(CONSUMER_URL);
    return new PropagatorSettings(
        account(settings),
        new Endpoint(URI.create(below(consumer, "token"))),
        endpoint(settings, consumer),
        settings.get(ACKNOWLEDGE),
        KeySetting.key(settings),
        OutboxSettings.from(settings),
        settings.get(DATA_FILE),
        schedule.apply(settings),
        settings.get(SPOOL_DIR),
        new SpoolLimits(settings.get(SPOOL_MAX_BYTES), settings.get(SPOOL_MIN_FREE)),
        settings.get(LANES),
        settings.find(RATE_LIMIT).map(OptionalInt::of).orElse(OptionalInt.empty()),
        settings.find(GIVE_UP_AFTER),
        settings.get(REQUEST_TIMEOUT),
        settings.get(DRAIN_TIMEOUT),
        settings.get(RELAY_REPORT),
        ManagementSettings.from(settings),
        TraceSettings.from(settings, "event-propagator"),
        LogSettings.from(settings));
  }

  private static Schedule schedule(Settings settings) {
    Schedule interval = new Schedule.Every(settings.get(SCHEDULER_INTERVAL));
    Optional<String> cron = settings.find(SCHEDULER_CRON);
    if (cron.isEmpty()) {
      return interval;
    }
    if (settings.find(SCHEDULER_INTERVAL).isPresent()) {
      settings.reject(SCHEDULER_CRON, "is set beside SCHEDULER_INTERVAL; remove one of them");
    }
    try {
      return new Schedule.At(cron.get());
    } catch (IllegalArgumentException noCron) {
      settings.reject(
          SCHEDULER_CRON,
          "is no cron expression; expected five fields as in a crontab, such as 0 9 * * 1-5");
      return interval;
    }
  }

  /** A receiver that is not ours may ask for no login; half of an account is a slip. */
  private static @Nullable Account account(Settings settings) {
    return settings.get(ACKNOWLEDGE) == Acknowledge.STATUS
            && settings.find(SERVICE_NAME).isEmpty()
            && settings.find(SERVICE_PASSWORD).isEmpty()
        ? null
        : new Account(settings.get(SERVICE_NAME), settings.get(SERVICE_PASSWORD));
  }

  /** The beats of the schedule, from now on. */
  Beats beats() {
    return schedule.begin(Clock.system(ZoneId.systemDefault()), System::nanoTime);
  }

  /** From now on. */
  RateLimit rateLimit() {
    return eventsPerSecond.isPresent()
        ? RateLimit.of(eventsPerSecond.getAsInt(), System::nanoTime)
        : RateLimit.unbounded();
  }

  /** Where tokens come from. */
  Tokens tokens(Exchange http) {
    return account == null
        ? new NoTokens()
        : new TokenClient(http, tokens, account, System::nanoTime);
  }

  private static Endpoint endpoint(Settings settings, URI consumer) {
    String text = settings.get(ENDPOINT_TO_POST);
    try {
      return new Endpoint(URI.create(text.contains("://") ? text : below(consumer, text)));
    } catch (IllegalArgumentException neitherPathNorUrl) {
      settings.reject(
          ENDPOINT_TO_POST,
          "is neither a path nor a URL; expected a path on the consumer, or a whole http or https URL");
      return new Endpoint(consumer);
    }
  }

  private static String below(URI consumer, String path) {
    return consumer.toString().replaceFirst("/+$", "") + "/" + path.replaceFirst("^/+", "");
  }
}
