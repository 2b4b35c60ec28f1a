package io.messagerelay.propagator.app;

import io.messagerelay.base.Setting;
import io.messagerelay.base.Settings;
import io.messagerelay.contract.EventPlace;
import io.messagerelay.contract.ItemKey;
import java.util.Optional;

/** What keeps events in order among each other: a place in them, a column, or nothing. */
final class KeySetting {
  static final Setting<String> EVENT_KEY =
      Setting.text("EVENT_KEY")
          .means(
              "What keeps events in order among each other. A JSON Pointer, as"
                  + " `/event_payload/customer`: what stands there in an event without `event_key`"
                  + " is sent as that, also from a payload that is JSON in a string. A column of"
                  + " the outbox. `none`: no order but the source's. When unset, the `event_key`"
                  + " that an event brings.");

  private static final String NONE = "none";

  private KeySetting() {}

  /** Of no use when the settings have problems. */
  static ItemKey key(Settings settings) {
    Optional<String> text = settings.find(EVENT_KEY);
    if (text.isEmpty() || isColumn(settings, text.get())) {
      return ItemKey.OWN;
    }
    if (text.get().equals(NONE)) {
      return ItemKey.NONE;
    }
    try {
      return new ItemKey.At(EventPlace.of(text.get()));
    } catch (IllegalArgumentException noPointer) {
      settings.reject(
          EVENT_KEY,
          "is neither a JSON Pointer, such as /event_payload/customer, nor none, nor the name of an"
              + " outbox's column with SOURCE=outbox");
      return ItemKey.OWN;
    }
  }

  /** The outbox's column, where it is named here. */
  static Optional<String> column(Settings settings) {
    return settings.find(EVENT_KEY).filter(text -> isColumn(settings, text));
  }

  private static boolean isColumn(Settings settings, String text) {
    return !text.equals(NONE) && OutboxSettings.isName(text) && OutboxSettings.isSource(settings);
  }
}
