package io.messagerelay.propagator.app.spools;

import io.messagerelay.base.JsonForm;
import io.messagerelay.propagator.spool.Shelf;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code event-propagator dead-letters show}. */
@Command(
    name = "show",
    description = "Shows a dead letter whole, its payload included.",
    mixinStandardHelpOptions = true)
final class ShowLetter implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private SpoolChoice spools = new SpoolChoice();
  @Mixin private NameChoice names = new NameChoice();
  @Mixin private JsonForm form = new JsonForm();

  @Override
  public Integer call() {
    names.requireOne(spec);
    return SpoolFailures.told(this::show);
  }

  private int show() {
    List<NamedSpool> all = spools.chosen();
    var wanted = new Wanted(Shelf.DEAD_LETTERS, all, names::of, names.ids());
    new Lookup(wanted).print(spec.commandLine().getOut(), form.isJson());
    return wanted.tellMissing(spec.commandLine().getErr());
  }
}
