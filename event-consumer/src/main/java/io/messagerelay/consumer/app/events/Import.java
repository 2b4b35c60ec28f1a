package io.messagerelay.consumer.app.events;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.consumer.store.EventImport;
import io.messagerelay.consumer.store.EventImport.Outcome;
import io.messagerelay.consumer.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Stores what another store exported, batch by batch. A batch that is not stored for a reason that
 * may pass is tried again: nothing can be in the store twice. Used by one thread.
 */
final class Import {
  private final EventImport store;
  private final Patience patience;

  Import(EventImport store, Patience patience) {
    this.store = store;
    this.patience = patience;
  }

  /**
   * How much there was.
   *
   * @param present how many were in the store before, at the same places
   * @param erased how many had been erased, and are not stored
   */
  record Done(long fresh, long present, long erased) {}

  /**
   * @param onBatch told how many lines' events were taken so far
   * @throws CommandException where an event does not fit; what came before it is stored
   */
  Done from(ExportedLines lines, LongConsumer onBatch) throws IOException, InterruptedException {
    long fresh = 0;
    long all = 0;
    for (ExportedLines.Some some = lines.next(); !some.events().isEmpty(); some = lines.next()) {
      fresh += take(some);
      all += some.events().size();
      onBatch.accept(all);
    }
    return new Done(fresh, all - fresh, lines.erased());
  }

  private int take(ExportedLines.Some some) throws InterruptedException {
    return switch (tried(some)) {
      case Outcome.Taken(int fresh) -> fresh;
      case Outcome.Refused(int index, String reason) ->
          throw new CommandException(
              ExitCodes.FAILED,
              "line %d: %s; what came before its batch is stored. An import needs a store of its own, or one that it has begun"
                  .formatted(some.lines().get(index), reason));
    };
  }

  private Outcome tried(ExportedLines.Some some) throws InterruptedException {
    while (true) {
      try {
        Outcome outcome = store.take(some.events());
        patience.answered();
        return outcome;
      } catch (StoreException e) {
        patience.waitAfter(new Unanswered(String.valueOf(e.getMessage()), Duration.ZERO));
      }
    }
  }
}
