package io.messagerelay.propagator.source.outbox;

import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.SourceContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An outbox as any other source. */
abstract class OutboxSourceContract extends SourceContract {
  private final OutboxPlace place;
  private final Done done;

  @SuppressWarnings("NullAway.Init") // before each
  private OutboxTable table;

  private @Nullable OutboxSource running;

  OutboxSourceContract(OutboxPlace place, Done done) {
    this.place = place;
    this.done = done;
  }

  @BeforeEach
  void write() {
    table = place.make(done);
    for (int i = 0; i < 18; i++) {
      String payload = i == 7 ? "REPEAT('x', 262145)" : "'" + i + "'";
      place.execute("INSERT INTO outbox (event_type, event_payload) VALUES ('t', " + payload + ")");
    }
  }

  @AfterEach
  void close() {
    end();
    place.close();
  }

  private void end() {
    if (running != null) {
      running.close();
    }
  }

  @Override
  protected Kind kind() {
    return Kind.LETS_GO;
  }

  /** The one before has ended. */
  @Override
  protected EventSource open() {
    end();
    running = new OutboxSource(place.server(), table, "one", System::nanoTime);
    return running;
  }
}
