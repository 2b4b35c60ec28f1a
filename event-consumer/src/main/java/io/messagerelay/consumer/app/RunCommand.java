package io.messagerelay.consumer.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.LogFormat;
import io.quarkus.runtime.Quarkus;
import java.net.BindException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code event-consumer run}: serves until it is told to stop. */
@Command(name = "run", description = "Serves until it is stopped.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  @Override
  public Integer call() throws Exception {
    var ending = new Ending();
    ending.onSignal();
    try {
      return ScopedValue.where(Ending.OF_THIS_RUN, ending).call(() -> run(ending));
    } catch (Exception e) {
      if (ending.explainsFailure()) {
        return ExitCodes.OK;
      }
      throw e;
    }
  }

  private static int run(Ending ending) throws Exception {
    ConsumerSettings settings = ConsumerSettings.read().settings();
    Port.requireFree(settings.address());
    properties(settings).forEach(System::setProperty);
    var failure = new AtomicReference<@Nullable Throwable>();
    Quarkus.run(
        Service.class,
        (_, thrown) -> {
          failure.set(thrown);
          ending.stopped();
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
