package io.messagerelay.propagator.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.messagerelay.base.LogFormat;
import io.messagerelay.base.LogSettings;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go, one line an event: standard output, or standard error for a command whose
 * standard output is its result. Logback finds it as a service, so that nothing is searched for and
 * nothing is written before the settings are known.
 */
public final class LogOutput extends ContextAwareBase implements Configurator {
  /** Where the lines go. */
  enum Target {
    OUTPUT("System.out", ""),
    ERROR("System.err", ""),

    /** In place of the bar that stands in the terminal's last line and is drawn again below. */
    ERROR_ABOVE_BAR("System.err", "\r\u001B[K");

    private final String stream;
    private final String begin;

    Target(String stream, String begin) {
      this.stream = stream;
      this.begin = begin;
    }
  }

  private static final String TEXT = "%d{HH:mm:ss} %-5level propagator  %msg%n%ex";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    write(
        context, new LogSettings(LogFormat.TEXT, org.slf4j.event.Level.INFO, false), Target.OUTPUT);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** From here on the log looks as the settings say. */
  static void configure(LogSettings settings) {
    configure(settings, Target.OUTPUT);
  }

  static void configure(LogSettings settings, Target target) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    write(context, settings, target);
  }

  private static void write(LoggerContext context, LogSettings settings, Target target) {
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget(target.stream);
    console.setEncoder(encoder(context, settings.format(), target));
    console.start();

    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(console);
    show(context, settings.level(), settings.events());
  }

  /**
   * Changes what the log holds from now on, and nothing else of it.
   *
   * @param level the lowest that is written
   * @param events whether there is a line for every event
   */
  static void show(org.slf4j.event.Level level, boolean events) {
    show((LoggerContext) LoggerFactory.getILoggerFactory(), level, events);
  }

  private static void show(LoggerContext context, org.slf4j.event.Level level, boolean events) {
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.convertAnSLF4JLevel(level));
    context.getLogger("io.messagerelay.events").setLevel(events ? Level.INFO : Level.OFF);
    context.getLogger(AskedLog.class).setLevel(Level.INFO); // a change of the level is always told
  }

  private static Encoder<ILoggingEvent> encoder(
      LoggerContext context, LogFormat format, Target target) {
    return switch (format) {
      case TEXT -> text(context, target.begin + TEXT);
      case AUTO, JSON -> json(context);
    };
  }

  private static Encoder<ILoggingEvent> text(LoggerContext context, String pattern) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> json(LoggerContext context) {
    var encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithMDC(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }
}
