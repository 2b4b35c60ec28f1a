package io.messagerelay.consumer.app;

import io.messagerelay.consumer.overview.CommitTimes;
import io.messagerelay.consumer.store.EventStore;
import io.messagerelay.consumer.store.Page;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A store whose groups are measured: how large they are and how long their transactions take. */
final class MeteredStore implements EventStore {
  private final EventStore store;
  private final MeterRegistry meters;
  private final CommitTimes times;
  private final DistributionSummary groupSize;
  private final Timer committed;
  private final Timer failed;

  /**
   * @param times of the transactions that committed
   */
  MeteredStore(EventStore store, MeterRegistry meters, CommitTimes times) {
    this.store = store;
    this.times = times;
    this.meters = meters;
    this.groupSize =
        DistributionSummary.builder("message.relay.group.events")
            .description("Events committed in one transaction")
            .register(meters);
    this.committed = commits(meters, "committed");
    this.failed = commits(meters, "failed");
  }

  private static Timer commits(MeterRegistry meters, String result) {
    return Timer.builder("message.relay.commit")
        .description("Time of one transaction")
        .tag("result", result)
        .register(meters);
  }

  @Override
  public List<Appended> append(List<Event> group) throws StoreException {
    Timer.Sample time = Timer.start(meters);
    try {
      List<Appended> results = store.append(group);
      times.record(time.stop(committed));
      groupSize.record(group.size());
      return results;
    } catch (StoreException e) {
      time.stop(failed);
      throw e;
    }
  }

  @Override
  public Optional<StoredEvent> find(String eventId) throws StoreException {
    return store.find(eventId);
  }

  @Override
  public List<StoredEvent> page(Page page) throws StoreException {
    return store.page(page);
  }

  @Override
  public List<String> types(String prefix, int most) throws StoreException {
    return store.types(prefix, most);
  }

  @Override
  public OptionalLong firstPositionSince(Instant time) throws StoreException {
    return store.firstPositionSince(time);
  }

  @Override
  public String storeId() {
    return store.storeId();
  }

  @Override
  public boolean canCommit() {
    return store.canCommit();
  }
}
