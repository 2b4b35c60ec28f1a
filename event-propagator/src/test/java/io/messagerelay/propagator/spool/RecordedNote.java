package io.messagerelay.propagator.spool;

import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told. */
public final class RecordedNote implements ErrorNote {
  public final List<String> said = new ArrayList<>();

  @Override
  public void failing(String cause) {
    said.add("failing: " + cause);
  }

  @Override
  public void over() {
    said.add("over");
  }
}
