package io.messagerelay.consumer.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.LogFormat;
import io.quarkus.runtime.Quarkus;
import java.net.BindException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code event-consumer run}: serves until it is told to stop. */
@Command(name = "run", description = "Serves until it is stopped.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  /** Beyond the drain, for closing the store and the server. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  @Override
  public Integer call() throws Exception {
    ConsumerSettings settings = ConsumerSettings.read().settings();
    Port.requireFree(settings.address());
    properties(settings).forEach(System::setProperty);
    return run(settings, new Ending());
  }

  private static int run(ConsumerSettings settings, Ending ending) throws Exception {
    var failure = new AtomicReference<@Nullable Throwable>();
    ending.onSignal(settings.drain().timeout().plus(CLOSING));
    Quarkus.run(
        Service.class,
        (_, thrown) -> {
          failure.set(thrown);
          ending.with(exitCode(settings, thrown));
        });
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw told(settings, thrown);
    }
    return ExitCodes.OK;
  }

  /** All that the framework is told; nothing else of its configuration is ours to change. */
  private static Map<String, String> properties(ConsumerSettings settings) {
    return Map.of(
        "quarkus.http.host", settings.address().host(),
        "quarkus.http.port", Integer.toString(settings.address().port()),
        "quarkus.shutdown.timeout", settings.drain().forAnswers().toMillis() + "ms",
        "quarkus.log.level", settings.log().level().name(),
        "quarkus.log.console.json.enabled",
            Boolean.toString(settings.log().format() == LogFormat.JSON),
        "quarkus.log.category.\"io.messagerelay.events\".level",
            settings.log().events() ? "INFO" : "OFF");
  }

  private static int exitCode(ConsumerSettings settings, @Nullable Throwable thrown) {
    if (thrown == null) {
      return ExitCodes.OK;
    }
    return told(settings, thrown) instanceof CommandException told
        ? told.exitCode()
        : ExitCodes.SOFTWARE;
  }

  /** The framework wraps what a start fails of. */
  private static Exception told(ConsumerSettings settings, Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof CommandException told) {
        return told;
      }
      if (cause instanceof BindException taken) {
        return Port.taken(settings.address(), String.valueOf(taken.getMessage()));
      }
    }
    return new IllegalStateException("the service could not start", thrown);
  }
}
