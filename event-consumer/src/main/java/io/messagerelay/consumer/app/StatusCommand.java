package io.messagerelay.consumer.app;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.StatusForm;
import io.messagerelay.consumer.app.ConsumerReport.Store;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code event-consumer status}: how the service is and what its store holds. Reads only. */
@Command(
    name = "status",
    description = "Tells how the service is and what its store holds.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @ArgGroup private StatusForm form = new StatusForm();

  @Override
  public Integer call() {
    ConsumerReport report = look(ConsumerSettings.read().settings());
    spec.commandLine().getOut().println(told(report));
    return switch (report.store()) {
      case Store.Known _ -> ExitCodes.OK;
      case Store.Unknown _ -> ExitCodes.UNAVAILABLE;
    };
  }

  private static ConsumerReport look(ConsumerSettings settings) {
    return new ConsumerReport(
        settings.address(),
        ServiceState.ask(settings.address()),
        settings.store().toString(),
        Store.look(settings.store()::look),
        Clock.systemUTC().instant());
  }

  private String told(ConsumerReport report) {
    if (form.isJson()) {
      return report.figures().json();
    }
    return form.isLines() ? report.figures().lines() : report.text();
  }
}
