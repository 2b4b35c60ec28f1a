package io.messagerelay.base;

import picocli.CommandLine.Option;

/** For whom a {@code status} command speaks: for a person when it is not told. */
public final class StatusForm {
  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Option(names = "--lines", description = "Prints name=value, a line each.")
  private boolean lines;

  public boolean isJson() {
    return json;
  }

  public boolean isLines() {
    return lines;
  }
}
