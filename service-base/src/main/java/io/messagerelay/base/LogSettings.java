package io.messagerelay.base;

import java.util.List;
import java.util.stream.Stream;
import org.slf4j.event.Level;

/**
 * What the log holds and how it looks.
 *
 * @param format {@link LogFormat#TEXT} or {@link LogFormat#JSON}
 * @param level the lowest that is written
 * @param events whether there is a line for every event
 */
public record LogSettings(LogFormat format, Level level, boolean events) {
  private static final Setting<Boolean> LOG_EVENTS =
      Setting.flag("LOG_EVENTS").byDefault("false").means("A log line for every event.");
  private static final Setting<LogFormat> LOG_FORMAT =
      Setting.oneOf("LOG_FORMAT", LogFormat.class)
          .byDefault("auto")
          .means("How log lines look; `auto` is text on a terminal, JSON otherwise.");
  private static final Setting<Level> LOG_LEVEL =
      Setting.oneOf("LOG_LEVEL", Level.class)
          .byDefault("info")
          .means("The least important lines that are logged.");

  /** The settings of a service, in the order of the documentation: its own, then the log's. */
  public static List<Setting<?>> after(Setting<?>... own) {
    return Stream.concat(Stream.of(own), Stream.of(LOG_EVENTS, LOG_FORMAT, LOG_LEVEL)).toList();
  }

  /** Reads them; of no use when the settings have problems. */
  public static LogSettings from(Settings settings) {
    return new LogSettings(
        settings.get(LOG_FORMAT).resolved(), settings.get(LOG_LEVEL), settings.get(LOG_EVENTS));
  }
}
