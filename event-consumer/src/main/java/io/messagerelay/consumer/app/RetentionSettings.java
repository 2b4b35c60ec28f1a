package io.messagerelay.consumer.app;

import io.messagerelay.base.Setting;
import io.messagerelay.base.Settings;
import io.messagerelay.consumer.retention.RetentionRules;
import io.messagerelay.consumer.retention.RetentionRules.TypeRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The settings of how long events are kept.
 *
 * @param archive where events are written before they are removed; empty for nowhere
 */
record RetentionSettings(RetentionRules rules, Optional<Path> archive) {
  private static final Setting<String> RETENTION_AGE =
      Setting.text("RETENTION_AGE")
          .means(
              "Events that were received so long ago are removed: a number and `m`, `h` or `d`, as `30d`. Never when unset.");
  private static final Setting<Integer> RETENTION_COUNT =
      Setting.wholeNumber("RETENTION_COUNT", 1, 2_000_000_000)
          .means(
              "Of all events that were stored, only so many of the last are kept. All when unset.");
  private static final Setting<String> RETENTION_TYPES =
      Setting.text("RETENTION_TYPES")
          .means(
              "The age of some types, in place of `RETENTION_AGE`, as `debug.*=1d,order.paid=365d`; the longest pattern counts.");
  private static final Setting<Path> RETENTION_ARCHIVE_DIR =
      Setting.path("RETENTION_ARCHIVE_DIR")
          .means("Where events are written before they are removed. Made where it is missing.");

  /** In the order of the documentation. */
  static final List<Setting<?>> ALL =
      List.of(RETENTION_AGE, RETENTION_COUNT, RETENTION_TYPES, RETENTION_ARCHIVE_DIR);

  static RetentionSettings from(Settings settings) {
    Optional<Integer> count = settings.find(RETENTION_COUNT);
    return new RetentionSettings(
        new RetentionRules(
            age(settings),
            count.isPresent() ? OptionalLong.of(count.get()) : OptionalLong.empty(),
            types(settings)),
        settings.find(RETENTION_ARCHIVE_DIR));
  }

  private static Optional<Duration> age(Settings settings) {
    Optional<String> text = settings.find(RETENTION_AGE);
    Optional<Duration> age = text.flatMap(RetentionRules::age);
    if (text.isPresent() && age.isEmpty()) {
      settings.reject(
          RETENTION_AGE, "must be a whole number and m, h or d, as 30d; or unset it to keep all");
    }
    return age;
  }

  private static List<TypeRule> types(Settings settings) {
    Optional<String> text = settings.find(RETENTION_TYPES);
    Optional<List<TypeRule>> types = text.flatMap(RetentionRules::types);
    if (text.isPresent() && types.isEmpty()) {
      settings.reject(
          RETENTION_TYPES, "must be types and ages, each type once, as debug.*=1d,order.paid=365d");
    }
    return types.orElse(List.of());
  }
}
