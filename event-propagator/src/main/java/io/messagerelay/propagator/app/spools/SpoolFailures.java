package io.messagerelay.propagator.app.spools;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.propagator.spool.SpoolBusyException;
import io.messagerelay.propagator.spool.SpoolException;
import io.messagerelay.propagator.spool.SpoolInUseException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.util.function.Supplier;

/** What a command says, and ends with, when it cannot work on a spool. */
public final class SpoolFailures {
  private SpoolFailures() {}

  /**
   * @throws CommandException for a spool that cannot be read or changed
   */
  public static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (SpoolException e) {
      throw told(e);
    }
  }

  public static CommandException told(SpoolException failure) {
    return new CommandException(exitCode(failure), String.valueOf(failure.getMessage()));
  }

  private static int exitCode(SpoolException failure) {
    if (failure instanceof SpoolBusyException || failure instanceof SpoolInUseException) {
      return ExitCodes.TRY_AGAIN;
    }
    return switch (failure.getCause()) {
      case AccessDeniedException _ -> ExitCodes.NO_PERMISSION;
      case FileAlreadyExistsException _ -> ExitCodes.FAILED;
      case null, default -> ExitCodes.UNAVAILABLE;
    };
  }
}
