package io.messagerelay.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table in Markdown: the first column is text, the others are figures. Not shared by threads. */
public final class Table {
  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... head) {
    this.head = List.of(head);
  }

  /**
   * Adds a row.
   *
   * @param cells as many as the head has
   */
  public void row(String... cells) {
    if (cells.length != head.size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.length + " cells below a head of " + head.size());
    }
    rows.add(List.of(cells));
  }

  public String markdown() {
    String rule = "|---|" + "---:|".repeat(head.size() - 1);
    return Stream.concat(Stream.of(line(head), rule), rows.stream().map(Table::line))
        .collect(Collectors.joining("\n"));
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }
}
