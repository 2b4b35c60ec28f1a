package io.messagerelay.base;

import java.io.PrintWriter;
import java.util.List;

/**
 * What one of the checks of a {@code check} command found.
 *
 * @param exitCode {@link ExitCodes#OK}, or why it failed
 * @param what was checked, in a word or two
 * @param detail for a person
 */
public record Finding(int exitCode, String what, String detail) {

  public static Finding ok(String what, String detail) {
    return new Finding(ExitCodes.OK, what, detail);
  }

  /** What the failure says that a start would end with. */
  public static Finding failed(int exitCode, String what, Exception failure) {
    return new Finding(exitCode, what, String.valueOf(failure.getMessage()));
  }

  /** Prints a line for each, and gives the exit code of the first that failed. */
  public static int tell(List<Finding> findings, PrintWriter out) {
    findings.forEach(finding -> out.println(finding.line()));
    return findings.stream()
        .mapToInt(Finding::exitCode)
        .filter(code -> code != ExitCodes.OK)
        .findFirst()
        .orElse(ExitCodes.OK);
  }

  private String line() {
    return "%-5s %-10s %s".formatted(exitCode == ExitCodes.OK ? "ok" : "FAIL", what, detail);
  }
}
