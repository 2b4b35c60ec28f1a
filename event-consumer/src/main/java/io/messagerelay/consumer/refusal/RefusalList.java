package io.messagerelay.consumer.refusal;

import io.messagerelay.consumer.query.Cursor;
import io.messagerelay.consumer.store.Refusal;
import io.messagerelay.consumer.store.RefusalStore;
import io.messagerelay.consumer.store.StoreException;
import java.util.List;
import java.util.Optional;

/** The list of refusals, newest first. Shared by threads; blocks on the store. */
public final class RefusalList {
  private final RefusalStore store;
  private final String storeId;

  /**
   * @param storeId of the store, for cursors
   */
  public RefusalList(RefusalStore store, String storeId) {
    this.store = store;
    this.storeId = storeId;
  }

  /**
   * What a reader gets at once.
   *
   * @param next where to go on; empty where there is no more
   */
  public record Page(List<Refusal.Kept> refusals, Optional<Cursor> next) {}

  /** The store whose cursors this list knows. */
  public String storeId() {
    return storeId;
  }

  public Page read(RefusalQuery query) throws StoreException {
    List<Refusal.Kept> refusals = store.page(query.before(), query.limit());
    return new Page(
        refusals,
        refusals.size() < query.limit()
            ? Optional.empty()
            : Optional.of(new Cursor(storeId, refusals.getLast().number(), false)));
  }
}
