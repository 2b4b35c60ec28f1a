package io.messagerelay.contract;

/** Which of a source's items keep their order among each other: those of one key. */
public sealed interface ItemKey {
  /** The {@code event_key} that an item brings. */
  ItemKey OWN = new Own();

  /**
   * No item has a key, and what order they keep is their source's. An {@code event_key} that one
   * brings is sent all the same.
   */
  ItemKey NONE = new None();

  /** See {@link #OWN}. */
  record Own() implements ItemKey {}

  /** See {@link #NONE}. */
  record None() implements ItemKey {}

  /**
   * What stands at this place of an item that brings no {@code event_key}; it is sent as that. An
   * item at whose place nothing stands has no key.
   */
  record At(EventPlace place) implements ItemKey {}
}
