package io.messagerelay.propagator.app.spools;

import io.messagerelay.base.JsonForm;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a change is asked for. */
final class ChangeForm {
  @Mixin private JsonForm form = new JsonForm();

  @Option(names = "--yes", description = "Does it; without, only the count is told.")
  private boolean yes;

  boolean isAgreed() {
    return yes;
  }

  boolean isJson() {
    return form.isJson();
  }
}
