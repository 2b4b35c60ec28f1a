package io.messagerelay.propagator.app.spools;

import io.messagerelay.propagator.spool.Shelf;
import io.messagerelay.propagator.spool.SpoolDesk;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code event-propagator dead-letters discard}. */
@Command(
    name = "discard",
    description = "Throws dead letters away; the books count them as discarded.",
    mixinStandardHelpOptions = true)
final class DiscardLetters implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private SpoolChoice spools = new SpoolChoice();
  @Mixin private LetterChoice choice = new LetterChoice();
  @Mixin private ChangeForm form = new ChangeForm();

  @Override
  public Integer call() {
    choice.requireOne(spec);
    return SpoolFailures.told(this::change);
  }

  private int change() {
    List<NamedSpool> all = spools.chosen();
    Instant now = Clock.systemUTC().instant();
    var wanted = new Wanted(Shelf.DEAD_LETTERS, all, spool -> choice.of(spool, now), choice.ids());
    return new Change(Change.Verb.DISCARD, SpoolDesk::discard)
        .run(wanted, form, spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}
