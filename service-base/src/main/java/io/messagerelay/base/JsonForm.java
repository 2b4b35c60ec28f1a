package io.messagerelay.base;

import picocli.CommandLine.Option;

/** For whom a command speaks. */
public final class JsonForm {
  @Option(names = "--json", description = "Prints JSON, one object a line.")
  private boolean json;

  public boolean isJson() {
    return json;
  }
}
