package io.messagerelay.propagator.app.spools;

import io.messagerelay.base.Amounts;
import io.messagerelay.base.CommandException;
import io.messagerelay.base.Counts;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Figures;
import io.messagerelay.base.FileFaults;
import io.messagerelay.base.JsonForm;
import io.messagerelay.base.NewFile;
import io.messagerelay.propagator.app.PropagatorSettings;
import io.messagerelay.propagator.spool.SpoolCopy;
import io.messagerelay.propagator.spool.SpoolException;
import io.messagerelay.propagator.spool.SpoolFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code event-propagator spool backup}. */
@Command(
    name = "backup",
    description = {
      "Copies spools while they are in use, each as it is at one moment, and checks the copies.",
      "The folder is laid out as SPOOL_DIR is."
    },
    mixinStandardHelpOptions = true)
public final class BackUpSpools implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private SpoolChoice spools = new SpoolChoice();
  @Mixin private JsonForm form = new JsonForm();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      paramLabel = "DIR",
      description = "Makes this folder, for its owner alone; one that is there is refused.")
  private Path dir;

  /** Of one spool. */
  private record Copied(NamedSpool spool, SpoolCopy copy) {}

  @Override
  public Integer call() {
    SpoolFailures.told(this::backUp).forEach(this::tell);
    return ExitCodes.OK;
  }

  private List<Copied> backUp() {
    Path spoolDir = PropagatorSettings.read().settings().spoolDir();
    Path wanted = absolute(dir);
    if (absolute(spoolDir).equals(wanted) || absolute(spoolDir).equals(wanted.getParent())) {
      throw new CommandException(
          ExitCodes.FAILED,
          "%s: would count as a spool of SPOOL_DIR there; name a folder elsewhere, or deeper in it"
              .formatted(dir));
    }
    List<NamedSpool> chosen = spools.of(spoolDir);
    try (NewFile folder = NewFile.makeFolder(dir)) {
      var copied = new ArrayList<Copied>();
      for (NamedSpool spool : chosen) {
        copy(spool, folder.part()).ifPresent(copied::add);
      }
      folder.finish();
      return copied;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Empty for a spool that its replay has removed meanwhile, because nothing was left in it. */
  private static Optional<Copied> copy(NamedSpool spool, Path into) throws IOException {
    SpoolFolder place = spool.placeIn(into);
    Files.createDirectories(place.path());
    try {
      return Optional.of(new Copied(spool, SpoolCopy.make(spool.folder(), place)));
    } catch (SpoolException e) {
      if (Files.exists(spool.folder().spoolFile())) {
        throw e;
      }
      Files.deleteIfExists(place.path());
      return Optional.empty();
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private void tell(Copied copied) {
    PrintWriter out = spec.commandLine().getOut();
    SpoolCopy copy = copied.copy;
    String name = copied.spool.name();
    out.println(
        form.isJson()
            ? new Figures()
                .with("spool", name)
                .with("file", copied.spool.placeIn(dir).spoolFile().toString())
                .with("pending", copy.books().pending())
                .with("dead", copy.books().dead())
                .with("bytes", copy.bytes())
                .json()
            : "%s: backed up %s and %s, %s; the copy is sound"
                .formatted(
                    name,
                    Counts.of(copy.books().pending(), "waiting event"),
                    Counts.of(copy.books().dead(), "dead letter"),
                    Amounts.bytes(copy.bytes())));
  }

  private CommandException failed(IOException cause) {
    return switch (cause) {
      case FileAlreadyExistsException _ ->
          new CommandException(
              ExitCodes.FAILED, dir + ": is there already; name another folder, or remove it");
      case AccessDeniedException _ ->
          new CommandException(
              ExitCodes.NO_PERMISSION, dir + ": cannot be written: permission denied");
      default ->
          new CommandException(
              ExitCodes.UNAVAILABLE, dir + ": cannot be written: " + FileFaults.reason(cause));
    };
  }
}
