package io.messagerelay.consumer.app.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.consumer.store.EventImport;
import io.messagerelay.consumer.store.EventImport.Outcome;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Stores what another store exported, batch by batch. A batch that is not stored for a reason that
 * may pass is tried again: nothing can be in the store twice. Used by one thread.
 */
final class Import {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MOST_EVENTS = 1_000;
  private static final long MOST_CHARACTERS = 4L * 1024 * 1024;

  private final EventImport store;
  private final Patience patience;

  private final List<StoredEvent> batch = new ArrayList<>(MOST_EVENTS);
  private final List<Long> lines = new ArrayList<>(MOST_EVENTS);
  private long characters;
  private long fresh;
  private long all;

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
   * Once only.
   *
   * @param onBatch told how many events were taken so far
   * @throws CommandException where an event does not fit; what came before its batch is stored
   */
  Done from(ExportedLines source, LongConsumer onBatch) throws IOException, InterruptedException {
    long erased = 0;
    for (Optional<Listed> next = source.next(); next.isPresent(); next = source.next()) {
      if (next.get().isErased()) {
        erased++;
      } else {
        add(next.get(), source);
      }
      if (batch.size() == MOST_EVENTS || characters > MOST_CHARACTERS) {
        take();
        onBatch.accept(all);
      }
    }
    take();
    return new Done(fresh, all - fresh, erased);
  }

  private void add(Listed listed, ExportedLines source) {
    try {
      batch.add(stored(listed));
      lines.add(source.line());
      characters += listed.payload().length();
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw source.noEvent(e);
    }
  }

  private static StoredEvent stored(Listed listed) throws IOException {
    var event =
        new Event(
            listed.eventId(),
            listed.type(),
            payload(listed.payload()),
            listed.eventKey(),
            listed.traceparent());
    return new StoredEvent(listed.id(), event, Instant.parse(listed.receivedTime()));
  }

  private static Payload payload(String source) throws IOException {
    if (!source.startsWith("\"")) {
      return new Payload(Payload.Kind.JSON, source);
    }
    try (JsonParser parser = JSON.createParser(source)) {
      parser.nextToken();
      return new Payload(Payload.Kind.STRING, parser.getText());
    }
  }

  private void take() throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    fresh +=
        switch (tried()) {
          case Outcome.Taken(int stored) -> stored;
          case Outcome.Refused(int index, String reason) ->
              throw new CommandException(
                  ExitCodes.FAILED,
                  "line %d: %s; what came before its batch is stored. An import needs a store of its own, or one that it has begun"
                      .formatted(lines.get(index), reason));
        };
    all += batch.size();
    batch.clear();
    lines.clear();
    characters = 0;
  }

  private Outcome tried() throws InterruptedException {
    while (true) {
      try {
        Outcome outcome = store.take(batch);
        patience.answered();
        return outcome;
      } catch (StoreException e) {
        patience.waitAfter(new Unanswered(String.valueOf(e.getMessage()), Duration.ZERO));
      }
    }
  }
}
