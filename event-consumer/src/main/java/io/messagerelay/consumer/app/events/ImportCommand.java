package io.messagerelay.consumer.app.events;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.Counts;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Figures;
import io.messagerelay.base.JsonForm;
import io.messagerelay.base.Terminal;
import io.messagerelay.consumer.app.ConsumerSettings;
import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.StoreOpeningException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code event-consumer import}. */
@Command(
    name = "import",
    description = {
      "Takes over what export --stored wrote of another store: places, ids and times stay.",
      "Works on the store itself, which must be empty or begun by the same import. Broken off,",
      "the same command goes on."
    },
    mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private JsonForm form = new JsonForm();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      paramLabel = "FILE",
      description = "What export --stored wrote, plain or gzipped; - for standard input.")
  private String file;

  @Override
  public Integer call() throws InterruptedException {
    ConsumerSettings settings = ConsumerSettings.read().settings();
    try (Database database =
        settings.store().open(Clock.systemUTC(), System::nanoTime, new SecureRandom())) {
      var wanted = new Import(database.imports(), new Patience(Patience.REAL, PATIENCE));
      tell(
          file.equals("-")
              ? wanted.from(ExportedLines.of("standard input", System.in), _ -> {})
              : fromFile(wanted));
      return ExitCodes.OK;
    } catch (StoreOpeningException e) {
      throw new CommandException(ExitCodes.UNAVAILABLE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Import.Done fromFile(Import wanted) throws IOException, InterruptedException {
    try (FileChannel channel = FileChannel.open(Path.of(file));
        InputStream in = Channels.newInputStream(channel);
        Meter meter = Terminal.isThere() ? Meter.bar("import") : Meter.NONE) {
      return wanted.from(
          ExportedLines.of(file, in), events -> meter.at(position(channel), size(channel), events));
    }
  }

  private static long position(FileChannel channel) {
    try {
      return channel.position();
    } catch (IOException e) {
      return 0;
    }
  }

  private static long size(FileChannel channel) {
    try {
      return channel.size();
    } catch (IOException e) {
      return 0;
    }
  }

  private void tell(Import.Done done) {
    PrintWriter out = spec.commandLine().getOut();
    if (form.isJson()) {
      out.println(
          new Figures()
              .with("imported", done.fresh())
              .with("present", done.present())
              .with("erased", done.erased())
              .json());
      return;
    }
    out.println(
        "imported %s; %,d were there before"
            .formatted(Counts.of(done.fresh(), "event"), done.present()));
    if (done.erased() > 0) {
      out.println("left out " + Counts.of(done.erased(), "erased event"));
    }
  }

  private CommandException failed(IOException cause) {
    return switch (cause) {
      case NoSuchFileException _ ->
          new CommandException(ExitCodes.UNAVAILABLE, file + ": there is no such file");
      case AccessDeniedException _ ->
          new CommandException(ExitCodes.NO_PERMISSION, file + ": permission denied");
      default ->
          new CommandException(ExitCodes.FAILED, file + ": " + String.valueOf(cause.getMessage()));
    };
  }
}
