package io.messagerelay.propagator.app;

import io.messagerelay.base.LogFormat;
import org.slf4j.event.Level;

/**
 * What the log holds and how it looks.
 *
 * @param format {@link LogFormat#TEXT} or {@link LogFormat#JSON}
 * @param level the lowest that is written
 * @param events whether there is a line for every event
 */
record LogSettings(LogFormat format, Level level, boolean events) {}
