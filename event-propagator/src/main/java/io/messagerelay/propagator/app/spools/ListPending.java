package io.messagerelay.propagator.app.spools;

import io.messagerelay.base.JsonForm;
import io.messagerelay.propagator.spool.Shelf;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code event-propagator spool list}. */
@Command(
    name = "list",
    description = "Lists the events that wait for delivery, the oldest of each spool first.",
    mixinStandardHelpOptions = true)
public final class ListPending implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private SpoolChoice spools = new SpoolChoice();
  @Mixin private PendingChoice choice = new PendingChoice();
  @Mixin private JsonForm form = new JsonForm();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "Prints N events of each spool at most; 50 without it.")
  private int limit;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "--limit: " + limit + "; expected 1 or more");
    }
    return SpoolFailures.told(this::list);
  }

  private int list() {
    List<NamedSpool> all = spools.chosen();
    Instant now = Clock.systemUTC().instant();
    var wanted = new Wanted(Shelf.PENDING, all, spool -> choice.of(spool, now), choice.ids());
    new Listing(wanted, limit).print(spec.commandLine().getOut(), form.isJson());
    return wanted.tellMissing(spec.commandLine().getErr());
  }
}
