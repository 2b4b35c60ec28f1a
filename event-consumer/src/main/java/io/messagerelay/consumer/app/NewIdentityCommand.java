package io.messagerelay.consumer.app;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Figures;
import io.messagerelay.base.JsonForm;
import io.messagerelay.consumer.store.MysqlOptions;
import io.messagerelay.consumer.store.MysqlStore;
import io.messagerelay.consumer.store.SqliteBackup;
import io.messagerelay.consumer.store.StoreInUseException;
import io.messagerelay.consumer.store.StoreOpeningException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code event-consumer new-identity}: for a store that was put back by other means. */
@Command(
    name = "new-identity",
    description = {
      "Makes another store of one that was put back from a dump or a copy, while no",
      "event-consumer runs on it: cursors and refresh tokens of before are refused."
    },
    mixinStandardHelpOptions = true)
final class NewIdentityCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private JsonForm form = new JsonForm();

  @Override
  public Integer call() {
    StoreAt store = ConsumerSettings.read().settings().store();
    String id = renew(store);
    spec.commandLine()
        .getOut()
        .println(
            form.isJson()
                ? new Figures().with("store", store.toString()).with("store_id", id).json()
                : "%s is the store %s now; cursors and refresh tokens of before are refused"
                    .formatted(store, id));
    return ExitCodes.OK;
  }

  private static String renew(StoreAt store) {
    try {
      return switch (store) {
        case StoreAt.EmbeddedFile(Path file) -> SqliteBackup.renew(file);
        case StoreAt.Mysql(MysqlOptions options) -> MysqlStore.renew(options);
      };
    } catch (StoreOpeningException e) {
      throw CopyFailures.told(e);
    } catch (StoreInUseException e) {
      throw CopyFailures.told(e);
    } catch (IOException e) {
      throw CopyFailures.told(store, e);
    }
  }
}
