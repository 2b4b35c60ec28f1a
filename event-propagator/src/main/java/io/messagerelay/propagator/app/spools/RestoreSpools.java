package io.messagerelay.propagator.app.spools;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.Counts;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Figures;
import io.messagerelay.base.JsonForm;
import io.messagerelay.propagator.app.PropagatorSettings;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.SpoolPlace;
import io.messagerelay.propagator.spool.SpoolPlace.Restored;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code event-propagator spool restore}. */
@Command(
    name = "restore",
    description = {
      "Puts spools of a backup in the place of those in SPOOL_DIR, while nobody runs on them.",
      "What they hold is sent again under its ids."
    },
    mixinStandardHelpOptions = true)
public final class RestoreSpools implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private SpoolChoice spools = new SpoolChoice();
  @Mixin private JsonForm form = new JsonForm();

  @Option(
      names = "--force",
      description =
          "Puts a spool that is there aside in SPOOL_DIR, as spool.db.1; otherwise it is refused.")
  private boolean force;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "DIR", description = "What spool backup made; it stays as it is.")
  private Path dir;

  @Override
  public Integer call() {
    return SpoolFailures.told(this::restore);
  }

  private int restore() {
    Path spoolDir = PropagatorSettings.read().settings().spoolDir();
    if (!Files.isDirectory(dir) || NamedSpool.all(dir).isEmpty()) {
      throw new CommandException(
          ExitCodes.UNAVAILABLE, dir + ": has no spool; expected a folder that spool backup made");
    }
    List<NamedSpool> chosen = spools.of(dir);
    Map<NamedSpool, SpoolPlace> places = new LinkedHashMap<>();
    try {
      for (NamedSpool spool : chosen) { // all of them first: nothing is done in part for a refusal
        places.put(spool, place(spool, spoolDir));
      }
      places.forEach((spool, place) -> tell(spool, place.put(spool.folder())));
    } finally {
      places.values().forEach(SpoolPlace::close);
    }
    return ExitCodes.OK;
  }

  private SpoolPlace place(NamedSpool spool, Path spoolDir) {
    return SpoolPlace.take(
        spool.placeIn(spoolDir), spool.asideIn(spoolDir), force, ProcessHandle.current().pid());
  }

  private void tell(NamedSpool spool, Restored restored) {
    PrintWriter out = spec.commandLine().getOut();
    Books books = restored.copy().books();
    if (form.isJson()) {
      out.println(
          new Figures()
              .with("spool", spool.name())
              .with("pending", books.pending())
              .with("dead", books.dead())
              .withKnown("aside", restored.aside().map(Path::toString))
              .json());
      return;
    }
    out.println(
        "%s: restored %s and %s"
            .formatted(
                spool.name(),
                Counts.of(books.pending(), "waiting event"),
                Counts.of(books.dead(), "dead letter")));
    restored
        .aside()
        .ifPresent(aside -> out.println("%s: what was there is %s".formatted(spool.name(), aside)));
  }
}
