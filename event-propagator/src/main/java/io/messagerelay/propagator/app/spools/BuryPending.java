package io.messagerelay.propagator.app.spools;

import io.messagerelay.propagator.spool.Shelf;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code event-propagator spool bury}. */
@Command(
    name = "bury",
    description = "Makes dead letters of events that wait for delivery.",
    mixinStandardHelpOptions = true)
public final class BuryPending implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private SpoolChoice spools = new SpoolChoice();
  @Mixin private PendingChoice choice = new PendingChoice();
  @Mixin private ChangeForm form = new ChangeForm();

  @Option(
      names = "--reason-text",
      paramLabel = "TEXT",
      description = "Why; kept with the dead letters.")
  private @Nullable String reason;

  @Override
  public Integer call() {
    choice.requireOne(spec);
    return SpoolFailures.told(this::change);
  }

  private int change() {
    List<NamedSpool> all = spools.chosen();
    Instant now = Clock.systemUTC().instant();
    var wanted = new Wanted(Shelf.PENDING, all, spool -> choice.of(spool, now), choice.ids());
    return new Change(
            Change.Verb.BURY,
            (desk, selection) -> desk.bury(selection, now, Optional.ofNullable(reason)))
        .run(wanted, form, spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}
