package io.messagerelay.consumer.http;

import io.messagerelay.contract.EventLimits;
import io.messagerelay.contract.Fault;
import io.messagerelay.contract.Wire.ItemStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item of a batch.
 *
 * @param eventId {@code null} when the item had none that could be read
 * @param position in the store; 0 when rejected
 * @param errors why it was rejected, few and short: an answer to a batch of refusals stays small
 */
record ItemResult(ItemStatus status, @Nullable String eventId, long position, List<Fault> errors) {
  private static final int LONGEST_ERROR = 200;

  ItemResult {
    errors = errors.stream().limit(EventLimits.ITEM_ERRORS).map(ItemResult::shortened).toList();
  }

  boolean isRejected() {
    return status == ItemStatus.REJECTED;
  }

  static ItemResult stored(String eventId, long position) {
    return new ItemResult(ItemStatus.STORED, eventId, position, List.of());
  }

  static ItemResult duplicate(String eventId, long position) {
    return new ItemResult(ItemStatus.DUPLICATE, eventId, position, List.of());
  }

  static ItemResult rejected(@Nullable String eventId, List<Fault> errors) {
    return new ItemResult(ItemStatus.REJECTED, eventId, 0, errors);
  }

  private static Fault shortened(Fault fault) {
    return new Fault(cut(fault.pointer()), cut(fault.detail()));
  }

  /** Never between the two halves of a character. */
  private static String cut(String text) {
    if (text.length() <= LONGEST_ERROR) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST_ERROR - 2)) ? 2 : 1;
    return text.substring(0, LONGEST_ERROR - end) + "…";
  }
}
