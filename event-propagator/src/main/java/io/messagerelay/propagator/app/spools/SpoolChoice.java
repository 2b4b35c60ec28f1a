package io.messagerelay.propagator.app.spools;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.propagator.app.PropagatorSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which spools a command looks at: all of SPOOL_DIR unless one is named. */
public final class SpoolChoice {
  @Option(
      names = "--spool",
      paramLabel = "NAME",
      description = "Only this spool, by its name in status; all of SPOOL_DIR without it.")
  private @Nullable String name;

  /** Those of the SPOOL_DIR that is set; as {@link #of}. */
  List<NamedSpool> chosen() {
    return of(PropagatorSettings.read().settings().spoolDir());
  }

  /**
   * At least one.
   *
   * @throws CommandException when there is none, or none of this name
   */
  public List<NamedSpool> of(Path spoolDir) {
    List<NamedSpool> all = NamedSpool.all(spoolDir);
    if (all.isEmpty()) {
      throw new CommandException(
          ExitCodes.UNAVAILABLE,
          "SPOOL_DIR: %s has no spool yet; event-propagator run makes one".formatted(spoolDir));
    }
    List<NamedSpool> chosen =
        all.stream().filter(spool -> name == null || spool.name().equals(name)).toList();
    if (chosen.isEmpty()) {
      throw new CommandException(
          ExitCodes.UNAVAILABLE,
          "--spool: there is none called %s; there are %s"
              .formatted(
                  name, all.stream().map(NamedSpool::name).collect(Collectors.joining(", "))));
    }
    return chosen;
  }
}
