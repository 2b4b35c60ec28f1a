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

/** {@code event-propagator dead-letters list}. */
@Command(
    name = "list",
    description = "Lists dead letters, the newest first.",
    mixinStandardHelpOptions = true)
final class ListLetters implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private SpoolChoice spools = new SpoolChoice();
  @Mixin private LetterChoice choice = new LetterChoice();
  @Mixin private JsonForm form = new JsonForm();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "Prints N dead letters at most; 50 without it.")
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
    var wanted = new Wanted(Shelf.DEAD_LETTERS, all, spool -> choice.of(spool, now), choice.ids());
    new Listing(wanted, limit).print(spec.commandLine().getOut(), form.isJson());
    return wanted.tellMissing(spec.commandLine().getErr());
  }
}
