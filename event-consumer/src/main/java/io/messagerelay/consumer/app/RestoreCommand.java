package io.messagerelay.consumer.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.Counts;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Figures;
import io.messagerelay.base.JsonForm;
import io.messagerelay.consumer.store.MysqlOptions;
import io.messagerelay.consumer.store.SqliteBackup;
import io.messagerelay.consumer.store.SqliteBackup.Restored;
import io.messagerelay.consumer.store.StoreInUseException;
import io.messagerelay.consumer.store.StoreOpeningException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code event-consumer restore}: puts a backup where the embedded store is to be. */
@Command(
    name = "restore",
    description = {
      "Puts a backup in the place of the embedded store, while no event-consumer runs on it.",
      "It is another store then: cursors and refresh tokens of before are refused."
    },
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private JsonForm form = new JsonForm();

  @Option(
      names = "--force",
      description =
          "Puts a store that is there aside, under its name and .1; otherwise it is refused.")
  private boolean force;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "FILE", description = "What backup made; it stays as it is.")
  private Path file;

  @Override
  public Integer call() {
    switch (ConsumerSettings.read().settings().store()) {
      case StoreAt.EmbeddedFile(Path store) -> tell(store, restore(store));
      case StoreAt.Mysql(MysqlOptions options) -> throw CopyFailures.loadDump(options, file);
    }
    return ExitCodes.OK;
  }

  private Restored restore(Path store) {
    try (CopyMeter meter = CopyMeter.show("restore")) {
      return SqliteBackup.restore(file, store, force, meter);
    } catch (FileAlreadyExistsException e) {
      throw new CommandException(
          ExitCodes.FAILED,
          "STORE_FILE %s: is there already; --force puts it aside".formatted(store));
    } catch (StoreOpeningException e) {
      throw CopyFailures.told(e);
    } catch (StoreInUseException e) {
      throw CopyFailures.told(e);
    } catch (IOException e) {
      throw CopyFailures.told(store, e);
    }
  }

  private void tell(Path store, Restored restored) {
    PrintWriter out = spec.commandLine().getOut();
    if (form.isJson()) {
      out.println(
          new Figures()
              .with("store", store.toString())
              .with("store_id", restored.storeId())
              .with("events", restored.holds().events())
              .withKnown("last_received", restored.holds().lastReceived().map(Instant::toString))
              .withKnown("aside", restored.aside().map(Path::toString))
              .json());
      return;
    }
    out.println(
        "restored %s to %s; cursors and refresh tokens of before are refused"
            .formatted(Counts.of(restored.holds().events(), "event"), store));
    restored.aside().ifPresent(aside -> out.println("what was there is " + aside));
  }
}
