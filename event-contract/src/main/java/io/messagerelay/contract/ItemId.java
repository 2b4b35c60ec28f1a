package io.messagerelay.contract;

/** Under which id a source's item is delivered. */
public sealed interface ItemId {
  /** Its own; a new one where it brings none. */
  ItemId OWN_OR_NEW = new OwnOrNew();

  /** A new one, also in place of its own. */
  ItemId NEW = new New();

  /** See {@link #OWN_OR_NEW}. */
  record OwnOrNew() implements ItemId {}

  /**
   * Its own, or {@code id} where it brings none.
   *
   * @param id one that needs no escapes in JSON
   */
  record OwnOr(String id) implements ItemId {}

  /** See {@link #NEW}. */
  record New() implements ItemId {}
}
