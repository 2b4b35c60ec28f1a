package io.messagerelay.consumer.app.events;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.JsonForm;
import io.messagerelay.base.Visible;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code event-consumer show}. */
@Command(
    name = "show",
    description = "Shows an event whole, its payload included.",
    mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private JsonForm form = new JsonForm();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "EVENT_ID", description = "The event's id, as its sender named it.")
  private String eventId;

  @Override
  public Integer call() throws InterruptedException {
    try (Api api = new Api(ClientSettings.read())) {
      Optional<Listed> found = api.find(eventId);
      if (found.isEmpty()) {
        spec.commandLine().getErr().println("no event has the id " + Visible.line(eventId));
        return ExitCodes.FAILED;
      }
      String shown = form.isJson() ? found.get().source() : found.get().page();
      spec.commandLine().getOut().println(shown);
      return ExitCodes.OK;
    } catch (Unanswered e) {
      throw e.ending();
    }
  }
}
