package io.messagerelay.propagator.app;

import io.messagerelay.base.ExitCodes;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code event-propagator train COMMAND...}: runs commands one after another, each with its words
 * in one argument; {@code bin/train-aot} makes the cache of what they load.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  @Parameters(arity = "1..*")
  private List<String> commands = List.of();

  @Override
  public Integer call() {
    int code = ExitCodes.OK;
    for (String command : commands) {
      code = Math.max(code, Main.execute(command.split(" ")));
    }
    return code;
  }
}
