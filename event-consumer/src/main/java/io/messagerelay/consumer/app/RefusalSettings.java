package io.messagerelay.consumer.app;

import io.messagerelay.base.Setting;
import io.messagerelay.base.Settings;
import io.messagerelay.consumer.refusal.RefusalBounds;
import java.time.Duration;
import java.util.List;

/** The settings of how many refusals are kept for a look. */
final class RefusalSettings {
  private static final Setting<Integer> REFUSALS_KEEP =
      Setting.wholeNumber("REFUSALS_KEEP", 0, 1_000_000)
          .byDefault("10000")
          .means("How many refused events `GET /refusal` shows at most; `0` keeps none.");
  private static final Setting<Integer> REFUSALS_KEEP_DAYS =
      Setting.wholeNumber("REFUSALS_KEEP_DAYS", 1, 3_650)
          .byDefault("7")
          .means("For how many days they are kept.");

  /** In the order of the documentation. */
  static final List<Setting<?>> ALL = List.of(REFUSALS_KEEP, REFUSALS_KEEP_DAYS);

  private RefusalSettings() {}

  static RefusalBounds from(Settings settings) {
    return new RefusalBounds(
        settings.get(REFUSALS_KEEP), Duration.ofDays(settings.get(REFUSALS_KEEP_DAYS)));
  }
}
