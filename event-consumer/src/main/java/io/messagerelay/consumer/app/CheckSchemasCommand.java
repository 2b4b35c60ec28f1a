package io.messagerelay.consumer.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.FileFaults;
import io.messagerelay.base.Settings;
import io.messagerelay.consumer.schema.Schemas;
import io.messagerelay.consumer.schema.UnknownTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code event-consumer check-schemas}: looks at the schemas, and at events by them. */
@Command(
    name = "check-schemas",
    description = "Checks the schemas of a folder, and events by them.",
    mixinStandardHelpOptions = true)
final class CheckSchemasCommand implements Callable<Integer> {
  private static final int MOST_BYTES = 64 * 1024 * 1024;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(names = "--dir", paramLabel = "DIR", description = "The folder; by default SCHEMA_DIR.")
  private @Nullable Path dir;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "Events to check: an object, an array, or one object a line; - is standard input.")
  private @Nullable Path file;

  @Override
  public Integer call() {
    Schemas schemas = settings().open();
    Optional<byte[]> events = file == null ? Optional.empty() : Optional.of(read(file));
    var check = new EventsCheck(schemas);
    events.ifPresent(check::check);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(check.figures().json());
    } else {
      check.lines(events.isPresent()).forEach(out::println);
    }
    return check.refused() == 0 ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private SchemaSettings settings() {
    if (dir != null) {
      return new SchemaSettings(dir, UnknownTypes.ACCEPT);
    }
    Settings settings = Settings.ofThisProcess();
    Optional<SchemaSettings> schemas = SchemaSettings.from(settings);
    settings.requireNoProblem();
    return schemas.orElseThrow(
        () ->
            new CommandException(
                ExitCodes.CONFIG, "SCHEMA_DIR: not set; set it, or name a folder with --dir"));
  }

  private static byte[] read(Path file) {
    try (InputStream in = file.toString().equals("-") ? System.in : Files.newInputStream(file)) {
      byte[] events = in.readNBytes(MOST_BYTES + 1);
      if (events.length > MOST_BYTES) {
        throw new CommandException(
            ExitCodes.UNAVAILABLE, file + ": is larger than 64 MiB; check it in parts");
      }
      return events;
    } catch (IOException e) {
      throw new CommandException(
          ExitCodes.UNAVAILABLE, file + ": cannot be read (" + FileFaults.reason(e) + ")");
    }
  }
}
