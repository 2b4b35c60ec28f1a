package io.messagerelay.consumer.app;

import io.messagerelay.base.Amounts;
import io.messagerelay.base.CommandException;
import io.messagerelay.base.Counts;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Figures;
import io.messagerelay.base.JsonForm;
import io.messagerelay.consumer.store.MysqlOptions;
import io.messagerelay.consumer.store.SqliteBackup;
import io.messagerelay.consumer.store.SqliteBackup.Made;
import io.messagerelay.consumer.store.StoreOpeningException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code event-consumer backup}: copies the embedded store, beside a service or without one. */
@Command(
    name = "backup",
    description = {
      "Copies the embedded store while it is in use, and checks the copy.",
      "Every event that was stored when it begins is in it."
    },
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private JsonForm form = new JsonForm();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      paramLabel = "FILE",
      description = "Makes this file, for its owner alone; one that is there is refused.")
  private Path file;

  @Override
  public Integer call() {
    switch (ConsumerSettings.read().settings().store()) {
      case StoreAt.EmbeddedFile(Path store) -> tell(backUp(store));
      case StoreAt.Mysql(MysqlOptions options) -> throw CopyFailures.useDump(options, file);
    }
    return ExitCodes.OK;
  }

  private Made backUp(Path store) {
    try (CopyMeter meter = CopyMeter.show("backup")) {
      return SqliteBackup.backUp(store, file, meter);
    } catch (FileAlreadyExistsException e) {
      throw new CommandException(
          ExitCodes.FAILED, file + ": is there already; name another file, or remove it");
    } catch (StoreOpeningException e) {
      throw CopyFailures.told(e);
    } catch (IOException e) {
      throw CopyFailures.told(file, e);
    }
  }

  private void tell(Made made) {
    long bytes = made.holds().bytes().orElse(0);
    spec.commandLine()
        .getOut()
        .println(
            form.isJson()
                ? new Figures()
                    .with("file", file.toString())
                    .with("store_id", made.storeId())
                    .with("events", made.holds().events())
                    .withKnown("last_received", made.holds().lastReceived().map(Instant::toString))
                    .with("bytes", bytes)
                    .json()
                : "backed up %s: %s; the copy is sound"
                    .formatted(Counts.of(made.holds().events(), "event"), Amounts.bytes(bytes)));
  }
}
