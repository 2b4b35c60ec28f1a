package io.messagerelay.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version this was built as: {@code event-consumer 0.1.0 (Java 25.0.1)}. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "${ROOT-COMMAND-NAME} " + number() + " (Java " + Runtime.version().toString() + ")"
    };
  }

  /** {@code 0.1.0}. */
  public static String number() {
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      var built = new Properties();
      built.load(in);
      return built.getProperty("version");
    } catch (IOException damagedJar) {
      throw new UncheckedIOException(damagedJar);
    }
  }
}
