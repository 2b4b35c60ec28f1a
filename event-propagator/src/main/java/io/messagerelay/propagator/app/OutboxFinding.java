package io.messagerelay.propagator.app;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Finding;
import io.messagerelay.propagator.source.outbox.Flaw;
import io.messagerelay.propagator.source.outbox.Inspection;
import java.util.List;

/** What a look at an outbox means for a command. */
final class OutboxFinding {
  private static final String NAME = "outbox";

  private OutboxFinding() {}

  static List<Finding> of(OutboxSettings outbox) {
    return switch (Inspection.of(outbox.server(), outbox.table())) {
      case Inspection.Fit() ->
          List.of(Finding.ok(NAME, "table %s of %s".formatted(outbox.table(), outbox.server())));
      case Inspection.Unfit(var flaws) -> flaws.stream().map(OutboxFinding::of).toList();
      case Inspection.Unreachable(var why) ->
          List.of(new Finding(ExitCodes.UNAVAILABLE, NAME, why));
    };
  }

  private static Finding of(Flaw flaw) {
    return new Finding(exitCode(flaw), NAME, flaw.text());
  }

  /** That of the first flaw. */
  static int exitCode(Inspection.Unfit unfit) {
    return exitCode(unfit.flaws().getFirst());
  }

  private static int exitCode(Flaw flaw) {
    return switch (flaw.kind()) {
      case ACCESS -> ExitCodes.NO_PERMISSION;
      case FORM -> ExitCodes.UNAVAILABLE;
    };
  }
}
