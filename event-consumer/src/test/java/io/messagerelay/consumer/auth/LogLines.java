package io.messagerelay.consumer.auth;

import java.util.ArrayList;
import java.util.List;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;

/** What one class logs, while this is open. */
public final class LogLines extends ExtHandler implements AutoCloseable {
  private final List<String> lines = new ArrayList<>();
  private final Logger logger;

  public LogLines(Class<?> source) {
    logger = Logger.getLogger(source.getName());
    logger.addHandler(this);
  }

  public List<String> all() {
    return lines;
  }

  @Override
  protected void doPublish(ExtLogRecord line) {
    lines.add(line.getLevel() + " " + line.getMessage());
  }

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
